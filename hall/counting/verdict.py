"""One question's whole answer: outcome, what would change it, what must be said beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hall.counting.deciding import TIEBREAK, decide
from hall.counting.decision import Verdict
from hall.counting.figures import Pile, Totals, pile_sum
from hall.counting.outcome import Outcome
from hall.counting.sensitivity import Sensitivity, Unresolved, sensitivity, stands
from hall.counting.tally import Tally
from hall.rulesets.rules import Rule


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a reader of the result must be told. Codes and facts:

    invalid_marks_decide(policy, verdict): the other treatment would decide so (R-2.37) ·
    deemed_decides(clause policy, verdict: of the sheets alone) (R-2.35) ·
    nobody_deemed(policy, reason) · contested_decides_quorum(entries, heads, area_cm2) (E8) ·
    contested_could_decide(entries, heads, area_cm2) · disputed_decides(sheets, heads, area_cm2) ·
    owners_answered_differently(owners) (R-2.39).
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """A question's totals, its outcome, the outcome under the other invalid-marks policy, cautions."""

    totals: Totals
    outcome: Outcome
    sensitivity: Sensitivity | None
    cautions: tuple[Caution, ...]


def question_result(
    totals: Totals,
    rule: Rule | None,
    *,
    disputed: Sequence[Unresolved] = (),
    contested: Sequence[Unresolved] = (),
    tiebreak: tuple[str, ...] = TIEBREAK,
) -> QuestionResult:
    """Decide one question and say what hangs on what.

    Disputed sheets that could change the outcome make it INCONCLUSIVE until the scrutineers rule
    in writing (R-1.4, R-2.37); a contested entry is simply not counted, but the warning is given (E8).
    """
    outcome = decide(totals, rule, tiebreak=tiebreak)
    other = sensitivity(totals, rule, tiebreak=tiebreak)
    if rule is None:
        return QuestionResult(totals, outcome, None, ())
    cautions = [*_policies(totals, outcome, other), *_contested(totals, rule, outcome, contested)]
    if not stands(totals, rule, disputed, outcome):
        cautions.append(Caution("disputed_decides", {"sheets": len(disputed), **_sum(disputed)}))
        outcome = replace(
            outcome,
            verdict=Verdict.INCONCLUSIVE,
            winners=(),
            reasons=(*outcome.reasons, "unresolved_sheets_decide"),
        )
    return QuestionResult(totals, outcome, other, tuple(cautions))


def results(
    tally: Tally, rules: Sequence[Rule | None], *, tiebreak: tuple[str, ...] = TIEBREAK
) -> tuple[QuestionResult, ...]:
    """The results of every question of a tally, rules in the same order."""
    found = []
    for n, (totals, rule) in enumerate(zip(tally.totals, rules, strict=True)):
        result = question_result(
            totals,
            rule,
            disputed=tally.open_disputed[n],
            contested=tally.open_contested[n],
            tiebreak=tiebreak,
        )
        if tally.mixed_owners and rule is not None:
            told = Caution("owners_answered_differently", {"owners": len(tally.mixed_owners)})
            result = replace(result, cautions=(*result.cautions, told))
        found.append(result)
    return tuple(found)


def _sum(items: Sequence[Unresolved]) -> dict[str, object]:
    pile = pile_sum(item.pile for item in items)
    return {"heads": pile.heads, "area_cm2": pile.area_cm2}


def _policies(totals: Totals, outcome: Outcome, other: Sensitivity | None) -> list[Caution]:
    found: list[Caution] = []
    if other is not None:
        facts = {"policy": other.invalid_marks, "verdict": other.outcome.verdict.value}
        found.append(Caution("invalid_marks_decide", facts))
    deemed = totals.deemed
    if deemed is not None and deemed.target is None:
        found.append(Caution("nobody_deemed", {"policy": deemed.policy, "reason": deemed.reason}))
    if outcome.depends_on_deemed and outcome.actual is not None and deemed is not None:
        facts = {"policy": deemed.policy, "verdict": outcome.actual.verdict.value}
        found.append(Caution("deemed_decides", facts))
    return found


def _contested(
    totals: Totals, rule: Rule, outcome: Outcome, contested: Sequence[Unresolved]
) -> list[Caution]:
    if not contested:
        return []
    extra = pile_sum(item.pile for item in contested)
    facts: dict[str, object] = {"entries": len(contested), **_sum(contested)}
    if _quorate(totals, totals.participating, rule) is not _quorate(
        totals, totals.participating + extra, rule
    ):
        return [Caution("contested_decides_quorum", facts)]
    if not stands(totals, rule, contested, outcome):
        return [Caution("contested_could_decide", facts)]
    return []


def _quorate(totals: Totals, part: Pile, rule: Rule) -> bool:
    return rule.quorum_heads.met(part.heads, totals.total.heads) and rule.quorum_area.met(
        part.area_cm2, totals.total.area_cm2
    )
