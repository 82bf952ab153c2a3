"""Exact fractions with their operator: 以上 includes the number, 过半数 does not.

Sources: Civil Code 1259 (以上 includes), Civil Code 278 ¶2 (two thirds, more than half, three
quarters). Nothing is ever divided: part/whole is compared with num/den by cross-multiplying
integers (rules §1.6), so heads and areas of any size are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """GE: at least (以上). GT: more than (过半数, 超过)."""

    GE = "GE"
    GT = "GT"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share num/den with its operator; a fraction without an operator cannot be built."""

    num: int
    den: int
    op: Op

    def __post_init__(self) -> None:
        if type(self.num) is not int or type(self.den) is not int:
            raise TypeError("a threshold is two integers")
        if not 0 < self.num <= self.den:
            raise ValueError(f"not a share: {self.num}/{self.den}")
        if self.op is Op.GT and self.num == self.den:
            raise ValueError("more than everyone can never be reached")
        object.__setattr__(self, "op", Op(self.op))

    def met(self, part: int, whole: int) -> bool:
        """Whether part of whole reaches the line: den·part ≥ num·whole (GT: >)."""
        left, right = self.den * part, self.num * whole
        return left >= right if self.op is Op.GE else left > right

    def least(self, whole: int) -> int:
        """The smallest whole number of heads (or cm²) that reaches the line."""
        if self.op is Op.GE:
            return -(-self.num * whole // self.den)
        return self.num * whole // self.den + 1

    def weaker_than(self, floor: Threshold) -> bool:
        """Whether some vote could pass here and fail under the floor.

        A smaller share is weaker; of equal shares, 'at least' is weaker than 'more than'.
        """
        mine, its = self.num * floor.den, floor.num * self.den
        return mine < its or (mine == its and self.op is Op.GE and floor.op is Op.GT)


class Base(StrEnum):
    """What approval is measured against: those who took part (Civil Code) or everyone (before 2021)."""

    PARTICIPANTS = "PARTICIPANTS"
    TOTAL = "TOTAL"


class MatterClass(StrEnum):
    """ORDINARY: more than half. SPECIAL: three quarters (Civil Code 278 ¶2)."""

    ORDINARY = "ORDINARY"
    SPECIAL = "SPECIAL"


@dataclass(frozen=True, slots=True)
class Rule:
    """The lines one statutory question is measured by, in heads and in area (rules §1.6)."""

    quorum_heads: Threshold
    quorum_area: Threshold
    approve_heads: Threshold
    approve_area: Threshold
    base: Base
    matter_class: MatterClass = MatterClass.ORDINARY
