"""One row of data: which unit, whose, how large. Everything doubtful becomes a problem."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hall.roll.rules.columns import Chosen, Notes
from hall.roll.rules.figures import (
    Area,
    area_limit_m2,
    looks_like_date,
    read_area,
    read_phones,
)
from hall.roll.rules.headers import Column
from hall.roll.rules.owners import Owners, read_owners
from hall.roll.rules.spelling import UnitName, Unreadable, parse_unit
from hall.roll.rules.text import compact, has_wide, without_id_numbers
from hall.sheets import EMPTY, Cell, Sheet

_KINDS = (
    ("parking", r"车位|车库|停车"),
    ("storage", r"储藏|储物|杂物|仓储|仓库|地下室"),
    ("shop", r"商|店|门面|铺|网点"),
    ("office", r"办公|写字"),
    ("home", r"住宅|居住|住房|公寓|别墅|成套|普通|^住$"),
)
_UNSOLD = r"未售|待售|未出售|未销售|尾盘|库存|^否$|未卖"
_UNDELIVERED = r"未交付|未交房|未接房|已售未交|未收房"
_SOLD = r"已售|已交|已接|已收|入住|自住|出租|空置|售出|^是$|^售$|正常|装修"
_SOURCES = (
    ("register", r"登记|产权|不动产|房产证|证载"),
    ("survey", r"实测|测绘|测量"),
    ("contract", r"合同|预测|预售|暂测"),
)
_CELL_CODES = {"error": "cell_error", "formula": "formula_without_value"}
_NOT_COUNTED = frozenset(("parking", "storage"))


@dataclass(slots=True)
class Line:
    """A row that describes a unit or one more owner of it.

    area: cm² or None; own_area, own_unit: the row's own cells say so (not empty, not merged down);
    joint: the row speaks of shares or common ownership.
    """

    sheet: Sheet
    row: int
    name: UnitName | None
    area: Area
    own_area: bool
    own_unit: bool
    owners: Owners
    kind: str
    status: str
    status_stated: bool
    source: str
    columns: Chosen
    joint: bool
    label: str = ""
    first: bool = True  # the first row of its unit: the one that brings its area to the totals
    blocked: bool = False
    merged_area_row: int = 0  # the row whose merged area this one repeats


def cell_at(sheet: Sheet, row: int, column: Column | None) -> Cell:
    """The cell in a column that may not exist."""
    return EMPTY if column is None else sheet.cell(row, column.number)


def unit_text(sheet: Sheet, row: int, chosen: Chosen) -> str:
    """What names the unit: one cell, or several under one merged header put together."""
    texts = [compact(sheet.cell(row, c.number).text) for c in chosen.units]
    parts: list[str] = []
    for number, text in enumerate(t for t in texts if t):
        if (
            number == 0
            or text != parts[-1]
            or not sheet.cell(row, chosen.units[number].number).merged
        ):
            parts.append(text)
    return "-".join(parts)


def read_name(
    sheet: Sheet,
    row: int,
    chosen: Chosen,
    notes: Notes,
    *,
    place: tuple[str, str],
    kind: str,
    repeats_building: bool,
    estate: str,
) -> UnitName | None:
    """The unit's name, or None with a problem told."""
    column = chosen.units[0] if chosen.units else chosen.building
    for unit in chosen.units:
        cell = sheet.cell(row, unit.number)
        code = {
            "error": "cell_error",
            "formula": "formula_without_value",
            "date": "unit_is_date",
        }.get(cell.kind, "")
        if not code and looks_like_date(cell.text):
            code = "unit_is_date"
        if code:
            notes.say(code, sheet, row, unit)
            return None
        _tally_tidied(cell, sheet, notes)
    text = unit_text(sheet, row, chosen)
    text = _with_floor(text, compact(cell_at(sheet, row, chosen.floor).text))
    building, entrance = place
    spelled = {"storage": "other", "office": "home"}.get(kind, kind)
    try:
        name = parse_unit(
            text,
            building=building,
            entrance=entrance,
            kind=spelled,
            repeats_building=repeats_building,
            estate=estate,
        )
    except Unreadable as unreadable:
        facts = {"building": building, "entrance": entrance}
        if unreadable.code == "unit_contradicts_columns":
            notes.say(unreadable.code, sheet, row, column, **facts)
        else:
            notes.say(unreadable.code, sheet, row, column)
        return None
    if name.zeros:
        notes.tally("leading_zeros", sheet)
    return name


def _with_floor(text: str, floor: str) -> str:
    """Floor 5 and room 1 or 01 in two columns are room 501."""
    digits = re.match(r"[0-9]+", floor)
    if digits and re.fullmatch(r"[0-9]{1,2}", text):
        return f"{int(digits.group())}{int(text):02d}"
    return text


