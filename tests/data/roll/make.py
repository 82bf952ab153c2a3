"""Writes the two owners' rolls of the demonstration, as untidy as committees really have them.

    python tests/data/roll/make.py

Every person, telephone number and company is invented and looks it: surnames are the ten heavenly
stems, given names an earthly branch and 样 例 本 范 示, numbers begin with 1990000 or 0833000. The
numbers of households are those of the estates the demonstration is named after; the areas are made
up. The same input gives the same files, whatever the day.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
STEMS, BRANCHES, LAST = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", "样例本范示"
NOTICE = "演示数据：人名、电话、单位都是编的，与任何人无关"
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def names() -> Iterator[str]:
    """甲子样, 乙丑例, …: 600 names that nobody bears, no two alike."""
    seen = set()
    for n in range(3 * 600):
        name = STEMS[n % 10] + BRANCHES[n % 12] + LAST[(n // 60) % 5]
        if name not in seen:
            seen.add(name)
            yield name
    for a, b, c in product(STEMS, BRANCHES, LAST):
        if a + b + c not in seen:
            yield a + b + c


@dataclass
class Flat:
    """A flat and what stands in its row."""

    building: int
    entrance: int
    room: int
    area: Decimal
    owner: str = ""
    phone: object = ""
    share: str = ""
    source: str = "不动产登记"
    state: str = "已售"
    remark: str = ""
    text: dict[str, object] = field(default_factory=dict)  # cells written in another form


def xiangcheng_flats() -> list[Flat]:
    """238 flats in six buildings: 44, 44, 42, 42, 44 and 22; 23,244.48 m² together."""
    plan = ((1, 2, 11), (2, 2, 11), (3, 3, 7), (4, 3, 7), (5, 2, 11), (6, 1, 11))
    areas = [Decimal(a) for a in ("89.42", "96.18", "92.46", "104.73", "86.90", "118.35")]
    flats = [
        Flat(b, e, floor * 100 + side, areas[(b + (e - 1) * 2 + side - 1) % 6])
        for b, entrances, floors in plan
        for e in range(1, entrances + 1)
        for floor in range(1, floors + 1)
        for side in (1, 2)
    ]
    people = names()
    for n, flat in enumerate(flats, start=1):
        flat.owner = next(people)
        flat.phone = 19900000000 + n
    at = {(f.building, f.entrance, f.room): f for f in flats}
    _xiangcheng_people(at, people)
    _xiangcheng_forms(flats, at)
    return flats


def _xiangcheng_people(at: dict[tuple[int, int, int], Flat], people: Iterator[str]) -> None:
    # Two owners of two flats each: two heads fewer than flats.
    for first, second in (((1, 2, 901), (1, 2, 902)), ((4, 1, 301), (4, 1, 302))):
        at[second].owner, at[second].phone = at[first].owner, at[first].phone
    at[4, 1, 302].phone = ""  # the same name without a number: assumed to be the same person
    # Couples and other co-owners, in the ways people write them.
    for place, pattern, share in (
        ((1, 1, 302), "{a}、{b}", ""),
        ((1, 1, 702), "{a}，{b}", ""),
        ((2, 1, 502), "{a}、{b}", "各50%"),
        ((2, 2, 801), "{a} {b}(各50%)", ""),
        ((3, 1, 201), "{a}/{b}", "共同共有"),
        ((3, 3, 602), "{a}、{b}　夫妻共有", ""),
        ((4, 2, 402), "{a}(1/3)、{b}(2/3)", ""),
        ((5, 1, 1001), "{a}\n{b}", "共同共有"),
        ((5, 2, 201), "{a}；{b}", "60%、40%"),
    ):
        flat = at[place]
        flat.owner, flat.share = pattern.format(a=flat.owner, b=next(people)), share
    at[1, 1, 101].owner = "样本文化用品有限公司（法定代表人：样本华）"
    for room in (1101, 1102):  # the developer's two last flats: one head
        flat = at[5, 2, room]
        flat.owner, flat.phone = "样本房地产开发有限公司", ""
        flat.state, flat.source, flat.remark = "未售", "实测报告", "开发商尾盘"
    # Three flats whose owners are not known well enough to vote.
    at[6, 1, 1101].owner, at[6, 1, 1101].phone = "", ""
    at[3, 2, 702].owner, at[3, 2, 702].phone = "待核实", ""
    at[2, 2, 1002].owner += "等2人"


def _xiangcheng_forms(flats: list[Flat], at: dict[tuple[int, int, int], Flat]) -> None:
    """The same things written in other ways; sums do not change."""
    for n, flat in enumerate(flats):
        b, e, room = flat.building, flat.entrance, flat.room
        spellings: dict[int, object] = {
            1: room,
            2: f"2-{e}-{room}",
            3: str(room).translate(WIDE),
            4: f"4栋{e}单元{room}室",
            5: f"5#{e}-{room}",
            6: f"六栋一单元{room}",
        }
        flat.text["room"] = spellings[b]
        digits = str(flat.phone)
        if n % 7 == 3 and digits:
            flat.phone = f"{digits[:3]} {digits[3:7]} {digits[7:]}"
        elif n % 11 == 5 and digits:
            flat.phone = float(digits)
        if n % 9 == 4:
            flat.text["area"] = f"{flat.area}㎡"
        elif n % 13 == 6:
            flat.text["area"] = str(flat.area).translate(WIDE)
        if n % 17 == 8 and len(flat.owner) == 3 and flat.owner[0] in STEMS:
            flat.text["owner"] = f" {flat.owner[0]} {flat.owner[1:]} "
        if n % 29 == 12:
            flat.source = ""
        elif n % 10 == 9:
            flat.source = "购房合同"
    # Registers carry four decimals; the pair keeps the sum.
    at[2, 1, 601].area += Decimal("0.0034")
    at[2, 1, 701].area -= Decimal("0.0034")
    at[1, 1, 201].text["room"] = "1栋1单元0201"
    for place in ((2, 1, 601), (2, 1, 701)):
        at[place].text.pop("area", None)


def xiangcheng() -> bytes:
    """Title rows, a header in two rows, merged buildings, subtotals, a hidden sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "业主清册"
    head = ("序号", "楼栋", "单元", "房号", "业主姓名", "共有情况", "建筑面积（㎡）", "面积来源")
    tail = ("联系电话", "身份证号码", "房屋状态", "备注")
    width = len(head) + len(tail)
    _title(sheet, 1, "象城外滩小区业主清册", width)
    _title(sheet, 2, f"业主委员会整理　{NOTICE}", width)
    for column, group in ((2, "房屋"), (5, "产权人"), (7, "产权登记"), (9, "其他")):
        sheet.cell(3, column, group).alignment = Alignment(horizontal="center")
    for first, last in ((2, 4), (5, 6), (7, 8), (9, 12)):
        sheet.merge_cells(start_row=3, end_row=3, start_column=first, end_column=last)
    for column, name in enumerate((*head, *tail), start=1):
        sheet.cell(4, column, name).font = Font(bold=True)
    sheet.cell(3, 1, "序号")
    sheet.merge_cells("A3:A4")
    row, number = 5, 0
    flats = xiangcheng_flats()
    for building in range(1, 7):
        own = [f for f in flats if f.building == building]
        start = row
        for flat in own:
            number += 1
            _write(sheet, row, number, flat)
            row += 1
        _group(sheet, own, start)
        sheet.cell(row, 1, f"{building}栋小计")
        sheet.cell(row, 4, f"{len(own)}户")
        sheet.cell(row, 7, float(sum(f.area for f in own)))
        row += 1
    sheet.cell(row, 1, "合计")
    sheet.cell(row, 4, f"{len(flats)}户")
    sheet.cell(row, 7, float(sum(f.area for f in flats)))
    _title(sheet, row + 1, "填表：样本华　　审核：丁小样　　本表只供演示", width)
    sheet.row_dimensions[60].hidden = True
    _old_sheet(book)
    return _saved(book)


