"""Calendars: one meeting as a file, an estate's meetings and one's own to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import NotFound
from hall.estates.queries import EstateRow
from hall.meetings import queries, service
from hall.meetings.queries import MeetingRow
from hall.meetings.queries import calendar as reads
from hall.meetings.rules.calendar import Entry, calendar
from hall.web.access import current_actor, current_estate, public, signed_in
from hall.web.ballots.page import absolute
from hall.web.i18n import gettext
from hall.web.meetings import names
from hall.web.meetings.blueprint import bp

BACK = timedelta(days=400)  # how far back a calendar goes


@bp.get("/e/<slug>/meetings/<int:n>.ics", endpoint="event")
@public
def meeting_ics(n: int) -> Response:
    """One meeting, to put into one's own calendar."""
    meeting = queries.get(current_estate().id, n)
    if meeting.noticed_at is None:
        raise NotFound("meeting")
    return _file([_entry(meeting, current_estate(), clock.now())], "", f"meeting-{n}")


@bp.get("/e/<slug>/meetings/calendar.ics")
@public
def estate_ics() -> Response:
    """All meetings of the estate whose notice is out, to subscribe to."""
    estate, now = current_estate(), clock.now()
    found = reads.of_estate(estate.id, now - BACK)
    name = gettext("%(estate)s会议", estate=estate.name)
    return _file([_entry(m, estate, now) for m in found], name, "meetings")


@bp.get("/calendar/<key>.ics")
@public
def own_ics(key: str) -> Response:
    """The meetings an account is called to; the key in the address is all that protects it."""
    account_id = reads.account_of(key)
    if account_id is None:
        raise NotFound("calendar")
    now = clock.now()
    found = reads.of_account(account_id, now - BACK)
    entries = [_entry(i.meeting, i.estate, now) for i in found]
    response = _file(entries, gettext("请我去的会"), "meetings")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/e/<slug>/meetings/calendar")
@public
def calendar_page() -> Response:
    """How to have meetings in one's own calendar, with the address of this visitor's own."""
    actor = current_actor()
    key = reads.key_of(actor.account_id) if actor.account_id is not None else None
    response = make_response(
        render_template(
            "meetings/calendar.html",
            estate_url=absolute("meetings.estate_ics"),
            own_url=absolute("meetings.own_ics", key=key) if key else "",
        )
    )
    if key:
        response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/e/<slug>/meetings/calendar/renew")
@signed_in
def calendar_renew() -> AnyResponse:
    """Make the first address of one's own calendar, or a new one in place of the old."""
    service.renew_calendar_key(current_actor(), now=clock.now())
    return redirect(url_for("meetings.calendar_page") + "#own", 303)


def _entry(meeting: MeetingRow, estate: EstateRow, now: datetime) -> Entry:
    title = f"{estate.name} {meeting.title}"
    if meeting.cancelled_at:
        title = gettext("（取消）%(title)s", title=title)
    lines = [names.kind(meeting.kind)]
    if meeting.cancelled_at:
        lines.append(gettext("取消：%(why)s", why=meeting.cancel_reason))
    if meeting.remark:
        lines.append(meeting.remark)
    return Entry(
        uid=meeting.uid,
        sequence=meeting.sequence,
        stamp=now,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=title,
        place=f"{estate.name} {meeting.place}",
        description="\n".join(lines),
        url=absolute("meetings.show", slug=estate.slug, n=meeting.n),
        cancelled=meeting.cancelled_at is not None,
    )


def _file(entries: Iterable[Entry], name: str, file: str) -> Response:
    response = make_response(calendar(entries, name).encode("utf-8", "replace"))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers.set("Content-Disposition", "inline", filename=f"{file}.ics")
    return response
