"""The desk of meetings: the list, the one form, the preview and the notice, putting off, calling off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.bodies.rules import Body
from hall.errors import Blocker, NotFound, Refused
from hall.meetings import queries, service
from hall.meetings.queries import MeetingRow
from hall.meetings.rules import KINDS, Kind, State, suggested_start
from hall.people import queries as posts_of_people
from hall.people.queries import PostRow
from hall.permissions import Action
from hall.proposals import queries as proposals
from hall.proposals.queries import ProposalRef
from hall.web.access import admits, allowed, current_actor, current_estate
from hall.web.meetings import form, names
from hall.web.meetings.blueprint import bp
from hall.web.meetings.form import Typed
from hall.web.meetings.room import body_names, room, rule_of
from hall.web.meetings.views import number
from hall.web.messages import who
from hall.web.paging import page_of

MOST_PROPOSALS = 200


@bp.get("/desk/<slug>/meetings")
@allowed(Action.SEE_DESK)
def desk() -> str:
    """Drafts, meetings to come, meetings that were."""
    estate_id = current_estate().id
    pages = page_of(queries.count_past(estate_id))
    return render_template(
        "meetings/desk.html",
        drafts=queries.drafts(estate_id),
        upcoming=queries.upcoming(estate_id),
        past=queries.past(estate_id, offset=pages.offset, limit=pages.size),
        pages=pages,
        page_url=lambda number: url_for("meetings.desk", page=number),
        own=body_names(),
    )


@bp.get("/desk/<slug>/meetings/new")
@allowed(Action.CONVENE_MEETING)
def new() -> str:
    """An empty form; ?proposal= puts a proposal on its agenda, ?kind= chooses the kind."""
    kind = request.args.get("kind", "council")
    if kind not in set(Kind):
        kind = "council"
    posts = _posts()
    only = KINDS[Kind(kind)].only
    bodies = [b.value for b in Body if not only or b in only]
    if kind == Kind.BODY:
        bodies = [posts[0].body] if posts else []
    typed = form.blank(clock.now(), kind, bodies)
    ref = _proposal(request.args.get("proposal", ""))
    return _page(typed.with_proposal(ref) if ref else typed, None)


@bp.post("/desk/<slug>/meetings/new")
@allowed(Action.CONVENE_MEETING)
def create() -> AnyResponse:
    """Save a draft, or give the form three more rows."""
    return _save(None)


@bp.get("/desk/<slug>/meetings/<int:n>/edit")
@allowed(Action.CONVENE_MEETING)
def edit(n: int) -> str:
    """The form of a draft; ?starts= fills in the time a refusal offered."""
    page = queries.page(current_estate().id, n)
    if page.meeting.state is not State.DRAFT:
        raise Refused(Blocker("meeting_already_noticed", {"at": page.meeting.noticed_at}))
    typed = form.stored(page)
    offered = request.args.get("starts", "")
    if form.instant(offered) is not None:
        typed = replace(typed, starts=offered)
    return _page(typed, page.meeting)


@bp.post("/desk/<slug>/meetings/<int:n>/edit")
@allowed(Action.CONVENE_MEETING)
def revise(n: int) -> AnyResponse:
    """Save the draft again."""
    return _save(queries.get(current_estate().id, n))


def _save(meeting: MeetingRow | None) -> AnyResponse:
    typed = form.typed()
    do = request.form.get("do", "save")
    ref = _proposal(typed.proposal)
    if ref:
        typed = typed.with_proposal(ref)
    if do == "rows":
        return Response(_page(typed.widened(), meeting))
    actor, estate_id, now = current_actor(), current_estate().id, clock.now()
    try:
        if meeting is None:
            n = service.convene(actor, estate_id, typed.draft(), post_id=_post_id(typed), now=now)
        else:
            n = meeting.n
            service.revise(actor, estate_id, n, typed.draft(), revision=typed.revision, now=now)
    except Refused as error:
        return Response(_page(typed, meeting, error.blockers), 422)
    endpoint = "meetings.preview" if do == "preview" else "meetings.edit"
    return redirect(url_for(endpoint, n=n, saved=None if do == "preview" else 1), 303)


@bp.get("/desk/<slug>/meetings/<int:n>/preview")
@allowed(Action.CONVENE_MEETING)
def preview(n: int) -> str:
    """What the notice will say, whom it calls, and what still stands in its way."""
    return _preview(n)


@bp.post("/desk/<slug>/meetings/<int:n>/send")
@allowed(Action.CONVENE_MEETING)
def send(n: int) -> AnyResponse:
    """Send the notice."""
    try:
        service.notice(
            current_actor(),
            current_estate().id,
            n,
            revision=number("revision"),
            now=clock.now(),
        )
    except Refused as error:
        if queries.get(current_estate().id, n).state is not State.DRAFT:
            raise
        return Response(_preview(n, error.blockers), 409)
    return redirect(url_for("meetings.people", n=n), 303)


@bp.post("/desk/<slug>/meetings/<int:n>/discard")
@allowed(Action.CONVENE_MEETING)
def discard(n: int) -> AnyResponse:
    """Throw a draft away."""
    service.discard(current_actor(), current_estate().id, n, now=clock.now())
    return redirect(url_for("meetings.desk"), 303)


@bp.get("/desk/<slug>/meetings/<int:n>")
@allowed(Action.SEE_DESK)
def people_of(n: int) -> AnyResponse:
    """The desk's address of a meeting leads to its people, or who does not run it to its page."""
    runs = admits(current_actor(), Action.RUN_MEETING)
    return redirect(url_for("meetings.people" if runs else "meetings.show", n=n), 303)