def _write(sheet: Worksheet, row: int, number: int, flat: Flat) -> None:
    values = {
        1: number,
        4: flat.text.get("room", flat.room),
        5: flat.text.get("owner", flat.owner),
        6: flat.share,
        7: flat.text.get("area", float(flat.area)),
        8: flat.source,
        9: flat.phone,
        10: "已删",
        11: flat.state,
        12: flat.remark,
    }
    for column, value in values.items():
        if value != "":
            sheet.cell(row, column, value)


def _group(sheet: Worksheet, own: list[Flat], start: int) -> None:
    """The building once over all its rows, each entrance once over its own."""
    words = {1: "1栋", 2: "２栋", 3: "3幢", 4: "4号楼", 5: "5#", 6: "六栋"}
    sheet.cell(start, 2, words[own[0].building])
    sheet.merge_cells(start_row=start, end_row=start + len(own) - 1, start_column=2, end_column=2)
    for entrance in sorted({f.entrance for f in own}):
        rows = [start + i for i, f in enumerate(own) if f.entrance == entrance]
        sheet.cell(rows[0], 3, f"{entrance}单元")
        sheet.merge_cells(start_row=rows[0], end_row=rows[-1], start_column=3, end_column=3)


def _old_sheet(book: Workbook) -> None:
    old = book.create_sheet("2019年旧表")
    old.sheet_state = "hidden"
    old.append(["房号", "业主", "面积"])
    for room in (101, 102, 201):
        old.append([f"1-1-{room}", "旧样例", 88.0])


