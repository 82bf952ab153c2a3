"""A sheet from top to bottom: headings of buildings, subtotals, footnotes, and lines of data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hall.roll.rules.columns import Chosen, Notes
from hall.roll.rules.figures import Area
from hall.roll.rules.headers import Header
from hall.roll.rules.lines import (
    Line,
    cell_at,
    read_kind,
    read_name,
    read_row_area,
    read_row_owners,
    read_source,
    read_status,
    unit_text,
)
from hall.roll.rules.marks import (
    PART_TOTAL,
    TOTAL,
    UNITS_SAID,
    Mark,
    building_in_title,
    said_area,
    stated,
)
from hall.roll.rules.owners import Owners
from hall.roll.rules.preview import EstateFacts
from hall.roll.rules.spelling import (
    UnitName,
    building_and_entrance,
    building_key,
    entrance_key,
    first_of_pair,
    label,
    name_in_front,
    zone_key,
)
from hall.roll.rules.text import arabic, compact, dashed, has_wide
from hall.sheets import Cell, Sheet

_FOOTNOTE = re.compile(
    r"^(?:备?注|说明|填表|制表|填报|审核|复核|日期|单位|盖章|联系|以上|本表|此表|编制|统计|经办|负责)"
)
_NAMED = re.compile(r"[\u3400-\u9fffA-Z0-9]{1,10}")
_PLACE_KINDS = (
    ("parking", r"车位|车库|停车"),
    ("storage", r"储藏|杂物"),
    ("shop", r"^(?:商铺|门面|商业|底商)$"),
)


@dataclass(slots=True)
class Place:
    """The building and entrance that hold from here on, by keys; "" when none."""

    zone: str = ""
    building: str = ""
    entrance: str = ""
    heading: str = ""  # building of the last heading row, the sheet's name or its title
    heading_entrance: str = ""
    seen_entrance: bool = False
    stale: bool = False  # a subtotal has closed the block: an empty building cell says nothing


class SheetScan:
    """Reads one panel of one sheet into lines and marks."""

    def __init__(
        self, sheet: Sheet, header: Header, chosen: Chosen, notes: Notes, facts: EstateFacts
    ) -> None:
        self.sheet, self.header, self.chosen = sheet, header, chosen
        self.notes, self.facts = notes, facts
        self.lines: list[Line] = []
        self.marks: list[Mark] = []
        self.place = Place()
        # A row is a unit by its room, owner or area: a building or a telephone alone is none.
        data = (*chosen.units, *chosen.owners, chosen.area)
        self._data_columns = frozenset(c.number for c in data if c is not None)
        self._repeats_building = False
        self._estate = ""
        self._area_row = 0

    def run(self) -> None:
        """Read every row below the header."""
        self._read_title()
        self._repeats_building = self._pairs_repeat_building()
        self._estate = self._name_in_front()
        for row, cells in self._rows():
            self._read_row(row, cells)

    def _rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        for row in range(self.header.last + 1, len(self.sheet.rows) + 1):
            line = self.sheet.rows[row - 1]
            last = min(self.chosen.right, len(line))
            cells = {n: line[n - 1] for n in range(self.chosen.left, last + 1) if line[n - 1]}
            if cells:
                yield row, cells

    def _read_row(self, row: int, cells: dict[int, Cell]) -> None:
        texts = {compact(c.text) for c in cells.values()}
        if self._is_header_again(cells):
            self.notes.say("header_repeated", self.sheet, row)
        elif self._is_total(row, cells):
            self.place.stale |= "单元" not in self.marks[-1].text
        elif self._is_heading(texts):
            return
        elif self._is_footnote(cells):
            self.notes.say("row_ignored", self.sheet, row, shown=max(texts, key=len)[:40])
        elif self._data_columns.isdisjoint(cells):
            self.notes.tally("rows_without_data", self.sheet)
        else:
            self._read_data(row)

    def _is_header_again(self, cells: dict[int, Cell]) -> bool:
        same = sum(
            compact(cells[c.number].text) in c.name.split()
            for c in self.header.columns
            if c.number in cells
        )
        return same >= 2 and same * 2 >= len(cells)

    def _is_total(self, row: int, cells: dict[int, Cell]) -> bool:
        skipped = {c.number for c in self.chosen.notes}
        words = ""
        for number, cell in cells.items():
            text = compact(cell.text)
            if (
                number not in skipped
                and cell.kind == "text"
                and TOTAL.search(text)
                and len(text) <= 60
            ):
                words = text
                break
        if not words:
            return False
        units, area = stated(cells, words, self.chosen)
        self.marks.append(
            Mark(row, words, units, area, bool(PART_TOTAL.search(words)), len(self.lines))
        )
        self.notes.say("total_row", self.sheet, row, shown=words[:40])
        return True

    def _is_heading(self, texts: set[str]) -> bool:
        """A row that only says 3栋 or 3栋2单元, perhaps with 36户 beside it, opens a block."""
        if len(texts) > 2:
            return False
        words = [t for t in texts if not re.fullmatch(r"共?[0-9]{1,5}[户套间]", t)]
        if len(words) != 1:
            return False
        building, entrance = building_and_entrance(words[0])
        if not building and not entrance:
            return False
        place = self.place
        if building:
            self.place = Place(heading=building, heading_entrance=entrance)
        else:
            place.heading_entrance, place.entrance, place.stale = entrance, "", False
        return True

    def _is_footnote(self, cells: dict[int, Cell]) -> bool:
        own = [c for c in cells.values() if not c.merged]
        if len(own) > 3 or not own:
            return False
        if self.chosen.area is not None and self.chosen.area.number in cells and len(own) > 1:
            return False
        text = compact(own[0].text)
        return bool(_FOOTNOTE.match(text)) or (len(own) == 1 and len(text) > 25)

    def _read_title(self) -> None:
        """A building in the sheet's name or title holds for the whole sheet; totals may stand there."""
        building, entrance = building_and_entrance(compact(self.sheet.name))
        for row in range(1, self.header.first):
            for cell in self.sheet.rows[row - 1]:
                if not cell or cell.merged:
                    continue
                words = compact(cell.text)
                said = UNITS_SAID.search(words)
                area = said_area(words)
                if said or area is not None:
                    units = int(said[1]) if said else None
                    self.marks.append(Mark(row, words[:40], units, area, False, 0))
                if not building:
                    building = building_in_title(words)
        self.place = Place(heading=building, heading_entrance=entrance)

    def _pairs_repeat_building(self) -> bool:
        """Whether 1-101 under 1栋, 2-101 under 2栋… throughout: the pair repeats the building."""
        if self.chosen.building is None or self.chosen.entrance is not None:
            return False
        seen: set[str] = set()
        for row, _ in self._rows():
            first = first_of_pair(unit_text(self.sheet, row, self.chosen))
            own = building_key(cell_at(self.sheet, row, self.chosen.building).text)
            if first and own:
                if first != own:
                    return False
                seen.add(own)
        return len(seen) > 1

    def _name_in_front(self) -> str:
        """The estate's name when it stands before the numbers of every unit: it tells none apart."""
        known = compact(self.facts.name)
        texts = [unit_text(self.sheet, row, self.chosen) for row, _ in self._rows()]
        found = {name_in_front(t) for t in texts if re.search("[0-9](?!.*[户套间]$)", t)}
        return found.pop() if len(found) == 1 and "" not in found else known

    def _read_place(self, row: int) -> tuple[str, str, str]:
        """Building and entrance keys of a row, and the kind its building cell gives away."""
        place, sheet = self.place, self.sheet
        building_cell = cell_at(sheet, row, self.chosen.building)
        hint = ""
        named = False
        if building_cell:
            key, entrance, hint = self._building(row, building_cell)
            if key != place.building:
                place.seen_entrance, place.entrance = False, entrance
            elif entrance:
                place.entrance = entrance
            place.building, place.stale = key, False
            named = not building_cell.merged
        elif place.building and not place.stale:
            self.notes.tally("filled_down", sheet)
        elif place.stale:
            place.building = ""
        self._read_entrance(row, named=named)
        zone = cell_at(sheet, row, self.chosen.zone)
        place.zone = zone_key(zone.text) if zone else place.zone
        if place.zone and place.building and not place.building.startswith(place.zone):
            return place.zone + place.building, place.entrance, hint
        building = place.building or place.heading or self._only_building()
        return building, place.entrance or place.heading_entrance, hint

    def _building(self, row: int, cell: Cell) -> tuple[str, str, str]:
        text = compact(cell.text)
        if cell.kind in ("error", "formula", "date"):
            codes = {
                "error": "cell_error",
                "formula": "formula_without_value",
                "date": "unit_is_date",
            }
            self.notes.say(codes[cell.kind], self.sheet, row, self.chosen.building)
            return "", "", ""
        for kind, pattern in _PLACE_KINDS:
            if re.search(pattern, text):
                return "", "", kind
        if cell.kind == "text" and not cell.merged and has_wide(cell.text):
            self.notes.tally("full_width", self.sheet)
        key, entrance = building_key(text), ""
        if not key:
            key, entrance = building_and_entrance(text)
        if not key:
            plain = arabic(dashed(text))
            key = plain if _NAMED.fullmatch(plain) else ""
        if not key:
            self.notes.say("unit_unreadable", self.sheet, row, self.chosen.building)
        return key, entrance, ""

    def _read_entrance(self, row: int, *, named: bool) -> None:
        place = self.place
        cell = cell_at(self.sheet, row, self.chosen.entrance)
        if cell:
            key = entrance_key(cell.text)
            if not key and compact(cell.text) not in ("-", "/", "无"):
                self.notes.say("unit_unreadable", self.sheet, row, self.chosen.entrance)
            place.entrance, place.seen_entrance = key, bool(key)
        elif place.entrance and place.seen_entrance and named:
            self.notes.say(
                "entrance_assumed", self.sheet, row, self.chosen.entrance, entrance=place.entrance
            )

    def _only_building(self) -> str:
        known = self.facts.buildings
        return building_key(known[0]) if len(known) == 1 else ""

    def _read_data(self, row: int) -> None:
        sheet, chosen, notes = self.sheet, self.chosen, self.notes
        building, entrance, hint = self._read_place(row)
        kind = read_kind(sheet, row, chosen, notes, hint)
        has_unit = bool(unit_text(sheet, row, chosen)) or any(
            sheet.cell(row, c.number).kind != "empty" for c in chosen.units
        )
        owners = read_row_owners(sheet, row, chosen, notes)
        name: UnitName | None = None
        if has_unit:
            name = read_name(
                sheet,
                row,
                chosen,
                notes,
                place=(building, entrance),
                kind=kind,
                repeats_building=self._repeats_building,
                estate=self._estate,
            )
            if name is not None and name.kind != "home" and kind in ("", "home"):
                kind = "storage" if name.kind == "other" else name.kind
        area = read_row_area(sheet, row, chosen, notes, kind or "home")
        line = self._line(row, name, area, owners, kind or "home")
        if not has_unit and not self._continues(line):
            notes.say("unit_missing", sheet, row, chosen.units[0] if chosen.units else None)
            line.blocked = True
        line.blocked |= has_unit and name is None
        self.lines.append(line)

    def _line(self, row: int, name: UnitName | None, area: Area, owners: Owners, kind: str) -> Line:
        sheet, chosen, notes = self.sheet, self.chosen, self.notes
        area_cell = cell_at(sheet, row, chosen.area)
        unit_cell = cell_at(sheet, row, chosen.units[0] if chosen.units else None)
        if not area_cell.merged:
            self._area_row = row
        status, stated = read_status(sheet, row, chosen, notes)
        if not stated and owners.status:
            status, stated = owners.status, True
        shares = compact(cell_at(sheet, row, chosen.share).text)
        return Line(
            sheet=sheet,
            row=row,
            name=name,
            area=area,
            own_area=bool(area_cell) and not area_cell.merged,
            own_unit=bool(unit_cell) and not unit_cell.merged,
            owners=owners,
            kind=kind,
            status=status,
            status_stated=stated,
            source=read_source(sheet, row, chosen, notes) if area.cm2 is not None else "contract",
            columns=chosen,
            joint=owners.joint or "共有" in shares,
            label=label(name, self.facts.buildings) if name is not None else "",
            merged_area_row=self._area_row if area_cell.merged else 0,
        )

    def _continues(self, line: Line) -> bool:
        """A row with an owner but neither room nor area is one more owner of the row above."""
        if not self.lines or line.own_area or not line.owners.holders:
            return False
        above = self.lines[-1]
        if above.row != line.row - 1 or above.name is None:
            return False
        line.name, line.label, line.kind = above.name, above.label, above.kind
        line.joint = True
        self.notes.say(
            "co_owner_row_assumed",
            self.sheet,
            line.row,
            self.chosen.owners[0],
            unit=above.label,
        )
        return True
