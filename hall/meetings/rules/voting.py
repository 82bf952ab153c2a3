"""Decisions in a meeting: when one may open, who may vote, when it may close, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hall.bodies.rules import DECISION_RULES, HandCount, decide
from hall.errors import Blocker
from hall.meetings.rules.attendance import Quorum

NO_QUORUM = "no_quorum"
CHOICES = ("for", "against", "abstain")
LONGEST_TEXT = 300
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """A decision about to be put: rule is None where the kind of meeting decides nothing.

    earlier: what came of the votes already closed under the item.
    """

    text: str
    rule: str | None
    item_kind: str
    item_started: bool
    item_ended: bool
    earlier: tuple[str, ...]
    other_open: bool
    quorum: Quorum | None


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """One vote. seat: whether the person holds a seat that is due (not lapsed)."""

    decided_at: datetime | None
    choice: str
    reason: str
    name: str
    seat: bool
    barred: bool
    present: bool
    by_himself: bool
    voted_himself: bool = False


def settled(outcomes: Iterable[str]) -> bool:
    """Whether the votes of an item came to a result: that is never voted on again.

    A vote that lost its quorum has none, so the item is open to another one.
    """
    return any(o != NO_QUORUM for o in outcomes)


def why_not_open(facts: OpenFacts) -> list[Blocker]:
    """Every reason why a decision cannot be put to the vote now."""
    found = []
    if facts.rule is None:
        found.append(Blocker("kind_decides_nothing"))
    if facts.item_kind != "decide":
        found.append(Blocker("item_not_for_decision"))
    if not facts.item_started or facts.item_ended:
        found.append(Blocker("item_not_running"))
    if settled(facts.earlier):
        found.append(Blocker("item_has_decision"))
    if facts.other_open:
        found.append(Blocker("another_decision_open"))
    if not facts.text:
        found.append(Blocker("decision_text_missing"))
    if len(facts.text) > LONGEST_TEXT:
        found.append(Blocker("decision_text_too_long", {"most": LONGEST_TEXT}))
    if facts.quorum is not None and not facts.quorum.enough:
        found.append(why_no_quorum(facts.quorum))
    return found


def why_no_quorum(quorum: Quorum) -> Blocker:
    """How many are in the room and how many it takes."""
    if quorum.due == 0:
        return Blocker("no_seats_due")
    return Blocker(
        "quorum_missing", {"due": quorum.due, "present": quorum.present, "needed": quorum.needed}
    )


def why_not_vote(facts: VoteFacts) -> list[Blocker]:
    """Every reason why this vote does not count: seat, presence, bar, and a reason against or none."""
    found = []
    name = {"name": facts.name}
    if facts.decided_at is not None:
        return [Blocker("decision_closed", {"at": facts.decided_at})]
    if not facts.seat:
        found.append(Blocker("vote_without_seat", name))
    if facts.barred:
        found.append(Blocker("vote_barred", name))
    if not facts.present:
        found.append(Blocker("vote_not_present", name))
    if facts.choice not in CHOICES:
        found.append(Blocker("vote_choice_missing", name))
    elif facts.choice != "for" and not facts.reason:
        found.append(Blocker("vote_reason_missing", name))
    if len(facts.reason) > LONGEST_REASON:
        found.append(Blocker("vote_reason_too_long", {"most": LONGEST_REASON}))
    if facts.voted_himself and not facts.by_himself:
        found.append(Blocker("voted_himself", name))
    return found


@dataclass(frozen=True, slots=True)
class Closing:
    """Seats of a decision at the instant it closes. votes: who voted what, present or since gone."""

    due: frozenset[int]
    present: frozenset[int]
    votes: Mapping[int, str]

    @property
    def took_part(self) -> frozenset[int]:
        """In the room now, or voted while in it: leaving afterwards undoes no vote."""
        return self.due & (self.present | self.votes.keys())

    @property
    def silent(self) -> frozenset[int]:
        """In the room without a vote: a show of hands has to add up before it closes."""
        return (self.due & self.present) - self.votes.keys()


def figures(closing: Closing) -> HandCount:
    """The hand count of a decision; votes of who is not due are not counted."""
    counted = [c for who, c in closing.votes.items() if who in closing.due]
    return HandCount(
        due=len(closing.due),
        present=len(closing.took_part),
        votes_for=counted.count("for"),
        votes_against=counted.count("against"),
        abstain=counted.count("abstain"),
    )


def outcome(count: HandCount, rule: str) -> str:
    """adopted | not_adopted | no_quorum."""
    return decide(count, DECISION_RULES[rule])
