"""What every test stands on: both databases, a clock that can be moved, a client, query counting.

Services commit for real, so a test is not wrapped in a transaction. Instead its database is put
back to empty before it: SQLite by copying an empty file, PostgreSQL by one function that empties
the tables which have rows. Either takes a few milliseconds.
"""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, event, text

from hall import clock, models_registry
from hall.app import create_app
from hall.db import db, guards
from hall.people import service as people
from hall.settings import Settings
from hall.web import errors
from tests.kept import Shelf, on_shelf
from tests.postgres import Postgres, make_database

# The collector walks all of pytest's and the application's objects each time: seldom is enough.
gc.set_threshold(50_000, 20, 50)
# No test fails because the machine was busy.
hypothesis_settings.register_profile("hall", deadline=None)
hypothesis_settings.load_profile("hall")

KINDS = ("sqlite", "postgresql")
# Wednesday 6 May 2026, 10:00 in Shanghai.
START = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
SECRET = "only for tests, thirty-two bytes at least"

_server: Postgres | None = None


# --- one PostgreSQL server for the whole run -------------------------------------------------


def _postgres_folder() -> str:
    global _server
    if _server is None:
        _server = Postgres()
    return str(_server.folder)


def pytest_configure_node(node) -> None:
    """With several workers the controller owns the server; workers make databases of their own."""
    node.workerinput["hall_postgres"] = _postgres_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The server goes with the process that started it."""
    global _server
    if _server is not None:
        _server.stop()
        _server = None


@pytest.fixture(scope="session")
def postgres_folder(request: pytest.FixtureRequest) -> str:
    """Folder with the socket of a running PostgreSQL server, made for this run."""
    shared = getattr(request.config, "workerinput", {}).get("hall_postgres")
    return shared or _postgres_folder()


@pytest.fixture(scope="session")
def worker() -> str:
    """Name of this test process, for files and databases of its own."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> None:
    """A real password hash takes 0.1 s on purpose; tests make thousands."""
    people.use_cheap_hasher()


@event.listens_for(Engine, "connect")
def _careless_sqlite(connection, _record) -> None:
    """No test pulls the plug: waiting for the disk at each of ten thousand commits shows nothing."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


# --- the application on either database ------------------------------------------------------


@dataclass
class Installation:
    """An application with an empty schema, the way back to it, and to stages built before."""

    app: Flask
    reset: Callable[[], None]
    shelf: Shelf


def _settings(folder: Path, url: str) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    return Settings(instance=folder, database_url=url, secret_key=SECRET, testing=True)


def _make_app(settings: Settings) -> Flask:
    app = create_app(settings)
    app.test_client_class = Browser
    return app


def _make_schema() -> None:
    """All tables and the triggers that keep append-only ones append-only."""
    assert models_registry.ROOMS
    db.create_all()
    with db.engine.begin() as connection:
        guards.install(connection)


def _sqlite(folder: Path) -> Installation:
    file, empty = folder / "test.sqlite", folder / "empty.sqlite"
    app = _make_app(_settings(folder, f"sqlite:///{file}"))
    with app.app_context():
        _make_schema()
        db.engine.dispose()
        engine = db.engine
    with sqlite3.connect(file) as c:
        c.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    c.close()
    shutil.copyfile(file, empty)

    def put_back(copy: Path) -> None:
        engine.dispose()
        for suffix in ("-wal", "-shm"):
            Path(str(file) + suffix).unlink(missing_ok=True)
        shutil.copyfile(copy, file)

    def keep(n: int) -> None:
        with sqlite3.connect(file) as c:
            c.execute("VACUUM INTO ?", (str(folder / f"stage-{n}.sqlite"),))
        c.close()

    shelf = Shelf(keep, lambda n: put_back(folder / f"stage-{n}.sqlite"))
    return Installation(app, lambda: put_back(empty), shelf)


# Triggers and foreign keys are the business of tests, not of clearing up after them; hence replica.
FUNCTION = """
CREATE FUNCTION hall_test_{name} RETURNS void LANGUAGE plpgsql
SET session_replication_role = replica SET lock_timeout = '10s' AS $$
DECLARE t record; used boolean;
BEGIN
  {first}
  FOR t IN SELECT c.relname AS name, pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS seq
           FROM pg_class c
           LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id'
           WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  LOOP
    {each}
  END LOOP;
