"""The only module that commits: one write transaction per use case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sqlalchemy.orm import Session

from hall.db import fixed
from hall.db.base import db

_DEPTH = "hall_atomic_depth"
_AFTER = "hall_after_commit"


def _writing() -> dict[str, object]:
    """PostgreSQL's connections are in autocommit (base.engine_options): a write says otherwise."""
    if db.engine.dialect.name == "postgresql":
        return {"isolation_level": "READ COMMITTED", "hall_write": True}
    return {"hall_write": True}


@contextmanager
def atomic() -> Iterator[Session]:
    """A write transaction; nested calls join it through a savepoint.

    The outermost call ends the request's read snapshot and takes the write lock at once
    (SQLite: BEGIN IMMEDIATE; a read snapshot cannot be upgraded, it would fail as "locked").
    On PostgreSQL, lock the row a rule hangs on with with_for_update().
    """
    session = db.session()
    if session.info.get(_DEPTH, 0):
        with session.begin_nested():
            yield session
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("objects were changed outside atomic()")
    session.rollback()
    session.connection(execution_options=_writing())
    session.info[_DEPTH] = 1
    session.info[_AFTER] = []
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        session.info.pop(_AFTER, None)
        raise
    finally:
        session.info[_DEPTH] = 0
    for call in session.info.pop(_AFTER, []):
        call()


@contextmanager
def atomic_fixed() -> Iterator[fixed.Line]:
    """A write transaction of fixed statements alone, for the hottest path.

    All fixed.read() inside are part of it. Inside atomic() it joins that, like a nested atomic().
    """
    if db.session.registry.has() and db.session().info.get(_DEPTH, 0):
        with atomic() as session:
            yield fixed.Line.of(session)
        return
    _end_snapshot()
    try:
        with fixed.borrowed() as line, fixed.on(line):
            line.begin()
            try:
                yield line
                line.commit()
            except BaseException:
                with suppress(
                    db.engine.dialect.loaded_dbapi.Error
                ):  # a line that is cut undoes itself
                    line.raw.rollback()
                raise
    finally:
        _end_snapshot()


def _end_snapshot() -> None:
    """What the session has read lies before what is written beside it; it reads anew after."""
    if db.session.registry.has():
        db.session().rollback()


def on_commit(call: Callable[[], None]) -> None:
    """Run call after the surrounding atomic() has committed. Pass ids into it, never objects."""
    session = db.session()
    if not session.info.get(_DEPTH, 0):
        raise RuntimeError("on_commit outside atomic()")
    session.info[_AFTER].append(call)


@contextmanager
def read_only() -> Iterator[Session]:
    """A read snapshot that is surely given back (for long-lived processes such as the ticker)."""
    session = db.session()
    try:
        yield session
    finally:
        session.rollback()
