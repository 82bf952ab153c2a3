"""A second count, written another way on purpose: loops over single owners and fractions.Fraction.

It shares no code with hall: rules are given as (Fraction, strict?) pairs, sheets as plain tuples.
"""

from __future__ import annotations

from fractions import Fraction

TWO_THIRDS = (Fraction(2, 3), False)
HALF = (Fraction(1, 2), True)
THREE_QUARTERS = (Fraction(3, 4), False)


def reaches(part: int, whole: int, line: tuple[Fraction, bool]) -> bool:
    share, strict = line
    return Fraction(part, whole) > share if strict else Fraction(part, whole) >= share


def motion(
    people: list[tuple[int, str | None]],
    *,
    quorum=TWO_THIRDS,
    approve=HALF,
    base_total: bool = False,
    blank_takes_part: bool = False,
) -> str:
    """people: (area, answer), one head each. answer: for, against, abstain, blank or None (silent)."""
    everyone, everywhere = 0, 0
    came, came_area = 0, 0
    yes, yes_area = 0, 0
    for area, answer in people:
        everyone += 1
        everywhere += area
        if answer is None or (answer == "blank" and not blank_takes_part):
            continue
        came += 1
        came_area += area
        if answer == "for":
            yes += 1
            yes_area += area
    if not (reaches(came, everyone, quorum) and reaches(came_area, everywhere, quorum)):
        return "no_quorum"
    heads, land = (everyone, everywhere) if base_total else (came, came_area)
    passed = reaches(yes, heads, approve) and reaches(yes_area, land, approve)
    return "adopted" if passed else "not_adopted"


def election(
    people: list[tuple[int, tuple[str, ...] | None]], candidates: list[str], seats: int
) -> tuple[list[str], set[str]]:
    """Elected in order, and those who must stand in a second vote; assumes a quorum."""
    came = [(area, marks) for area, marks in people if marks is not None]
    votes = {
        c: (
            sum(1 for _, marks in came if c in marks),
            sum(area for area, marks in came if c in marks),
        )
        for c in candidates
    }
    all_area = sum(area for area, _ in came)
    able = [
        c
        for c in candidates
        if 2 * votes[c][0] > len(came) and Fraction(votes[c][1], all_area) > Fraction(1, 2)
    ]
    elected: list[str] = []
    while able and len(elected) < seats:
        top = max(votes[c] for c in able)
        first = [c for c in able if votes[c] == top]
        if len(elected) + len(first) > seats:
            return elected, set(first)
        elected += first
        able = [c for c in able if c not in first]
    return elected, set()
