"""Reads for calendars: the meetings of an estate, and those an account is called to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from hall.db import db
from hall.estates import queries as estates
from hall.estates.queries import EstateRow
from hall.meetings.models import CalendarKey, Invitee, Meeting
from hall.meetings.queries.page import rows, select_meetings
from hall.meetings.queries.rows import MeetingRow
from hall.people.models import Account, AccountPerson

MOST = 500  # entries of one calendar, the newest


@dataclass(frozen=True, slots=True)
class Invited:
    """A meeting an account is called to, with its estate."""

    meeting: MeetingRow
    estate: EstateRow


def of_estate(estate_id: int, since: datetime) -> tuple[MeetingRow, ...]:
    """Meetings whose notice went out and that begin at or after an instant, cancelled ones too."""
    return _noticed(Meeting.estate_id == estate_id, since)


def of_account(account_id: int, since: datetime) -> tuple[Invited, ...]:
    """Meetings of every estate that an account, or a person it is, was called to; four queries."""
    persons = select(AccountPerson.person_id).where(AccountPerson.account_id == account_id)
    called = select(Invitee.meeting_id).where(
        or_(Invitee.account_id == account_id, Invitee.person_id.in_(persons))
    )
    found = _noticed(Meeting.id.in_(called), since)
    by_id = {e.id: e for e in estates.every()} if found else {}
    return tuple(Invited(m, by_id[m.estate_id]) for m in found)


def key_of(account_id: int) -> str | None:
    """The key of an account's own calendar, None before it asked for one."""
    return db.session.scalar(
        select(CalendarKey.key).where(
            CalendarKey.account_id == account_id, CalendarKey.revoked_at.is_(None)
        )
    )


def account_of(key: str) -> int | None:
    """Whose calendar a key opens; None for a renewed or unknown key and for a disabled account."""
    return db.session.scalar(
        select(CalendarKey.account_id)
        .join(Account, Account.id == CalendarKey.account_id)
        .where(
            CalendarKey.key == key,
            CalendarKey.revoked_at.is_(None),
            Account.disabled_at.is_(None),
        )
    )


def _noticed(which: ColumnElement[bool], since: datetime) -> tuple[MeetingRow, ...]:
    statement: Any = (
        select_meetings()
        .where(which, Meeting.noticed_at.is_not(None), Meeting.starts_at >= since)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(MOST)
    )
    return tuple(reversed(rows(statement)))
