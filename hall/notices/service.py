"""The inbox is filled from the journal, in its order, once for each act and person concerned."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import insert, select, update

from hall.db import atomic, db
from hall.errors import NotFound
from hall.journal.models import JournalEntry
from hall.journal.queries import JournalRow
from hall.notices.asked import ASKED, Asked, asked_of
from hall.notices.audience import TOLD, News, news_of
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
        made = sum(_tell(e) for e in entries if e.id not in told and e.action in TOLD | ASKED)
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
    act = JournalRow(e.id, e.at, e.actor, e.action, e.entity, e.entity_id, json.loads(e.facts))
    found = _told(act, e.estate_id)
    found.pop(e.account_id or 0, None)
    if found:
        shared = {"estate_id": e.estate_id, "journal_id": e.id, "code": e.action, "at": e.at}
        db.session.execute(
            insert(Notice),
            [shared | {"account_id": account} | found[account] for account in sorted(found)],
        )
    return len(found)


def _told(act: JournalRow, estate_id: int) -> dict[int, dict[str, str]]:
    """What each account is told of an act; who is concerned himself and for a body is told once."""
    found: dict[int, dict[str, str]] = {}
    asked = asked_of(act, estate_id)
    if asked is not None:
        for account, body in asked.to.items():
            found[account] = _row(asked, dict(asked.facts) | {"to_body": body})
    news = news_of(act)
    if news is not None:
        row = _row(news, dict(news.facts))
        for account in news.accounts:
            # What a body has to do goes first; an invitation is meant for the person himself.
            if account not in found or act.action == "meetings.noticed":
                found[account] = row
    return found


def _row(news: News | Asked, facts: dict[str, object]) -> dict[str, str]:
    return {
        "subject": news.subject,
        "subject_n": news.subject_n,
        "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True),
    }
