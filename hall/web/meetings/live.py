"""The meeting day for who runs it: one page, and what its buttons do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import Blocker, NotFound, Refused
from hall.meetings import queries, service
from hall.meetings.rules import CHOICES, State
from hall.meetings.service import Hand
from hall.permissions import Action
from hall.web.access import allowed, current_actor, current_estate
from hall.web.i18n import N_, ZH, gettext, in_language
from hall.web.meetings.blueprint import bp
from hall.web.meetings.form import is_number
from hall.web.meetings.room import body_names, room, rule_of
from hall.web.meetings.views import number, refs_of

Verb = Callable[..., object]
TURNS: dict[str, Verb] = {
    "start": service.start_speech,
    "end": service.end_speech,
    "extend": service.extend_speech,
    "withdraw": service.withdraw_speech,
}


@bp.get("/e/<slug>/meetings/<int:n>/live")
@allowed(Action.RUN_MEETING)
def live(n: int) -> str:
    """Who is here, which item runs, who speaks, what is voted on."""
    return _page(n)


def _page(n: int, why: Iterable[Blocker] = (), at: str = "") -> str:
    page = queries.page(current_estate().id, n)
    if page.meeting.state is State.DRAFT:
        raise Refused(Blocker("meeting_not_noticed"))
    own = body_names()
    return render_template(
        "meetings/live.html",
        m=page.meeting,
        room=room(page, clock.now(), own),
        own=own,
        rule=rule_of(page.meeting.kind),
        refs=refs_of(page),
        why=tuple(why),
        why_at=at,
        typed=request.form if at else {},
    )


def _verb(verbs: Mapping[str, Verb], act: str) -> Verb:
    """The verb that a button's address names. Raises NotFound."""
    if act not in verbs:
        raise NotFound("act")
    return verbs[act]


def recorded(text: str) -> str:
    """Words that go into the record: Chinese, whoever presses the button in which language."""
    return str(in_language(ZH, lambda: gettext(text)))


def _do(n: int, at: str, call: Callable[[], object]) -> AnyResponse:
    """Do it and come back to the part of the page it belongs to; a refusal is shown there."""
    try:
        call()
    except Refused as error:
        return Response(_page(n, error.blockers, at), 409)
    return redirect(url_for("meetings.live", n=n) + (f"#{at}" if at else ""), 303)


@bp.post("/e/<slug>/meetings/<int:n>/start")
@allowed(Action.RUN_MEETING)
def start(n: int) -> AnyResponse:
    """Begin the meeting."""
    return _do(
        n, "n1", lambda: service.start(current_actor(), current_estate().id, n, now=clock.now())
    )


@bp.post("/e/<slug>/meetings/<int:n>/end")
@allowed(Action.RUN_MEETING)
def end(n: int) -> AnyResponse:
    """End the meeting."""
    return _do(
        n, "n1", lambda: service.end(current_actor(), current_estate().id, n, now=clock.now())
    )


@bp.post("/e/<slug>/meetings/<int:n>/items/<int:item_id>/<act>")
@allowed(Action.RUN_MEETING)
def item(n: int, item_id: int, act: str) -> AnyResponse:
    """Take up an item, or end it."""
    verb = _verb({"start": service.start_item, "end": service.end_item}, act)
    return _do(
        n, "n1", lambda: verb(current_actor(), current_estate().id, n, item_id, now=clock.now())
    )


@bp.post("/e/<slug>/meetings/<int:n>/admit")
@allowed(Action.RUN_MEETING)
def admit(n: int) -> AnyResponse:
    """Enter by hand who came in."""
    chosen = tuple(
        int(i) for i in request.form.getlist("who") if i.isascii() and i.isdigit() and len(i) < 10
    )
    return _do(
        n,
        "n4",
        lambda: service.admit(current_actor(), current_estate().id, n, chosen, now=clock.now()),
    )


@bp.post("/e/<slug>/meetings/<int:n>/guests")
@allowed(Action.RUN_MEETING)
def guest(n: int) -> AnyResponse:
    """Enter a resident who was not called."""
    return _do(
        n,
        "n4",
        lambda: service.add_guest(
            current_actor(),
            current_estate().id,
            n,
            name=request.form.get("name", ""),
            place=request.form.get("place", ""),
            now=clock.now(),
        ),
    )


