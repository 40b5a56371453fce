"""`/langganan`: the watches, and one with its conditions, preview, channels and feed."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from datasette import Response
from sqlite_utils import Database

from db.alerts import channels
from db.alerts.previewing import DAYS, Preview, preview
from db.alerts.watches import check
from db.site import (
    bases,
    guard,
    search,
    session,
    watch_edit,
    watch_feed,
    watch_form,
    watch_quiet,
    watch_trial,
)
from db.site.errors import PageError
from db.site.watch_edit import Change, Problem
from db.site.watch_form import Form
from db.words import WIB

PATIENCE_MS: Final = 10_000
_WATCHES: Final = """
    WITH decided AS MATERIALIZED (
        SELECT l.watch_key, count(*) AS judged, sum(coalesce(s.verdict = 'keliru', 0)) AS wrong
        FROM meja.alert_states s JOIN alerts l ON l.key = s.alert_key
        WHERE s.state != 'baru' GROUP BY l.watch_key
    )
    SELECT w.*, coalesce(a.name, w.owner) AS owner_name, d.judged, d.wrong,
        (SELECT count(*) FROM alerts l WHERE l.watch_key = w.key AND l.raised_at >= :since) AS rang,
        (SELECT count(*) FROM meja.channels c WHERE c.watch_key = w.key AND c.active) AS channels,
        (SELECT count(*) FROM meja.channels c WHERE c.watch_key = w.key AND c.active AND
            (SELECT error FROM meja.delivery_attempts t WHERE t.channel_id = c.id
                ORDER BY t.id DESC LIMIT 1) IS NOT NULL) AS failing
    FROM meja.watches w LEFT JOIN meja.accounts a ON a.username = w.owner
    LEFT JOIN decided d ON d.watch_key = w.key
"""
_CHANNELS: Final = """
    SELECT c.*,
        (SELECT count(*) FROM deliveries d WHERE d.channel_id = c.id AND d.state = 'menunggu')
            AS waiting,
        (SELECT count(*) FROM deliveries d WHERE d.channel_id = c.id AND d.state = 'gagal')
            AS given_up,
        (SELECT count(*) FROM deliveries d WHERE d.channel_id = c.id AND d.state = 'terkirim')
            AS sent,
        (SELECT min(due_at) FROM deliveries d WHERE d.channel_id = c.id AND d.state = 'menunggu')
            AS next_at,
        (SELECT error FROM delivery_attempts t WHERE t.channel_id = c.id ORDER BY id DESC LIMIT 1)
            AS error
    FROM channels c WHERE c.watch_key = ? AND c.removed_at IS NULL ORDER BY c.active DESC, c.id
"""
_ATTEMPTS: Final = """
    SELECT t.*, c.kind, c.target FROM delivery_attempts t JOIN channels c ON c.id = t.channel_id
    WHERE c.watch_key = ? ORDER BY t.id DESC LIMIT 20
