"""The regions an article speaks of, and the one where it happened."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Region
from nlp.components.gazetteer import OLD_PROVINCE, province_of
from nlp.components.localities import localities
from nlp.components.places import Place, find_places, is_mere_word
from nlp.lexicon import regions, table
from nlp.phrases import Phrases
from nlp.reading import Reading

CAPITAL = "31"
ZONE_WEIGHT = {"dateline": 0.6, "lead": 2.0, "body": 1.0, "list": 1.0, "background": 0.4}
CUE_WEIGHT = {"level": 2.0, "body": 2.5, "district": 1.5, "place": 1.0}
TITLE_WEIGHT = 3.0
DAY_BEHIND = re.compile(r",?\s+(?:Senin|Selasa|Rabu|Kamis|Jum|Sabtu|Minggu|Ahad)")
SPOKEN_THERE = re.compile(rf"(?:, [A-Z][\w ]{{2,25}})?(?:,? pada)?{DAY_BEHIND.pattern}")
SPOKEN_AT = re.compile(
    r"\b(?:dihubungi|dikonfirmasi|ditemui|diterima|dimintai|dialek|asal|pelatihan|pulang)\b[^.]*$"
)
FORMER = re.compile(r"\b(?:[Mm]antan|[Ee]ks|[Bb]ekas|pernah menjabat)\b[^.,;\n]*$")
"""`Mantan Kapolda Metro Jaya`: where somebody was in office before."""
LOWER = re.compile(r"\b[a-z]")
"""None before a place that opens the story: a dateline without its dash."""
CANDIDATE = re.compile(
    r"\b(?:[Cc]alon|[Bb]alon|[Cc]agub|[Cc]awagub|[Cc]abup|Pemilihan)\b[^.,;\n]*$"
)
MERE_PLACE = re.compile(
    r"\b(?:di|dari|ke|wilayah|yakni|seperti|dan)\s+(?:Provinsi|Kabupaten|Kota)\s+$"
)
"""`di Provinsi Bali`: where something was, not who acts there."""
MANY = 3
"""From this many kabupaten of one province on, the story is the province's."""


