"""What one visitor may cast, has cast, and may see of it. The hot path of voting: few plain queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, select

from hall.ballots.models import EntryContest, Sheet
from hall.ballots.queries.facts import BallotRow
from hall.ballots.rules import Answer, CastFacts, EntryFacts, why_not_cast
from hall.db import Fixed, db
from hall.errors import Blocker
from hall.permissions import Actor
from hall.roll import queries as roll
from hall.roll.models import RollEntry
from hall.roll.queries import CastableEntry


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The sheet that stands for an entry. mine: cast by this account."""

    id: int
    entry_id: int
    cast_at: datetime
    channel: str
    receipt: str
    request_key: str
    account_id: int
    mine: bool
    contested: bool


@dataclass(frozen=True, slots=True)
class VoterGroup:
    """Entries of one owner set: one head, one answer. blockers: of casting now, empty when allowed.

    heads: 1, or 0 when another entry of the set has been counted already (E12).
    """

    key: str
    entries: tuple[CastableEntry, ...]
    label: str
    units: tuple[tuple[str, int], ...]
    heads: int
    area_cm2: int
    building_id: int
    as_who: str
    co_owned: bool
    blockers: tuple[Blocker, ...]
    sheet: SheetRow | None
    sheets: tuple[SheetRow, ...]

    @property
    def entry_ids(self) -> tuple[int, ...]:
        """Ids of its entries."""
        return tuple(e.entry_id for e in self.entries)

    @property
    def entry_id(self) -> int:
        """The entry that stands for the group in forms and links."""
        return self.entries[0].entry_id


@dataclass(frozen=True, slots=True)
class VoterPage:
    """Everything of a ballot that concerns this visitor."""

    groups: tuple[VoterGroup, ...]

    def group_of(self, entry_id: int | None) -> VoterGroup | None:
        """The group that holds an entry; without an id the first that may still cast, else the first."""
        if entry_id is not None:
            return next((g for g in self.groups if entry_id in g.entry_ids), None)
        return next((g for g in self.groups if not g.blockers), None) or (
            self.groups[0] if self.groups else None
        )


def voter_page(ballot: BallotRow, actor: Actor, now: datetime) -> VoterPage:
    """What this visitor may cast in a ballot; no query for somebody who is on no roll."""
    grouped, standing = entries_of(ballot, actor, now)
    return VoterPage(
        tuple(group_of(ballot, key, members, standing, now) for key, members in grouped.items())
    )


Entries = dict[str, list[CastableEntry]]


def entries_of(
    ballot: BallotRow, actor: Actor, now: datetime
) -> tuple[Entries, dict[int, SheetRow]]:
    """The visitor's entries by owner set, and the sheets that stand for them; three queries."""
    persons = actor.persons_in(ballot.estate_id)
    if ballot.frozen_roll_id is None or not persons:
        return {}, {}
    grouped: Entries = {}
    entries = roll.castable_entries(ballot.frozen_roll_id, persons, now)
    for e in entries:
        grouped.setdefault(e.current_key, []).append(e)
    return grouped, sheets_of(ballot.id, [e.entry_id for e in entries], actor.account_id)


def group_of(
    ballot: BallotRow,
    key: str,
    members: Sequence[CastableEntry],
    standing: dict[int, SheetRow],
    now: datetime,
    answers: tuple[Answer, ...] | None = None,
    digest_shown: str | None = None,
) -> VoterGroup:
    """One owner set's entries with the blockers of casting for those that still can."""
    sheets = tuple(standing[e.entry_id] for e in members if e.entry_id in standing)
    missing = [e for e in members if e.entry_id not in standing]
    # A bought flat's entry joins the sheet its buyer has already cast (E12c): only it is open.
    open_ones = missing if missing else list(members)
    facts = CastFacts(
        times=ballot.times,
        channels=ballot.channels,
        entries=tuple(_entry(e, standing.get(e.entry_id)) for e in open_ones),
        replaceable=ballot.replaceable,
        answers=answers,
        digest_now=ballot.digest,
        digest_shown=ballot.digest if digest_shown is None else digest_shown,
    )
    first = members[0]
    return VoterGroup(
        key=key[:12],
        entries=tuple(members),
        label="、".join(e.label for e in members),
        units=tuple(u for e in members for u in e.units),
        heads=0 if sheets and missing else max(e.heads for e in members),
        area_cm2=sum(e.area_cm2 for e in open_ones),
        building_id=first.building_id,
        as_who=first.as_who,
        co_owned=any(e.co_owned for e in members),
        blockers=why_not_cast(facts, now),
        sheet=sheets[0] if sheets else None,
        sheets=sheets,
    )


def _entry(e: CastableEntry, sheet: SheetRow | None) -> EntryFacts:
    return EntryFacts(
        label=e.label,
        entitled=True,
        contested=sheet is not None and sheet.contested,
        cast_at=sheet.cast_at if sheet else None,
        cast_channel=sheet.channel if sheet else None,
    )


_S, _C = Sheet.__table__.c, EntryContest.__table__.c
_STANDING = Fixed(
    select(
        _S.id,
        _S.entry_id,
        _S.cast_at,
        _S.channel,
        _S.receipt,
        _S.request_key,
        _S.account_id,
        _C.id.label("contest"),
    )
    .outerjoin(
        EntryContest.__table__,
        and_(_C.ballot_id == _S.ballot_id, _C.entry_id == _S.entry_id, _C.settled_at.is_(None)),
    )
    .where(
        _S.ballot_id == bindparam("ballot"),
        _S.entry_id.in_(bindparam("entries", expanding=True)),
        _S.active.is_(True),
    )
)


def sheets_of(
    ballot_id: int, entry_ids: Sequence[int], account_id: int | None
) -> dict[int, SheetRow]:
    """The standing sheet of each of these entries, with whether a co-owner contests it; one query."""
    if not entry_ids:
        return {}
    rows = _STANDING.rows(ballot=ballot_id, entries=list(entry_ids))
    found = {}
    for id_, entry_id, cast_at, channel, receipt, key, account, contest in rows:
        mine, contested = account == account_id, contest is not None
        found[entry_id] = SheetRow(
            id_, entry_id, cast_at, channel, receipt, key, account, mine, contested
        )
    return found


def labels(entry_ids: Sequence[int]) -> tuple[str, ...]:
    """Labels of entries in the order given."""
    rows = db.session.connection().execute(
        select(RollEntry.id, RollEntry.label).where(RollEntry.id.in_(entry_ids))
    )
    found = {row[0]: row[1] for row in rows}
    return tuple(found[i] for i in entry_ids)
