"""来路: one matter from the first suggestion to what was done, and back, each station with its pages.

A constant number of queries, however long the matter's story.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from hall.actions import queries as actions
from hall.actions.rules import State as ActionState
from hall.ballots.models import Ballot
from hall.clock import local_date
from hall.db import db
from hall.db.query import Query
from hall.meetings.models import AgendaItem, Decision, Meeting, MeetingTask
from hall.positions.models import Position
from hall.proposals.models import CommentRound, Proposal, ProposalVersion
from hall.resolutions import rules
from hall.resolutions.models import Resolution, ResolutionAction, ResolutionNone

KINDS = (
    "suggestion",
    "proposal",
    "rounds",
    "positions",
    "meeting",
    "ballot",
    "resolution",
    "actions",
)
DONE, NOW, TODO, SKIP = "done", "now", "todo", "skip"


@dataclass(frozen=True, slots=True)
class Ref:
    """A page of a station: its endpoint's key, its number in the URL, its title."""

    key: str  # comment | proposal | meeting | ballot | resolution | action
    n: int | str
    title: str
    thread_id: int | None = None  # of a comment


@dataclass(frozen=True, slots=True)
class Station:
    """One stop. state: done | now | todo | skip (the matter does not pass here).

    facts: what its label counts; refs: the pages there are; here: the page asked from.
    """

    kind: str
    state: str
    at: datetime | None = None
    facts: Mapping[str, int | str] = field(default_factory=dict)
    refs: tuple[Ref, ...] = ()
    here: bool = False


@dataclass(slots=True)
class _Matter:
    """What is known of a matter: one proposal, or a ballot or document that had none."""

    estate_id: int
    proposal_id: int | None = None
    ballot_ids: set[int] = field(default_factory=set)
    doc: tuple[str, int, int] | None = None


def trace_of(estate_id: int, kind: str, key: int | str, now: datetime) -> tuple[Station, ...]:
    """The stations of the matter behind a page; () when it belongs to none.

    kind, key: proposal, meeting, ballot, action by id, agenda item by id (item), resolution by docno.
    """
    matter = _resolve(estate_id, kind, key)
    if matter is None:
        return ()
    here = {"item": "meeting", "action": "actions"}.get(kind, kind)
    return tuple(
        Station(s.kind, s.state, s.at, s.facts, s.refs, s.kind == here)
        for s in _stations(matter, now)
    )


def matters_of_meeting(meeting_id: int) -> tuple[int, ...]:
    """The proposals on a meeting's agenda, in its order."""
    return tuple(dict.fromkeys(p for (p,) in _MATTERS.rows(meeting=meeting_id)))


def _resolve(estate_id: int, kind: str, key: int | str) -> _Matter | None:
    if kind == "proposal":
        return _Matter(estate_id, proposal_id=int(key))
    if kind == "meeting":
        found = matters_of_meeting(int(key))
        return _Matter(estate_id, proposal_id=found[0]) if found else None
    if kind == "item":
        of_item = db.session.scalar(select(AgendaItem.proposal_id).where(AgendaItem.id == int(key)))
        return _Matter(estate_id, proposal_id=of_item) if of_item else None
    if kind == "ballot":
        return _of_ballot(estate_id, int(key))
    if kind == "resolution":
        doc = rules.parse_docno(str(key))
        return _of_doc(estate_id, doc) if doc else None
    return _of_action(estate_id, int(key))


def _of_ballot(estate_id: int, ballot_id: int) -> _Matter | None:
    proposal_id = db.session.scalar(select(Ballot.proposal_id).where(Ballot.id == ballot_id))
    return _Matter(estate_id, proposal_id, {ballot_id})


def _of_doc(estate_id: int, doc: tuple[str, int, int]) -> _Matter | None:
    row = (
        db.session.connection()
        .execute(
            select(Resolution.ballot_id, Resolution.proposal_id, Ballot.proposal_id)
            .outerjoin(Ballot, Ballot.id == Resolution.ballot_id)
            .where(_is(Resolution, estate_id, doc))
            .limit(1)
        )
        .one_or_none()
    )
    if row is None:
        return None
    ballot_id, own, of_ballot = row
    return _Matter(estate_id, own or of_ballot, {ballot_id} if ballot_id else set(), doc)


def _of_action(estate_id: int, follow_up_id: int) -> _Matter | None:
    row = (
        db.session.connection()
        .execute(
            select(ResolutionAction.body, ResolutionAction.year, ResolutionAction.seq).where(
                ResolutionAction.estate_id == estate_id,
                ResolutionAction.follow_up_id == follow_up_id,
            )
        )
        .one_or_none()
    )
    if row is not None:
        return _of_doc(estate_id, (row[0], row[1], row[2]))
    of_item = db.session.scalar(
        select(AgendaItem.proposal_id)
        .join(MeetingTask, MeetingTask.item_id == AgendaItem.id)
        .where(MeetingTask.follow_up_id == follow_up_id)
    )
    return _Matter(estate_id, proposal_id=of_item) if of_item else None


