"""Silent entries added by a clause of the adopted rules (R-2.32–2.36); never sheets, always apart.

Only FOLLOW_MAJORITY and ABSTAIN deem, only in an ORDINARY statutory question, and only entries with
an effective individual delivery recorded before the close and nothing returned: no sheet, valid or
not. Reasons why nobody was deemed: special_matter · advisory · method_not_deemable ·
nobody_deemable · no_sheets · majority_unclear (the leading answer does not lead in heads AND area).
"""

from __future__ import annotations

from hall.counting.figures import ABSTAIN, EMPTY, Deemed, Pile, Totals
from hall.counting.methods import METHODS
from hall.rulesets.rules import MatterClass, Rule

NOT_PARTICIPATING = "NOT_PARTICIPATING"
FOLLOW_MAJORITY = "FOLLOW_MAJORITY"
NONRETURN_POLICIES = (NOT_PARTICIPATING, FOLLOW_MAJORITY, ABSTAIN.upper())


def deem(totals: Totals, nonreturn: str | None, rule: Rule | None, silent: Pile) -> Deemed | None:
    """What the frozen policy does with the delivered and silent entries; None: it deems nothing.

    Raises ValueError for an unknown policy (a ballot without one cannot have been noticed).
    """
    if nonreturn not in NONRETURN_POLICIES:
        raise ValueError("nonreturn_policy_missing")
    if nonreturn == NOT_PARTICIPATING:
        return None
    refused = _why_nobody(totals, rule, silent)
    if refused:
        return Deemed(nonreturn, None, EMPTY, refused)
    if nonreturn != FOLLOW_MAJORITY:
        return Deemed(nonreturn, ABSTAIN, silent)
    leader = majority(totals)
    if leader is None:
        return Deemed(nonreturn, None, EMPTY, "majority_unclear")
    return Deemed(nonreturn, leader, silent)


def _why_nobody(totals: Totals, rule: Rule | None, silent: Pile) -> str:
    if rule is None:
        return "advisory"
    if rule.matter_class is MatterClass.SPECIAL:
        return "special_matter"
    if not METHODS[totals.question.method].exclusive:
        return "method_not_deemable"
    if silent.heads == 0 and silent.area_cm2 == 0:
        return "nobody_deemable"
    return "" if totals.participating.heads else "no_sheets"


def majority(totals: Totals) -> str | None:
    """The answer of the sheets themselves that leads strictly in heads and in area, or None (R-2.35).

    An abstention can keep another answer from leading but is no opinion to follow.
    """
    rivals = [*totals.options, (ABSTAIN, totals.abstain)]
    for key, pile in rivals:
        others = [other for name, other in rivals if name != key]
        if all(pile.heads > o.heads and pile.area_cm2 > o.area_cm2 for o in others):
            return None if key == ABSTAIN else key
    return None
