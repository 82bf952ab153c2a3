"""An estate's rules: drafted by one person, confirmed by another, never edited afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select

from hall.db import atomic, db
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.estates.models import Estate
from hall.journal import service as journal
from hall.permissions import Action, Actor, require
from hall.rulesets.models import RuleSetVersion
from hall.rulesets.rules import (
    PRESETS,
    Clause,
    applicable,
    clauses_to_json,
    digest,
    to_json,
    with_clauses,
)


def draft(
    actor: Actor,
    estate_id: int,
    *,
    preset: str,
    clauses: Mapping[str, Clause],
    effective_on: date,
    now: datetime,
) -> int:
    """Draft the next version: a preset and the estate's clauses on top; returns its number.

    Raises Forbidden, Refused: preset_unknown, and every blocker of rules.why_not_clauses.
    """
    with atomic():
        db.session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
        require(actor, Action.DRAFT_RULES, estate_id)
        if preset not in PRESETS:
            raise Refused(Blocker("preset_unknown", {"preset": preset}))
        rules = with_clauses(applicable(preset, effective_on), clauses)
        last = db.session.scalar(
            select(func.max(RuleSetVersion.version)).where(RuleSetVersion.estate_id == estate_id)
        )
        row = RuleSetVersion(
            estate_id=estate_id,
            version=(last or 0) + 1,
            preset=preset,
            clauses=clauses_to_json(clauses),
            config=to_json(rules),
            digest=digest(rules),
            effective_on=effective_on,
            drafted_by=actor.account_id,
            drafted_at=now,
        )
        db.session.add(row)
        db.session.flush()
        journal.record(
            actor,
            "rulesets.draft",
            "rule_set_version",
            row.id,
            estate_id=estate_id,
            now=now,
            version=row.version,
            digest=row.digest,
        )
        return row.version


def confirm(actor: Actor, estate_id: int, version: int, *, now: datetime) -> None:
    """Put a drafted version into force; by somebody else than its drafter (model I10).

    Raises Forbidden, NotFound, Refused: ruleset_confirmed_already, same_person.
    """
    with atomic():
        row = db.session.scalar(
            select(RuleSetVersion)
            .where(RuleSetVersion.estate_id == estate_id, RuleSetVersion.version == version)
            .with_for_update()
        )
        if row is None:
            raise NotFound("rule_set_version")
        require(actor, Action.CONFIRM_RULES, estate_id)
        found = []
        if row.confirmed_at is not None:
            found.append(Blocker("ruleset_confirmed_already", {"at": row.confirmed_at}))
        if row.drafted_by == actor.account_id:
            found.append(Blocker("same_person"))
        refuse_if(found)
        row.confirmed_by, row.confirmed_at = actor.account_id, now
        journal.record(
            actor,
            "rulesets.confirm",
            "rule_set_version",
            row.id,
            estate_id=estate_id,
            now=now,
            version=version,
        )
