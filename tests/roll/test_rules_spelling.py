"""Unit names: every spelling a committee uses is one place, and what is none is said to be none."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.roll.rules.spelling import (
    Unreadable,
    building_and_entrance,
    building_key,
    building_name,
    entrance_key,
    first_of_pair,
    label,
    parse_unit,
)


@pytest.mark.parametrize(
    ("text", "official"),
    [
        ("1-1-101", "1栋1单元101"),
        ("1栋1单元101室", "1栋1单元101"),
        ("1栋1单元101", "1栋1单元101"),
        ("第1栋第1单元101号", "1栋1单元101"),
        ("1#101", "1栋101"),
        ("1#1-101", "1栋1单元101"),
        ("1#-1-101", "1栋1单元101"),
        ("1#楼1单元101", "1栋1单元101"),
        ("1幢101", "1栋101"),
        ("1号楼2单元0101", "1栋2单元101"),
        ("一栋二单元301", "1栋2单元301"),
        ("十二栋一单元三〇二", "12栋1单元302"),
        ("三号楼甲单元302", "3栋甲单元302"),
        ("１－１－１０１", "1栋1单元101"),
        ("1—1—101", "1栋1单元101"),
        ("1/1/101", "1栋1单元101"),
        ("1.1.101", "1栋1单元101"),
        ("01-01-0101", "1栋1单元101"),
        ("1-101", "1栋101"),
        ("1 - 1 - 101", "1栋1单元101"),
        ("1栋1单元5楼502", "1栋1单元502"),
        ("1-1-5-502", "1栋1单元502"),
        ("1栋1单元5楼2", "1栋1单元502"),
        ("A座1203", "A座1203"),
        ("A-1203", "A座1203"),
        ("A1203", "A座1203"),
        ("1期3栋2单元1203", "1期3栋2单元1203"),
        ("2栋负101", "2栋负101"),
        ("2栋地下101", "2栋负101"),
        ("1-1-101a", "1栋1单元101A"),
        ("样本小区3栋101", "3栋101"),
        ("商铺1号", "商铺1号"),
        ("1号商铺", "商铺1号"),
        ("门面03", "商铺3号"),
        ("S3", "商铺3号"),
        ("1栋商铺1号", "1栋商铺1号"),
        ("车位A012", "车位A012号"),
        ("地下车位12", "车位12号"),
        ("车库5", "车库5号"),
        ("储藏室8", "储藏室8号"),
    ],
)
def test_spellings(text: str, official: str) -> None:
    assert label(parse_unit(text)) == official


@pytest.mark.parametrize(
    ("text", "building", "entrance", "official"),
    [
        ("101", "3", "", "3栋101"),
        ("0101", "3", "1", "3栋1单元101"),
        ("1-101", "3", "", "3栋1单元101"),
        ("1-101", "3", "1", "3栋1单元101"),
        ("3-101", "3", "1", "3栋1单元101"),
        ("3-1-101", "3", "1", "3栋1单元101"),
        ("2单元502", "3", "", "3栋2单元502"),
        ("商铺2号", "3", "", "3栋商铺2号"),
        ("A101", "3", "", "3栋A101"),
    ],
)
def test_the_building_may_stand_elsewhere(
    text: str, building: str, entrance: str, official: str
) -> None:
    assert label(parse_unit(text, building=building, entrance=entrance)) == official


def test_a_pair_that_repeats_the_building() -> None:
    name = parse_unit("3-101", building="3", repeats_building=True)
    assert label(name) == "3栋101"
    assert first_of_pair("03-101") == "3"
    assert first_of_pair("3-1-101") == ""


@pytest.mark.parametrize(
    ("text", "building", "entrance", "code"),
    [
        ("2栋101", "3", "", "unit_contradicts_columns"),
        ("3-2-101", "3", "1", "unit_contradicts_columns"),
        ("2-101", "3", "1", "unit_contradicts_columns"),
        ("1栋3楼402", "", "", "unit_contradicts_columns"),
        ("4栋商铺1号", "3", "", "unit_contradicts_columns"),
        ("101", "", "", "building_missing"),
        ("2单元101", "", "", "building_missing"),
        ("0101101", "", "", "unit_unreadable"),
        ("1.101", "", "", "unit_unreadable"),
        ("听雨楼", "", "", "unit_unreadable"),
        ("见附件", "", "", "unit_unreadable"),
        ("2001-02-03", "", "", "unit_unreadable"),
        ("商铺", "", "", "unit_unreadable"),
        ("101、102", "1", "", "unit_unreadable"),
        ("101-102", "", "", "unit_unreadable"),
        ("101-102", "1", "", "unit_unreadable"),
    ],
)
def test_what_is_no_name_is_not_guessed(text: str, building: str, entrance: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_unit(text, building=building, entrance=entrance)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "floor"),
    [("1-1-101", 1), ("1-1-1203", 12), ("2栋负101", -1), ("1-1-5", None), ("1栋7楼705", 7)],
)
def test_floors(text: str, floor: int | None) -> None:
    assert parse_unit(text).floor == floor


def test_kinds_by_their_own_words_or_by_the_column_of_uses() -> None:
    assert parse_unit("商铺1号").kind == "shop"
    assert parse_unit("车位7").kind == "parking"
    assert parse_unit("杂物间3").kind == "other"
    assert parse_unit("A012", kind="parking").room == "车位A012号"
    assert parse_unit("12", building="1", kind="shop").room == "商铺12号"
    assert parse_unit("1-1-101", kind="shop").room == "101"


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        ("２号楼", "2", "2栋"),
        ("02幢", "2", "2栋"),
        ("二栋", "2", "2栋"),
        ("2#", "2", "2栋"),
        ("2", "2", "2栋"),
        ("A座", "A", "A座"),
        ("B1栋", "B1", "B1栋"),
        ("听雨楼", "听雨楼", "听雨楼"),
        ("？", "", ""),
    ],
)
def test_buildings(text: str, key: str, shown: str) -> None:
    assert building_key(text) == key
    assert building_name(key) == shown


def test_the_estates_own_spelling_of_a_building_is_kept() -> None:
    assert label(parse_unit("2栋1单元502"), known=("1幢", "2幢")) == "2幢1单元502"
    assert label(parse_unit("2栋1单元502"), known=("2号楼",)) == "2号楼1单元502"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3栋", ("3", "")),
        ("第三栋（共36户）", ("3", "")),
        ("3栋2单元", ("3", "2")),
        ("2单元", ("", "2")),
        ("三号楼：", ("3", "")),
        ("业主名册", ("", "")),
        ("101", ("", "")),
    ],
)
def test_headings(text: str, found: tuple[str, str]) -> None:
    assert building_and_entrance(text) == found


def test_entrances() -> None:
    assert [entrance_key(t) for t in ("1单元", "０２", "东单元", "三", "甲单元", "见图")] == [
        "1",
        "2",
        "东",
        "3",
        "甲",
        "",
    ]


_STYLES = (
    "{b}栋{e}单元{r}室",
    "{b}幢{e}单元{r}",
    "{b}-{e}-{r}",
    "{b}#{e}-{r}",
    "{b}#-{e}-{r}",
    "{b}号楼{e}单元{r}号",
    "第{b}栋第{e}单元{r}",
    "{b} - {e} - {r}",
    "0{b}-0{e}-0{r}",
    "{b}.{e}.{r}",
)
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


@given(
    st.integers(1, 99),
    st.integers(1, 9),
    st.integers(1, 33),
    st.integers(1, 12),
    st.sampled_from(_STYLES),
    st.booleans(),
)
def test_every_style_names_the_same_room(
    b: int, e: int, floor: int, side: int, style: str, wide: bool
) -> None:
    room = f"{floor}{side:02d}"
    text = style.format(b=b, e=e, r=room)
    name = parse_unit(text.translate(_WIDE) if wide else text)
    assert (name.building, name.entrance, name.room, name.floor) == (str(b), str(e), room, floor)
    again = parse_unit(label(name))
    assert (again.building, again.entrance, again.room) == (name.building, name.entrance, room)


@given(st.text(max_size=20))
def test_any_text_is_a_name_or_unreadable(text: str) -> None:
    with suppress(Unreadable):
        name = parse_unit(text)
        assert label(parse_unit(label(name))) == label(name)
