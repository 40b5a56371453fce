"""What was measured: a figure with its unit, shown as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One measurement; `ratio` is that to what it is compared with, which `note` names."""

    bench: str
    what: str
    value: float
    unit: str
    ratio: float | None = None
    note: str = ""


def as_text(figures: Sequence[Figure]) -> str:
    """Columns of equal width."""
    rows = [("bench", "what", "value", "unit", "ratio", "note"), *map(_row, figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at in (2, 4) else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def as_json(figures: Sequence[Figure]) -> str:
    return json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def _row(figure: Figure) -> tuple[str, ...]:
    ratio = "" if figure.ratio is None else f"{figure.ratio:,.2f}"
    value = f"{figure.value:,.2f}"
    return figure.bench, figure.what, value, figure.unit, ratio, figure.note
