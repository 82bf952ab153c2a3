"""What can be recorded about the bodies of an estate."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hall.bodies.models import EstateBody
from hall.bodies.rules import Body
from hall.db import atomic
from hall.errors import Blocker, refuse_if
from hall.estates.models import Estate
from hall.journal.service import record
from hall.permissions import Action, Actor, require

LONGEST = 60


def name_body(
    actor: Actor, estate_id: int, body: str, *, name: str, phone: str, now: datetime
) -> None:
    """Record what a body is called in an estate, and its telephone; a second call replaces both.

    Raises Forbidden, Refused with all of: body_unknown, body_name_missing, text_too_long.
    """
    require(actor, Action.GRANT_POST, estate_id)
    name, phone = name.strip(), phone.strip()
    found = []
    if body not in {b.value for b in Body}:
        found.append(Blocker("body_unknown", {"body": body}))
    if not name:
        found.append(Blocker("body_name_missing"))
    if len(name) > LONGEST:
        found.append(Blocker("text_too_long", {"most": LONGEST}))
    refuse_if(found)
    with atomic() as session:
        session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
        row = session.scalar(
            select(EstateBody).where(EstateBody.estate_id == estate_id, EstateBody.body == body)
        )
        if row is None:
            session.add(EstateBody(estate_id=estate_id, body=body, name=name, phone=phone[:30]))
        else:
            row.name, row.phone = name, phone[:30]
        record(
            actor,
            "bodies.named",
            "estate",
            estate_id,
            estate_id=estate_id,
            now=now,
            body=body,
            name=name,
        )
