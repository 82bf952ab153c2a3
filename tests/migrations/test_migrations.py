"""The migrations make the tables, all of them and nothing else, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, inspect, text

from hall import migrations
from tests.conftest import KINDS
from tests.postgres import make_database


@pytest.fixture(params=KINDS)
def bare(request, tmp_path) -> Iterator[Engine]:
    """An empty database of either kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'bare.sqlite'}"
    else:
        folder = request.getfixturevalue("postgres_folder")
        url = make_database(folder, f"hall_bare_{request.getfixturevalue('worker')}")
    engine = migrations.engine_for(url)
    yield engine
    engine.dispose()


def test_there_is_one_head():
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(migrations.HERE))
    assert script.get_heads() == [migrations.head()]
    assert {r.revision for r in script.walk_revisions()} == migrations.revisions()


def test_up_makes_exactly_the_tables(bare):
    assert migrations.current(bare) is None
    assert migrations.upgrade(bare)
    assert migrations.current(bare) == migrations.head()
    assert migrations.differences(bare) == []
    assert not migrations.upgrade(bare)


def test_the_initial_migration_is_of_these_tables():
    """Until the first release: run "make migration" after changing a table."""
    assert migrations.head() == f"0001_{migrations.tables_digest()}"


def test_down_leaves_nothing_and_up_works_again(bare):
    migrations.upgrade(bare)
    migrations.downgrade(bare)
    assert set(inspect(bare).get_table_names()) == {"alembic_version"}
    assert migrations.current(bare) is None
    assert migrations.upgrade(bare)
    assert migrations.differences(bare) == []


def test_a_missing_column_is_seen(bare):
    migrations.upgrade(bare)
    with bare.begin() as c:
        c.execute(text("ALTER TABLE street RENAME COLUMN name TO title"))
    assert migrations.differences(bare) != []


def test_an_upgrade_that_fails_changes_nothing(bare):
    """Tables are made in one transaction on either kind."""
    with bare.begin() as c:
        c.execute(text("CREATE TABLE result (id INTEGER)"))
    with pytest.raises(Exception, match="result"):
        migrations.upgrade(bare)
    assert set(inspect(bare).get_table_names()) <= {"result", "alembic_version"}


def test_a_database_of_an_unreleased_version_is_refused(bare):
    migrations.upgrade(bare)
    with bare.begin() as c:
        c.execute(text("UPDATE alembic_version SET version_num = '0001_00000000'"))
    with pytest.raises(migrations.Unreleased, match="0001_00000000"):
        migrations.upgrade(bare)
