"""Names that are nobody's: of institutions, buildings, streets, newsrooms."""

from __future__ import annotations

from nlp.components.names import Name
from nlp.lexicon import common_words, person_names, table
from nlp.reading import Reading, Word


def _in_street(reading: Reading, index: int) -> bool:
    """`Jalan Jaksa Agung R Soeprapto`: a word stands between the street and a name in it."""
    street = reading.words[index - 1] if index else None
    streets = table("names")["lembaga"]["jalan"]
    return street is not None and street.lower in streets and reading.gap(index) in (" ", ". ")


def is_institution(reading: Reading, name: Name) -> bool:
    """`Gedung Serba Guna`, `Desa Sentral Sari`, `Timor Express`: a name, but nobody's."""
    before = reading.words[name.begin - 1] if name.begin else None
    called = table("names")["lembaga"]
    joined = before is not None and reading.gap(name.begin) in (" ", ". ", ") ")
    joined = joined and before is not None and before.text[0].isupper()
    if before and joined and (before.lower in called["sebelum"] or _ends_title(before, name)):
        return True
    if joined and _in_street(reading, name.begin - 1):
        return True
    if name.text.lower().split()[-1] in called["sesudah"]:
        return True
    after = reading.words[name.last] if name.last < len(reading.words) else None
    follows = after is not None and reading.gap(name.last) == " " and after.text[0].isupper()
    return bool(follows and after and after.lower in called["sesudah"])


def _ends_title(before: Word, name: Name) -> bool:
    """`Panitia Deklarasi Projo`: one unknown word behind a capitalised everyday one."""
    lone = name.last - name.first == 1 and name.first == name.begin
    unknown = name.text.lower() not in person_names()
    everyday = before.lower in common_words() and before.lower not in person_names()
    return lone and unknown and everyday
