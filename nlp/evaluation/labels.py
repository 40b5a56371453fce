"""Labels kept without the articles they belong to: real news is read, never copied in here.

A labels file holds one JSON object per line, `{"id", "url", "split", "gold"}`, where `split` is
`dev` (read while the rules are written) or `held` (kept aside until the end). The texts lie in a
folder of JSON files, one article each: `{"id", "text", "title"?, "url"?, "published_at"?}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp.annotate import check
from nlp.annotation import Article
from nlp.evaluation.gold import GoldError, GoldRecord


def joined(labels: Path, texts: Path, split: str | None = None) -> list[GoldRecord]:
    """Each label with its article, in the order of the labels; one split only, or all (None).

    Raises:
        GoldError: a bad line or file, or texts that are missing; every missing one is named.
    """
    articles = dict(_articles(texts))
    wanted = [label for label in _labels(labels) if split in (None, label["split"])]
    missing = [f"{label['id']} ({label['url']})" for label in wanted if label["id"] not in articles]
    if missing:
        raise GoldError(f"{texts}: teks {len(missing)} artikel tidak ada: {', '.join(missing)}.")
    return [GoldRecord(articles[label["id"]], label["gold"]) for label in wanted]


def _labels(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            label: dict[str, Any] = json.loads(line)
            lacking = {"id", "url", "split", "gold"} - label.keys()
        except (ValueError, AttributeError) as error:
            raise GoldError(f"{path}, baris {number}: bukan objek JSON ({error}).") from error
        if lacking:
            raise GoldError(f"{path}, baris {number}: tidak ada {', '.join(sorted(lacking))}.")
        yield label


def _articles(folder: Path) -> Iterator[tuple[str, Article]]:
    for path in sorted(folder.glob("*.json")):
        try:
            article = check(json.loads(path.read_text(encoding="utf-8")))
        except ValueError as error:
            raise GoldError(f"{path}: {error}") from error
        yield article["id"], article