def _weights(reading: Reading, places: list[Place]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for place in places:
        zone = reading.sentence_at(place.start).zone
        weight = ZONE_WEIGHT[zone] * CUE_WEIGHT.get(place.cue or "", 1.0)
        if place.code.startswith(CAPITAL) and place.cue in ("place", None):
            weight *= 0.2
        weights[place.code] += weight
    return weights


def _add_title(weights: dict[str, float], title: str | None, outlet: str | None) -> set[str]:
    """The title's regions weigh most, but only those that the text knows too; gives these."""
    places = find_places(Reading.of(title), outlet) if title else []
    for place in places:
        if place.code in weights:
            weights[place.code] += TITLE_WEIGHT * CUE_WEIGHT.get(place.cue or "", 1.0)
    return {place.code for place in places} & weights.keys()


def _is_former(reading: Reading, place: Place) -> bool:
    return FORMER.search(reading.text[max(0, place.start - 50) : place.start]) is not None


def _has_local_actor(reading: Reading, places: list[Place]) -> bool:
    """Whether an office or a body of some region acts; candidates here and there do not."""
    several = len({province_of(place.code) for place in places}) > 1
    return any(
        place.cue in ("level", "body", "district")
        and not (several and CANDIDATE.search(reading.text[max(0, place.start - 50) : place.start]))
        and not MERE_PLACE.search(reading.text[max(0, place.start - 50) : place.start])
        and not _is_said_at(reading, place)
        for place in places
    )


@cache
def _central() -> Phrases[bool]:
    return Phrases((form, True) for form in table("place_cues")["pusat"]["lembaga"])


def _is_country_wide(reading: Reading, places: list[Place], weights: dict[str, float]) -> bool:
    """Many provinces; or bodies of the whole country speak of several, or sit in the capital."""
    provinces = {province_of(place.code) for place in reading.places}
    central = any(_central().longest(reading, index) for index in range(len(reading.words)))
    away = len(provinces) > 1 or provinces == {CAPITAL} or _only_spoken(reading, places)
    return len(provinces) >= MANY or (central and away)


def _only_spoken(reading: Reading, places: list[Place]) -> bool:
    """Every place is the dateline's, or where and when somebody spoke: `di Sanur, Bali, Rabu`."""
    return all(
        reading.sentence_at(place.start).zone == "dateline"
        or not LOWER.search(reading.text, 0, place.start)
        or SPOKEN_THERE.match(reading.text, place.end)
        or _is_said_at(reading, place)
        for place in places
    )


def _roll_up(weights: dict[str, float], titled: set[str]) -> dict[str, float]:
    """A province speaks for its many kabupaten, a lone kabupaten also for its province.

    `titled` are the regions of the title, which tell a round of a province from a case in it.
    """
    own = dict(weights)
    for province in [code for code in weights if len(code) == 2]:
        inside = {c: w for c, w in weights.items() if len(c) > 2 and _within(c, province)}
        if _is_round(inside, weights[province], titled & {province, *inside}, province):
            own[province] += sum(inside.values())
        elif inside:
            best = max(inside, key=lambda code: inside[code])
            if inside[best] >= 0.5 * weights[province]:
                own[best] += weights[province]
    return own


def _is_round(inside: dict[str, float], own: float, titled: set[str], province: str) -> bool:
    """Whether a story goes through many kabupaten of a province of weight `own`."""
    strong = [w for w in inside.values() if w >= max(inside.values()) * 0.5]
    if titled == {province}:
        return len(strong) >= MANY - 1
    cases = len(titled - {province})
    leads = len(inside) >= MANY and own >= max(inside.values())
    return (len(strong) >= MANY and cases != 1) or (len(inside) > MANY and own >= 1) or leads


def _within(code: str, province: str) -> bool:
    return province in (province_of(code), OLD_PROVINCE.get(province_of(code)))


def main_region(
    reading: Reading, places: list[Place], title: str | None, outlet: str | None
) -> str | None:
    """The code of the region where it happened, None where no region is named."""
    places = [place for place in places if not _is_former(reading, place)]
    weights = _weights(reading, places)
    named = _add_title(weights, title, outlet)
    if not weights:
        return None
    if (
        not named
        and not _has_local_actor(reading, places)
        and _is_country_wide(reading, places, weights)
    ):
        return None
    scores = _roll_up(weights, named)
    best = max(scores, key=lambda code: (scores[code], len(code)))
    return None if _is_national(weights, best) else best


def _is_national(weights: dict[str, float], best: str) -> bool:
    """A round of many provinces, none of which stands out."""
    provinces = {province_of(code) for code in weights}
    return len(provinces) >= MANY + 1 and weights[best] < 0.35 * sum(weights.values())


def _named_in_story(reading: Reading, places: list[Place]) -> list[Place]:
    """Without towns that only say where the desk sits, or where somebody spoke."""
    inside = {p.code for p in places if reading.sentence_at(p.start).zone != "dateline"}
    seats = {_seat(code) for code in inside if len(code) == 2}
    provinces = {province_of(code) for code in inside}
    seats |= {_seat(code) for code in (*provinces, *map(OLD_PROVINCE.get, provinces)) if code}
    seats |= set(table("place_cues")["pusat"]["redaksi"])
    aside = {
        code
        for code in {place.code for place in places}
        if (code in seats or code.startswith(CAPITAL) or _is_spoken_at(reading, places, code))
        and _is_aside(reading, [place for place in places if place.code == code])
    }
    kept = [p for p in places if p.code not in aside and (p.code in inside or not inside)]
    return kept or [p for p in places if not (p.code in aside and p.code.startswith(CAPITAL))]


def _is_aside(reading: Reading, named: list[Place]) -> bool:
    """Named once or twice, and never by an office, a body or its level."""
    return len(named) <= 2 and all(
        place.cue == "place"
        or reading.sentence_at(place.start).zone == "dateline"
        or (place.cue is None and (place.code == CAPITAL or _dates_a_speech(reading, place)))
        for place in named
    )


def _dates_a_speech(reading: Reading, place: Place) -> bool:
    """`di Kantor Gubernur, Samarinda, Kamis (26/9/2024)`."""
    return DAY_BEHIND.match(reading.text, place.end) is not None


def _is_spoken_at(reading: Reading, places: list[Place], code: str) -> bool:
    return all(_is_said_at(reading, place) for place in places if place.code == code)


def _is_said_at(reading: Reading, place: Place) -> bool:
    """`dihubungi dari Samarinda, Selasa`, `diterima di Manado`."""
    return SPOKEN_AT.search(reading.text[max(0, place.start - 60) : place.start]) is not None


@cache
def _seat(province: str) -> str | None:
    """The kabupaten or kota that holds a province's capital."""
    capital = regions()[province].capital
    for level in ("kota", "kabupaten"):
        for region in regions().values():
            names = (region.short_name, region.capital, *region.towns)
            if (region.province_code, region.level) == (province, level) and capital in names:
                return region.code
    return None


def describe(reading: Reading, title: str | None, outlet: str | None) -> list[Region]:
    """Each region once, in the order of first mention, with all its places in the text."""
    places = _named_in_story(reading, reading.places)
    if not places and title:
        return _of_title(title, outlet)
    main = main_region(reading, places, title, outlet)
    spans: dict[str, list[list[int]]] = defaultdict(list)
    for place in places:
        spans[place.code].append([place.start, place.end])
    inside = localities(reading, places, main)
    return [
        Region(
            code=code,
            name=regions()[code].full_name,
            main=code == main,
            spans=found,
            localities=inside.get(code, []),
        )
        for code, found in spans.items()
    ]


def _of_title(title: str, outlet: str | None) -> list[Region]:
    """Where the text names no region: those of the title, which have no place in the text."""
    reading = Reading.of(title)
    places = [p for p in find_places(reading, outlet) if not is_mere_word(reading, p)]
    main = main_region(reading, places, None, outlet)
    return [
        Region(
            code=code, name=regions()[code].full_name, main=code == main, spans=[], localities=[]
        )
        for code in dict.fromkeys(place.code for place in places)
    ]


@Language.factory("pantau_regions", requires=["doc._.reading"], assigns=["doc._.regions"])
def make_regions(nlp: Language, name: str) -> RegionFinder:
    return RegionFinder()


class RegionFinder:
    """Sets `doc._.regions` and the settled `places` of the reading."""

    def __init__(self) -> None:
        if not Doc.has_extension("regions"):
            Doc.set_extension("regions", default=[])

    def __call__(self, doc: Doc) -> Doc:
        reading: Reading = doc._.reading
        reading.places = find_places(reading, doc._.outlet_region)
        doc._.regions = describe(reading, doc._.title, doc._.outlet_region)
        return doc
