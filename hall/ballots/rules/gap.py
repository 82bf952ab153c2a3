"""Turnout while a ballot is open: how far to the line, and what may be shown per building (R-3.09)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hall.counting.figures import Pile
from hall.rulesets.rules import Rule

MIN_GROUP = 10  # choices of a smaller group would give away single sheets


@dataclass(frozen=True, slots=True)
class Gap:
    """还差 N 人、M ㎡: what is missing to the participation line; both 0 once it is reached."""

    heads: int
    area_cm2: int
    line_heads: int
    line_area_cm2: int

    @property
    def reached(self) -> bool:
        """Whether both weights are at the line."""
        return self.heads == 0 and self.area_cm2 == 0


def gap(total: Pile, participating: Pile, rule: Rule) -> Gap:
    """Heads and cm² still missing to the participation line of a rule (Civil Code 278 ¶2)."""
    heads = rule.quorum_heads.least(total.heads)
    area = rule.quorum_area.least(total.area_cm2)
    return Gap(
        max(0, heads - participating.heads), max(0, area - participating.area_cm2), heads, area
    )


def groups_shown(participating: Mapping[str, int]) -> frozenset[str]:
    """The groups (buildings) whose choices may be published, by heads taking part in each.

    Groups under MIN_GROUP heads are hidden; when what is hidden together is still so small that
    the grand total minus the shown groups would reveal it, the next smallest group goes with it.
    """
    shown = {key for key, heads in participating.items() if heads >= MIN_GROUP}
    hidden = sum(heads for key, heads in participating.items() if key not in shown)
    while shown and 0 < hidden < MIN_GROUP:
        smallest = min(shown, key=lambda key: (participating[key], key))
        shown.remove(smallest)
        hidden += participating[smallest]
    return frozenset(shown)
