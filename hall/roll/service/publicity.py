"""Roll publicity 名册公示: the owners see the roll and may have it corrected before it is frozen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from hall.clock import add_days, day_start, iso, local_date
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, refuse_if
from hall.estates.models import Estate
from hall.journal import service as journal
from hall.permissions import Action, Actor, require
from hall.roll.models import RollCorrection, RollPublication, Unit
from hall.roll.queries.current import current_entries
from hall.roll.queries.publicity import PublicationState, latest_publication, publication_state
from hall.roll.rules.entries import roll_digest

MAX_DAYS = 60
MAX_TEXT = 1000


def why_not_publish_roll(state: PublicationState, entries: int, days: int) -> tuple[Blocker, ...]:
    """All that keeps the roll from being published: roll_empty, days_out_of_range, unanswered requests."""
    found = []
    if entries == 0:
        found.append(Blocker("roll_empty", {}, "clerk"))
    if not 1 <= days <= MAX_DAYS:
        found.append(Blocker("days_out_of_range", {"least": 1, "most": MAX_DAYS}))
    if state.open_corrections:
        facts = {"count": state.open_corrections}
        found.append(Blocker("roll_corrections_unanswered", facts, "committee"))
    return tuple(found)


def publish_roll(actor: Actor, estate_id: int, *, days: int, now: datetime) -> int:
    """Publish today's roll for whole Shanghai days, this one not counted (CC 201); returns the version.

    Raises Forbidden, Refused: roll_empty, days_out_of_range, roll_corrections_unanswered.
    """
    with atomic():
        db.session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
        require(actor, Action.PUBLISH_ROLL, estate_id)
        drafts = current_entries(estate_id)
        refuse_if(why_not_publish_roll(publication_state(estate_id, now), len(drafts), days))
        last = db.session.scalar(
            select(func.max(RollPublication.version)).where(RollPublication.estate_id == estate_id)
        )
        row = RollPublication(
            estate_id=estate_id,
            version=(last or 0) + 1,
            digest=roll_digest(drafts),
            units=sum(len(e.units) for e in drafts),
            heads=sum(e.heads for e in drafts),
            area_cm2=sum(e.area_cm2 for e in drafts),
            published_by=actor.account_id,
            published_at=now,
            corrections_until=day_start(add_days(local_date(now), days + 1)),
        )
        db.session.add(row)
        db.session.flush()
        journal.record(
            actor,
            "roll.publish",
            "roll_publication",
            row.id,
            estate_id=estate_id,
            now=now,
            version=row.version,
            digest=row.digest,
            until=iso(row.corrections_until),
        )
        return row.version


def request_correction(
    actor: Actor, estate_id: int, unit_id: int | None, text: str, *, now: datetime
) -> int:
    """An owner asks for a correction of the published roll; returns the request's id.

    Raises Forbidden, NotFound (unit), Refused: roll_not_published, corrections_closed,
    text_missing, text_too_long.
    """
    with atomic():
        require(actor, Action.REQUEST_CORRECTION, estate_id)
        found = []
        last = latest_publication(estate_id)
        if last is None:
            found.append(Blocker("roll_not_published", {}, "chair"))
        elif now >= last.corrections_until:
            found.append(Blocker("corrections_closed", {"until": last.corrections_until}))
        if not text.strip():
            found.append(Blocker("text_missing"))
        if len(text) > MAX_TEXT:
            found.append(Blocker("text_too_long", {"most": MAX_TEXT}))
        refuse_if(found)
        if last is None:
            raise NotFound("roll_publication")
        if unit_id is not None and not db.session.scalar(
            select(Unit.id).where(Unit.id == unit_id, Unit.estate_id == estate_id)
        ):
            raise NotFound("unit")
        row = RollCorrection(
            estate_id=estate_id,
            publication_id=last.id,
            unit_id=unit_id,
            person_id=min(actor.persons_in(estate_id)),
            text=text.strip(),
            raised_at=now,
        )
        db.session.add(row)
        db.session.flush()
        journal.record(
            actor,
            "roll.request_correction",
            "roll_correction",
            row.id,
            estate_id=estate_id,
            now=now,
        )
        return row.id


def answer_correction(
    actor: Actor,
    estate_id: int,
    correction_id: int,
    *,
    accepted: bool,
    answer: str,
    now: datetime,
) -> None:
    """Answer a request in words; what it asks for is entered by import or transfer.

    Raises Forbidden, NotFound, Refused: already_answered, answer_text_missing.
    """
    with atomic():
        row = db.session.scalar(
            select(RollCorrection)
            .where(RollCorrection.id == correction_id, RollCorrection.estate_id == estate_id)
            .with_for_update()
        )
        if row is None:
            raise NotFound("roll_correction")
        require(actor, Action.ANSWER_CORRECTION, estate_id)
        found = []
        if row.answered_at is not None:
            found.append(Blocker("already_answered", {"at": row.answered_at}))
        if not answer.strip():
            found.append(Blocker("answer_text_missing"))
        refuse_if(found)
        row.accepted, row.answer = accepted, answer.strip()
        row.answered_by, row.answered_at = actor.account_id, now
        journal.record(
            actor,
            "roll.answer_correction",
            "roll_correction",
            row.id,
            estate_id=estate_id,
            now=now,
            accepted=accepted,
        )
