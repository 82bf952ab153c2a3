"""What a body may say on a proposal, who is barred, and how the five stand: facts in, decision out.

Positions inform owners; they are not counted in any vote.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hall.bodies.rules import SPEAKERS, Body, Title
from hall.clock import local_date
from hall.errors import Blocker
from hall.proposals.rules.state import ENDED, State

GUIDE = 60  # characters a reason should have
LONGEST_REASON = 200
# Civil Code 278 ¶1 no. 4: hiring and dismissing the manager. Its own contract.
OWN_CONTRACT_MATTER = 4
KINDS = ("contract", "family", "money", "other")


class Stance(StrEnum):
    """What a body says."""

    SUPPORT = "support"
    CONDITIONAL = "conditional"
    RESERVED = "reserved"
    OBJECT = "object"
    ABSTAIN = "abstain"
    RECUSED = "recused"


NEED_REASON = frozenset({Stance.CONDITIONAL, Stance.RESERVED, Stance.OBJECT})
# Where a position can still be taken: let in, not over.
OPEN_STATES = frozenset({State.DISCUSSING, State.READY})


@dataclass(frozen=True, slots=True)
class BarredBody:
    """A body that can only recuse itself. kind: own_contract, or as declared; text: as declared."""

    body: str
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class BarredPerson:
    """A person who neither speaks nor votes for his body on the proposal."""

    person_id: int
    body: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Barred:
    """Who leaves both numerator and denominator of a body's vote on a proposal, and why."""

    bodies: tuple[BarredBody, ...] = ()
    persons: tuple[BarredPerson, ...] = ()

    def body(self, body: str) -> BarredBody | None:
        """Why a whole body is barred; None when it is not."""
        return next((b for b in self.bodies if b.body == body), None)

    def person(self, person_ids: Collection[int]) -> BarredPerson | None:
        """Why a person is barred; None when he is not."""
        return next((p for p in self.persons if p.person_id in person_ids), None)


@dataclass(frozen=True, slots=True)
class DeclaredInterest:
    """An interest that stands: of a whole body (person_id None) or of one person."""

    body: str
    person_id: int | None
    kind: str
    text: str


def may_speak(body: str, title: str) -> bool:
    """Whether a title speaks for its body."""
    try:
        return Title(title) in SPEAKERS[Body(body)]
    except (ValueError, KeyError):
        return False


def barred(matter: int | None, declared: Sequence[DeclaredInterest]) -> Barred:
    """Who is barred: the property company on its own contract, and whoever declared an interest."""
    bodies = [BarredBody(i.body, i.kind, i.text) for i in declared if i.person_id is None]
    # A declaration of its own says more than the bare rule does.
    if matter == OWN_CONTRACT_MATTER and all(b.body != Body.PROPERTY for b in bodies):
        bodies.append(BarredBody(Body.PROPERTY.value, "own_contract"))
    persons = [
        BarredPerson(i.person_id, i.body, i.kind, i.text)
        for i in declared
        if i.person_id is not None
    ]
    return Barred(tuple(bodies), tuple(persons))


def take_blockers(
    state: State, who: Barred, body: str, person_ids: Collection[int], stance: str, reason: str
) -> list[Blocker]:
    """Why this person cannot state this position of this body now."""
    found = state_blockers(state)
    if stance not in {s.value for s in Stance}:
        found.append(Blocker("stance_missing"))
    elif who.body(body) is not None and stance != Stance.RECUSED:
        found.append(Blocker("body_can_only_recuse", {"body": body}))
    if who.person(person_ids) is not None:
        found.append(Blocker("person_has_interest"))
    if stance in NEED_REASON and not reason:
        found.append(Blocker("stance_reason_missing"))
    if len(reason) > LONGEST_REASON:
        found.append(Blocker("text_too_long", {"most": LONGEST_REASON}))
    return found


def declare_blockers(
    state: State, held: Sequence[DeclaredInterest], interest: DeclaredInterest
) -> list[Blocker]:
    """Why an interest cannot be declared."""
    found = state_blockers(state)
    if interest.kind not in KINDS:
        found.append(Blocker("interest_kind_missing"))
    if not interest.text:
        found.append(Blocker("interest_text_missing"))
    if len(interest.text) > LONGEST_REASON:
        found.append(Blocker("text_too_long", {"most": LONGEST_REASON}))
    if any((h.body, h.person_id) == (interest.body, interest.person_id) for h in held):
        found.append(Blocker("interest_already_declared"))
    return found


def end_blockers(
    ended_at: datetime | None, of_body: str, by_body: str, reason: str
) -> list[Blocker]:
    """Why an interest does not end: with a reason only, and on another body's word."""
    found = []
    if ended_at is not None:
        found.append(Blocker("interest_ended", {"ended_at": ended_at}))
    if of_body == by_body:
        found.append(Blocker("interest_of_own_body", {"body": of_body}))
    if not reason:
        found.append(Blocker("interest_end_reason_missing"))
    if len(reason) > LONGEST_REASON:
        found.append(Blocker("text_too_long", {"most": LONGEST_REASON}))
    return found


def state_blockers(state: State) -> list[Blocker]:
    """Positions and interests belong to a proposal that has been let in and is not over."""
    if state in OPEN_STATES:
        return []
    return [Blocker("proposal_over" if state in ENDED else "proposal_not_let_in")]


def days_empty(opened_at: datetime, now: datetime) -> int:
    """Whole Shanghai days a body has been silent: 0 on the day the round opened."""
    return max(0, (local_date(now) - local_date(opened_at)).days)
