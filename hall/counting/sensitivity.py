"""Would another reading of the same sheets decide otherwise? (R-2.37, R-1.4 INCONCLUSIVE)"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hall.counting.deciding import TIEBREAK, decide
from hall.counting.decision import Verdict, all_of, settle
from hall.counting.figures import ABSTAIN, EMPTY, FOR, NONE, Pile, Totals, pile_sum
from hall.counting.outcome import Outcome
from hall.counting.piles import AS_ABSTAIN, NOT_PARTICIPATING
from hall.rulesets.rules import Base, Rule, Threshold


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The outcome under the other treatment of invalid marks, kept only when it differs."""

    invalid_marks: str
    outcome: Outcome


def other_policy(totals: Totals) -> Totals:
    """The same sheets with invalid marks treated the other way."""
    if totals.invalid_participating != EMPTY:
        moved = totals.invalid_participating
        return replace(
            totals,
            participating=totals.participating - moved,
            invalid_participating=EMPTY,
            invalid_not=totals.invalid_not + moved,
        )
    moved = totals.invalid_not
    return replace(
        totals,
        participating=totals.participating + moved,
        invalid_participating=moved,
        invalid_not=EMPTY,
    )


def sensitivity(
    totals: Totals, rule: Rule | None, *, tiebreak: tuple[str, ...] = TIEBREAK
) -> Sensitivity | None:
    """What the other invalid-marks policy would decide, or None when it decides the same (R-2.37)."""
    if rule is None or totals.invalid_participating == totals.invalid_not == EMPTY:
        return None
    mine = decide(totals, rule, tiebreak=tiebreak)
    other = decide(other_policy(totals), rule, tiebreak=tiebreak)
    if (other.verdict, other.winners) == (mine.verdict, mine.winners):
        return None
    counted = totals.invalid_participating != EMPTY
    return Sensitivity(NOT_PARTICIPATING if counted else AS_ABSTAIN, other)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A sheet or entry whose counting is open: the options it could be counted for, its weights.

    Without options it could only be an abstention. either: it could also be counted for none of
    them, as where two co-owners' sheets differ.
    """

    options: tuple[str, ...]
    pile: Pile
    either: bool = False


def certain(totals: Totals, rule: Rule, unresolved: Sequence[Unresolved], option: str) -> Verdict:
    """The verdict on one option that holds however the open sheets are resolved, else INCONCLUSIVE.

    Each line is tried at both ends: participation with none and with all of them, approval with
    only those that could be for the option and with only those that could be otherwise. Part and
    whole grow together, so a line that stands at both ends stands everywhere between.
    """
    every = pile_sum(u.pile for u in unresolved)
    more = pile_sum(u.pile for u in unresolved if option in u.options)
    less = pile_sum(u.pile for u in unresolved if option not in u.options or u.either)
    part, mine, whole = totals.participating, totals.option(option), totals.total
    quorum = (
        _ends(rule.quorum_heads, part.heads, whole.heads, part.heads + every.heads, whole.heads),
        _ends(
            rule.quorum_area,
            part.area_cm2,
            whole.area_cm2,
            part.area_cm2 + every.area_cm2,
            whole.area_cm2,
        ),
    )
    worst, best = (whole, whole) if rule.base is Base.TOTAL else (part + less, part + more)
    top = mine + more
    approval = (
        _ends(rule.approve_heads, mine.heads, worst.heads, top.heads, best.heads),
        _ends(rule.approve_area, mine.area_cm2, worst.area_cm2, top.area_cm2, best.area_cm2),
    )
    return settle(all_of(quorum), all_of(approval))


def _ends(line: Threshold, part: int, whole: int, most: int, its_whole: int) -> bool | None:
    low, high = line.met(part, whole), line.met(most, its_whole)
    return low if low is high else None


def stands(totals: Totals, rule: Rule, unresolved: Sequence[Unresolved], outcome: Outcome) -> bool:
    """Whether the outcome of the sheets alone holds however the open sheets are resolved."""
    if not unresolved:
        return True
    if totals.deemed is not None:
        if not _leader_stands(totals, unresolved):
            return False
        totals = _deemed_counted(totals)
    if totals.question.method == "motion":
        return certain(totals, rule, unresolved, FOR) is outcome.verdict
    for option, _ in totals.options:
        if certain(totals, rule, unresolved, option) is Verdict.INCONCLUSIVE:
            return False
    return totals.question.method != "election" or _order_stands(totals, unresolved, outcome)


def _leader_stands(totals: Totals, unresolved: Sequence[Unresolved]) -> bool:
    """Whether the answer silent entries follow would lead in both weights whatever is resolved."""
    deemed = totals.deemed
    if deemed is None or deemed.policy != "FOLLOW_MAJORITY":
        return True
    if deemed.target is None:
        return deemed.reason not in ("majority_unclear", "no_sheets")
    swing = pile_sum(u.pile for u in unresolved)
    lead = totals.option(deemed.target)
    rivals = [pile for key, pile in totals.options if key != deemed.target]
    return all(
        lead.heads > rival.heads + swing.heads and lead.area_cm2 > rival.area_cm2 + swing.area_cm2
        for rival in (*rivals, totals.abstain)
    )


def _deemed_counted(totals: Totals) -> Totals:
    """The totals with deemed entries laid among the sheets, for trying lines only."""
    deemed = totals.deemed
    if deemed is None or deemed.target is None:
        return replace(totals, deemed=None)
    extra = {deemed.target: deemed.pile}
    return replace(
        totals,
        participating=totals.participating + deemed.pile,
        options=tuple((key, pile + extra.get(key, EMPTY)) for key, pile in totals.options),
        abstain=totals.abstain + extra.get(ABSTAIN, EMPTY),
        deemed=None,
    )


def _order_stands(totals: Totals, unresolved: Sequence[Unresolved], outcome: Outcome) -> bool:
    """Whether no open sheet can lift a candidate left out over one elected (by heads alone)."""
    gains = {
        key: sum(u.pile.heads for u in unresolved if key in u.options) for key, _ in totals.options
    }
    elected = [totals.option(key).heads for key in outcome.winners]
    others = [
        option.weight.heads + gains[option.key]
        for option in outcome.options
        if option.passed
        and option.key not in (*outcome.winners, NONE)
        and option.weight.heads is not None
    ]
    return not (elected and others and max(others) >= min(elected))
