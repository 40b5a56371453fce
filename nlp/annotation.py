"""The contract of the language room: what goes in and what comes out, one JSON object each.

All spans are `[start, end]` character offsets into the article's `text`.
"""

from __future__ import annotations

from typing import Final, NotRequired, TypedDict

STATUSES: Final = (
    "dugaan",  # a concrete suspected, reported or found violation
    "proses",  # a concrete case being handled
    "terbukti",  # decided, recommended for sanction, sanctioned, sentenced
    "tidak_terbukti",  # a concrete accusation dismissed or denied
    "rekap",  # statistics over many cases
    "pencegahan",  # exhortation, declaration, training, explainer
    "netral",  # election news without a violation theme
    "bukan_pemilu",
)
CONCRETE: Final = ("dugaan", "proses", "terbukti")
"""An analyst on duty looks at these now."""

Span = list[int]


class Article(TypedDict):
    """What `pantau annotate` reads. `published_at` is ISO 8601 with zone, or a plain date.

    `outlet_region` is the code of the province the outlet writes for, None for a national one.
    """

    id: str
    text: str
    title: NotRequired[str | None]
    url: NotRequired[str | None]
    published_at: NotRequired[str | None]
    outlet_region: NotRequired[str | None]


class Topic(TypedDict):
    topic: str
    theme: str
    score: float
    evidence: list[Span]


class Official(TypedDict):
    """`acting` is Plt, Plh, Pj, Pjs, nonaktif, mantan, terpilih, petahana, calon, bakal_calon,
    or None."""

    name: str
    position: str
    institution: str | None
    region: str | None
    acting: str | None
    spans: list[Span]


class Person(TypedDict):
    name: str
    role: str | None
    spans: list[Span]


class Figure(TypedDict):
    """`bound` is lebih_dari, kurang_dari, sekitar, or None for an exact figure."""

    value: float
    value_max: float | None
    unit: str | None
    about: str | None
    bound: str | None
    span: Span


class Locality(TypedDict):
    """A place below the kabupaten, with its level: "Kecamatan Sebatik", "Desa Long Tawai"."""

    name: str
    span: Span


class Region(TypedDict):
    """`localities` are the kecamatan, desa and the like that the article names inside it."""

    code: str
    name: str
    main: bool
    spans: list[Span]
    localities: list[Locality]


class EventDate(TypedDict):
    """`doubt` is true where the weekday written beside the date is another one's."""

    date: str
    span: Span
    doubt: bool


class Quote(TypedDict):
    speaker: str | None
    text: str
    span: Span
    indirect: bool


class Violation(TypedDict):
    """`stage` is one of the twelve of `lexicon/stages`; missing parts stay empty."""

    topic: str
    status: str
    stage: str | None
    actors: list[str]
    region: str | None
    date: str | None
    keywords: list[str]
    evidence: Span
    norms: list[str]


class Reason(TypedDict):
    """One cue of the judgement: which rule, which words, what it spoke for."""

    rule: str
    words: str
    span: Span | None
    says: str


class Annotation(TypedDict):
    id: str
    election: bool
    status: str
    alert: bool
    topics: list[Topic]
    officials: list[Official]
    people: list[Person]
    figures: list[Figure]
    regions: list[Region]
    dates: list[EventDate]
    quotes: list[Quote]
    violations: list[Violation]
    reasons: list[Reason]
    rules_version: str
