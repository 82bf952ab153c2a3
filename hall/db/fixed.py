"""Fixed statements of the hot paths, run on the driver itself: plain tuples, no object layer.

For the few small statements of a cast the library's execution contexts, results and transactions
cost more than database and disk together (docs/decisions/0002). Here a statement is compiled once
for each database and number of listed values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from hall.db.base import db

Rows = list[tuple[Any, ...]]
Reader = Callable[[Any], Any]


class Fixed:
    """A statement that is always the same but for its values; a list is given to an expanding IN."""

    def __init__(self, statement: Executable) -> None:
        self._statement: Any = statement
        self._texts: dict[tuple[Any, ...], tuple[str, tuple[str, ...] | None]] = {}
        self._readers: dict[str, list[tuple[int, Reader]]] = {}

    def __call__(self, **values: object) -> Call:
        """The statement with values, for run() together with others."""
        return self, values

    def rows(self, **values: object) -> Rows:
        """Its rows, read now: inside the transaction that is open, if one is."""
        return read((self, values))[0]

    def text(self, dialect: Dialect, values: Mapping[str, object]) -> tuple[str, Any]:
        """SQL and parameters as the driver takes them."""
        lists = {k: v for k, v in values.items() if type(v) is list}
        shape = (dialect.name, *((k, len(v)) for k, v in lists.items()))
        if shape not in self._texts:
            compiled = self._statement.compile(dialect=dialect, column_keys=list(values))
            made = compiled.construct_expanded_state(values)
            order = tuple(made.positiontup) if made.positiontup is not None else None
            self._texts[shape] = made.statement, order
        sql, order = self._texts[shape]
        if lists:
            values = {**values} | {
                f"{k}_{i}": item for k, v in lists.items() for i, item in enumerate(v, 1)
            }
        if order is None:
            return sql, values
        return sql, tuple([v if type(v := values[name]) in _AS_IS else _plain(v) for name in order])

    def read(self, dialect: Dialect, rows: Rows) -> Rows:
        """Rows as the driver gives them, with days, instants and truth values made of them."""
        if dialect.name not in self._readers:
            columns = getattr(self._statement, "selected_columns", ())
            readers = [
                c.type.dialect_impl(dialect).result_processor(dialect, None) for c in columns
            ]
            self._readers[dialect.name] = [(i, r) for i, r in enumerate(readers) if r is not None]
        readers = self._readers[dialect.name]
        if not readers or not rows:
            return rows
        found = []
        for row in rows:
            values = list(row)
            for i, reader in readers:
                values[i] = reader(values[i])
            found.append(tuple(values))
        return found


Call = tuple[Fixed, Mapping[str, object]]
_AS_IS = frozenset({int, str, type(None)})


def _plain(value: object) -> object:
    """What SQLite's driver stores: it knows no instants and no days."""
    if isinstance(value, datetime):
        # As UtcDateTime stores it.
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value


class Line:
    """A driver's connection on which fixed statements run, one after the other.

    PostgreSQL's pipeline mode was measured: on one machine its bookkeeping costs what it saves.
    """

    def __init__(self, engine: Engine, raw: Any) -> None:
        self._engine = engine
        self.raw = raw
        self._sqlite = engine.dialect.name == "sqlite"

    @classmethod
    def of(cls, session: Session) -> Line:
        """The connection on which a session's transaction runs."""
        return cls(db.engine, session.connection().connection.dbapi_connection)

    def run(self, *calls: Call) -> list[Rows]:
        """The rows of each statement, in order; none for one that returns none."""
        found, dialect = [], self._engine.dialect
        for fixed, values in calls:
            sql, parameters = fixed.text(dialect, values)
            if self._engine._has_events:  # who counts or logs statements hears of these too
                hear = self._engine.dispatch.before_cursor_execute
                hear(None, None, sql, parameters, None, False)
            found.append(fixed.read(dialect, self._do(sql, parameters)))
        return found

    def begin(self) -> None:
        """Start a write transaction; on SQLite with its one write lock."""
        self._do("BEGIN IMMEDIATE" if self._sqlite else "BEGIN", ())

    def commit(self) -> None:
        """End it; returns when what was written is on disk."""
        self._do("COMMIT", ())

    def _do(self, sql: str, parameters: Any) -> Rows:
        try:
            if self._sqlite:
                return self.raw.execute(sql, parameters).fetchall()  # type: ignore[no-any-return]
            cursor = self.raw.execute(sql, parameters, prepare=True)
            return cursor.fetchall() if cursor.pgresult.ntuples else []
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise self._translated(error) from error

    def _translated(self, error: Exception) -> Exception:
        """The error as the object layer raises it: error pages and services know that one."""
        dialect = self._engine.dialect
        known = dialect.loaded_dbapi.Error
        made: Any = DBAPIError.instance("", None, error, known, dialect=dialect)
        return made  # type: ignore[no-any-return]


# The write transaction of fixed statements that is open here (transaction.atomic_fixed).
_open: ContextVar[Line | None] = ContextVar("hall_line", default=None)


@contextmanager
def on(line: Line) -> Iterator[None]:
    """Every read() inside runs on this line."""
    token = _open.set(line)
    try:
        yield
    finally:
        _open.reset(token)


def read(*calls: Call) -> list[Rows]:
    """Rows of each statement: in the open transaction if there is one, else by themselves."""
    line = _open.get()
    if line is not None:
        return line.run(*calls)
    if db.session.registry.has() and db.session().in_transaction():
        return Line.of(db.session()).run(*calls)
    with borrowed() as line:
        return line.run(*calls)


class _Keeper:
    """A connection of the pool, taken at the first use and held until it is given back."""

    pooled: Any = None

    def line(self) -> Line:
        """A line on it."""
        if self.pooled is None:
            self.pooled = db.engine.raw_connection()
        return Line(db.engine, self.pooled.dbapi_connection)

    def give_back(self, broken: DBAPIError | None = None) -> None:
        """To the pool; what it has not committed is undone. broken: it is of no use to anybody."""
        pooled, self.pooled = self.pooled, None
        if pooled is None:
            return
        if broken is not None:
            pooled.invalidate(broken)
        pooled.close()


_keeper: ContextVar[_Keeper | None] = ContextVar("hall_keeper", default=None)


@contextmanager
def keeping() -> Iterator[None]:
    """Inside, all fixed statements run on one connection: taking and giving back costs as much as they do."""
    keeper = _Keeper()
    token = _keeper.set(keeper)
    try:
        yield
    finally:
        _keeper.reset(token)
        keeper.give_back()


@contextmanager
def borrowed() -> Iterator[Line]:
    """The connection that is kept here, else one for a moment."""
    kept = _keeper.get()
    keeper = kept or _Keeper()
    try:
        yield keeper.line()
    except DBAPIError as error:
        if error.orig is not None and db.engine.dialect.is_disconnect(error.orig, None, None):  # type: ignore[arg-type]
            keeper.give_back(error)
        raise
    finally:
        if kept is None:
            keeper.give_back()
