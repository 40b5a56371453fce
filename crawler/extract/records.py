"""Imported records: an article's fields as somebody else extracted them, one JSON object."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from lxml import etree, html

from crawler.extract import dates, lines, published
from crawler.extract.body import lines_of
from crawler.extract.lines import Line
from crawler.extract.published import Published, Statement
from crawler.extract.reading import NoArticle, Reading, Source

EXTRACTOR = "catatan 1"
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|strong|em|ul|ol|li|h[1-6]|figure|img|table)\b[^<>]*>"
)


def read(body: bytes, url: str, source: Source) -> Reading:
    """Read a record with `title, text, url, date | published_at, author`. Raises `NoArticle`."""
    record = {key: value for key, value in json.loads(body).items() if isinstance(value, str)}
    title = lines.squeeze(_unmarked(record.get("title", "")))
    text = "\n\n".join(lines.clean(_lines(record.get("text", "")), [title]))
    if not text:
        raise NoArticle("isi kosong")
    return Reading(
        title=title or lines.headline_from(text),
        text=text,
        extractor=EXTRACTOR,
        author=lines.tidy_author(record.get("author", "")),
        section=record.get("section"),
        published=_published(record, url, text, source),
    )


def _lines(text: str) -> list[Line]:
    if _MARKUP.search(text):
        try:
            return lines_of([html.fragment_fromstring(text, create_parent="div")])
        except (etree.ParserError, ValueError):  # control characters, or nothing but markup
            text = _unmarked(text)
    return [Line(lines.squeeze(line)) for line in text.splitlines() if line.strip()]


def _unmarked(text: str) -> str:
    return _MARKUP.sub(" ", text)


def _published(record: Mapping[str, str], url: str, text: str, source: Source) -> Published | None:
    written = [record.get(name, "") for name in ("published_at", "date")]
    said = [
        *(("import", dates.read(text, source.zone)) for text in written),
        ("url", dates.read_url(url, source.zone)),
    ]
    stated = [Statement(name, moment) for name, moment in said if moment]
    return published.decide([*stated, *published.of_text(text, source.zone)], source.fetched_at)
