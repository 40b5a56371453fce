"""Bar charts as numbers for an SVG: drawn on the server, so that no script has to run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WIDTH: Final = 1040
HEIGHT: Final = 200
_FLOOR: Final = 26  # room for the words under the bars
_CEILING: Final = 20  # and for the numbers above them
BASE: Final = HEIGHT - _FLOOR
"""Where the bars stand."""


@dataclass(frozen=True)
class Bar:
    """One period; `marked` is the part of `total` that is drawn in the strong colour."""

    label: str
    title: str
    total: int
    marked: int
    href: str
    x: float
    width: float
    height: float
    marked_height: float
    labelled: bool


@dataclass(frozen=True)
class Period:
    label: str
    title: str
    total: int
    marked: int
    href: str = ""


def bars(periods: list[Period]) -> list[Bar]:
    """Place the bars side by side; only some carry a label, so that labels do not touch."""
    highest = max((period.total for period in periods), default=0) or 1
    step = WIDTH / max(len(periods), 1)
    every = max(1, round(70 / step))
    scale = (HEIGHT - _FLOOR - _CEILING) / highest
    last = len(periods) - 1
    return [
        Bar(
            **vars(period),
            x=round(index * step + step * 0.12, 2),
            width=round(step * 0.76, 2),
            height=round(period.total * scale, 2),
            marked_height=round(period.marked * scale, 2),
            labelled=(last - index) % every == 0,
        )
        for index, period in enumerate(periods)
    ]
