"""The notice 公告: from here on questions, rules, roll and window stand still."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlalchemy import func, select

from hall.ballots.models import Ballot
from hall.ballots.queries import facts
from hall.ballots.queries.facts import BallotRow
from hall.ballots.queries.notice import notice_facts
from hall.ballots.queries.origin import recused_blockers
from hall.ballots.rules import why_not_notice
from hall.ballots.service.draft import locked
from hall.clock import iso, local_date
from hall.db import atomic, db
from hall.errors import refuse_if
from hall.estates import queries as estates
from hall.estates.models import Estate
from hall.journal import service as journal
from hall.permissions import Action, Actor, require
from hall.roll import service as roll
from hall.rulesets.rules import digest as rules_digest
from hall.rulesets.rules import to_json


def notice(actor: Actor, estate_id: int, n: int, *, now: datetime) -> str:
    """Publish the notice; freezes roll and rules; returns its number (象外业告〔2026〕7号).

    Raises Forbidden, NotFound, Refused with every blocker of rules.why_not_notice.
    """
    with atomic():
        # The estate's row keeps imports and other notices out while the roll is copied.
        db.session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
        row = locked(estate_id, n)
        require(actor, Action.NOTICE_BALLOT, estate_id)
        ballot = facts.get(estate_id, n)
        found = notice_facts(ballot, now)
        refuse_if([*why_not_notice(found, now), *recused_blockers(actor, ballot, now)])
        frozen = roll.freeze(
            estate_id, electorate=ballot.electorate, scope=dict(ballot.scope), now=now
        )
        year = local_date(now).year
        row.notice_year, row.notice_seq = year, _next_seq(estate_id, year)
        estate = estates.get(estate_id)
        body = "业" if estate.has_committee else "议"
        number = f"{estate.short_name}{body}告〔{year}〕{row.notice_seq}号"
        row.notice_number = number
        row.noticed_at, row.noticed_by = now, actor.account_id
        row.frozen_roll_id = frozen.id
        if found.ruleset is not None:
            row.rule_config = to_json(found.ruleset)
            row.rule_digest = rules_digest(found.ruleset)
        if not row.convener:
            row.convener = estate.organizer
        db.session.flush()
        row.digest = manifest_digest(facts.get(estate_id, n), frozen.digest)
        journal.record(
            actor,
            "ballots.notice",
            "ballot",
            row.id,
            estate_id=estate_id,
            now=now,
            number=number,
            digest=row.digest,
            roll=frozen.digest,
        )
        return number


def manifest_digest(ballot: BallotRow, roll_digest: str) -> str:
    """SHA-256 over all that a voter is shown and counted by; an extension does not change it."""
    close = ballot.extended_from or ballot.close_at
    manifest: dict[str, object] = {
        "v": 1,
        "estate": ballot.estate_id,
        "ballot": ballot.n,
        "kind": ballot.kind,
        "title": ballot.title,
        "summary": ballot.summary,
        "details": ballot.details,
        "matter": ballot.matter,
        "scope": {k: list(v) for k, v in ballot.scope.items()},
        "electorate": ballot.electorate,
        "channels": list(ballot.channels),
        "replaceable": ballot.replaceable,
        "open": iso(ballot.open_at) if ballot.open_at else None,
        "close": iso(close) if close else None,
        "rules": ballot.rule_digest,
        "roll": roll_digest,
        "questions": [
            [
                q.seq,
                q.text,
                q.detail,
                q.method,
                q.seats,
                [[o.key, o.label, o.detail] for o in q.options],
            ]
            for q in ballot.questions
        ],
    }
    if ballot.proposal_id is not None:
        manifest["origin"] = [ballot.proposal_id, ballot.proposal_version]
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _next_seq(estate_id: int, year: int) -> int:
    last = db.session.scalar(
        select(func.max(Ballot.notice_seq)).where(
            Ballot.estate_id == estate_id, Ballot.notice_year == year
        )
    )
    return (last or 0) + 1
