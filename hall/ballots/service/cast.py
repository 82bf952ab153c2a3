"""Casting: a whole sheet or nothing, once, kept before it is acknowledged."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from typing import cast as typing_cast

from sqlalchemy import Table, bindparam, delete, false, insert, select, update
from sqlalchemy.exc import IntegrityError

from hall.ballots.models import Sheet, SheetMark
from hall.ballots.queries import facts, voter
from hall.ballots.queries.facts import BallotRow, QuestionRow
from hall.ballots.queries.voter import SheetRow, VoterGroup
from hall.ballots.rules import Answer, why_not_cast
from hall.ballots.rules.casting import CastFacts
from hall.db import Fixed, atomic_fixed
from hall.db.fixed import Call, Line
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.permissions import Action, Actor, require

# Crockford's alphabet: nothing that is misread aloud or on paper.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12  # 60 random bits

Answers = Mapping[int, Sequence[int]]

# Plain tables: the object layer would cost more than the disk (performance.md).
_SHEET = typing_cast(Table, Sheet.__table__)
_MARK = typing_cast(Table, SheetMark.__table__)
_INSERT_SHEET = Fixed(insert(_SHEET).returning(_SHEET.c.id))


@cache
def _insert_marks(many: int) -> Fixed:
    """Insert that many marks of one sheet at once; option_0, question_0 … are theirs."""
    common: dict[str, Any] = {name: bindparam(name) for name in ("sheet_id", "heads", "area_cm2")}
    each = ("option", "question")
    return Fixed(
        insert(_MARK).values(
            [common | {f"{e}_id": bindparam(f"{e}_{i}") for e in each} for i in range(many)]
        )
    )


_DELETE_MARKS = Fixed(
    delete(_MARK).where(_MARK.c.sheet_id.in_(bindparam("sheets", expanding=True)))
)
_SUPERSEDE = Fixed(
    update(_SHEET)
    .where(_SHEET.c.id.in_(bindparam("sheets", expanding=True)))
    .values(active=false(), superseded_at=bindparam("at"), superseded_why=bindparam("why"))
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter takes home. area in cm²; replaced: an earlier sheet of the poll gave way."""

    code: str
    cast_at: datetime
    labels: tuple[str, ...]
    heads: int
    area_cm2: int
    replaced: bool


def check_answers(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    entry_id: int,
    answers: Answers,
    digest: str,
    now: datetime,
) -> tuple[Blocker, ...]:
    """All that would refuse this sheet now, for the review page; writes nothing. Raises NotFound."""
    ballot = facts.get(estate_id, n)
    group = _group(ballot, actor, entry_id, answers, digest, now)
    return _not_on_roll(ballot, now) if group is None else group.blockers


def cast(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    entry_id: int,
    answers: Answers,
    digest: str,
    request_key: str,
    now: datetime,
) -> Receipt:
    """Cast the sheet of the owner set that holds entry_id; returns only when it is on disk.

    answers: option ids marked under each question id. now: when the server received it.
    The same request_key again gives the same receipt and writes nothing.
    Raises Forbidden, NotFound, Refused (all blockers of rules.why_not_cast).
    """
    require(actor, Action.CAST, estate_id)
    try:
        with atomic_fixed() as line:
            ballot = _shared(estate_id, n)
            group = _group(ballot, actor, entry_id, answers, digest, now)
            if group is None:
                raise Refused(_not_on_roll(ballot, now))
            refuse_if(group.blockers)
            # Where a sheet stands that may be replaced, this may be its own request once more.
            if group.sheets and (again := _same_request(ballot.id, actor, request_key)):
                return again
            marks = _marks(ballot.questions, answers)
            return _store(line, ballot, actor, group, marks, request_key, now)
    except (IntegrityError, Refused) as stop:
        # The same request again, or our own first click stored since we looked, is no refusal.
        ballot = facts.get(estate_id, n)
        again = _same_request(ballot.id, actor, request_key)
        if again is not None:
            return again
        if isinstance(stop, Refused):
            raise
        # The last wall held: another worker stored this entry's sheet between our look and our write.
        raise Refused(_first_sheet(ballot, actor, entry_id, now)) from None


def _shared(estate_id: int, n: int) -> BallotRow:
    """The ballot under a shared lock: casts run side by side, a close or void waits for them."""
    ballot = facts.find_shared(estate_id, n)
    if ballot is None or ballot.noticed_at is None:
        raise NotFound("ballot")
    return ballot


def _group(
    ballot: BallotRow, actor: Actor, entry_id: int, answers: Answers, digest: str, now: datetime
) -> VoterGroup | None:
    """The owner set that holds an entry, with all that would refuse this sheet of it."""
    grouped, sheets = voter.entries_of(ballot, actor, now)
    for key, members in grouped.items():
        if all(e.entry_id != entry_id for e in members):
            continue
        standing = {e.entry_id for e in members} & sheets.keys()
        joins = bool(standing) and len(standing) < len(members)
        given = None if joins else _given(ballot, answers)
        return voter.group_of(ballot, key, members, sheets, now, given, digest)
    return None


