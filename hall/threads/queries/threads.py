"""Pages of a thread: points in four orders with keyset paging, everything around them in bulk."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from hall.db import db
from hall.db.query import Query
from hall.errors import NotFound
from hall.permissions import Actor
from hall.threads.models import Comment, CommentEdit, Echo, Moderation, Thread
from hall.threads.queries.assemble import COLUMNS, assemble
from hall.threads.queries.points import has_answer
from hall.threads.queries.rows import CommentRow, DecisionRow, EditRow, ThreadPage, ThreadRow

SORTS = ("answered", "echoed", "newest", "mine")
PAGE_SIZE = 20
REPLIES_SHOWN = 30
REPLIES_MOST = 500


def get(estate_id: int, thread_id: int) -> ThreadRow:
    """A thread of an estate. Raises NotFound."""
    row = _thread(thread_id)
    if row is None or row.estate_id != estate_id:
        raise NotFound("thread")
    return row


def titles(thread_ids: Collection[int]) -> dict[int, str]:
    """What threads are called."""
    if not thread_ids:
        return {}
    q = select(Thread.id, Thread.title).where(Thread.id.in_(list(thread_ids)))
    return dict(db.session.connection().execute(q).all())


def page(
    thread_id: int, actor: Actor, *, sort: str, after: str | None, now: datetime
) -> ThreadPage:
    """Points of a thread as this viewer sees them, the same number of queries for 2 or 2,000.

    sort: answered (with an answer first) | echoed (most 我也这么想 first) | newest | mine (where
    this viewer spoke); another word is taken for the first. after: token of the page before.
    Raises NotFound.
    """
    thread = _thread(thread_id)
    if thread is None:
        raise NotFound("thread")
    order = sort if sort in SORTS else SORTS[0]
    if order == "mine" and actor.account_id is None:
        return ThreadPage(thread, order, (), None)
    at = _token(after)
    values: dict[str, object] = {"thread": thread_id}
    if order == "mine":
        values["account"] = actor.account_id
    if at is not None:
        values |= dict(zip("abc", at, strict=True))
    keys = _keys(order, at is not None).named(**values)
    shown = keys[:PAGE_SIZE]
    more = shown[-1] if len(keys) > PAGE_SIZE else None
    ids = [k.id for k in shown]
    roots = _POINTS.named(ids=ids) if ids else []
    place = {i: n for n, i in enumerate(ids)}
    roots.sort(key=lambda r: place[r.id])
    replies = _REPLIES.named(ids=ids, most=REPLIES_SHOWN) if ids else []
    comments = assemble(thread, roots, replies, actor, now)
    token = f"{int(more.a)}.{int(more.b)}.{more.id}" if more is not None else None
    return ThreadPage(thread, order, comments, token)


def comment(estate_id: int, comment_id: int, actor: Actor, now: datetime) -> CommentRow:
    """The point that a comment belongs to, with all its replies. Raises NotFound."""
    found = _POINT_OF.named(id=comment_id, estate=estate_id)
    if not found:
        raise NotFound("comment")
    thread = get(estate_id, found[0].thread_id)
    replies = _REPLIES.named(ids=[found[0].id], most=REPLIES_MOST)
    return assemble(thread, found, replies, actor, now)[0]


def edits_of(comment_id: int) -> tuple[EditRow, ...]:
    """What a comment said before, oldest first."""
    q = (
        select(CommentEdit.text, CommentEdit.alignment, CommentEdit.until)
        .where(CommentEdit.comment_id == comment_id)
        .order_by(CommentEdit.id)
    )
    return tuple(EditRow(*r) for r in db.session.connection().execute(q))


def decisions_on(comment_id: int) -> tuple[DecisionRow, ...]:
    """Every decision on a comment, oldest first."""
    m = Moderation
    q = select(m.id, m.comment_id, m.act, m.reason, m.body, m.name, m.at, m.appeal_id)
    rows = db.session.connection().execute(q.where(m.comment_id == comment_id).order_by(m.id))
    return tuple(DecisionRow(*r[:7], r.appeal_id is not None) for r in rows)


def _thread(thread_id: int) -> ThreadRow | None:
    rows = _THREAD.rows(id=thread_id)
    return ThreadRow(*rows[0]) if rows else None


def _token(after: str | None) -> tuple[int, int, int] | None:
    parts = (after or "").split(".")
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) < 10 for p in parts):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2])


# --- the statements -------------------------------------------------------------------------------

_t = Thread
_THREAD = Query(
    select(
        _t.id, _t.estate_id, _t.title, _t.answer_body, _t.answer_days, _t.opens_at, _t.closes_at
    ).where(_t.id == bindparam("id"))
)
_IDS: Any = bindparam("ids", expanding=True)
_POINTS = Query(select(*COLUMNS).where(Comment.id.in_(_IDS)))
# The point a comment belongs to: itself, or what it replies to.
_its_point = (
    select(func.coalesce(Comment.root_id, Comment.id))
    .where(Comment.id == bindparam("id"), Comment.estate_id == bindparam("estate"))
    .scalar_subquery()
)
_POINT_OF = Query(select(*COLUMNS).where(Comment.id == _its_point))
# The first replies of each point in the order they were written, and how many there are.
_numbered = (
    select(
        Comment.id,
        func.row_number().over(partition_by=Comment.root_id, order_by=Comment.id).label("nr"),
        func.count().over(partition_by=Comment.root_id).label("of"),
    )
    .where(Comment.root_id.in_(_IDS))
    .subquery()
)
_REPLIES = Query(
    select(*COLUMNS, _numbered.c.of)
    .join(_numbered, _numbered.c.id == Comment.id)
    .where(_numbered.c.nr <= bindparam("most"))
    .order_by(Comment.id)
)


@cache
def _keys(sort: str, further: bool) -> Query:
    """Ids of a page and one more, by two sorting figures and the id, largest first.

    further: of those after a, b, c, the figures and the id of the last one of the page before.
    """
    zero = case((Comment.id < 0, 1), else_=0)
    first = {
        "answered": (case((has_answer(), 1), else_=0), _echoes()),
        "echoed": (_echoes(), zero),
    }.get(sort, (zero, zero))
    inner = select(Comment.id, first[0].label("a"), first[1].label("b")).where(
        Comment.thread_id == bindparam("thread"), Comment.root_id.is_(None)
    )
    if sort == "mine":
        account: Any = bindparam("account")
        reply = aliased(Comment)
        spoke = exists().where(
            reply.thread_id == Comment.thread_id,
            reply.root_id == Comment.id,
            reply.account_id == account,
        )
        inner = inner.where(or_(Comment.account_id == account, spoke.correlate(Comment)))
    k = inner.subquery()
    q = select(k.c.id, k.c.a, k.c.b)
    if further:
        at = (bindparam(name, type_=Integer) for name in "abc")
        q = q.where(tuple_(k.c.a, k.c.b, k.c.id) < tuple_(*at))
    return Query(q.order_by(k.c.a.desc(), k.c.b.desc(), k.c.id.desc()).limit(PAGE_SIZE + 1))


def _echoes() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(Echo)
        .where(Echo.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )
