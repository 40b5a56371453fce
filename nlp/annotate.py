"""Articles in, annotations out: the contract of `nlp.annotation`, in order, one for one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Final, cast

from spacy.language import Language
from spacy.tokens import Doc

from nlp.annotation import Annotation, Article
from nlp.lexicon import FOLDER
from nlp.models import CHECKSUMS
from nlp.models.verdicts import TOPICS
from nlp.pipeline import load

CODE_VERSION: Final = 4
"""Raise it when code, not a lexicon, changes what comes out."""

FIELDS: Final = tuple(f for f in Annotation.__annotations__ if f not in ("id", "rules_version"))


def _digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(FOLDER.iterdir(), key=lambda file: file.name):
        if file.name.endswith((".csv", ".toml", ".txt")):
            digest.update(file.read_bytes())
    sums = TOPICS / CHECKSUMS
    digest.update(sums.read_bytes() if sums.is_file() else b"")
    return digest.hexdigest()[:8]


BATCH: Final = 64

RULES_VERSION: Final = f"{CODE_VERSION}-{_digest()}"
"""Changes whenever a lexicon, the trained weights or the code changes what comes out."""


def _moment(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(
            f"published_at bukan tanggal ISO 8601: {value!r} (contoh: 2020-09-24T10:00:00+08:00)"
        ) from None


def _is_unicode(record: dict[str, str | None], field: str) -> bool:
    """False for half a surrogate pair, which is what bytes that are no UTF-8 are read as."""
    try:
        (record.get(field) or "").encode()
    except UnicodeEncodeError:
        return False
    return True


def check(record: object) -> Article:
    """The record as an article; ValueError says in Indonesian what is wrong with it."""
    if not isinstance(record, dict):
        raise ValueError("bukan objek JSON")  # noqa: TRY004 one kind of error for every fault
    missing = [field for field in ("id", "text") if not isinstance(record.get(field), str)]
    if missing:
        raise ValueError(f"{missing[0]} tidak ada atau bukan teks")
    optional = ("title", "url", "published_at")
    wrong = [field for field in optional if not isinstance(record.get(field), str | None)]
    if wrong:
        raise ValueError(f"{wrong[0]} bukan teks")
    if broken := [field for field in ("id", "text", *optional) if not _is_unicode(record, field)]:
        raise ValueError(f"{broken[0]} memuat huruf yang bukan UTF-8")
    if record.get("published_at"):
        _moment(record["published_at"])
    return cast(Article, record)


def _doc(nlp: Language, article: Article) -> Doc:
    doc = nlp.make_doc(article["text"])
    published = article.get("published_at")
    doc._.title = article.get("title")
    doc._.url = article.get("url")
    doc._.published_at = _moment(published) if published else None
    doc._.outlet_region = article.get("outlet_region")
    return doc


def _annotation(doc: Doc, article: Article) -> Annotation:
    found = {name: getattr(doc._, name) for name in FIELDS}
    return cast(Annotation, {"id": article["id"], **found, "rules_version": RULES_VERSION})


@cache
def _pipeline() -> Language:
    return load()


def annotate(articles: Iterable[Article], nlp: Language | None = None) -> Iterator[Annotation]:
    """One annotation per article, in order; give `nlp` to use another pipeline than the usual."""
    pipeline = nlp or _pipeline()
    pairs = ((_doc(pipeline, article), article) for article in articles)
    for doc, article in pipeline.pipe(pairs, as_tuples=True, batch_size=BATCH):
        yield _annotation(doc, article)


def attempt(articles: Iterable[Article]) -> Iterator[Annotation | str]:
    """As `annotate`, but an article over which a rule stumbles is answered by how it did."""
    stream = iter(articles)
    while batch := list(islice(stream, BATCH)):
        try:
            yield from list(annotate(batch))
        except Exception:  # noqa: BLE001  found out one by one below
            yield from map(_attempt_one, batch)


def _attempt_one(article: Article) -> Annotation | str:
    try:
        return next(annotate([article]))
    except Exception as error:  # noqa: BLE001  any rule may stumble over any text; it is told
        return f"{type(error).__name__}: {error}"
