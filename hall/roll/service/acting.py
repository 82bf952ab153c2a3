"""Changes of who owns and who acts: a sale, a nominee of co-owners, a guardian, a company's person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, refuse_if
from hall.journal import service as journal
from hall.people.models import Person
from hall.permissions import Action, Actor, require
from hall.roll.models import Representative, Title, TitleHolder, Unit

KINDS = ("nominee", "guardian", "company")


def record_transfer(
    actor: Actor,
    estate_id: int,
    unit_id: int,
    holders: Sequence[Mapping[str, Any]],
    *,
    effective_on: date,
    evidence: str,
    now: datetime,
) -> int:
    """Close a unit's title and open the buyers'; returns the new title's id (R-2.01, E12).

    holders: {"person_id": …} of a known person, or {"name": …, "phone": …} of a new one; with
    "share_num" and "share_den" when shares are stated. A running ballot is told by
    ballots.service.follow_transfer; frozen totals never move.
    Raises Forbidden, NotFound, Refused: evidence_missing, holders_missing, effective_in_future,
    effective_before_title, share_wrong.
    """
    with atomic():
        unit = db.session.scalar(
            select(Unit)
            .where(Unit.id == unit_id, Unit.estate_id == estate_id, Unit.retired_at.is_(None))
            .with_for_update()
        )
        if unit is None:
            raise NotFound("unit")
        require(actor, Action.RECORD_TRANSFER, estate_id)
        old = db.session.scalar(
            select(Title).where(Title.unit_id == unit_id, Title.to_on.is_(None))
        )
        refuse_if(_why_not_transfer(old, holders, effective_on, evidence, now))
        persons = [_person_of(estate_id, h, now) for h in holders]
        if old is not None:
            old.to_on, old.closed_at = effective_on, now
            db.session.flush()
        title = Title(
            estate_id=estate_id,
            unit_id=unit_id,
            from_on=effective_on,
            verified=True,
            evidence=evidence.strip(),
            recorded_at=now,
            recorded_by=actor.account_id,
        )
        db.session.add(title)
        db.session.flush()
        for person_id, h in zip(persons, holders, strict=True):
            db.session.add(
                TitleHolder(
                    title_id=title.id,
                    person_id=person_id,
                    share_num=int(h.get("share_num", 0)),
                    share_den=int(h.get("share_den", 0)),
                )
            )
        # Whoever the former owners had named does not stand for the new ones.
        db.session.execute(
            update(Representative)
            .where(Representative.unit_id == unit_id, Representative.to_at.is_(None))
            .values(to_at=now)
        )
        if unit.status != "sold":
            unit.status = "sold"
        journal.record(
            actor,
            "roll.record_transfer",
            "unit",
            unit_id,
            estate_id=estate_id,
            now=now,
            effective_on=effective_on.isoformat(),
            holders=len(persons),
        )
        return title.id


def record_representative(
    actor: Actor,
    estate_id: int,
    unit_id: int | None,
    *,
    kind: str,
    person_id: int,
    for_person_id: int | None,
    evidence: str,
    now: datetime,
) -> int:
    """Record who acts: a unit's nominee, or the guardian or authorised person of a person.

    An earlier record of the same kind for the same unit or person ends. Returns the record's id.
    Raises Forbidden, NotFound, Refused: kind_unknown, evidence_missing, stands_for_self.
    """
    with atomic():
        require(actor, Action.RECORD_REPRESENTATIVE, estate_id)
        found = []
        if kind not in KINDS:
            found.append(Blocker("kind_unknown", {"kind": kind}))
        if not evidence.strip():
            found.append(Blocker("evidence_missing"))
        if kind != "nominee" and for_person_id == person_id:
            found.append(Blocker("stands_for_self"))
        refuse_if(found)
        _must_exist(Person, estate_id, person_id, "person")
        if kind == "nominee":
            _must_exist(Unit, estate_id, unit_id, "unit")
            same = Representative.unit_id == unit_id
        else:
            _must_exist(Person, estate_id, for_person_id, "person")
            same = Representative.for_person_id == for_person_id
        db.session.execute(
            update(Representative)
            .where(same, Representative.kind == kind, Representative.to_at.is_(None))
            .values(to_at=now)
        )
        row = Representative(
            estate_id=estate_id,
            unit_id=unit_id if kind == "nominee" else None,
            for_person_id=None if kind == "nominee" else for_person_id,
            person_id=person_id,
            kind=kind,
            evidence=evidence.strip(),
            from_at=now,
            recorded_by=actor.account_id,
        )
        db.session.add(row)
        db.session.flush()
        journal.record(
            actor,
            "roll.record_representative",
            "representative",
            row.id,
            estate_id=estate_id,
            now=now,
            kind=kind,
        )
        return row.id


def _why_not_transfer(
    old: Title | None,
    holders: Sequence[Mapping[str, Any]],
    effective_on: date,
    evidence: str,
    now: datetime,
) -> list[Blocker]:
    found = []
    if not evidence.strip():
        found.append(Blocker("evidence_missing"))
    named = [h for h in holders if h.get("person_id") or str(h.get("name", "")).strip()]
    if not holders or len(named) != len(holders):
        found.append(Blocker("holders_missing"))
    if effective_on > local_date(now):
        found.append(Blocker("effective_in_future", {"on": effective_on.isoformat()}))
    if old is not None and old.from_on is not None and effective_on < old.from_on:
        found.append(Blocker("effective_before_title", {"from": old.from_on.isoformat()}))
    for h in holders:
        num, den = int(h.get("share_num", 0)), int(h.get("share_den", 0))
        if (num, den) != (0, 0) and not 0 < num <= den:
            found.append(Blocker("share_wrong", {"share": f"{num}/{den}"}))
    return found


def _person_of(estate_id: int, holder: Mapping[str, Any], now: datetime) -> int:
    if person_id := holder.get("person_id"):
        _must_exist(Person, estate_id, int(person_id), "person")
        return int(person_id)
    row = Person(
        estate_id=estate_id,
        name=str(holder["name"]).strip(),
        phone="".join(c for c in str(holder.get("phone", "")) if c.isdigit()),
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def _must_exist(
    table: type[Person] | type[Unit], estate_id: int, row_id: int | None, what: str
) -> None:
    if row_id is None or not db.session.scalar(
        select(table.id).where(table.id == row_id, table.estate_id == estate_id)
    ):
        raise NotFound(what)
