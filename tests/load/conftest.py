"""Servers on either database, for tests that load or kill them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
