"""The visits of one article: from all its responses to the versions that they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from crawler.archive import ArchiveError
from crawler.extract import identity, plain, reading, records
from crawler.extract.page import Page, decode
from crawler.extract.published import Published
from crawler.extract.reading import NoArticle, Reading
from crawler.extract.shelf import Shelf, media_type
from db.articles import ExtractedArticle, Visit
from db.extraction import Row

_GONE = (404, 410)


@dataclass
class History:
    """What the responses of one article say together; `errors` by row number, in Indonesian.

    `broken` are those of `errors` that are faults of the archive or of the program.
    """

    visits: list[Visit] = field(default_factory=list)
    last_seen_at: str = ""
    gone_at: str | None = None
    errors: dict[int, str] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Found:
    """A first page that holds the article; `url` is the address that it gives itself."""

    row: Row
    url: str
    reading: Reading

    @property
    def rank(self) -> int:
        """How near the page is to the article's own: itself, a twin, an imported copy."""
        if self.row["kind"] == "import":
            return 2
        return int(self.row["url"] != self.url)


def of(rows: Sequence[Row], shelf: Shelf) -> History:
    """Read `rows`, all responses of one article in order of arrival."""
    history = History()
    chosen = _chosen(list(_found(rows, shelf, history)))
    if not chosen:
        for row in rows:
            if row["status"] in _GONE:
                history.errors[row["id"]] = f"HTTP {row['status']}"
        return history
    history.visits = _visits(chosen)
    _date(history, rows, {found.row["url"] for found in chosen})
    return history


def _found(rows: Sequence[Row], shelf: Shelf, history: History) -> Iterator[_Found]:
    known: dict[tuple[str, ...], _Found] = {}
    for number, row in enumerate(rows):
        if row["status"] != 200 or row["page_of"] is not None:
            continue
        parts = [row, *_further(row, rows, number)]
        content = (row["url"], *(part["sha256"] or "" for part in parts))
        found = known.get(content) or _try_read(parts, shelf, history)
        if found:
            known[content] = found
            yield replace(found, row=row)


def _try_read(parts: Sequence[Row], shelf: Shelf, history: History) -> _Found | None:
    """Read one visit, or note in `history` why that cannot be done."""
    number = parts[0]["id"]
    try:
        return _read(parts, shelf)
    except NoArticle as error:
        history.errors[number] = str(error)
    except ArchiveError as error:
        history.errors[number] = str(error)
        history.broken.add(number)
    except Exception as error:  # noqa: BLE001 - one page must never stop the rest; it is shown
        history.errors[number] = f"galat {type(error).__name__}: {error}"
        history.broken.add(number)
    return None


def _further(first: Row, rows: Sequence[Row], number: int) -> list[Row]:
    """Page 2 and on of one visit: for each address the newest one before the next visit."""
    pages: dict[str, Row] = {}
    next_visit = next(
        (row["fetched_at"] for row in rows[number + 1 :] if _same_page(row, first)), None
    )
    for row in rows:
        belongs = row["page_of"] == first["url"] and row["status"] == 200
        if belongs and (next_visit is None or row["fetched_at"] < next_visit):
            pages[row["url"]] = row
    return [pages[url] for url in sorted(pages, key=lambda url: (len(url), url))]


def _same_page(row: Row, first: Row) -> bool:
    return bool(row["url"] == first["url"] and row["status"] == 200)


def _read(parts: Sequence[Row], shelf: Shelf) -> _Found:
    row = parts[0]
    source = shelf.source(row)
    kind = media_type(row["content_type"] or "")
    own = identity.address(row["url"], None, source.network)
    if row["kind"] == "import" and kind == "application/json":
        return _Found(row, own, records.read(shelf.record(row).body, row["url"], source))
    if row["kind"] == "import" and kind == "text/plain":
        return _Found(row, own, plain.read(decode(shelf.record(row).body), source))
    pages = [shelf.page(row), *_pages(parts[1:], shelf)]
    url = identity.address(row["url"], pages[0], source.network)
    return _Found(row, url, reading.read(pages, source))


def _pages(rows: Iterable[Row], shelf: Shelf) -> Iterator[Page]:
    for row in rows:
        if page := shelf.try_page(row):
            yield page


def _chosen(found: Sequence[_Found]) -> list[_Found]:
    """The responses whose text counts: the article's own pages, or those of its nearest twin."""
    if not found:
        return []
    nearest = min(one.rank for one in found)
    ranked = [one for one in found if one.rank == nearest]
    if nearest == 1:
        ranked = [one for one in ranked if one.row["url"] == ranked[0].row["url"]]
    return ranked


def _visits(chosen: Sequence[_Found]) -> list[Visit]:
    """One visit per response, all with the address of the first and the best publish date."""
    dated = [one.reading.published for one in chosen if one.reading.published]
    published = min(dated, key=lambda date: (date.guess, date.rank), default=None)
    return [
        Visit(_article(one, chosen[0].url, published), one.row["id"], one.row["fetched_at"])
        for one in chosen
    ]


def _article(found: _Found, url: str, published: Published | None) -> ExtractedArticle:
    reading = found.reading
    return ExtractedArticle(
        url=url,
        outlet_id=found.row["outlet_id"],
        title=reading.title,
        text=reading.text,
        extractor=reading.extractor,
        author=reading.author,
        section=reading.section,
        published_at=published.at if published else None,
        published_from=published.source if published else None,
        published_is_guess=bool(published and published.guess),
    )


def _date(history: History, rows: Sequence[Row], urls: set[str]) -> None:
    """When the article was last there, and since when it is gone."""
    history.last_seen_at = max(visit.fetched_at for visit in history.visits)
    for row in rows:
        if row["url"] not in urls or row["fetched_at"] < history.last_seen_at:
            continue
        if row["status"] == 304:
            history.last_seen_at, history.gone_at = row["fetched_at"], None
        elif row["status"] in _GONE and history.gone_at is None:
            history.gone_at = row["fetched_at"]
