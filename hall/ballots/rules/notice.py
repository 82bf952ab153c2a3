"""Why a draft cannot be noticed: every legal and plain condition at once (rules §0, §2.2, §3).

A statutory ballot binds every owner, so its notice is refused while anything a court could ask
about is open; an advisory poll only has to be well formed and must not look like a legal vote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hall import clock
from hall.ballots.rules.origin import OriginFacts, why_not_of_version
from hall.ballots.rules.phase import Times
from hall.ballots.rules.wording import QuestionFacts, legal_words, why_not_worded
from hall.errors import Blocker
from hall.rulesets.rules import LegalReach, RuleSet, missing_policies, online_blockers


@dataclass(frozen=True, slots=True)
class RollFacts:
    """The roll the notice would freeze, in the ballot's scope: entries, heads, area in cm².

    published_at and corrections_until: the last publication (公示) of the roll.
    """

    entries: int
    heads: int
    area_cm2: int
    published_at: datetime | None = None
    corrections_until: datetime | None = None
    open_corrections: int = 0
    changed_since_publication: bool = False


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A draft as it would be noticed. open_at and close_at are in times; channels: online | paper."""

    times: Times
    kind: str  # statutory | advisory
    electorate: str  # owners | households | persons
    title: str
    questions: tuple[QuestionFacts, ...]
    roll: RollFacts
    channels: tuple[str, ...]
    matter: int | None = None
    contact: str = ""
    ruleset: RuleSet | None = None
    ruleset_confirmed: bool = False
    reach: LegalReach = field(default_factory=LegalReach)
    origin: OriginFacts | None = None
    temporary: bool = False  # a temporary meeting (临时会议): some cities allow a shorter notice


def earliest_open(notice_at: datetime, notice_days: int) -> datetime:
    """00:00 Shanghai of the notice day + N + 1 (R-2.16: PMR 14, first day excluded by Civil Code 201)."""
    return clock.day_start(clock.add_days(clock.local_date(notice_at), notice_days + 1))


def notice_days(facts: NoticeFacts) -> int | None:
    """Calendar days the notice must precede the opening; 0 for an advisory poll, None: no policy."""
    if facts.kind == "advisory":
        return 0
    if facts.ruleset is None:
        return None
    if facts.temporary and facts.ruleset.notice_days_temporary is not None:
        return facts.ruleset.notice_days_temporary  # Hangzhou
    return facts.ruleset.notice_days


def why_not_notice(facts: NoticeFacts, now: datetime) -> tuple[Blocker, ...]:
    """All that stands between this draft and its notice; empty when it may be noticed."""
    if facts.times.voided_at is not None:
        return (Blocker("ballot_void", {"at": facts.times.voided_at}),)
    if facts.times.noticed_at is not None:
        return (Blocker("already_noticed", {"at": facts.times.noticed_at}),)
    return (
        *_kind(facts),
        *why_not_of_version(facts.origin, now),
        *why_not_worded(facts.title, facts.questions, statutory=facts.kind == "statutory"),
        *_rules(facts, now),
        *_roll(facts, now),
        *_window(facts, now),
        *_channels(facts),
    )


def _kind(facts: NoticeFacts) -> Iterator[Blocker]:
    if facts.kind not in ("statutory", "advisory"):
        yield Blocker("kind_unknown", {"kind": facts.kind}, "committee")
    if facts.kind == "advisory":
        if facts.matter is not None:
            yield Blocker("advisory_has_matter", {"matter": facts.matter}, "committee")
        texts = [("title", facts.title)]
        texts += [(f"question {q.seq}", text) for q in facts.questions for text in q.texts]
        for where, word in legal_words(texts):
            yield Blocker("advisory_uses_legal_words", {"where": where, "word": word}, "committee")
        return
    if facts.electorate != "owners":
        yield Blocker("electorate_not_owners", {"electorate": facts.electorate}, "committee")
    if facts.matter is None:
        yield Blocker("matter_missing", {}, "committee")
    elif not 1 <= facts.matter <= 9:
        yield Blocker("matter_unknown", {"matter": facts.matter}, "committee")
    if not facts.contact.strip():
        yield Blocker("contact_missing", {}, "committee")
    for question in facts.questions:
        if question.method == "election" and facts.matter not in (3, None):
            yield Blocker("election_not_matter_3", {"question": question.seq}, "committee")


