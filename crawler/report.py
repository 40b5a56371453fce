"""What a crawl did, per outlet: counts, and for each failure its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Failure:
    """A request that brought nothing; `reason` is in Indonesian."""

    url: str
    kind: str
    reason: str


@dataclass
class OutletReport:
    """The counts of one outlet.

    Lists: `lists_ok`, `lists_not_modified` (304), `lists_failed`. Pages: `pages_new` (first time),
    `pages_changed` and `pages_not_modified` (visited again), `pages_gone` (404, 410),
    `pages_failed`; page 2 and on of an article counts as a page. `announced`: addresses never
    named before; `skipped_old`: entries of sitemaps older than `PANTAU_SITEMAP_DAYS`.
    """

    lists_ok: int = 0
    lists_not_modified: int = 0
    lists_failed: int = 0
    pages_new: int = 0
    pages_changed: int = 0
    pages_not_modified: int = 0
    pages_gone: int = 0
    pages_failed: int = 0
    announced: int = 0
    skipped_old: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """Requests for pages that were answered."""
        return self.pages_new + self.pages_changed + self.pages_not_modified + self.pages_gone

    def fail(self, url: str, kind: str, reason: str) -> None:
        self.failures.append(Failure(url, kind, reason))
        if kind == "page":
            self.pages_failed += 1
        else:
            self.lists_failed += 1


@dataclass
class CrawlReport:
    """The whole crawl; `reason` is Scrapy's, "finished" unless it was stopped.

    `error` says in Indonesian what ended the crawl early; what was kept until then stays.
    """

    outlets: dict[str, OutletReport] = field(default_factory=dict)
    reason: str = ""
    error: str = ""

    def of(self, outlet_id: str) -> OutletReport:
        return self.outlets.setdefault(outlet_id, OutletReport())

    def total(self, name: str) -> int:
        """The sum of one count (a field of `OutletReport`) over all outlets."""
        return sum(getattr(outlet, name) for outlet in self.outlets.values())

    @property
    def failures(self) -> list[Failure]:
        return [failure for outlet in self.outlets.values() for failure in outlet.failures]

    @property
    def failed(self) -> bool:
        """Whether no list of any outlet answered, so that nothing could be gathered."""
        return bool(self.outlets) and not self.total("lists_ok") + self.total("lists_not_modified")

    def __str__(self) -> str:
        counts = {field.name: self.total(field.name) for field in fields(OutletReport)[:-1]}
        lines = [
            "{lists_ok} daftar dibaca ({lists_not_modified} tidak berubah, {lists_failed} gagal); "
            "{pages_new} halaman baru, {pages_changed} berubah, {pages_not_modified} tetap, "
            "{pages_gone} hilang, {pages_failed} gagal.".format(**counts)
        ]
        if counts["skipped_old"]:
            lines.append(f"{counts['skipped_old']} isi peta situs dilewati karena sudah lama.")
        return "\n".join([*lines, *(f"  {f.url}: {f.reason}" for f in self.failures)])

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> CrawlReport:
        outlets = {
            name: OutletReport(
                **{**counts, "failures": [Failure(**row) for row in counts["failures"]]}
            )
            for name, counts in data["outlets"].items()
        }
        return cls(outlets, data["reason"], data["error"])
