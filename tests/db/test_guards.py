"""What is on record stays, whoever tries to change it and on either database."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from hall.db import atomic, db, guards
from hall.journal.service import record
from hall.permissions import SYSTEM
from tests import make


@pytest.fixture
def entry(app, now):
    e = make.estate()
    with atomic():
        record(SYSTEM, "test.done", "estate", e.id, estate_id=e.id, now=now)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET actor = 'someone else'",
        "UPDATE journal_entry SET facts = facts",
        "DELETE FROM journal_entry",
    ],
)
def test_the_journal_is_append_only(entry, statement):
    with pytest.raises(DBAPIError, match="journal_entry is on record"), db.engine.begin() as c:
        c.execute(text(statement))
    with db.engine.connect() as c:
        assert c.execute(text("SELECT count(*) FROM journal_entry")).scalar() == 1


def test_an_empty_sweep_of_the_whole_table_is_refused_too(entry, app):
    if db.engine.dialect.name == "sqlite":
        statement = "DELETE FROM journal_entry WHERE 1"  # SQLite has no TRUNCATE
    else:
        statement = "TRUNCATE journal_entry CASCADE"  # notices hang on entries
    with pytest.raises(DBAPIError, match="on record"), db.engine.begin() as c:
        c.execute(text(statement))


def test_a_guard_can_be_lifted_and_put_back(entry, app):
    with db.engine.begin() as c:
        guards.remove(c, ["journal_entry"])
        c.execute(text("UPDATE journal_entry SET actor = 'x'"))
        guards.install(c, ["journal_entry"])
        guards.install(c, ["journal_entry"])
    with pytest.raises(DBAPIError, match="on record"), db.engine.begin() as c:
        c.execute(text("UPDATE journal_entry SET actor = 'y'"))


def test_every_guard_names_a_table_and_columns_that_exist(app):
    known = inspect(db.engine)
    for guard in guards.GUARDS:
        columns = {c["name"] for c in known.get_columns(guard.table)}
        assert columns >= set(guard.columns), guard.table
