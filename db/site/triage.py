"""What analysts decide about an alert: state, assignee, note. Nothing is ever overwritten."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

from db import audit
from db.site import bases
from db.words import label, short_moment

STATES: Final = ("baru", "ditinjau", "ditindaklanjuti", "diabaikan")
LONGEST_NOTE: Final = 5000


@dataclass(frozen=True)
class Problem:
    """Why a decision was not stored."""

    status: int
    message: str


async def history(datasette: Any, alert_key: str) -> list[dict[str, Any]]:
    """The events of an alert, newest first, each with the actor's name."""
    sql = """
        SELECT e.*, coalesce(a.name, e.actor) AS actor_name,
            coalesce(b.name, e.assignee) AS assignee_name
        FROM meja.alert_events e LEFT JOIN meja.accounts a ON a.username = e.actor
        LEFT JOIN meja.accounts b ON b.username = e.assignee
        WHERE e.alert_key = ? ORDER BY e.id DESC
    """
    return await bases.rows(datasette, sql, [alert_key])


async def people(datasette: Any) -> list[dict[str, Any]]:
    """Those an alert can be given to."""
    sql = "SELECT username, name FROM meja.accounts WHERE active ORDER BY name"
    return await bases.rows(datasette, sql)


async def decide(
    datasette: Any, actor: str, alert_key: str, fields: dict[str, str]
) -> Problem | None:
    """Store a decision with its audit row; on a problem nothing is stored."""
    assignees = {person["username"] for person in await people(datasette)}
    problem = _check(fields, assignees)
    if problem:
        return problem
    result: Problem | None = await bases.write(
        datasette, lambda meja: _store(meja, actor, alert_key, fields)
    )
    return result


def _check(fields: dict[str, str], assignees: set[str]) -> Problem | None:
    state, note = fields.get("keadaan", ""), fields.get("catatan", "").strip()
    if state not in STATES:
        return Problem(400, "Pilih keadaan peringatan ini.")
    if state == "diabaikan" and not note:
        return Problem(400, "Peringatan yang diabaikan perlu alasan. Tulis di catatan.")
    if len(note) > LONGEST_NOTE:
        return Problem(400, f"Catatan terlalu panjang: paling banyak {LONGEST_NOTE} huruf.")
    if fields.get("petugas") and fields["petugas"] not in assignees:
        return Problem(400, "Petugas itu tidak ada (lagi). Pilih petugas lain.")
    return None


def _store(
    meja: sqlite3.Connection, actor: str, alert_key: str, fields: dict[str, str]
) -> Problem | None:
    meja.execute("BEGIN IMMEDIATE")  # nobody decides between our look and our write
    last = _last(meja, alert_key)
    if last and str(last["id"]) != fields.get("terlihat", "0"):
        return Problem(409, _overtaken(last))
    note = fields.get("catatan", "").strip() or None
    row = (alert_key, audit.now(), actor, fields["keadaan"], fields.get("petugas", ""), note)
    meja.execute(
        "INSERT INTO alert_events (alert_key, at, actor, state, assignee, note)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        row,
    )
    audit.record(meja, actor, "peringatan_diputuskan", alert_key, fields["keadaan"])
    return None


def _last(meja: sqlite3.Connection, alert_key: str) -> sqlite3.Row | None:
    sql = """
        SELECT e.id, e.at, e.state, coalesce(a.name, e.actor) AS name
        FROM alert_events e LEFT JOIN accounts a ON a.username = e.actor
        WHERE e.alert_key = ? ORDER BY e.id DESC LIMIT 1
    """
    found: sqlite3.Row | None = meja.execute(sql, [alert_key]).fetchone()
    return found


def _overtaken(last: sqlite3.Row) -> str:
    state = label(last["state"], "state").lower()
    return (
        f"Belum tersimpan: {last['name']} lebih dahulu menandai peringatan ini {state} "
        f"({short_moment(last['at'])}). Baca riwayatnya, lalu simpan lagi bila masih perlu."
    )
