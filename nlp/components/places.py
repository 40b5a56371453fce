"""Where the text names a region, and which region each name means.

A name can mean several regions (Bima the kota and the kabupaten, Martapura in two provinces) or
none at all (Batu, Metro). The words before it, the province behind it and the rest of the article
decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from nlp.components.gazetteer import (
    OLD_PROVINCE,
    Meaning,
    district_cues,
    district_names,
    gazetteer,
    place_words,
    province_of,
    same_province,
)
from nlp.components.other_names import in_institution, is_numbered, opens_name
from nlp.lexicon import common_words, person_names, regions, table
from nlp.phrases import Phrases
from nlp.reading import Reading


@dataclass(slots=True)
class Mention:
    """A place name at words `first` to `last` (exclusive); `cue` says what kind of words precede.

    `cue` is level (Kabupaten, Bupati), body (Bawaslu, Polres), place (di, ke) or None.
    """

    first: int
    last: int
    start: int
    end: int
    meanings: list[Meaning]
    cue: str | None
    level: str | None = None


class Place(NamedTuple):
    """A settled mention: words `first` to `last` (exclusive), characters `start` to `end`."""

    first: int
    last: int
    start: int
    end: int
    code: str
    cue: str | None


@cache
def _cues() -> Phrases[tuple[str, str | None]]:
    """Phrases before a place -> (kind of cue, level)."""
    cues = table("place_cues")
    entries = [
        (word, ("level", level)) for level in cues["tingkat"] for word in cues["tingkat"][level]
    ]
    entries += [(word, ("body", None)) for word in cues["kuat"]["lembaga"]]
    entries += [(word, ("place", None)) for word in cues["kuat"]["depan"]]
    entries += [(word, ("other", None)) for word in cues["bukan"]["sebelum"]]
    return Phrases(entries)


def _cue(reading: Reading, index: int) -> tuple[str | None, str | None]:
    found = _cues().before(reading, index)
    if found is None or reading.gap(index).strip(" .\n-"):
        return _cue_over_bracket(reading, index)
    return found[1][0]


def _cue_over_bracket(reading: Reading, index: int) -> tuple[str | None, str | None]:
    """`Badan Pengawas Pemilu (Bawaslu) Maros`, `Pemerintah Kabupaten (Pemkab) Maros`."""
    if reading.gap(index).strip() == ")" and index > 0:
        found = _cues().before(reading, index)
        if found is not None:
            return found[1][0]
    return None, None


def _capitalised(reading: Reading, first: int, last: int) -> bool:
    return all(
        word.text[0].isupper() or word.text[0].isdigit() for word in reading.words[first:last]
    )


def _is_other(reading: Reading, first: int, last: int, cue: str | None) -> bool:
    """Whether the words around say that no region is meant: a street, a newspaper, a surname."""
    words = reading.words
    if cue == "other" or is_numbered(reading, first):
        return True
    if last < len(words) and words[last].lower in place_words("bukan", "sesudah"):
        return words[last].text[0].isupper() and reading.gap(last) == " "
    if cue is None and (opens_name(reading, first, last) or in_institution(reading, first)):
        return True
    if cue is None and first > 0 and reading.gap(first) == " ":
        before = words[first - 1]
        return before.lower in person_names() and before.text[0].isupper()
    return False


def _is_of_command(reading: Reading, first: int, match: tuple[int, list[Meaning]]) -> bool:
    """`Polres Metro Jakarta Barat`, unlike `Polres Metro Lampung`: of a command's name."""
    last, meanings = match
    if reading.words[first].lower not in place_words("bukan", "komando"):
        return False
    following = gazetteer().longest(reading, last)
    if following is None or reading.gap(last) != " ":
        return False
    around = {meaning.code for meaning in following[1]}
    return not any(_is_inside(meaning.code, code) for meaning in meanings for code in around)


def mentions(reading: Reading) -> list[Mention]:
    """Every name that could mean a region, with all it could mean."""
    found: list[Mention] = []
    index, names = 0, gazetteer()
    while index < len(reading.words):
        match = names.longest(reading, index)
        if match is None or not _capitalised(reading, index, match[0]):
            index += 1
            continue
        cue, level = _cue(reading, index)
        if not (_is_other(reading, index, match[0], cue) or _is_of_command(reading, index, match)):
            found.append(_mention(reading, index, match, cue, level))
        index = match[0]
    return found