def _tally_tidied(cell: Cell, sheet: Sheet, notes: Notes) -> None:
    if cell.kind == "text" and not cell.merged:
        if has_wide(cell.text):
            notes.tally("full_width", sheet)
        elif cell.text != cell.text.strip() or " " in cell.text.strip():
            notes.tally("spaces_removed", sheet)


def read_kind(sheet: Sheet, row: int, chosen: Chosen, notes: Notes, hint: str) -> str:
    """home, shop, parking, storage, office, or "" when the row does not say."""
    text = compact(cell_at(sheet, row, chosen.kind).text)
    for kind, pattern in _KINDS:
        if text and re.search(pattern, text):
            return kind
    if text and text not in ("-", "/", "无") and chosen.kind is not None:
        notes.say("kind_unreadable", sheet, row, chosen.kind)
    return hint


def read_status(sheet: Sheet, row: int, chosen: Chosen, notes: Notes) -> tuple[str, bool]:
    """sold, unsold or undelivered from the status column or the remarks, and whether stated."""
    text = compact(cell_at(sheet, row, chosen.status).text)
    remarks = "".join(compact(sheet.cell(row, c.number).text) for c in chosen.notes)
    for words, from_remarks in ((text, False), (remarks, True)):
        if not words:
            continue
        if re.search(_UNDELIVERED, words):
            return "undelivered", True
        if re.search(_UNSOLD, words) and not (from_remarks and words == "否"):
            return "unsold", True
        if not from_remarks and re.search(_SOLD, words):
            return "sold", True
    if text and text not in ("-", "/", "无") and chosen.status is not None:
        notes.say("status_unreadable", sheet, row, chosen.status)
    return "sold", False


def read_source(sheet: Sheet, row: int, chosen: Chosen, notes: Notes) -> str:
    """register, survey or contract; the weakest when the file does not say (R-2.02)."""
    text = compact(cell_at(sheet, row, chosen.source).text)
    for source, pattern in _SOURCES:
        if text and re.search(pattern, text):
            return source
    if chosen.area_source:
        return chosen.area_source
    notes.tally("area_source_assumed", sheet)
    return "contract"


def read_row_owners(sheet: Sheet, row: int, chosen: Chosen, notes: Notes) -> Owners:
    """The owners of a row; problems of names, shares and telephone numbers are told."""
    texts: list[str] = []
    for column in chosen.owners:
        cell = sheet.cell(row, column.number)
        if cell.kind in ("error", "formula", "date", "boolean"):
            notes.say(_CELL_CODES.get(cell.kind, "owner_not_a_name"), sheet, row, column)
        elif cell:
            texts.append(cell.text)
            if not cell.merged and has_wide(cell.text):
                notes.tally("full_width", sheet)
    numbers: list[str] = []
    for column in chosen.phones:
        phones = read_phones(sheet.cell(row, column.number))
        if phones.code:
            notes.say(phones.code, sheet, row, column)
        numbers.extend(n for n in phones.numbers if n not in numbers)
    share = cell_at(sheet, row, chosen.share)
    column_of = chosen.owners[0] if chosen.owners else None
    if any(without_id_numbers(t) != t for t in texts):
        notes.say("id_numbers_not_read", sheet, row, column_of)
    owners = read_owners(texts, share.text, numbers)
    for code, value in owners.notes:
        at = chosen.share if code.startswith("share") and chosen.share else column_of
        notes.say(code, sheet, row, at, shown=value)
    if owners.joined:
        notes.tally("names_joined", sheet)
    return owners


def read_row_area(sheet: Sheet, row: int, chosen: Chosen, notes: Notes, kind: str) -> Area:
    """The area of a row, checked against what a unit of its kind can measure (E1)."""
    if chosen.area is None:
        return Area(None, "area_missing")  # told once for the whole sheet
    area = read_area(sheet.cell(row, chosen.area.number))
    if area.code == "area_missing":
        return area  # told when it is known whether the row is one more owner of a unit
    if area.code:
        notes.say(area.code, sheet, row, chosen.area)
        return area
    if area.note:
        notes.say(area.note, sheet, row, chosen.area)
    cm2 = area.cm2 or 0
    limit = area_limit_m2(kind)
    if cm2 > limit * 10_000:
        notes.say("area_absurd", sheet, row, chosen.area, limit_m2=limit)
        return Area(None, "area_absurd")
    if kind == "home" and cm2 > 400 * 10_000:
        notes.say("area_large", sheet, row, chosen.area)
    elif kind == "home" and cm2 < 10 * 10_000:
        notes.say("area_small", sheet, row, chosen.area)
    return area


def counts(kind: str) -> bool:
    """Whether a unit of that kind counts heads and area before the rules of procedure say (R-2.10)."""
    return kind not in _NOT_COUNTED
