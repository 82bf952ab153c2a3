"""Areas, telephone numbers and shares as they stand in cells."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.areas import format_m2
from hall.roll.rules.figures import (
    looks_like_date,
    read_area,
    read_phones,
    read_shares,
)
from hall.sheets import Cell


def text(value: str) -> Cell:
    return Cell(value, "text")


@pytest.mark.parametrize(
    ("value", "cm2"),
    [
        ("89.32", 893_200),
        ("89.32㎡", 893_200),
        ("89.32 m²", 893_200),
        ("89.32平方米", 893_200),
        ("89.32平米", 893_200),
        ("８９.３２", 893_200),
        ("８９．３２", 893_200),
        ("89。32", 893_200),
        ("89,32", 893_200),
        ("1,089.32", 10_893_200),
        ("89.3245", 893_245),
        ("89.325", 893_250),
        ("89.32000", 893_200),
        (" 89 ", 890_000),
        ("89.", 890_000),
        ("0.0001", 1),
    ],
)
def test_areas(value: str, cm2: int) -> None:
    area = read_area(text(value))
    assert (area.cm2, area.code) == (cm2, "")
    assert area.note == ("decimal_comma" if value == "89,32" else "")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (text("-1"), "area_not_positive"),
        (text("0"), "area_not_positive"),
        (text("0.00"), "area_not_positive"),
        (text("1e309"), "area_not_number"),
        (text("8.9E+01"), "area_not_number"),
        (text("NaN"), "area_not_number"),
        (text("inf"), "area_not_number"),
        (text("约89"), "area_not_number"),
        (text("89.32+4"), "area_not_number"),
        (text("89.32/2"), "area_not_number"),
        (text("八十九"), "area_not_number"),
        (text("1234567890123"), "area_not_number"),
        (text("89.32456"), "area_too_precise"),
        (text("1989/3/2"), "area_is_date"),
        (text("3月2日"), "area_is_date"),
        (Cell("1989-03-02", "date"), "area_is_date"),
        (Cell("#REF!", "error"), "cell_error"),
        (Cell("", "formula"), "formula_without_value"),
        (Cell("TRUE", "boolean"), "area_not_number"),
        (Cell(), "area_missing"),
        (text("无"), "area_missing"),
        (text("—"), "area_missing"),
    ],
)
def test_doubtful_areas_are_a_code(cell: Cell, code: str) -> None:
    area = read_area(cell)
    assert (area.cm2, area.code) == (None, code)


@given(st.integers(1, 10**9 - 1))
def test_any_area_written_is_the_area_read(cm2: int) -> None:
    for shown in (format_m2(cm2), f"{format_m2(cm2)}㎡", format_m2(cm2, group=True)):
        assert read_area(text(shown)).cm2 == cm2


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("19900000001", ("19900000001",)),
        ("19900000001.0", ("19900000001",)),
        ("199 0000 0001", ("19900000001",)),
        ("199-0000-0001", ("19900000001",)),
        ("+86 19900000001", ("19900000001",)),
        ("１９９００００００01", ("19900000001",)),
        ("19900000001/19900000002", ("19900000001", "19900000002")),
        ("19900000001、19900000002", ("19900000001", "19900000002")),
        ("19900000001 19900000002", ("19900000001", "19900000002")),
        ("0833-0000001", ("08330000001",)),
        ("5550001", ("5550001",)),
        ("无", ()),
        ("", ()),
    ],
)
def test_phones(value: str, numbers: tuple[str, ...]) -> None:
    phones = read_phones(text(value) if value else Cell())
    assert (phones.numbers, phones.code) == (numbers, "")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (text("1.99E+10"), "phone_lost_digits"),
        (text("199****0001"), "phone_masked"),
        (text("1990000000"), "phone_unreadable"),
        (text("见备注"), "phone_unreadable"),
        (Cell("#N/A", "error"), "phone_unreadable"),
    ],
)
def test_phones_that_cannot_be_read(cell: Cell, code: str) -> None:
    phones = read_phones(cell)
    assert (phones.numbers, phones.code) == ((), code)


@pytest.mark.parametrize(
    ("value", "shares"),
    [
        ("50%", (Fraction(1, 2),)),
        ("1/3、2/3", (Fraction(1, 3), Fraction(2, 3))),
        ("33.33%", (Fraction(3333, 10_000),)),
        ("二分之一", (Fraction(1, 2),)),
        ("½", (Fraction(1, 2),)),
        ("0.5", (Fraction(1, 2),)),
        ("100", (Fraction(1),)),
        ("共同共有", ()),
        ("1/0", ()),
        ("", ()),
    ],
)
def test_shares(value: str, shares: tuple[Fraction, ...]) -> None:
    assert read_shares(value) == shares


@pytest.mark.parametrize(
    "value", ["2001-02-03", "2001/2/3", "1月2日", "2-Jan", "Jan-02", "1/2/2001"]
)
def test_dates_a_program_made(value: str) -> None:
    assert looks_like_date(value)


@pytest.mark.parametrize("value", ["1-2-3", "1-1-101", "10-2-301", "101", "2栋"])
def test_names_are_no_dates(value: str) -> None:
    assert not looks_like_date(value)
