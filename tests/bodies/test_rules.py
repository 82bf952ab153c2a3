"""When a gathering may decide and has decided: a table worked out by hand, and what holds for all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.bodies import rules
from hall.bodies.rules import DECISION_RULES, SEATS, SPEAKERS, TITLES, Body, HandCount, PartyKind


@pytest.mark.parametrize(
    ("rule", "due", "present", "votes", "expected"),
    [
        # Committee of seven: four in the room, four of ALL seven in favour (rules 2.7, GT).
        ("committee", 7, 4, (4, 0, 0), "adopted"),
        ("committee", 7, 7, (3, 0, 4), "not_adopted"),
        ("committee", 7, 3, (3, 0, 0), "no_quorum"),
        # Of six exactly half is not more than half, neither present nor in favour.
        ("committee", 6, 3, (3, 0, 0), "no_quorum"),
        ("committee", 6, 6, (3, 3, 0), "not_adopted"),
        ("committee", 6, 4, (4, 0, 0), "adopted"),
        ("council", 9, 5, (5, 0, 0), "adopted"),
        ("council", 9, 9, (4, 5, 0), "not_adopted"),
        # Party review: two thirds of nine are six; half of those due suffice: 5 of 9, or 5 of 10.
        ("party_review", 9, 6, (5, 1, 0), "adopted"),
        ("party_review", 9, 5, (5, 0, 0), "no_quorum"),
        ("party_review", 10, 7, (5, 2, 0), "adopted"),
        ("party_review", 10, 7, (4, 3, 0), "not_adopted"),
        # Residents: more than half of those due come, more than half of those present agree.
        ("residents", 40, 21, (11, 10, 0), "adopted"),
        ("residents", 40, 21, (10, 1, 10), "not_adopted"),
        ("residents", 40, 20, (20, 0, 0), "no_quorum"),
        # Everybody barred: nobody is left to decide.
        ("committee", 0, 0, (0, 0, 0), "no_quorum"),
    ],
)
def test_decisions(rule, due, present, votes, expected):
    count = HandCount(due, present, *votes)
    assert rules.decide(count, DECISION_RULES[rule]) == expected
    assert rules.has_quorum(present, due, DECISION_RULES[rule]) == (expected != "no_quorum")


def test_who_is_barred_leaves_both_sides():
    # Five members, two barred: due 3, so two present and two in favour decide.
    rule = DECISION_RULES["committee"]
    assert rules.decide(HandCount(3, 2, 2, 0, 0), rule) == "adopted"
    assert rules.decide(HandCount(5, 2, 2, 0, 0), rule) == "no_quorum"


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(DECISION_RULES)),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_fractions_are_exact_and_more_votes_never_hurt(name, yes, no, abstain, absent):
    rule, present = DECISION_RULES[name], yes + no + abstain
    due = present + absent
    found = rules.decide(HandCount(due, present, yes, no, abstain), rule)
    more = rules.decide(HandCount(due + 1, present + 1, yes + 1, no, abstain), rule)
    if found == "adopted":
        assert more == "adopted"
        base = due if rule.base == "due" else present
        num, den, op = rule.adopt
        assert den * yes > num * base or (op == "GE" and den * yes == num * base)
        # Nobody is adopted by fewer than half of those it is measured on.
        assert 2 * yes >= base
    assert not rule.proxies


def test_speakers_and_seats_are_titles_of_their_body():
    for body in Body:
        assert SPEAKERS[body] <= set(TITLES[body])
        assert SEATS[body] <= set(TITLES[body])
        assert SPEAKERS[body]
    assert {k.value for k in PartyKind} >= {"police", "legal", "volunteers", "social_work"}


def codes(found):
    return [b.code for b in found]


@pytest.mark.parametrize(
    ("level", "building", "name", "contact", "expected"),
    [
        (1, None, "样街道党工委", "", []),
        (4, 1, "1栋党小组", "样本 138", []),
        (4, None, "1栋党小组", "", ["party_building_missing"]),
        (4, 9, "9栋党小组", "", ["no_such_building"]),
        (3, 1, "样小区党支部", "", ["no_such_building"]),
        (0, None, "", "", ["party_level_unknown", "body_name_missing"]),
        (5, None, "长" * 61, "", ["party_level_unknown", "text_too_long"]),
        (2, None, "样社区党委", "长" * 121, ["text_too_long"]),
    ],
)
def test_rungs(level, building, name, contact, expected):
    assert codes(rules.party_group_blockers(level, building, {1, 2}, name, contact)) == expected


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("police", "样派出所", []),
        ("legal", "样律所", ["party_already_there"]),
        ("army", "", ["party_kind_unknown", "body_name_missing"]),
    ],
)
def test_parties(kind, name, expected):
    assert codes(rules.party_blockers(kind, name, "", {("legal", "样律所")})) == expected
