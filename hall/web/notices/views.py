"""The inbox of an account in an estate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.ballots import queries as ballots
from hall.bodies.rules import SPEAKERS, Body, Title
from hall.meetings import queries as meetings
from hall.notices import queries, service
from hall.notices.queries import Mine, NoticeRow
from hall.people import queries as people
from hall.permissions import Action
from hall.web import filters
from hall.web.access import (
    admits,
    current_actor,
    current_estate,
    known_actor,
    known_estate,
    signed_in,
)
from hall.web.i18n import gettext
from hall.web.links import address
from hall.web.messages.notices import NEWS

bp = Blueprint("notices", __name__, url_prefix="/e/<slug>/inbox")
PAGE_SIZE = 30
LONGEST = 40  # characters of one's own comment in a list


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what, why now, where; end: when it is over, as text."""

    what: str
    why: str
    href: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One piece of news in words."""

    id: int
    text: str
    at: datetime
    unread: bool


@bp.get("")
@signed_in
def inbox() -> str:
    """Three groups: waiting for you, yours waiting for others, news."""
    account, estate = cast(int, current_actor().account_id), current_estate()
    before = request.args.get("before", "")
    last = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    found = queries.inbox(account, estate.id, before=last, limit=PAGE_SIZE + 1)
    return render_template(
        "notices/inbox.html",
        waiting=[] if last else list(_waiting(clock.now())),
        yours=[] if last else [_mine(m) for m in queries.waiting_for_others(account, estate.id)],
        news=[_news(n) for n in found[:PAGE_SIZE]],
        more=found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None,
        unread=queries.unread(account, estate.id),
    )


@bp.post("/<int:notice_id>")
@signed_in
def open_(notice_id: int) -> AnyResponse:
    """Mark one as read and go where it leads."""
    actor, estate = current_actor(), current_estate()
    service.read(actor, estate.id, notice_id, now=clock.now())
    (row,) = queries.inbox(cast(int, actor.account_id), estate.id, before=notice_id + 1, limit=1)
    return redirect(_href(row) or url_for(".inbox"), 303)


@bp.post("/read")
@signed_in
def read_all() -> AnyResponse:
    """Mark all as read."""
    service.read_all(current_actor(), current_estate().id, now=clock.now())
    return redirect(url_for(".inbox"), 303)


def unread_here() -> int:
    """How much the viewer has not read in the estate of the page, for the dot at 我的."""
    actor, estate = known_actor(), known_estate()
    if estate is None or actor.account_id is None:
        return 0
    return queries.unread(actor.account_id, estate.id)


@bp.record_once
def _globals(state: object) -> None:
    state.app.jinja_env.globals["unread_here"] = unread_here  # type: ignore[attr-defined]


def _waiting(now: datetime) -> Iterator[Line]:
    """What only this person can do, from clocks and blockers, never from a list kept by hand."""
    actor, estate = current_actor(), current_estate()
    for home in ballots.home_cards(estate.id, actor, now):
        if home.mine == "waiting" and home.card.close_at is not None:
            yield Line(
                gettext("投票：%(title)s", title=home.card.title),
                gettext("%(time)s 截止", time=filters.deadline(home.card.close_at)),
                url_for("ballots.show", n=home.card.n),
                filters.time_left(home.card.close_at),
            )
    for call in meetings.calls(estate.id, actor):
        yield Line(
            gettext("来不来开会：%(title)s", title=call.title),
            filters.daytime(call.starts_at),
            address("meetings.show", n=call.n),
            filters.time_left(call.starts_at),
        )
    if admits(actor, Action.SIGN_MINUTES):
        held = {
            p.body
            for p in people.posts_of(actor, estate.id, clock.local_date(now))
            if Title(p.title) in SPEAKERS[Body(p.body)]
        }
        for paper in meetings.to_sign(estate.id, held) if held else ():
            yield Line(
                gettext("会签纪要：%(title)s", title=paper.title),
                gettext("%(time)s 截止", time=filters.deadline(paper.sign_by)),
                address("meetings.show", n=paper.meeting_n),
            )


def _mine(m: Mine) -> Line:
    since = gettext("%(day)s 提出", day=filters.day(m.at))
    if m.kind == "proposal":
        return Line(
            gettext("议案：%(title)s", title=m.title), since, address("proposals.show", n=m.n)
        )
    words = m.title if len(m.title) <= LONGEST else f"{m.title[:LONGEST]}…"
    href = address("threads.comment", thread_id=m.thread_id, comment_id=m.n)
    return Line(
        gettext("意见：%(title)s", title=words), gettext("等答复，%(since)s", since=since), href
    )


def _news(row: NoticeRow) -> NewsLine:
    text = NEWS.get(row.code, "")
    said = gettext(text, title=row.facts.get("title", "")) if text else row.code
    return NewsLine(row.id, said, row.at, row.read_at is None)


def _href(row: NoticeRow) -> str:
    if row.subject == "resolution":
        return address("resolutions.show", docno=row.subject_n)
    if not row.subject_n.isdigit():
        return ""
    n = int(row.subject_n)
    if row.subject == "comment":
        return address("threads.comment", thread_id=int(row.facts["thread"]), comment_id=n)
    endpoints = {
        "proposal": "proposals.show",
        "meeting": "meetings.show",
        "ballot": "ballots.show",
        "action": "actions.show",
    }
    return address(endpoints[row.subject], n=n)
