"""From the totals of a question to its outcome, by the question's method."""

from __future__ import annotations

from dataclasses import replace

from hall.counting.figures import ABSTAIN, EMPTY, Totals, Weight
from hall.counting.methods import METHODS
from hall.counting.outcome import Figures, Outcome
from hall.rulesets.rules import Rule

TIEBREAK = ("HEADS", "AREA", "RUNOFF")


def figures_of(totals: Totals, *, with_deemed: bool) -> Figures:
    """The fully known figures of counted totals, deemed entries included or left out."""
    extra = totals.deemed if with_deemed else None
    options = dict(totals.options)
    participating = totals.participating
    if extra is not None and extra.target is not None:
        participating = participating + extra.pile
        if extra.target != ABSTAIN:
            options[extra.target] = options[extra.target] + extra.pile
    return Figures(
        totals.question,
        Weight.of(totals.total),
        Weight.of(participating),
        tuple((key, Weight.of(pile)) for key, pile in options.items()),
    )


def decide(totals: Totals, rule: Rule | None, *, tiebreak: tuple[str, ...] = TIEBREAK) -> Outcome:
    """The outcome of one counted question; rule None = advisory. Raises ValueError on bad totals.

    Civil Code 278 ¶2 through rules §1.6. Deemed entries are added only on top of a complete
    outcome of the actual sheets, which stays in `actual` (R-2.35).
    """
    actual = decide_figures(figures_of(totals, with_deemed=False), rule, tiebreak=tiebreak)
    if totals.deemed is None or totals.deemed.pile == EMPTY:
        return actual
    full = decide_figures(figures_of(totals, with_deemed=True), rule, tiebreak=tiebreak)
    return replace(full, actual=actual)


def decide_figures(
    figures: Figures, rule: Rule | None, *, tiebreak: tuple[str, ...] = TIEBREAK
) -> Outcome:
    """The same for figures of which some may not be stated."""
    return METHODS[figures.question.method].decide(figures, rule, tiebreak)
