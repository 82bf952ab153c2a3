"""What somebody began himself and what became of it so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select

from hall.db import db
from hall.meetings.models import Correction, Invitee, Meeting, Minutes
from hall.permissions import Actor
from hall.proposals.models import Proposal, ProposalVersion
from hall.threads.models import Appeal, Comment, Moderation, Report, Thread
from hall.threads.queries.points import waits


@dataclass(frozen=True, slots=True)
class Mine:
    """Something of one's own that waits for others. kind: proposal | comment | report | appeal.

    stage of a proposal: screening | discussing | ready. body: who owes the next step, '' for nobody
    in particular; due: until when, None when no clock runs.
    """

    kind: str
    n: int
    thread_id: int
    title: str
    at: datetime
    stage: str = ""
    body: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction one asked for in minutes that are out for signing; taken None: not answered."""

    meeting_n: int
    title: str
    at: datetime
    taken: bool | None
    sign_by: datetime | None


@dataclass(frozen=True, slots=True)
class Appealable:
    """A comment of one's own that was masked or hidden and may be appealed. act: mask | hide."""

    comment_id: int
    thread_id: int
    text: str
    act: str
    at: datetime


def waiting_for_others(actor: Actor, estate_id: int, limit: int = 20) -> tuple[Mine, ...]:
    """One's own proposals, comments, reports and appeals under way, newest first; four queries."""
    if actor.account_id is None:
        return ()
    account = actor.account_id
    return (
        *_proposals(account, estate_id, limit),
        *_comments(account, estate_id, limit),
        *_reports(account, estate_id, limit),
        *_appeals(account, estate_id, limit),
    )


def minutes_corrections(actor: Actor, estate_id: int) -> tuple[CorrectionRow, ...]:
    """Corrections one asked for in minutes not yet published, oldest first; one query."""
    if actor.account_id is None:
        return ()
    i, c = Invitee, Correction
    own = or_(i.account_id == actor.account_id, i.person_id.in_(actor.persons_in(estate_id)))
    rows = db.session.connection().execute(
        select(Meeting.n, Meeting.title, c.at, c.taken, Minutes.sign_by)
        .join(i, i.id == c.invitee_id)
        .join(Meeting, Meeting.id == c.meeting_id)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .where(Meeting.estate_id == estate_id, own, Minutes.published_at.is_(None))
        .order_by(c.id)
    )
    return tuple(CorrectionRow(*r) for r in rows)


def appealable(account_id: int, estate_id: int) -> tuple[Appealable, ...]:
    """Comments of one's own that were masked or hidden, with no appeal yet; one query."""
    last = (
        select(func.max(Moderation.id))
        .where(Moderation.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
    rows = db.session.connection().execute(
        select(Comment.id, Comment.thread_id, Comment.text, Moderation.act, Moderation.at)
        .join(Moderation, Moderation.id == last)
        .where(
            Comment.estate_id == estate_id,
            Comment.account_id == account_id,
            Comment.state.in_(("masked", "hidden")),
            Moderation.act.in_(("mask", "hide")),
            Moderation.appeal_id.is_(None),
            ~exists().where(Appeal.moderation_id == Moderation.id),
        )
        .order_by(Moderation.id.desc())
    )
    return tuple(Appealable(*r) for r in rows)


def spoke_last(account_id: int, thread_ids: Collection[int]) -> dict[int, datetime]:
    """When an account last said something of its own in each of these threads; one query."""
    if not thread_ids:
        return {}
    rows = db.session.connection().execute(
        select(Comment.thread_id, func.max(Comment.written_at))
        .where(
            Comment.thread_id.in_(sorted(thread_ids)),
            Comment.account_id == account_id,
            Comment.source == "",
            Comment.state != "withdrawn",
        )
        .group_by(Comment.thread_id)
    )
    return {r[0]: r[1] for r in rows}


def _proposals(account: int, estate_id: int, limit: int) -> Iterator[Mine]:
    p = Proposal
    newest = (
        select(ProposalVersion.title)
        .where(ProposalVersion.proposal_id == p.id)
        .order_by(ProposalVersion.n.desc())
        .limit(1)
        .correlate(p)
        .scalar_subquery()
    )
    rows = db.session.connection().execute(
        select(
            p.n, p.thread_id, newest, p.submitted_at, p.accepted, p.on_agenda_at, p.ready_at,
            p.lead_body, p.screen_by,
        )
        .where(
            p.estate_id == estate_id,
            p.account_id == account,
            p.submitted_at.is_not(None),
            p.withdrawn_at.is_(None),
            p.settled_at.is_(None),
            # Declined is over, unless the owners put it on the agenda all the same.
            or_(p.accepted.is_(None), p.accepted.is_(True), p.on_agenda_at.is_not(None)),
        )
        .order_by(p.id.desc())
        .limit(limit)
    )  # fmt: skip
    for n, thread, title, at, accepted, on_agenda, ready, lead, screen_by in rows:
        if ready is not None:
            yield Mine("proposal", n, thread, title or "", at, "ready")
        elif accepted or on_agenda is not None:
            yield Mine("proposal", n, thread, title or "", at, "discussing")
        else:
            yield Mine("proposal", n, thread, title or "", at, "screening", lead, screen_by)


def _comments(account: int, estate_id: int, limit: int) -> Iterator[Mine]:
    c = Comment
    rows = db.session.connection().execute(
        select(c.id, c.thread_id, c.text, c.written_at, c.answer_body, c.answer_due_at)
        .where(c.estate_id == estate_id, c.account_id == account, c.source == "", waits())
        .order_by(c.id.desc())
        .limit(limit)
    )
    for n, thread, text, at, body, due in rows:
        yield Mine("comment", n, thread, text, at, "", body or "", due)


def _reports(account: int, estate_id: int, limit: int) -> Iterator[Mine]:
    rows = db.session.connection().execute(
        select(Comment.id, Comment.thread_id, Thread.title, Report.at)
        .join(Comment, Comment.id == Report.comment_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(
            Report.estate_id == estate_id,
            Report.account_id == account,
            Report.decision_id.is_(None),
            Comment.state != "withdrawn",
        )
        .order_by(Report.id.desc())
        .limit(limit)
    )
    return (Mine("report", *r) for r in rows)


def _appeals(account: int, estate_id: int, limit: int) -> Iterator[Mine]:
    rows = db.session.connection().execute(
        select(Comment.id, Comment.thread_id, Thread.title, Appeal.at)
        .join(Moderation, Moderation.id == Appeal.moderation_id)
        .join(Comment, Comment.id == Moderation.comment_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(
            Appeal.estate_id == estate_id,
            Appeal.account_id == account,
            Appeal.decided_at.is_(None),
            Comment.state != "withdrawn",
        )
        .order_by(Appeal.id.desc())
        .limit(limit)
    )
    return (Mine("appeal", *r) for r in rows)
