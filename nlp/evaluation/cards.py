"""The parts of a model card that are measured, not typed; each stands between two comments."""

from __future__ import annotations

from pathlib import Path


def write_part(card: Path, name: str, text: str) -> None:
    """Put ``text`` between ``<!-- name: awal -->`` and ``akhir``; a card without them gets both."""
    begin, end = f"<!-- {name}: awal -->", f"<!-- {name}: akhir -->"
    whole = card.read_text(encoding="utf-8")
    if begin not in whole:
        whole = f"{whole.rstrip()}\n\n{begin}\n{end}\n"
    head, _, rest = whole.partition(begin)
    _, _, tail = rest.partition(end)
    card.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")
