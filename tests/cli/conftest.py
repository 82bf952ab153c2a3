"""The filled demo, loaded once for the whole run: each worker takes a copy of its own."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from hall.cli import db as db_command
from hall.cli import demo
from hall.settings import Settings
from tests.conftest import SECRET
from tests.postgres import dsn, make_database, url

LOADED = "demo_loaded"  # the database nobody connects to, so that it can be copied


def installed(folder: Path, address: str) -> Settings:
    """Settings of an installation in that folder."""
    return Settings(instance=folder, database_url=address, secret_key=SECRET)


def _load(folder: Path, address: str) -> None:
    settings = installed(folder, address)
    assert db_command.upgrade(settings)
    demo.load(settings)


@pytest.fixture(scope="session")
def loaded(
    tmp_path_factory: pytest.TempPathFactory, postgres_folder: str, worker: str
) -> Callable[[str], Settings]:
    """loaded(kind): settings of an installation of this process that holds the demo."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker == "main" else base.parent
    made: dict[str, Settings] = {}

    def sqlite(folder: Path) -> str:
        first = shared / "demo-loaded"
        if not first.exists():
            first.mkdir()
            _load(first, f"sqlite:///{first / 'hall.sqlite'}")
        shutil.copyfile(first / "hall.sqlite", folder / "hall.sqlite")
        return f"sqlite:///{folder / 'hall.sqlite'}"

    def postgresql(folder: Path) -> str:
        name = f"demo_{worker}"
        with psycopg.connect(dsn(postgres_folder, "postgres"), autocommit=True) as c:
            found = c.execute("SELECT 1 FROM pg_database WHERE datname = %s", [LOADED]).fetchone()
            if not found:
                _load(folder, make_database(postgres_folder, LOADED))
            c.execute(f'CREATE DATABASE "{name}" TEMPLATE "{LOADED}"')
        return url(postgres_folder, name)

    def get(kind: str) -> Settings:
        if kind not in made:
            folder = tmp_path_factory.mktemp(kind)
            with open(shared / f"demo-{kind}.lock", "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                address = sqlite(folder) if kind == "sqlite" else postgresql(folder)
            made[kind] = installed(folder, address)
        return made[kind]

    return get
