"""CSV, TSV and TXT: encodings, delimiters, quotes, line ends."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.sheets import Cell, SheetRefused, read
from hall.sheets.sniff import sniff

TEXT = "房号,业主,面积\n101,甲子样,89.32\n102,𠮷丑样,90.1\n"
GRID = [["房号", "业主", "面积"], ["101", "甲子样", "89.32"], ["102", "𠮷丑样", "90.1"]]


def texts(data: bytes, name: str = "a.csv") -> list[list[str]]:
    return [[c.text for c in row] for row in read(data, name).sheets[0].rows]


@pytest.mark.parametrize(
    ("encoding", "bom", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("gb18030", b"", "gb18030"),
    ],
)
def test_encodings(encoding: str, bom: bytes, found: str) -> None:
    book = read(bom + TEXT.encode(encoding), "a.csv")
    assert book.encoding == found
    assert [[c.text for c in row] for row in book.sheets[0].rows] == GRID


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    assert texts(TEXT.replace(",", delimiter).replace("\n", end).encode()) == GRID


def test_a_decimal_comma_does_not_make_the_comma_the_delimiter() -> None:
    data = "房号;业主;面积\n101;甲子样;89,32\n102;乙丑样;90,10\n".encode()
    assert texts(data)[1] == ["101", "甲子样", "89,32"]


def test_the_delimiter_may_be_told() -> None:
    assert texts("sep=;\n房号;业主\n1;a,b,c\n".encode()) == [["房号", "业主"], ["1", "a,b,c"]]


def test_a_line_break_inside_quotes_is_one_row() -> None:
    assert texts('房号,业主\n101,"甲子样\n乙丑样"\n102,x\n'.encode()) == [
        ["房号", "业主"],
        ["101", "甲子样\n乙丑样"],
        ["102", "x"],
    ]


def test_formula_text_errors_and_kept_zeros() -> None:
    row = read('="0101",\'0102,=A1+1,#REF!,＝A1\n'.encode(), "a.csv").sheets[0].rows[0]
    assert row == (
        Cell("0101", "text"),
        Cell("0102", "text"),
        Cell("=A1+1", "formula"),
        Cell("#REF!", "error"),
        Cell("＝A1", "formula"),
    )


def test_row_numbers_survive_blank_lines() -> None:
    sheet = read(b"a,b\n\n\nc,d\n", "a.csv").sheets[0]
    assert sheet.cell(4, 2).text == "d"


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b'a,b\n1,"x\n2,y\n', "unclosed_quote", 2),
        (b'a,b\n1,"x"y\n', "bad_quotes", 2),
        ("房号,业主\n101,甲\x00子\n".encode(), "nul_bytes", 2),
        ("房号,业主\n101,甲子样\n102,乙".encode() + b"\xe4\xb8,x\n", "bad_encoding", 3),
        (b"a,b\n\xff\xff,1\n", "bad_encoding", 2),
        (b"a," + b"x" * 40_000 + b"\n", "cell_too_long", 1),
        (b"a,b\n" + b"1,2\n" * 12_001, "too_many_rows", 12_002),
        (b",".join([b"x"] * 129), "too_many_columns", 1),
    ],
)
def test_refusals_name_the_row(data: bytes, code: str, row: int) -> None:
    with pytest.raises(SheetRefused) as refused:
        read(data, "a.csv")
    assert (refused.value.code, refused.value.facts["row"]) == (code, row)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\x00\x00", b",,,\n,,\n"])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(SheetRefused) as refused:
        read(data, "a.csv")
    assert refused.value.code == "empty"


def test_names_of_files_decide_nothing() -> None:
    assert texts(TEXT.replace(",", "\t").encode("gb18030"), "名册.xls") == [
        [*row] for row in [GRID[0], GRID[1], GRID[2]]
    ]


def test_text_that_begins_like_a_picture_or_a_program_is_text() -> None:
    assert sniff(b"BM,MZ\n1,2\n") == "text"


@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_grid_or_a_refusal(data: bytes) -> None:
    if data.startswith(b"PK"):
        return  # opened in a process of its own; see the forty inputs
    with suppress(SheetRefused):
        assert read(data, "a.csv").sheets


@given(
    st.lists(
        st.lists(st.text('甲乙1,;"\n ', min_size=1, max_size=6), min_size=3, max_size=3),
        min_size=3,
        max_size=6,
    )
)
def test_what_csv_writes_is_read_back(rows: list[list[str]]) -> None:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        [["房号", "业主", "面积"], *rows]
    )
    sheet = read(out.getvalue().encode(), "a.csv").sheets[0]
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if value.strip():
                assert sheet.cell(number, column).text == value