def qingyin_flats() -> list[Flat]:
    """157 flats in five six-storey buildings of thirteen entrances; the last was a porter's room."""
    areas = {1: ("62.30", "66.15"), 2: ("58.74", "71.02"), 3: ("62.30", "66.15")}
    areas |= {4: ("57.86", "68.43"), 5: ("60.12", "69.55")}
    flats = [
        Flat(b, e, floor * 100 + side, Decimal(areas[b][side - 1]))
        for b, entrances in ((1, 3), (2, 3), (3, 3), (4, 2), (5, 2))
        for e in range(1, entrances + 1)
        for floor in range(1, 7)
        for side in (1, 2)
    ]
    flats.append(Flat(5, 2, 103, Decimal("28.60"), remark="原值班室"))
    people = names()
    for _ in range(300):
        next(people)  # other people than at the other estate
    for n, flat in enumerate(flats, start=1):
        flat.owner = next(people)
        flat.phone = f"0833-000{n:04d}" if n % 3 == 0 else 19900001000 + n if n % 4 else ""
    at = {(f.building, f.entrance, f.room): f for f in flats}
    for place in ((1, 1, 201), (1, 3, 502), (2, 2, 301), (3, 1, 602), (4, 2, 402), (5, 1, 202)):
        at[place].owner = f"{at[place].owner}、{next(people)}（夫妻共有）"
    at[3, 2, 101].owner += "（已故）"
    at[4, 1, 602].owner, at[4, 1, 602].phone = "", ""
    for place in ((5, 1, 101), (5, 1, 102)):
        at[place].owner, at[place].phone = "样本地质队后勤服务中心", ""
    at[2, 3, 602].owner, at[2, 3, 602].phone = at[2, 3, 601].owner, at[2, 3, 601].phone
    return flats


def qingyin() -> bytes:
    """A heading row and the header again for each building, subtotals, landlines, few remarks."""
    book = Workbook()
    sheet = book.active
    sheet.title = "住户登记"
    head = ("门牌号", "户主", "产权面积", "电话", "备注")
    flats = qingyin_flats()
    total = sum(f.area for f in flats)
    _title(sheet, 1, "清音路小区（原302地质队宿舍）住户登记表", len(head))
    _title(sheet, 2, f"共{len(flats)}户，产权面积合计{total}平方米", len(head))
    _title(sheet, 3, NOTICE, len(head))
    row = 4
    numerals = "一二三四五"
    for building in range(1, 6):
        own = [f for f in flats if f.building == building]
        for column, name in enumerate(head, start=1):
            sheet.cell(row, column, name).font = Font(bold=True)
        _title(sheet, row + 1, f"{numerals[building - 1]}栋（{len(own)}户）", len(head))
        row += 2
        for n, flat in enumerate(own):
            place = f"{numerals[flat.entrance - 1]}单元{flat.room}"
            values = (
                place if n % 5 else place.replace("单元", " 单元 "),
                flat.owner if n % 8 != 6 or len(flat.owner) != 3 else "　".join(flat.owner),
                str(flat.area).translate(WIDE) if n % 6 == 4 else float(flat.area),
                flat.phone,
                flat.remark,
            )
            for column, value in enumerate(values, start=1):
                if value != "":
                    sheet.cell(row, column, value)
            row += 1
        sheet.cell(row, 1, "小计")
        sheet.cell(row, 2, f"{len(own)}户")
        sheet.cell(row, 3, float(sum(f.area for f in own)))
        row += 1
    sheet.cell(row, 1, "注：面积按房改产权证填写，单位平方米。")
    return _saved(book)


def _title(sheet: Worksheet, row: int, text: str, width: int) -> None:
    sheet.cell(row, 1, text).alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _saved(book: Workbook) -> bytes:
    """The workbook's bytes without the hour at which it was written."""
    raw = io.BytesIO()
    book.properties.creator = "Hall demonstration"
    book.save(raw)
    fixed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in sorted(source.namelist()):
            body = source.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-01-01T00:00:00Z", body)
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, body)
    return fixed.getvalue()


def main() -> None:
    """Write both files here and where the demonstration reads them."""
    demo = HERE.parents[2] / "hall" / "cli" / "demo" / "data"
    for name, body in (("xiangcheng.xlsx", xiangcheng()), ("qingyin.xlsx", qingyin())):
        for folder in (HERE, demo):
            (folder / name).write_bytes(body)
            sys.stdout.write(f"{folder / name}: {len(body)} bytes\n")


if __name__ == "__main__":
    main()
