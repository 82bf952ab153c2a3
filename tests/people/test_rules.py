"""Pure rules of the people room."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.bodies.rules import TITLES
from hall.people.rules import codes, passwords
from hall.people.rules.logins import Login, normal_login, normal_phone
from hall.people.rules.passwords import password_blockers
from hall.people.rules.posts import Term, active, end_blockers, grant_blockers, role_of
from hall.permissions import Role


@pytest.mark.parametrize(
    ("typed", "login"),
    [
        ("13800001234", Login("phone", "13800001234")),
        (" 138 0000 1234 ", Login("phone", "13800001234")),
        ("138-0000-1234", Login("phone", "13800001234")),
        ("+86 13800001234", Login("phone", "13800001234")),
        ("008613800001234", Login("phone", "13800001234")),
        ("１３８００００１２３４", Login("phone", "13800001234")),
        ("Zhu.Ren", Login("username", "zhu.ren")),
        ("样本主任", Login("username", "样本主任")),
        ("1380000123", None),  # a figure is missing
        ("138000012345", None),
        ("", None),
        ("a", None),
        ("two words", None),
        ("a" * 41, None),
    ],
)
def test_a_login_has_one_normal_form(typed, login):
    assert normal_login(typed) == login


def test_a_landline_keeps_its_figures():
    assert normal_phone("0833-000 0000") == "08330000000"
    assert normal_phone("86123456") == "86123456"  # a local number that begins like the prefix


@pytest.mark.parametrize(
    ("password", "codes_"),
    [
        ("七个字符不够长", {"password_too_short"}),
        ("correct horse", set()),
        ("小区门口的老槐树", set()),
        ("x" * 128, {"password_too_common"}),
        ("ab" * 64, set()),
        ("ab" * 65, {"password_too_long"}),
        ("12345678", {"password_too_common"}),
        ("QQ123456", {"password_too_common"}),
        ("woaini1314", {"password_too_common"}),
        ("13800001234", {"password_is_login"}),
        ("43210000831", {"password_is_login"}),
    ],
)
def test_only_short_long_common_and_copied_passwords_are_refused(password, codes_):
    assert {b.code for b in password_blockers(password, login="13800001234")} == codes_


def test_the_list_of_common_passwords_holds_only_what_length_would_let_pass():
    assert len(passwords._COMMON) >= 200
    assert all(len(p) >= passwords.MIN_LENGTH and p == p.casefold() for p in passwords._COMMON)


def test_a_code_is_eighty_bits_in_four_groups():
    code = codes.new_code()
    assert [len(g) for g in code.split("-")] == [4, 4, 4, 4]
    assert set(code.replace("-", "")) <= set(codes.ALPHABET)
    assert 32**codes.LENGTH == 2**80
    assert len({codes.new_code() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "typed",
    [
        "Q4TN-8X2M-JW6E-30PK",
        "q4tn 8x2m jw6e 3opk",
        "q4tn8x2mjw6e30pk",
        " Q4TN—8X2M_JW6E.30PK ",
        "Ｑ４ＴＮ８Ｘ２ＭＪＷ６Ｅ３０ＰＫ",
    ],
)
def test_a_code_is_read_the_way_people_copy_it(typed):
    assert codes.normal_code(typed) == "Q4TN8X2MJW6E30PK"


def test_letters_that_look_like_figures_are_read_as_figures():
    assert codes.normal_code("OIL0-OIL1-oil0-oil1") == "0110" + "0111" + "0110" + "0111"


@pytest.mark.parametrize(
    "typed", ["", "Q4TN-8X2M-JW6E-30P", "Q4TN-8X2M-JW6E-30PKK", "Q4TN-8X2M-JW6E-30PU"]
)
def test_a_code_of_the_wrong_shape_is_no_code(typed):
    assert codes.normal_code(typed) is None


@given(st.text(alphabet=codes.ALPHABET, min_size=16, max_size=16))
def test_every_printed_code_is_read_back(code):
    assert codes.normal_code(codes.grouped(code)) == code
    assert codes.normal_code(codes.grouped(code).lower()) == code


def test_every_title_of_every_body_gives_a_role():
    for body, titles in TITLES.items():
        for title in titles:
            assert role_of(body.value, title.value) is not None, (body, title)
    assert role_of("committee", "vice_chair") is Role.CHAIR
    assert role_of("branch", "member") is Role.BRANCH
    assert role_of("property", "chair") is None
    assert role_of("nobody", "chair") is None


MAY = date(2026, 5, 1)


def term(body="committee", title="member", building_id=None, from_on=MAY, to_on=None):
    return Term(body, title, building_id, from_on, to_on)


def test_a_post_ends_before_its_last_day():
    year = term(to_on=date(2027, 5, 1))
    assert not active(year, date(2026, 4, 30))
    assert active(year, date(2026, 5, 1))
    assert active(year, date(2027, 4, 30))
    assert not active(year, date(2027, 5, 1))
    assert active(term(), date(2099, 1, 1))


def granting(wanted, *held, name="样本一", evidence="任命书"):
    found = grant_blockers(wanted, held=held, buildings=[7], name=name, evidence=evidence)
    return [b.code for b in found]


@pytest.mark.parametrize(
    ("wanted", "held", "expected"),
    [
        (term(), [], []),
        (term("property", "chair"), [], ["no_such_title"]),
        (term(title="steward"), [], ["steward_needs_building"]),
        (term(title="steward", building_id=7), [], []),
        (term(title="steward", building_id=8), [], ["no_such_building"]),
        (term(title="member", building_id=7), [], ["no_such_building"]),
        (term(to_on=MAY), [], ["term_is_empty"]),
        (term(), [term()], ["post_already_held"]),
        (term(), [term(from_on=date(2020, 1, 1), to_on=MAY)], []),  # the last term ends that day
        (term(title="scrutineer"), [term(title="chair")], ["posts_exclude_each_other"]),
        (term(title="chair"), [term("branch", "scrutineer")], ["posts_exclude_each_other"]),
        (term(title="member"), [term("property", "staff")], ["posts_exclude_each_other"]),
        (term("property", "staff"), [term(title="clerk")], ["posts_exclude_each_other"]),
        (term("branch", "secretary"), [term(title="member")], []),
        (term(title="chair"), [term(title="scrutineer", to_on=MAY, from_on=date(2025, 1, 1))], []),
    ],
)
def test_who_may_be_given_a_post(wanted, held, expected):
    assert granting(wanted, *held) == expected


def test_everything_that_is_wrong_with_a_post_is_said_at_once():
    wrong = term("grid", "chair", building_id=9, to_on=date(2026, 1, 1))
    assert granting(wrong, name=" ", evidence="") == [
        "name_missing",
        "evidence_missing",
        "no_such_title",
        "no_such_building",
        "term_is_empty",
    ]


def test_a_post_ends_today_or_later_and_only_once():
    today = date(2026, 5, 6)
    assert end_blockers(term(), to_on=today, today=today) == ()
    (past,) = end_blockers(term(), to_on=date(2026, 5, 5), today=today)
    assert past.code == "post_ends_in_past"
    ended = term(to_on=date(2026, 5, 10))
    assert end_blockers(ended, to_on=date(2026, 5, 8), today=today) == ()
    (again,) = end_blockers(ended, to_on=date(2026, 6, 1), today=today)
    assert (again.code, again.facts["to_on"]) == ("post_already_ended", "2026-05-10")
