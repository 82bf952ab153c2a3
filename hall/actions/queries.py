"""Reads of the actions room, as frozen rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from hall.actions.models import FollowUp, FollowUpNews
from hall.actions.rules import Facts, State, late_days, percent, state
from hall.db import db
from hall.db.query import Query
from hall.errors import NotFound

FILTERS = ("running", "late", "external", "done", "verified", "dropped", "all")
_PROGRESS = ("progress", "milestone")


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One dated line of an action's history, newest first in lists."""

    id: int
    follow_up_id: int
    kind: str  # progress | milestone | news | explained | done | verified | sent_back | dropped
    percent: int | None
    text: str
    file_id: int | None
    body: str | None
    title: str | None
    name: str
    account_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action with its last line of history; state and lateness are asked with a day."""

    id: int
    estate_id: int
    n: int
    text: str
    body: str
    person: str
    post_id: int | None
    due_on: date | None
    external: bool
    agency: str
    check_on: date | None
    opened_at: datetime
    opened_by: str
    done_at: datetime | None
    done_body: str | None
    verified_at: datetime | None
    verified_body: str | None
    dropped_at: datetime | None
    drop_reason: str
    percent: int | None
    done_account: int | None
    latest: NewsRow | None

    @property
    def facts(self) -> Facts:
        """What the rules look at."""
        return Facts(
            self.body,
            self.due_on,
            self.external,
            self.check_on,
            self.done_at,
            self.done_account,
            self.verified_at,
            self.dropped_at,
        )

    def state(self, today: date) -> State:
        """The state on a Shanghai day."""
        return state(self.facts, today)

    def late_days(self, today: date) -> int:
        """Whole days past the due day, on a Shanghai day."""
        return late_days(self.facts, today)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions an estate has; late and external are among the running ones."""

    total: int
    running: int
    late: int
    external: int
    done: int  # said to be done, not yet seen by another body
    verified: int
    dropped: int


def get(estate_id: int, n: int) -> ActionRow:
    """An action by its number in the estate. Raises NotFound."""
    found = _rows(select(FollowUp).where(FollowUp.estate_id == estate_id, FollowUp.n == n))
    if not found:
        raise NotFound("follow_up")
    return found[0]


