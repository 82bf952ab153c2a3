"""What one was told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from hall.db import db
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
