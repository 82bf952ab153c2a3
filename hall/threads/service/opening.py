"""Opening a thread for what owns it. Parts: inside the caller's own transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from hall.db import db
from hall.errors import NotFound
from hall.threads.models import Thread

LONGEST_TITLE = 160


def open_thread(
    estate_id: int,
    title: str,
    *,
    answer_body: str,
    answer_days: int = 2,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    now: datetime,
) -> int:
    """Open a thread and give back its id; the owner keeps it. Takes comments in [opens_at, closes_at)."""
    row = Thread(
        estate_id=estate_id,
        title=title.strip()[:LONGEST_TITLE],
        answer_body=answer_body,
        answer_days=answer_days,
        opens_at=opens_at,
        closes_at=closes_at,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def set_window(thread_id: int, *, opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Say anew when a thread takes comments; None is an open end. Raises NotFound."""
    found = db.session.execute(
        update(Thread)
        .where(Thread.id == thread_id)
        .values(opens_at=opens_at, closes_at=closes_at)
        .returning(Thread.id)
    )
    if found.first() is None:
        raise NotFound("thread")
