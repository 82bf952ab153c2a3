"""When what an estate's public pages show has changed, and when time alone will change it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, select, union_all

from hall.ballots.models import Ballot, Sheet
from hall.db import Fixed, UtcDateTime
from hall.journal.models import JournalEntry
from hall.threads.models import Thread

_B, _J, _S, _T = (m.__table__.c for m in (Ballot, JournalEntry, Sheet, Thread))
# The newest of an index each: as quick with a million rows as with ten.
_ENTRY = select(func.max(_J.id))
_ENTRY_OF = _ENTRY.where(_J.estate_id == bindparam("estate")).scalar_subquery()
_ANY_ENTRY = _ENTRY.scalar_subquery()
_SHEET = select(func.max(_S.id)).scalar_subquery()
_BEATS = {
    (True, True): Fixed(select(_ENTRY_OF, _SHEET)),
    (True, False): Fixed(select(_ENTRY_OF)),
    (False, True): Fixed(select(_ANY_ENTRY, _SHEET)),
    (False, False): Fixed(select(_ANY_ENTRY)),
}


def beat(estate_id: int | None, *, sheets: bool) -> tuple[int | None, ...]:
    """A value that is another one after every act in the estate (None: anywhere); one query.

    sheets: after every sheet cast too, in whatever estate. On PostgreSQL an act that is committed
    after a younger one is not told apart from it; who keeps a page by this keeps it for a minute.
    """
    values = {} if estate_id is None else {"estate": estate_id}
    (row,) = _BEATS[estate_id is not None, sheets].rows(**values)
    return (estate_id, *row)


def _turns(of_estate: bool) -> Fixed:
    now = bindparam("now", type_=UtcDateTime())
    found = []
    for column in (_B.open_at, _B.close_at, _B.objections_until, _T.opens_at, _T.closes_at):
        turn = select(func.min(column).label("at")).where(column > now)
        if of_estate:
            turn = turn.where(column.table.c.estate_id == bindparam("estate"))
        elif column.table is Thread.__table__:
            continue  # the front door shows no round of comment
        found.append(turn)
    turns = union_all(*found).subquery()
    return Fixed(select(func.min(turns.c.at, type_=UtcDateTime())).select_from(turns))


_TURNS = {True: _turns(True), False: _turns(False)}


def next_turn(estate_id: int | None, now: datetime) -> datetime | None:
    """The next instant at which a ballot or a round of comment of the estate opens or closes.

    A ballot becoming final counts too. None if nothing is to come; without an estate, ballots alone.
    """
    values = {} if estate_id is None else {"estate": estate_id}
    (row,) = _TURNS[estate_id is not None].rows(now=now, **values)
    found: datetime | None = row[0]
    return found
