"""hall db: bring the database up to date, check it, copy it while it is in use."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from hall.settings import BadSettings, Settings, load_settings

BUSY_SECONDS = 10


def add_to(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Describe the command."""
    top = subparsers.add_parser("db", help="upgrade, check or back up the database / 数据库维护")
    verbs = top.add_subparsers(metavar="VERB", required=True)
    verbs.add_parser("upgrade", help="to the tables of this version / 升级到本版本").set_defaults(
        run=lambda _: upgrade_command()
    )
    verbs.add_parser("check", help="is it whole and current? / 检查是否完好").set_defaults(
        run=lambda _: check()
    )
    backup_parser = verbs.add_parser("backup", help="copy it to a new file / 备份到新文件")
    backup_parser.add_argument("file", type=Path)
    backup_parser.set_defaults(run=lambda args: backup(args.file))
    verbs.add_parser("migration", help="(developers) write the migration anew").set_defaults(
        run=lambda _: migration()
    )


def sqlite_file(settings: Settings) -> Path | None:
    """The file of a SQLite database, None for another kind."""
    head, _, path = settings.database_url.partition(":///")
    return Path(unquote(path)) if head.startswith("sqlite") and path else None


def upgrade(settings: Settings) -> bool:
    """Bring the database to this version; True when anything was done. Raises BadSettings."""
    from hall import migrations

    if _is_current(settings, migrations.head()):
        return False
    from sqlalchemy.exc import OperationalError

    engine = migrations.engine_for(settings.database_url)
    try:
        return migrations.upgrade(engine)
    except OperationalError as e:
        raise BadSettings(f"无法打开数据库 / cannot open the database: {e.orig}") from e
    except migrations.Unreleased as e:
        raise BadSettings(
            f"数据库是未发布的旧版本（{e}）建立的，无法升级；演示数据可用 make demo 重建。\n"
            f"The database was made by an unreleased version ({e}) and cannot be upgraded; "
            "if it only holds the demo, run make demo."
        ) from e
    finally:
        engine.dispose()


def _is_current(settings: Settings, head: str) -> bool:
    """Quick look into a SQLite file without the database libraries (a second start is fast)."""
    file = sqlite_file(settings)
    if file is None or not file.is_file():
        return False
    try:
        connection = sqlite3.connect(file, timeout=BUSY_SECONDS)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return bool(row) and row[0] == head


def upgrade_command() -> int:
    """hall db upgrade."""
    done = upgrade(load_settings())
    print("数据库已升级 / upgraded" if done else "数据库已是最新 / already up to date")
    return 0


def check() -> int:
    """hall db check: 0 when the database is whole and of this version, else 1 and why."""
    from sqlalchemy import text

    from hall import migrations

    settings = load_settings()
    engine = migrations.engine_for(settings.database_url)
    faults = []
    try:
        at = migrations.current(engine)
        if at != migrations.head():
            faults.append(f"revision {at}, expected {migrations.head()} / 版本不符")
        if engine.dialect.name == "sqlite":
            with engine.connect() as c:
                faults += [r[0] for r in c.execute(text("PRAGMA integrity_check")) if r[0] != "ok"]
                broken = c.execute(text("PRAGMA foreign_key_check")).all()
                faults += [f"{r[0]} row {r[1]} refers to a missing {r[2]}" for r in broken]
    finally:
        engine.dispose()
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print("数据库完好 / the database is whole and current")
    return 1 if faults else 0


def backup(target: Path) -> int:
    """hall db backup FILE: a consistent copy of a SQLite database in use, readable by its owner only."""
    file = sqlite_file(load_settings())
    if file is None:
        print("PostgreSQL: pg_dump --format=custom --file=FILE DATABASE", file=sys.stderr)
        return 2
    if target.exists():
        print(f"{target} 已存在，请换一个文件名 / already exists", file=sys.stderr)
        return 1
    if not file.is_file():
        print(f"{file} 不存在 / does not exist", file=sys.stderr)
        return 1
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlite3.connect(file, timeout=BUSY_SECONDS)
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        finally:
            connection.close()
        with target.open("rb") as f:
            os.fsync(f.fileno())
    except (OSError, sqlite3.Error) as e:
        target.unlink(missing_ok=True)
        print(f"备份失败 / backup failed: {e}", file=sys.stderr)
        return 1
    print(f"已备份到 / saved to {target}")
    return 0


def migration() -> int:
    """hall db migration: write 0001_initial.py anew (before the first release only)."""
    import subprocess

    from hall import migrations

    path = migrations.write_initial()
    for verb in ("check --fix", "format"):
        subprocess.run(  # noqa: S603 (our own words)
            [sys.executable, "-m", "ruff", *verb.split(), "--quiet", str(path)], check=True
        )
    print(path)
    return 0
