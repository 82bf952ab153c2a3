"""Owners' rolls as committees write them, from a grid to a preview: R-2.01 to R-2.14, E1, E7."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.roll.rules.preview import EstateFacts, Preview, from_json
from hall.roll.rules.problems import SEVERITY
from hall.roll.rules.reading import read_roll
from hall.sheets import EMPTY, Cell, Sheet, Workbook

HEAD = ("楼栋", "单元", "房号", "业主", "建筑面积", "电话")
Value = str | int | float | Cell | None
Row = Sequence[Value]


def cell(value: Value) -> Cell:
    if value is None or value == "":
        return EMPTY
    if isinstance(value, Cell):
        return value
    return Cell(str(value), "text" if isinstance(value, str) else "number")


def merged(text: str) -> Cell:
    return Cell(text, "text", merged=True)


def sheet(rows: Sequence[Row], name: str = "名册", **more: object) -> Sheet:
    return Sheet(name, False, tuple(tuple(cell(v) for v in row) for row in rows), **more)  # type: ignore[arg-type]


def roll(*sheets: Sheet | Sequence[Row], **facts: object) -> Preview:
    book = Workbook("a.xlsx", tuple(s if isinstance(s, Sheet) else sheet(s) for s in sheets))
    return read_roll(book, estate_facts=EstateFacts(**facts))  # type: ignore[arg-type]


def codes(preview: Preview, severity: str = "") -> list[str]:
    tidied = {"area_source_assumed", "total_row"}
    return [
        p.code
        for p in preview.problems
        if (not severity or p.severity == severity) and p.code not in tidied
    ]


def labels(preview: Preview) -> list[str]:
    return [u.label for u in preview.units]


def owners(preview: Preview) -> list[list[str]]:
    names = {p.n: p.name for p in preview.persons}
    return [[names[h.person] for h in u.holders] for u in preview.units]


PLAIN: list[Row] = [
    HEAD,
    ("1栋", "1单元", "101", "甲子样", 89.32, "19900000001"),
    ("1栋", "1单元", "102", "乙丑样", 90.1, "19900000002"),
]


def test_a_plain_roll() -> None:
    preview = roll(PLAIN)
    assert codes(preview) == []
    assert labels(preview) == ["1栋1单元101", "1栋1单元102"]
    assert (preview.heads, preview.area_cm2) == (2, 893_200 + 901_000)
    first = preview.units[0]
    assert (first.floor, first.kind, first.status, first.verified) == (1, "home", "sold", True)
    assert preview.persons[0].phone == "19900000001"
    assert [(b.name, b.entrances, b.units) for b in preview.buildings] == [("1栋", ("1单元",), 2)]


# --- where the header is -----------------------------------------------------------------------


def test_titles_above_a_header_in_two_rows() -> None:
    title = "样本小区业主清册"
    preview = roll(
        [
            (title, *[merged(title)] * 5),
            ("填表单位：业委会", None, None, None, "单位：㎡"),
            ("房屋", merged("房屋"), merged("房屋"), "产权人", "面积", merged("面积")),
            ("楼栋", "单元", "房号", "姓名", "建筑", "套内"),
            *[(*row[:5], 70) for row in PLAIN[1:]],
        ]
    )
    assert labels(preview) == ["1栋1单元101", "1栋1单元102"]
    assert [u.area_cm2 for u in preview.units] == [893_200, 901_000]
    assert [(c.letter, c.role, c.read) for c in preview.columns if "面积" in c.name] == [
        ("E", "area", True),
        ("F", "area_inside", False),
    ]


@pytest.mark.parametrize(
    "room", ["房号", "房屋", "户号", "门牌", "门牌号", "室号", "房间号", "房屋坐落"]
)
@pytest.mark.parametrize("owner", ["业主", "产权人", "姓名", "户主", "业主姓名", "权利人"])
def test_words_for_the_columns(room: str, owner: str) -> None:
    area = "专有部分面积（㎡）" if room == "房号" else "产权面积"
    preview = roll([(room, owner, area, "联系方式"), ("1-1-101", "甲子样", 89.32, "19900000001")])
    assert (labels(preview), owners(preview)) == (["1栋1单元101"], [["甲子样"]])
    assert preview.persons[0].phone == "19900000001"
    assert not preview.blocked


def test_one_merged_header_over_building_entrance_and_room() -> None:
    preview = roll(
        [
            ("房号", merged("房号"), merged("房号"), "业主", "面积"),
            (1, 1, 101, "甲子样", 89.32),
            (2, 1, 101, "乙丑样", 89.32),
        ]
    )
    assert labels(preview) == ["1栋1单元101", "2栋1单元101"]


def test_two_lists_side_by_side() -> None:
    head = ("房号", "业主", "面积")
    preview = roll(
        [
            ("序号", *head, "序号", *head),
            (1, "1-101", "甲子样", 89, 3, "2-101", "丙寅样", 88),
            (2, "1-102", "乙丑样", 90, 4, "2-102", "丁卯样", 87),
        ]
    )
    assert labels(preview) == ["1栋101", "1栋102", "2栋101", "2栋102"]
    assert preview.area_cm2 == (89 + 88 + 90 + 87) * 10_000


def test_floor_and_room_in_two_columns() -> None:
    preview = roll(
        [
            ("楼栋", "楼层", "室", "业主", "面积"),
            (1, 5, 1, "甲子样", 80),
            (1, 6, "01", "乙丑样", 80),
        ]
    )
    assert labels(preview) == ["1栋501", "1栋601"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("水果", "数量"), ("桃", 3)], "header_not_found"),
        ([("房号", "电话"), ("1-101", "19900000001")], "header_not_found"),
        ([("房号", "业主"), ("1-101", "甲子样")], "area_column_missing"),
        ([("房号", "业主", "占地面积(㎡)"), ("1-101", "甲子样", 14930)], "area_is_site_area"),
        ([("房号", "业主", "用地面积"), ("1-101", "甲子样", 62)], "area_is_site_area"),
        ([("房号", "业主", "土地使用权面积"), ("1-101", "甲子样", 62)], "area_is_site_area"),
        ([("房号", "业主", "公摊面积"), ("1-101", "甲子样", 12)], "area_is_shared_area"),
        ([HEAD], "no_units"),
    ],
)
def test_a_file_that_cannot_be_a_roll(rows: list[Row], code: str) -> None:
    preview = roll(rows)
    assert code in codes(preview, "blocks")
    assert all(u.area_cm2 == 0 for u in preview.units), "no other area slips in"


def test_site_area_beside_a_real_area_is_left_alone() -> None:  # E1
    preview = roll([("房号", "业主", "占地面积", "产权面积"), ("1-101", "甲子样", 14930, 89.32)])
    assert not preview.blocked
    assert preview.area_cm2 == 893_200
    assert preview.units[0].area_source == "register"


def test_a_total_equal_to_the_site_area_blocks() -> None:  # E1
    rows: list[Row] = [HEAD, *((1, 1, 100 + n, f"样{n}", 995.3333, "") for n in range(15))]
    site = 14_930 * 10_000
    assert "total_is_site_area" in codes(roll(rows, site_area_cm2=site), "blocks")
    assert "total_is_site_area" not in codes(roll(rows, site_area_cm2=site + 20_000))


def test_no_owner_column_leaves_every_unit_unverified() -> None:
    preview = roll([("房号", "面积"), ("1-101", 89), ("1-102", 90)])
    assert codes(preview) == ["owner_column_missing"]
    assert (preview.heads, preview.unverified_units, preview.blocked) == (2, 2, False)


def test_several_area_columns_take_the_exclusive_one() -> None:
    preview = roll([("房号", "业主", "建筑面积", "专有部分面积"), ("1-101", "甲子样", 89, 70)])
    assert preview.area_cm2 == 700_000
    assert codes(preview) == ["several_area_columns"]


def test_only_the_area_inside_the_walls_is_told() -> None:
    preview = roll([("房号", "业主", "套内面积"), ("1-101", "甲子样", 70)])
    assert (codes(preview), preview.area_cm2) == (["area_inside_walls"], 700_000)


def test_one_name_for_two_columns_with_the_same_content_is_fine() -> None:
    head = ("房号", "业主", "面积", "面积")
    assert not roll([head, ("1-101", "甲子样", 89, 89)]).blocked
    assert codes(roll([head, ("1-101", "甲子样", 89, 88)]), "blocks") == ["column_repeated"]


def test_identity_numbers_are_recognised_and_not_read() -> None:
    secret = "511181190001010000"
    preview = roll([("房号", "业主", "面积", "身份证号码"), ("1-101", "甲子样", 89, secret)])
    assert codes(preview) == ["id_numbers_not_read"]
    assert secret not in preview.to_json()


# --- groups, subtotals, notes ------------------------------------------------------------------


def test_a_building_written_once_holds_for_the_rows_below() -> None:
    preview = roll(
        [
            HEAD,
            ("1栋", "1单元", 101, "甲子样", 89),
            (None, None, 102, "乙丑样", 89),
            (None, "2单元", 101, "丙寅样", 89),
            ("2栋", "1单元", 101, "丁卯样", 89),
        ]
    )
    assert labels(preview) == ["1栋1单元101", "1栋1单元102", "1栋2单元101", "2栋1单元101"]
    assert codes(preview) == ["filled_down"]


def test_after_a_subtotal_an_empty_building_is_nobodys() -> None:
    preview = roll(
        [
            HEAD,
            ("1栋", "1单元", 101, "甲子样", 89),
            ("小计", None, None, None, 89),
            (None, None, 102, "乙丑样", 89),
        ]
    )
    assert codes(preview, "blocks") == ["building_missing"]


def test_heading_rows_with_the_building() -> None:
    preview = roll(
        [
            ("房号", "业主", "面积"),
            ("3栋", merged("3栋"), merged("3栋")),
            (101, "甲子样", 89),
            ("2单元", None, None),
            (102, "乙丑样", 89),
            ("四号楼（共1户）", None, None),
            (101, "丙寅样", 89),
        ]
    )
    assert labels(preview) == ["3栋2单元102", "3栋101", "4栋101"]


def test_a_sheet_for_each_building() -> None:
    head = ("房号", "业主", "面积")
    preview = roll(
        sheet([head, (101, "甲子样", 89), ("合计", "1户", 89)], "1栋"),
        sheet([("2号楼业主名册",), head, (101, "乙丑样", 88), ("合计", "1户", 88)], "Sheet2"),
    )
    assert labels(preview) == ["1栋101", "2栋101"]
    assert preview.whole_total is not None
    assert (preview.whole_total.units, preview.whole_total.area_cm2) == (2, 177 * 10_000)
    assert preview.whole_total.agrees


def test_the_only_building_of_the_estate_needs_no_name() -> None:
    rows: list[Row] = [("房号", "业主", "面积"), (101, "甲子样", 89)]
    assert labels(roll(rows, buildings=("1幢",))) == ["1幢101"]
    assert codes(roll(rows), "blocks") == ["building_missing"]


def test_pairs_that_repeat_the_building_throughout() -> None:
    head = ("楼栋", "房号", "业主", "面积")
    both = roll([head, (1, "1-101", "甲子样", 89), (2, "2-101", "乙丑样", 89)])
    assert labels(both) == ["1栋101", "2栋101"]
    entrance = roll([head, (1, "1-101", "甲子样", 89), (2, "1-101", "乙丑样", 89)])
    assert labels(entrance) == ["1栋1单元101", "2栋1单元101"]


def test_the_header_again_on_each_page_and_notes_below() -> None:
    preview = roll(
        [
            *PLAIN,
            HEAD,
            ("1栋", "1单元", "201", "丙寅样", 89.32, ""),
            ("制表：样本华", None, None, "审核：丁小样"),
            ("注：面积以不动产登记为准，如有出入请到业委会更正，谢谢大家的配合。",),
        ]
    )
    assert len(preview.units) == 3
    assert codes(preview) == ["header_repeated", "row_ignored", "row_ignored"]


def test_rows_with_only_a_number_are_no_units() -> None:
    preview = roll([("序号", *HEAD), (1, *PLAIN[1]), (2,), (3,)])
    assert len(preview.units) == 1
    (told,) = [p for p in preview.problems if p.code == "rows_without_data"]
    assert told.facts == {"count": 2}


def test_block_and_grand_totals_each_beside_ours() -> None:
    preview = roll(
        [
            ("楼栋", "房号", "业主", "面积"),
            ("1栋", 101, "甲子样", 89),
            ("1栋", 102, "乙丑样", 90),
            ("小计", "2户", None, 179),
            ("2栋", 101, "丙寅样", 88),
            ("小计", "1户", None, 88),
            ("合计", "3户", None, 268),
        ]
    )
    found = [
        (t.scope, t.units, t.area_cm2, t.our_units, t.our_area_cm2) for t in preview.file_totals
    ]
    assert found == [
        ("part", 2, 1_790_000, 2, 1_790_000),
        ("part", 1, 880_000, 1, 880_000),
        ("whole", 3, 2_680_000, 3, 2_670_000),
    ]
    (told,) = [p for p in preview.problems if p.code == "total_differs"]
    assert (told.row, told.facts["declared"], told.facts["counted"]) == (7, "268.00", "267.00")
    assert told.facts["difference"] == "1.00"
    assert not preview.blocked


def test_one_word_for_block_and_grand_totals() -> None:
    preview = roll(
        [
            ("房号", "业主", "面积"),
            ("1-101", "甲子样", 89),
            ("合计", "1户", 89),
            ("2-101", "丙寅样", 88),
            ("合计", "1户", 88),
            ("合计", "2户", 177),
        ]
    )
    assert [(t.scope, t.our_units, t.agrees) for t in preview.file_totals] == [
        ("part", 1, True),
        ("part", 1, True),
        ("whole", 2, True),
    ]


def test_a_total_in_the_title() -> None:
    title = "样本小区，占地面积500平方米，共2户，总面积179.42平方米"
    preview = roll([(title,), *PLAIN])
    assert preview.whole_total is not None
    assert (preview.whole_total.units, preview.whole_total.area_cm2) == (2, 1_794_200)
    assert preview.whole_total.agrees
    assert roll([("共2户，总面积约180平方米",), *PLAIN]).whole_total.area_cm2 is None  # type: ignore[union-attr]


def test_sheets_that_repeat_a_larger_one_and_hidden_ones_are_left_out() -> None:
    hidden = Sheet("旧表", True, sheet(PLAIN).rows)
    preview = roll(sheet(PLAIN), sheet(PLAIN[:2], "备份"), hidden, sheet([("说明",)], "说明"))
    assert len(preview.units) == 2
    assert codes(preview) == ["sheet_left_out", "sheet_hidden", "sheet_not_a_roll"]
    assert preview.sheets == ("名册",)


def test_hidden_rows_are_read_and_told() -> None:
    preview = roll(sheet(PLAIN, hidden_rows=(1, 3), hidden_columns=(6,)))
    assert len(preview.units) == 2
    assert [(p.code, dict(p.facts)) for p in preview.problems if p.severity == "warns"] == [
        ("rows_hidden", {"count": 1, "rows": "3"}),
        ("columns_hidden", {"columns": "F"}),
    ]


def test_headings_with_their_number_of_flats_and_telephones_alone() -> None:
    preview = roll(
        [
            ("房号", "业主", "面积", "电话"),
            ("3栋", "2户"),
            (101, "甲子样", 89, "19900000001"),
            (None, None, None, "19900000009"),
            (102, "乙丑样", 89, ""),
        ]
    )
    assert labels(preview) == ["3栋101", "3栋102"]
    assert codes(preview) == ["rows_without_data"]


@pytest.mark.parametrize(
    "title", ["样本小区1-6栋业主名册", "样本小区共6栋住户登记", "1、2栋业主名册"]
)
def test_a_title_over_several_buildings_names_none(title: str) -> None:
    preview = roll([(title,), ("房号", "业主", "面积"), (101, "甲子样", 89)])
    assert codes(preview, "blocks") == ["building_missing"]


def test_the_estates_name_in_front_of_every_unit() -> None:
    head = ("房产名称", "客户姓名", "建筑面积")
    rows = [
        head,
        ("样本花苑-1栋-1单元-101", "甲子样", 89),
        ("样本花苑-2栋-1单元-101", "乙丑样", 89),
    ]
    assert labels(roll(rows)) == ["1栋1单元101", "2栋1单元101"]
    mixed = [head, ("象城外滩1-1-101", "甲子样", 89), ("1-1-102", "乙丑样", 89)]
    assert labels(roll(mixed, name="象城外滩")) == ["1栋1单元101", "1栋1单元102"]
    towers = [head, ("听雨楼1-101", "甲子样", 89), ("观云楼1-101", "乙丑样", 89)]
    assert codes(roll(towers), "blocks") == ["unit_unreadable", "unit_unreadable"]


def test_phases_in_a_column_of_their_own() -> None:
    preview = roll(
        [
            ("期数", "楼栋", "房号", "业主", "面积"),
            ("一期", 1, 101, "甲子样", 89),
            (None, None, 102, "乙丑样", 89),
            ("二期", 1, 101, "丙寅样", 89),
        ]
    )
    assert labels(preview) == ["1期1栋101", "1期1栋102", "2期1栋101"]


# --- one unit on several rows ------------------------------------------------------------------

BASE = ("1栋", "1单元", 101, "甲子样", 89)


@pytest.mark.parametrize(
    "second",
    [
        ("1栋", "1单元", 101, "乙丑样", None),
        ("1栋", "1单元", merged("101"), "乙丑样", 89),
        ("1栋", "1单元", 101, "乙丑样", Cell("89", "number", merged=True)),
        ("1栋", "1单元", 101, "乙丑样（共有）", 89),
        (None, None, None, "乙丑样", None),
    ],
)
def test_a_second_row_of_a_unit_is_a_co_owner_when_something_says_so(second: Row) -> None:
    preview = roll([HEAD, BASE, second])
    assert not preview.blocked
    assert owners(preview) == [["甲子样", "乙丑样"]]
    assert (preview.heads, preview.area_cm2) == (1, 890_000)


def test_co_owners_on_two_rows_with_shares() -> None:
    head = ("房号", "业主", "份额", "面积")
    preview = roll([head, ("1-101", "甲子样", "1/3", 89), ("1-101", "乙丑样", "2/3", 89)])
    assert [(h.num, h.den) for h in preview.units[0].holders] == [(1, 3), (2, 3)]
    part = roll([head, ("1-101", "甲子样", "1/3", 89)])
    assert codes(part) == ["co_owners_not_named"]
    assert part.unverified_units == 1
    over = roll([head, ("1-101", "甲子样", "2/3", 89), ("1-101", "乙丑样", "2/3", 89)])
    assert codes(over) == ["shares_do_not_add_up"]
    assert [(h.num, h.den) for h in over.units[0].holders] == [(0, 0), (0, 0)]


@pytest.mark.parametrize(
    "second",
    [
        ("1栋", "1单元", 101, "乙丑样", 89),
        ("1栋", "1单元", 101, "乙丑样（共有）", 44.5),
        ("1栋", "1单元", 101, "甲子样", 98),
    ],
)
def test_otherwise_the_same_room_twice_blocks(second: Row) -> None:
    preview = roll([HEAD, BASE, second])
    (told,) = preview.of("blocks")
    assert (told.code, told.row, told.column_letter) == ("unit_repeated", 3, "C")
    assert told.facts["rows"] == "2、3"


def test_the_same_row_twice_counts_once() -> None:
    preview = roll([HEAD, BASE, ("2栋", "1单元", 101, "乙丑样", 80), BASE])
    assert codes(preview) == ["unit_repeated_same"]
    assert (preview.heads, preview.area_cm2) == (2, 169 * 10_000)


def test_the_room_that_is_nowhere_is_named() -> None:
    rows: list[Row] = [
        ("3栋", "2单元", floor * 100 + side, f"样{floor}{side}", 89)
        for floor in range(1, 8)
        for side in (1, 2)
    ]
    rows[12] = ("3栋", "2单元", 702, "样71", 89)  # 701 mistyped
    (told,) = roll([HEAD, *rows]).of("blocks")
    assert told.facts == {"unit": "3栋2单元702", "rows": "14、15", "missing": "3栋2单元701"}


def test_one_area_merged_over_two_rooms_blocks() -> None:
    both = Cell("178", "number", merged=True)
    preview = roll([HEAD, (*BASE[:4], 178), ("1栋", "1单元", 102, "乙丑样", both)])
    assert codes(preview, "blocks") == ["area_merged_over_units"]


# --- owners, developer, kinds ------------------------------------------------------------------


def rows_of(*owner_phone: tuple[str, str]) -> list[Row]:
    return [HEAD, *(("1栋", "1单元", 100 + n, o, 89, p) for n, (o, p) in enumerate(owner_phone, 1))]


def test_one_name_with_one_number_is_one_person() -> None:
    preview = roll(rows_of(("甲子样", "19900000001"), ("甲子样", "19900000001")))
    assert (codes(preview), preview.heads, len(preview.persons)) == ([], 1, 1)


@pytest.mark.parametrize("first", ["19900000001", ""])
def test_one_name_without_a_number_is_assumed_to_be_one_person(first: str) -> None:
    preview = roll(rows_of(("甲子样", first), ("甲子样", "")))
    assert preview.heads == 1
    (told,) = preview.of("warns")
    assert (told.code, told.facts["units"]) == ("same_name_assumed", "1栋1单元101、1栋1单元102")
    assert preview.persons[0].phone == first


def test_one_name_with_two_numbers_is_two_persons() -> None:
    preview = roll(rows_of(("甲子样", "19900000001"), ("甲子样", "19900000002")))
    assert (codes(preview), preview.heads) == (["same_name_different_phone"], 2)


def test_a_namesake_without_a_number_stands_alone() -> None:
    preview = roll(rows_of(("甲子样", "19900000001"), ("甲子样", "19900000002"), ("甲子样", "")))
    assert preview.heads == 3
    assert codes(preview) == ["same_name_different_phone", "same_name_ambiguous"]


def test_a_company_is_one_by_its_name() -> None:
    preview = roll(rows_of(("样本贸易有限公司", "1"), ("样本贸易有限公司", "19900000002")))
    assert (preview.heads, preview.persons[0].kind) == (1, "company")


def test_exact_owner_sets() -> None:
    preview = roll(
        rows_of(("甲子样", ""), ("甲子样、乙丑样", ""), ("乙丑样、甲子样", ""), ("乙丑样", ""))
    )
    assert [len(e.units) for e in preview.entries] == [1, 2, 1]
    assert preview.heads == 3


def test_the_developer_is_one_head_and_buyers_who_wait_do_not_vote() -> None:
    head = ("房号", "业主", "面积", "销售状态")
    preview = roll(
        [
            head,
            ("1-101", "样本房地产有限公司", 100, "未售"),
            ("1-102", "", 100, "待售"),
            ("1-103", "甲子样", 100, "已售未交付"),
            ("1-104", "甲子样", 100, "已售"),
            ("1-105", "样本房地产有限公司", 100, "已售"),
        ]
    )
    developer = [e for e in preview.entries if e.kind == "developer"]
    assert [(e.heads, e.area_cm2, len(e.units), len(e.holders)) for e in developer] == [
        (1, 4_000_000, 4, 1)
    ]
    assert (preview.heads, codes(preview)) == (2, ["same_name_assumed"])


def test_an_unsold_flat_with_a_persons_name_is_the_developers_and_told() -> None:
    preview = roll([("房号", "业主", "面积", "备注"), ("1-101", "甲子样", 100, "未售")])
    assert codes(preview) == ["unsold_with_owner"]
    assert [e.kind for e in preview.entries] == ["developer"]


def test_missing_owners_stay_in_both_denominators() -> None:
    preview = roll(rows_of(("", ""), ("待核实", ""), ("甲子样（已故）", ""), ("乙丑样等2人", "")))
    assert codes(preview) == [
        "owner_missing",
        "owner_missing",
        "owner_deceased",
        "co_owners_not_named",
    ]
    assert (preview.heads, preview.unverified_units, preview.area_cm2) == (4, 4, 4 * 890_000)
    assert [u.unverified_why for u in preview.units] == codes(preview)
    assert not preview.blocked


def test_shops_offices_parking_and_storage() -> None:
    preview = roll(
        [
            ("房号", "业主", "面积", "用途"),
            ("1-101", "甲子样", 89, "成套住宅"),
            ("商铺1号", "乙丑样", 1500, "商业"),
            ("1-201", "丙寅样", 300, "办公"),
            ("车位12", "甲子样", 12.5, ""),
            ("A03", "甲子样", None, "车位"),
            ("储藏室3", "", 6, ""),
        ]
    )
    kinds = {u.label: (u.kind, u.counts_head, u.counts_area) for u in preview.units}
    assert kinds == {
        "1栋101": ("home", True, True),
        "1栋201": ("other", True, True),
        "商铺1号": ("shop", True, True),
        "车位12号": ("parking", False, False),
        "车位A03号": ("parking", False, False),
        "储藏室3号": ("other", False, False),
    }
    assert (preview.heads, preview.area_cm2) == (3, (89 + 1500 + 300) * 10_000)
    assert preview.listed_area_cm2 == preview.area_cm2 + 185_000
    (told,) = [p for p in preview.problems if p.code == "not_counted"]
    assert told.facts == {"count": 3, "area": "18.50"}
    assert not preview.blocked


def test_area_sources_by_column_and_by_cell() -> None:
    preview = roll(
        [
            ("房号", "业主", "建筑面积", "面积来源"),
            ("1-101", "甲子样", 89, "不动产登记"),
            ("1-102", "乙丑样", 89, "实测报告"),
            ("1-103", "丙寅样", 89, "购房合同"),
            ("1-104", "丁卯样", 89, ""),
        ]
    )
    assert [u.area_source for u in preview.units] == ["register", "survey", "contract", "contract"]
    assert [p.facts for p in preview.problems if p.code == "area_source_assumed"] == [{"count": 1}]


@pytest.mark.parametrize(
    "names", [("产权人1", "产权人2"), ("第一产权人", "第二产权人"), ("业主姓名", "共有人")]
)
def test_a_column_for_each_owner(names: tuple[str, str]) -> None:
    preview = roll(
        [("房号", *names, "面积"), ("1-101", "甲子样", "乙丑样", 89), ("1-102", "丙寅样", "", 89)]
    )
    assert owners(preview) == [["甲子样", "乙丑样"], ["丙寅样"]]
    assert codes(preview) == []


def test_one_of_two_words_for_the_owner_is_chosen_and_told() -> None:
    preview = roll([("房号", "户主", "产权人", "面积"), ("1-101", "甲子样", "乙丑样", 89)])
    assert owners(preview) == [["乙丑样"]]
    (told,) = preview.of("warns")
    assert (told.code, told.facts) == (
        "several_owner_columns",
        {"chosen": "产权人", "others": "户主"},
    )


def test_numbers_behind_a_name() -> None:
    secret = "511181190001010000"
    preview = roll(
        [
            ("房号", "业主", "面积"),
            ("1-101", "甲子样19900000001", 89),
            ("1-102", f"乙丑样{secret}", 89),
            ("1-103", f"{secret} 未知字符\u200b", 89),
        ]
    )
    assert [(p.name, p.phone) for p in preview.persons][:2] == [
        ("甲子样", "19900000001"),
        ("乙丑样", ""),
    ]
    assert secret not in preview.to_json()
    assert [p.row for p in preview.problems if p.code == "id_numbers_not_read"] == [3, 4]


def test_room_numbers_that_became_floats() -> None:
    preview = roll(
        [("楼栋", "单元", "房号", "业主", "面积"), ("1.0", "2.0", "101.0", "甲子样", "89.0")]
    )
    assert labels(preview) == ["1栋2单元101"]


# --- wrong data --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "code", "letter"),
    [
        (("1栋", "1单元", "见附件", "甲子样", 89), "unit_unreadable", "C"),
        (("1栋", "1单元", Cell("2001-02-03", "date"), "甲子样", 89), "unit_is_date", "C"),
        (("1栋", "1单元", "2001/2/3", "甲子样", 89), "unit_is_date", "C"),
        (("1栋", "1单元", Cell("#REF!", "error"), "甲子样", 89), "cell_error", "C"),
        (("1栋", "1单元", Cell("", "formula"), "甲子样", 89), "formula_without_value", "C"),
        (("1栋", "1单元", "2-1-101", "甲子样", 89), "unit_contradicts_columns", "C"),
        (("1栋", "1单元", None, "甲子样", 89), "unit_missing", "C"),
        ((Cell("#N/A", "error"), "1单元", 101, "甲子样", 89), "cell_error", "A"),
        (("1栋", "1单元", 101, "甲子样", -89), "area_not_positive", "E"),
        (("1栋", "1单元", 101, "甲子样", 8932), "area_absurd", "E"),
        (("1栋", "1单元", 101, "甲子样", None), "area_missing", "E"),
        (("1栋", "1单元", 101, Cell("#REF!", "error"), 89), "cell_error", "D"),
        (("1栋", "1单元", 101, 19900000001, 89), "owner_not_a_name", "D"),
    ],
)
def test_wrong_cells_block_and_say_where(row: Row, code: str, letter: str) -> None:
    preview = roll([*PLAIN[:1], ("2栋", "1单元", 101, "乙丑样", 88), row])
    assert (code, 3, letter) in [(p.code, p.row, p.column_letter) for p in preview.of("blocks")]
    assert preview.blocked
    assert "2栋1单元101" in labels(preview), "one bad row hides no other"


@pytest.mark.parametrize(
    ("value", "code"),
    [("89,32", "decimal_comma"), (450, "area_large"), (8.9, "area_small")],
)
def test_areas_to_look_at(value: Value, code: str) -> None:
    preview = roll([HEAD, (*BASE[:4], value)])
    assert (codes(preview), preview.blocked) == ([code], False)


def test_an_area_unlike_those_above_and_below() -> None:
    rows: list[Row] = [(1, 1, floor * 100 + 2, f"样{floor}", 118.35) for floor in range(1, 7)]
    rows[2] = (1, 1, 302, "样3", 18.35)
    (told,) = roll([HEAD, *rows]).of("warns")
    assert (told.code, told.row, told.value) == ("area_unlike_neighbours", 4, "18.35")
    assert told.facts["usual"] == "118.35"


def test_the_estates_own_facts_are_compared() -> None:
    preview = roll(PLAIN, households=3, buildings=("2栋", "3栋"))
    assert [(p.code, dict(p.facts)) for p in preview.problems if p.severity == "warns"] == [
        ("households_differ", {"estate": 3, "file": 2}),
        ("building_unknown", {"building": "1栋"}),
    ]


# --- the preview as a whole --------------------------------------------------------------------


def test_the_preview_is_stored_and_read_back() -> None:
    preview = roll(
        rows_of(("甲子样、乙丑样(各50%)", "19900000001"), ("", ""), ("丙寅样", "1.99E+10"))
    )
    text = preview.to_json()
    again = from_json(text)
    assert again == preview
    assert again.to_json() == text
    assert (again.heads, again.area_cm2) == (preview.heads, preview.area_cm2)
    with pytest.raises(ValueError, match="version"):
        from_json(text.replace('"version":1', '"version":99'))


def test_problems_beyond_a_thousand_are_only_counted() -> None:
    rows: list[Row] = [("1栋", "1单元", f"不明{n}", f"样{n}", 89) for n in range(1_500)]
    preview = roll([HEAD, *rows])
    assert len(preview.problems) == 1_000
    assert preview.problems[-1].code == "more_problems"
    assert preview.counts["blocks"] == 1_500
    assert preview.blocked


def test_every_problem_told_is_in_the_table() -> None:
    import re
    from pathlib import Path

    import hall.roll.rules as room

    source = "".join(p.read_text() for p in Path(room.__path__[0]).glob("*.py"))
    used = set(re.findall(r'(?:say|tally|_tell_repeated|_tell)\(\s*"([a-z_]+)"', source))
    assert len(used) > 30
    assert used <= SEVERITY.keys()


_spellings = st.sampled_from(
    ("{b}栋{e}单元{r}", "{b}-{e}-{r}", "{b}#{e}-{r}室", "{b}幢{e}单元0{r}")
)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.integers(1, 2),
            st.integers(1, 9),
            st.integers(1, 4),
            st.lists(st.integers(1, 5), max_size=3, unique=True),
            st.integers(100_000, 2_000_000),
            _spellings,
        ),
        min_size=1,
        max_size=25,
        unique_by=lambda row: row[:4],
    )
)
def test_every_row_is_one_unit_and_no_area_is_lost(rows: list[tuple]) -> None:  # type: ignore[type-arg]
    from hall.areas import format_m2

    written: list[Row] = [("房号", "业主", "产权面积", "电话")]
    for b, e, floor, side, people, area, style in rows:
        names = "、".join(f"样{'甲乙丙丁戊'[p - 1]}" for p in people)
        phones = "、".join(f"1990000000{p}" for p in people)
        written.append(
            (style.format(b=b, e=e, r=f"{floor}0{side}"), names, format_m2(area), phones)
        )
    preview = roll(written)
    assert preview.counts["blocks"] == 0
    assert len(preview.units) == len(rows)
    assert preview.area_cm2 == sum(row[5] for row in rows)
    sets = {frozenset(row[4]) for row in rows if row[4]}
    assert preview.heads == len(sets) + sum(1 for row in rows if not row[4])
    placed = sorted(u.unit_id for e in preview.entries for u in e.units)
    assert placed == [u.n for u in preview.units]
    assert from_json(preview.to_json()) == preview
