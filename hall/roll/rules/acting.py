"""Who may act for an entry: its holders, or who is recorded to stand for them (R-2.07 to R-2.09)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HolderFacts:
    """A person of an entry's owner set now. kind natural|company|developer; successor: bought it
    while the voting ran (E12)."""

    person_id: int
    kind: str
    successor: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that decides who acts for one entry at an instant.

    stands_for: guardian of a ward or authorised person of a company, by the id of whom they stand
    for; nominee: the one whom the co-owners of a unit have named.
    """

    electorate: str
    holders: tuple[HolderFacts, ...]
    stands_for: Mapping[int, int] = field(default_factory=dict)
    nominee: int | None = None


def who_acts(standing: Standing) -> dict[int, str]:
    """The persons who may cast, with the capacity in which each does; nobody: an empty answer.

    nominee | owner | co_owner | successor | guardian | company. A nominee excludes everybody else;
    without one any co-owner may act and the first valid sheet stands (R-2.07). A ward and a company
    act through the person recorded for them only (R-2.08, R-2.09). An unverified entry has no
    holder: nobody acts for it until a nominee is recorded. Where each person has a voice of his own
    (electorate persons) co-owners need no nominee.
    """
    own_voice = standing.electorate == "persons"
    if standing.nominee is not None and not own_voice:
        return {standing.nominee: "nominee"}
    alone = own_voice or len(standing.holders) == 1
    acting: dict[int, str] = {}
    for holder in standing.holders:
        if holder.kind == "natural" and holder.person_id not in standing.stands_for:
            plain = "owner" if alone else "co_owner"
            acting[holder.person_id] = "successor" if holder.successor else plain
    for holder in standing.holders:
        person = standing.stands_for.get(holder.person_id)
        if person is not None:
            acting.setdefault(person, "guardian" if holder.kind == "natural" else "company")
    return acting
