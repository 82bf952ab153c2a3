"""Changes of who owns and who acts: a sale, a nominee of co-owners, a guardian, a company's person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, refuse_if
from hall.estates.models import Estate
from hall.journal import service as journal
from hall.people.models import Person
from hall.people.rules.logins import normal_phone
from hall.permissions import Action, Actor, require
from hall.roll.models import HouseholdCode, Representative, Title, TitleHolder, Unit
from hall.roll.rules.owners import is_company

KINDS = ("nominee", "guardian", "company")


@dataclass(frozen=True, slots=True)
class _Open:
    """A unit's open title: since when, proven or not, and who holds which share."""

    id: int
    from_on: date | None
    verified: bool
    holders: Mapping[int, tuple[int, int]]


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

    holders: {"person_id": …} of a known person, or {"name": …, "phone": …}: whoever the estate
    knows by that name and number is the same person, anybody else is new; with "share_num" and
    "share_den" when shares are stated. The same holders again prove an unverified title. Nominee
    and letter of the former owners end. A running ballot is told by ballots.service.follow_transfer;
    frozen totals never move. Raises Forbidden, NotFound, Refused with all of: evidence_missing,
    holders_missing, effective_in_future, effective_before_title, share_wrong,
    shares_do_not_add_up, holder_repeated, nothing_changes.
    """
    with atomic() as session:
        # The estate's row keeps freezes and imports out until the new title stands.
        session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
        require(actor, Action.RECORD_TRANSFER, estate_id)
        _must_stand(estate_id, unit_id)
        old = _open_title(unit_id)
        found = _why_not_transfer(old, holders, effective_on, evidence, now)
        refuse_if(found)
        persons = [_person_of(estate_id, h, now) for h in holders]
        shares = {p: _share(h) for p, h in zip(persons, holders, strict=True)}
        refuse_if(_why_not_holders(old, persons, shares))
        if old is not None:
            session.execute(
                update(Title).where(Title.id == old.id).values(to_on=effective_on, closed_at=now)
            )
        title_id: int = session.execute(
            insert(Title)
            .values(
                estate_id=estate_id,
                unit_id=unit_id,
                from_on=effective_on,
                verified=True,
                evidence=evidence.strip(),
                recorded_at=now,
                recorded_by=actor.account_id,
            )
            .returning(Title.id)
        ).scalar_one()
        session.execute(
            insert(TitleHolder),
            [
                {"title_id": title_id, "person_id": p, "share_num": num, "share_den": den}
                for p, (num, den) in shares.items()
            ],
        )
        session.execute(update(Unit).where(Unit.id == unit_id).values(status="sold"))
        _end_what_hung_on(unit_id, now)
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
    return title_id


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
    until: datetime | None = None,
) -> int:
    """Record who acts: a unit's nominee, or the guardian or authorised person of a person.

    A nominee is one of the unit's holders (R-2.07); where no title is proven, whoever the papers
    name. A guardian stands for a natural person (R-2.08), an authorised person for a company or
    the developer (R-2.09), whatever they own in this estate. until: end of the term, open when
    None. An earlier record of the same kind for the same unit or person ends. Returns the
    record's id. Raises Forbidden, NotFound, Refused with all of: kind_unknown, evidence_missing,
    stands_for_self, nominee_not_holder, representative_not_a_person, kind_does_not_fit,
    term_is_empty.
    """
    with atomic() as session:
        require(actor, Action.RECORD_REPRESENTATIVE, estate_id)
        acts = _kind_of(estate_id, person_id)
        found = []
        if kind not in KINDS:
            found.append(Blocker("kind_unknown", {"kind": kind}))
        if not evidence.strip():
            found.append(Blocker("evidence_missing"))
        if until is not None and until <= now:
            found.append(Blocker("term_is_empty"))
        if acts != "natural":
            found.append(Blocker("representative_not_a_person"))
        if kind == "nominee":
            unit_id = _must_stand(estate_id, unit_id)
            found.extend(_why_not_nominee(unit_id, person_id))
            same: ColumnElement[bool] = Representative.unit_id == unit_id
        else:
            found.extend(_why_not_stand_for(estate_id, kind, person_id, for_person_id))
            same = Representative.for_person_id == for_person_id
        refuse_if(found)
        session.execute(update(Representative).where(same, _runs(now)).values(to_at=now))
        representative_id: int = session.execute(
            insert(Representative)
            .values(
                estate_id=estate_id,
                unit_id=unit_id if kind == "nominee" else None,
                for_person_id=None if kind == "nominee" else for_person_id,
                person_id=person_id,
                kind=kind,
                evidence=evidence.strip(),
                from_at=now,
                to_at=until,
                recorded_by=actor.account_id,
            )
            .returning(Representative.id)
        ).scalar_one()
        journal.record(
            actor,
            "roll.record_representative",
            "representative",
            representative_id,
            estate_id=estate_id,
            now=now,
            kind=kind,
        )
    return representative_id


def end_representative(
    actor: Actor, estate_id: int, representative_id: int, *, now: datetime
) -> None:
    """End a representation at once; what was cast under it stands.

    Raises Forbidden, NotFound, Refused: representation_ended.
    """
    with atomic() as session:
        require(actor, Action.RECORD_REPRESENTATIVE, estate_id)
        row = session.scalar(
            select(Representative)
            .where(Representative.id == representative_id, Representative.estate_id == estate_id)
            .with_for_update()
        )
        if row is None:
            raise NotFound("representative")
        if row.to_at is not None and row.to_at <= now:
            refuse_if([Blocker("representation_ended", {"at": row.to_at})])
        row.to_at = now
        journal.record(
            actor,
            "roll.end_representative",
            "representative",
            representative_id,
            estate_id=estate_id,
            now=now,
        )


def _runs(now: datetime) -> ColumnElement[bool]:
    return Representative.to_at.is_(None) | (Representative.to_at > now)


def _end_what_hung_on(unit_id: int, now: datetime) -> None:
    db.session.execute(
        update(Representative)
        .where(Representative.unit_id == unit_id, _runs(now))
        .values(to_at=now)
    )
    db.session.execute(
        update(HouseholdCode)
        .where(HouseholdCode.unit_id == unit_id, HouseholdCode.revoked_at.is_(None))
        .values(revoked_at=now)
    )


# --- a sale ------------------------------------------------------------------------------------


def _why_not_transfer(
    old: _Open | None,
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
    shares = [_share(h) for h in holders]
    wrong = [s for s in shares if s != (0, 0) and not 0 < s[0] <= s[1]]
    found.extend(Blocker("share_wrong", {"share": f"{num}/{den}"}) for num, den in wrong)
    stated = [Fraction(*s) for s in shares if s[1] > 0]
    if stated and not wrong and (len(stated) < len(shares) or sum(stated) != 1):
        found.append(Blocker("shares_do_not_add_up"))
    return found


def _why_not_holders(
    old: _Open | None, persons: Sequence[int], shares: Mapping[int, tuple[int, int]]
) -> list[Blocker]:
    if len(set(persons)) != len(persons):
        return [Blocker("holder_repeated")]
    if old is not None and old.verified and dict(old.holders) == dict(shares):
        return [Blocker("nothing_changes")]
    return []


def _share(holder: Mapping[str, Any]) -> tuple[int, int]:
    return int(holder.get("share_num", 0)), int(holder.get("share_den", 0))


def _open_title(unit_id: int) -> _Open | None:
    row = db.session.execute(
        select(Title.id, Title.from_on, Title.verified).where(
            Title.unit_id == unit_id, Title.to_on.is_(None)
        )
    ).one_or_none()
    if row is None:
        return None
    holders = db.session.execute(
        select(TitleHolder.person_id, TitleHolder.share_num, TitleHolder.share_den).where(
            TitleHolder.title_id == row.id
        )
    )
    return _Open(row.id, row.from_on, row.verified, {p: (num, den) for p, num, den in holders})


def _person_of(estate_id: int, holder: Mapping[str, Any], now: datetime) -> int:
    if person_id := holder.get("person_id"):
        _kind_of(estate_id, int(person_id))
        return int(person_id)
    name = "".join(str(holder["name"]).split())
    phone = normal_phone(str(holder.get("phone", "")))
    company = is_company(name)
    same = [Person.estate_id == estate_id, Person.name == name]
    same.append(Person.kind != "natural" if company else Person.phone == phone)
    if company or phone:
        known = db.session.scalar(select(Person.id).where(*same).order_by(Person.id).limit(1))
        if known is not None:
            return known
    new_id: int = db.session.execute(
        insert(Person)
        .values(
            estate_id=estate_id,
            name=name,
            phone=phone,
            kind="company" if company else "natural",
            created_at=now,
        )
        .returning(Person.id)
    ).scalar_one()
    return new_id


# --- who stands for whom -------------------------------------------------------------------------


def _why_not_nominee(unit_id: int, person_id: int) -> list[Blocker]:
    title = _open_title(unit_id)
    if title is None or not title.verified or person_id in title.holders:
        return []
    return [Blocker("nominee_not_holder")]


def _why_not_stand_for(
    estate_id: int, kind: str, person_id: int, for_person_id: int | None
) -> list[Blocker]:
    whom = _kind_of(estate_id, for_person_id)
    found = []
    if for_person_id == person_id:
        found.append(Blocker("stands_for_self"))
    if (kind == "guardian") != (whom == "natural") and kind in KINDS:
        found.append(Blocker("kind_does_not_fit"))
    return found


def _kind_of(estate_id: int, person_id: int | None) -> str:
    kind = db.session.scalar(
        select(Person.kind).where(Person.id == person_id, Person.estate_id == estate_id)
    )
    if kind is None:
        raise NotFound("person")
    return kind


def _must_stand(estate_id: int, unit_id: int | None) -> int:
    found = db.session.scalar(
        select(Unit.id).where(
            Unit.id == unit_id, Unit.estate_id == estate_id, Unit.retired_at.is_(None)
        )
    )
    if found is None:
        raise NotFound("unit")
    return found
