"""Stages that many tests build alike: built once for each database, put back after that.

kept(key, build) gives what build() gives. When the same key was built before on the same database
and nothing has been written since it was emptied, the rows are copied back instead, and the value
is made again with rows of the running session in it. The key must name everything build depends on.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Engine, event, inspect, select

from hall.db import Model, db

T = TypeVar("T")


@dataclass
class Shelf:
    """Copies of one database at the end of a stage, by number; keep and restore know its kind."""

    keep: Callable[[int], None]
    restore: Callable[[int], None]
    untouched: bool = False
    seen: set[Hashable] = field(default_factory=set)
    stages: dict[Hashable, tuple[int, Any]] = field(default_factory=dict)


_open: list[Shelf] = []


@contextmanager
def on_shelf(shelf: Shelf) -> Iterator[None]:
    """Inside, kept() uses this shelf, whose database has just been emptied."""
    shelf.untouched = True
    _open.append(shelf)
    try:
        yield
    finally:
        _open.remove(shelf)


@event.listens_for(Engine, "commit")
def _written(_connection: object) -> None:
    for shelf in _open:
        shelf.untouched = False


def kept(key: Hashable, build: Callable[[], T], *, at_once: bool = False) -> T:
    """What build() gives; kept when it is made the second time, or at once when it is dear."""
    shelf = _open[-1] if _open else None
    if shelf is None or not shelf.untouched:
        return build()
    if key in shelf.stages:
        n, value = shelf.stages[key]
        db.session.rollback()
        shelf.restore(n)
        shelf.untouched = False
        return _unpacked(value)
    value = build()
    if at_once or key in shelf.seen:
        packed = _packed(value)
        db.session.rollback()
        n = len(shelf.stages) + 1
        shelf.keep(n)
        shelf.stages[key] = n, packed
    shelf.seen.add(key)
    return value


# --- rows in a value, in or out of a session -------------------------------------------------


@dataclass(frozen=True)
class _Row:
    kind: type
    id: tuple[Any, ...]


def _mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """The value with every row or place of a row changed, through lists, tuples, dicts, stages."""
    if isinstance(value, (Model, _Row)):
        return change(value)
    if isinstance(value, (list, tuple)):
        return type(value)([_mapped(v, change) for v in value])
    if isinstance(value, dict):
        return {k: _mapped(v, change) for k, v in value.items()}
    if dataclasses.is_dataclass(value) and not type(value).__dataclass_params__.frozen:
        parts = {f.name: _mapped(getattr(value, f.name), change) for f in dataclasses.fields(value)}
        return type(value)(**parts)
    return value


def _packed(value: Any) -> Any:
    return _mapped(value, lambda row: _Row(type(row), inspect(row).identity))


def _unpacked(value: Any) -> Any:
    wanted: dict[type, set[tuple[Any, ...]]] = {}

    def note(row: _Row) -> _Row:
        wanted.setdefault(row.kind, set()).add(row.id)
        return row

    _mapped(value, note)
    found = {}
    for kind, ids in wanted.items():
        (column,) = inspect(kind).primary_key
        for row in db.session.scalars(select(kind).where(column.in_([i for (i,) in ids]))):
            found[_Row(kind, inspect(row).identity)] = row
    return _mapped(value, found.__getitem__)
