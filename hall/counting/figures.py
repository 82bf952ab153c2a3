"""What is counted: piles of heads and area, and the totals of one question.

Areas are integers of 1 cm², heads are integers (rules §1.6: no float anywhere).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ABSTAIN = "abstain"
NONE = "none"  # 都不同意: none of these, always offered where one of many is chosen
FOR = "for"
AGAINST = "against"
UNREADABLE = "unreadable"  # what two readers of a paper sheet record when no choice can be made out


@dataclass(frozen=True, slots=True)
class Pile:
    """Some right-holders together: heads (人数) and exclusive area in cm² (专有部分面积)."""

    heads: int
    area_cm2: int

    def __post_init__(self) -> None:
        if type(self.heads) is not int or type(self.area_cm2) is not int:
            raise TypeError("heads and area are integers")
        if self.heads < 0 or self.area_cm2 < 0:
            raise ValueError("a pile cannot be negative")

    def __add__(self, other: Pile) -> Pile:
        return Pile(self.heads + other.heads, self.area_cm2 + other.area_cm2)

    def __sub__(self, other: Pile) -> Pile:
        return Pile(self.heads - other.heads, self.area_cm2 - other.area_cm2)

    def within(self, whole: Pile) -> bool:
        """Whether neither weight exceeds the whole's."""
        return self.heads <= whole.heads and self.area_cm2 <= whole.area_cm2


EMPTY = Pile(0, 0)


def pile_sum(piles: Iterable[Pile]) -> Pile:
    """All piles laid together."""
    heads = area = 0
    for pile in piles:
        heads += pile.heads
        area += pile.area_cm2
    return Pile(heads, area)


@dataclass(frozen=True, slots=True)
class Weight:
    """A pile as a document reports it: a weight it does not state is None, which is not zero."""

    heads: int | None
    area_cm2: int | None

    @classmethod
    def of(cls, pile: Pile) -> Weight:
        """A fully known weight."""
        return cls(pile.heads, pile.area_cm2)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: method name, choice keys, seats of an election, matter 1–9 of Civil Code 278.

    matter is None for an advisory question. The keys for, against, abstain, none and unreadable
    are reserved; choices of a motion are empty.
    """

    key: str
    method: str
    choices: tuple[str, ...] = ()
    seats: int = 1
    matter: int | None = None


@dataclass(frozen=True, slots=True)
class Deemed:
    """Silent entries added by a clause (R-2.34/35), never mixed with sheets.

    target: the option (or abstain) they were added to; None when nobody was deemed, with the
    reason why in `reason` (a code listed in hall.counting.deeming).
    """

    policy: str
    target: str | None
    pile: Pile
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """The count of one question. `options` holds every option of the question, also empty ones.

    participating = sheets that take part for this question (valid marks, abstentions and, when
    the frozen policy says so, invalid marks). invalid: all mark-invalid sheets by reason, whether
    or not they take part. Deemed entries are in none of these piles.
    """

    question: Question
    total: Pile
    participating: Pile
    options: tuple[tuple[str, Pile], ...]
    abstain: Pile = EMPTY
    invalid_participating: Pile = EMPTY
    invalid_not: Pile = EMPTY
    invalid_reasons: tuple[tuple[str, Pile], ...] = ()
    deemed: Deemed | None = None

    def option(self, key: str) -> Pile:
        """The pile of an option; KeyError when the question has no such option."""
        return dict(self.options)[key]

    def __post_init__(self) -> None:
        check_totals(self)


def check_totals(t: Totals) -> None:
    """The guards of rules §1.6; raises ValueError with the code of the first that fails."""
    if t.total.heads <= 0 or t.total.area_cm2 < 0:
        raise ValueError("total_empty")
    if t.question.matter is not None and t.total.area_cm2 == 0:
        raise ValueError("total_area_empty")
    returned = t.participating + t.invalid_not
    deemed = t.deemed.pile if t.deemed else EMPTY
    if not (returned + deemed).within(t.total):
        raise ValueError("part_exceeds_total")
    piles = [pile for _, pile in t.options]
    if any(not pile.within(t.participating) for pile in piles):
        raise ValueError("option_exceeds_participating")
    if t.question.method in ("motion", "single"):
        whole = pile_sum([*piles, t.abstain, t.invalid_participating])
        if whole != t.participating:
            raise ValueError("piles_do_not_add_up")


def options_of(question: Question) -> tuple[str, ...]:
    """Keys of the options a count lists, in the order of the paper."""
    if question.method == "motion":
        return (FOR, AGAINST)
    return (*question.choices, NONE)
