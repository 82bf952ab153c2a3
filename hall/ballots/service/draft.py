"""Drafting a ballot: everything may still change, nobody outside the committee sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select

from hall.ballots.drafting import (
    CHANNELS,
    ELECTORATES,
    KINDS,
    METHODS,
    BallotDraft,
    QuestionDraft,
)
from hall.ballots.models import Ballot, Option, Question
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.estates.models import Building, Entrance, Estate
from hall.journal import service as journal
from hall.permissions import Action, Actor, require


def create(actor: Actor, estate_id: int, draft: BallotDraft, *, now: datetime) -> int:
    """Start a draft; returns the ballot's number n in its estate. Raises Forbidden, Refused (shape)."""
    with atomic():
        # The estate's row serialises the running number on PostgreSQL.
        db.session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
        require(actor, Action.DRAFT_BALLOT, estate_id)
        refuse_if(_why_not_shaped(estate_id, draft))
        last = db.session.scalar(select(func.max(Ballot.n)).where(Ballot.estate_id == estate_id))
        ballot = Ballot(
            estate_id=estate_id,
            n=(last or 0) + 1,
            created_by=actor.account_id,
            created_at=now,
            **_columns(estate_id, draft),
        )
        db.session.add(ballot)
        db.session.flush()
        _write_questions(ballot.id, draft)
        journal.record(
            actor,
            "ballots.draft",
            "ballot",
            ballot.id,
            estate_id=estate_id,
            now=now,
            n=ballot.n,
            title=draft.title,
        )
        return ballot.n


def update(
    actor: Actor, estate_id: int, n: int, draft: BallotDraft, *, revision: int, now: datetime
) -> int:
    """Replace a draft; returns its new revision.

    Raises Refused: already_noticed, or draft_changed when somebody else saved since `revision` was read.
    """
    with atomic():
        ballot = locked(estate_id, n)
        require(actor, Action.DRAFT_BALLOT, estate_id)
        refuse_if(_why_not_draft(ballot))
        if ballot.revision != revision:
            raise Refused(Blocker("draft_changed", {"revision": ballot.revision}))
        refuse_if(_why_not_shaped(estate_id, draft))
        for name, value in _columns(estate_id, draft).items():
            setattr(ballot, name, value)
        ballot.revision += 1
        _clear_questions(ballot.id)
        _write_questions(ballot.id, draft)
        journal.record(
            actor,
            "ballots.revise",
            "ballot",
            ballot.id,
            estate_id=estate_id,
            now=now,
            revision=ballot.revision,
        )
        return ballot.revision


def discard(actor: Actor, estate_id: int, n: int, *, now: datetime) -> None:
    """Throw a draft away (it was never public). Raises Refused: already_noticed."""
    with atomic():
        ballot = locked(estate_id, n)
        require(actor, Action.DRAFT_BALLOT, estate_id)
        refuse_if(_why_not_draft(ballot))
        journal.record(
            actor,
            "ballots.discard",
            "ballot",
            ballot.id,
            estate_id=estate_id,
            now=now,
            n=n,
            title=ballot.title,
        )
        _clear_questions(ballot.id)
        db.session.delete(ballot)


