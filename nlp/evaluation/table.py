"""Scores as a table for people."""

from __future__ import annotations

from nlp.annotation import STATUSES
from nlp.evaluation.score import Scores


def table(scores: Scores, *, errors: bool = False) -> str:
    """Lay out the scores in Indonesian; with `errors`, list each missed and wrong item."""
    lines = [f"{scores.articles} artikel", "", f"{'':34}presisi  recall     F1  benar"]
    for noun, tally in scores.nouns.items():
        lines.append(
            f"{noun:34}{tally.precision:7.3f} {tally.recall:7.3f} {tally.f1:6.3f} {tally.right:6}"
        )
    if scores.confusion:
        lines += ["", f"status, F1 makro: {scores.status_macro_f1:.3f}", *_confusion(scores)]
    if errors:
        lines += _errors(scores)
    return "\n".join(lines)


def _confusion(scores: Scores) -> list[str]:
    short = [name[:9] for name in STATUSES]
    lines = [f"{'emas / mesin':16}" + "".join(f"{name:>10}" for name in short)]
    for gold in STATUSES:
        row = [scores.confusion[gold, found] for found in STATUSES]
        if any(row):
            lines.append(f"{gold:16}" + "".join(f"{n or '.':>10}" for n in row))
    return lines


def _errors(scores: Scores) -> list[str]:
    return [
        f"{noun}: {kind} {item} [{article}]"
        for noun, tally in scores.nouns.items()
        for kind, rows in (("terlewat", tally.missed), ("salah", tally.wrong))
        for article, item in rows
    ]
