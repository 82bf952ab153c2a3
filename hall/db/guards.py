"""Triggers behind the code: what is on record is neither changed nor removed, on both databases.

They slow down a mistaken or careless hand at the database, not an operator who means it; against
him stand the published digests. Used by migrations and tests, after the tables exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True)
class Guard:
    """What of a table is fixed: no row goes, and these columns (none named: all) never change.

    once: the column whose value, when it is there, makes a row fixed; before it the row may move.
    """

    table: str
    columns: tuple[str, ...] = ()
    once: str = ""

    @property
    def name(self) -> str:
        """Prefix of the triggers' names."""
        return f"guard_{self.table}"


# Rooms add their tables here; a migration that adds one installs its guard by name.
GUARDS: tuple[Guard, ...] = (
    Guard("journal_entry"),
    Guard("frozen_roll"),
    # current_key follows a sale during the voting (E12); what was frozen does not.
    Guard(
        "roll_entry",
        ("frozen_roll_id", "n", "owner_key", "kind", "heads", "area_cm2", "building_id", "label"),
    ),
    Guard("roll_entry_unit"),
    Guard("roll_entry_holder", ("entry_id", "person_id", "from_at")),
    # A sheet gives way or stands (active, superseded_*); what was cast by whom and when stays.
    Guard(
        "sheet",
        (
            "ballot_id",
            "entry_id",
            "building_id",
            "heads",
            "area_cm2",
            "channel",
            "account_id",
            "person_id",
            "as_who",
            "cast_at",
            "request_key",
            "receipt",
        ),
    ),
    Guard("objection", ("estate_id", "ballot_id", "n", "person_id", "text", "raised_at")),
    Guard("result"),
    Guard("resolution"),
    Guard("resolution_action"),
    Guard("resolution_none"),
    Guard("stored_file"),
    Guard("follow_up_news"),
    # A comment may be edited within its window; who said it when does not change.
    Guard("comment", ("estate_id", "thread_id", "parent_id", "account_id", "name", "written_at")),
    Guard("comment_edit"),
    Guard("answer"),
    Guard("moderation", ("comment_id", "act", "reason", "account_id", "at")),
    Guard("proposal_version"),
    Guard("change"),
    Guard("position"),
    Guard("minutes", once="published_at"),
    Guard("minutes_version"),
    Guard("minutes_correction", ("meeting_id", "invitee_id", "passage", "text", "at", "version_n")),
    Guard("sign_off"),
    Guard("minutes_note"),
)
BY_TABLE: Mapping[str, Guard] = {g.table: g for g in GUARDS}

_FUNCTION = """
CREATE OR REPLACE FUNCTION hall_on_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is on record', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def install(connection: Connection, tables: Iterable[str] | None = None) -> None:
    """Put the guards on these tables (all of them by default); doing it twice changes nothing."""
    guards = GUARDS if tables is None else [BY_TABLE[t] for t in tables]
    if connection.dialect.name == "postgresql":
        connection.execute(text(_FUNCTION))
    for guard in guards:
        _drop(connection, guard)
        for statement in _statements(guard, connection.dialect.name):
            connection.execute(text(statement))


def remove(connection: Connection, tables: Iterable[str]) -> None:
    """Take the guards off these tables, for a migration that rebuilds one."""
    for table in tables:
        _drop(connection, BY_TABLE[table])


def _statements(guard: Guard, dialect: str) -> list[str]:
    of = f" OF {', '.join(guard.columns)}" if guard.columns else ""
    if dialect == "postgresql":
        act = "EXECUTE FUNCTION hall_on_record()"
        each = f"FOR EACH ROW WHEN (OLD.{guard.once} IS NOT NULL)" if guard.once else "FOR EACH ROW"
        return [
            f"CREATE TRIGGER {guard.name}_update BEFORE UPDATE{of} ON {guard.table} {each} {act}",
            f"CREATE TRIGGER {guard.name}_delete BEFORE DELETE ON {guard.table} {each} {act}",
            f"CREATE TRIGGER {guard.name}_truncate BEFORE TRUNCATE ON {guard.table} {act}",
        ]
    when = f"WHEN OLD.{guard.once} IS NOT NULL " if guard.once else ""
    act = f"{when}BEGIN SELECT RAISE(ABORT, '{guard.table} is on record'); END"
    return [
        f"CREATE TRIGGER {guard.name}_update BEFORE UPDATE{of} ON {guard.table} {act}",
        f"CREATE TRIGGER {guard.name}_delete BEFORE DELETE ON {guard.table} {act}",
    ]


def _drop(connection: Connection, guard: Guard) -> None:
    on = f" ON {guard.table}" if connection.dialect.name == "postgresql" else ""
    for event in ("update", "delete", "truncate"):
        connection.execute(text(f"DROP TRIGGER IF EXISTS {guard.name}_{event}{on}"))
