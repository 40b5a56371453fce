"""`/tenggat.ics`: the running deadlines for calendar programs, which cannot sign in.

The address holds a signed token that names the account and a nonce, as in `watch_feed`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from datasette import Response
from icalendar import Calendar, Event
from itsdangerous import BadSignature

from db.clocks.deadlines import Deadline
from db.clocks.running import Case
from db.clocks.running import running as all_running
from db.site import bases, guard
from db.site.errors import PageError
from db.words import clean, moment

CAUTION: Final = "perkiraan, bukan tenggat resmi"
_NAMESPACE: Final = "pantau-kalender"
_NONCE: Final = """
    SELECT f.nonce FROM calendar_feeds f JOIN accounts a ON a.username = f.username
    WHERE f.username = ? AND a.active
"""


async def path(datasette: Any, username: str) -> str | None:
    """The secret address of somebody's calendar, or None where they have none."""
    row = await bases.row(datasette, _NONCE, [username], "meja")
    if row is None:
        return None
    token = datasette.sign([username, row["nonce"]], _NAMESPACE)
    return str(datasette.urls.path(f"/tenggat.ics?{urlencode({'kunci': token})}"))


async def show(datasette: Any, request: Any) -> Any:
    """For whoever holds the address, or has signed in."""
    token = request.args.get("kunci")
    if token is None:
        await datasette.ensure_permissions(request.actor, [guard.DESK])
    elif not await _opens(datasette, token):
        raise PageError(403, "Alamat kalender ini tidak berlaku (lagi). Buat yang baru di situs.")
    cases = await bases.ask(datasette, all_running)
    page = datasette.absolute_url(request, datasette.urls.path("/"))
    body = calendar(cases, page).to_ical()
    headers = {"Cache-Control": "private, no-cache"}
    return Response(body, headers=headers, content_type="text/calendar; charset=utf-8")


async def _opens(datasette: Any, token: str) -> bool:
    try:
        username, nonce = datasette.unsign(token, _NAMESPACE)
    except (BadSignature, ValueError, TypeError):
        return False
    row = await bases.row(datasette, _NONCE, [username], "meja")
    return row is not None and bool(row["nonce"] == nonce)


def calendar(cases: list[Case], site: str) -> Calendar:
    """One event of a whole day for each last day; `site` ends with a slash."""
    found = Calendar()
    found.add("prodid", "-//Pantau//Tenggat//ID")
    found.add("version", "2.0")
    found.add("x-wr-calname", f"Pantau: {CAUTION}")
    for case in cases:
        for deadline in case.clock.open:
            found.add_component(_event(case, deadline, site))
    return found


def _event(case: Case, deadline: Deadline, site: str) -> Event:
    event, clock = Event(), case.clock
    event.add("uid", f"{clock.article_key}-{deadline.rule.id}@pantau")
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", deadline.last)
    event.add("dtend", deadline.last + timedelta(days=1))
    title = clean(case.about["title"] or clock.article_key)
    event.add("summary", f"Perkiraan batas: {deadline.rule.name}. {title}")
    said = [
        f"{CAUTION.capitalize()}.",
        f"{deadline.rule.days} hari {deadline.rule.counting} sejak {deadline.rule.mark}.",
        f"Diketahui {moment(clock.known.moment.isoformat())} oleh {clock.known.actor_name}.",
        f"Dasar: {deadline.rule.basis}.",
    ]
    event.add("description", "\n".join(said))
    if case.about["alert_key"]:
        event.add("url", f"{site}peringatan/{case.about['alert_key']}")
    return event
