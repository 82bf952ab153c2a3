"""Reading one's own inbox."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select

from hall.db import db
from hall.notices.models import Notice
from hall.proposals.models import Proposal, ProposalVersion
from hall.threads.models import Answer, Comment


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One piece of news."""

    id: int
    code: str
    subject: str
    subject_n: str
    facts: Mapping[str, Any]
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Mine:
    """Something of one's own that waits for others. kind: proposal | comment."""

    kind: str
    n: int
    thread_id: int
    title: str
    at: datetime


def inbox(
    account_id: int, estate_id: int, *, before: int | None = None, limit: int = 30
) -> tuple[NoticeRow, ...]:
    """An account's news in an estate, newest first; before: the id of the last row seen. One query."""
    q = select(Notice).where(Notice.account_id == account_id, Notice.estate_id == estate_id)
    if before is not None:
        q = q.where(Notice.id < before)
    return tuple(
        NoticeRow(r.id, r.code, r.subject, r.subject_n, json.loads(r.facts), r.at, r.read_at)
        for r in db.session.scalars(q.order_by(Notice.id.desc()).limit(limit))
    )


def unread(account_id: int, estate_id: int) -> int:
    """How much of it has not been read."""
    found = db.session.scalar(
        select(func.count()).where(
            Notice.account_id == account_id,
            Notice.estate_id == estate_id,
            Notice.read_at.is_(None),
        )
    )
    return found or 0


def waiting_for_others(account_id: int, estate_id: int, limit: int = 20) -> tuple[Mine, ...]:
    """One's own proposals under way and comments without an answer, newest first; two queries."""
    newest = (
        select(ProposalVersion.title)
        .where(ProposalVersion.proposal_id == Proposal.id)
        .order_by(ProposalVersion.n.desc())
        .limit(1)
        .correlate(Proposal)
        .scalar_subquery()
    )
    connection = db.session.connection()
    own = connection.execute(
        select(Proposal.n, Proposal.thread_id, newest, Proposal.submitted_at)
        .where(
            Proposal.estate_id == estate_id,
            Proposal.account_id == account_id,
            Proposal.submitted_at.is_not(None),
            Proposal.withdrawn_at.is_(None),
            Proposal.settled_at.is_(None),
        )
        .order_by(Proposal.id.desc())
        .limit(limit)
    )
    said = connection.execute(
        select(Comment.id, Comment.thread_id, Comment.text, Comment.written_at)
        .where(
            Comment.estate_id == estate_id,
            Comment.account_id == account_id,
            Comment.source == "",
            Comment.parent_id.is_(None),
            Comment.body.is_(None),
            Comment.state == "shown",
            ~exists().where(Answer.comment_id == Comment.id),
        )
        .order_by(Comment.id.desc())
        .limit(limit)
    )
    return (
        *(Mine("proposal", n, thread, title or "", at) for n, thread, title, at in own if at),
        *(Mine("comment", n, thread, text, at) for n, thread, text, at in said),
    )
