"""One delivery run over all channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, Final

from filelock import FileLock, Timeout
from sqlite_utils import Database

from db.base import Home, told
from db.config import Config
from db.delivery import digest, email, queue, telegram, webhook
from db.delivery.digest import Row
from db.delivery.message import DeliveryError, Message, compose
from db.delivery.report import DeliveryReport

SENDERS: Final[dict[str, Callable[[Mapping[str, Any], str, Message], None]]] = {
    "email": email.send,
    "webhook": webhook.send,
    "telegram": telegram.send,
}


def deliver(home: Home, config: Config) -> DeliveryReport:
    """Queue what has rung and send what is due; one process at a time. Raises `BaseError`.

    See `db.delivery` for what is guaranteed.
    """
    report = DeliveryReport()
    home.open_berita().close()  # made or migrated
    try:
        with (
            FileLock(home.berita.with_name("pengiriman.kunci"), timeout=0),
            closing(home.open_meja()) as meja,
            closing(home.open_meja()) as reader,
            told(home.meja),
        ):
            queue.attach(reader, home.berita)
            for channel in queue.channels(meja):
                report.queued += queue.enqueue(meja, reader, channel, datetime.now(UTC))
                waiting = queue.due(reader, channel, datetime.now(UTC))
                _send_due(meja, channel, waiting, config.pengiriman, report)
            report.waiting = queue.waiting(meja)
    except Timeout:
        report.busy = True
    return report


def _send_due(
    meja: Database,
    channel: Row,
    waiting: Sequence[Row],
    settings: Mapping[str, Any],
    report: DeliveryReport,
) -> None:
    """Send message after message until one fails: a receiver that is down is not asked again."""
    for rows in digest.messages(channel, waiting, settings["gabung_di_atas"]):
        if not _send(meja, channel, rows, settings, report):
            return


def _send(
    meja: Database,
    channel: Row,
    rows: Sequence[Row],
    settings: Mapping[str, Any],
    report: DeliveryReport,
) -> bool:
    identity = queue.name(meja, rows)
    site = settings["alamat_situs"].rstrip("/")
    error = None
    try:
        message = compose(identity, channel["watch_name"], rows, site)
        SENDERS[channel["kind"]](settings, channel["target"], message)
    except DeliveryError as failure:
        error = str(failure)
        report.failures[f"{channel['watch_name']}, {channel['kind']} {channel['target']}"] = error
    waits, patience = settings["jeda_menit"], settings["batas_jam"]
    state = queue.settle(meja, channel, identity, rows, error, waits, patience)
    report.given_up += len(rows) if state == "gagal" else 0
    if error is None:
        report.sent += len(rows)
        report.messages += 1
    return error is None
