"""Casting: a whole sheet or nothing, once, kept before it is acknowledged."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast as typing_cast

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from hall.ballots.models import Sheet, SheetMark
from hall.ballots.queries import facts, voter
from hall.ballots.queries.facts import BallotRow, QuestionRow
from hall.ballots.queries.voter import SheetRow, VoterGroup
from hall.ballots.rules import Answer, why_not_cast
from hall.ballots.rules.casting import CastFacts
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.permissions import Action, Actor, require

# Crockford's alphabet: nothing that is misread aloud or on paper.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12  # 60 random bits

Answers = Mapping[int, Sequence[int]]

# Plain tables: the object layer would cost more than the disk (performance.md).
_SHEET = typing_cast(Table, Sheet.__table__)
_MARK = typing_cast(Table, SheetMark.__table__)
_INSERT_SHEET = insert(_SHEET).returning(_SHEET.c.id)
_INSERT_MARK = insert(_MARK)


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
        with atomic():
            ballot = _shared(estate_id, n)
            group = _group(ballot, actor, entry_id, answers, digest, now)
            if group is None:
                raise Refused(_not_on_roll(ballot, now))
            refuse_if(group.blockers)
            # Where a sheet stands that may be replaced, this may be its own request once more.
            if group.sheets and (again := _same_request(ballot.id, actor, request_key)):
                return again
            marks = _marks(ballot.questions, answers)
            return _store(ballot, actor, group, marks, request_key, now)
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
    page = voter.voter_page(ballot, actor, now)
    group = page.group_of(entry_id)
    if group is None:
        return None
    standing = {s.entry_id: s for s in group.sheets}
    joins = bool(standing) and len(standing) < len(group.entries)
    given = None if joins else _given(ballot, answers)
    return voter.group_of(ballot, group.key, group.entries, standing, now, given, digest)


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


_REQUEST = (
    select(_SHEET.c.receipt, _SHEET.c.cast_at, _SHEET.c.entry_id, _SHEET.c.heads, _SHEET.c.area_cm2)
    .where(
        _SHEET.c.ballot_id == bindparam("ballot"),
        _SHEET.c.account_id == bindparam("account"),
        _SHEET.c.request_key == bindparam("key"),
    )
    .order_by(_SHEET.c.id)
)


def _same_request(ballot_id: int, actor: Actor, request_key: str) -> Receipt | None:
    rows = (
        db.session.connection()
        .execute(_REQUEST, {"ballot": ballot_id, "account": actor.account_id, "key": request_key})
        .all()
    )
    if not rows:
        return None
    labels = voter.labels([r.entry_id for r in rows])
    return Receipt(
        rows[0].receipt,
        rows[0].cast_at,
        labels,
        max(r.heads for r in rows),
        sum(r.area_cm2 for r in rows),
        False,
    )


def _store(
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
        _supersede(group.sheets, now)
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    head_left = 0 if joins else 1
    connection = db.session.connection()
    for e in entries:
        heads = min(e.heads, head_left)
        head_left -= heads
        sheet_id = connection.execute(
            _INSERT_SHEET,
            {
                "ballot_id": ballot.id,
                "entry_id": e.entry_id,
                "building_id": e.building_id,
                "heads": heads,
                "area_cm2": e.area_cm2,
                "channel": "online",
                "account_id": actor.account_id,
                "person_id": e.person_id,
                "as_who": e.as_who,
                "cast_at": now,
                "request_key": request_key,
                "receipt": code,
                "active": True,
            },
        ).scalar_one()
        if marks:
            connection.execute(
                _INSERT_MARK,
                [
                    {
                        "sheet_id": sheet_id,
                        "option_id": option,
                        "question_id": question,
                        "heads": heads,
                        "area_cm2": e.area_cm2,
                    }
                    for question, option in marks
                ],
            )
    return Receipt(
        code,
        now,
        tuple(e.label for e in entries),
        1 - head_left if not joins else 0,
        sum(e.area_cm2 for e in entries),
        bool(standing) and not joins,
    )


def _marks_of(sheet: SheetRow) -> list[tuple[int, int]]:
    m = SheetMark.__table__.c
    return [
        (q, o)
        for q, o in db.session.execute(
            select(m.question_id, m.option_id).where(m.sheet_id == sheet.id).order_by(m.option_id)
        )
    ]


def _supersede(sheets: Sequence[SheetRow], now: datetime, why: str = "replaced") -> None:
    """An earlier sheet gives way: its trace stays, its choice goes (ux §14.2)."""
    ids = [s.id for s in sheets]
    db.session.execute(delete(SheetMark).where(SheetMark.sheet_id.in_(ids)))
    db.session.execute(
        update(Sheet)
        .where(Sheet.id.in_(ids))
        .values(active=False, superseded_at=now, superseded_why=why)
    )


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
