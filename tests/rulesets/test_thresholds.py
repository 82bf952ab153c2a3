"""Lines are exact: 以上 includes the number, 过半数 does not, one head or one cm² decides."""

from __future__ import annotations

import pytest

from hall.rulesets.rules import MatterClass, Op, Threshold, preset

GE, GT = Op.GE, Op.GT


@pytest.mark.parametrize(
    ("num", "den", "op", "part", "whole", "met"),
    [
        # the cases of the rule book §6, checked by hand: den·part against num·whole
        (2, 3, GE, 158, 238, False),  # 474 < 476
        (2, 3, GE, 159, 238, True),  # 477 ≥ 476
        (2, 3, GE, 1896000, 2856000, False),  # 5 688 000 < 5 712 000
        (2, 3, GE, 1908000, 2856000, True),
        (1, 2, GT, 80, 159, True),  # 160 > 159
        (1, 2, GT, 79, 159, False),
        (1, 2, GT, 80, 238, False),  # the whole roll, before 2021
        (1, 2, GT, 120, 238, True),
        (1, 2, GT, 119, 238, False),  # exactly half
        (2, 3, GE, 105, 157, True),  # 315 ≥ 314
        (2, 3, GE, 104, 157, False),
        (2, 3, GE, 666667, 1000000, True),
        (2, 3, GE, 666666, 1000000, False),
        (3, 4, GE, 86, 112, True),  # 344 ≥ 336
        (3, 4, GE, 534010, 713420, False),  # 2 136 040 < 2 140 260
        (2, 3, GE, 60, 90, True),
        (2, 3, GE, 59, 90, False),
        (1, 2, GT, 30, 60, False),
        (1, 2, GT, 31, 60, True),
        (1, 2, GT, 30000000, 60000000, False),
        (1, 2, GT, 30000001, 60000000, True),  # one cm² more than half
        (3, 4, GE, 45, 60, True),
        (3, 4, GE, 44, 60, False),
        (3, 4, GE, 45000000, 60000000, True),
        (3, 4, GE, 44999999, 60000000, False),  # one cm² short
        (1, 2, GT, 407, 821, False),  # 814 < 821
        (1, 2, GT, 421, 835, True),
        (2, 3, GE, 134, 201, True),
        (2, 3, GE, 133, 201, False),
        (2, 3, GE, 16, 23, True),
        (2, 3, GE, 15, 23, False),
        (3, 4, GE, 6, 8, True),
        (2, 3, GE, 861, 1291, True),
        (2, 3, GE, 703, 1291, False),
        (1, 5, GE, 20, 100, True),
        (1, 5, GE, 19, 100, False),
        (1, 1, GE, 7, 7, True),
        (1, 1, GE, 6, 7, False),
    ],
)
def test_met(num, den, op, part, whole, met):
    line = Threshold(num, den, op)
    assert line.met(part, whole) is met
    assert (part >= line.least(whole)) is met


@pytest.mark.parametrize(
    ("line", "floor", "weaker"),
    [
        ((2, 3, GE), (2, 3, GE), False),
        ((4, 6, GE), (2, 3, GE), False),  # the same share in other numbers
        ((2, 3, GT), (2, 3, GE), False),
        ((1, 2, GE), (1, 2, GT), True),  # 半数以上 is weaker than 过半数
        ((3, 6, GE), (1, 2, GT), True),
        ((1, 2, GT), (1, 2, GE), False),
        ((3, 5, GE), (2, 3, GE), True),
        ((66, 100, GE), (2, 3, GE), True),
        ((67, 100, GE), (2, 3, GE), False),
        ((66666, 100000, GT), (2, 3, GE), True),
        ((3, 4, GE), (1, 2, GT), False),
    ],
)
def test_weaker(line, floor, weaker):
    assert Threshold(*line).weaker_than(Threshold(*floor)) is weaker


@pytest.mark.parametrize("bad", [(0, 3, GE), (4, 3, GE), (1, 0, GE), (-1, 3, GE), (1, 1, GT)])
def test_what_is_no_share(bad):
    with pytest.raises(ValueError, match=r"share|reached"):
        Threshold(*bad)


def test_only_integers():
    with pytest.raises(TypeError):
        Threshold(0.5, 1, GE)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="EQ"):
        Threshold(1, 2, "EQ")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "special"),
    [("CN-2021", {6, 7, 8}), ("CN-2007", {5, 6, 7}), ("SC", {6, 7, 8})],
)
def test_the_class_follows_the_matter(name, special):
    rules = preset(name)
    assert {n for n in range(1, 10) if rules.class_of(n) is MatterClass.SPECIAL} == special


def test_of_several_matters_the_stricter():
    rules = preset("CN-2021")
    assert rules.class_of(4, 8) is MatterClass.SPECIAL
    assert rules.class_of(1, 9) is MatterClass.ORDINARY
    assert rules.rule_for(5, 6).approve_heads == Threshold(3, 4, GE)


@pytest.mark.parametrize("matters", [(), (0,), (10,), (4, 10)])
def test_an_unknown_matter_has_no_class(matters):
    with pytest.raises(ValueError, match="matter_unknown"):
        preset("CN-2021").class_of(*matters)
