"""One run over all mailings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from filelock import FileLock, Timeout
from sqlite_utils import Database

from db import added_outlets
from db.base import Home, told
from db.config import Config
from db.delivery import email
from db.delivery.message import DeliveryError, Message
from db.health import sources
from db.mailings import editions, letters, notices
from db.reports.errors import ReportError


@dataclass
class MailingReport:
    """`noticed`: sources newly silent or ill; `sent`: editions; `failures`: whom, and why not."""

    noticed: int = 0
    sent: int = 0
    busy: bool = False
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return bool(self.failures)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        if self.busy:
            return "Kiriman berkala: proses lain sedang mengirim."
        counted = f"{self.sent} terkirim; {self.noticed} sumber baru terganggu."
        failed = [f"  {whom}: {reason}" for whom, reason in self.failures.items()]
        return "\n".join([f"Kiriman berkala: {counted}", *failed])


def send(home: Home, config: Config) -> MailingReport:
    """Bring the notices up to date and send what is due; one process at a time.

    See `db.mailings` for what is guaranteed. Raises `BaseError`.
    """
    report = MailingReport()
    try:
        with (
            FileLock(home.berita.with_name("kiriman.kunci"), timeout=0),
            closing(home.open_berita()) as berita,
            closing(home.open_meja()) as meja,
            told(home.meja),
        ):
            _send_all(berita, meja, config.pengiriman, report)
    except Timeout:
        report.busy = True
    return report


def _send_all(
    berita: Database, meja: Database, settings: Mapping[str, Any], report: MailingReport
) -> None:
    gone = added_outlets.removed(meja.conn)
    found = [source for source in sources(berita.conn) if source.id not in gone]
    report.noticed = notices.update(meja, found)
    editions.enqueue(meja, datetime.now(UTC))
    site = settings["alamat_situs"].rstrip("/")
    for edition in editions.due(meja, datetime.now(UTC)):
        error = None
        try:
            if edition["kind"] == "kliping":
                message: Message | None = letters.kliping(berita, edition, site)
            else:
                message = letters.silent(meja, edition, found, site)
            if message:
                email.send(settings, edition["target"], message)
                report.sent += 1
        except (DeliveryError, ReportError) as failure:
            error = str(failure)
            report.failures[edition["target"]] = error
        editions.settle(meja, edition, error, settings["jeda_menit"], settings["batas_jam"])
