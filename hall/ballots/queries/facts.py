"""The facts of one ballot: what it asks, its window, its frozen roll and rules."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.engine import Engine

from hall.ballots.models import Ballot, Objection, Option, Question
from hall.ballots.queries.turnout import scope_names
from hall.ballots.rules import Phase, Times, phase
from hall.counting import figures
from hall.db import Fixed, db
from hall.db.fixed import Rows
from hall.errors import NotFound
from hall.roll.models import FrozenRoll
from hall.rulesets.rules import Rule, RuleSet, from_json


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option. key: for | against | abstain | none, or c1, c2 … in paper order."""

    id: int
    seq: int
    key: str
    label: str
    detail: str
    kind: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with its options in paper order."""

    id: int
    seq: int
    text: str
    detail: str
    method: str
    seats: int
    options: tuple[OptionRow, ...]

    def for_count(self, matter: int | None) -> figures.Question:
        """The question as the counting room knows it."""
        choices = tuple(o.key for o in self.options if o.kind == "choice")
        return figures.Question(f"q{self.seq}", self.method, choices, self.seats, matter)

    def label_of(self, key: str) -> str:
        """The label of an option's key; the key itself when there is none."""
        return next((o.label for o in self.options if o.key == key), key)


@dataclass(frozen=True)
class BallotRow:
    """One ballot as pages and services read it. Areas cm², instants UTC."""

    id: int
    estate_id: int
    n: int
    kind: str
    title: str
    summary: str
    details: str
    matter: int | None
    scope: Mapping[str, list[int]]
    scope_names: tuple[str, ...]
    electorate: str
    channels: tuple[str, ...]
    convener: str
    contact: str
    replaceable: bool
    round: int | None
    previous_n: int | None
    open_at: datetime | None
    close_at: datetime | None
    created_at: datetime
    revision: int
    notice_number: str | None
    noticed_at: datetime | None
    rule_config: str | None
    rule_digest: str | None
    digest: str
    extended_from: datetime | None
    extended_at: datetime | None
    extension_reason: str | None
    voided_at: datetime | None
    void_reason: str | None
    counted_at: datetime | None
    published_at: datetime | None
    objections_until: datetime | None
    open_objections: int
    frozen_roll_id: int | None
    proposal_id: int | None
    proposal_version: int | None
    agenda_item_id: int | None
    entries: int
    heads: int
    area_cm2: int
    roll_digest: str
    questions: tuple[QuestionRow, ...]

    @property
    def times(self) -> Times:
        """The instants its phase hangs on."""
        return Times(
            self.noticed_at,
            self.open_at,
            self.close_at,
            self.counted_at,
            self.published_at,
            self.objections_until,
            self.open_objections,
            self.voided_at,
        )

    def phase(self, now: datetime) -> Phase:
        """Where it stands at an instant."""
        return phase(self.times, now)

    @cached_property
    def ruleset(self) -> RuleSet | None:
        """The rule set frozen by the notice; None for a draft or an advisory poll."""
        return _rules(self.rule_config) if self.rule_config else None

    @cached_property
    def rule(self) -> Rule | None:
        """The frozen lines of its matter; None for a draft or an advisory poll."""
        return rule_of(self.rule_config, self.matter)


@lru_cache(maxsize=256)
def _rules(config: str) -> RuleSet:
    """A frozen rule set, parsed once a process."""
    return from_json(config)


def rule_of(config: str | None, matter: int | None) -> Rule | None:
    """The lines a frozen rule set measures a matter by; None without one of them."""
    if not config or matter is None:
        return None
    return _rules(config).rule_for(matter)


# What may still change after the notice; the rest of a noticed ballot is kept per process.
_MOVING = [
    "close_at",
    "extended_from",
    "extended_at",
    "extension_reason",
    "voided_at",
    "void_reason",
    "counted_at",
    "published_at",
    "objections_until",
]
_B = Ballot.__table__.c
_LOOK = select(_B.id, _B.digest, *(_B[name] for name in _MOVING)).where(
    _B.estate_id == bindparam("estate"), _B.n == bindparam("n")
)
_LIGHT, _LIGHT_SHARED = Fixed(_LOOK), Fixed(_LOOK.with_for_update(read=True))
_frozen: dict[tuple[Engine, int, str], BallotRow] = {}
_MAX_KEPT = 256


def find(estate_id: int, n: int) -> BallotRow | None:
    """A ballot by its number in the estate, or None.

    One small query for a noticed ballot this process has read before, else three to five.
    """
    return _found(_LIGHT.rows(estate=estate_id, n=n))


def find_shared(estate_id: int, n: int) -> BallotRow | None:
    """The same inside a transaction, its row locked against an extension, void or count.

    Casts share the lock and run side by side.
    """
    return _found(_LIGHT_SHARED.rows(estate=estate_id, n=n))


