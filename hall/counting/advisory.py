"""Advisory polls: a plain order by heads, no line, no verdict (R-0.3)."""

from __future__ import annotations

from hall.counting.decision import Verdict
from hall.counting.outcome import Figures, OptionOutcome, Outcome
from hall.counting.ranking import places


def decide_advisory(figures: Figures) -> Outcome:
    """The order of the options by heads; leading: the first (of an election: as many as seats).

    Options level in heads share a place; a tie across the last leading place is listed in `tied`
    and nobody in it leads.
    """
    order = places([weight for _, weight in figures.options], ("HEADS",))
    options = tuple(
        OptionOutcome(key, weight, (), None, place)
        for (key, weight), place in zip(figures.options, order, strict=True)
    )
    wanted = figures.question.seats if figures.question.method == "election" else 1
    leading: list[str] = []
    tied: list[tuple[str, ...]] = []
    for place in sorted({option.rank for option in options if option.rank is not None}):
        group = [o for o in options if o.rank == place and (o.weight.heads or 0) > 0]
        keys = tuple(option.key for option in group)
        if not keys or len(leading) >= wanted:
            break
        if len(leading) + len(keys) > wanted:
            tied.append(keys)
            break
        leading.extend(keys)
    return Outcome(
        figures.question,
        Verdict.ADVISORY,
        (),
        options,
        leading=tuple(leading),
        tied=tuple(tied),
        reasons=() if None not in order else ("not_stated",),
    )
