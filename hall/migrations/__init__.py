"""Bringing a database to the tables of this version, with alembic and our own env.py.

Until the first release there is one migration, 0001_initial, written anew from the tables by
"make migration". Its revision ends in a digest of the tables, so that a database made by an
earlier unreleased state is recognised and never silently half right.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, MetaData, create_engine, inspect, text
from sqlalchemy.schema import CreateIndex, CreateTable

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).resolve().parent
INITIAL = "0001_initial.py"


class Unreleased(Exception):
    """The database was made by an unreleased version whose tables no longer exist."""


def head() -> str:
    """The newest revision, read from its file without importing anything."""
    newest = sorted((HERE / "versions").glob("[0-9]*.py"))[-1]
    found = re.search(r'^revision = "([^"]+)"$', newest.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"{newest.name} names no revision")
    return found[1]


def revisions() -> set[str]:
    """Every revision this version knows."""
    pattern = re.compile(r'^revision = "([^"]+)"$', re.MULTILINE)
    files = (HERE / "versions").glob("[0-9]*.py")
    return {m[1] for f in files if (m := pattern.search(f.read_text(encoding="utf-8")))}


def engine_for(url: str) -> Engine:
    """An engine outside any application; the listeners of hall.db make SQLite durable."""
    import hall.db  # noqa: F401

    return create_engine(url)


def current(engine: Engine) -> str | None:
    """The revision a database is at, None when it has no tables of ours."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as c:
        row = c.execute(text("SELECT version_num FROM alembic_version")).first()
    return str(row[0]) if row else None


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    return config


def upgrade(engine: Engine) -> bool:
    """Bring a database to head; True when anything was done. Raises Unreleased."""
    at = current(engine)
    if at == head():
        return False
    if at is not None and at not in revisions():
        raise Unreleased(at)
    _run(engine, "upgrade", "head")
    return True


def downgrade(engine: Engine, to: str = "base") -> None:
    """Take a database back to a revision (tests and emergencies)."""
    _run(engine, "downgrade", to)


def _run(engine: Engine, verb: str, *args: Any) -> None:
    from alembic import command

    config = _config()
    with engine.connect().execution_options(hall_write=True) as connection:
        config.attributes["connection"] = connection
        getattr(command, verb)(config, *args)


def metadata() -> MetaData:
    """All tables of all rooms."""
    from hall import models_registry
    from hall.db import Model

    if not models_registry.ROOMS:
        raise RuntimeError("no tables")
    return Model.metadata


def tables_digest() -> str:
    """Eight hex digits that change with any table, column, constraint or index."""
    lines = []
    for table in metadata().sorted_tables:
        lines.append(str(CreateTable(table)))
        lines += sorted(str(CreateIndex(i)) for i in table.indexes)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def differences(engine: Engine) -> list[Any]:
    """What a migrated database lacks or has too much of, beside the tables; empty when equal."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata()))


def write_initial() -> Path:
    """Write 0001_initial.py anew from the tables; gives its path."""
    from alembic import command

    import hall.db  # noqa: F401

    path = HERE / "versions" / INITIAL
    path.unlink(missing_ok=True)
    config = _config()
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        config.attributes["metadata"] = metadata()
        command.revision(config, "initial", autogenerate=True, rev_id=f"0001_{tables_digest()}")
    engine.dispose()
    made = next((HERE / "versions").glob("0001_*.py"))
    lines = made.read_text(encoding="utf-8").splitlines(keepends=True)
    made.unlink()
    path.write_text("".join(x for x in lines if "# ### " not in x), encoding="utf-8")
    return path
