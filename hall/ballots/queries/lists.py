"""Lists of ballots: for the estate's pages, the home cards, the daily curve, dockets and contests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select

from hall.ballots.models import Ballot, EntryContest, Objection, Sheet
from hall.ballots.queries.facts import rule_of
from hall.ballots.rules import Phase, Times, phase
from hall.clock import local_date
from hall.db import db
from hall.people.models import Person
from hall.permissions import Actor
from hall.roll import queries as roll
from hall.roll.models import FrozenRoll, RollEntry
from hall.rulesets.rules import Rule


@dataclass(frozen=True, slots=True)
class BallotCard:
    """A ballot in a list, with its participation so far and never a choice."""

    id: int
    n: int
    kind: str
    title: str
    summary: str
    matter: int | None
    round: int | None
    scope: str
    notice_number: str | None
    frozen_roll_id: int | None
    times: Times
    heads: int
    area_cm2: int
    cast_heads: int
    cast_area: int
    rule: Rule | None

    @property
    def open_at(self) -> datetime | None:
        """Start of its window."""
        return self.times.open_at

    @property
    def close_at(self) -> datetime | None:
        """End of its window."""
        return self.times.close_at

    @property
    def noticed_at(self) -> datetime | None:
        """When its notice came out."""
        return self.times.noticed_at

    def phase(self, now: datetime) -> Phase:
        """Where it stands at an instant."""
        return phase(self.times, now)


@dataclass(frozen=True, slots=True)
class HomeCard:
    """A ballot on the home page. mine: none | waiting | cast, as it stands for this visitor."""

    card: BallotCard
    mine: str


@dataclass(frozen=True, slots=True)
class DayTurnout:
    """Participation up to the end of a Shanghai day."""

    day: date
    heads: int
    area: int


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection on the public docket. name is for staff; pages mask it."""

    n: int
    name: str
    text: str
    raised_at: datetime
    upheld: bool | None
    answer: str
    answered_name: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ContestRow:
    """A co-owner's dispute of a sheet."""

    entry_id: int
    label: str
    reason: str
    raised_at: datetime
    settled_at: datetime | None


def every(estate_id: int, *, drafts: bool = False) -> tuple[BallotCard, ...]:
    """Ballots of an estate, newest first; two queries whatever their number."""
    where = [Ballot.estate_id == estate_id]
    if not drafts:
        where.append(Ballot.noticed_at.is_not(None))
    return _cards(and_(*where))


def running(estate_id: int, now: datetime) -> tuple[BallotCard, ...]:
    """Noticed and open ballots, the one that closes first in front."""
    found = _cards(
        and_(
            Ballot.estate_id == estate_id,
            Ballot.noticed_at.is_not(None),
            Ballot.voided_at.is_(None),
            Ballot.close_at > now,
        )
    )
    return tuple(sorted(found, key=lambda c: (c.close_at or now, c.n)))


def home_cards(estate_id: int, actor: Actor, now: datetime) -> tuple[HomeCard, ...]:
    """Running ballots with what they want of this visitor, those waiting for him in front.

    The same number of queries however many ballots run.
    """
    cards = running(estate_id, now)
    mine = _mine(cards, actor.persons_in(estate_id), now)
    return tuple(
        sorted(
            (HomeCard(c, mine.get(c.id, "none")) for c in cards), key=lambda c: c.mine != "waiting"
        )
    )


def _mine(cards: Sequence[BallotCard], persons: frozenset[int], now: datetime) -> dict[int, str]:
    rolls = {c.frozen_roll_id: c.id for c in cards if c.frozen_roll_id is not None}
    entries = roll.castable_on(rolls, persons, now)
    asked = [entry for found in entries.values() for entry in found]
    if not asked:
        return {}
    s = Sheet.__table__.c
    cast = {
        (ballot_id, entry_id)
        for ballot_id, entry_id in db.session.connection().execute(
            select(s.ballot_id, s.entry_id).where(
                s.ballot_id.in_([c.id for c in cards]), s.entry_id.in_(asked), s.active.is_(True)
            )
        )
    }
    mine: dict[int, str] = {}
    for card in cards:
        ids = entries.get(card.frozen_roll_id or 0, ())
        if any((card.id, e) not in cast for e in ids) and card.phase(now) is Phase.OPEN:
            mine[card.id] = "waiting"
        elif any((card.id, e) in cast for e in ids):
            mine[card.id] = "cast"
    return mine


