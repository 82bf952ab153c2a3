"""Co-owners who disagree (E8): a sheet contested before close is not counted until they nominate one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hall.ballots.models import EntryContest, Sheet
from hall.ballots.queries import facts, voter
from hall.ballots.queries.facts import BallotRow
from hall.ballots.rules import Phase
from hall.ballots.service.cast import _supersede
from hall.ballots.service.draft import locked
from hall.db import atomic, db, fixed
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.journal import service as journal
from hall.permissions import Action, Actor, require
from hall.roll import service as roll
from hall.roll.models import RollEntry, RollEntryHolder, RollEntryUnit, Title, TitleHolder


def contest(
    actor: Actor, estate_id: int, n: int, entry_id: int, reason: str, *, now: datetime
) -> None:
    """A co-owner disputes the sheet another co-owner cast for their entry, before close.

    Raises Forbidden, NotFound, Refused: voting_closed, nothing_to_contest, own_sheet,
    already_contested.
    """
    with atomic():
        row = locked(estate_id, n)
        require(actor, Action.CONTEST_ENTRY, estate_id)
        ballot = facts.get(estate_id, n)
        person = _holder_of(ballot, actor, entry_id)
        sheet = voter.sheets_of(ballot.id, [entry_id], actor.account_id).get(entry_id)
        found = _still_open(ballot, now)
        if sheet is None:
            found.append(Blocker("nothing_to_contest"))
        elif sheet.mine:
            found.append(Blocker("own_sheet"))
        elif sheet.contested:
            found.append(Blocker("already_contested"))
        refuse_if(found)
        db.session.add(
            EntryContest(
                ballot_id=row.id,
                entry_id=entry_id,
                raised_by=person,
                reason=reason.strip(),
                raised_at=now,
            )
        )
        journal.record(
            actor, "ballots.contest", "roll_entry", entry_id, estate_id=estate_id, now=now, ballot=n
        )


def settle_contest(
    actor: Actor,
    estate_id: int,
    n: int,
    entry_id: int,
    person_id: int,
    evidence: str,
    *,
    now: datetime,
) -> None:
    """Record the co-owners' joint nomination: the nominee's sheet stands, anybody else's gives way.

    Raises Forbidden, NotFound, Refused: voting_closed, not_contested, title_evidence_missing,
    nominee_not_holder.
    """
    with atomic():
        row = locked(estate_id, n)
        require(actor, Action.RECORD_REPRESENTATIVE, estate_id)
        ballot = facts.get(estate_id, n)
        contest_row = db.session.scalar(
            select(EntryContest).where(
                EntryContest.ballot_id == row.id,
                EntryContest.entry_id == entry_id,
                EntryContest.settled_at.is_(None),
            )
        )
        found = _still_open(ballot, now)
        if contest_row is None:
            found.append(Blocker("not_contested"))
        if not evidence.strip():
            found.append(Blocker("title_evidence_missing"))
        if person_id not in _holders(ballot, entry_id):
            found.append(Blocker("nominee_not_holder"))
        refuse_if(found)
        if contest_row is None:  # refused above; said again for the type checker
            raise Refused(found)
        contest_row.settled_at, contest_row.settled_for = now, person_id
        contest_row.settled_by = actor.account_id
        # A unit of the entry that was sold meanwhile is no longer theirs to name anybody for.
        for unit_id in db.session.scalars(
            select(RollEntryUnit.unit_id)
            .join(Title, Title.unit_id == RollEntryUnit.unit_id)
            .join(TitleHolder, TitleHolder.title_id == Title.id)
            .where(
                RollEntryUnit.entry_id == entry_id,
                Title.to_on.is_(None),
                TitleHolder.person_id == person_id,
            )
        ).all():
            roll.record_representative(
                actor,
                estate_id,
                unit_id,
                kind="nominee",
                person_id=person_id,
                for_person_id=None,
                evidence=evidence.strip(),
                now=now,
            )
        _yield_to(ballot, entry_id, person_id, now)
        journal.record(
            actor,
            "ballots.settle_contest",
            "roll_entry",
            entry_id,
            estate_id=estate_id,
            now=now,
            ballot=n,
            nominee=person_id,
        )


def _yield_to(ballot: BallotRow, entry_id: int, person_id: int, now: datetime) -> None:
    sheet = voter.sheets_of(ballot.id, [entry_id], None).get(entry_id)
    if sheet is None:
        return
    caster = db.session.scalar(select(Sheet.person_id).where(Sheet.id == sheet.id))
    if caster != person_id:
        fixed.read(*_supersede([sheet], now, "nomination"))


def _still_open(ballot: BallotRow, now: datetime) -> list[Blocker]:
    if ballot.phase(now) is Phase.OPEN:
        return []
    return [Blocker("voting_closed", {"closed_at": ballot.close_at})]


def _holders(ballot: BallotRow, entry_id: int) -> set[int]:
    h = RollEntryHolder
    return set(
        db.session.scalars(
            select(h.person_id)
            .join(RollEntry, RollEntry.id == h.entry_id)
            .where(
                h.entry_id == entry_id,
                h.to_at.is_(None),
                RollEntry.frozen_roll_id == ballot.frozen_roll_id,
            )
        )
    )


def _holder_of(ballot: BallotRow, actor: Actor, entry_id: int) -> int:
    mine = actor.persons_in(ballot.estate_id) & _holders(ballot, entry_id)
    if not mine:
        raise NotFound("roll_entry")
    return min(mine)
