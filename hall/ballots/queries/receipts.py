"""Receipts: proof that a sheet is counted, to its voter with the answers, to anyone without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from hall.ballots.models import Ballot, Option, Question, Sheet, SheetMark
from hall.ballots.queries.facts import BallotRow
from hall.db import db
from hall.errors import NotFound
from hall.estates.models import Estate
from hall.permissions import Actor
from hall.roll.models import RollEntry, RollEntryHolder


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt as its own household sees it. answers only after the close (R-3.10)."""

    code: str
    cast_at: datetime
    channel: str
    labels: tuple[str, ...]
    building_id: int
    heads: int
    area_cm2: int
    active: bool
    replaced_times: int
    answers: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    """What a code tells a stranger: counted | replaced | unknown. Never a unit, never a choice."""

    status: str
    estate_slug: str = ""
    estate_name: str = ""
    ballot_n: int = 0
    ballot_title: str = ""
    cast_at: datetime | None = None


def normalise(code: str) -> str:
    """A code as typed by hand: case, spaces, hyphens, and O I L for 0 1 1."""
    kept = "".join(c for c in code.upper() if c.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def receipt(ballot: BallotRow, code: str, actor: Actor, now: datetime) -> ReceiptRow:
    """A receipt of one's own entry. Raises NotFound for anybody else's, as if it did not exist."""
    s = Sheet.__table__.c
    rows = db.session.connection().execute(
        select(
            s.id, s.entry_id, s.cast_at, s.channel, s.building_id, s.heads, s.area_cm2, s.active,
            s.account_id, RollEntry.label,
        )
        .join(RollEntry, RollEntry.id == s.entry_id)
        .where(s.ballot_id == ballot.id, s.receipt == normalise(code))
        .order_by(s.id)
    ).all()  # fmt: skip
    if not rows or not _concerns(actor, ballot, [r.entry_id for r in rows], rows[0].account_id):
        raise NotFound("receipt")
    replaced = db.session.scalar(
        select(func.count()).where(
            s.ballot_id == ballot.id, s.entry_id == rows[0].entry_id, s.superseded_why == "replaced"
        )
    )
    closed = ballot.close_at is not None and now >= ballot.close_at
    return ReceiptRow(
        code=normalise(code),
        cast_at=rows[0].cast_at,
        channel=rows[0].channel,
        labels=tuple(r.label for r in rows),
        building_id=rows[0].building_id,
        heads=max(r.heads for r in rows),
        area_cm2=sum(r.area_cm2 for r in rows),
        active=rows[0].active,
        replaced_times=replaced or 0,
        answers=_answers(rows[0].id) if closed else (),
    )


def check_receipt(code: str) -> ReceiptCheck:
    """Whether a code belongs to a counted sheet; open to everybody."""
    s, b = Sheet.__table__.c, Ballot.__table__.c
    row = (
        db.session.connection()
        .execute(
            select(Estate.slug, Estate.name, b.n, b.title, s.cast_at, s.active)
            .select_from(Sheet.__table__)
            .join(Ballot.__table__, b.id == s.ballot_id)
            .join(Estate, Estate.id == b.estate_id)
            .where(s.receipt == normalise(code))
            .limit(1)
        )
        .one_or_none()
    )
    if row is None:
        return ReceiptCheck("unknown")
    slug, name, n, title, at, active = row
    return ReceiptCheck("counted" if active else "replaced", slug, name, n, title, at)


def _concerns(actor: Actor, ballot: BallotRow, entry_ids: list[int], account_id: int) -> bool:
    if actor.account_id is not None and actor.account_id == account_id:
        return True
    persons = actor.persons_in(ballot.estate_id)
    if not persons:
        return False
    h = RollEntryHolder
    return (
        db.session.scalar(
            select(h.id).where(h.entry_id.in_(entry_ids), h.person_id.in_(persons)).limit(1)
        )
        is not None
    )


def _answers(sheet_id: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = db.session.connection().execute(
        select(Question.text, Option.label)
        .select_from(SheetMark)
        .join(Option, Option.id == SheetMark.option_id)
        .join(Question, Question.id == SheetMark.question_id)
        .where(SheetMark.sheet_id == sheet_id)
        .order_by(Question.seq, Option.seq)
    )
    found: dict[str, list[str]] = {}
    for text, label in rows:
        found.setdefault(text, []).append(label)
    return tuple((text, tuple(labels)) for text, labels in found.items())
