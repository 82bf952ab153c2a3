"""Reads of an estate's rule sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from hall.db import db
from hall.rulesets.models import RuleSetVersion


@dataclass(frozen=True, slots=True)
class RuleSetRow:
    """One version of an estate's rules; config is canonical JSON (rules.from_json reads it)."""

    version: int
    preset: str
    clauses: str
    config: str
    digest: str
    effective_on: date
    drafted_by: int | None
    drafted_at: datetime
    confirmed_by: int | None
    confirmed_at: datetime | None


def active(estate_id: int, on: date) -> RuleSetRow | None:
    """The newest confirmed version effective on a day; without one the newest draft, else None."""
    rows = [r for r in every(estate_id) if r.effective_on <= on]
    confirmed = [r for r in rows if r.confirmed_at is not None]
    return next(iter(confirmed or rows), None)


def every(estate_id: int) -> tuple[RuleSetRow, ...]:
    """All versions of an estate, newest first."""
    t = RuleSetVersion.__table__.c
    rows: Iterable[Any] = db.session.connection().execute(
        select(
            t.version,
            t.preset,
            t.clauses,
            t.config,
            t.digest,
            t.effective_on,
            t.drafted_by,
            t.drafted_at,
            t.confirmed_by,
            t.confirmed_at,
        )
        .where(t.estate_id == estate_id)
        .order_by(t.version.desc())
    )
    return tuple(RuleSetRow(*r) for r in rows)


def find(estate_id: int, version: int) -> RuleSetRow | None:
    """One version, or None."""
    return next((r for r in every(estate_id) if r.version == version), None)
