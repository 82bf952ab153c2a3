"""Handing in a file: checked, made anew, stored with the estate's data."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import func, select

from hall.db import atomic, db
from hall.errors import Blocker, refuse_if
from hall.files import rules
from hall.files.models import StoredFile
from hall.files.reader import remake
from hall.journal.service import record
from hall.permissions import Action, Actor, require


def hand_in(actor: Actor, estate_id: int, filename: str, data: bytes, *, now: datetime) -> int:
    """Store a picture or a PDF of at most 5 MiB, made anew; returns its id. Anybody may then read it.

    The same content from the same account is stored once. Raises Forbidden, Refused: file_empty,
    file_too_large, file_kind_refused, file_broken, file_encrypted, file_too_many_pixels,
    file_too_many_pages, file_grows, file_too_costly, file_too_many_a_day.
    """
    require(actor, Action.HAND_IN_FILE, estate_id)
    refuse_if(rules.hand_in_blockers(data))
    refuse_if(_flood(actor, now))
    # Before the transaction: reading may take a second, and nobody should wait for it.
    made = remake(data)
    digest = hashlib.sha256(made.content).hexdigest()
    with atomic() as session:
        held = session.scalar(
            select(StoredFile.id).where(
                StoredFile.estate_id == estate_id,
                StoredFile.account_id == actor.account_id,
                StoredFile.digest == digest,
            )
        )
        if held is not None:
            return held
        row = StoredFile(
            estate_id=estate_id,
            name=rules.clean_name(filename, made.extension),
            kind=made.kind,
            media=made.media,
            size=len(made.content),
            pages=made.pages,
            width=made.width,
            height=made.height,
            digest=digest,
            content=made.content,
            account_id=actor.account_id,
            created_at=now,
        )
        session.add(row)
        session.flush()
        record(
            actor,
            "files.handed_in",
            "stored_file",
            row.id,
            estate_id=estate_id,
            now=now,
            name=row.name,
            sha256=digest,
        )
        return row.id


def _flood(actor: Actor, now: datetime) -> list[Blocker]:
    """At most 60 files of one account in 24 hours."""
    since = now - timedelta(days=1)
    count, first = db.session.execute(
        select(func.count(), func.min(StoredFile.created_at)).where(
            StoredFile.account_id == actor.account_id, StoredFile.created_at > since
        )
    ).one()
    if count < rules.A_DAY:
        return []
    return [
        Blocker("file_too_many_a_day", {"most": rules.A_DAY}, not_before=first + timedelta(days=1))
    ]
