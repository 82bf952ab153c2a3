"""What stands between a draft and its notice: the same blockers for the page and for the service."""

from __future__ import annotations

from datetime import datetime

from hall.ballots.queries import facts
from hall.ballots.queries.facts import BallotRow, QuestionRow
from hall.ballots.queries.origin import origin_facts, recused_blockers
from hall.ballots.rules import (
    NoticeFacts,
    QuestionFacts,
    RollFacts,
    earliest_open,
    notice_days,
    why_not_notice,
)
from hall.clock import local_date
from hall.errors import Blocker
from hall.estates import queries as estates
from hall.permissions import Actor
from hall.roll import queries as roll
from hall.rulesets import queries as rulesets
from hall.rulesets.rules import LegalReach, RuleSet, from_json


def notice_blockers(
    estate_id: int, n: int, now: datetime, actor: Actor | None = None
) -> tuple[Blocker, ...]:
    """All that keeps draft n from being noticed now, by this actor too. Raises NotFound."""
    ballot = facts.get(estate_id, n)
    found = why_not_notice(notice_facts(ballot, now), now)
    return (*found, *recused_blockers(actor, ballot, now))


def earliest_lawful_open(estate_id: int, n: int, now: datetime) -> datetime | None:
    """The first instant at which voting may open if the notice goes out now (R-2.16)."""
    found = notice_facts(facts.get(estate_id, n), now)
    days = notice_days(found)
    if days is None:
        return None
    return now if found.kind == "advisory" else earliest_open(now, days)


def active_rules(estate_id: int, now: datetime) -> tuple[RuleSet | None, bool]:
    """The estate's rule set of this day and whether a second person has confirmed it."""
    row = rulesets.active(estate_id, local_date(now))
    if row is None:
        return None, False
    return from_json(row.config), row.confirmed_at is not None


def legal_reach(estate_id: int) -> LegalReach:
    """The estate's answers on online owners' votes."""
    e = estates.get(estate_id)
    return LegalReach(
        e.online_must_use_official, e.online_clause, e.street_confirmation, e.street_confirmed_on
    )


def notice_facts(ballot: BallotRow, now: datetime) -> NoticeFacts:
    """Everything the notice rule looks at, read now."""
    statutory = ballot.kind == "statutory"
    rules, confirmed = active_rules(ballot.estate_id, now) if statutory else (None, False)
    totals = roll.entry_totals(ballot.estate_id, ballot.electorate, ballot.scope)
    published = roll.publication_state(ballot.estate_id, now)
    return NoticeFacts(
        times=ballot.times,
        kind=ballot.kind,
        electorate=ballot.electorate,
        title=ballot.title,
        questions=tuple(_question(q) for q in ballot.questions),
        roll=RollFacts(
            entries=totals.entries,
            heads=totals.heads,
            area_cm2=totals.area_cm2,
            published_at=published.published_at,
            corrections_until=published.corrections_until,
            open_corrections=published.open_corrections,
            changed_since_publication=published.changed_since_publication,
        ),
        channels=ballot.channels,
        matter=ballot.matter,
        contact=ballot.contact,
        ruleset=rules,
        ruleset_confirmed=confirmed,
        reach=legal_reach(ballot.estate_id),
        origin=origin_facts(ballot),
    )


def _question(q: QuestionRow) -> QuestionFacts:
    kinds = {o.kind for o in q.options}
    return QuestionFacts(
        seq=q.seq,
        text=q.text,
        method=q.method,
        choices=tuple(o.label for o in q.options if o.kind == "choice"),
        has_none="none" in kinds,
        has_abstain="abstain" in kinds,
        seats=q.seats,
    )
