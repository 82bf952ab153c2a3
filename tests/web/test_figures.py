"""Lines, needs and gaps in words, and the bars beside them."""

from __future__ import annotations

import re

import pytest

from hall.counting.decision import Gate
from hall.rulesets.rules import Op, Threshold
from hall.web import figures
from hall.web.drawings import Block, Spot, bar, home_building, pace, qr, street
from hall.web.drawings.street import lit_windows

TWO_THIRDS = Threshold(2, 3, Op.GE)
HALF = Threshold(1, 2, Op.GT)
THREE_QUARTERS = Threshold(3, 4, Op.GE)


@pytest.mark.parametrize(
    ("gate", "need", "short", "share"),
    [
        (Gate("participation", "heads", 131, 236, TWO_THIRDS), "158 人", "27 人", "55.50%"),
        (Gate("participation", "heads", 158, 236, TWO_THIRDS), "158 人", "", "66.94%"),
        (Gate("participation", "area", 2, 3, TWO_THIRDS), "0.0002 ㎡", "", "66.66%"),
        (Gate("approval", "heads", 79, 158, HALF), "80 人", "1 人", "50.00%"),
        (
            Gate("approval", "area", 8400 * 10**4, 16800 * 10**4, HALF),
            "超过 8,400.00 ㎡",
            "0.0001 ㎡",
            "50.00%",
        ),
        (Gate("approval", "area", 3, 4, THREE_QUARTERS), "0.0003 ㎡", "", "75.00%"),
        (Gate("approval", "heads", None, 10, HALF), "6 人", "", "—"),
        (Gate("approval", "area", 5, None, HALF), "未载明", "", "—"),
    ],
)
def test_needs(gate, need, short, share):
    assert figures.need(gate) == need
    assert figures.short(gate) == short
    assert figures.share(gate) == share


@pytest.mark.parametrize(
    ("line", "name", "place"),
    [
        (TWO_THIRDS, "三分之二", "at-2-3"),
        (HALF, "过半", "at-1-2"),
        (THREE_QUARTERS, "四分之三", "at-3-4"),
        (Threshold(4, 5, Op.GE), "4/5 以上", "at-4-5"),
        (Threshold(3, 5, Op.GT), "超过 3/5", "at-3-5"),
        (Threshold(67, 100, Op.GE), "67/100 以上", "at-7-10"),
    ],
)
def test_lines(line, name, place):
    assert figures.line_name(line) == name
    assert figures.line_class(line) == place


def test_the_gap_names_what_is_missing():
    heads = Gate("participation", "heads", 131, 236, TWO_THIRDS)
    area = Gate("participation", "area", 3, 3, TWO_THIRDS)
    assert re.sub("<[^>]+>", "", figures.gap(heads, area)) == "离三分之二还差 27 人"
    assert figures.gap(area, area) == ""


def test_bars_carry_no_style_and_hatch_against():
    drawn = bar([(50, "f-yes"), (30, "f-no"), (20, "f-ab")], 100)
    assert "style=" not in drawn
    assert 'width="50%"' in drawn
    assert drawn.count("url(#hatch)") == 1


def test_a_bar_of_nothing_is_empty():
    assert "<rect" not in bar([(0, "f-lamp")], 0)


def test_a_bar_never_looks_fuller_than_it_is():
    assert 'width="66.66%"' in bar([(2, "f-lamp")], 3)


@pytest.mark.parametrize(
    ("part", "whole", "windows", "lit"),
    [(0, 9, 9, 0), (9, 9, 9, 9), (1, 1000, 8, 1), (999, 1000, 8, 7), (5, 10, 8, 4), (3, 0, 8, 0)],
)
def test_windows_lit(part, whole, windows, lit):
    assert lit_windows(part, whole, windows) == lit


def block(part, floors=5, key=1):
    spots = tuple(
        Spot(100 * f + i, i // 2, f, f"{f}0{i}") for f in range(1, floors + 1) for i in range(4)
    )
    return Block(key, "1栋", spots, part, len(spots))


def lit_boxes(svg):
    path = re.search(r'<path d="([^"]*)" class="w-lit"/>', svg)
    return set(path[1].split("M")[1:]) if path else set()


def test_the_street_says_in_words_and_lights_in_number():
    drawn = street([block(7)], "20 户里有 7 户")
    assert 'role="img"' in drawn
    assert 'aria-label="20 户里有 7 户"' in drawn
    assert len(lit_boxes(drawn)) == 7
    assert "style=" not in drawn


def test_the_picture_depends_on_numbers_only():
    """Two sets of participants of the same size give the same picture; more only adds light."""
    assert street([block(7)], "x") == street([block(7)], "x")
    assert lit_boxes(street([block(7)], "x")) < lit_boxes(street([block(8)], "x"))


def test_light_does_not_fill_up_like_a_bar():
    rows = {b.split("h")[0].split()[1] for b in lit_boxes(street([block(6)], "x"))}
    assert len(rows) > 2


@pytest.mark.parametrize("took_part", [True, False])
def test_the_viewers_own_window_is_true(took_part):
    drawn = street([block(7)], "x", own={302: took_part})
    assert drawn.count("w-ring") == 1
    own = drawn[drawn.index("w-ring") :]
    assert ("w-lit" in own) is took_part
    assert len(lit_boxes(drawn[: drawn.index("w-ring")])) == 7 - took_part


def test_a_large_estate_is_drawn_by_floor():
    many = [block(30, floors=30, key=k) for k in range(20)]
    drawn = street(many, "x", own={1501: True})
    assert drawn.count("M") < 2000
    assert len(drawn) < 40_000
    assert drawn.count("w-ring") == 20  # the test's buildings share their numbers


def test_floors_are_read_from_room_numbers():
    spots = (Spot(1, 1, None, "101"), Spot(2, 1, None, "1203"), Spot(3, 1, None, "A"))
    assert street([Block(1, "1栋", spots, 0, 3)], "x")


def test_ones_own_building_lights_the_own_window():
    drawn = home_building(block(3), 302, "1栋，您家的窗亮了")
    assert drawn.count('class="w-me"') == 1


def test_qr_holds_no_style_and_names_itself():
    drawn = qr("https://hall.example/e/here/", "打开本页")
    assert "style=" not in drawn
    assert 'aria-label="打开本页"' in drawn


def test_the_pace_chart_draws_the_line():
    drawn = pace([("5月1日", 3), ("5月2日", 9)], 10, 20, 30, "到今天 9 人", "三分之二：20 人")
    assert "三分之二：20 人" in drawn
    assert "polyline" in drawn
    assert pace([], 10, 20, 30, "还没有", "20")
