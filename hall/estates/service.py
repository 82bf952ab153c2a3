"""What can be recorded about an estate itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hall.clock import local_date
from hall.db import atomic
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.estates.models import Community, Estate, Street
from hall.journal.service import record
from hall.permissions import Action, Actor, require

OPERATOR = Actor(account_id=None, name="operator")


@dataclass(frozen=True, slots=True)
class EstateFacts:
    """What may be corrected of an estate; None leaves a fact as it is. Site area in cm²."""

    theme: str | None = None
    policy: str | None = None
    households: int | None = None
    site_area_cm2: int | None = None
    built_year: int | None = None
    phone: str | None = None
    has_committee: bool | None = None
    organizer: str | None = None
    organizer_basis: str | None = None


def add_estate(street: str, community: str, **values: Any) -> int:
    """Write an estate, its street and community where they are new; gives its id.

    For whoever runs the server: nobody holds a post yet. values: columns of Estate. Raises Refused:
    estate_exists (the slug is taken).
    """
    try:
        with atomic() as session:
            office = session.scalar(select(Street).where(Street.name == street))
            if office is None:
                office = Street(name=street)
                session.add(office)
                session.flush()
            home = session.scalar(
                select(Community).where(
                    Community.street_id == office.id, Community.name == community
                )
            )
            if home is None:
                home = Community(street_id=office.id, name=community)
                session.add(home)
                session.flush()
            estate = Estate(community_id=home.id, **values)
            session.add(estate)
            session.flush()
            estate_id = estate.id
            record(
                OPERATOR,
                "estates.added",
                "estate",
                estate_id,
                estate_id=estate_id,
                now=values["created_at"],
                slug=estate.slug,
            )
    except IntegrityError as e:
        raise Refused(Blocker("estate_exists", {"slug": str(values.get("slug"))})) from e
    return estate_id


def update_facts(actor: Actor, estate_id: int, facts: EstateFacts, *, now: datetime) -> None:
    """Correct what the pages say of an estate; the journal keeps what changed.

    The rules of voting, the units and their areas are not among it. Raises Forbidden, NotFound,
    Refused: households_wrong, organizer_missing.
    """
    require(actor, Action.SET_LEGAL_REACH, estate_id)
    with atomic() as session:
        row = session.scalar(select(Estate).where(Estate.id == estate_id).with_for_update())
        if row is None:
            raise NotFound("estate")
        found = []
        if facts.households is not None and facts.households < 1:
            found.append(Blocker("households_wrong"))
        if facts.organizer is not None and not facts.organizer.strip():
            found.append(Blocker("organizer_missing"))
        refuse_if(found)
        changed = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in asdict(facts).items()
            if value is not None
        }
        changed = {n: v for n, v in changed.items() if getattr(row, n) != v}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            record(
                actor,
                "estates.facts",
                "estate",
                estate_id,
                estate_id=estate_id,
                now=now,
                **changed,
            )


def set_legal_reach(
    actor: Actor,
    estate_id: int,
    *,
    must_use_official: bool | None,
    clause: str,
    confirmation: str,
    confirmed_on: date | None,
    now: datetime,
) -> None:
    """Record whether statutory online sheets are lawful here, and on whose word (R-3.02).

    must_use_official: None while the street office has not answered. Ballots already noticed keep
    what was so then. Raises Forbidden, NotFound, Refused: confirmation_without_day,
    confirmation_in_future.
    """
    with atomic() as session:
        row = session.scalar(select(Estate).where(Estate.id == estate_id).with_for_update())
        if row is None:
            raise NotFound("estate")
        require(actor, Action.SET_LEGAL_REACH, estate_id)
        found = []
        if confirmation.strip() and confirmed_on is None:
            found.append(Blocker("confirmation_without_day"))
        if confirmed_on is not None and confirmed_on > local_date(now):
            found.append(Blocker("confirmation_in_future"))
        refuse_if(found)
        row.online_must_use_official = must_use_official
        row.online_clause = clause.strip()
        row.street_confirmation = confirmation.strip()
        row.street_confirmed_on = confirmed_on
        record(
            actor,
            "estates.legal_reach",
            "estate",
            estate_id,
            estate_id=estate_id,
            now=now,
            must_use_official=must_use_official,
            clause=clause.strip(),
            confirmation=confirmation.strip(),
            confirmed_on=confirmed_on.isoformat() if confirmed_on else None,
        )
