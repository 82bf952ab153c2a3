"""For who sits in the room: check in, ask to speak, vote, go; the screen on the wall, the paper at the door."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.meetings import queries, service
from hall.meetings.queries import MeetingPage
from hall.meetings.rules import State, code_at
from hall.meetings.rules.attendance import CODE_WINDOW
from hall.permissions import Action
from hall.positions import service as positions
from hall.web.access import allowed, current_actor, current_estate, signed_in
from hall.web.ballots.page import absolute
from hall.web.i18n import N_, gettext
from hall.web.meetings.blueprint import bp
from hall.web.meetings.room import body_names, room
from hall.web.meetings.views import number, refs_of, refuse_draft

STANCES = {
    "support": N_("赞成"),
    "conditional": N_("有条件赞成"),
    "reserved": N_("有保留"),
    "object": N_("不赞成"),
    "abstain": N_("不表态"),
    "recused": N_("回避"),
}


@bp.get("/e/<slug>/meetings/<int:n>/checkin")
@signed_in
def checkin(n: int) -> str:
    """Come in; once in: what runs, ask to speak, vote, go. ?k= is the key in the QR at the door."""
    return _page(n)


def _page(n: int, why: Iterable[Blocker] = ()) -> str:
    page = queries.page(current_estate().id, n)
    refuse_draft(page.meeting)
    actor, now = current_actor(), clock.now()
    own = body_names()
    here = room(page, now, own)
    mine = queries.mine(page, actor)
    put = here.open
    vote = next((v.vote for v in put.votes if mine and v.who.id == mine.id), None) if put else None
    return render_template(
        "meetings/checkin.html",
        m=page.meeting,
        room=here,
        own=own,
        mine=mine,
        known=queries.resident(page.meeting.estate_id, actor),
        inside=bool(mine and mine.id in here.here),
        since=_since(page, mine.id if mine else 0),
        waiting=next((s for s in here.queue if mine and s.invitee_id == mine.id), None),
        vote=vote,
        barred=dict(put.row.barred).get(mine.id) if put and mine else None,
        key=request.values.get("k", "")[:80],
        code=request.form.get("code", "")[:12],
        choice=request.form.get("choice", ""),
        reason=request.form.get("reason", ""),
        stance=request.form.get("stance", ""),
        stances=[(c, gettext(t)) for c, t in STANCES.items()],
        refs=refs_of(page),
        why=tuple(why),
    )


def _since(page: MeetingPage, invitee_id: int) -> datetime | None:
    return next(
        (s.in_at for s in page.stays if s.invitee_id == invitee_id and s.out_at is None), None
    )


def _do(n: int, call: Callable[[], object]) -> AnyResponse:
    try:
        call()
    except Refused as error:
        return Response(_page(n, error.blockers), 409)
    return redirect(url_for("meetings.checkin", n=n), 303)


@bp.post("/e/<slug>/meetings/<int:n>/checkin")
@allowed(Action.ATTEND)
def come(n: int) -> AnyResponse:
    """I am here."""
    return _do(
        n,
        lambda: service.check_in(
            current_actor(),
            current_estate().id,
            n,
            key=request.form.get("k", "")[:80],
            code=request.form.get("code", "")[:12],
            now=clock.now(),
        ),
    )


@bp.post("/e/<slug>/meetings/<int:n>/leave")
@allowed(Action.ATTEND)
def go(n: int) -> AnyResponse:
    """I am leaving."""
    return _do(
        n,
        lambda: service.leave(current_actor(), current_estate().id, n, _mine(n), now=clock.now()),
    )


@bp.post("/e/<slug>/meetings/<int:n>/speak")
@allowed(Action.ATTEND)
def speak(n: int) -> AnyResponse:
    """Ask to speak, or take that back."""
    actor, estate_id, now = current_actor(), current_estate().id, clock.now()
    speech_id = number("speech")
    if speech_id:
        return _do(n, lambda: service.withdraw_speech(actor, estate_id, n, speech_id, now=now))
    return _do(n, lambda: service.ask_to_speak(actor, estate_id, n, _mine(n), now=now))


@bp.post("/e/<slug>/meetings/<int:n>/vote")
@allowed(Action.ATTEND)
def vote(n: int) -> AnyResponse:
    """Vote by name from one's own seat."""
    return _do(
        n,
        lambda: service.vote(
            current_actor(),
            current_estate().id,
            n,
            number("decision"),
            choice=request.form.get("choice", ""),
            reason=request.form.get("reason", ""),
            now=clock.now(),
        ),
    )


@bp.post("/e/<slug>/meetings/<int:n>/position")
@allowed(Action.TAKE_POSITION)
def position(n: int) -> AnyResponse:
    """State one's body's position on the proposal of the running item, in this meeting."""
    page = queries.page(current_estate().id, n)
    mine = queries.mine(page, current_actor())
    item = next((i for i in page.items if i.started_at and not i.ended_at), None)
    if mine is None or mine.post_id is None or item is None or item.proposal_id is None:
        raise NotFound("position")
    post_id, proposal_id = mine.post_id, item.proposal_id
    if mine.id not in queries.in_room(page, clock.now()):
        return _do(n, lambda: refuse_if([Blocker("speaker_not_present")]))
    return _do(
        n,
        lambda: positions.take(
            current_actor(),
            current_estate().id,
            proposal_id,
            post_id=post_id,
            stance=request.form.get("stance", ""),
            reason=request.form.get("reason", "").strip(),
            meeting_n=n,
            now=clock.now(),
        ),
    )


def _mine(n: int) -> int:
    """The actor's own place among the invitees. Raises NotFound."""
    own = queries.mine(queries.page(current_estate().id, n), current_actor())
    if own is None:
        raise NotFound("invitee")
    return own.id


@bp.get("/e/<slug>/meetings/<int:n>/screen")
@allowed(Action.RUN_MEETING)
def screen(n: int) -> str:
    """One thing, readable from three metres; no resident's name."""
    page = queries.page(current_estate().id, n)
    if page.meeting.state is State.DRAFT:
        raise NotFound("meeting")
    own, now = body_names(), clock.now()
    key = queries.checkin_key(page.meeting.id)
    window = int(CODE_WINDOW.total_seconds())
    return render_template(
        "meetings/screen.html",
        m=page.meeting,
        room=room(page, now, own),
        own=own,
        code=code_at(key, now),
        code_until=now + timedelta(seconds=window - int(now.timestamp()) % window),
        url=_door(n, key),
    )


@bp.get("/desk/<slug>/meetings/<int:n>/door")
@allowed(Action.RUN_MEETING)
def door(n: int) -> str:
    """The paper at the door: the QR to check in with, the meeting, its agenda."""
    page = queries.page(current_estate().id, n)
    if page.meeting.state is State.DRAFT:
        raise NotFound("meeting")
    key = queries.checkin_key(page.meeting.id)
    return render_template(
        "meetings/door.html", m=page.meeting, items=page.items, own=body_names(), url=_door(n, key)
    )


def _door(n: int, key: str) -> str:
    return absolute("meetings.checkin", n=n, k=key)
