"""Keeping an installation going: upgrade, check, backup, what time does by itself, serving."""

from __future__ import annotations

import sqlite3
import stat
import threading

import pytest

from hall import migrations
from hall.cli import main, serve, tick
from hall.cli.tick import Ticker
from hall.db import db
from hall.resolutions import service as resolutions
from hall.settings import load_settings
from tests.conftest import SECRET


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """A data folder of its own, as a person at the command line has it."""
    monkeypatch.setenv("HALL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("HALL_SECRET_KEY", SECRET)
    monkeypatch.delenv("HALL_DATABASE_URL", raising=False)
    return tmp_path


def test_upgrade_then_check_then_nothing_to_do(installation, capsys):
    assert main(["db", "check"]) == 1
    assert main(["db", "upgrade"]) == 0
    assert "upgraded" in capsys.readouterr().out
    assert main(["db", "upgrade"]) == 0
    assert "already" in capsys.readouterr().out
    assert main(["db", "check"]) == 0


def test_check_tells_a_broken_reference(installation, capsys):
    main(["db", "upgrade"])
    with sqlite3.connect(installation / "hall.sqlite") as c:
        c.execute("INSERT INTO community (street_id, name, phone) VALUES (99, '测试', '')")
    c.close()
    assert main(["db", "check"]) == 1
    assert "street" in capsys.readouterr().err


def test_an_unreleased_database_is_refused_in_a_sentence(installation, capsys):
    main(["db", "upgrade"])
    with sqlite3.connect(installation / "hall.sqlite") as c:
        c.execute("UPDATE alembic_version SET version_num = '0001_00000000'")
    c.close()
    assert main(["db", "upgrade"]) == 2
    assert "make demo" in capsys.readouterr().err


def test_a_backup_is_whole_private_and_never_overwrites(installation, capsys):
    main(["db", "upgrade"])
    target = installation / "copy.sqlite"
    assert main(["db", "backup", str(target)]) == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    copy = sqlite3.connect(target)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (
        migrations.head(),
    )
    copy.close()
    assert main(["db", "backup", str(target)]) == 1
    assert main(["db", "backup", str(installation / "no" / "folder.sqlite")]) == 1
    assert not (installation / "no").exists()


def test_postgresql_is_told_its_own_tool(installation, monkeypatch, capsys):
    monkeypatch.setenv("HALL_DATABASE_URL", "postgresql://localhost/hall")
    assert main(["db", "backup", str(installation / "x")]) == 2
    assert "pg_dump" in capsys.readouterr().err


def test_one_worker_ticks_and_another_takes_over(app, tmp_path, monkeypatch, now):
    seen: list[object] = []
    ticked = threading.Event()

    def fake(*, now):
        seen.append(now)
        ticked.set()

    monkeypatch.setattr(resolutions, "tick", fake)
    lock = tmp_path / "ticker.lock"
    first, second = Ticker(app, lock, 0.01), Ticker(app, lock, 0.01)
    assert first._mine()
    assert not second._mine()
    first.start()
    assert ticked.wait(30)
    first.stop()
    first.join(30)
    assert set(seen) == {now}
    first._lock.close()  # what the system does when a worker dies
    assert second._mine()
    second._lock.close()


def test_a_tick_that_fails_is_tried_again(app, tmp_path, monkeypatch, caplog):
    calls = threading.Semaphore(0)

    def fails(*, now):
        calls.release()
        raise RuntimeError("disk full")

    monkeypatch.setattr(resolutions, "tick", fails)
    ticker = Ticker(app, tmp_path / "ticker.lock", 0.01)
    ticker.start()
    assert calls.acquire(timeout=30)
    assert calls.acquire(timeout=30)
    ticker.stop()
    ticker.join(30)
    ticker._lock.close()
    assert "disk full" in caplog.text


def test_once_does_what_is_due(app, now):
    tick.once(app)
    db.session.rollback()


def test_a_port_that_is_free_has_no_fault():
    assert serve.port_fault("127.0.0.1", 0) is None
    assert "99999" in serve.port_fault("127.0.0.1", 99999)


@pytest.mark.parametrize(
    ("env", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"HALL_PORT": "8010"}, "http://127.0.0.1:8010"),
        ({"HALL_HOST": "0.0.0.0", "HALL_PORT": "80"}, "http://127.0.0.1:80"),
        ({"HALL_HOST": "::1", "HALL_PORT": "x"}, "http://[::1]:8000"),
        ({"HALL_PORT": "8010", "HALL_PUBLIC_URL": "https://h.example"}, "https://h.example"),
    ],
)
def test_papers_lead_to_where_the_pages_are_served(tmp_path, env, address):
    assert load_settings(env, instance=tmp_path, secret_key=SECRET).public_url == address
