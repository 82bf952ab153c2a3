"""The inbox is filled from the journal, in its order, once for each act and person concerned."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import insert, select, update

from hall.db import atomic, db
from hall.errors import NotFound
from hall.journal.models import JournalEntry
from hall.journal.queries import JournalRow
from hall.notices.audience import TOLD, news_of
from hall.notices.models import Notice, NoticeCursor
from hall.permissions import Actor

BATCH = 200
# An act may be committed after a younger one: the last ones are looked at again.
OVERLAP = 50


def deliver(*, now: datetime) -> int:
    """Tell the acts the journal has gained since the last time; returns how many notices were made.

    Never to who acted; an act already told is not told again. One bounded batch a call.
    """
    with atomic():
        cursor = db.session.scalar(
            select(NoticeCursor).where(NoticeCursor.id == 1).with_for_update()
        )
        if cursor is None:
            cursor = NoticeCursor(id=1, journal_id=0)
            db.session.add(cursor)
            db.session.flush()
        entries = (
            db.session.execute(
                select(JournalEntry)
                .where(JournalEntry.id > cursor.journal_id - OVERLAP)
                .order_by(JournalEntry.id)
                .limit(BATCH + OVERLAP)
            )
            .scalars()
            .all()
        )
        told = set(
            db.session.scalars(
                select(Notice.journal_id)
                .where(Notice.journal_id > cursor.journal_id - OVERLAP)
                .distinct()
            )
        )
        made = sum(_tell(e) for e in entries if e.id not in told and e.action in TOLD)
        if entries:
            cursor.journal_id = max(cursor.journal_id, entries[-1].id)
        return made


def read(actor: Actor, estate_id: int, notice_id: int, *, now: datetime) -> None:
    """Mark one's own notice as read; twice is harmless. Raises NotFound for anybody else's."""
    with atomic():
        row = db.session.scalar(
            select(Notice).where(
                Notice.id == notice_id,
                Notice.estate_id == estate_id,
                Notice.account_id == actor.account_id,
            )
        )
        if row is None or actor.account_id is None:
            raise NotFound("notice")
        if row.read_at is None:
            row.read_at = now


def read_all(actor: Actor, estate_id: int, *, now: datetime) -> None:
    """Mark all of one's own notices in an estate as read."""
    with atomic():
        db.session.execute(
            update(Notice)
            .where(
                Notice.account_id == actor.account_id,
                Notice.estate_id == estate_id,
                Notice.read_at.is_(None),
            )
            .values(read_at=now)
        )


def _tell(e: JournalEntry) -> int:
    if e.estate_id is None:
        return 0
    facts = json.loads(e.facts)
    news = news_of(JournalRow(e.id, e.at, e.actor, e.action, e.entity, e.entity_id, facts))
    if news is None:
        return 0
    accounts = sorted(news.accounts - {e.account_id})
    if accounts:
        db.session.execute(
            insert(Notice),
            [
                {
                    "account_id": account,
                    "estate_id": e.estate_id,
                    "journal_id": e.id,
                    "code": e.action,
                    "subject": news.subject,
                    "subject_n": news.subject_n,
                    "facts": json.dumps(dict(news.facts), ensure_ascii=False, sort_keys=True),
                    "at": e.at,
                }
                for account in accounts
            ],
        )
    return len(accounts)