END $$
"""
USED = (
    "EXECUTE format('SELECT EXISTS(SELECT 1 FROM %I)', t.name) INTO used; CONTINUE WHEN NOT used;"
)
RESET = FUNCTION.format(
    name="reset()",
    first="",
    each=f"""{USED}
    EXECUTE format('DELETE FROM %I', t.name);
    IF t.seq IS NOT NULL THEN PERFORM setval(t.seq, 1, false); END IF;""",
)
KEEP = FUNCTION.format(
    name="keep(stage text)",
    first="EXECUTE format('CREATE SCHEMA %I', stage);",
    each=f"""{USED}
    EXECUTE format('CREATE TABLE %I.%I AS TABLE %I', stage, t.name, t.name);""",
)
RESTORE = FUNCTION.format(
    name="restore(stage text)",
    first="",
    each="""CONTINUE WHEN to_regclass(format('%I.%I', stage, t.name)) IS NULL;
    EXECUTE format('INSERT INTO %I OVERRIDING SYSTEM VALUE TABLE %I.%I', t.name, stage, t.name);
    IF t.seq IS NOT NULL THEN
      EXECUTE format('SELECT setval(%L, max(id)) FROM %I', t.seq, t.name);
    END IF;""",
)


def _postgresql(folder: Path, server: str, worker: str) -> Installation:
    app = _make_app(_settings(folder, make_database(server, f"hall_{worker}")))
    with app.app_context():
        _make_schema()
        engine = db.engine
    with engine.begin() as c:
        for function in (RESET, KEEP, RESTORE):
            c.execute(text(function))

    def run(call: str) -> None:
        with engine.begin() as c:
            c.execute(text(f"SELECT hall_test_{call}"))

    shelf = Shelf(lambda n: run(f"keep('stage_{n}')"), lambda n: run(f"restore('stage_{n}')"))
    return Installation(app, lambda: run("reset()"), shelf)


@pytest.fixture(scope="session")
def installations(
    tmp_path_factory: pytest.TempPathFactory, postgres_folder: str, worker: str
) -> Iterator[dict[str, Installation]]:
    """Both installations of this test process."""
    made = {
        "sqlite": _sqlite(tmp_path_factory.mktemp("sqlite")),
        "postgresql": _postgresql(tmp_path_factory.mktemp("postgresql"), postgres_folder, worker),
    }
    compiled = (
        Path(postgres_folder) / "templates"
    )  # a run's workers compile a template once between them
    compiled.mkdir(exist_ok=True)
    for one in made.values():
        one.app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    yield made
    for one in made.values():
        with one.app.app_context():
            db.engine.dispose()


@pytest.fixture(params=KINDS)
def app(
    request: pytest.FixtureRequest, installations: dict[str, Installation], now
) -> Iterator[Flask]:
    """The application on an empty database, once on each kind, inside an application context."""
    one = installations[request.param]
    one.reset()
    with one.app.app_context(), on_shelf(one.shelf):
        yield one.app


@pytest.fixture
def engine(app: Flask) -> Engine:
    """The engine of the application under test."""
    return db.engine


class Browser(FlaskClient):
    """A client whose every request has an application context of its own, as on a server.

    Without it, g and the database session would be shared with the test and with the next request.
    """

    def open(self, *args, **kwargs):
        db.session.rollback()  # what the test read before must not be a stale snapshot after
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.rollback()
        return response


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, signed out."""
    return app.test_client()


# --- time ------------------------------------------------------------------------------------


@dataclass
class Clock:
    """The moved clock: call it with an instant to go to, or a span to let pass."""

    now: datetime = START

    def __call__(self, to: datetime | timedelta) -> datetime:
        self.now = self.now + to if isinstance(to, timedelta) else to.astimezone(UTC)
        return self.now


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Moves the project's one clock: travel(datetime) goes there, travel(timedelta) lets it pass."""
    it = Clock()
    monkeypatch.setattr(clock, "now", lambda: it.now)
    return it


@pytest.fixture
def now(travel: Clock) -> datetime:
    """The instant at which a test begins: Wednesday 6 May 2026, 10:00 in Shanghai."""
    return travel.now


# --- answers without their pages ---------------------------------------------------------------


@pytest.fixture
def short_errors(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """short_errors(): from now on an error page is its number alone.

    Writing the page is most of what a refusal costs. For tests that ask thousands of addresses for
    the number only, after they have seen the page of each address once.
    """

    def shorten() -> None:
        monkeypatch.setattr(errors, "page", lambda _name, status, /, **_: Response("", status))

    return shorten


# --- measuring -------------------------------------------------------------------------------

_NOT_QUERIES = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "PRAGMA")


@dataclass
class Queries:
    """The statements that reached the database."""

    statements: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)


@pytest.fixture
def count_queries():
    """with count_queries() as q: … ; q.count statements reached the database, q.statements."""

    @contextmanager
    def counting() -> Iterator[Queries]:
        seen = Queries()

        def note(_conn, _cursor, statement, *_rest) -> None:
            if not statement.lstrip().upper().startswith(_NOT_QUERIES):
                seen.statements.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return counting
