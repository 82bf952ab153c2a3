"""The look-ups of a cast find their row by an index, however many sheets a ballot has."""

from __future__ import annotations

import pytest

from hall.ballots.queries.voter import _STANDING
from hall.db import db


@pytest.fixture
def plan(app):
    """How the database would run a fixed statement."""

    def ask(fixed, **values) -> str:
        dialect = db.engine.dialect
        sql, parameters = fixed.text(dialect, values)
        if dialect.name == "sqlite":
            rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)
            return " ".join(r[3] for r in rows)
        # A planner without figures takes any index: only the one in question is left to it.
        with db.engine.connect().execution_options(isolation_level="READ COMMITTED") as c:
            c.exec_driver_sql("SET LOCAL enable_seqscan = off")
            c.exec_driver_sql("DROP INDEX ix_sheet_request_key, ix_sheet_turnout")
            found = c.exec_driver_sql(f"EXPLAIN {sql}", parameters).scalars().all()
            c.rollback()
        return " ".join(found)

    return ask


def test_the_sheet_that_stands_for_an_entry_is_found_by_its_unique_index(plan):
    assert "uq_sheet_active_entry" in plan(_STANDING, ballot=1, entries=[5])