def _mention(
    reading: Reading,
    first: int,
    match: tuple[int, list[Meaning]],
    cue: str | None,
    level: str | None,
) -> Mention:
    """`Kapolres Kediri Kota` is of the kota, `Kapolres Bima Kabupaten` of the kabupaten."""
    last, meanings = match[0], list(match[1])
    behind = _level_behind(reading, last) if cue in ("level", "body") else None
    of_level = [m for m in meanings if regions()[m.code].level == behind]
    if of_level:
        last, meanings, level = last + 1, of_level, behind
    start, end = reading.words[first].start, reading.words[last - 1].end
    return Mention(first, last, start, end, meanings, cue, level)


def _level_behind(reading: Reading, index: int) -> str | None:
    words = reading.words
    if index >= len(words) or reading.gap(index) != " ":
        return None
    return words[index].lower if words[index].text in ("Kota", "Kabupaten") else None


def _narrow(mention: Mention, keep: Iterable[Meaning]) -> None:
    kept = list(keep)
    if kept:
        mention.meanings = kept


def _by_level(mention: Mention) -> None:
    """`Bupati Bima` is the kabupaten; no town name is behind a level word except "kota"."""
    if mention.level is None:
        return
    all_regions = regions()
    _narrow(mention, [m for m in mention.meanings if all_regions[m.code].level == mention.level])
    if mention.level == "provinsi":
        return
    _narrow(mention, [m for m in mention.meanings if all_regions[m.code].level != "provinsi"])


def _by_next_province(reading: Reading, mention: Mention, following: Mention | None) -> None:
    """`Halmahera Utara (Halut), Maluku Utara`: the province behind the comma chooses."""
    if following is None:
        return
    between = reading.text[mention.end : following.start]
    if not between.strip() or between.strip(" ,()") not in ("", "Provinsi", "Prov"):
        return
    for meaning in [m for m in following.meanings if len(m.code) == 2]:
        kept = [m for m in mention.meanings if _is_inside(m.code, meaning.code)]
        if kept:
            mention.meanings, mention.cue = kept, mention.cue or "body"
            following.meanings = [meaning]


def _is_inside(code: str, province: str) -> bool:
    return len(code) > 2 and same_province(code, province)


def _is_certain(mention: Mention) -> bool:
    if len(mention.meanings) != 1:
        return False
    kind = mention.meanings[0].kind
    return kind in ("name", "alias") or (kind == "weak" and mention.cue in ("level", "body"))


class _Context:
    """What the certain mentions and the outlet say about the rest."""

    def __init__(self, reading: Reading, found: list[Mention], outlet_region: str | None) -> None:
        certain = [m.meanings[0].code for m in found if _is_certain(m)]
        self.codes = Counter(certain)
        self.provinces = Counter(province_of(code) for code in certain)
        for province in list(self.provinces):
            if province in OLD_PROVINCE:
                self.provinces[OLD_PROVINCE[province]] += 1
        self.outlet = outlet_region
        words = Counter(word.lower for word in reading.words)
        self.kabupaten = words["bupati"] + words["kabupaten"] + words["pemkab"] + words["wabup"]
        self.kota = words["walikota"] + words["wali"] + words["pemkot"] + words["wawali"]

    def score(self, mention: Mention, meaning: Meaning) -> tuple[float, ...]:
        """Higher is likelier: named elsewhere, in a named province, the outlet's, the level."""
        code = meaning.code
        outlet = bool(self.outlet) and (code == self.outlet or province_of(code) == self.outlet)
        return (
            min(self.codes[code], 3),
            min(self.provinces[province_of(code)], 1),
            outlet,
            self._level_score(mention, code),
        )

    def _level_score(self, mention: Mention, code: str) -> float:
        level = regions()[code].level
        if level == "provinsi":
            return 2 if mention.cue == "body" else 1.4
        if level == "kota":
            return 1.5 + (self.kota > self.kabupaten)
        return 1 + (self.kabupaten > self.kota)


