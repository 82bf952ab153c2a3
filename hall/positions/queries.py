"""Reads of the positions room: the matrix of a proposal, the strips of many, who is barred."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from hall.bodies import queries as bodies
from hall.bodies.rules import Body
from hall.db import db
from hall.db.query import Query
from hall.errors import NotFound
from hall.positions import rules
from hall.positions.models import Interest, Position
from hall.positions.rules import Barred, BarredBody, DeclaredInterest
from hall.proposals import queries as proposals
from hall.proposals.models import Proposal


@dataclass(frozen=True, slots=True)
class PositionRow:
    """What a body said, by whom, on which wording and in which round."""

    id: int
    proposal_id: int
    round_n: int
    version_n: int
    body: str
    stance: str
    reason: str
    title: str
    name: str
    meeting_n: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class InterestRow:
    """A declared interest; person_id None: of the whole body."""

    id: int
    proposal_id: int
    body: str
    person_id: int | None
    name: str
    kind: str
    text: str
    declared_at: datetime
    declared_by: str
    ended_at: datetime | None
    ended_reason: str


@dataclass(frozen=True, slots=True)
class Column:
    """A round of comment in the matrix; 0 stands for the time before the first."""

    round_n: int
    version_n: int
    opened_at: datetime
    is_current: bool
    is_final: bool  # the round on the wording that was fixed


@dataclass(frozen=True, slots=True)
class Cell:
    """What a body said in a round: the newest, then what it replaced, newest first.

    days: how many days nobody has said anything, in the current round; None where nobody is waited for.
    """

    position: PositionRow | None
    earlier: tuple[PositionRow, ...]
    days: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A body's line: one cell a column; barred: why it can only recuse itself."""

    body: str
    name: str  # in this estate; '' when it has not been named
    cells: tuple[Cell, ...]
    barred: BarredBody | None

    @property
    def newest(self) -> PositionRow | None:
        """What it said last, in whichever round."""
        said = [c.position for c in self.cells if c.position is not None]
        return said[-1] if said else None


@dataclass(frozen=True, slots=True)
class Matrix:
    """The five bodies, always all five and in their fixed order, over the rounds."""

    proposal_id: int
    proposal_n: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    interests: tuple[InterestRow, ...]  # those that stand


@dataclass(frozen=True, slots=True)
class Seal:
    """One of the five in a strip: stance, or '' when it has said nothing yet."""

    body: str
    stance: str


def matrix(proposal_id: int, now: datetime) -> Matrix:
    """The matrix of a proposal: five queries, however many rounds and positions. Raises NotFound."""
    return matrix_of(proposals.by_id(proposal_id), now)


def matrix_of(proposal: proposals.ProposalRow, now: datetime) -> Matrix:
    """The matrix of a proposal that has been read already: four queries."""
    proposal_id = proposal.id
    columns = _columns(proposal, now)
    names = {b.body.value: b.name for b in bodies.of_estate(proposal.estate_id)}
    standing = interests(proposal_id)
    who = rules.barred(proposal.matter, [_declared(i) for i in standing])
    said: dict[tuple[str, int], list[PositionRow]] = {}
    for row in history(proposal_id):
        said.setdefault((row.body, row.round_n), []).append(row)
    if any(n == 0 for _, n in said) and columns[0].round_n != 0:
        columns = (_before(proposal), *columns)
    rows = tuple(_row(b.value, names.get(b.value, ""), columns, said, who, now) for b in Body)
    return Matrix(proposal_id, proposal.n, columns, rows, standing)


def history(proposal_id: int) -> tuple[PositionRow, ...]:
    """Everything the bodies said on a proposal, newest first."""
    return tuple(_position(p) for p in _SAID.named(proposal=proposal_id))


def strips(proposal_ids: Iterable[int]) -> dict[int, tuple[Seal, ...]]:
    """Of each proposal the newest word of each body, for lists: three queries for all."""
    wanted = set(proposal_ids)
    if not wanted:
        return {}
    newest = (
        select(func.max(Position.id))
        .where(Position.proposal_id.in_(wanted))
        .group_by(Position.proposal_id, Position.body)
    )
    q = select(Position.proposal_id, Position.body, Position.stance).where(Position.id.in_(newest))
    said = {(p, body): stance for p, body, stance in db.session.execute(q)}
    who = _barred_of(wanted)
    return {
        p: tuple(
            Seal(
                b.value,
                rules.Stance.RECUSED.value if bar.body(b) else said.get((p, b.value), ""),
            )
            for b in Body
        )
        for p, bar in who.items()
    }


