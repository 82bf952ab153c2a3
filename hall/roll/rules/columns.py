"""Which columns of a sheet are read, and what is said about those that are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hall.roll.rules.headers import READ_ROLES, Column, Header, area_rank
from hall.roll.rules.preview import ColumnUse
from hall.roll.rules.problems import Fact, Problem
from hall.roll.rules.text import compact, without_id_numbers
from hall.sheets import Cell, Sheet

_SHOWN = 60


@dataclass(slots=True)
class Notes:
    """What is gathered while a file is read: problems in order, and counts of small tidyings."""

    problems: list[Problem] = field(default_factory=list)
    tallies: Counter[tuple[str, str]] = field(default_factory=Counter)

    def say(
        self,
        code: str,
        sheet: Sheet | None = None,
        row: int = 0,
        column: Column | None = None,
        **facts: Fact,
    ) -> None:
        """Add a problem at a cell; the value is what stands there, shortened."""
        value = ""
        if sheet is not None and row and column is not None:
            value = without_id_numbers(compact(sheet.cell(row, column.number).text))[:_SHOWN]
        self.problems.append(
            Problem(
                code,
                sheet.name if sheet is not None else "",
                row,
                column.letter if column is not None else "",
                column.name if column is not None else "",
                value,
                facts,
            )
        )

    def tally(self, code: str, sheet: Sheet) -> None:
        """Count one tidying; said once a sheet with its number."""
        self.tallies[code, sheet.name] += 1

    def settle(self) -> None:
        """Turn the counts into problems."""
        for (code, name), count in self.tallies.items():
            self.problems.append(Problem(code, name, facts={"count": count}))
        self.tallies.clear()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns that are read, by what they hold; left and right bound the panel's columns."""

    units: tuple[Column, ...]
    zone: Column | None
    building: Column | None
    entrance: Column | None
    floor: Column | None
    owners: tuple[Column, ...]
    phones: tuple[Column, ...]
    share: Column | None
    area: Column | None
    area_source: str  # what the column's name states, or ""
    source: Column | None
    kind: Column | None
    status: Column | None
    notes: tuple[Column, ...]
    left: int
    right: int

    @property
    def named(self) -> Mapping[int, Column]:
        """The read columns that decide whether a row is data, by number."""
        several = (*self.units, *self.owners, *self.phones)
        single = (self.building, self.entrance, self.floor, self.area)
        return {c.number: c for c in (*several, *(c for c in single if c is not None))}


def panels(header: Header, width: int) -> list[tuple[Header, int, int]]:
    """The header cut where its columns repeat (two lists printed side by side), with bounds."""
    names = [c.name for c in header.columns]
    start = next((i for i, c in enumerate(header.columns) if c.role in ("unit", "building")), None)
    if start is None:
        return [(header, 1, width)]
    step = _repeat(names, start, header.columns)
    if not step:
        return [(header, 1, width)]
    cuts = [*range(start, len(names), step), len(names)]
    found = []
    for k in range(len(cuts) - 1):
        first = 0 if k == 0 else cuts[k]
        columns = header.columns[first : cuts[k + 1]]
        left = 1 if k == 0 else columns[0].number
        right = width if cuts[k + 1] == len(names) else header.columns[cuts[k + 1]].number - 1
        found.append((replace(header, columns=columns), left, right))
    return found


def _repeat(names: Sequence[str], start: int, columns: Sequence[Column]) -> int:
    """After how many columns the whole list of names begins again; 0 if it does not."""
    for second in range(start + 2, len(names)):
        if names[second] != names[start] or columns[second].joined:
            continue
        step = second - start
        roles = {c.role for c in columns[start:second]}
        same = all(names[i] == names[i - step] for i in range(second, len(names)))
        if same and "unit" in roles and roles & {"owner", "area"}:
            return step
    return 0


def choose(
    sheet: Sheet, header: Header, bounds: tuple[int, int], notes: Notes
) -> tuple[Chosen, tuple[ColumnUse, ...]]:
    """The columns to read, and how every column was understood; what is doubtful goes to notes."""
    units = _units(header)
    owners = _owners(sheet, header, notes)
    area, stated = _area(sheet, header, notes)
    chosen = Chosen(
        units=units,
        zone=_one(sheet, header, "zone", notes),
        building=_one(sheet, header, "building", notes),
        entrance=_one(sheet, header, "entrance", notes),
        floor=_one(sheet, header, "floor", notes),
        owners=owners,
        phones=header.having("phone"),
        share=next(iter(header.having("share")), None),
        area=area,
        area_source=stated,
        source=next(iter(header.having("area_source")), None),
        kind=next(iter(header.having("kind")), None),
        status=next(iter(header.having("status")), None),
        notes=header.having("note"),
        left=bounds[0],
        right=bounds[1],
    )
    if not owners:
        notes.say("owner_column_missing", sheet, header.last)
    for column in header.having("ID_NUMBER"):
        notes.say("id_numbers_not_read", sheet, header.last, column)
    return chosen, tuple(_use(sheet, c, chosen) for c in header.columns)