@bp.get("/desk/<slug>/meetings/<int:n>/people")
@allowed(Action.RUN_MEETING)
def people(n: int) -> str:
    """Who was called and answered what; putting off and calling off."""
    return _people(n)


@bp.post("/desk/<slug>/meetings/<int:n>/move")
@allowed(Action.CONVENE_MEETING)
def move(n: int) -> AnyResponse:
    """Another place, or a later hour."""
    starts = request.form.get("starts", "")
    try:
        service.move(
            current_actor(),
            current_estate().id,
            n,
            place=request.form.get("place", ""),
            starts_at=form.instant(starts),
            now=clock.now(),
        )
    except Refused as error:
        return Response(_people(n, error.blockers), 422)
    return redirect(url_for("meetings.people", n=n), 303)


@bp.post("/desk/<slug>/meetings/<int:n>/cancel")
@allowed(Action.CONVENE_MEETING)
def cancel(n: int) -> AnyResponse:
    """Call it off, with a reason."""
    try:
        service.cancel(
            current_actor(),
            current_estate().id,
            n,
            reason=request.form.get("reason", ""),
            now=clock.now(),
        )
    except Refused as error:
        return Response(_people(n, error.blockers), 422)
    return redirect(url_for("meetings.people", n=n), 303)


def _people(n: int, why: Iterable[Blocker] = ()) -> str:
    page = queries.page(current_estate().id, n)
    if page.meeting.state is State.DRAFT:
        raise NotFound("meeting")
    own = body_names()
    return render_template(
        "meetings/people.html",
        m=page.meeting,
        room=room(page, clock.now(), own),
        own=own,
        why=tuple(why),
        typed={
            "place": request.form.get("place", page.meeting.place),
            "starts": request.form.get("starts", form.local(page.meeting.starts_at)),
            "reason": request.form.get("reason", ""),
        },
    )


def _preview(n: int, why: Iterable[Blocker] | None = None) -> str:
    page = queries.page(current_estate().id, n)
    m = page.meeting
    if m.state is not State.DRAFT:
        raise Refused(Blocker("meeting_already_noticed", {"at": m.noticed_at}))
    seats = queries.seats(m.estate_id, m.body, m.bodies, m.starts_at)
    own = body_names()
    found = tuple(queries.notice_blockers(m, clock.now()) if why is None else why)
    return render_template(
        "meetings/preview.html",
        m=m,
        items=page.items,
        seats=[(b, own.get(b) or who(b), [s for s in seats if s.body == b]) for b in m.bodies],
        others=[i for i in page.invitees if i.kind != "seat"],
        why=found,
        offer=_offer(found),
        own=own,
        rule=rule_of(m.kind),
    )


def _offer(blockers: Iterable[Blocker]) -> tuple[str, datetime] | None:
    """The time that a refusal suggests, as the form's field wants it and as an instant."""
    for b in blockers:
        at = b.facts.get("suggested")
        if isinstance(at, datetime):
            return form.local(at), at
    return None


def _page(typed: Typed, meeting: MeetingRow | None, why: Iterable[Blocker] = ()) -> str:
    estate_id = current_estate().id
    own = body_names()
    posts = _posts()
    on_day = _seats_on(estate_id, typed)
    refs = proposals.refs([int(r.proposal) for r in typed.rows if form.is_number(r.proposal)])
    now = clock.now()
    return render_template(
        "meetings/convene.html",
        typed=typed,
        clocks=typed.clocks,
        meeting=meeting,
        why=tuple(why),
        saved=request.args.get("saved") == "1" and request.method == "GET",
        kinds=[(k.value, names.kind(k.value), KINDS[k].notice_days) for k in Kind],
        earliest=suggested_start(now, typed.kind) if typed.kind in set(Kind) else None,
        posts=posts,
        bodies=[(b.value, own.get(b.value) or who(b.value), on_day.get(b.value, 0)) for b in Body],
        parties=queries.parties(estate_id),
        places=queries.places(estate_id),
        proposals=proposals.cards(estate_id, which="running", limit=MOST_PROPOSALS),
        refs={str(k): v for k, v in refs.items()},
        own=own,
    )


def _seats_on(estate_id: int, typed: Typed) -> dict[str, int]:
    """How many seats each body has on the day that was typed."""
    at = form.instant(typed.starts) or clock.now()
    called = queries.seats(estate_id, "", [b.value for b in Body], at)
    return {b.value: sum(p.body == b.value for p in called) for b in Body}


def _posts() -> tuple[PostRow, ...]:
    """The posts in whose body's name the actor may convene."""
    leads = {b.value for data in KINDS.values() for b in data.conveners}
    estate_id = current_estate().id
    held = posts_of_people.posts_of(current_actor(), estate_id, clock.local_date(clock.now()))
    return tuple(p for p in held if p.body in leads)


def _post_id(typed: Typed) -> int:
    posts = _posts()
    if typed.post.isascii() and typed.post.isdigit():
        return int(typed.post[:9])
    return posts[0].id if posts else 0


def _proposal(text: str) -> ProposalRef | None:
    """The running proposal of a number, of this estate; drafts and settled ones are not offered."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    running = proposals.cards(current_estate().id, which="running", limit=MOST_PROPOSALS)
    return next((ProposalRef(p.id, p.n, p.title) for p in running if p.n == int(text)), None)