def _given(ballot: BallotRow, answers: Answers) -> tuple[Answer, ...]:
    found = []
    for q in ballot.questions:
        keys = {o.id: o.key for o in q.options}
        # An id of another question or ballot reads as an unknown choice, never as a blank.
        marks = tuple(keys.get(i, f"?{i}") for i in answers.get(q.id, ()))
        found.append(Answer(q.for_count(ballot.matter), marks))
    return tuple(found)


def _marks(questions: Sequence[QuestionRow], answers: Answers) -> list[tuple[int, int]]:
    return [(q.id, option) for q in questions for option in dict.fromkeys(answers.get(q.id, ()))]


def _not_on_roll(ballot: BallotRow, now: datetime) -> tuple[Blocker, ...]:
    return why_not_cast(
        CastFacts(
            ballot.times, ballot.channels, (), digest_now=ballot.digest, digest_shown=ballot.digest
        ),
        now,
    )


_REQUEST = Fixed(
    select(_SHEET.c.receipt, _SHEET.c.cast_at, _SHEET.c.entry_id, _SHEET.c.heads, _SHEET.c.area_cm2)
    .where(
        _SHEET.c.ballot_id == bindparam("ballot"),
        _SHEET.c.account_id == bindparam("account"),
        _SHEET.c.request_key == bindparam("key"),
    )
    .order_by(_SHEET.c.id)
)


def _same_request(ballot_id: int, actor: Actor, request_key: str) -> Receipt | None:
    rows = _REQUEST.rows(ballot=ballot_id, account=actor.account_id, key=request_key)
    if not rows:
        return None
    code, cast_at, *_ = rows[0]
    labels = voter.labels([entry_id for _, _, entry_id, _, _ in rows])
    heads, area = max(r[3] for r in rows), sum(r[4] for r in rows)
    return Receipt(code, cast_at, labels, heads, area, False)


def _store(
    line: Line,
    ballot: BallotRow,
    actor: Actor,
    group: VoterGroup,
    marks: list[tuple[int, int]],
    request_key: str,
    now: datetime,
) -> Receipt:
    standing = {s.entry_id: s for s in group.sheets}
    entries = [e for e in group.entries if e.entry_id not in standing]
    joins = bool(standing) and bool(entries)
    if joins:  # the bought flat follows the sheet its owner has already cast (R-2.39, E12c)
        marks = _marks_of(group.sheets[0])
    elif standing:
        entries = list(group.entries)
        line.run(*_supersede(group.sheets, now))
    code = "".join(_ALPHABET[b % 32] for b in secrets.token_bytes(_CODE_LENGTH))
    head_left = 0 if joins else 1
    for e in entries:
        heads = min(e.heads, head_left)
        head_left -= heads
        [(sheet_id,)] = line.run(
            _INSERT_SHEET(
                ballot_id=ballot.id,
                entry_id=e.entry_id,
                building_id=e.building_id,
                heads=heads,
                area_cm2=e.area_cm2,
                channel="online",
                account_id=actor.account_id,
                person_id=e.person_id,
                as_who=e.as_who,
                cast_at=now,
                request_key=request_key,
                receipt=code,
                active=True,
            )
        )[0]
        if marks:
            line.run(_marks_call(sheet_id, heads, e.area_cm2, marks))
    return Receipt(
        code,
        now,
        tuple(e.label for e in entries),
        1 - head_left if not joins else 0,
        sum(e.area_cm2 for e in entries),
        bool(standing) and not joins,
    )


def _marks_call(sheet_id: int, heads: int, area_cm2: int, marks: list[tuple[int, int]]) -> Call:
    values = {"sheet_id": sheet_id, "heads": heads, "area_cm2": area_cm2}
    for i, (question, option) in enumerate(marks):
        values |= {f"question_{i}": question, f"option_{i}": option}
    return _insert_marks(len(marks))(**values)


_MARKS_OF = Fixed(
    select(_MARK.c.question_id, _MARK.c.option_id)
    .where(_MARK.c.sheet_id == bindparam("sheet"))
    .order_by(_MARK.c.option_id)
)


def _marks_of(sheet: SheetRow) -> list[tuple[int, int]]:
    return [(question, option) for question, option in _MARKS_OF.rows(sheet=sheet.id)]


def _supersede(sheets: Sequence[SheetRow], now: datetime, why: str = "replaced") -> list[Call]:
    """An earlier sheet gives way: its trace stays, its choice goes (ux §14.2)."""
    ids = [s.id for s in sheets]
    return [_DELETE_MARKS(sheets=ids), _SUPERSEDE(sheets=ids, at=now, why=why)]


def _first_sheet(
    ballot: BallotRow, actor: Actor, entry_id: int, now: datetime
) -> tuple[Blocker, ...]:
    group = voter.voter_page(ballot, actor, now).group_of(entry_id)
    if group is not None and group.blockers:
        return group.blockers
    return (
        Blocker(
            "already_cast", {"entry": group.label if group else "", "at": now, "channel": "online"}
        ),
    )