def _stations(matter: _Matter, now: datetime) -> tuple[Station, ...]:
    first = _proposal(matter, now) if matter.proposal_id else _without_proposal()
    settled = first[1].facts.get("settled") == 1
    held = _meetings(matter, now, settled)
    ballots, ids = _ballots(matter, now, settled)
    resolution, docs, more = _documents(matter, ids, settled)
    return (*first, held, ballots, resolution, _actions(matter, docs, more, now))


def _without_proposal() -> tuple[Station, ...]:
    return tuple(Station(kind, SKIP) for kind in KINDS[:4])


def _proposal(matter: _Matter, now: datetime) -> tuple[Station, ...]:
    p = _PROPOSAL.first(proposal=matter.proposal_id)
    comment: tuple[Ref, ...] = ()
    if p.origin_comment_id is not None:
        comment = (Ref("comment", p.origin_comment_id, "", p.thread_id),)
    ended = p.withdrawn_at is not None or p.settled_at is not None
    origin = Station(
        "suggestion",
        SKIP if p.origin == "own" else DONE,
        p.created_at,
        {"origin": p.origin},
        comment,
    )
    proposal = Station(
        "proposal",
        DONE if p.accepted or p.on_agenda_at or ended else NOW,
        p.submitted_at,
        {"n": p.n, "settled": int(ended)},
        (Ref("proposal", p.n, p.newest_title or ""),),
    )
    page = (Ref("proposal", p.n, p.newest_title or ""),)
    positions = _positions(p, page, ended, p.said, p.last)
    return (origin, proposal, _rounds(p, page, ended, now), positions)


def _rounds(p: Any, page: tuple[Ref, ...], ended: bool, now: datetime) -> Station:
    rows = _ROUNDS.rows(proposal=p.id)
    begun = [r for r in rows if r[0] <= now]
    if not begun:
        return Station("rounds", SKIP if ended or p.ready_at else TODO)
    over = all(settled is not None for _, settled in begun)
    state = DONE if over or ended else NOW
    return Station("rounds", state, begun[-1][0], {"n": len(begun)}, page)


def _positions(
    p: Any, page: tuple[Ref, ...], ended: bool, said: int, last: datetime | None
) -> Station:
    if not said:
        return Station("positions", SKIP if ended else TODO)
    state = DONE if said >= 5 or ended or p.ready_at else NOW
    return Station("positions", state, last, {"n": said}, page)


def _meetings(matter: _Matter, now: datetime, settled: bool) -> Station:
    if matter.proposal_id is None:
        return Station("meeting", SKIP)
    rows = _MEETINGS.rows(proposal=matter.proposal_id)
    if not rows:
        return Station("meeting", SKIP if settled else TODO)
    refs = tuple(Ref("meeting", n, title) for n, title, _, _ in reversed(rows))
    over = all(ended is not None for *_, ended in rows)
    return Station("meeting", DONE if over else NOW, rows[-1][2], {"n": len(rows)}, refs)


def _ballots(matter: _Matter, now: datetime, settled: bool) -> tuple[Station, set[int]]:
    rows = _BALLOTS.rows(ids=sorted(matter.ballot_ids), proposal=matter.proposal_id)
    if not rows:
        return Station("ballot", SKIP if settled or matter.doc else TODO), set()
    refs = tuple(Ref("ballot", n, title) for _, n, title, _, _ in reversed(rows))
    close = rows[-1][4]
    over = close is not None and now >= close
    station = Station("ballot", DONE if over else NOW, rows[-1][3], {"n": len(rows)}, refs)
    return station, {r[0] for r in rows}


Docs = Sequence[tuple[str, int, int]]


def _documents(matter: _Matter, ballot_ids: set[int], settled: bool) -> tuple[Station, Docs, bool]:
    """The documents, and whether anything can still follow: from them, or as the matter goes on."""
    body, year, seq = matter.doc or (None, None, None)
    rows = _DOCUMENTS.rows(
        estate=matter.estate_id,
        ids=sorted(ballot_ids),
        body=body,
        year=year,
        seq=seq,
        proposal=matter.proposal_id,
    )
    if not rows:
        station = Station("resolution", SKIP if settled and not ballot_ids else TODO)
        return station, (), not settled or bool(ballot_ids)
    refs = tuple(
        Ref("resolution", rules.docno(body, year, seq), number)
        for body, year, seq, number, *_ in reversed(rows)
    )
    station = Station("resolution", DONE, rows[-1][4], {"n": len(rows)}, refs)
    running = matter.proposal_id is not None and not settled
    more = running or any(v == "several" or rules.carries_out(k, v, r) for r, *_, k, v in rows)
    return station, [(r[0], r[1], r[2]) for r in rows], more


