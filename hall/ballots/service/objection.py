"""Objections 异议 to a published result: a public docket, answered by somebody not complained about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from hall.ballots.models import Objection
from hall.ballots.queries import facts
from hall.ballots.rules import Phase
from hall.ballots.service.draft import locked
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, refuse_if
from hall.journal import service as journal
from hall.permissions import Action, Actor, require

MAX_TEXT = 2000


def object_blockers(ballot: facts.BallotRow, now: datetime) -> tuple[Blocker, ...]:
    """Why nobody may object now: not published yet, or the objection window is over."""
    if ballot.published_at is None:
        return (Blocker("result_not_published", {}, "chair"),)
    if ballot.phase(now) is Phase.VOID:
        return (Blocker("ballot_void", {"at": ballot.voided_at}),)
    if ballot.objections_until is not None and now >= ballot.objections_until:
        return (Blocker("objections_closed", {"until": ballot.objections_until}),)
    return ()


def object(actor: Actor, estate_id: int, n: int, text: str, *, now: datetime) -> int:
    """Raise an objection to a published result; returns its number on the docket.

    Raises Forbidden, NotFound, Refused: result_not_published, objections_closed, text_missing,
    text_too_long.
    """
    with atomic():
        row = locked(estate_id, n)
        require(actor, Action.OBJECT, estate_id)
        found = list(object_blockers(facts.get(estate_id, n), now))
        if not text.strip():
            found.append(Blocker("text_missing"))
        if len(text) > MAX_TEXT:
            found.append(Blocker("text_too_long", {"most": MAX_TEXT}))
        refuse_if(found)
        last = db.session.scalar(select(func.max(Objection.n)).where(Objection.ballot_id == row.id))
        number = (last or 0) + 1
        db.session.add(
            Objection(
                estate_id=estate_id,
                ballot_id=row.id,
                n=number,
                person_id=min(actor.persons_in(estate_id)),
                account_id=actor.account_id,
                text=text.strip(),
                raised_at=now,
            )
        )
        journal.record(
            actor,
            "ballots.object",
            "ballot",
            row.id,
            estate_id=estate_id,
            now=now,
            n=n,
            objection=number,
        )
        return number


def answer_objection(
    actor: Actor,
    estate_id: int,
    n: int,
    objection_n: int,
    upheld: bool,
    answer: str,
    *,
    now: datetime,
) -> None:
    """Answer an objection once, in public. Who raised it may not answer it.

    Raises Forbidden, NotFound, Refused: already_answered, answer_text_missing, own_objection.
    """
    with atomic():
        row = locked(estate_id, n)
        require(actor, Action.ANSWER_OBJECTION, estate_id)
        objection = db.session.scalar(
            select(Objection).where(Objection.ballot_id == row.id, Objection.n == objection_n)
        )
        if objection is None:
            raise NotFound("objection")
        found = []
        if objection.answered_at is not None:
            found.append(Blocker("already_answered", {"at": objection.answered_at}))
        if not answer.strip():
            found.append(Blocker("answer_text_missing"))
        if objection.account_id == actor.account_id:
            found.append(Blocker("own_objection"))
        refuse_if(found)
        objection.upheld, objection.answer = upheld, answer.strip()
        objection.answered_by, objection.answered_name = actor.account_id, actor.name
        objection.answered_at = now
        journal.record(
            actor,
            "ballots.answer_objection",
            "ballot",
            row.id,
            estate_id=estate_id,
            now=now,
            n=n,
            objection=objection_n,
            upheld=upheld,
        )
