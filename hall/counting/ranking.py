"""Places among options, and why a line was missed: shared by the methods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hall.counting.decision import Gate, all_of, approval_gates
from hall.counting.figures import Weight
from hall.counting.outcome import Figures, OptionOutcome
from hall.rulesets.rules import Rule


def missed(gates: Iterable[Gate]) -> tuple[str, ...]:
    """Reason codes of lines not reached, or not_stated where a figure is missing."""
    codes: list[str] = []
    for gate in gates:
        prefix = "quorum" if gate.test == "participation" else "approval"
        if gate.passed is False:
            codes.append(f"{prefix}_{gate.weight}_missed")
        elif gate.passed is None and "not_stated" not in codes:
            codes.append("not_stated")
    return tuple(codes)


def sort_key(weight: Weight, by: Sequence[str]) -> tuple[int, ...] | None:
    """The figures a ranking compares, largest first; None when one of them is not stated."""
    figures = {"HEADS": weight.heads, "AREA": weight.area_cm2}
    key: list[int] = []
    for name in by:
        if name not in figures:
            continue
        value = figures[name]
        if value is None:
            return None
        key.append(-value)
    return tuple(key)


def places(weights: Sequence[Weight], by: Sequence[str]) -> tuple[int | None, ...]:
    """The place of each (1, 2, 2, 4), equal figures sharing it; all None if a figure is missing."""
    keys = [sort_key(weight, by) for weight in weights]
    if any(key is None for key in keys):
        return tuple(None for _ in keys)
    known = [key for key in keys if key is not None]
    return tuple(1 + sum(other < key for other in known) for key in known)


def ranked(
    figures: Figures, rule: Rule, by: Sequence[str] = ("HEADS", "AREA")
) -> tuple[OptionOutcome, ...]:
    """Every option with its two approval lines and its place, in the order of the paper."""
    order = places([weight for _, weight in figures.options], by)
    found = []
    for (key, weight), place in zip(figures.options, order, strict=True):
        gates = approval_gates(figures.total, figures.participating, weight, rule)
        found.append(
            OptionOutcome(key, weight, gates, all_of(gate.passed for gate in gates), place)
        )
    return tuple(found)


def shown(figures: Figures, options: Iterable[OptionOutcome]) -> list[OptionOutcome]:
    """Options by place, those sharing one in the order of the paper."""
    paper = [key for key, _ in figures.options]
    return sorted(options, key=lambda o: (o.rank or len(paper) + 1, paper.index(o.key)))