def by_ids(ids: Iterable[int]) -> dict[int, ActionRow]:
    """Actions by id, for rooms that hold ids; unknown ids are left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {row.id: row for row in _made(_BY_IDS.named(ids=sorted(wanted)))}


def history(follow_up_id: int) -> tuple[NewsRow, ...]:
    """Every line of an action, newest first."""
    q = (
        select(FollowUpNews)
        .where(FollowUpNews.follow_up_id == follow_up_id)
        .order_by(FollowUpNews.id.desc())
    )
    return tuple(_news(n) for n in db.session.scalars(q))


def cards(
    estate_id: int,
    which: str,
    *,
    today: date,
    bodies: Collection[str] = (),
    limit: int = 50,
    offset: int = 0,
) -> tuple[ActionRow, ...]:
    """Actions of an estate: which is one of FILTERS, bodies narrows to who owes them (empty: all).

    Late ones come first, the longest overdue on top; then by due day or day to ask again.
    """
    q = select(FollowUp).where(*_where(estate_id, which, today, bodies))
    when = func.coalesce(FollowUp.due_on, FollowUp.check_on)
    if which in ("done", "verified", "dropped"):
        ended = func.coalesce(FollowUp.verified_at, FollowUp.dropped_at, FollowUp.done_at)
        q = q.order_by(ended.desc(), FollowUp.n.desc())
    elif which == "all":
        q = q.order_by(FollowUp.n.desc())
    else:
        q = q.order_by(case((_late(today), 0), else_=1), when, FollowUp.n)
    return _rows(q.limit(limit).offset(offset))


def count(estate_id: int, which: str, *, today: date, bodies: Collection[str] = ()) -> int:
    """How many cards() there are."""
    q = select(func.count()).select_from(FollowUp).where(*_where(estate_id, which, today, bodies))
    return db.session.scalar(q) or 0


def counts(estate_id: int, today: date, bodies: Collection[str] = ()) -> Counts:
    """All the figures of an estate (or of some bodies) in one query."""
    parts = [func.sum(case((c, 1), else_=0)) for c in _conditions(today).values()]
    q = select(func.count(), *parts).where(FollowUp.estate_id == estate_id)
    if bodies:
        q = q.where(FollowUp.body.in_(bodies))
    row = db.session.execute(q).one()
    return Counts(*(int(value or 0) for value in row))


def to_verify(
    estate_id: int, bodies: Collection[str], account_id: int | None, limit: int = 50
) -> tuple[ActionRow, ...]:
    """Actions said to be done that somebody of these bodies may look at: another body's, another's."""
    q = (
        select(FollowUp)
        .where(
            FollowUp.estate_id == estate_id,
            FollowUp.done_at.is_not(None),
            FollowUp.verified_at.is_(None),
            FollowUp.dropped_at.is_(None),
        )
        .order_by(FollowUp.done_at)
        .limit(limit)
    )
    return tuple(
        row
        for row in _rows(q)
        if any(b != row.body for b in bodies) and row.done_account != account_id
    )


def _open() -> ColumnElement[bool]:
    return and_(FollowUp.done_at.is_(None), FollowUp.dropped_at.is_(None))


def _late(today: date) -> ColumnElement[bool]:
    return and_(_open(), FollowUp.external.is_(False), FollowUp.due_on < today)


def _conditions(today: date) -> dict[str, ColumnElement[bool]]:
    alive = FollowUp.dropped_at.is_(None)
    return {
        "running": _open(),
        "late": _late(today),
        "external": and_(_open(), FollowUp.external.is_(True)),
        "done": and_(alive, FollowUp.done_at.is_not(None), FollowUp.verified_at.is_(None)),
        "verified": and_(alive, FollowUp.verified_at.is_not(None)),
        "dropped": FollowUp.dropped_at.is_not(None),
    }


def _where(
    estate_id: int, which: str, today: date, bodies: Collection[str]
) -> list[ColumnElement[bool]]:
    found = [FollowUp.estate_id == estate_id]
    if which != "all":
        found.append(_conditions(today)[which])
    if bodies:
        found.append(FollowUp.body.in_(bodies))
    return found


def _rows(q: Select[Any]) -> tuple[ActionRow, ...]:
    """The rows of a select in its order: two queries, however many there are."""
    return _made(list(db.session.scalars(q)))


def _made(rows: Sequence[Any]) -> tuple[ActionRow, ...]:
    """The rows of actions read already, with their lines: one query more."""
    lines = _lines([r.id for r in rows])
    out = []
    for r in rows:
        latest, progress, done = (lines.get((r.id, what)) for what in ("last", "progress", "done"))
        facts = Facts(
            r.body, r.due_on, r.external, r.check_on, r.done_at, None, r.verified_at, r.dropped_at
        )
        out.append(
            ActionRow(
                r.id,
                r.estate_id,
                r.n,
                r.text,
                r.body,
                r.person,
                r.post_id,
                r.due_on,
                r.external,
                r.agency,
                r.check_on,
                r.opened_at,
                r.opened_by,
                r.done_at,
                r.done_body,
                r.verified_at,
                r.verified_body,
                r.dropped_at,
                r.drop_reason,
                percent(facts, progress.percent if progress else None),
                done.account_id if done and r.done_at is not None else None,
                latest,
            )
        )
    return tuple(out)


def _lines(ids: list[int]) -> dict[tuple[int, str], NewsRow]:
    """Of each action its newest line, the newest that told progress, the newest that said done."""
    if not ids:
        return {}
    found: dict[tuple[int, str], NewsRow] = {}
    for row in _LINES.named(ids=ids):
        line = _news(row)
        found[line.follow_up_id, "last"] = line
        if line.kind in _PROGRESS and line.percent is not None:
            found[line.follow_up_id, "progress"] = line
        if line.kind == "done":
            found[line.follow_up_id, "done"] = line
    return found


def _news(row: Any) -> NewsRow:
    return NewsRow(
        row.id,
        row.follow_up_id,
        row.kind,
        row.percent,
        row.text,
        row.file_id,
        row.body,
        row.title,
        row.name,
        row.account_id,
        row.at,
    )


_ACTION: Any = FollowUp.__table__
_NEWS: Any = FollowUpNews.__table__
_IDS: Any = bindparam("ids", expanding=True)
_BY_IDS = Query(select(_ACTION).where(_ACTION.c.id.in_(_IDS)))
_n = aliased(FollowUpNews)
_newest = [
    select(func.max(_n.id)).where(_n.follow_up_id.in_(_IDS), *where).group_by(_n.follow_up_id)
    for where in (
        (),
        (_n.kind.in_(_PROGRESS), _n.percent.is_not(None)),
        (_n.kind == "done",),
    )
]
_LINES = Query(select(_NEWS).where(or_(*(_NEWS.c.id.in_(s) for s in _newest))).order_by(_NEWS.c.id))
