"""The workbook form: what a scrutineer types, and that it means the same as the JSON form."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from hall.countfile import CountFileError, count, load, to_xlsx
from hall.counting import Weight
from tests.countfile.documents import EXAMPLES, by_sheets, encoded, renewal

NAME = "count.xlsx"


def book(**sheets) -> bytes:
    """A workbook of {sheet name: rows}."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


INFO = [
    ("项目", "内容"),
    ("小区", "样例小区"),
    ("标题", "续聘物业服务企业"),
    ("性质", "业主共同决定"),
    ("事项", 4),
    ("规则", "CN-2021"),
    ("总人数", "238 "),
    ("总面积（㎡）", "28,560.00㎡"),
]
TOTALS = [
    ("选项", "方式", "人数", "面积（㎡）"),
    ("赞成", "线上", 52, "6240.00"),
    ("赞成", "纸质", 28, 3360),
    ("反对", None, 72, "８６４０.00"),
    ("弃权", None, 7, "840平方米"),
    ("废票：空白", None, 3, "360"),
]


def problems(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(CountFileError) as caught:
        load(data, NAME)
    return [(p.path, p.code) for p in caught.value.problems]


def lossless(file):
    """A document without what only JSON can hold."""
    questions = tuple(replace(q, left_open=(), claimed=None) for q in file.questions)
    return replace(file, questions=questions, groups=(), document="")


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.json")))
def test_there_and_back(name):
    file = load((EXAMPLES / name).read_bytes())
    again = load(to_xlsx(file), NAME)
    assert lossless(again) == lossless(file)
    assert [q.outcome for q in count(again).questions] == [q.outcome for q in count(file).questions]


def test_what_a_scrutineer_types_in_chinese():
    file = load(book(说明=INFO, 合计=TOTALS), NAME)
    assert file.roll == Weight(238, 285_600_000)
    (question,) = count(file).questions
    assert question.outcome.verdict == "adopted"
    assert question.item.text == "续聘物业服务企业"
    assert dict(question.invalid) == {"blank": Weight(3, 3_600_000)}
    assert question.options[0][2] == (
        ("online", Weight(52, 62_400_000)),
        ("paper", Weight(28, 33_600_000)),
    )


def test_what_a_scrutineer_types_in_english():
    info = [
        ("Title", "Renewal"),
        ("Kind", "statutory"),
        ("Matter", 4),
        ("Rules", "CN-2021"),
        ("Total heads", 238),
        ("Total area (m2)", "28560"),
    ]
    totals = [
        ("Option", "Heads", "Area (m²)"),
        ("for", 80, 9600),
        ("against", 72, 8640),
        ("abstain", 7, 840),
    ]
    assert count(load(book(info=info, totals=totals), NAME)).questions[0].outcome.verdict == (
        "adopted"
    )


def test_several_questions_with_options_by_their_names():
    questions = [
        ("题号", "题目", "方式", "名额", "选项"),
        (1, "同意修屋顶吗？", "赞成反对"),
        (2, "选两名监督人", "选举", 2, "候选人甲"),
        (None, None, None, None, "候选人乙"),
        (None, None, None, None, "候选人丙"),
        (None, None, None, None, "都不同意"),
        (None, None, None, None, "弃权"),
    ]
    totals = [
        ("题号", "选项", "人数", "面积"),
        (1, "赞成", 159, 19080),
        (1, "反对", 0, 0),
        (1, "弃权", 0, 0),
        (2, "候选人甲", 120, 14400),
        (2, "候选人乙", 100, 12000),
        (2, "候选人丙", 20, 2400),
        (2, "都不同意", 4, 480),
        (2, "弃权", 5, 600),
        (2, "参与", 159, 19080),
    ]
    report = count(load(book(说明=INFO, 题目=questions, 合计=totals), NAME))
    first, second = report.questions
    assert first.outcome.verdict == "adopted"
    assert second.outcome.winners == ("候选人甲", "候选人乙")


def test_deemed_rows():
    totals = [
        ("选项", "人数", "面积", "条款"),
        ("赞成", 80, 9600),
        ("反对", 72, 8640),
        ("弃权", 0, 0),
        ("视同多数：赞成", 50, 6000, "第十八条"),
    ]
    question = count(load(book(说明=INFO, 合计=totals), NAME)).questions[0]
    assert question.outcome.verdict == "adopted"
    assert question.outcome.depends_on_deemed


def test_sheets_typed_by_hand():
    info = [row for row in INFO if row[0] not in ("总人数", "总面积（㎡）")]
    info += [("开始时间", "2026-06-16 09:00"), ("截止时间", "2026/6/26 20:00")]
    roll = [
        ("编号", "业主", "人数", "面积（㎡）", "楼栋"),
        ("1-101", "甲一明", 1, 92.46, "1栋"),
        ("1-102", "丁小样", 1, "120.00", "1栋"),
        ("1-201", "样本华", 1, 100, "1栋"),
    ]
    votes = [
        ("票号", "编号", "方式", "收到时间", "题1"),
        ("S1", "1-101", "线上", "2026-06-16 09:00", "赞成"),
        ("S2", "1-102", "纸质", "2026-06-17 10:30:15", "同意"),
        ("S3", "1-201", "纸质", "2026-06-26 20:00", "反对"),
    ]
    file = load(book(说明=info, 名册=roll, 票=votes), NAME)
    assert file.roll == Weight(3, 3_124_600)
    report = count(file)
    assert report.tally is not None
    assert [(a.sheet, a.reason) for a in report.tally.set_aside] == [("S3", "late")]
    assert report.questions[0].outcome.verdict == "adopted"  # 2 of 3, 212.46 of 312.46
    assert file.sheets is not None
    assert file.sheets[0].received_at.isoformat() == "2026-06-16T01:00:00+00:00"


def test_a_date_cell_would_lose_the_hour():
    from datetime import datetime

    votes = [
        ("票号", "编号", "方式", "收到时间", "1"),
        ("S1", "1", "线上", datetime(2026, 6, 16, 9, 0), "赞成"),  # noqa: DTZ001
    ]
    roll = [("编号", "人数", "面积"), ("1", 1, 100)]
    info = [row for row in INFO if row[0] not in ("总人数", "总面积（㎡）")]
    assert ("票!D2", "time_not_text") in problems(book(说明=info, 名册=roll, 票=votes))


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        (("合计", 5, 4, "八百四"), "合计!D5", "not_area"),
        (("合计", 5, 3, "7.5"), "合计!C5", "not_whole"),
        (("合计", 5, 1, "也许"), "合计!5", "no_such_option"),
        (("合计", 1, 4, "备注"), "合计!D1", "header_unknown"),
        (("说明", 5, 2, 12), "说明!B5", "out_of_range"),
        (("说明", 4, 2, "秘密"), "说明!B4", "not_one_of"),
        (("说明", 6, 2, "XX"), "说明!B6", "not_one_of"),
        (("说明", 7, 2, "很多"), "说明!B7", "not_whole"),
        (("说明", 7, 1, "人口"), "说明!A7", "header_unknown"),
        (("合计", 3, 4, "=1+"), "合计!D3", "cell_without_value"),
    ],
)
def test_one_wrong_cell_is_named(change, where, code):
    name, row, column, value = change
    made = load_workbook(BytesIO(book(说明=INFO, 合计=TOTALS)))
    made[name].cell(row, column).value = value
    out = BytesIO()
    made.save(out)
    assert (where, code) in problems(out.getvalue())


def test_missing_and_unknown_sheets_are_named():
    found = problems(book(合计=TOTALS, 草稿=[("x",)]))
    assert ("说明", "sheet_missing") in found
    assert ("草稿", "sheet_unknown") in found


def test_what_is_no_workbook_is_refused():
    assert len(problems(b"PK\x03\x04 not a workbook")) == 1


def test_a_name_that_looks_like_a_formula_stays_text():
    document = renewal()
    document["estate"] = "=HYPERLINK(1)"
    file = load(encoded(document))
    cell = load_workbook(BytesIO(to_xlsx(file)))["说明"]["B2"]
    assert cell.data_type == "s"
    assert load(to_xlsx(file), NAME).estate == "=HYPERLINK(1)"


def test_marks_of_several_options_in_one_cell():
    document = by_sheets()
    file = load(to_xlsx(load(encoded(document))), NAME)
    assert file.sheets is not None
    assert file.sheets[0].answers == {"1": ("for",), "2": ("a", "b")}
