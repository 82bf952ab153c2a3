"""What a file says about its own sums: total rows and titles. Areas in cm²."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hall.roll.rules.columns import Chosen
from hall.roll.rules.figures import read_area
from hall.roll.rules.spelling import building_key
from hall.roll.rules.text import compact, dashed
from hall.sheets import Cell

TOTAL = re.compile(r"合计|小计|总计|共计|累计|汇总")
PART_TOTAL = re.compile(r"小计|[栋幢座].{0,4}(?:合计|共计)|单元.{0,4}(?:合计|共计)|本[栋幢]")
UNITS_SAID = re.compile(r"([0-9]{1,6})[户套间]")
_AREA_SAID = re.compile(
    r"(?<!占地)(?<!用地)(?:专有部分|专有|建筑|产权|总|房屋)面积(?:合计|总计|共计|共)?[:为是]?([0-9][0-9,]*(?:\.[0-9]+)?)"
)


@dataclass(slots=True)
class Mark:
    """A total the file states after `at` lines of the sheet (0: above the header)."""

    row: int
    text: str
    units: int | None
    area_cm2: int | None
    part: bool
    at: int


def stated(cells: dict[int, Cell], words: str, chosen: Chosen) -> tuple[int | None, int | None]:
    """Units and area of a total row, from its cells or its words."""
    units = area = None
    own = {n: c for n, c in cells.items() if not c.merged}
    if chosen.area is not None and chosen.area.number in own:
        area = read_area(own[chosen.area.number]).cm2
    skipped = {c.number for c in (chosen.area, *chosen.phones, *chosen.notes) if c}
    for number, cell in own.items():
        text = compact(cell.text)
        said = UNITS_SAID.search(text)
        if said:
            units = int(said[1])
        elif units is None and number in chosen.named and number not in skipped:
            units = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None
    if area is None:
        area = said_area(words)
    return units, area


def said_area(words: str) -> int | None:
    """The total area a sentence states, in cm²; None when it states none or only roughly."""
    said = _AREA_SAID.search(words)
    if said is None or "约" in words:
        return None
    return read_area(Cell(said[1], "text")).cm2


def building_in_title(words: str) -> str:
    """3号楼业主名册 → 3; a title that counts buildings (共6栋, 1-6栋) names none."""
    found = re.search(
        r"(?<![0-9A-Z一二三四五六七八九十、和及至到共-])"
        r"([0-9A-Z]{1,3}|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢|座)"
        r"(?=业主|住户|房屋|名册|清册|花名|明细|登记)",
        dashed(words),
    )
    return building_key(found[1]) if found else ""
