"""Units with their owners become entries: one right to vote per exact owner set.

The one function behind the preview of a file, the published roll and the frozen roll, so that
what a chair was shown is what is counted. Areas in cm².
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from hall.roll.rules.naming import natural_key

Electorate = Literal["owners", "households", "persons"]
EntryKind = Literal["owner", "developer", "unverified"]
Group = tuple[object, ...]  # what the units of one entry have in common, plain JSON values

DEVELOPER: Group = ("developer",)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One unit as it stands now: what the rules need to place it in an entry.

    status: sold | unsold | undelivered; verified: its title is proven; holders: ids of the persons
    of the open title, in any order.
    """

    unit_id: int
    building_id: int
    label: str
    area_cm2: int
    status: str
    verified: bool
    holders: tuple[int, ...]
    counts_head: bool = True
    counts_area: bool = True


@dataclass(frozen=True, slots=True)
class EntryUnit:
    """A unit inside an entry with the area it brings (0 when its area does not count)."""

    unit_id: int
    building_id: int
    label: str
    area_cm2: int


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One right to vote: n from 1, heads 0 or 1, area_cm2 the sum over its units.

    holders: the persons who may act for it (none for an unverified one); building_id: where its
    head is shown, the building of its first unit; label: its first unit's name, with the number
    of units when there are several.
    """

    n: int
    owner_key: str
    kind: EntryKind
    heads: int
    area_cm2: int
    building_id: int
    label: str
    units: tuple[EntryUnit, ...]
    holders: tuple[int, ...]


def entries(
    units: Iterable[UnitFacts],
    *,
    electorate: Electorate = "owners",
    developers: Iterable[int] = (),
) -> tuple[EntryDraft, ...]:
    """The entries of a roll, in the natural order of unit names whatever the order given.

    owners: one per exact owner set, head 1 and summed area (R-2.04, R-2.06); the developer's unsold
    and sold-but-undelivered units are one entry (R-2.05), which the developer's persons hold, not
    the buyers still waiting; a unit without a proven owner is an entry of its own and stays in
    both denominators. households: one per sold unit that counts a head. persons: one per proven
    holder, area 0, because co-owners would count one flat's area twice.
    A unit that counts neither head nor area (a parking space by default, R-2.10) appears nowhere.
    developers: ids of the developer's persons, whose sold units also join the developer's entry.
    """
    counting = sorted(
        (u for u in units if u.counts_head or u.counts_area),
        key=lambda u: (natural_key(u.label), u.unit_id),
    )
    developer_ids = frozenset(developers)
    if electorate == "households":
        groups = _households(counting)
    elif electorate == "persons":
        groups = _persons(counting)
    else:
        groups = _owner_sets(counting, developer_ids)
    bring_area = electorate != "persons"
    return tuple(
        _entry(n, group, members, developer_ids, bring_area=bring_area)
        for n, (group, members) in enumerate(groups.items(), start=1)
    )


def roll_digest(drafts: Sequence[EntryDraft]) -> str:
    """SHA-256 of the canonical JSON of every entry with its units and holders, in their order."""
    rows = [
        [
            e.n,
            e.kind,
            e.owner_key,
            e.heads,
            e.area_cm2,
            e.building_id,
            e.label,
            [[u.unit_id, u.building_id, u.label, u.area_cm2] for u in e.units],
            list(e.holders),
        ]
        for e in drafts
    ]
    return _sha256(["hall-roll", 1, rows])


def is_proven(unit: UnitFacts) -> bool:
    """Whether somebody may vote for the unit: its title is proven and names a holder."""
    return unit.verified and bool(unit.holders)


def _owner_sets(
    units: Sequence[UnitFacts], developers: frozenset[int]
) -> dict[Group, list[UnitFacts]]:
    developer_sets = {frozenset(u.holders) for u in units if u.status == "unsold" and u.holders}
    groups: dict[Group, list[UnitFacts]] = {}
    for unit in units:
        owners = frozenset(unit.holders)
        if unit.status in ("unsold", "undelivered"):
            group = DEVELOPER
        elif not is_proven(unit):
            group = ("unverified", unit.unit_id)
        elif owners <= developers or owners in developer_sets:
            group = DEVELOPER  # the same legal person is one head
        else:
            group = ("owners", *sorted(owners))
        groups.setdefault(group, []).append(unit)
    return groups


def _households(units: Sequence[UnitFacts]) -> dict[Group, list[UnitFacts]]:
    return {
        ("household" if is_proven(u) else "unverified", u.unit_id): [u]
        for u in units
        if u.status == "sold" and u.counts_head
    }


def _persons(units: Sequence[UnitFacts]) -> dict[Group, list[UnitFacts]]:
    groups: dict[Group, list[UnitFacts]] = {}
    for unit in units:
        if unit.status == "sold" and is_proven(unit):
            for holder in sorted(set(unit.holders)):
                groups.setdefault(("person", holder), []).append(unit)
    return groups


def _entry(
    n: int,
    group: Group,
    members: Sequence[UnitFacts],
    developers: frozenset[int],
    *,
    bring_area: bool,
) -> EntryDraft:
    parts = tuple(
        EntryUnit(
            u.unit_id,
            u.building_id,
            u.label,
            u.area_cm2 if bring_area and u.counts_area else 0,
        )
        for u in members
    )
    first = members[0]
    heads = 1 if not bring_area or any(u.counts_head for u in members) else 0
    label = first.label if len(members) == 1 else f"{first.label}（等 {len(members)} 套）"
    return EntryDraft(
        n=n,
        owner_key=_sha256(list(group)),
        kind=_kind(group),
        heads=heads,
        area_cm2=sum(p.area_cm2 for p in parts),
        building_id=first.building_id,
        label=label,
        units=parts,
        holders=_holders(group, members, developers),
    )


def _kind(group: Group) -> EntryKind:
    if group == DEVELOPER:
        return "developer"
    return "unverified" if group[0] == "unverified" else "owner"


def _holders(
    group: Group, members: Sequence[UnitFacts], developers: frozenset[int]
) -> tuple[int, ...]:
    if group[0] == "unverified":
        return ()
    if group[0] == "person":
        holder = group[1]
        return (holder,) if isinstance(holder, int) else ()
    if group == DEVELOPER:
        # A buyer who has not taken the flat over is named on it but does not vote.
        own = {h for u in members if u.status != "undelivered" for h in u.holders}
        late = {
            h for u in members if u.status == "undelivered" for h in u.holders if h in developers
        }
        return tuple(sorted(own | late | developers))
    return tuple(sorted({h for u in members for h in u.holders}))


def _sha256(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
