"""A great deal of data, written by the database itself: it only has to be there, and to fit."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from hall.db import db

NUMBERS = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
    " SELECT i FROM n) AS n",
    "postgresql": "generate_series(0, {last}) AS n(i)",
}


def _begin(connection: Connection) -> None:
    """References are not what is measured; the tests hold them."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET session_replication_role = replica")


def fill(statements: list[str], values: dict[str, object]) -> None:
    """Run the statements in one transaction; {numbers:N} is a table of 0 … N-1 with a column i."""
    kind = db.engine.dialect.name
    db.session.rollback()
    db.engine.dispose()
    with db.engine.connect().execution_options(hall_write=True) as c:
        if kind == "sqlite":
            c.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        _begin(c)
        for statement in statements:
            c.execute(text(statement), values)
        c.commit()
        c.exec_driver_sql("ANALYZE")
        c.commit()
    db.engine.dispose()


def numbers(many: int) -> str:
    """A table of 0 … many-1 with a column i, named n."""
    return NUMBERS[db.engine.dialect.name].format(last=many - 1)


BALLOT, QUESTION, OPTIONS = 900_000, 900_000, (900_001, 900_002, 900_003)


def sheets(many: int) -> None:
    """A closed ballot of one motion (BALLOT, QUESTION, OPTIONS) with that many sheets of one mark."""
    n = numbers(many)
    low = "9000000"
    sqlite = db.engine.dialect.name == "sqlite"
    choice = " ".join(
        f"WHEN i % 10 < {k} THEN {o}" for k, o in zip((6, 9, 10), OPTIONS, strict=True)
    )
    receipt = "printf('R%011d', i)" if sqlite else "to_char(i, 'FM00000000000')"
    labels = zip(OPTIONS, (("同意", "for"), ("反对", "against"), ("弃权", "abstain")), strict=True)
    fill(
        [
            f"INSERT INTO frozen_roll (id, estate_id, electorate, scope, frozen_at, digest, entries,"
            f" heads, area_cm2) SELECT {BALLOT}, min(id), 'owners', '{{}}', :now, '', {many}, {many},"
            f" {many * 2000000} FROM estate",
            f"INSERT INTO ballot (id, estate_id, n, kind, title, summary, details, scope, electorate,"
            f" channels, convener, contact, replaceable, open_at, close_at, created_at, revision,"
            f" noticed_at, frozen_roll_id, digest) SELECT {BALLOT}, min(id), {BALLOT}, 'advisory',"
            f" '百万张票', '', '', '{{}}', 'owners', '[\"online\"]', '', '', FALSE, :now, :now, :now,"
            f" 1, :now, {BALLOT}, 'bench' FROM estate",
            f"INSERT INTO question (id, ballot_id, seq, text, detail, method, seats) VALUES"
            f" ({QUESTION}, {BALLOT}, 1, '是否同意', '', 'motion', 1)",
            *(
                f"INSERT INTO option (id, question_id, seq, label, detail, kind) VALUES"
                f" ({i}, {QUESTION}, {i - OPTIONS[0] + 1}, '{label}', '', '{kind}')"
                for i, (label, kind) in labels
            ),
            f"INSERT INTO sheet (id, ballot_id, entry_id, building_id, heads, area_cm2, channel,"
            f" account_id, person_id, as_who, cast_at, request_key, receipt, active)"
            f" SELECT {low} + i, {BALLOT}, {low} + i, i % 60, 1, 700000 + i % 600000, 'online',"
            f" i, i, 'owner', :now, {receipt}, {receipt}, TRUE FROM {n}",
            f"INSERT INTO sheet_mark (sheet_id, option_id, question_id, heads, area_cm2)"
            f" SELECT {low} + i, CASE {choice} END, {QUESTION}, 1, 700000 + i % 600000 FROM {n}",
        ],
        {"now": _now()},
    )


def neighbours(estates: int, entries: int) -> None:
    """That many estates more in the installation, each with its share of frozen roll entries."""
    n, each = numbers(estates), entries // estates
    hexes = (
        "printf('%064d', i)"
        if db.engine.dialect.name == "sqlite"
        else "lpad(CAST(i AS text), 64, '0')"
    )
    low = "5000000"
    fill(
        [
            f"INSERT INTO estate (id, community_id, slug, name, short_name, theme, policy, households,"
            f" phone, has_committee, organizer, organizer_basis, profile, demo, online_clause,"
            f" street_confirmation, created_at) SELECT {low} + i, (SELECT min(id) FROM community),"
            f" 'n' || i, '邻居' || i, '邻', '', '', {each}, '', TRUE, '业主委员会', '', 'CN-2021',"
            f" TRUE, '', '', :now FROM {n}",
            f"INSERT INTO building (id, estate_id, name, sort) SELECT {low} + i, {low} + i, '1栋', 1"
            f" FROM {n}",
            f"INSERT INTO frozen_roll (id, estate_id, electorate, scope, frozen_at, digest, entries,"
            f" heads, area_cm2) SELECT {low} + i, {low} + i, 'owners', '{{}}', :now, {hexes}, {each},"
            f" {each}, {each * 900000} FROM {n}",
            f"INSERT INTO roll_entry (id, frozen_roll_id, n, owner_key, kind, heads, area_cm2,"
            f" building_id, label) SELECT {low} + i, {low} + i / {each}, i % {each}, {hexes}, 'owner',"
            f" 1, 900000, {low} + i / {each}, '1栋' || i FROM {numbers(entries)}",
            f"INSERT INTO roll_entry_holder (id, entry_id, person_id) SELECT {low} + i, {low} + i,"
            f" {low} + i FROM {numbers(entries)}",
        ],
        {"now": _now()},
    )


def timed(statement: str, **values: object) -> float:
    """Seconds a statement takes, its rows fetched."""
    with db.engine.connect() as c:
        began = time.perf_counter()
        c.execute(text(statement), values).all()
        return time.perf_counter() - began


def _now() -> datetime | str:
    now = datetime.now(UTC)
    return now.strftime("%Y-%m-%d %H:%M:%S.%f") if db.engine.dialect.name == "sqlite" else now
