"""The decision: four lines, two weights, one verdict (rules §1.6, Civil Code 278 ¶2).

Everything is computed on Weight (None = not stated) with three truth values, so that a document
without areas still gets its heads' lines and a verdict only where one can be established: a line
missed in heads alone is enough for 'no quorum', a line passed in heads alone is not enough for
'adopted'. With a count of real sheets nothing is None and this is §1.6 word for word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hall.counting.figures import Weight
from hall.rulesets.rules import Base, Rule, Threshold


class Verdict(StrEnum):
    """NO_QUORUM is never shown as a rejection (R-1.4). ADVISORY carries no legal effect (R-0.3)."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    NO_QUORUM = "no_quorum"
    INCONCLUSIVE = "inconclusive"
    ADVISORY = "advisory"


@dataclass(frozen=True, slots=True)
class Gate:
    """One line: part of whole against a threshold, in one weight ('heads' or 'area', cm²)."""

    test: str  # participation | approval
    weight: str  # heads | area
    part: int | None
    whole: int | None
    line: Threshold

    @property
    def passed(self) -> bool | None:
        """None when a figure is not stated."""
        if self.part is None or self.whole is None:
            return None
        return self.line.met(self.part, self.whole)

    @property
    def least(self) -> int | None:
        """The smallest whole number that would reach the line."""
        return None if self.whole is None else self.line.least(self.whole)

    @property
    def missing(self) -> int | None:
        """How much is missing to the line with this whole; 0 once it is reached."""
        if self.part is None or self.least is None:
            return None
        return max(0, self.least - self.part)


@dataclass(frozen=True, slots=True)
class Decision:
    """One proposition measured by all four lines: participation heads, area; approval heads, area."""

    verdict: Verdict
    gates: tuple[Gate, Gate, Gate, Gate]


def all_of(values: Iterable[bool | None]) -> bool | None:
    """Three-valued 'and': one False decides, else one None leaves it open."""
    seen = list(values)
    if False in seen:
        return False
    return None if None in seen else True


def quorum_gates(total: Weight, participating: Weight, rule: Rule) -> tuple[Gate, Gate]:
    """Participation against everyone, in heads and in area (Civil Code 278 ¶2 first sentence)."""
    return (
        Gate("participation", "heads", participating.heads, total.heads, rule.quorum_heads),
        Gate("participation", "area", participating.area_cm2, total.area_cm2, rule.quorum_area),
    )


def approval_gates(
    total: Weight, participating: Weight, approve: Weight, rule: Rule
) -> tuple[Gate, Gate]:
    """Approval against those who took part (or, before 2021, against everyone)."""
    base = participating if rule.base is Base.PARTICIPANTS else total
    return (
        Gate("approval", "heads", approve.heads, base.heads, rule.approve_heads),
        Gate("approval", "area", approve.area_cm2, base.area_cm2, rule.approve_area),
    )


def settle(quorum: bool | None, approved: bool | None) -> Verdict:
    """The verdict of §1.6 from its two halves; open where a half that matters is open."""
    if quorum is False:
        return Verdict.NO_QUORUM
    if quorum is None or approved is None:
        return Verdict.INCONCLUSIVE
    return Verdict.ADOPTED if approved else Verdict.NOT_ADOPTED


def weigh(total: Weight, participating: Weight, approve: Weight, rule: Rule) -> Decision:
    """Measure one proposition. Raises ValueError when parts exceed wholes or a total is empty."""
    _guard(total, participating, approve)
    quorum = quorum_gates(total, participating, rule)
    approval = approval_gates(total, participating, approve, rule)
    verdict = settle(
        all_of(gate.passed for gate in quorum), all_of(gate.passed for gate in approval)
    )
    return Decision(verdict, (*quorum, *approval))


def _guard(total: Weight, participating: Weight, approve: Weight) -> None:
    lanes = (
        (total.heads, participating.heads, approve.heads),
        (total.area_cm2, participating.area_cm2, approve.area_cm2),
    )
    for whole, part, yes in lanes:
        if whole is not None and whole <= 0:
            raise ValueError("total_empty")
        if whole is not None and part is not None and part > whole:
            raise ValueError("part_exceeds_total")
        if part is not None and yes is not None and yes > part:
            raise ValueError("option_exceeds_participating")
