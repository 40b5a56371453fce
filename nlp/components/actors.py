"""Who is accused in a case: by name, by initials, or in the words used for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from spacy.tokens import Doc

from nlp.annotation import Span
from nlp.components.bystanders import (
    accuses,
    has_another_part,
    investigates,
    may_gain,
    runs,
    stands_beside,
)
from nlp.components.evidence import Sentence
from nlp.components.passages import Passage
from nlp.lexicon import table
from nlp.lexicon.judgement import cues
from nlp.reading import Reading, overlaps

MOST, MOST_SENTENCES = 8, 40
ORGANISERS: Final = "penyelenggara_tidak_netral"
JUDGES: Final = frozenset(["dkpp", "majelis", "hakim", "jaksa", "polres", "polda"])
"""Of those who handle cases the ones that organisers answer to."""
ACCUSED: Final = ("kades", "asn", "aparat", "penyelenggara", "peserta")
CANDIDATE: Final = "peserta"
BACKING: Final = "berpihak_pada"
INITIALS: Final = re.compile(
    r"\b(?:ber)?inisial\s+((?:[A-Z]\.?){1,4}(?:\s?(?:,|dan|serta)\s?(?:[A-Z]\.?){1,4})*)\b"
)
JOINED: Final = re.compile(r"\s?(?:,|\bdan\b|\bserta\b)\s?")
MOST_OFFICES: Final = 3
"""So many words for accused whose names nobody tells."""


def actors(doc: Doc, topic: str, group: list[Sentence], telling: Span) -> list[str]:
    """Named accused, else initials, else the words used for them."""
    inner = [s.passage for s in group if s.passage.zone != "title"][:MOST_SENTENCES]
    spans = [[passage.start, passage.end] for passage in inner]
    named = list(dict.fromkeys(_named(doc, topic, spans, telling)))
    text: str = doc._.reading.text
    told = [text[start:end] for start, end in spans]
    initials = [
        one for text in told for joined in INITIALS.findall(text) for one in JOINED.split(joined)
    ]
    found = list(dict.fromkeys([*named, *initials]))
    return found[:MOST] or _fullest(list(_generic(topic, group)))[:MOST_OFFICES]


def _fullest(words: list[str]) -> list[str]:
    """Each once, however it is written, and none that only says less than another: "PPK" beside
    "anggota PPK"."""
    distinct = {found.lower(): found for found in reversed(words)}
    padded = [f" {lower} " for lower in distinct]
    kept = (f for lower, f in distinct.items() if sum(f" {lower} " in p for p in padded) == 1)
    return sorted(kept, key=words.index)


def _named(doc: Doc, topic: str, spans: list[Span], telling: Span) -> Iterator[str]:
    """People in the sentences who are neither handling the case nor speaking of it.

    The sentence that tells the case may name a speaker who is accused, and, in a case against
    organisers of elections, one of those who else handle cases.
    """
    officials = facts(doc, "officials")
    handlers = {o["name"] for o in officials if _handles(o) or investigates(o, topic)}
    accusable = {o["name"] for o in officials if _is_accusable(o)} - handlers
    if topic == ORGANISERS:
        handlers -= {o["name"] for o in officials if not _judges(o)} & _in(doc, telling)
    speakers = {quote["speaker"] for quote in facts(doc, "quotes")}
    speakers -= (accusable | _told_of(doc, topic, telling)) & _in(doc, telling)
    reading: Reading = doc._.reading
    for person in (*officials, *facts(doc, "people")):
        told = [s for s in person["spans"] if any(inside(s, span) for span in spans)]
        aside = has_another_part(person) or may_gain(person, topic)
        known = person["name"] in handlers | speakers or aside
        if told and not known and not _is_beside(reading, topic, person, told):
            yield str(person["name"])


def _is_beside(reading: Reading, topic: str, person: dict[str, Any], told: list[Span]) -> bool:
    """By the words around the first mention; of candidates, whom others act for, around any."""
    running = runs(person)
    bare = running or "position" not in person
    shown = told if running else told[:1]
    beside = any(stands_beside(reading, start, topic, bare=bare) for start, _ in shown)
    return beside or any(accuses(reading, end) for _, end in told)


def _in(doc: Doc, span: Span) -> set[str]:
    people = (*facts(doc, "officials"), *facts(doc, "people"))
    return {str(p["name"]) for p in people if any(inside(s, span) for s in p["spans"])}


def _told_of(doc: Doc, topic: str, telling: Span) -> set[str]:
    """Heads of regions and members of parties who do not themselves speak the sentence."""
    if topic in table("actors")["kelas_terduga"]:
        return set()
    offices = tuple(table("actors")["pejabat"]["jabatan"])
    spoken = {q["speaker"] for q in facts(doc, "quotes") if overlaps(q["span"], [telling])}
    held = [o for o in facts(doc, "officials") if o["position"].lower().startswith(offices)]
    return {str(o["name"]) for o in held} - spoken


def _is_accusable(official: dict[str, Any]) -> bool:
    """Whether such an office is what election offences are held against: lurah, calon, KPPS."""
    position = f"{official['position'].lower()} "
    offices = (word for name in ACCUSED for word in cues().classes[name])
    return any(position.startswith(f"{office} ") for office in offices)


def _judges(official: dict[str, Any]) -> bool:
    words = f"{official['position']} {official['institution'] or ''}".lower().split()
    return not JUDGES.isdisjoint(words)


def _handles(official: dict[str, Any]) -> bool:
    """Whether the office is one that handles cases: Bawaslu, police, court, KPU."""
    words = f"{official['position']} {official['institution'] or ''}".lower().split()
    return not set(cues().classes["penangan"]).isdisjoint(words)


def _generic(topic: str, group: list[Sentence]) -> Iterator[str]:
    """ "oknum camat", "12 kades": the office with the word before it, as written."""
    classes = table("actors")["kelas_terduga"].get(topic, ACCUSED)
    for sentence in group:
        passage = sentence.passage
        backed = _backed(passage)
        for sighting in passage.of("kelas"):
            if sighting.id not in classes or sighting.first in backed:
                continue
            if not _is_handler(passage, sighting.first, sighting.last):
                first = sighting.first - (1 if _specifies(passage, sighting.first - 1) else 0)
                said = passage.text(first, _over_number(passage, sighting.last))
                if said.lower() not in table("actors")["umum"]["bentuk"]:
                    yield said


def _over_number(passage: Passage, last: int) -> int:
    """`Paslon Nomor Urut 2 diduga`: the number says who is meant, the word behind it of what."""
    at, words = last + 1, [word.text.lower() for word in passage.words]
    general = table("actors")["umum"]
    while at < len(words) and words[at] in general["nomor"]:
        at += 1
    told = at + 1 < len(words) and words[at + 1] in general["dituduh"]
    return at if told and words[at].isdigit() else last


def _backed(passage: Passage) -> set[int]:
    """The words of candidates whom others took sides for: "calon bupati petahana" after "pilih"."""
    found = passage.of("kelas")
    words = {s.last + 1 for s in found if s.id == BACKING}
    for sighting in sorted(found, key=lambda s: s.first):
        if sighting.id == CANDIDATE and sighting.first in words:
            words.update(range(sighting.first, sighting.last + 2))
    return words


def _is_handler(passage: Passage, first: int, last: int) -> bool:
    return any(
        s.id == "penangan" and s.first <= last and first <= s.last for s in passage.of("kelas")
    )


def _specifies(passage: Passage, at: int) -> bool:
    """ "oknum camat", "12 kades"; not the age in "SP (44), ketua KPPS"."""
    if at < 0 or passage.words[at + 1].apart or passage.words[at + 1].after_comma:
        return False
    return "#" in passage.words[at].keys or any(
        s.id == "pelaku_tertentu" and s.last == at for s in passage.of("kelas")
    )


def facts(doc: Doc, name: str) -> list[Any]:
    """What the components before this one found, if they were asked."""
    return list(getattr(doc._, name)) if Doc.has_extension(name) else []


def inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