def _found(rows: Rows) -> BallotRow | None:
    """The ballot of a look at it: what was frozen from memory, what may move from the rows."""
    if not rows:
        return None
    ballot_id, digest, *moving = rows[0]
    if digest is None:
        return by_id(ballot_id)
    key = (db.engine, ballot_id, digest)
    if key not in _frozen:
        if len(_frozen) >= _MAX_KEPT:
            _frozen.clear()
        _frozen[key] = by_id(ballot_id)
    return _moved(_frozen[key], moving)


def _moved(kept: BallotRow, moving: Sequence[Any]) -> BallotRow:
    """The kept ballot with what may have changed since, and with what it has already worked out."""
    now = dict(zip(_MOVING, moving, strict=True))
    now["open_objections"] = _open_objections(kept.id) if now["published_at"] else 0
    row = object.__new__(BallotRow)
    row.__dict__.update(kept.__dict__)
    row.__dict__.update(now)
    return row


def _open_objections(ballot_id: int) -> int:
    found = db.session.scalar(
        select(func.count()).where(
            Objection.ballot_id == ballot_id, Objection.answered_at.is_(None)
        )
    )
    return found or 0


def get(estate_id: int, n: int) -> BallotRow:
    """A ballot by its number in the estate. Raises NotFound."""
    found = find(estate_id, n)
    if found is None:
        raise NotFound("ballot")
    return found


def by_id(ballot_id: int) -> BallotRow:
    """A ballot by its id, for rooms above. Raises NoResultFound."""
    return _row(
        db.session.connection()
        .execute(select(Ballot.__table__).where(Ballot.id == ballot_id))
        .one()
    )


def questions(ballot_id: int) -> tuple[QuestionRow, ...]:
    """Questions with options of a ballot in paper order; one query."""
    rows = db.session.connection().execute(
        select(
            Question.id,
            Question.seq,
            Question.text,
            Question.detail,
            Question.method,
            Question.seats,
            Option.id,
            Option.seq,
            Option.label,
            Option.detail,
            Option.kind,
        )
        .outerjoin(Option, Option.question_id == Question.id)
        .where(Question.ballot_id == ballot_id)
        .order_by(Question.seq, Option.seq)
    )
    heads: dict[int, tuple[int, str, str, str, int]] = {}
    options: dict[int, list[OptionRow]] = {}
    for qid, seq, text, detail, method, seats, oid, oseq, label, odetail, kind in rows:
        heads[qid] = (seq, text, detail, method, seats)
        if oid is not None:
            key = f"c{oseq}" if kind == "choice" else kind
            options.setdefault(qid, []).append(OptionRow(oid, oseq, key, label, odetail, kind))
    return tuple(
        QuestionRow(qid, *head, tuple(options.get(qid, ()))) for qid, head in heads.items()
    )


# What a notice froze never changes again: kept per process, found by database, id and digest.
_frozen_questions: dict[tuple[Engine, int, str], tuple[QuestionRow, ...]] = {}


def frozen_questions(ballot_id: int, digest: str | None) -> tuple[QuestionRow, ...]:
    """Questions of a noticed ballot, from memory when this process has read them before."""
    if digest is None:
        return questions(ballot_id)
    key = (db.engine, ballot_id, digest)
    if key not in _frozen_questions:
        if len(_frozen_questions) >= _MAX_KEPT:
            _frozen_questions.clear()
        _frozen_questions[key] = questions(ballot_id)
    return _frozen_questions[key]


def _row(b: Row[tuple[object, ...]]) -> BallotRow:
    v = b._mapping
    scope = json.loads(v["scope"])
    frozen = (0, 0, 0, "")
    if v["frozen_roll_id"] is not None:
        frozen = (
            db.session.connection()
            .execute(
                select(
                    FrozenRoll.entries, FrozenRoll.heads, FrozenRoll.area_cm2, FrozenRoll.digest
                ).where(FrozenRoll.id == v["frozen_roll_id"])
            )
            .one()
        )
    open_objections = _open_objections(v["id"]) if v["published_at"] else 0
    previous = None
    if v["previous_id"] is not None:
        previous = db.session.scalar(select(Ballot.n).where(Ballot.id == v["previous_id"]))
    plain = [
        "id",
        "estate_id",
        "n",
        "kind",
        "title",
        "summary",
        "details",
        "matter",
        "electorate",
        "convener",
        "contact",
        "replaceable",
        "round",
        "open_at",
        "close_at",
        "created_at",
        "revision",
        "notice_number",
        "noticed_at",
        "rule_config",
        "rule_digest",
        "extended_from",
        "extended_at",
        "extension_reason",
        "voided_at",
        "void_reason",
        "counted_at",
        "published_at",
        "objections_until",
        "frozen_roll_id",
        "proposal_id",
        "proposal_version",
        "agenda_item_id",
    ]
    return BallotRow(
        **{name: v[name] for name in plain},
        scope=scope,
        scope_names=scope_names(scope),
        channels=tuple(json.loads(v["channels"])),
        previous_n=previous,
        digest=v["digest"] or "",
        open_objections=open_objections,
        entries=frozen[0],
        heads=frozen[1],
        area_cm2=frozen[2],
        roll_digest=frozen[3],
        questions=frozen_questions(v["id"], v["digest"]),
    )