def _actions(matter: _Matter, docs: Docs, more: bool, now: datetime) -> Station:
    ids = _action_ids(matter, docs)
    if not ids:
        none = docs and db.session.scalar(
            select(ResolutionNone.id)
            .where(or_(*(_is(ResolutionNone, matter.estate_id, d) for d in docs)))
            .limit(1)
        )
        return Station("actions", SKIP if none or not more else TODO)
    found = sorted(actions.by_ids(ids).values(), key=lambda a: a.n)
    today = local_date(now)
    states = [a.state(today) for a in found]
    left = [s for s in states if s not in (ActionState.VERIFIED, ActionState.DROPPED)]
    refs = tuple(Ref("action", a.n, a.text) for a in found)
    facts = {"n": len(found), "done": len(found) - len(left)}
    return Station("actions", NOW if left else DONE, found[0].opened_at, facts, refs)


def _action_ids(matter: _Matter, docs: Docs) -> list[int]:
    ids: list[int] = []
    if docs:
        bodies, years, seqs = (sorted(set(part)) for part in zip(*docs, strict=True))
        rows = _OF_DOCUMENTS.rows(estate=matter.estate_id, bodies=bodies, years=years, seqs=seqs)
        ids += [i for *doc, i in rows if tuple(doc) in docs]
    if matter.proposal_id is not None:
        ids += [i for (i,) in _TASKS.rows(proposal=matter.proposal_id)]
    return ids


def _is(
    table: type[Resolution] | type[ResolutionAction] | type[ResolutionNone],
    estate_id: int,
    doc: tuple[str, int, int],
) -> ColumnElement[bool]:
    body, year, seq = doc
    return and_(
        table.estate_id == estate_id, table.body == body, table.year == year, table.seq == seq
    )


# --- the statements -------------------------------------------------------------------------------

_THIS: Any = bindparam("proposal")
_IDS: Any = bindparam("ids", expanding=True)
# Of the proposal that is read: its newest title, how many bodies took a position, and when last.
_newest_title = (
    select(ProposalVersion.title)
    .where(ProposalVersion.proposal_id == Proposal.id)
    .order_by(ProposalVersion.n.desc())
    .limit(1)
    .scalar_subquery()
)
_of_it = Position.proposal_id == Proposal.id
_bodies = select(func.count(func.distinct(Position.body))).where(_of_it).scalar_subquery()
_last = select(func.max(Position.at)).where(_of_it).scalar_subquery()
_P: Any = Proposal.__table__
_PROPOSAL = Query(
    select(
        *_P.columns,
        _newest_title.label("newest_title"),
        _bodies.label("said"),
        _last.label("last"),
    ).where(_P.c.id == _THIS)
)
_MATTERS = Query(
    select(AgendaItem.proposal_id)
    .where(AgendaItem.meeting_id == bindparam("meeting"), AgendaItem.proposal_id.is_not(None))
    .order_by(AgendaItem.seq)
)
_ROUNDS = Query(
    select(CommentRound.opens_at, CommentRound.settled_at)
    .where(CommentRound.proposal_id == _THIS)
    .order_by(CommentRound.n)
)
_MEETINGS = Query(
    select(Meeting.n, Meeting.title, Meeting.starts_at, Meeting.ended_at)
    .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
    .where(
        AgendaItem.proposal_id == _THIS,
        Meeting.noticed_at.is_not(None),
        Meeting.cancelled_at.is_(None),
    )
    .order_by(Meeting.starts_at, Meeting.n)
    .distinct()
)
_BALLOTS = Query(
    select(Ballot.id, Ballot.n, Ballot.title, Ballot.open_at, Ballot.close_at)
    .where(
        or_(Ballot.id.in_(_IDS), Ballot.proposal_id == _THIS),
        Ballot.noticed_at.is_not(None),
        Ballot.voided_at.is_(None),
    )
    .order_by(Ballot.id)
)
_r = Resolution
_decided = (
    select(Decision.id)
    .join(AgendaItem, AgendaItem.id == Decision.item_id)
    .where(AgendaItem.proposal_id == _THIS)
)
_DOCUMENTS = Query(
    select(_r.body, _r.year, _r.seq, _r.number, _r.published_at, _r.kind, _r.verdict)
    .where(
        _r.estate_id == bindparam("estate"),
        _r.version == 1,
        or_(
            _r.ballot_id.in_(_IDS),
            and_(
                _r.body == bindparam("body"),
                _r.year == bindparam("year"),
                _r.seq == bindparam("seq"),
            ),
            _r.proposal_id == _THIS,
            _r.decision_id.in_(_decided),
        ),
    )
    .order_by(_r.id)
)
_x = ResolutionAction
_OF_DOCUMENTS = Query(
    select(_x.body, _x.year, _x.seq, _x.follow_up_id)
    .where(
        _x.estate_id == bindparam("estate"),
        _x.body.in_(bindparam("bodies", expanding=True)),
        _x.year.in_(bindparam("years", expanding=True)),
        _x.seq.in_(bindparam("seqs", expanding=True)),
    )
    .order_by(_x.id)
)
_TASKS = Query(
    select(MeetingTask.follow_up_id)
    .join(AgendaItem, AgendaItem.id == MeetingTask.item_id)
    .where(AgendaItem.proposal_id == _THIS, MeetingTask.follow_up_id.is_not(None))
)
