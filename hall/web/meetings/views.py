"""What everybody reads: the list of meetings and one meeting; and answers to an invitation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.bodies.rules import Body
from hall.errors import NotFound
from hall.meetings import queries, service
from hall.meetings.queries import MeetingPage, MeetingRow
from hall.meetings.rules import KINDS, Kind, State, notice_days
from hall.permissions import Action, may
from hall.proposals import queries as proposals
from hall.web.access import allowed, current_actor, current_estate, public
from hall.web.caching import whole_page
from hall.web.i18n import gettext
from hall.web.links import address
from hall.web.meetings import names, words
from hall.web.meetings.blueprint import bp
from hall.web.meetings.room import body_names, room, rule_of
from hall.web.messages import name_fact, who
from hall.web.paging import page_of

# Blockers list bodies by their codes.
name_fact("bodies", who)


@bp.get("/e/<slug>/meetings")
@public
@whole_page()
def index() -> str:
    """All meetings of the estate: those to come, then those that were."""
    return _list(None)


@whole_page()
def of_body(body: str) -> str:
    """The meetings one body takes part in: the same page, once for each of the five."""
    return _list(body)


# The five as data: one view, registered for each body under an address of its own.
for _body in Body:
    bp.add_url_rule(
        f"/e/<slug>/{_body.value}/meetings",
        endpoint=f"of_{_body.value}",
        view_func=public(of_body),
        defaults={"body": _body.value},
    )


def _list(body: str | None) -> str:
    estate_id = current_estate().id
    pages = page_of(queries.count_past(estate_id, body=body))
    actor = current_actor()
    return render_template(
        "meetings/index.html",
        body=body,
        bodies=[(b.value, body_names().get(b.value) or who(b.value)) for b in Body],
        upcoming=queries.upcoming(estate_id, body=body),
        past=queries.past(estate_id, body=body, offset=pages.offset, limit=pages.size),
        pages=pages,
        page_url=lambda number: url_for(
            f"meetings.of_{body}" if body else "meetings.index", page=number
        ),
        called={m.n for m in queries.calls(estate_id, actor)} if actor.signed_in else set(),
        own=body_names(),
    )


@bp.get("/e/<slug>/meetings/<int:n>")
@public
@whole_page()
def show(n: int) -> str:
    """One meeting: agenda, who was there by body, what was decided."""
    page = queries.page(current_estate().id, n)
    refuse_draft(page.meeting)
    own = body_names()
    now = clock.now()
    actor = current_actor()
    return render_template(
        "meetings/show.html",
        m=page.meeting,
        room=room(page, now, own),
        own=own,
        refs=refs_of(page),
        mine=queries.mine(page, actor) if actor.signed_in else None,
        rule=rule_of(page.meeting.kind),
        runs=may(actor, Action.RUN_MEETING, page.meeting.estate_id),
    )


@dataclass(frozen=True, slots=True)
class Ref:
    """A proposal on the agenda: its title and where to read it."""

    title: str
    url: str


def refs_of(page: MeetingPage) -> dict[int, Ref]:
    """The proposals on the agenda by id, those that have a page."""
    ids = {i.proposal_id for i in page.items if i.proposal_id}
    found = proposals.refs(ids) if ids else {}
    return {
        k: Ref(v.title, url) for k, v in found.items() if (url := address("proposals.show", n=v.n))
    }


def refuse_draft(meeting: MeetingRow) -> None:
    """A draft is nobody's to see but of who convenes. Raises NotFound."""
    if meeting.state is State.DRAFT and not may(
        current_actor(), Action.CONVENE_MEETING, meeting.estate_id
    ):
        raise NotFound("meeting")


@bp.post("/e/<slug>/meetings/<int:n>/rsvp")
@allowed(Action.ATTEND)
def rsvp(n: int) -> AnyResponse:
    """Whether an invitee comes."""
    service.respond(
        current_actor(),
        current_estate().id,
        n,
        number("invitee"),
        answer=request.form.get("answer", ""),
        remark=request.form.get("remark", ""),
        now=clock.now(),
    )
    return redirect(back(n), 303)


def number(name: str) -> int:
    """A posted id; 0, which is nobody's, when it is missing or no number."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def back(n: int) -> str:
    """Where a post of this room returns to: the page it came from, of three known ones."""
    came = request.form.get("to", "")
    endpoint = came if came in {"people", "live", "checkin"} else "show"
    return url_for(f"meetings.{endpoint}", n=n)


@bp.record_once
def _words(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        {
            "meeting_kind": names.kind,
            "meeting_state": words.state,
            "meeting_chip": words.CHIPS.__getitem__,
            "item_kind": words.item_kind,
            "rsvp_word": words.answer,
            "how_came": words.how,
            "is_consultation": names.is_consultation,
            "vote_word": lambda code: gettext(names.CHOICES[code]),
            "minutes": lambda n: timedelta(minutes=n),
            "seconds": lambda n: timedelta(seconds=n),
            "mmss": words.mmss,
            "post_words": words.post,
            "day_no": words.day_no,
            "month_of": words.month_of,
            "notice_days": notice_days,
            "notice_source": lambda kind: words.source(KINDS[Kind(kind)].source),
        }
    )
