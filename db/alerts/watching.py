"""Holding one article against one watch: whether it fires, and the sentence and words why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlite_utils import Database

from db.alerts.watches import THEMELESS, Watch
from db.people.people import fold
from db.search.matching import Text, hits, matches
from nlp import stems
from nlp.annotation import CONCRETE
from nlp.components.sentences import pieces


@dataclass(frozen=True)
class Match:
    """`loud`: an alert; otherwise a line in the quieter list. `reasons` are JSON objects."""

    loud: bool
    topic: str | None
    span: tuple[int, int]
    sentence: str
    reasons: list[dict[str, str]]


@dataclass(frozen=True)
class Facts:
    """What is known of an article; `row` is of `articles` joined with `annotations`."""

    row: Mapping[str, Any]
    topics: list[tuple[str, list[list[int]]]]
    names: list[str]
    violations: list[Mapping[str, Any]]

    @cached_property
    def body(self) -> Text:
        return Text(self.row["text"])

    @cached_property
    def title(self) -> Text:
        return Text(self.row["title"])

    @cached_property
    def concrete(self) -> set[str]:
        """Topics of which a case is told, not only spoken; of a case without a topic, that."""
        told = {case["topic"] for case in self.violations if case["status"] in CONCRETE}
        return told | {self.row["topic"] or THEMELESS} if self.row["alert"] else told

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        return list(pieces(self.row["text"]))


def facts(db: Database, article: int) -> Facts | None:
    """None when the article is not judged."""
    row = next(iter(db.query(_ROW, [article])), None)
    if row is None:
        return None
    topics = db.execute(
        "SELECT topic, evidence FROM article_topics WHERE article_id = ? ORDER BY rank", [article]
    )
    names = db.execute(
        "SELECT name FROM article_people WHERE article_id = ?1 "
        "UNION SELECT name FROM officials WHERE article_id = ?1",
        [article],
    )
    violations = db.query("SELECT * FROM violations WHERE article_id = ? ORDER BY id", [article])
    return Facts(
        row,
        [(topic, json.loads(evidence)) for topic, evidence in topics],
        [name for (name,) in names],
        list(violations),
    )


_ROW = (
    "SELECT a.id, a.key, a.title, a.text, a.outlet_id, n.status, n.alert, n.topic, n.stage, "
    "n.region_code, n.rules_version, sa.story_id FROM annotations n "
    "JOIN articles a ON a.id = n.article_id "
    "LEFT JOIN story_articles sa ON sa.article_id = a.id WHERE a.id = ?"
)


def hold(watch: Watch, of: Facts) -> Match | None:
    """What the watch says to the article; None when it has nothing to say."""
    if not _speaks_of(watch, of) or not _about(watch, of):
        return None
    loud = _status_fits(watch, of) and (not watch.topics or bool(watch.topics & _told(watch, of)))
    topic = _topic(watch, of)
    case = next((case for case in of.violations if case["topic"] == topic), None)
    span = _span(watch, of, case, topic)
    sentence = of.row["text"][span[0] : span[1]]
    return Match(loud, topic, span, sentence, _reasons(watch, of, case, span))


def _speaks_of(watch: Watch, of: Facts) -> bool:
    if watch.topics and watch.topics.isdisjoint({topic for topic, _ in of.topics} | of.concrete):
        return False
    return watch.query is None or matches(watch.query, of.title, of.body)


def _about(watch: Watch, of: Facts) -> bool:
    places = {of.row["region_code"], *(case["region_code"] for case in of.violations)} - {None}
    if watch.region and not any(_within(place, watch.region) for place in places):
        return False
    if watch.outlet and of.row["outlet_id"] not in watch.outlet:
        return False
    return not watch.people or bool(_named(watch, of))


def _within(place: str, regions: Iterable[str]) -> bool:
    return any(place == region or place.startswith(f"{region}.") for region in regions)


def _named(watch: Watch, of: Facts) -> list[str]:
    """The names in the article that hold one the watch asks for."""
    return [
        name
        for name in of.names
        if any(f" {wanted} " in f" {fold(name)} " for wanted in watch.people)
    ]


def _status_fits(watch: Watch, of: Facts) -> bool:
    return of.row["status"] in watch.status if watch.status else bool(of.row["alert"])


def _told(watch: Watch, of: Facts) -> set[str]:
    """Whoever asks for a status is content with the topics; else there must be a case."""
    return {topic for topic, _ in of.topics} if watch.status else of.concrete


def _topic(watch: Watch, of: Facts) -> str | None:
    """The main topic if the watch asks for it, else the first one that it does ask for."""
    main = of.row["topic"]
    wanted = [topic for topic, _ in of.topics if topic in watch.topics]
    return main if not wanted or main in watch.topics else wanted[0]


def _span(
    watch: Watch, of: Facts, case: Mapping[str, Any] | None, topic: str | None
) -> tuple[int, int]:
    """The sentence that fired: of the case, the words, the topic, or else the first."""
    if case is not None:
        start, end = json.loads(case["evidence"])
        return start, end
    places = [hit.start for hit in hits(watch.query, of.body)] if watch.query else []
    places += [start for id_, spans in of.topics if id_ == topic for start, _ in spans]
    at = places[0] if places else 0
    around = [(start, end) for start, end in of.sentences if start <= at < end]
    return around[0] if around else (of.sentences or [(0, 0)])[0]


def _reasons(
    watch: Watch, of: Facts, case: Mapping[str, Any] | None, span: tuple[int, int]
) -> list[dict[str, str]]:
    """Each condition of the watch with the word forms that met it and their roots."""
    found = []
    if watch.topics:
        found += [_reason("tema", form) for form in _forms(of, case, span)]
    if watch.query:
        places = hits(watch.query, of.body) or hits(watch.query, of.title)
        found += [{"condition": "kata", "form": hit.form, "root": hit.root} for hit in places]
    found += [_reason("orang", name) for name in (_named(watch, of) if watch.people else [])]
    if watch.region:
        found.append({"condition": "wilayah", "form": of.row["region_code"] or "", "root": ""})
    if watch.outlet:
        found.append({"condition": "media", "form": of.row["outlet_id"], "root": ""})
    found.append({"condition": "status", "form": of.row["status"], "root": ""})
    return list({tuple(reason.values()): reason for reason in found}.values())


def _forms(of: Facts, case: Mapping[str, Any] | None, span: tuple[int, int]) -> list[str]:
    """The words of the case, else the evidence of the topics inside the sentence."""
    if case is not None and (keywords := json.loads(case["keywords"])):
        return list(keywords)
    text, (first, last) = of.row["text"], span
    return [
        text[start:end]
        for _, spans in of.topics
        for start, end in spans
        if first <= start and end <= last and (start, end) != span
    ]


def _reason(condition: str, form: str) -> dict[str, str]:
    return {"condition": condition, "form": form, "root": stems.stem_text(form)}