def daily_turnout(ballot_id: int) -> tuple[DayTurnout, ...]:
    """Heads and area of standing sheets, summed up to each Shanghai day on which one came in."""
    s = Sheet.__table__.c
    by_day: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for at, heads, area in db.session.connection().execute(
        select(s.cast_at, s.heads, s.area_cm2).where(s.ballot_id == ballot_id, s.active.is_(True))
    ):
        sums = by_day[local_date(at)]
        sums[0] += heads
        sums[1] += area
    out, heads, area = [], 0, 0
    for day in sorted(by_day):
        heads += by_day[day][0]
        area += by_day[day][1]
        out.append(DayTurnout(day, heads, area))
    return tuple(out)


def objections(ballot_id: int) -> tuple[ObjectionRow, ...]:
    """The docket of a ballot in order."""
    o = Objection
    rows = db.session.connection().execute(
        select(
            o.n,
            Person.name,
            o.text,
            o.raised_at,
            o.upheld,
            o.answer,
            o.answered_name,
            o.answered_at,
        )
        .join(Person, Person.id == o.person_id)
        .where(o.ballot_id == ballot_id)
        .order_by(o.n)
    )
    return tuple(ObjectionRow(*r) for r in rows)


def contests(ballot_id: int) -> tuple[ContestRow, ...]:
    """Disputes of a ballot, open ones first."""
    c = EntryContest
    rows = db.session.connection().execute(
        select(c.entry_id, RollEntry.label, c.reason, c.raised_at, c.settled_at)
        .join(RollEntry, RollEntry.id == c.entry_id)
        .where(c.ballot_id == ballot_id)
        .order_by(c.settled_at.is_not(None), c.id)
    )
    return tuple(ContestRow(*r) for r in rows)


def _cards(where: ColumnElement[bool]) -> tuple[BallotCard, ...]:
    b = Ballot.__table__.c
    rows = db.session.connection().execute(
        select(
            b.id, b.n, b.kind, b.title, b.summary, b.matter, b.round, b.scope, b.notice_number,
            b.frozen_roll_id, b.noticed_at, b.open_at, b.close_at, b.counted_at, b.published_at,
            b.objections_until, b.voided_at, b.rule_config, FrozenRoll.heads, FrozenRoll.area_cm2,
        )
        .outerjoin(FrozenRoll, FrozenRoll.id == b.frozen_roll_id)
        .where(where)
        .order_by(b.n.desc())
    ).all()  # fmt: skip
    ids = [r.id for r in rows]
    cast, waiting = _cast(ids), _unanswered(ids)
    out = []
    for r in rows:
        heads, area = cast.get(r.id, (0, 0))
        times = Times(
            r.noticed_at, r.open_at, r.close_at, r.counted_at, r.published_at, r.objections_until,
            waiting.get(r.id, 0), r.voided_at,
        )  # fmt: skip
        out.append(
            BallotCard(
                r.id,
                r.n,
                r.kind,
                r.title,
                r.summary,
                r.matter,
                r.round,
                r.scope,
                r.notice_number,
                r.frozen_roll_id,
                times,
                r.heads or 0,
                r.area_cm2 or 0,
                heads,
                area,
                rule_of(r.rule_config, r.matter),
            )
        )
    return tuple(out)


def _cast(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    if not ids:
        return {}
    s = Sheet.__table__.c
    open_contest = (
        select(EntryContest.id)
        .where(
            EntryContest.ballot_id == s.ballot_id,
            EntryContest.entry_id == s.entry_id,
            EntryContest.settled_at.is_(None),
        )
        .exists()
    )
    rows = db.session.connection().execute(
        select(s.ballot_id, func.sum(s.heads), func.sum(s.area_cm2))
        .where(s.ballot_id.in_(ids), s.active.is_(True), ~open_contest)
        .group_by(s.ballot_id)
    )
    return {b: (int(h), int(a)) for b, h, a in rows}


def _unanswered(ids: Sequence[int]) -> dict[int, int]:
    if not ids:
        return {}
    rows = db.session.connection().execute(
        select(Objection.ballot_id, func.count())
        .where(Objection.ballot_id.in_(ids), Objection.answered_at.is_(None))
        .group_by(Objection.ballot_id)
    )
    return {b: int(n) for b, n in rows}
