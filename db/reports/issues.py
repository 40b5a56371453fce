"""The issues of a kliping by their weight: items on one event are one issue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from db.reports.items import Item
from nlp.lexicon import judgement

MOST: Final = 3
PRIORITIES: Final = ("kritis", "tinggi", "sedang", "rendah", "info", "arsip")
STATUSES: Final = ("dugaan", "proses", "terbukti", "tidak_terbukti", "rekap")
"""What is still open comes first."""


@dataclass(frozen=True)
class Issue:
    """`newest` says where the matter stands; `earlier` are the statuses reported before it."""

    newest: Item
    earlier: tuple[str, ...]
    media: int
    accounts: int


def weightiest(items: Iterable[Item]) -> list[Issue]:
    """By priority of the topic, status, stage and independent accounts; the region's own first."""
    events: dict[str, list[Item]] = {}
    for item in items:
        events.setdefault(item.story or item.key, []).append(item)
    return sorted(map(_issue, events.values()), key=_weight)[:MOST]


def _issue(items: list[Item]) -> Issue:
    *before, newest = items
    return Issue(
        newest=newest,
        earlier=tuple(dict.fromkeys(i.status for i in before if i.status != newest.status)),
        media=len({one.outlet_id for item in items for one in item.all}),
        accounts=max(newest.accounts, len(items)),
    )


def _weight(issue: Issue) -> tuple[bool, int, int, int, int]:
    item = issue.newest
    stage = judgement.stages().get(item.stage or "")
    return (
        item.elsewhere,
        _place(PRIORITIES, item.priority),
        _place(STATUSES, item.status),
        -(stage.order if stage else 0),
        -issue.accounts,
    )


def _place(order: tuple[str, ...], value: str | None) -> int:
    return order.index(value) if value in order else len(order)
