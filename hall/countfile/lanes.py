"""Sums of figures that may not be stated, each weight in a lane of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hall.countfile.model import FileQuestion
from hall.counting import ABSTAIN, METHODS, Weight, options_of
from hall.rulesets.rules import RuleSet

HEADS = "heads"
AREA = "area_cm2"
LANES = (HEADS, AREA)
ZERO = Weight(0, 0)
UNSTATED = Weight(None, None)


def lane(weight: Weight, name: str) -> int | None:
    """One weight of the two."""
    return weight.heads if name == HEADS else weight.area_cm2


def known_sum(values: Iterable[int | None]) -> int | None:
    """The sum, None as soon as one figure is not stated."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def add(weights: Iterable[Weight]) -> Weight:
    """Weights laid together, each lane None as soon as one of its figures is."""
    seen = list(weights)
    return Weight(known_sum(w.heads for w in seen), known_sum(w.area_cm2 for w in seen))


def known(weight: Weight) -> bool:
    """Whether both lanes are stated."""
    return weight.heads is not None and weight.area_cm2 is not None


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """A question's figures as the document gives them, channels summed.

    An option the paper does not have is zero; one it has without figures is not stated.
    """

    options: tuple[tuple[str, Weight], ...]
    abstain: Weight
    invalid: Weight
    invalid_taking_part: Weight
    invalid_left_out: Weight


def paper_counts(item: FileQuestion, rules: RuleSet | None) -> PaperCounts:
    """The figures of a question under the rules' treatment of invalid marks (R-2.37)."""
    listed = {key for key, _ in item.labels}

    def of(key: str) -> Weight:
        parts = [count.weight for count in item.counts if count.key == key]
        if parts:
            return add(parts)
        return UNSTATED if key in listed or key in ("for", "against") else ZERO

    as_abstain = rules is not None and rules.invalid_marks == "AS_ABSTAIN"
    if item.invalid is None:
        # Silence about invalid marks matters only where they would take part.
        invalid = UNSTATED if as_abstain else ZERO
    else:
        invalid = add(one.weight for one in item.invalid)
    return PaperCounts(
        options=tuple((key, of(key)) for key in options_of(item.question)),
        abstain=of(ABSTAIN),
        invalid=invalid,
        invalid_taking_part=invalid if as_abstain else ZERO,
        invalid_left_out=ZERO if as_abstain else invalid,
    )


def participating(item: FileQuestion, counts: PaperCounts) -> Weight:
    """Who took part: as stated, else the sum of the piles where each sheet is in exactly one."""
    summed = UNSTATED
    if METHODS[item.question.method].exclusive:
        piles = [weight for _, weight in counts.options]
        summed = add([*piles, counts.abstain, counts.invalid_taking_part])
    stated = item.participating or UNSTATED
    return Weight(
        summed.heads if stated.heads is None else stated.heads,
        summed.area_cm2 if stated.area_cm2 is None else stated.area_cm2,
    )
