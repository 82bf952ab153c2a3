"""Lines become units: several rows of one unit are joined or refused, owners and areas settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hall.roll.rules.columns import Notes
from hall.roll.rules.lines import Line, counts
from hall.roll.rules.naming import natural_key
from hall.roll.rules.owners import Holder
from hall.roll.rules.persons import Mention, identify
from hall.roll.rules.preview import (
    EstateFacts,
    Holding,
    PreviewBuilding,
    PreviewPerson,
    PreviewUnit,
)
from hall.roll.rules.spelling import UnitName, building_name, entrance_name


@dataclass(slots=True)
class UnitDraft:
    """A unit with the row it is read from and all its holders."""

    line: Line
    name: UnitName
    holders: tuple[Holder, ...]
    why: str
    status: str
    area_cm2: int

    @property
    def kind(self) -> str:
        """home | shop | parking | other."""
        return {"storage": "other", "office": "other"}.get(self.line.kind, self.line.kind)


def draft_units(lines: Sequence[Line], notes: Notes) -> list[UnitDraft]:
    """The units in natural order of their names; contradictions between rows are told."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if line.name is not None:
            groups.setdefault(line.label, []).append(line)
    labels = {(line.sheet.name, line.row): line.label for line in lines}
    drafts = []
    for group in groups.values():
        _check_merged_area(group, labels, notes)
        drafts.append(_draft(group, groups, notes))
    drafts.sort(key=lambda d: natural_key(d.line.label))
    return drafts


def _check_merged_area(
    group: Sequence[Line], labels: Mapping[tuple[str, int], str], notes: Notes
) -> None:
    """One merged area beside two rooms would count twice; whose it is nobody can tell."""
    for line in group:
        if line.merged_area_row:
            above = labels.get((line.sheet.name, line.merged_area_row), line.label)
            if above != line.label:
                notes.say(
                    "area_merged_over_units", line.sheet, line.row, line.columns.area, other=above
                )


def _draft(group: Sequence[Line], groups: Mapping[str, list[Line]], notes: Notes) -> UnitDraft:
    base = group[0]
    joined = [base]
    for line in group[1:]:
        line.first = False
        if _is_same(base, line):
            if line.own_unit:
                _tell_repeated("unit_repeated_same", base, line, groups, notes)
        elif _is_co_owner(joined, line):
            joined.append(line)
        else:
            line.first = True  # as the file has it: two rows, two areas
            line.blocked = True
            _tell_repeated("unit_repeated", base, line, groups, notes)
    status = next((line.status for line in joined if line.status_stated), base.status)
    holders, why = _holders(joined, notes)
    area = _area(base, joined, notes)
    name = base.name or UnitName("", "", "")  # only named lines are grouped
    draft = UnitDraft(base, name, holders, why, status, area)
    _settle_owners(draft, notes)
    return draft


def _is_same(base: Line, line: Line) -> bool:
    """The row says nothing new: same owners (or none) and the same area (or none)."""
    here = {(h.name, h.phone) for h in line.owners.holders}
    there = {(h.name, h.phone) for h in base.owners.holders}
    return (
        here == there
        and line.area.cm2 in (None, base.area.cm2)
        and line.area.code in ("", "area_missing")
    )


def _is_co_owner(joined: Sequence[Line], line: Line) -> bool:
    """One more owner: the next row, something that says so, and no other area.

    Without a share, 共有, a merged or an empty cell, two full rows of one room are more likely a
    slip in the room's number, and joining them would lose a head and an area.
    """
    above = joined[-1]
    if line.sheet.name != above.sheet.name or line.row != above.row + 1:
        return False
    if not line.owners.holders or line.area.cm2 not in (None, joined[0].area.cm2):
        return False
    return line.joint or joined[0].joint or not line.own_unit or not line.own_area


def _tell_repeated(
    code: str, base: Line, line: Line, groups: Mapping[str, list[Line]], notes: Notes
) -> None:
    column = line.columns.units[0] if line.columns.units else None
    facts: dict[str, str | int] = {"unit": line.label, "rows": f"{base.row}、{line.row}"}
    if base.sheet.name != line.sheet.name:
        facts["rows"] = f"{base.sheet.name} {base.row}、{line.sheet.name} {line.row}"
    missing = _missing_neighbour(line, groups) if code == "unit_repeated" else ""
    if missing:
        facts["missing"] = missing
    notes.say(code, line.sheet, line.row, column, **facts)


def _missing_neighbour(line: Line, groups: Mapping[str, list[Line]]) -> str:
    """The one room of this floor that other floors have and this one lacks; "" if not exactly one."""
    name = line.name
    if name is None or name.floor is None or not name.room.isdecimal():
        return ""
    stem = line.label[: -len(name.room)]
    rooms = {
        g[0].name.room
        for g in groups.values()
        if g[0].name is not None
        and (g[0].name.building, g[0].name.entrance) == (name.building, name.entrance)
        and g[0].name.room.isdecimal()
    }
    floors = {room[:-2] for room in rooms}
    positions = {room[-2:] for room in rooms}
    usual = {p for p in positions if sum(f + p in rooms for f in floors) * 2 >= len(floors)}
    absent = sorted(p for p in usual if f"{name.floor}{p}" not in rooms)
    return f"{stem}{name.floor}{absent[0]}" if len(absent) == 1 else ""