def _use(sheet: Sheet, column: Column, chosen: Chosen) -> ColumnUse:
    read = column.role in READ_ROLES
    if column.role in ("area", "area_inside"):
        read = column == chosen.area
    elif column.role == "unit":
        read = column in chosen.units
    elif column.role in ("owner", "co_owner"):
        read = column in chosen.owners
    return ColumnUse(sheet.name, column.letter, column.name, column.role.lower(), read)


def _units(header: Header) -> tuple[Column, ...]:
    """The column of rooms, with those merged to it in the header."""
    units = header.having("unit")
    if not units:
        return ()
    first = next((c for c in units if re.search("房号|室|门牌", c.name) and not c.joined), units[0])
    group = [first]
    for column in units:
        if column.joined and column.number == group[-1].number + 1:
            group.append(column)
    return tuple(group)


def _owners(sheet: Sheet, header: Header, notes: Notes) -> tuple[Column, ...]:
    owners = [c for c in header.having("owner") if not c.joined]
    if len(owners) > 1:
        _check_repeated(sheet, header, owners, notes)
        best = next((c for c in owners if re.search("产权|权利|所有权", c.name)), owners[0])
        # 产权人1 and 产权人2 are two owners; 业主 beside 户主 is one said twice.
        chosen = [c for c in owners if _unnumbered(c.name) == _unnumbered(best.name)]
        if len({c.name for c in chosen}) < len(chosen):
            chosen = [best]
        others = "、".join(
            dict.fromkeys(c.name for c in owners if c not in chosen and c.name != best.name)
        )
        if others:
            notes.say(
                "several_owner_columns", sheet, header.last, best, chosen=best.name, others=others
            )
        owners = chosen
    return (*owners, *header.having("co_owner"))


def _unnumbered(name: str) -> str:
    return re.sub(r"第[一二三四五]|[0-9]|[一二三四五]$|\([一二三四五0-9]\)", "", name)


def _one(sheet: Sheet, header: Header, role: str, notes: Notes) -> Column | None:
    columns = [c for c in header.having(role) if not c.joined]
    if len(columns) > 1:
        _check_repeated(sheet, header, columns, notes)
    return columns[0] if columns else None


def _area(sheet: Sheet, header: Header, notes: Notes) -> tuple[Column | None, str]:
    """The best area column and the source its name states (R-2.02). Site area never serves (E1)."""
    areas = [c for c in header.having("area") if not c.joined]
    if areas:
        _check_repeated(sheet, header, areas, notes)
        ranked = sorted(areas, key=lambda c: area_rank(c.name)[0])
        best = ranked[0]
        others = "、".join(c.name for c in ranked[1:] if c.name != best.name)
        if others:
            notes.say(
                "several_area_columns", sheet, header.last, best, chosen=best.name, others=others
            )
        return best, area_rank(best.name)[1]
    inside = header.having("area_inside")
    if inside:
        notes.say("area_inside_walls", sheet, header.last, inside[0])
        return inside[0], ""
    for role, code in (("AREA_SITE", "area_is_site_area"), ("AREA_SHARED", "area_is_shared_area")):
        wrong = header.having(role)
        if wrong:
            notes.say(code, sheet, header.last, wrong[0])
            return None, ""
    notes.say("area_column_missing", sheet, header.last)
    return None, ""


def _check_repeated(sheet: Sheet, header: Header, columns: Sequence[Column], notes: Notes) -> None:
    """Two columns of one name must hold the same, or nobody can tell which is meant."""
    by_name: dict[str, Column] = {}
    for column in columns:
        first = by_name.setdefault(column.name, column)
        if first is column:
            continue
        for row in range(header.last + 1, len(sheet.rows) + 1):
            if _text(sheet.cell(row, first.number)) != _text(sheet.cell(row, column.number)):
                notes.say(
                    "column_repeated", sheet, header.last, column, at_row=row, first=first.letter
                )
                break


def _text(cell: Cell) -> str:
    return compact(cell.text)
