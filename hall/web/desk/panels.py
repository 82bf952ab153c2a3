"""The panels beside the list of a desk: next meeting, five seals, what is being carried out, the street."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from flask import url_for
from markupsafe import Markup

from hall import clock
from hall.actions import queries as actions
from hall.actions.queries import ActionRow
from hall.ballots import queries as ballots
from hall.meetings import queries as meetings
from hall.meetings.queries import InviteeRow, MeetingRow
from hall.meetings.rules import State as MeetingState
from hall.meetings.rules import last_notice
from hall.people.queries import PostRow
from hall.permissions import ANONYMOUS, Action, Actor, may
from hall.positions import queries as positions
from hall.positions.queries import Seal
from hall.proposals import queries as proposals
from hall.proposals.queries import ProposalCard
from hall.proposals.rules.state import State
from hall.web import filters
from hall.web.desk.todo.item import bodies_for, only
from hall.web.home.cards import street_of
from hall.web.i18n import gettext

MOST_PROPOSALS = 8
RUNNING_ACTIONS = 4
TALKED_OVER = (State.DISCUSSING, State.READY)


@dataclass(frozen=True, slots=True)
class Reply:
    """How a body answered an invitation: seats that come, excuse themselves, are silent."""

    body: str
    yes: int
    no: int
    silent: int


@dataclass(frozen=True, slots=True)
class Next:
    """The next meeting. send_by: before when its notice must go out, None once it has.

    too_late: that instant is over.
    """

    meeting: MeetingRow
    replies: tuple[Reply, ...]
    send_by: datetime | None
    too_late: bool
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal under way in the table of five seals, with its next step."""

    card: ProposalCard
    seals: tuple[Seal, ...]
    step: str
    href: str


def next_meeting(estate_id: int, posts: tuple[PostRow, ...], now: datetime) -> Next | None:
    """The next meeting of my bodies, or the draft I have to send that comes before it."""
    mine = {p.body for p in posts}
    convening = bodies_for(posts, Action.CONVENE_MEETING)
    coming = [m for m in meetings.upcoming(estate_id) if mine & {*m.bodies, m.body}]
    drafted = [
        m
        for m in (meetings.drafts(estate_id) if convening else ())
        if m.body in convening and m.state is MeetingState.DRAFT
    ]
    ahead = (m for m in chain(coming, drafted) if m.starts_at > now or m.started_at)
    first = min(ahead, key=lambda m: m.starts_at, default=None)
    if first is None:
        return None
    if first.noticed_at is None:
        due = last_notice(first.starts_at, first.kind)
        endpoint = "meetings.edit" if now >= due else "meetings.preview"
        return Next(first, (), due, now >= due, url_for(endpoint, n=first.n))
    called = meetings.page(estate_id, first.n).invitees
    replies = _replies(tuple(i for i in called if i.seat and not i.lapsed))
    return Next(first, replies, None, False, url_for("meetings.show", n=first.n))


def _replies(called: tuple[InviteeRow, ...]) -> tuple[Reply, ...]:
    return tuple(
        Reply(
            body,
            *(sum(i.body == body and i.rsvp == word for i in called) for word in ("yes", "no", "")),
        )
        for body in only({i.body or "" for i in called})
    )


def under_way(estate_id: int, now: datetime) -> tuple[Line, ...]:
    """Proposals that are talked over or final, the newest first; six queries whatever the number."""
    cards = [c for c in proposals.on_desk(estate_id) if c.state in TALKED_OVER][:MOST_PROPOSALS]
    ids = [c.id for c in cards]
    strips = positions.strips(ids)
    voted = ballots.ballots_of(ids)
    met = meetings.next_of(ids, now)
    return tuple(
        Line(
            c,
            strips.get(c.id, ()),
            _step(c, met.get(c.id), bool(voted.get(c.id)), now),
            url_for("proposals.show", n=c.n),
        )
        for c in cards
    )


def _step(card: ProposalCard, met: meetings.NextMeeting | None, voted: bool, now: datetime) -> str:
    r = card.round(now)
    if met is not None:
        return gettext("%(day)s 上会", day=filters.day(met.starts_at))
    if r is not None and r.phase(now) == "open":
        return gettext(
            "%(time)s 收齐意见", time=filters.day(clock.add_days(clock.local_date(r.closes_at), -1))
        )
    if r is not None and r.phase(now) == "answering":
        return gettext("逐条答复")
    if r is not None:
        return gettext("%(day)s 开始征求意见", day=filters.day(r.opens_at))
    if card.state is State.READY:
        return gettext("已经交付表决") if voted else gettext("定稿了，等表决")
    return gettext("可以再开一轮，或者定稿")


def recusals(lines: tuple[Line, ...], posts: tuple[PostRow, ...]) -> list[tuple[str, Line]]:
    """(body, proposal) of what my bodies keep out of."""
    mine = {p.body for p in posts}
    return [
        (seal.body, line)
        for line in lines
        for seal in line.seals
        if seal.body in mine and seal.stance == "recused"
    ]


def carried_out(estate_id: int, now: datetime, mine: frozenset[str]) -> tuple[ActionRow, ...]:
    """What was done last, then what is being done, the late first. mine: only these bodies', if any."""
    today, bodies = clock.local_date(now), sorted(mine)
    done = actions.cards(estate_id, "verified", today=today, bodies=bodies, limit=1)
    running = actions.cards(estate_id, "running", today=today, bodies=bodies, limit=RUNNING_ACTIONS)
    return (*done, *running)


def facade(estate_id: int, now: datetime) -> tuple[str, Markup] | None:
    """(ballot, drawing) of the street lit by the first open ballot, None when none is open."""
    found = ballots.home_cards(estate_id, ANONYMOUS, now)
    drawn = street_of(estate_id, found, (), now) if found else None
    return (drawn.of, drawn.phone) if drawn is not None and drawn.of is not None else None


def own_bodies(actor: Actor, estate_id: int, posts: tuple[PostRow, ...]) -> frozenset[str]:
    """Whose actions a desk shows: everybody's for who opens them, else those of one's own bodies."""
    if may(actor, Action.OPEN_ACTION, estate_id):
        return frozenset()
    return bodies_for(posts, Action.UPDATE_ACTION)