def _holders(joined: Sequence[Line], notes: Notes) -> tuple[tuple[Holder, ...], str]:
    found: dict[tuple[str, str], Holder] = {}
    why = next((line.owners.why for line in joined if line.owners.why != "owner_missing"), "")
    for line in joined:
        for holder in line.owners.holders:
            found.setdefault((holder.name, holder.phone), holder)
    holders = tuple(found.values())
    if not holders and not any(line.owners.status for line in joined):
        return (), why or "owner_missing"
    shares = [h.share for h in holders if h.share is not None]
    if shares and (sum(shares) > 1 or len(shares) < len(holders)):
        base = joined[0]
        notes.say("shares_do_not_add_up", base.sheet, base.row, base.columns.share, unit=base.label)
        holders = tuple(replace(h, share=None) for h in holders)
    elif shares and sum(shares) < 1:
        why = why or "co_owners_not_named"
    return holders, why


def _area(base: Line, joined: Sequence[Line], notes: Notes) -> int:
    """The unit's area; missing where it counts is told, because null is not zero (I22)."""
    area = next((line.area.cm2 for line in joined if line.area.cm2 is not None), None)
    if area is not None:
        return area
    if base.area.code == "area_missing" and base.columns.area is not None and counts(base.kind):
        notes.say("area_missing", base.sheet, base.row, base.columns.area, unit=base.label)
    return 0


def _settle_owners(draft: UnitDraft, notes: Notes) -> None:
    """What an unsold unit's and an unproven owner mean; missing owners are told, never guessed."""
    line = draft.line
    column = line.columns.owners[0] if line.columns.owners else None
    if draft.status == "unsold":
        named = [h for h in draft.holders if h.kind == "natural"]
        if named:
            notes.say("unsold_with_owner", line.sheet, line.row, column, unit=line.label)
        draft.holders = tuple(
            replace(h, kind="developer") for h in draft.holders if h.kind != "natural"
        )
        draft.why = ""
    elif draft.status == "undelivered":
        draft.why = ""
    elif draft.why and counts(line.kind) and not (draft.why == "owner_missing" and column is None):
        notes.say(draft.why, line.sheet, line.row, column, unit=line.label)


def build(
    drafts: Sequence[UnitDraft], facts: EstateFacts, notes: Notes
) -> tuple[tuple[PreviewBuilding, ...], tuple[PreviewPerson, ...], tuple[PreviewUnit, ...]]:
    """Buildings, persons and units, numbered; who is the same person is told where it is assumed."""
    mentions = [
        Mention(h, d.line.label, d.line.sheet, d.line.row, d.line.columns)
        for d in drafts
        for h in d.holders
    ]
    persons, person_of = identify(mentions, notes)
    keys = sorted({d.name.building for d in drafts}, key=lambda k: natural_key(building_name(k)))
    numbers = {key: n for n, key in enumerate(keys, start=1)}
    units: list[PreviewUnit] = []
    at = 0
    for n, draft in enumerate(drafts, start=1):
        holdings: dict[int, Holding] = {}
        for index in range(at, at + len(draft.holders)):
            share = mentions[index].holder.share
            num, den = (share.numerator, share.denominator) if share is not None else (0, 0)
            holdings.setdefault(person_of[index], Holding(person_of[index], num, den))
        at += len(draft.holders)
        units.append(_unit(n, draft, numbers, tuple(holdings.values())))
    return _buildings(drafts, units, numbers, facts), persons, tuple(units)


def _unit(
    n: int, draft: UnitDraft, numbers: Mapping[str, int], holdings: tuple[Holding, ...]
) -> PreviewUnit:
    line = draft.line
    counting = counts(line.kind)
    return PreviewUnit(
        n=n,
        label=line.label,
        building=numbers[draft.name.building],
        entrance=entrance_name(draft.name.entrance),
        room=draft.name.room,
        floor=draft.name.floor,
        area_cm2=draft.area_cm2,
        area_source=line.source,
        kind=draft.kind,
        status=draft.status,
        counts_head=counting,
        counts_area=counting,
        verified=bool(holdings) and not draft.why,
        unverified_why=draft.why,
        holders=holdings,
        sheet=line.sheet.name,
        row=line.row,
    )


def _buildings(
    drafts: Sequence[UnitDraft],
    units: Sequence[PreviewUnit],
    numbers: Mapping[str, int],
    facts: EstateFacts,
) -> tuple[PreviewBuilding, ...]:
    found = []
    for key, number in numbers.items():
        own = [u for u in units if u.building == number]
        entrances = sorted({u.entrance for u in own if u.entrance}, key=natural_key)
        counting = [u for u in own if u.counts_head]
        area = sum(u.area_cm2 for u in own if u.counts_area)
        name = building_name(key, facts.buildings)
        found.append(PreviewBuilding(number, name, tuple(entrances), len(counting), area))
    return tuple(found)
