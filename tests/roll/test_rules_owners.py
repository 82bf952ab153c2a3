"""Who owns, as the owner cell says it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hall.roll.rules.owners import Holder, read_owners

HALF = Fraction(1, 2)


def names(text: str, shares: str = "") -> list[str]:
    return [h.name for h in read_owners([text], shares).holders]


@pytest.mark.parametrize(
    "text",
    [
        "甲子样、乙丑样",
        "甲子样,乙丑样",
        "甲子样，乙丑样",
        "甲子样；乙丑样",
        "甲子样/乙丑样",
        "甲子样|乙丑样",
        "甲子样 乙丑样",
        "甲子样　乙丑样",
        "甲子样\n乙丑样",
        "甲子样\r\n乙丑样",
        "甲子样＆乙丑样",
        "甲子样、乙丑样(夫妻共有)",
        "甲子样、乙丑样 夫妻共有",
        "甲子样（1/2）、乙丑样（1/2）",
        "甲子样50% 乙丑样50%",
        "甲 子样、乙 丑 样",
    ],
)
def test_two_owners_in_one_cell(text: str) -> None:
    owners = read_owners([text])
    assert [h.name for h in owners.holders] == ["甲子样", "乙丑样"]
    assert owners.why == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("甲 样", "甲样"),
        ("甲　样", "甲样"),
        ("甲 子样", "甲子样"),
        (" 甲 子 样 ", "甲子样"),
        ("欧阳 样", "欧阳样"),
        ("John Sample", "John Sample"),
        ("买买提·样", "买买提·样"),
        ("𠮷卯样", "𠮷卯样"),
        ("甲子样（户主）", "甲子样"),
        ("样本文化用品有限公司（法定代表人：样本华）", "样本文化用品有限公司"),
        ("样本 文化 有限公司", "样本文化有限公司"),
    ],
)
def test_one_owner(text: str, name: str) -> None:
    owners = read_owners([text])
    assert [h.name for h in owners.holders] == [name]
    assert owners.notes == []


def test_shares_in_the_cell_or_in_their_own_column() -> None:
    for text, shares in (
        ("甲子样、乙丑样(各50%)", ""),
        ("甲子样、乙丑样", "各50%"),
        ("甲子样、乙丑样", "50%、50%"),
        ("甲子样、乙丑样", "1/2,1/2"),
        ("甲子样(50%)、乙丑样(50%)", ""),
        ("甲子样、乙丑样、各50%", ""),
    ):
        assert [h.share for h in read_owners([text], shares).holders] == [HALF, HALF], text
    third = read_owners(["甲子样(1/3)、乙丑样(2/3)"]).holders
    assert [h.share for h in third] == [Fraction(1, 3), Fraction(2, 3)]


@pytest.mark.parametrize(
    ("text", "shares", "code"),
    [
        ("甲子样、乙丑样", "80%、80%", "shares_do_not_add_up"),
        ("甲子样、乙丑样", "30%", "share_unreadable"),
        ("甲子样、乙丑样", "5成5", "share_unreadable"),
    ],
)
def test_shares_that_do_not_fit_are_left_out_and_told(text: str, shares: str, code: str) -> None:
    owners = read_owners([text], shares)
    assert [h.share for h in owners.holders] == [None, None]
    assert [c for c, _ in owners.notes] == [code]


@pytest.mark.parametrize("text", ["", "无", "—", "/", "未知", "待核实", "空置", " ", "？"])
def test_no_owner(text: str) -> None:
    owners = read_owners([text])
    assert (owners.holders, owners.why) == ((), "owner_missing")


@pytest.mark.parametrize(
    ("text", "why", "holders"),
    [
        ("甲子样等3人", "co_owners_not_named", ["甲子样"]),
        ("甲子样等", "co_owners_not_named", ["甲子样"]),
        ("甲子样夫妇", "co_owners_not_named", ["甲子样"]),
        ("甲子样（夫妻共有）", "co_owners_not_named", ["甲子样"]),
        ("甲子样（已故）", "owner_deceased", ["甲子样"]),
        ("甲子样(去世)、乙丑样", "owner_deceased", ["甲子样", "乙丑样"]),
    ],
)
def test_owners_that_are_not_all_known(text: str, why: str, holders: list[str]) -> None:
    owners = read_owners([text])
    assert (owners.why, [h.name for h in owners.holders]) == (why, holders)


@pytest.mark.parametrize(
    ("text", "status", "holders"),
    [
        ("开发商", "unsold", []),
        ("未售", "unsold", []),
        ("开发商未售", "unsold", []),
        ("样本房地产有限公司（开发商）", "unsold", [("样本房地产有限公司", "developer")]),
        ("甲子样（未交付）", "undelivered", [("甲子样", "natural")]),
        ("样本贸易有限公司", "", [("样本贸易有限公司", "company")]),
    ],
)
def test_the_developer_and_companies(
    text: str, status: str, holders: list[tuple[str, str]]
) -> None:
    owners = read_owners([text])
    assert (owners.status, [(h.name, h.kind) for h in owners.holders]) == (status, holders)
    assert owners.why == ""


def test_telephone_numbers_go_with_their_owners() -> None:
    assert read_owners(["甲子样、乙丑样"], phones=["1", "2"]).holders == (
        Holder("甲子样", "1"),
        Holder("乙丑样", "2"),
    )
    assert read_owners(["甲子样、乙丑样"], phones=["1"]).holders == (
        Holder("甲子样", "1"),
        Holder("乙丑样"),
    )


def test_a_second_column_of_owners() -> None:
    assert [h.name for h in read_owners(["甲子样", "乙丑样"]).holders] == ["甲子样", "乙丑样"]
    assert names("甲子样、甲子样") == ["甲子样"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("甲\u202e子样", "invisible_characters"),
        ("甲\u200b子样", "invisible_characters"),
        ("甲😀", "odd_characters"),
        ("19900000001", "owner_not_a_name"),
        ("2001/2/3", "owner_not_a_name"),
        ("甲子样（房子租给别人）", "name_remark_ignored"),
    ],
)
def test_what_to_look_at(text: str, code: str) -> None:
    assert [c for c, _ in read_owners([text]).notes] == [code]


def test_values_told_carry_no_invisible_characters() -> None:
    ((_, shown),) = read_owners(["甲\u202e子样"]).notes
    assert shown == "甲·子样"