def _rules(facts: NoticeFacts, now: datetime) -> Iterator[Blocker]:
    if facts.kind == "advisory":
        return
    rules = facts.ruleset
    if rules is None:
        yield Blocker("ruleset_missing", {}, "committee")
        return
    if not facts.ruleset_confirmed:
        yield Blocker("ruleset_not_confirmed", {"ruleset": rules.id}, "chair")
    if not rules.in_force(clock.local_date(now)):
        yield Blocker("ruleset_not_in_force", {"ruleset": rules.id}, "committee")
    for path in missing_policies(rules):
        yield Blocker("policy_missing", {"field": path}, "committee")


def _roll(facts: NoticeFacts, now: datetime) -> Iterator[Blocker]:
    roll = facts.roll
    if roll.entries <= 0 or roll.heads <= 0:
        yield Blocker("roll_empty", {}, "clerk")
    elif facts.kind == "statutory" and roll.area_cm2 <= 0:
        yield Blocker("roll_without_area", {}, "clerk")
    if facts.kind != "statutory":
        return
    if roll.published_at is None or roll.corrections_until is None:
        yield Blocker("roll_not_published", {}, "chair")
        return
    needed = facts.ruleset.roll_publicity_days if facts.ruleset else None
    if needed is not None:
        full = earliest_open(roll.published_at, needed)
        if roll.corrections_until < full:
            yield Blocker(
                "roll_publicity_too_short", {"needed": needed, "until": full}, "chair", full
            )
    if now < roll.corrections_until:
        facts_ = {"until": roll.corrections_until}
        yield Blocker("roll_corrections_open", facts_, None, roll.corrections_until)
    if roll.open_corrections:
        yield Blocker("roll_corrections_unanswered", {"count": roll.open_corrections}, "committee")
    if roll.changed_since_publication:
        yield Blocker("roll_changed_since_publication", {"at": roll.published_at}, "chair")


def _window(facts: NoticeFacts, now: datetime) -> Iterator[Blocker]:
    opening, closing = facts.times.open_at, facts.times.close_at
    if opening is None:
        yield Blocker("open_missing", {}, "committee")
    if closing is None:
        yield Blocker("close_missing", {}, "committee")
    days = notice_days(facts)
    if opening is not None and days is not None:
        earliest = now if facts.kind == "advisory" else earliest_open(now, days)
        if opening < earliest:
            yield Blocker(
                "open_too_early", {"earliest": earliest, "notice_days": days}, "committee"
            )
    if opening is None or closing is None:
        return
    if closing <= opening:
        yield Blocker("close_not_after_open", {"open": opening}, "committee")
    elif facts.kind == "statutory" and facts.ruleset is not None:
        yield from _length(facts.ruleset, opening, closing)


def _length(rules: RuleSet, opening: datetime, closing: datetime) -> Iterator[Blocker]:
    least, most = rules.window_min_days, rules.window_max_days
    if least is not None and closing - opening < timedelta(days=least):
        earliest = opening + timedelta(days=least)
        yield Blocker(
            "window_too_short", {"min_days": least, "earliest_close": earliest}, "committee"
        )
    if most is not None and closing - opening > timedelta(days=most):
        latest = opening + timedelta(days=most)
        yield Blocker("window_too_long", {"max_days": most, "latest_close": latest}, "committee")


def _channels(facts: NoticeFacts) -> Iterator[Blocker]:
    if not facts.channels:
        yield Blocker("channel_missing", {}, "committee")
    for channel in facts.channels:
        if channel not in ("online", "paper"):
            yield Blocker("channel_unknown", {"channel": channel}, "committee")
    if "paper" in facts.channels:
        # Issue register, two blind readings and the sealed box come with the paper release.
        yield Blocker("paper_register_missing", {})
    if facts.kind != "statutory":
        return
    rules = facts.ruleset
    if "online" in facts.channels:
        reach = facts.reach
        if rules is not None and rules.online_must_use_official:
            reach = replace(reach, must_use_official=True)
        yield from online_blockers(reach)
    if (
        rules is not None
        and "paper" not in facts.channels
        and (rules.parallel_paper_required or rules.paper_on_request)
    ):
        yield Blocker("paper_required", {"ruleset": rules.id}, "committee")
