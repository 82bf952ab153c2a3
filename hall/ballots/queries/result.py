"""Counted results: the stored document, and the outcomes recomputed from it every time it is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from hall.ballots.models import Result
from hall.ballots.queries.facts import BallotRow
from hall.ballots.queries.piles import Counted
from hall.ballots.queries.turnout import Turnout
from hall.clock import iso
from hall.counting.deciding import decide
from hall.counting.figures import Pile, Question, Totals
from hall.counting.outcome import Outcome
from hall.db import db
from hall.rulesets.rules import RuleSet, from_json

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One version of a count. document: see document(); outcomes: one per question."""

    id: int
    version: int
    counted_at: datetime
    counted_by: str
    scrutineers: str
    digest: str
    reason: str
    document: Mapping[str, Any]
    totals: tuple[Totals, ...]
    outcomes: tuple[Outcome, ...]


def document(ballot: BallotRow, counted: Counted, turnout: Turnout, now: datetime) -> Document:
    """What a count found, as plain JSON values; its digest is the result's digest. Areas in cm².

    Participation per building only; choices are never split below the whole ballot (R-3.11).
    """
    return {
        "v": 1,
        "ballot": ballot.digest,
        "roll": ballot.roll_digest,
        "rules": json.loads(ballot.rule_config) if ballot.rule_config else None,
        "kind": ballot.kind,
        "matter": ballot.matter,
        "open": iso(ballot.open_at) if ballot.open_at else None,
        "close": iso(ballot.close_at) if ballot.close_at else None,
        "total": {"entries": ballot.entries, **_pile(Pile(ballot.heads, ballot.area_cm2))},
        "returned": {"sheets": counted.sheets, **_pile(counted.returned)},
        "channels": [{"channel": c, "sheets": n, **_pile(p)} for c, n, p in counted.channels],
        "contested": {"entries": counted.contested[0], **_pile(counted.contested[1])},
        "questions": [
            {
                "key": t.question.key,
                "text": q.text,
                "method": q.method,
                "seats": q.seats,
                "labels": {o.key: o.label for o in q.options},
                "choices": list(t.question.choices),
                "participating": _pile(t.participating),
                "options": [{"key": key, **_pile(p)} for key, p in t.options],
                "abstain": _pile(t.abstain),
            }
            for q, t in zip(ballot.questions, counted.totals, strict=True)
        ],
        "buildings": [
            {
                "name": b.name,
                "total": {"entries": b.entries, **_pile(Pile(b.heads_total, b.area_total))},
                "returned": {"sheets": b.sheets, **_pile(Pile(b.heads, b.area))},
            }
            for b in turnout.buildings
        ],
        "counted": iso(now),
    }


def totals_of(doc: Mapping[str, Any]) -> tuple[Totals, ...]:
    """The counting room's totals of a stored document; raises ValueError when they do not add up."""
    total = _as_pile(doc["total"])
    return tuple(
        Totals(
            question=Question(
                q["key"], q["method"], tuple(q["choices"]), q["seats"], doc["matter"]
            ),
            total=total,
            participating=_as_pile(q["participating"]),
            options=tuple((o["key"], _as_pile(o)) for o in q["options"]),
            abstain=_as_pile(q["abstain"]),
        )
        for q in doc["questions"]
    )


def ruleset_of(doc: Mapping[str, Any]) -> RuleSet | None:
    """The rule set frozen in a stored document."""
    return from_json(json.dumps(doc["rules"])) if doc["rules"] else None


def outcomes_of(doc: Mapping[str, Any], totals: tuple[Totals, ...]) -> tuple[Outcome, ...]:
    """Decide every question again from the document's own figures and rules."""
    rules = ruleset_of(doc)
    if doc["kind"] != "statutory" or rules is None:
        return tuple(decide(t, None) for t in totals)
    rule = rules.rule_for(doc["matter"])
    order = rules.election_tiebreak
    return tuple(decide(t, rule, tiebreak=order) if order else decide(t, rule) for t in totals)


def result(ballot_id: int, version: int | None = None) -> ResultRow | None:
    """The newest result of a ballot, or one version; None when there is none."""
    q = select(Result).where(Result.ballot_id == ballot_id)
    if version is not None:
        q = q.where(Result.version == version)
    row = db.session.scalars(q.order_by(Result.version.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    doc = json.loads(row.body)
    totals = totals_of(doc)
    return ResultRow(
        row.id,
        row.version,
        row.counted_at,
        row.counted_by,
        row.scrutineers,
        row.digest,
        row.reason,
        doc,
        totals,
        outcomes_of(doc, totals),
    )


def _pile(pile: Pile) -> dict[str, int]:
    return {"heads": pile.heads, "area_cm2": pile.area_cm2}


def _as_pile(value: Mapping[str, int]) -> Pile:
    return Pile(value["heads"], value["area_cm2"])
