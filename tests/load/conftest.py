"""Servers on either database, for tests that load or kill them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from hall.db import db
from tests.conftest import SECRET
from tests.load.servers import Servers


@pytest.fixture
def servers(app, tmp_path: Path) -> Iterator[Servers]:
    """The real server on the test's database; the test's own connections are let go first."""
    url = db.engine.url.render_as_string(hide_password=False)
    running = Servers(tmp_path, url, SECRET)
    yield running
    running.close()


@pytest.fixture
def stored(app) -> Callable[[int], dict[int, tuple[str, str, tuple[int, ...]]]]:
    """stored(ballot_id): entry id -> (receipt code, request key, option ids) of every active sheet."""
    from sqlalchemy import select

    from hall.ballots.models import Sheet, SheetMark

    def read(ballot_id: int) -> dict[int, tuple[str, str, tuple[int, ...]]]:
        db.session.rollback()
        marks: dict[int, list[int]] = {}
        rows = db.session.execute(select(SheetMark.sheet_id, SheetMark.option_id))
        for sheet_id, option_id in rows:
            marks.setdefault(sheet_id, []).append(option_id)
        found: dict[int, tuple[str, str, tuple[int, ...]]] = {}
        for sheet in db.session.execute(
            select(Sheet.id, Sheet.entry_id, Sheet.receipt, Sheet.request_key).where(
                Sheet.ballot_id == ballot_id, Sheet.active
            )
        ):
            assert sheet.entry_id not in found, "an entry is counted twice"
            chosen = tuple(sorted(marks.get(sheet.id, ())))
            found[sheet.entry_id] = (sheet.receipt, sheet.request_key, chosen)
        return found

    return read


KEPT = "SELECT entry_id, receipt FROM sheet WHERE active"


@pytest.fixture
def on_disk(app, tmp_path: Path) -> Callable[[], dict[int, str]]:
    """on_disk(): entry id -> receipt code of every active sheet a server that was killed has left.

    SQLite is read from a copy of its files: whoever opened them would repair them, and that is
    what the next server must do.
    """

    def copied() -> dict[int, str]:
        file, copy = Path(db.engine.url.database), tmp_path / "left.sqlite"
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{file}{suffix}", f"{copy}{suffix}")
        Path(f"{copy}-shm").unlink(missing_ok=True)
        with closing(sqlite3.connect(copy)) as c:
            c.execute("PRAGMA synchronous=OFF")  # a copy nobody will miss
            return dict(c.execute(KEPT).fetchall())

    def asked() -> dict[int, str]:
        with db.engine.connect() as c:
            return dict(c.execute(text(KEPT)).all())

    return copied if db.engine.dialect.name == "sqlite" else asked
