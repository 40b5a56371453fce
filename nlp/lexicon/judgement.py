"""What the judgement rests on: topics with their norms, stages of a case, cues and scopes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from nlp.lexicon import table


@dataclass(frozen=True, slots=True)
class Norm:
    """One legal basis, of the regime pilkada, pemilu or lain; unverified: from general knowledge.

    `since` and `until` bound the dates of the events it applies to; None means unbounded.
    """

    regime: str
    text: str
    verified: bool
    since: date | None
    until: date | None
    note: str

    def applies(self, regime: str | None, on: date | None) -> bool:
        """Unknown regime or date excludes nothing."""
        if regime is not None and self.regime not in (regime, "lain"):
            return False
        after = self.since is None or on is None or on >= self.since
        return after and (self.until is None or on is None or on < self.until)


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """`phrases` maps a phrase (see `nlp.components.patterns`) to its weight.

    `together` are sets of word classes that speak for the topic when they stand in one sentence,
    each with a weight. Inside `exceptions` the phrases do not count.
    """

    id: str
    theme: str
    name: str
    english: str
    priority: str
    kinds: tuple[str, ...]
    violation: bool
    phrases: Mapping[str, float]
    together: tuple[tuple[frozenset[str], float], ...]
    exceptions: tuple[str, ...]
    norms: tuple[Norm, ...]


@dataclass(frozen=True, slots=True)
class StageEntry:
    """`statuses`: the states a case at that stage can be in."""

    order: int
    id: str
    name: str
    statuses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a status.

    `by` are the classes that must act for the cue to count; `otherwise` is what it says when
    somebody else acts; `needs` are classes one of which must stand in the sentence.
    `planned_counts` keeps it when announced (`akan`). `at_least` is the
    smallest number a counting cue takes. `keeps_negation`: its "tidak" also denies what follows.
    `plain_count`: it counts people or places and needs a case beside it to speak for a roundup.
    """

    id: str
    says: str
    weight: float
    stage: str | None
    by: frozenset[str]
    otherwise: str | None
    needs: frozenset[str]
    planned_counts: bool
    at_least: int
    keeps_negation: bool
    plain_count: bool
    reason: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that take what follows within `window` words out of the reported facts.

    Not so when one of the classes `unless_named` stands before them, or one of the words
    `unless_between` between them and the cue.
    """

    id: str
    window: int
    forms: tuple[str, ...]
    exceptions: tuple[str, ...]
    unless_named: frozenset[str]
    unless_between: frozenset[str]


@dataclass(frozen=True, slots=True)
class CueBook:
    classes: Mapping[str, tuple[str, ...]]
    scopes: Mapping[str, Scope]
    cues: Mapping[str, Cue]


@cache
def topics() -> dict[str, TopicEntry]:
    """The 27 topics by id, in the order of the taxonomy."""
    return {row["id"]: _topic(row) for row in table("topics")["topik"]}


@cache
def themes() -> dict[str, str]:
    """The 19 themes: id to name."""
    return dict(table("topics")["tema"])


@cache
def stages() -> dict[str, StageEntry]:
    """The twelve stages of a case by id, in order."""
    rows = table("stages")["tahap"]
    return {
        row["id"]: StageEntry(row["urut"], row["id"], row["nama"], frozenset(row["status"]))
        for row in rows
    }


@cache
def cues() -> CueBook:
    book = table("cues")
    return CueBook(
        classes={name: tuple(row["bentuk"]) for name, row in book["kelas"].items()},
        scopes={name: _scope(name, row) for name, row in book["lingkup"].items()},
        cues={name: _cue(name, row) for name, row in book["isyarat"].items()},
    )


@cache
def examples() -> list[tuple[str, str, str]]:
    """Invented sentences: topic, class (`dugaan_temuan`, `pencegahan`, ...), sentence."""
    return [
        (topic, kind, sentence)
        for topic, kinds in table("examples").items()
        for kind, sentences in kinds.items()
        for sentence in sentences
    ]


def _topic(row: Mapping[str, Any]) -> TopicEntry:
    return TopicEntry(
        id=row["id"],
        theme=row["tema"],
        name=row["nama"],
        english=row["en"],
        priority=row["prioritas"],
        kinds=tuple(row["jenis_formal"]),
        violation="non_pelanggaran" not in row["jenis_formal"],
        phrases={form: weight for weight, key in _WEIGHTS for form in row.get(key, [])},
        together=tuple(
            (frozenset(pair["kelas"]), float(pair["bobot"])) for pair in row.get("bersama", [])
        ),
        exceptions=tuple(row.get("bukan", [])),
        norms=tuple(_norm(norm) for norm in row.get("norma", [])),
    )


_WEIGHTS = ((3.0, "kuat"), (1.5, "sedang"), (0.5, "lemah"))


def _norm(row: Mapping[str, Any]) -> Norm:
    return Norm(
        regime=row["rezim"],
        text=row["teks"],
        verified=row["terverifikasi"],
        since=row.get("sejak"),
        until=row.get("sampai"),
        note=row.get("catatan", ""),
    )


def _cue(name: str, row: Mapping[str, Any]) -> Cue:
    return Cue(
        id=name,
        says=row["arti"],
        weight=float(row["bobot"]),
        stage=row.get("tahap") or None,
        by=frozenset(row.get("oleh", [])),
        otherwise=row.get("selain_itu"),
        needs=frozenset(row.get("butuh", [])),
        planned_counts=row.get("akan") == "tetap",
        at_least=row.get("paling_sedikit", 0),
        keeps_negation=row.get("ingkar_tetap", False),
        plain_count=row.get("hitung_biasa", False),
        reason=row["alasan"],
        forms=tuple(row["bentuk"]),
    )


def _scope(name: str, row: Mapping[str, Any]) -> Scope:
    return Scope(
        id=name,
        window=row["jendela"],
        forms=tuple(row["bentuk"]),
        exceptions=tuple(row.get("kecuali", [])),
        unless_named=frozenset(row.get("kecuali_disebut", [])),
        unless_between=frozenset(row.get("kecuali_di_antara", [])),
    )
