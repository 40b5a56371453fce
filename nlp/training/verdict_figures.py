"""How well trained verdicts do on articles they were not fitted on, beside the rules alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from nlp.annotation import CONCRETE
from nlp.components.verdict import chosen

BIN: Final = 0.2
LOWS: Final = (0.0, 0.2, 0.4, 0.6, 0.8)


class Judged(NamedTuple):
    """What a reader said (`verdict`, `themes`), what the rules, what the weights."""

    verdict: str
    ruled: str
    chances: dict[str, float]
    themes: list[str]
    about: dict[str, float]


def figures(judged: Sequence[Judged]) -> str:
    """Markdown, in Indonesian: alerts and statuses, without and with the weights; then themes."""
    ruled = ["netral" if j.ruled == "bukan_pemilu" else j.ruled for j in judged]
    told = [chosen(j.chances) for j in judged]
    rows = [
        f"| {name} | {_alerts(judged, found)} | {_right(judged, found):.3f} |"
        for name, found in (("aturan saja", ruled), ("aturan, vektor dan kata", told))
    ]
    head = f"| {len(judged)} artikel | alarm tepat | alarm terjaring | status benar |"
    return "\n".join(
        [head, "|---|---|---|---|", *rows, "", _main_theme(judged), _calibration(judged)]
    )


def _right(judged: Sequence[Judged], found: Sequence[str]) -> float:
    return sum(j.verdict == f for j, f in zip(judged, found, strict=True)) / len(judged)


def _alerts(judged: Sequence[Judged], found: Sequence[str]) -> str:
    rung = [status in CONCRETE for status in found]
    due = [j.verdict in CONCRETE for j in judged]
    both = sum(a and b for a, b in zip(rung, due, strict=True))
    precision, recall = both / max(1, sum(rung)), both / max(1, sum(due))
    return f"{precision:.3f} | {recall:.3f}"


def _main_theme(judged: Sequence[Judged]) -> str:
    themed = [j for j in judged if j.themes]
    right = sum(max(j.about, key=j.about.__getitem__) == j.themes[0] for j in themed)
    return f"Tema utama benar {right / max(1, len(themed)):.3f} dari {len(themed)} artikel."


def _calibration(judged: Sequence[Judged]) -> str:
    """How often themes of a given probability were right."""
    told = [(chance, theme in j.themes) for j in judged for theme, chance in j.about.items()]
    lines = []
    for low in LOWS:
        inside = [right for chance, right in told if low <= chance < low + BIN]
        if inside:
            lines.append(f"{sum(inside) / len(inside):.2f} ({low:.1f}-{low + BIN:.1f})")
    return f"Tema benar, menurut nilai yang diberikan: {', '.join(lines)}."
