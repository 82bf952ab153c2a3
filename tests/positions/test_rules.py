"""Who may say what on a proposal, worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.bodies.rules import TITLES, Body
from hall.positions import rules
from hall.positions.rules import Barred, DeclaredInterest, Stance
from hall.proposals.rules.state import State

NOBODY = Barred()
OWN = rules.barred(4, [])
FAMILY = rules.barred(8, [DeclaredInterest("committee", 7, "family", "女婿是投标人")])
FOUNDER = DeclaredInterest("community", None, "contract", "公司由本社区创办")


def codes(found):
    return [b.code for b in found]


@pytest.mark.parametrize(
    ("stance", "reason", "expected"),
    [
        ("support", "", []),
        ("abstain", "", []),
        ("recused", "", []),
        ("conditional", "", ["stance_reason_missing"]),
        ("reserved", "", ["stance_reason_missing"]),
        ("object", "", ["stance_reason_missing"]),
        ("object", "离住宅太近", []),
        ("support", "长" * 200, []),
        ("support", "长" * 201, ["text_too_long"]),
        ("", "", ["stance_missing"]),
        ("maybe", "", ["stance_missing"]),
    ],
)
def test_reasons(stance, reason, expected):
    found = rules.take_blockers(State.DISCUSSING, NOBODY, "grid", {1}, stance, reason)
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.DRAFT, ["proposal_not_let_in"]),
        (State.SUBMITTED, ["proposal_not_let_in"]),
        (State.DECLINED, ["proposal_not_let_in"]),
        (State.DISCUSSING, []),
        (State.READY, []),
        (State.SETTLED, ["proposal_over"]),
        (State.WITHDRAWN, ["proposal_over"]),
    ],
)
def test_states(state, expected):
    assert codes(rules.take_blockers(state, NOBODY, "grid", {1}, "support", "")) == expected


@pytest.mark.parametrize("stance", Stance)
def test_on_its_own_contract_the_company_only_recuses_itself(stance):
    found = rules.take_blockers(State.READY, OWN, "property", {1}, stance, "说明情况")
    assert codes(found) == ([] if stance is Stance.RECUSED else ["body_can_only_recuse"])
    assert rules.take_blockers(State.READY, OWN, "grid", {1}, stance, "说明情况") == []


@pytest.mark.parametrize("matter", [None, 1, 2, 3, 5, 6, 7, 8, 9])
def test_on_other_matters_it_speaks(matter):
    assert rules.barred(matter, []) == NOBODY


def test_a_person_with_an_interest_is_silent_and_his_body_is_not():
    mine = rules.take_blockers(State.READY, FAMILY, "committee", {7, 9}, "recused", "")
    assert codes(mine) == ["person_has_interest"]
    assert rules.take_blockers(State.READY, FAMILY, "committee", {8}, "support", "") == []


def test_a_declaration_says_more_than_the_rule():
    own = DeclaredInterest("property", None, "contract", "续聘的就是我们")
    who = rules.barred(4, [own, FOUNDER])
    assert [(b.body, b.kind) for b in who.bodies] == [
        ("property", "contract"),
        ("community", "contract"),
    ]


@pytest.mark.parametrize(
    ("held", "kind", "text", "expected"),
    [
        ([], "contract", "公司由本社区创办", []),
        ([FOUNDER], "money", "又来", ["interest_already_declared"]),
        ([], "gossip", "", ["interest_kind_missing", "interest_text_missing"]),
        ([], "other", "长" * 201, ["text_too_long"]),
    ],
)
def test_declaring(held, kind, text, expected):
    wanted = DeclaredInterest("community", None, kind, text)
    assert codes(rules.declare_blockers(State.DISCUSSING, held, wanted)) == expected


def test_ending_takes_another_body_and_a_reason():
    at = datetime(2026, 5, 6, tzinfo=UTC)
    assert rules.end_blockers(None, "committee", "branch", "亲属已离职") == []
    assert codes(rules.end_blockers(at, "committee", "committee", "")) == [
        "interest_ended",
        "interest_of_own_body",
        "interest_end_reason_missing",
    ]


def test_only_speakers_speak():
    can = {(b.value, t.value) for b in Body for t in TITLES[b] if rules.may_speak(b, t)}
    assert can == {
        ("community", "secretary"), ("community", "staff"), ("branch", "secretary"), ("branch", "member"),
        ("committee", "chair"), ("committee", "vice_chair"), ("committee", "member"),
        ("grid", "worker"), ("property", "staff"),
    }  # fmt: skip
    assert not rules.may_speak("parliament", "chair")


def test_silence_is_counted_in_days_of_shanghai():
    opened = datetime(2026, 5, 6, 15, 0, tzinfo=UTC)  # 23:00 on 6 May
    assert rules.days_empty(opened, opened + timedelta(minutes=59)) == 0
    assert rules.days_empty(opened, opened + timedelta(hours=1)) == 1
    assert rules.days_empty(opened, opened - timedelta(days=3)) == 0


INTERESTS = st.builds(
    DeclaredInterest,
    st.sampled_from([b.value for b in Body]),
    st.none() | st.integers(1, 5),
    st.sampled_from(rules.KINDS),
    st.just("有关"),
)


@settings(max_examples=60)
@given(
    st.lists(INTERESTS, max_size=6),
    st.sampled_from([None, 4, 8]),
    st.sampled_from([b.value for b in Body]),
    st.sampled_from(list(Stance)),
    st.integers(1, 5),
)
def test_nobody_barred_ever_speaks_and_nobody_else_is_kept_from_it(
    declared, matter, body, stance, person
):
    who = rules.barred(matter, declared)
    free = not rules.take_blockers(State.READY, who, body, {person}, stance, "理由")
    whole = any(i.body == body and i.person_id is None for i in declared)
    whole = whole or (matter == 4 and body == "property")
    own = any(i.person_id == person for i in declared)
    assert free == (not own and (stance is Stance.RECUSED or not whole))
