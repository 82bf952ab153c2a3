"""Writing the journal, inside the transaction of the act it records."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import insert

from hall.db import atomic, db
from hall.journal.models import JournalEntry
from hall.permissions import Actor


def record(
    actor: Actor,
    action: str,
    entity: str,
    entity_id: int | None,
    *,
    estate_id: int | None,
    now: datetime,
    **facts: object,
) -> None:
    """Append one act. facts must be JSON values; never put a choice, a code or a phone in them."""
    db.session.execute(
        insert(JournalEntry).values(
            estate_id=estate_id,
            at=now,
            account_id=actor.account_id,
            actor=actor.name,
            action=action,
            entity=entity,
            entity_id=entity_id,
            facts=json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        )
    )


def note(
    actor: Actor,
    action: str,
    entity: str,
    entity_id: int | None,
    *,
    estate_id: int | None,
    now: datetime,
    **facts: object,
) -> None:
    """Append one act that changes nothing else, such as looking at a list of names."""
    with atomic():
        record(actor, action, entity, entity_id, estate_id=estate_id, now=now, **facts)
