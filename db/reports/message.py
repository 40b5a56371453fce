"""The kliping as a message that is pasted into a chat: title, region, topic, link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from db.reports import wording
from db.reports.items import Item
from db.reports.kliping import SECTIONS, Kliping
from db.words import number, says

MOST: Final = 10
"""Items of a section; whoever wants the rest opens the file."""

_MARKS: Final = str.maketrans("", "", "*_~`")  # what a chat would turn into bold or italics


def text(kliping: Kliping) -> bytes:
    return ("\n".join(_lines(kliping)).rstrip() + "\n").encode()


def _lines(kliping: Kliping) -> Iterator[str]:
    yield f"*{wording.heading(kliping)}*"
    yield wording.span(kliping)
    if not kliping.items:
        yield from ("", wording.nothing(kliping), wording.eyes(kliping))
        return
    yield wording.totals(kliping)
    yield wording.eyes(kliping)
    for name, items in kliping.sections.items():
        if items:
            yield from ("", f"*{SECTIONS[name]}* ({number(len(items))})")
            yield from _section(items)
    yield from ("", f"_{wording.sentences()['caution']}_")


def _section(items: list[Item]) -> Iterator[str]:
    for place, item in enumerate(items[:MOST], start=1):
        media = f" ({number(item.media)} media)" if item.media > 1 else ""
        facts = [wording.region(item), item.topic or "", says(item.status, item.outlet)]
        yield f"{place}. {item.title.translate(_MARKS)}{media}"
        yield "   " + " · ".join(fact for fact in facts if fact).translate(_MARKS)
        yield f"   {item.url}"
    if len(items) > MOST:
        yield f"   … dan {number(len(items) - MOST)} lainnya di berkas kliping."
