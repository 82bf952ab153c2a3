"""From marks with their weights to the totals of a question.

The input is grouped: equal marks with their summed heads and area. The ballots room lets the
database do that grouping, the tally does it itself; both end here, so there is one count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hall.counting.figures import EMPTY, Pile, Question, Totals, options_of, pile_sum
from hall.counting.methods import read_marks

AS_ABSTAIN = "AS_ABSTAIN"
NOT_PARTICIPATING = "NOT_PARTICIPATING"
INVALID_POLICIES = (NOT_PARTICIPATING, AS_ABSTAIN)


def totals_of(
    question: Question,
    total: Pile,
    groups: Mapping[tuple[str, ...], Pile] | Iterable[tuple[tuple[str, ...], Pile]],
    invalid_marks: str | None,
) -> Totals:
    """Totals of a question from (marks, pile) groups, under the frozen invalid-marks policy (§2.5).

    Raises ValueError for an unknown policy and when the guards of rules §1.6 fail.
    """
    if invalid_marks not in INVALID_POLICIES:
        raise ValueError("invalid_marks_policy_missing")
    options = dict.fromkeys(options_of(question), EMPTY)
    abstain = EMPTY
    valid: list[Pile] = []
    reasons: dict[str, Pile] = {}
    for marks, pile in groups.items() if isinstance(groups, Mapping) else groups:
        reading = read_marks(question, marks)
        if reading.invalid:
            reasons[reading.invalid] = reasons.get(reading.invalid, EMPTY) + pile
            continue
        valid.append(pile)
        if reading.abstains:
            abstain = abstain + pile
        for key in reading.options:
            options[key] = options[key] + pile
    invalid = pile_sum(reasons.values())
    counts = invalid_marks == AS_ABSTAIN
    return Totals(
        question=question,
        total=total,
        participating=pile_sum(valid) + (invalid if counts else EMPTY),
        options=tuple(options.items()),
        abstain=abstain,
        invalid_participating=invalid if counts else EMPTY,
        invalid_not=EMPTY if counts else invalid,
        invalid_reasons=tuple(sorted(reasons.items())),
    )
