"""XLSX as a grid: values as shown, merged ranges, hidden parts, and every refusal by its code."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hall.sheets import Cell, SheetRefused, read
from hall.sheets import Workbook as Grid
from hall.sheets import child as child_module
from hall.sheets.archive import open_checked
from hall.sheets.limits import CHILD_CPU_SECONDS, CHILD_MEMORY
from hall.sheets.xlsx import Budget, plain, read_xlsx
from hall.sheets.xml import Book, parse
from tests.sheets.hostile import by_hand, edited, xlsx
from tests.sheets.hostile import plain as small


def grid(rows: list[list[object]], change: Callable[[Workbook], None] | None = None) -> Grid:
    return read(xlsx(rows, change), "a.xlsx")


def refusal(data: bytes, filename: str = "a.xlsx") -> tuple[str, dict[str, object]]:
    with pytest.raises(SheetRefused) as refused:
        read(data, filename)
    return refused.value.code, dict(refused.value.facts)


def test_cells_are_what_a_spreadsheet_shows() -> None:
    def change(book: Workbook) -> None:
        sheet = book.active
        sheet["F1"] = dt.date(2001, 2, 3)
        sheet["G1"].value, sheet["G1"].number_format = 101, "0000"
        sheet["H1"] = "=1+1"
        sheet["I1"].value, sheet["I1"].data_type = "#REF!", "e"
        sheet["J1"].value, sheet["J1"].number_format = 45000, 'm"月"d"日"'
        sheet["K1"].value, sheet["K1"].number_format = 89.3, '0.00"㎡"'

    (sheet,) = grid([["甲", 101, 89.32, True, 19900000001.0]], change).sheets
    assert sheet.rows[0] == (
        Cell("甲", "text"),
        Cell("101", "number"),
        Cell("89.32", "number"),
        Cell("TRUE", "boolean"),
        Cell("19900000001", "number"),
        Cell("2001-02-03", "date"),
        Cell("0101", "number"),
        Cell("", "formula"),
        Cell("#REF!", "error"),
        Cell("2023-03-15", "date"),
        Cell("89.3", "number"),
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (89.32, "89.32"),
        (0.1 + 0.2, "0.3"),
        (23244.480000000003, "23244.48"),
        (1e15, "1000000000000000"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
        (120.0, "120"),
    ],
)
def test_numbers_have_fifteen_digits_and_no_exponent(value: float, shown: str) -> None:
    assert plain(value) == shown


def test_merged_ranges_are_filled_and_marked() -> None:
    def change(book: Workbook) -> None:
        book.active.merge_cells("A1:C1")
        book.active.merge_cells("A2:A4")
        book.active.merge_cells("D9:D40")  # empty, beyond the data

    (sheet,) = grid([["名册"], ["1栋", 101], [None, 102], [None, 103]], change).sheets
    assert [c.text for c in sheet.rows[0]] == ["名册", "名册"], "only within the used columns"
    assert [c.merged for c in sheet.rows[0]] == [False, True]
    assert [(row[0].text, row[0].merged) for row in sheet.rows[1:]] == [
        ("1栋", False),
        ("1栋", True),
        ("1栋", True),
    ]


def test_hidden_sheets_rows_and_columns_are_told() -> None:
    def change(book: Workbook) -> None:
        book.active.row_dimensions[2].hidden = True
        book.active.row_dimensions[9].hidden = True  # empty
        book.active.column_dimensions["B"].hidden = True
        book.create_sheet("旧").sheet_state = "veryHidden"
        book["旧"].append(["x"])

    first, second = grid([["a", "b"], ["c", "d"]], change).sheets
    assert (first.hidden, first.hidden_rows, first.hidden_columns) == (False, (2,), (2,))
    assert (second.name, second.hidden) == ("旧", True)


def test_rich_text_without_phonetics_inline_strings_and_escapes() -> None:
    strings = (
        '<r><t>甲子</t></r><r><t>样</t></r><rPh sb="0" eb="1"><t>jia</t></rPh>',
        "<t>a_x000D_b</t>",
    )
    row = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c>'
        '<c t="inlineStr"><is><t>内</t></is></c><c t="str"><f>A1</f><v>算</v></c></row>'
    )
    (sheet,) = read(by_hand(row, strings), "a.xlsx").sheets
    assert [c.text for c in sheet.rows[0]] == ["甲子样", "a\rb", "内", "算"]


def test_strict_namespaces_are_read_too() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    data = by_hand('<row r="2"><c r="B2" t="s"><v>0</v></c></row>', ["<t>甲</t>"], main=strict)
    assert read(data, "a.xlsx").sheets[0].cell(2, 2).text == "甲"


def test_the_1904_epoch() -> None:
    def change(book: Workbook) -> None:
        book.epoch = dt.datetime(1904, 1, 1)  # noqa: DTZ001
        book.active["A1"] = dt.date(2001, 2, 3)

    assert grid([[1]], change).sheets[0].cell(1, 1) == Cell("2001-02-03", "date")


_value = st.one_of(
    st.none(),
    st.text("甲乙样 1.㎡-ａ", min_size=1, max_size=8).filter(lambda s: bool(s.strip())),
    st.integers(-(10**12), 10**12),
    st.decimals(0, 10**6, places=4).map(float),
    st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(_value, max_size=6), min_size=1, max_size=8))
def test_the_same_as_openpyxl_reads(rows: list[list[object]]) -> None:
    if not any(v is not None for row in rows for v in row):
        rows = [["x"], *rows]
    data = xlsx(rows)
    (draft,) = read_xlsx(data)
    other = load_workbook(io.BytesIO(data), data_only=True).active
    theirs = {
        (cell.row, cell.column): cell.value
        for line in other.iter_rows()
        for cell in line
        if cell.value is not None
    }
    assert draft.cells.keys() == theirs.keys()
    for place, value in theirs.items():
        text, kind, _ = draft.cells[place]
        if isinstance(value, bool):
            assert (kind, text) == ("boolean", str(value).upper())
        elif isinstance(value, (int, float)):
            assert kind == "number"
            assert float(text) == pytest.approx(value, rel=1e-14)
        else:
            assert (kind, text) == ("text", value)


def test_refusals_say_what_the_file_is() -> None:
    def zipped(*names: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in names:
                archive.writestr(name, "x")
        return out.getvalue()

    assert refusal(zipped("word/document.xml")) == ("not_a_spreadsheet", {"found": "word"})
    assert refusal(zipped("content.xml", "mimetype")) == ("not_a_spreadsheet", {"found": "ods"})
    assert refusal(zipped("photo.jpg")) == ("not_a_spreadsheet", {"found": "archive"})
    assert refusal(zipped("xl/workbook.bin", "a.xml"))[0] == "xlsb"
    assert refusal(b"%PDF-1.7\n...") == ("not_a_spreadsheet", {"found": "pdf"})
    assert refusal(b"\x89PNG\r\n\x1a\n\x00\x00") == ("not_a_spreadsheet", {"found": "picture"})
    assert (
        refusal(b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>')[0] == "xml_2003"
    )
    assert refusal(b"MIME-Version: 1.0\n<html>")[0] == "html_not_xls"
    assert refusal(b"\x09\x08\x10\x00\x00\x06")[0] == "old_xls"
    assert refusal(zipped(*(f"{n}.xml" for n in range(201))))[0] == "too_many_parts"
    assert refusal(b"x" * (3 * 1024 * 1024 + 1)) == ("too_large", {"limit_mb": 3})
    assert refusal(xlsx([])) == ("empty", {})


def test_refusals_of_damaged_workbooks() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    assert refusal(edited(small(), {sheet: b"<worksheet><sheetData>"}))[0] == "broken_workbook"
    assert refusal(by_hand('<row><c t="s"><v>7</v></c></row>'))[0] == "broken_workbook"
    locked = bytearray(small())
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert refusal(bytes(locked))[0] == "encrypted"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("declaration", ["<!DOCTYPE x>", '<!ENTITY a "b">'])
def test_a_declaration_is_refused_in_parts_that_are_never_read(
    encoding: str, declaration: str
) -> None:
    data = edited(small(), {"xl/theme/theme1.xml": f"<a>{declaration}</a>".encode(encoding)})
    with pytest.raises(SheetRefused) as refused:
        open_checked(data)
    assert refused.value.code == "has_doctype"


def test_the_parser_refuses_a_declaration_by_itself() -> None:
    data = edited(small(), {"xl/workbook.xml": b"<!DOCTYPE x []><x/>"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive, pytest.raises(SheetRefused) as refused:
        parse(archive, "xl/workbook.xml", Book())
    assert refused.value.code == "has_doctype"


def test_hyperlinks_are_harmless() -> None:
    def change(book: Workbook) -> None:
        book.active["A1"].hyperlink = "mailto:sample@example.org"

    assert grid([["写信"]], change).sheets[0].cell(1, 1).text == "写信"


def test_a_million_empty_cells_are_refused_before_they_are_parsed() -> None:
    empty = b"<row>" + b"<c/>" * 1_000_001 + b"</row>"

    def cells(body: bytes) -> bytes:
        return body.replace(b"</sheetData>", empty + b"</sheetData>")

    data = edited(small(), {"xl/worksheets/sheet1.xml": cells})
    assert refusal(data) == ("too_big_unzipped", {"limit_mb": 20})


def test_cells_are_counted_even_when_they_are_empty() -> None:
    budget = Budget()
    budget.elements = 1_000_000
    with pytest.raises(SheetRefused) as refused:
        budget.element()
    assert refused.value.code == "too_many_cells"


def test_overlapping_merges_cannot_multiply_the_work() -> None:
    merges = "".join(f'<mergeCell ref="A1:D{n}"/>' for n in range(2, 12_001))
    tail = f'<mergeCells count="1">{merges}</mergeCells>'.encode()

    def change(body: bytes) -> bytes:
        far = b'<row r="12000"><c r="D12000"><v>1</v></c></row></sheetData>'
        return body.replace(b"</sheetData>", far + tail)

    data = edited(small(), {"xl/worksheets/sheet1.xml": change})
    assert refusal(data)[0] == "too_many_cells"


def test_memory_that_runs_out_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(data: bytes) -> list[object]:
        raise MemoryError

    monkeypatch.setattr("hall.sheets.xlsx.read_xlsx", hungry)
    assert child_module.answer(b"x") == {"refused": "too_costly", "facts": {}}


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("kill -9 $$", "too_costly"),  # as the system does to one that passes its limits
        ("exec sleep 60", "too_costly"),
        ("exit 1", "broken_workbook"),
        ("echo nonsense", "broken_workbook"),
    ],
)
def test_a_reader_that_dies_is_a_refusal(
    script: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = tmp_path / "reader"
    reader.write_text(f"#!/bin/sh\n{script}\n")
    reader.chmod(0o700)
    monkeypatch.setattr("hall.sheets.reader.sys.executable", str(reader))
    monkeypatch.setattr("hall.sheets.reader.CHILD_WALL_SECONDS", 1)
    assert refusal(small())[0] == code


def test_the_child_obeys_its_limits() -> None:
    code = (
        "import resource; from hall.sheets.child import confine; confine();"
        "print([resource.getrlimit(r)[0] for r in "
        "(resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert json.loads(done.stdout) == [CHILD_MEMORY, CHILD_CPU_SECONDS, 0]


def test_the_child_sees_none_of_the_parents_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    from hall.sheets.reader import _environment

    monkeypatch.setenv("HALL_SECRET_KEY", "secret")
    assert set(_environment()) <= {"PYTHONPATH", "PYTHONIOENCODING", "SYSTEMROOT"}


def test_many_threads_read_at_once() -> None:
    data = small()
    with ThreadPoolExecutor(6) as pool:
        books = list(pool.map(lambda n: read(data, f"{n}.xlsx"), range(6)))
    assert {b.sheets for b in books} == {books[0].sheets}
