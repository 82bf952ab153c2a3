"""Fixed statements that only read: with values of their own, lists of any length, rows with names."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any, cast

from sqlalchemy.engine import Dialect

from hall.db.base import db
from hall.db.fixed import Fixed, Rows


class Query(Fixed):
    """A select built and compiled once; named() gives its rows, by column names, at each call.

    It may compare with values written into it. A list is filled up with its last item to the next
    power of two, so that there are few texts however many lengths there are: IN takes no notice.
    """

    def __init__(self, statement: Any) -> None:
        super().__init__(statement)
        self._own: dict[str, dict[str, object]] = {}
        self._make = maker([c.key for c in statement.selected_columns])

    def rows(self, **values: object) -> Rows:
        """Its rows, read now; what the session has changed and not written yet is written first."""
        if db.session.registry.has() and db.session().in_transaction():
            db.session().flush()
        return super().rows(**values)

    def named(self, **values: object) -> list[Any]:
        """Its rows, read now, as tuples with names."""
        return list(map(self._make, self.rows(**values)))

    def first(self, **values: object) -> Any:
        """Its first row, or None."""
        rows = self.rows(**values)
        return self._make(rows[0]) if rows else None

    def text(self, dialect: Dialect, values: Mapping[str, object]) -> tuple[str, Any]:
        """SQL and parameters as the driver takes them."""
        given = dict(self._values(dialect))
        for name, value in values.items():
            given[name] = _filled(value) if type(value) is list else value
        return super().text(dialect, given)

    def _values(self, dialect: Dialect) -> dict[str, object]:
        """What the statement itself compares with, by the names the compiler gives."""
        if dialect.name not in self._own:
            binds = self._statement.compile(dialect=dialect).binds
            own = {name: b.effective_value for name, b in binds.items() if not b.required}
            self._own[dialect.name] = {
                k: list(v) if isinstance(v, (list, tuple, set, frozenset)) else v
                for k, v in own.items()
            }
        return self._own[dialect.name]


def maker(names: list[str]) -> Callable[[tuple[Any, ...]], Any]:
    """Makes a tuple one with names; of two columns with one name the second is known by its place: _7."""
    row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # known when it runs
    return cast(Callable[[tuple[Any, ...]], Any], row._make)


def _filled(items: list[Any]) -> list[Any]:
    """The items, the last of them repeated up to a power of two."""
    missing = (1 << (len(items) - 1).bit_length()) - len(items) if items else 0
    return items + items[-1:] * missing
