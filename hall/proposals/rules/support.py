"""Endorsement 附议: how many owners and how much area stand behind a wording (R-2.19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hall.proposals.rules.steps import VersionFacts

# 20 % of the owners, the line included (PMR 13, Guidance 21).
LINE = (1, 5)


@dataclass(frozen=True, slots=True)
class SetFacts:
    """An owner set of today's roll: heads 0 or 1 and its area in cm²."""

    owner_key: str
    heads: int
    area_cm2: int


@dataclass(frozen=True, slots=True)
class GivenSupport:
    """An endorsement that has not been withdrawn, and the version it was given to."""

    owner_key: str
    version_n: int


@dataclass(frozen=True, slots=True)
class Support:
    """Both counters against both wholes (area in cm²); waiting: sets asked to confirm again."""

    heads: int
    heads_whole: int
    area_cm2: int
    area_whole_cm2: int
    waiting: int = 0

    @property
    def heads_reached(self) -> bool:
        """20 % of the owners by number: the line that puts it on the agenda (PMR 13)."""
        return _reached(self.heads, self.heads_whole)

    @property
    def area_reached(self) -> bool:
        """20 % of the area: shown beside it (Guidance 21 asks for both)."""
        return _reached(self.area_cm2, self.area_whole_cm2)


def last_material(versions: Sequence[VersionFacts]) -> int:
    """The version from which an endorsement counts: the newest material one, else the first."""
    return max((v.n for v in versions if v.material), default=1)


def support(sets: Iterable[SetFacts], given: Iterable[GivenSupport], counts_from: int) -> Support:
    """Count the endorsements of owner sets that exist today; those given to an older wording wait."""
    by_key: Mapping[str, int] = {g.owner_key: g.version_n for g in given}
    heads = area = whole_heads = whole_area = waiting = 0
    for one in sets:
        whole_heads += one.heads
        whole_area += one.area_cm2
        version = by_key.get(one.owner_key)
        if version is None:
            continue
        if version < counts_from:
            waiting += 1
            continue
        heads += one.heads
        area += one.area_cm2
    return Support(heads, whole_heads, area, whole_area, waiting)


def _reached(part: int, whole: int) -> bool:
    num, den = LINE
    return whole > 0 and den * part >= num * whole