def _accepts(reading: Reading, mention: Mention, meaning: Meaning, context: _Context) -> bool:
    """Whether a weak name or a town may count here."""
    if mention.cue in ("level", "body"):
        return True
    if meaning.kind in ("name", "alias"):
        return mention.cue is not None or not _opens_as_word(reading, mention)
    if context.codes[meaning.code] or _is_at_home(reading, mention, meaning, context):
        return True
    lower = reading.text[mention.start : mention.end].lower()
    alone = not _runs_on(reading, mention)
    if meaning.kind == "weak":
        always_weak = lower in place_words("bukan", "selalu_lemah")
        return mention.cue == "place" and not always_weak and alone
    near = bool(context.provinces[province_of(meaning.code)])
    near = near or (context.outlet or "")[:2] == province_of(meaning.code)
    if meaning.kind == "weak_town":
        return near and mention.cue == "place" and alone
    in_dateline = reading.sentence_at(mention.start).zone == "dateline"
    return in_dateline or near or (mention.cue == "place" and alone)


def _opens_as_word(reading: Reading, mention: Mention) -> bool:
    """`Palu sudah diketuk`: an everyday word that has its capital from opening a sentence."""
    if mention.last - mention.first > 1 or mention.start > reading.sentence_at(mention.start).start:
        return False
    return reading.words[mention.first].lower in common_words()


def is_mere_word(reading: Reading, place: Place) -> bool:
    """`Akun Palsu Serang Rudi`: in a title, where every word has its capital, nothing cues it."""
    one = place.last - place.first == 1
    return one and place.cue is None and reading.words[place.first].lower in common_words()


def _is_at_home(reading: Reading, mention: Mention, meaning: Meaning, context: _Context) -> bool:
    """`diikuti Puncak` in a story of Papua Tengah; initials such as OI and PPS prove nothing."""
    if meaning.kind != "weak" or not context.provinces[province_of(meaning.code)]:
        return False
    written = reading.text[mention.start : mention.end]
    opens = mention.start == reading.sentence_at(mention.start).start
    return not (opens or written.isupper() or _runs_on(reading, mention))


def _runs_on(reading: Reading, mention: Mention) -> bool:
    """Whether a capitalised word follows directly, so that a longer name may be meant."""
    words = reading.words
    return (
        mention.last < len(words)
        and reading.gap(mention.last) == " "
        and words[mention.last].text[0].isupper()
    )


def _district_places(reading: Reading, codes: Counter[str], outlet: str | None) -> Iterator[Place]:
    """`Camat Sebatik`, `Kecamatan Pengasih`: the kabupaten that has it, when that is clear."""
    for index in range(1, len(reading.words)):
        if not reading.words[index].text[0].isupper() or not district_cues().before(reading, index):
            continue
        match = district_names().longest(reading, index)
        if match and reading.words[index].lower in place_words("kecamatan", "arah"):
            match = match if match[0] > index + 1 else None
        code = _owner(match[1], codes, outlet) if match else None
        if match and code:
            start, end = reading.words[index].start, reading.words[match[0] - 1].end
            yield Place(index, match[0], start, end, code, "district")


def _owner(owners: list[str], codes: Counter[str], outlet: str | None) -> str | None:
    """The one kabupaten of several that the article or its outlet speaks of."""
    if len(owners) == 1:
        return owners[0]
    provinces = {province_of(code) for code in codes} | {(outlet or "")[:2]}
    for near in (
        [code for code in owners if codes[code]],
        [code for code in owners if province_of(code) in provinces],
    ):
        if len(near) == 1:
            return near[0]
    return None


def find_places(reading: Reading, outlet_region: str | None = None) -> list[Place]:
    """Every settled mention, in order; a kecamatan stands for its kabupaten."""
    found = mentions(reading)
    for mention, following in zip(found, [*found[1:], None], strict=False):
        _by_level(mention)
        _by_next_province(reading, mention, following)
    context = _Context(reading, found, outlet_region)
    places = [place for m in found if (place := _settle(reading, m, context))]
    codes = Counter(place.code for place in places)
    taken = {place.first for place in places}
    places += [p for p in _district_places(reading, codes, outlet_region) if p.first not in taken]
    return sorted(places)


def _settle(reading: Reading, mention: Mention, context: _Context) -> Place | None:
    likely = [m for m in mention.meanings if _accepts(reading, mention, m, context)]
    if not likely:
        return None
    best = max(likely, key=lambda meaning: context.score(mention, meaning))
    return Place(mention.first, mention.last, mention.start, mention.end, best.code, mention.cue)