"""


@guard.desk
async def index(datasette: Any, request: Any) -> Any:
    """`/langganan`"""
    bases.base(datasette, "meja")
    sql = f"{_WATCHES} ORDER BY w.active DESC, rang DESC, w.name"
    watches = await bases.rows(datasette, sql, {"since": _since()})
    for watch in watches:
        watch["own"] = watch["owner"] == request.actor["id"]
    html = await datasette.render_template(
        "langganan_daftar.html", {"watches": watches, "days": DAYS}, request=request
    )
    return Response.html(html)


@guard.desk
async def new(datasette: Any, request: Any) -> Any:
    """`/langganan/baru`, also with the parameters of a search."""
    bases.base(datasette, "meja")
    if request.method != "POST":
        return await _page(datasette, request, watch_form.of_search(search.typed_query(request)))
    pairs = await session.pairs(request)
    form = watch_form.of_request(pairs)
    definition, faults = watch_form.definition(form, await _outlets(datasette))
    if dict(pairs).get("aksi") != "simpan":
        return await _tried(datasette, request, form, definition, faults)
    if faults := [*watch_form.unnamed(form), *faults]:
        return await _page(datasette, request, form, faults=faults, status=400)
    name = form.written["nama"]
    key = await watch_edit.create(datasette, request.actor["id"], name, definition)
    datasette.add_message(request, "Langganan tersimpan.", datasette.INFO)
    return Response.redirect(datasette.urls.path(f"/langganan/{key}"))


@guard.desk
async def show(datasette: Any, request: Any) -> Any:
    """`/langganan/<key>`"""
    row = await _find(datasette, request.url_vars["key"])
    if request.method != "POST":
        return await _page(datasette, request, watch_form.of_watch(row), row=row)
    pairs = await session.pairs(request)
    action = dict(pairs).get("aksi", "")
    if not watch_edit.may_edit(request.actor, row) and action not in watch_edit.FOR_EVERYBODY:
        raise PageError(
            403, "Langganan ini milik orang lain; hanya pemilik atau atasan mengubahnya."
        )
    if action in ("coba", "simpan"):
        return await _save(datasette, request, row, pairs)
    if action == "saluran_diuji":
        return await _try_channel(datasette, request, row, dict(pairs))
    if action not in watch_edit.ACTIONS:
        raise PageError(400, "Permintaan ini tidak dapat dipahami.")
    change = Change(row["key"], request.actor["id"], dict(pairs))
    problem = await watch_edit.act(datasette, action, change)
    if problem is None:
        return _done(datasette, request, row)
    more = {"row": row, "channel_problem": problem.message, "channel_fields": change.fields}
    form = watch_form.of_watch(row)
    return await _page(datasette, request, form, status=problem.status, **more)


async def _try_channel(datasette: Any, request: Any, row: bases.Row, fields: dict[str, str]) -> Any:
    error = await watch_trial.run(datasette, request.actor["id"], row["key"], fields)
    said = f"Uji gagal: {error}" if error else "Uji terkirim. Periksa di tujuannya."
    kind = datasette.ERROR if error else datasette.INFO
    datasette.add_message(request, said, kind)
    return Response.redirect(datasette.urls.path(f"/langganan/{row['key']}#saluran"))


async def _save(datasette: Any, request: Any, row: bases.Row, pairs: list[tuple[str, str]]) -> Any:
    form = watch_form.of_request(pairs)
    definition, faults = watch_form.definition(form, await _outlets(datasette))
    if dict(pairs)["aksi"] == "coba":
        return await _tried(datasette, request, form, definition, faults, row)
    if faults := [*watch_form.unnamed(form), *faults]:
        return await _page(datasette, request, form, row=row, faults=faults, status=400)
    change = Change(row["key"], request.actor["id"], dict(pairs))
    name = form.written["nama"]
    problem: Problem | None = await watch_edit.save(datasette, change, name, definition)
    if problem is None:
        return _done(datasette, request, row)
    faults = [problem.message]
    return await _page(datasette, request, form, row=row, faults=faults, status=problem.status)


def _done(datasette: Any, request: Any, row: bases.Row) -> Any:
    datasette.add_message(request, "Tersimpan.", datasette.INFO)
    return Response.redirect(datasette.urls.path(f"/langganan/{row['key']}"))


async def _tried(
    datasette: Any,
    request: Any,
    form: Form,
    definition: dict[str, Any],
    faults: list[str],
    row: bases.Row | None = None,
) -> Any:
    """The form again, with its faults or with what it would have rung for."""
    found = None
    if not faults:
        found = await _preview(datasette, definition)
        if found is None:
            faults = ["Percobaan ini terlalu lama. Persempit syaratnya, lalu coba lagi."]
    status = 400 if faults else 200
    more = {"row": row, "faults": faults, "tried": found and _dated(found)}
    return await _page(datasette, request, form, status=status, **more)


async def _preview(datasette: Any, definition: dict[str, Any]) -> Preview | None:
    watch = check(definition)
    try:
        return await bases.ask(datasette, lambda db: preview(Database(db), watch), PATIENCE_MS)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return None


async def _page(datasette: Any, request: Any, form: Form, status: int = 200, **more: Any) -> Any:
    row = more.get("row")
    context = {
        "form": form,
        "choices": watch_form.choices(),
        "days": DAYS,
        "zones": channels.ZONES,
        "may_edit": row is None or watch_edit.may_edit(request.actor, row),
        "row": None,
        "faults": [],
        "tried": None,
        "channel_problem": None,
        "channel_fields": {},
        **more,
        **(await _about(datasette, request, row) if row else {}),
    }
    html = await datasette.render_template("langganan.html", context, request=request)
    return Response.html(html, status=status, headers={"Cache-Control": "no-store"})


async def _about(datasette: Any, request: Any, row: bases.Row) -> dict[str, Any]:
    feed = await watch_feed.path(datasette, row["key"], request.actor["id"])
    return {
        "summary": watch_form.summary(row),
        "channels": await bases.rows(datasette, _CHANNELS, [row["key"]], "meja"),
        "attempts": await bases.rows(datasette, _ATTEMPTS, [row["key"]], "meja"),
        "feed": datasette.absolute_url(request, feed) if feed else None,
        "quiet": await watch_quiet.number(datasette, row["key"]),
    }


async def _find(datasette: Any, key: str) -> bases.Row:
    bases.base(datasette, "meja")
    wanted = {"since": _since(), "key": key}
    row = await bases.row(datasette, f"{_WATCHES} WHERE w.key = :key", wanted)
    if row is None:
        raise PageError(404, "Langganan ini tidak ada.")
    try:
        readable = isinstance(json.loads(row["definition"]), dict)
    except ValueError:
        readable = False
    return row if readable else {**row, "definition": "{}"}  # the form says what is missing


async def _outlets(datasette: Any) -> dict[str, str]:
    """Domain or name of each outlet, in small letters, to its domain."""
    rows = await bases.rows(datasette, "SELECT id, name FROM outlets")
    names = {row["name"].lower(): row["id"] for row in rows}
    return names | {row["id"].lower(): row["id"] for row in rows}


def _dated(found: Preview) -> dict[str, Any]:
    days = {
        name: datetime.fromtimestamp(at, WIB).date().isoformat() if at is not None else None
        for name, at in (("since", found.since), ("until", found.until))
    }
    return {"rings": found.rings, "complete": found.complete, "checked": found.checked, **days}


def _since() -> str:
    return (datetime.now(UTC) - timedelta(days=DAYS)).isoformat(timespec="seconds")
