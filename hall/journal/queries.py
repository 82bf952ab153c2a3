"""Reading the journal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from hall.db import db
from hall.journal.models import JournalEntry


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One act as shown in the log."""

    id: int
    at: datetime
    actor: str
    action: str
    entity: str
    entity_id: int | None
    facts: Mapping[str, object]


def page(estate_id: int, before: int | None = None, limit: int = 50) -> tuple[JournalRow, ...]:
    """Newest first; `before` is the id of the last row seen (keyset paging)."""
    q = select(JournalEntry).where(JournalEntry.estate_id == estate_id)
    if before is not None:
        q = q.where(JournalEntry.id < before)
    return tuple(
        JournalRow(e.id, e.at, e.actor, e.action, e.entity, e.entity_id, json.loads(e.facts))
        for e in db.session.scalars(q.order_by(JournalEntry.id.desc()).limit(limit))
    )
