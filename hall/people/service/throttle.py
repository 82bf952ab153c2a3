"""Counting tries in the database: one counter for all workers, alive after a restart."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from importlib import import_module

from sqlalchemy import case, delete, select

from hall.db import atomic, db
from hall.errors import Blocker, Refused
from hall.people.models import Throttle, UserSession

KEPT = timedelta(days=30)


def throttle(key: str, *, limit: int, window: timedelta, now: datetime) -> None:
    """Count one try at key, at once and for good. Raises Refused(throttled, not_before).

    limit tries are allowed within a window that starts with the first; reaching the limit locks
    the key for one window from that try. Call it outside any transaction: a try that is refused
    later must stay counted. The count precedes the check, so parallel guesses cannot slip by.
    """
    with atomic():
        tries, started_at = _count(key, limit, window, now)
    if tries > limit:
        raise Refused(Blocker("throttled", not_before=started_at + window))


def refuse_locked(key: str, *, limit: int, window: timedelta, now: datetime) -> None:
    """Raise Refused(throttled, not_before) when the key is locked; counts nothing."""
    t = Throttle.__table__.c
    row = db.session.execute(
        select(t.started_at).where(
            t.key == _sha(key), t.tries >= limit, t.started_at > now - window
        )
    ).one_or_none()
    if row is not None:
        raise Refused(Blocker("throttled", not_before=row.started_at + window))


def count_failure(key: str, *, limit: int, window: timedelta, now: datetime) -> None:
    """Count a try that has failed, in its own transaction; see refuse_locked."""
    with atomic():
        _count(key, limit, window, now)


def forget(key: str) -> None:
    """Start a key afresh, after its secret was shown to be known. Joins the caller's transaction."""
    db.session.execute(delete(Throttle).where(Throttle.__table__.c.key == _sha(key)))


def sweep(*, now: datetime) -> None:
    """Remove counters of yesterday and sessions long over; safe to call at any time."""
    with atomic() as session:
        session.execute(
            delete(Throttle).where(Throttle.__table__.c.started_at < now - timedelta(days=1))
        )
        session.execute(delete(UserSession).where(UserSession.__table__.c.expires_at < now - KEPT))


def _count(key: str, limit: int, window: timedelta, now: datetime) -> tuple[int, datetime]:
    """One more try; gives the tries in this window and when the window started."""
    t = Throttle.__table__.c
    over = t.started_at <= now - window
    locks = t.tries + 1 == limit
    connection = db.session.connection()
    # Only the dialect in use: the other one's modules weigh 2 MiB in every process.
    insert = import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert
    statement = (
        insert(Throttle)
        .values(key=_sha(key), started_at=now, tries=1)
        .on_conflict_do_update(
            index_elements=[t.key],
            set_={
                "tries": case((over, 1), else_=t.tries + 1),
                "started_at": case((over | locks, now), else_=t.started_at),
            },
        )
        .returning(t.tries, t.started_at)
    )
    tries, started_at = connection.execute(statement).one()
    return tries, started_at


def _sha(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8")).hexdigest()
