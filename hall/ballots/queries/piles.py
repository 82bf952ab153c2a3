"""The count in SQL: marks summed by option over a covering index, exactly what counting.tally would give.

An active sheet answers every question validly (rules.why_not_cast), so each takes part in each;
contested sheets (E8) are taken out again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from hall.ballots.models import Sheet, SheetMark
from hall.ballots.queries.facts import BallotRow, QuestionRow
from hall.ballots.queries.turnout import contested_sheets
from hall.counting.figures import ABSTAIN, EMPTY, Pile, Totals, options_of
from hall.db import db


@dataclass(frozen=True, slots=True)
class Counted:
    """The piles of a ballot: of each question, of all returned sheets by channel, of contested ones."""

    totals: tuple[Totals, ...]
    returned: Pile
    sheets: int
    channels: tuple[tuple[str, int, Pile], ...]
    contested: tuple[int, Pile]


def count_piles(ballot: BallotRow) -> Counted:
    """Sum the sheets of a ballot. Raises ValueError when the guards of rules §1.6 fail."""
    contested = contested_sheets(ballot.id)
    out = [s.sheet_id for s in contested]
    out_pile = Pile(sum(s.heads for s in contested), sum(s.area_cm2 for s in contested))
    channels = _channels(ballot.id, out)
    returned = Pile(sum(p.heads for _, _, p in channels), sum(p.area_cm2 for _, _, p in channels))
    total = Pile(ballot.heads, ballot.area_cm2)
    return Counted(
        totals=tuple(_question(ballot, q, total, returned, out) for q in ballot.questions),
        returned=returned,
        sheets=sum(n for _, n, _ in channels),
        channels=channels,
        contested=(len(contested), out_pile),
    )


def _question(
    ballot: BallotRow, q: QuestionRow, total: Pile, returned: Pile, out: Sequence[int]
) -> Totals:
    piles = _sum_marks(q.id)
    for option, pile in _sum_marks(q.id, out).items() if out else ():
        piles[option] = piles[option] - pile
    by_key = {o.key: piles.get(o.id, EMPTY) for o in q.options}
    asked = q.for_count(ballot.matter)
    return Totals(
        question=asked,
        total=total,
        participating=returned,
        options=tuple((key, by_key.get(key, EMPTY)) for key in options_of(asked)),
        abstain=by_key.get(ABSTAIN, EMPTY),
    )


def _sum_marks(question_id: int, only: Sequence[int] | None = None) -> dict[int, Pile]:
    m = SheetMark.__table__.c
    q = (
        select(m.option_id, func.sum(m.heads), func.sum(m.area_cm2))
        .where(m.question_id == question_id)
        .group_by(m.option_id)
    )
    if only is not None:
        q = q.where(m.sheet_id.in_(only))
    return {o: Pile(int(h), int(a)) for o, h, a in db.session.connection().execute(q)}


def _channels(ballot_id: int, out: Sequence[int]) -> tuple[tuple[str, int, Pile], ...]:
    # By building first, in the order of the covering index: no sorting of a million rows.
    s = Sheet.__table__.c
    q = (
        select(s.channel, func.count(), func.sum(s.heads), func.sum(s.area_cm2))
        .where(s.ballot_id == ballot_id, s.active.is_(True))
        .group_by(s.building_id, s.channel)
    )
    if out:
        q = q.where(s.id.not_in(out))
    found: dict[str, tuple[int, Pile]] = {}
    for channel, n, heads, area in db.session.connection().execute(q):
        sheets, pile = found.get(channel, (0, EMPTY))
        found[channel] = (sheets + n, pile + Pile(int(heads), int(area)))
    return tuple((channel, *found[channel]) for channel in sorted(found))