def elsewhere(estate_id: int, body: str, but: int, limit: int = 5) -> tuple[PositionRow, ...]:
    """The newest word of a body on other proposals of the estate, newest first."""
    newest = (
        select(func.max(Position.id))
        .where(Position.estate_id == estate_id, Position.body == body, Position.proposal_id != but)
        .group_by(Position.proposal_id)
    )
    q = select(Position).where(Position.id.in_(newest)).order_by(Position.id.desc()).limit(limit)
    return tuple(_position(p) for p in db.session.scalars(q))


def barred(proposal_id: int) -> Barred:
    """Who is barred on a proposal, whole bodies and persons, with the reasons. Raises NotFound."""
    found = _barred_of({proposal_id}).get(proposal_id)
    if found is None:
        raise NotFound("proposal")
    return found


def interests(proposal_id: int, *, ended: bool = False) -> tuple[InterestRow, ...]:
    """The interests declared in a proposal, oldest first; those that ended only when asked for."""
    declared = _DECLARED if ended else _STANDING
    return tuple(
        InterestRow(
            i.id,
            i.proposal_id,
            i.body,
            i.person_id,
            i.name,
            i.kind,
            i.text,
            i.declared_at,
            i.declared_by,
            i.ended_at,
            i.ended_reason,
        )
        for i in declared.named(proposal=proposal_id)
    )


def current_round(proposal_id: int, now: datetime) -> int:
    """Number of the round that is open or was open last; 0 before any."""
    begun = [r.n for r in proposals.round_facts(proposal_id) if r.opens_at <= now]
    return max(begun, default=0)


def _barred_of(proposal_ids: set[int]) -> dict[int, Barred]:
    which = select(Proposal.id, Proposal.matter).where(Proposal.id.in_(proposal_ids))
    matters: dict[int, int | None] = dict(db.session.connection().execute(which).all())
    declared: dict[int, list[DeclaredInterest]] = {}
    q = (
        select(
            Interest.proposal_id, Interest.body, Interest.person_id, Interest.kind, Interest.text
        )
        .where(Interest.proposal_id.in_(proposal_ids), Interest.ended_at.is_(None))
        .order_by(Interest.id)
    )
    for p, body, person_id, kind, text in db.session.execute(q):
        declared.setdefault(p, []).append(DeclaredInterest(body, person_id, kind, text))
    return {p: rules.barred(matter, declared.get(p, [])) for p, matter in matters.items()}


def _columns(proposal: proposals.ProposalRow, now: datetime) -> tuple[Column, ...]:
    begun = [r for r in proposals.round_facts(proposal.id) if r.opens_at <= now]
    if not begun:
        return (_before(proposal, is_current=True),)
    last = begun[-1].n
    return tuple(
        Column(
            r.n,
            r.version_n,
            r.opens_at,
            r.n == last,
            r.n == last and r.version_n == proposal.ready_version,
        )
        for r in begun
    )


def _before(proposal: proposals.ProposalRow, *, is_current: bool = False) -> Column:
    facts = proposal.facts
    let_in = [t for t in (facts.on_agenda_at, facts.screened_at) if t is not None]
    opened = min(let_in) if let_in else facts.submitted_at or proposal.created_at
    return Column(0, 1, opened, is_current, False)


def _row(
    body: str,
    name: str,
    columns: tuple[Column, ...],
    said: Mapping[tuple[str, int], list[PositionRow]],
    who: Barred,
    now: datetime,
) -> Row:
    bar = who.body(body)
    cells = []
    for column in columns:
        lines = said.get((body, column.round_n), [])
        waiting = column.is_current and not lines and bar is None
        cells.append(
            Cell(
                lines[0] if lines else None,
                tuple(lines[1:]),
                rules.days_empty(column.opened_at, now) if waiting else None,
            )
        )
    return Row(body, name, tuple(cells), bar)


def _declared(row: InterestRow) -> DeclaredInterest:
    return DeclaredInterest(row.body, row.person_id, row.kind, row.text)


def _position(p: Position) -> PositionRow:
    return PositionRow(
        p.id,
        p.proposal_id,
        p.round_n,
        p.version_n,
        p.body,
        p.stance,
        p.reason,
        p.title,
        p.name,
        p.meeting_n,
        p.at,
    )


_POSITION: Any = Position.__table__
_INTEREST: Any = Interest.__table__
_THIS: Any = bindparam("proposal")
_SAID = Query(
    select(_POSITION).where(_POSITION.c.proposal_id == _THIS).order_by(_POSITION.c.id.desc())
)
_declared_in = select(_INTEREST).where(_INTEREST.c.proposal_id == _THIS).order_by(_INTEREST.c.id)
_DECLARED = Query(_declared_in)
_STANDING = Query(_declared_in.where(_INTEREST.c.ended_at.is_(None)))