def locked(estate_id: int, n: int) -> Ballot:
    """The ballot's row, locked until the transaction ends. Raises NotFound."""
    ballot = db.session.scalar(
        select(Ballot)
        .where(Ballot.estate_id == estate_id, Ballot.n == n)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if ballot is None:
        raise NotFound("ballot")
    return ballot


def _why_not_draft(ballot: Ballot) -> list[Blocker]:
    return (
        [Blocker("already_noticed", {"number": ballot.notice_number})] if ballot.noticed_at else []
    )


def _why_not_shaped(estate_id: int, draft: BallotDraft) -> list[Blocker]:
    """Shape only, whatever form it came from; whether it may be noticed is rules.why_not_notice."""
    found: list[Blocker] = []
    if draft.kind not in KINDS or draft.electorate not in ELECTORATES:
        found.append(Blocker("unknown_choice", {"value": f"{draft.kind}/{draft.electorate}"}))
    found += [Blocker("unknown_choice", {"value": c}) for c in draft.channels if c not in CHANNELS]
    if not draft.title.strip():
        found.append(Blocker("title_missing"))
    for q in draft.questions:
        if q.method not in METHODS or q.seats < 1:
            found.append(Blocker("unknown_choice", {"value": q.method}))
    if draft.matter is not None and not 1 <= draft.matter <= 9:
        found.append(Blocker("unknown_choice", {"value": str(draft.matter)}))
    found += _why_not_scope(estate_id, draft.scope)
    return found


def _why_not_scope(estate_id: int, scope: Mapping[str, list[int]]) -> list[Blocker]:
    if not scope:
        return []
    if len(scope) != 1 or not set(scope) <= {"buildings", "entrances"}:
        return [Blocker("scope_mixed")]
    ((what, ids),) = scope.items()
    table = Building if what == "buildings" else Entrance
    known = set(db.session.scalars(select(table.id).where(table.estate_id == estate_id)))
    return [] if ids and set(ids) <= known else [Blocker("scope_unknown")]


def _columns(estate_id: int, draft: BallotDraft) -> dict[str, object]:
    previous = None
    if draft.previous_n is not None:
        previous = db.session.scalar(
            select(Ballot.id).where(Ballot.estate_id == estate_id, Ballot.n == draft.previous_n)
        )
        if previous is None:
            raise NotFound("ballot")
    return {
        "kind": draft.kind,
        "title": draft.title.strip(),
        "summary": draft.summary.strip(),
        "details": draft.details.strip(),
        "matter": draft.matter if draft.kind == "statutory" else None,
        "scope": json.dumps({k: sorted(set(v)) for k, v in draft.scope.items()}, sort_keys=True),
        # The law names the electors of a statutory ballot; only a poll may ask others.
        "electorate": "owners" if draft.kind == "statutory" else draft.electorate,
        "channels": json.dumps(sorted(set(draft.channels))),
        "convener": draft.convener.strip(),
        "contact": draft.contact.strip(),
        "replaceable": draft.replaceable and draft.kind == "advisory",
        "round": draft.round,
        "previous_id": previous,
        "open_at": draft.open_at,
        "close_at": draft.close_at,
    }


def _clear_questions(ballot_id: int) -> None:
    ids = select(Question.id).where(Question.ballot_id == ballot_id)
    db.session.execute(delete(Option).where(Option.question_id.in_(ids)))
    db.session.execute(delete(Question).where(Question.ballot_id == ballot_id))


def _write_questions(ballot_id: int, draft: BallotDraft) -> None:
    for seq, q in enumerate(draft.questions, 1):
        row = Question(
            ballot_id=ballot_id,
            seq=seq,
            text=q.text.strip(),
            detail=q.detail.strip(),
            method=q.method,
            seats=q.seats if q.method == "election" else 1,
        )
        db.session.add(row)
        db.session.flush()
        for n, (label, detail, kind) in enumerate(_options(q, draft.kind), 1):
            db.session.add(Option(question_id=row.id, seq=n, label=label, detail=detail, kind=kind))


def _options(q: QuestionDraft, kind: str) -> list[tuple[str, str, str]]:
    """The typed options with those the law or fairness adds (R-2.38: plans need a way to refuse all)."""
    if q.method == "motion":
        yes, no, abstain = q.motion_details
        return [
            ("同意", yes, "for"),
            ("反对", no, "against"),
            ("弃权", abstain or "算参加，不表态", "abstain"),
        ]
    typed = [(o.label.strip(), o.detail.strip(), "choice") for o in q.options if o.label.strip()]
    refuse_all = {"single": "都不同意", "approval": "都不同意", "election": "都不选"}[q.method]
    if kind == "advisory":
        refuse_all = {"single": "以上都不合适", "approval": "以上都不合适", "election": "都不选"}[
            q.method
        ]
    typed.append((refuse_all, "", "none"))
    if kind == "statutory":
        typed.append(("弃权", "算参加，不表态", "abstain"))
    return typed
