"""The moderators' queue: reports that wait, appeals, what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from hall.db import db
from hall.errors import NotFound
from hall.threads.models import Appeal, Comment, Moderation, Report, Thread
from hall.threads.queries.rows import DecisionRow
from hall.threads.rules import barred_bodies, named_in


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One reader's complaint; who it was is not shown."""

    reason: str
    text: str
    about_body: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A reported comment with its original words, for who may handle it.

    barred: bodies that may not; named: those its text names; parties: accounts that are part of the quarrel.
    """

    comment_id: int
    thread_id: int
    thread: str
    text: str
    name: str
    place: str
    standing: str
    body: str | None
    title: str | None
    written_at: datetime
    state: str
    reports: tuple[ReportRow, ...]
    barred: tuple[str, ...]
    named: tuple[str, ...]
    parties: frozenset[int]


@dataclass(frozen=True, slots=True)
class AppealRow:
    """An appeal that waits: the comment, the decision against it, what the author says."""

    id: int
    text: str
    at: datetime
    first: DecisionRow
    first_account: int
    row: QueueRow


@dataclass(frozen=True, slots=True)
class LogRow:
    """A decision taken, with where."""

    decision: DecisionRow
    thread_id: int
    thread: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Since an instant: comments, masked, hidden, restored (decisions, each comment once)."""

    comments: int
    masked: int
    hidden: int
    restored: int


def queue(estate_id: int, limit: int = 50) -> tuple[QueueRow, ...]:
    """Comments with undecided reports, the oldest report first."""
    waiting = (
        select(Report.comment_id, func.min(Report.at).label("since"))
        .where(Report.estate_id == estate_id, Report.decision_id.is_(None))
        .group_by(Report.comment_id)
        .order_by(func.min(Report.at), Report.comment_id)
        .limit(limit)
    )
    ids = [r.comment_id for r in db.session.connection().execute(waiting)]
    rows = _comments(ids)
    return tuple(rows[i] for i in ids if rows[i].state != "withdrawn")


def one(estate_id: int, comment_id: int) -> QueueRow:
    """A comment as its moderator meets it, reported or not. Raises NotFound."""
    here = select(Comment.id).where(Comment.id == comment_id, Comment.estate_id == estate_id)
    if db.session.connection().execute(here).first() is None:
        raise NotFound("comment")
    return _comments([comment_id])[comment_id]


def appeals(estate_id: int) -> tuple[AppealRow, ...]:
    """Appeals that wait, oldest first."""
    m, a = Moderation, Appeal
    q = (
        select(
            m.id, m.comment_id, m.act, m.reason, m.body, m.name, m.at, m.account_id,
            a.id.label("appeal"), a.text, a.at.label("asked_at"),
        )
        .join(a, a.moderation_id == m.id)
        .where(a.estate_id == estate_id, a.decided_at.is_(None))
        .order_by(a.id)
    )  # fmt: skip
    found = list(db.session.connection().execute(q))
    rows = _comments([r.comment_id for r in found])
    return tuple(
        AppealRow(
            r.appeal, r.text, r.asked_at, DecisionRow(*r[:7], False), r.account_id,
            rows[r.comment_id],
        )
        for r in found
        if rows[r.comment_id].state != "withdrawn"
    )  # fmt: skip


def log(estate_id: int, limit: int = 20) -> tuple[LogRow, ...]:
    """The latest decisions, newest first."""
    m = Moderation
    q = (
        select(
            m.id, m.comment_id, m.act, m.reason, m.body, m.name, m.at, m.appeal_id,
            Comment.thread_id, Thread.title,
        )
        .join(Comment, Comment.id == m.comment_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(m.estate_id == estate_id)
        .order_by(m.id.desc())
        .limit(limit)
    )  # fmt: skip
    return tuple(
        LogRow(DecisionRow(*r[:7], r.appeal_id is not None), r.thread_id, r[9])
        for r in db.session.connection().execute(q)
    )


def figures(estate_id: int, since: datetime) -> Figures:
    """How much was said and how much of it touched."""
    said = db.session.scalar(
        select(func.count()).where(Comment.estate_id == estate_id, Comment.written_at >= since)
    )
    each = [
        func.count(case((Moderation.act == act, Moderation.comment_id)).distinct())
        for act in ("mask", "hide", "restore")
    ]
    row = db.session.execute(
        select(*each).where(Moderation.estate_id == estate_id, Moderation.at >= since)
    ).one()
    each_count = [int(n) for n in row]
    return Figures(said or 0, each_count[0], each_count[1], each_count[2])


def _comments(ids: list[int]) -> dict[int, QueueRow]:
    if not ids:
        return {}
    run = db.session.connection().execute
    reports: dict[int, list[Any]] = {}
    for r in run(
        select(
            Report.comment_id, Report.reason, Report.text, Report.about_body, Report.at,
            Report.account_id, Report.decision_id,
        )
        .where(Report.comment_id.in_(ids))
        .order_by(Report.id)
    ):  # fmt: skip
        reports.setdefault(r.comment_id, []).append(r)
    c = Comment
    q = (
        select(
            c.id, c.thread_id, Thread.title.label("thread"), c.text, c.name, c.place, c.standing,
            c.body, c.title, c.written_at, c.state, c.answer_body, c.account_id, c.show_name,
            Thread.answer_body.label("owner_body"),
        )
        .join(Thread, Thread.id == c.thread_id)
        .where(c.id.in_(ids))
    )  # fmt: skip
    return {r.id: _row(r, reports.get(r.id, [])) for r in run(q)}


def _row(r: Any, reports: list[Any]) -> QueueRow:
    named = r.show_name
    return QueueRow(
        r.id, r.thread_id, r.thread, r.text, r.name if named else "", r.place if named else "",
        r.standing, r.body, r.title, r.written_at, r.state,
        tuple(_open(reports)),
        barred_bodies(r.answer_body or r.owner_body, [x.about_body for x in reports], r.text),
        named_in(r.text),
        frozenset({r.account_id, *(x.account_id for x in reports)}),
    )  # fmt: skip


def _open(reports: list[Any]) -> Iterable[ReportRow]:
    for r in reports:
        if r.decision_id is None:
            yield ReportRow(r.reason, r.text, r.about_body, r.at)
