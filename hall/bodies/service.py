"""What can be recorded about the bodies of an estate."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hall.bodies import rules
from hall.bodies.models import EstateBody, InvitedParty, PartyGroup
from hall.bodies.rules import Body
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.estates.models import Building, Estate
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


def set_party_group(
    actor: Actor,
    estate_id: int,
    *,
    level: int,
    name: str,
    contact: str = "",
    building_id: int | None = None,
    now: datetime,
) -> int:
    """Record a rung of the line 街道党工委—社区党委—小区党组织—楼栋党小组 (level 1 to 4); its id.

    One a level, and one a building on the fourth; a second call replaces name and contact.
    Raises Forbidden, Refused with every blocker of rules.party_group_blockers.
    """
    name, contact = name.strip(), contact.strip()
    with atomic() as session:
        _lock(estate_id)
        require(actor, Action.SET_PARTIES, estate_id)
        here = set(session.scalars(select(Building.id).where(Building.estate_id == estate_id)))
        refuse_if(rules.party_group_blockers(level, building_id, here, name, contact))
        row = session.scalar(
            select(PartyGroup).where(
                PartyGroup.estate_id == estate_id,
                PartyGroup.level == level,
                PartyGroup.building_id.is_(None)
                if building_id is None
                else PartyGroup.building_id == building_id,
            )
        )
        if row is None:
            row = PartyGroup(estate_id=estate_id, level=level, building_id=building_id)
            session.add(row)
        row.name, row.contact = name, contact
        session.flush()
        _record(actor, "party_group_set", "party_group", row.id, estate_id, now, level, name)
        return row.id


def remove_party_group(actor: Actor, estate_id: int, group_id: int, *, now: datetime) -> None:
    """Take a rung off the line. Raises Forbidden, NotFound."""
    with atomic() as session:
        _lock(estate_id)
        require(actor, Action.SET_PARTIES, estate_id)
        row = session.scalar(
            select(PartyGroup).where(PartyGroup.id == group_id, PartyGroup.estate_id == estate_id)
        )
        if row is None:
            raise NotFound("party_group")
        session.delete(row)
        _record(
            actor,
            "party_group_removed",
            "party_group",
            group_id,
            estate_id,
            now,
            row.level,
            row.name,
        )


def add_party(
    actor: Actor, estate_id: int, *, kind: str, name: str, contact: str = "", now: datetime
) -> int:
    """Put an invited party (police, legal adviser, partner, 五社联动) on the list; its id.

    Raises Forbidden, Refused with every blocker of rules.party_blockers.
    """
    name, contact = name.strip(), contact.strip()
    with atomic() as session:
        _lock(estate_id)
        require(actor, Action.SET_PARTIES, estate_id)
        held = session.execute(
            select(InvitedParty.kind, InvitedParty.name).where(
                InvitedParty.estate_id == estate_id, InvitedParty.active.is_(True)
            )
        )
        refuse_if(rules.party_blockers(kind, name, contact, {(k, n) for k, n in held}))
        row = InvitedParty(estate_id=estate_id, kind=kind, name=name, contact=contact)
        session.add(row)
        session.flush()
        _record(actor, "party_added", "invited_party", row.id, estate_id, now, None, name)
        return row.id


def retire_party(actor: Actor, estate_id: int, party_id: int, *, now: datetime) -> None:
    """Take an invited party off the list; meetings it attended keep its name.

    Raises Forbidden, NotFound, Refused: party_already_retired.
    """
    with atomic() as session:
        _lock(estate_id)
        require(actor, Action.SET_PARTIES, estate_id)
        row = session.scalar(
            select(InvitedParty).where(
                InvitedParty.id == party_id, InvitedParty.estate_id == estate_id
            )
        )
        if row is None:
            raise NotFound("invited_party")
        if not row.active:
            raise Refused(Blocker("party_already_retired"))
        row.active = False
        _record(actor, "party_retired", "invited_party", party_id, estate_id, now, None, row.name)


def _lock(estate_id: int) -> None:
    db.session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()


def _record(
    actor: Actor,
    what: str,
    entity: str,
    entity_id: int,
    estate_id: int,
    now: datetime,
    level: int | None,
    name: str,
) -> None:
    facts: dict[str, object] = {"name": name} if level is None else {"name": name, "level": level}
    record(actor, f"bodies.{what}", entity, entity_id, estate_id=estate_id, now=now, **facts)
