"""What analysts decide about alerts: state, assignee, note, verdict; nothing is overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class Target:
    """An alert, and the newest of its events that the person had before them (0: none)."""

    key: str
    seen: int

    @classmethod
    def read(cls, token: str) -> Target | None:
        """From `12:watch:article:stage`, as `token` writes it; None for what is none."""
        seen, colon, key = token.partition(":")
        known = colon and key and seen.isascii() and seen.isdecimal() and len(seen) < 19
        return cls(key, int(seen)) if known else None


def token(alert: Mapping[str, Any]) -> str:
    """What a form sends for an alert of the pages."""
    return f"{alert['last_event'] or 0}:{alert['key']}"


@dataclass(frozen=True)
class Decision:
    """None leaves a thing as it is; an empty assignee takes the alert from whoever had it."""

    state: str | None
    assignee: str | None = None
    note: str = ""
    verdict: str | None = None


@dataclass(frozen=True)
class Outcome:
    """How many were stored, and for each that was not, who was first."""

    stored: int
    late: tuple[str, ...] = ()


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


def read(fields: Mapping[str, str]) -> Decision:
    """The decision of a form; `keadaan` `tetap` leaves the state, and so for `petugas`."""
    state, assignee = fields.get("keadaan", ""), fields.get("petugas", "")
    return Decision(
        state=None if state == "tetap" else state,
        assignee=None if assignee == "tetap" else assignee,
        note=fields.get("catatan", "").strip(),
    )


async def decide(
    datasette: Any,
    actor: str,
    targets: Sequence[Target],
    decision: Decision,
    *,
    together: bool,
) -> Outcome | Problem:
    """Store a decision about alerts, each with its audit row.

    One that somebody else decided since it was shown is left out; `together`, then all are.
    """
    problem = _check(decision, {person["username"] for person in await people(datasette)})
    if problem:
        return problem
    outcome: Outcome = await bases.write(
        datasette, lambda meja: _store(meja, actor, targets, decision, together)
    )
    return Problem(409, " ".join(outcome.late)) if together and outcome.late else outcome


def _check(decision: Decision, assignees: set[str]) -> Problem | None:
    if decision.state is not None and decision.state not in STATES:
        return Problem(400, "Pilih keadaan peringatan ini.")
    if decision.verdict == "keliru" and not decision.note:
        return Problem(400, "Tulis mengapa peringatan ini keliru: alasannya memperbaiki langganan.")
    if decision.state == "diabaikan" and not decision.note:
        return Problem(400, "Peringatan yang diabaikan perlu alasan. Tulis di catatan.")
    if len(decision.note) > LONGEST_NOTE:
        return Problem(400, f"Catatan terlalu panjang: paling banyak {LONGEST_NOTE} huruf.")
    if decision.assignee and decision.assignee not in assignees:
        return Problem(400, "Petugas itu tidak ada (lagi). Pilih petugas lain.")
    return None


def _store(
    meja: sqlite3.Connection,
    actor: str,
    targets: Sequence[Target],
    decision: Decision,
    together: bool,
) -> Outcome:
    meja.execute("BEGIN IMMEDIATE")  # nobody decides between our look and our write
    said = {target: overtaken(meja, target) for target in targets}
    late = tuple(reason for reason in said.values() if reason)
    if together and late:
        return Outcome(0, late)
    fresh = [target for target, reason in said.items() if reason is None]
    for target in fresh:
        add_event(meja, actor, target.key, decision)
        action = f"peringatan_{decision.verdict or 'diputuskan'}"
        audit.record(meja, actor, action, target.key, decision.state)
    return Outcome(len(fresh), late)


def add_event(meja: sqlite3.Connection, actor: str, alert_key: str, decision: Decision) -> None:
    """One line of an alert's history, inside the caller's transaction."""
    meja.execute(
        "INSERT INTO alert_events (alert_key, at, actor, state, assignee, note, verdict)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(alert_key, audit.now(), actor, decision.state, decision.assignee),
            *(decision.note or None, decision.verdict),
        ),
    )


def overtaken(meja: sqlite3.Connection, target: Target) -> str | None:
    """Who did what since the person looked, in words; None when nobody did."""
    sql = """
        SELECT e.id, e.at, e.state, e.note, coalesce(a.name, e.actor) AS name
        FROM alert_events e LEFT JOIN accounts a ON a.username = e.actor
        WHERE e.alert_key = ? ORDER BY e.id DESC LIMIT 1
    """
    last: sqlite3.Row | None = meja.execute(sql, [target.key]).fetchone()
    if last is None or last["id"] <= target.seen:
        return None
    did = "menindak peringatan ini"
    if last["state"]:
        did = f"menandai peringatan ini {label(last['state'], 'state').lower()}"
    return (
        f"Belum tersimpan: {last['name']} lebih dahulu {did} ({short_moment(last['at'])}). "
        "Baca riwayatnya, lalu simpan lagi bila masih perlu."
    )