@bp.post("/e/<slug>/meetings/<int:n>/out")
@allowed(Action.RUN_MEETING)
def out(n: int) -> AnyResponse:
    """Enter that somebody left."""
    return _do(
        n,
        "n4",
        lambda: service.leave(
            current_actor(), current_estate().id, n, number("invitee"), now=clock.now()
        ),
    )


@bp.post("/e/<slug>/meetings/<int:n>/speakers")
@allowed(Action.RUN_MEETING)
def speaker(n: int) -> AnyResponse:
    """Put somebody on the speakers' list."""
    minutes = number("minutes")
    return _do(
        n,
        "n1",
        lambda: service.ask_to_speak(
            current_actor(),
            current_estate().id,
            n,
            number("invitee"),
            seconds=minutes * 60,
            now=clock.now(),
        ),
    )


@bp.post("/e/<slug>/meetings/<int:n>/speakers/<int:speech_id>/<act>")
@allowed(Action.RUN_MEETING)
def turn(n: int, speech_id: int, act: str) -> AnyResponse:
    """Give the floor, take it back, add a minute, take off the list."""
    verb = _verb(TURNS, act)
    return _do(
        n, "n1", lambda: verb(current_actor(), current_estate().id, n, speech_id, now=clock.now())
    )


@bp.post("/e/<slug>/meetings/<int:n>/decisions")
@allowed(Action.RUN_MEETING)
def decision(n: int) -> AnyResponse:
    """Put a text to the vote."""
    return _do(
        n,
        "n2",
        lambda: service.open_decision(
            current_actor(),
            current_estate().id,
            n,
            number("item"),
            text=request.form.get("text", ""),
            own_contract=recorded(N_("这是本方的合同，依规定回避")),
            now=clock.now(),
        ),
    )


@bp.post("/e/<slug>/meetings/<int:n>/decisions/<int:decision_id>/hands")
@allowed(Action.RUN_MEETING)
def hands(n: int, decision_id: int) -> AnyResponse:
    """Enter the hands that were read."""
    read = tuple(
        Hand(int(key[2:]), choice, request.form.get(f"r-{key[2:]}", "").strip())
        for key, choice in request.form.items()
        if key.startswith("v-") and is_number(key[2:]) and choice in CHOICES
    )
    return _do(
        n,
        "n2",
        lambda: service.read_hands(
            current_actor(), current_estate().id, n, decision_id, read, now=clock.now()
        ),
    )


@bp.post("/e/<slug>/meetings/<int:n>/decisions/<int:decision_id>/bar")
@allowed(Action.RUN_MEETING)
def bar(n: int, decision_id: int) -> AnyResponse:
    """Declare that a seat has an interest, or take that back."""
    actor, estate_id, who, now = (
        current_actor(),
        current_estate().id,
        number("invitee"),
        clock.now(),
    )
    if request.form.get("act") == "lift":
        return _do(n, "n2", lambda: service.unbar(actor, estate_id, n, decision_id, who, now=now))
    reason = request.form.get("reason", "")
    return _do(
        n, "n2", lambda: service.bar(actor, estate_id, n, decision_id, who, reason=reason, now=now)
    )


@bp.post("/e/<slug>/meetings/<int:n>/decisions/<int:decision_id>/<act>")
@allowed(Action.RUN_MEETING)
def settle(n: int, decision_id: int, act: str) -> AnyResponse:
    """Close the vote, or take the text back."""
    actor, estate_id, now = current_actor(), current_estate().id, clock.now()
    if act not in {"close", "drop"}:
        raise NotFound("act")
    if act == "drop":
        return _do(
            n, "n2", lambda: service.drop_decision(actor, estate_id, n, decision_id, now=now)
        )
    rest = recorded(N_("没有举手")) if request.form.get("rest") else ""
    return _do(
        n,
        "n2",
        lambda: service.close_decision(actor, estate_id, n, decision_id, rest=rest, now=now),
    )
