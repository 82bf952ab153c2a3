"""hall demo: two estates that never existed like this, loaded through the real services.

Every date is relative to today, so that there is always a voting open. Persons are invented.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from hall.settings import BadSettings, Settings, load_settings

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Engine


def add_to(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("demo", help="load the demo's two estates / 载入演示数据")
    parser.add_argument(
        "--reset",
        action="store_true",
        help="throw the demo's data away first; refuses when a real estate is there / 先清空演示数据",
    )
    parser.set_defaults(run=command)


def command(args: argparse.Namespace) -> int:
    """hall demo [--reset]."""
    from hall.cli import db

    settings = load_settings()
    if args.reset:
        clear(settings)
    db.upgrade(settings)
    print("正在载入演示数据 / Loading the demo …", flush=True)
    load(settings)
    print(who_can_sign_in(settings))
    return 0


def load(settings: Settings) -> None:
    """Fill an empty database. Raises BadSettings when anything is in it already."""
    from hall import clock
    from hall.app import create_app
    from hall.cli.demo import stage
    from hall.db import db

    app = create_app(settings)
    with app.app_context():
        try:
            if stage.is_used():
                raise BadSettings(
                    "数据库里已有数据，没有载入演示；只有演示数据时可以用 make demo 重来。\n"
                    "The database is in use, nothing was loaded; "
                    "if it only holds the demo, run make demo."
                )
            fill(clock.now())
        finally:
            db.session.remove()
            db.engine.dispose()


def fill(now: datetime) -> None:
    """Write both estates, dated back from now, inside an application context."""
    from hall.cli.demo import qingyin, stage, xiangcheng
    from hall.notices import service as notices

    xiangcheng.load(now)
    qingyin.load(now)
    for _ in range(1 + stage.acts() // notices.BATCH):  # everybody's inbox, as the ticker fills it
        notices.deliver(now=now)


def clear(settings: Settings) -> None:
    """Remove every table of a database that holds nothing but the demo. Raises BadSettings."""
    from hall import migrations

    engine = migrations.engine_for(settings.database_url)
    try:
        if _holds_more_than_demo(engine):
            raise BadSettings(
                "数据库里有真实小区，不能清空；演示请换一个数据目录：HALL_INSTANCE=另一个文件夹 make run\n"
                "The database holds a real estate and is left alone; run the demo elsewhere: "
                "HALL_INSTANCE=another/folder make run"
            )
        _drop_everything(engine)
    finally:
        engine.dispose()


def who_can_sign_in(settings: Settings) -> str:
    """The demo's accounts as text; empty when the database does not hold the demo."""
    from sqlalchemy import bindparam, text
    from sqlalchemy.exc import DBAPIError

    from hall import migrations
    from hall.cli.demo.accounts import ACCOUNTS, PASSWORD

    engine = migrations.engine_for(settings.database_url)
    query = text(
        "SELECT username, name FROM account WHERE username IN :logins"
        " AND EXISTS (SELECT 1 FROM estate WHERE demo)"
    ).bindparams(bindparam("logins", expanding=True))
    try:
        with engine.connect() as c:
            rows = c.execute(query, {"logins": [a.login for a in ACCOUNTS]})
            names: dict[str, str] = dict(rows.all())
    except DBAPIError:
        return ""
    finally:
        engine.dispose()
    if not names:
        return ""
    lines = [f"  演示账号，密码都是 {PASSWORD} / demo accounts, all with this password:", ""]
    for a in ACCOUNTS:
        if a.login in names:
            lines.append(f"    {a.login:<11} {names[a.login]} · {a.zh} / {a.en}")
    lines += ["", "  仅供演示，请勿用于真实小区 / for demonstration only", ""]
    return "\n".join(lines)


def _holds_more_than_demo(engine: Engine) -> bool:
    from sqlalchemy import inspect, text

    if not inspect(engine).has_table("estate"):
        return False
    with engine.connect() as c:
        return bool(c.execute(text("SELECT count(*) FROM estate WHERE NOT demo")).scalar())


def _drop_everything(engine: Engine) -> None:
    from sqlalchemy import MetaData

    found = MetaData()
    with engine.connect().execution_options(hall_write=True) as c:
        found.reflect(c)
    with engine.connect() as c:
        if c.dialect.name == "sqlite":
            _drop_sqlite(c, list(found.tables))
        else:
            with c.begin():
                for name in found.tables:
                    c.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}" CASCADE')


def _drop_sqlite(c: Connection, tables: list[str]) -> None:
    # Not inside a transaction: there the pragma has no effect, and tables refer to each other.
    raw = c.connection.dbapi_connection
    if raw is None:
        raise RuntimeError("not connected")
    cursor = raw.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    for name in tables:
        cursor.execute(f'DROP TABLE IF EXISTS "{name}"')
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
