"""What one was told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from hall.db import db
from hall.db.query import Query
from hall.errors import NotFound
from hall.notices.models import Notice


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


def inbox(
    account_id: int, estate_id: int, *, before: int | None = None, limit: int = 30
) -> tuple[NoticeRow, ...]:
    """An account's news in an estate, newest first; before: the id of the last row seen. One query."""
    q = select(Notice).where(Notice.account_id == account_id, Notice.estate_id == estate_id)
    if before is not None:
        seen = select(Notice.at).where(Notice.id == before, Notice.account_id == account_id)
        at = seen.scalar_subquery()
        q = q.where(or_(Notice.at < at, and_(Notice.at == at, Notice.id < before)))
    rows = db.session.scalars(q.order_by(Notice.at.desc(), Notice.id.desc()).limit(limit))
    return tuple(_row(r) for r in rows)


def one(account_id: int, estate_id: int, notice_id: int) -> NoticeRow:
    """One piece of one's own news. Raises NotFound for anybody else's."""
    row = db.session.get(Notice, notice_id)
    if row is None or (row.account_id, row.estate_id) != (account_id, estate_id):
        raise NotFound("notice")
    return _row(row)


def unread(account_id: int, estate_id: int) -> int:
    """How much of it has not been read."""
    return int(_UNREAD.rows(account=account_id, estate=estate_id)[0][0])


def _row(r: Notice) -> NoticeRow:
    return NoticeRow(r.id, r.code, r.subject, r.subject_n, json.loads(r.facts), r.at, r.read_at)


_UNREAD = Query(
    select(func.count(Notice.id)).where(
        Notice.account_id == bindparam("account"),
        Notice.estate_id == bindparam("estate"),
        Notice.read_at.is_(None),
    )
)
