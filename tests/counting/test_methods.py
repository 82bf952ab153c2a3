"""How marks are read and how each method decides; ties are told, never drawn."""

from __future__ import annotations

import pytest

from hall.counting import (
    METHODS,
    Method,
    Pile,
    Question,
    Verdict,
    Weight,
    decide,
    decide_figures,
    read_marks,
    register,
)
from hall.counting.outcome import Figures
from hall.counting.piles import totals_of
from tests.counting.helpers import ORDINARY, SPECIAL, pile

PLAN = Question("q", "single", ("a", "b"), matter=7)
MANY = Question("q", "approval", ("a", "b", "c"), matter=9)
SEATS = Question("q", "election", ("p", "q", "r", "s"), seats=2, matter=3)
MOTION = Question("q", "motion", matter=4)
TOTAL = pile(90, "9000")


@pytest.mark.parametrize(
    ("question", "marks", "options", "abstains", "invalid"),
    [
        (MOTION, ("for",), ("for",), False, ""),
        (MOTION, ("abstain",), (), True, ""),
        (MOTION, (), (), False, "blank"),
        (MOTION, ("for", "against"), (), False, "too_many"),
        (MOTION, ("for", "abstain"), (), False, "contradictory"),
        (MOTION, ("none",), (), False, "unknown_choice"),
        (MOTION, ("unreadable",), (), False, "unreadable"),
        (MOTION, ("yes",), (), False, "unknown_choice"),
        (PLAN, ("a",), ("a",), False, ""),
        (PLAN, ("none",), ("none",), False, ""),
        (PLAN, ("a", "b"), (), False, "too_many"),
        (PLAN, ("a", "none"), (), False, "contradictory"),
        (PLAN, ("for",), (), False, "unknown_choice"),
        (MANY, ("c", "a"), ("a", "c"), False, ""),
        (MANY, ("a", "b", "c"), ("a", "b", "c"), False, ""),
        (MANY, ("a", "none"), (), False, "contradictory"),
        (SEATS, ("s", "p"), ("p", "s"), False, ""),
        (SEATS, ("p", "q", "r"), (), False, "too_many"),
        (SEATS, ("none",), ("none",), False, ""),
        (SEATS, ("p", "abstain"), (), False, "contradictory"),
        (SEATS, ("p", "p"), ("p",), False, ""),
    ],
)
def test_reading(question, marks, options, abstains, invalid):
    reading = read_marks(question, marks)
    assert (reading.options, reading.abstains, reading.invalid) == (options, abstains, invalid)


def count(question, groups, total=TOTAL):
    return totals_of(question, total, groups, "NOT_PARTICIPATING")


def test_single_the_option_that_reaches_its_class_in_both_weights():
    totals = count(PLAN, {("a",): pile(45, "4500"), ("b",): pile(15, "1500")})
    assert decide(totals, SPECIAL).winners == ("a",)
    outcome = decide(count(PLAN, {("a",): pile(44, "4600"), ("b",): pile(16, "1400")}), SPECIAL)
    assert outcome.verdict is Verdict.NOT_ADOPTED
    assert outcome.reasons == ("no_option_reaches",)


def test_single_abstentions_stand_in_the_denominator():
    groups = {("a",): pile(45, "4500"), ("abstain",): pile(16, "1500")}
    assert decide(count(PLAN, groups), SPECIAL).verdict is Verdict.NOT_ADOPTED  # 180 < 183


def test_single_none_of_these_can_prevail_and_adopts_nothing():
    outcome = decide(count(PLAN, {("none",): pile(50, "5000"), ("a",): pile(10, "1000")}), ORDINARY)
    assert outcome.verdict is Verdict.NOT_ADOPTED
    assert outcome.winners == ()
    assert outcome.reasons == ("none_of_these_prevails",)


def test_single_without_quorum_has_no_winner():
    outcome = decide(count(PLAN, {("a",): pile(59, "5900")}), ORDINARY)
    assert outcome.verdict is Verdict.NO_QUORUM
    assert outcome.winners == ()


def test_approval_each_option_by_itself():
    groups = {
        ("a", "b"): pile(31, "3100"),
        ("b",): pile(20, "2000"),
        ("c",): pile(9, "900"),
    }
    outcome = decide(count(MANY, groups), ORDINARY)
    assert outcome.verdict is Verdict.ADOPTED
    assert outcome.winners == ("b", "a")
    assert outcome.option("c").passed is False


def test_approval_nothing_reaches():
    groups = {("a",): pile(30, "3000"), ("b",): pile(30, "3000")}
    outcome = decide(count(MANY, groups), ORDINARY)
    assert outcome.verdict is Verdict.NOT_ADOPTED


# --- elections -------------------------------------------------------------------------------


def test_election_heads_rank_before_area():
    groups = {
        ("p", "q"): pile(20, "2000"),
        ("p", "r"): pile(15, "1000"),
        ("q", "r"): pile(18, "2500"),
        ("s",): pile(7, "500"),
    }
    # p 35 heads 3 000 m² (half: fails), q 38 / 4 500, r 33 / 3 500 of 60 / 6 000
    outcome = decide(count(SEATS, groups), ORDINARY)
    assert outcome.winners == ("q", "r")
    assert outcome.option("p").passed is False
    assert [outcome.option(k).rank for k in "pqrs"] == [2, 1, 3, 4]


def test_election_equal_heads_the_larger_area_goes_first():
    groups = {
        ("p", "q"): pile(20, "2000"),
        ("p", "r"): pile(20, "1990"),
        ("q", "r"): pile(20, "2010"),
    }
    # p 40 / 3 990, q 40 / 4 010, r 40 / 4 000
    outcome = decide(count(SEATS, groups), ORDINARY)
    assert outcome.winners == ("q", "r")
    assert outcome.tied == ()
    only_heads = decide(count(SEATS, groups), ORDINARY, tiebreak=("HEADS", "RUNOFF"))
    assert only_heads.winners == ()
    assert only_heads.tied == (("p", "q", "r"),)
    assert only_heads.verdict is Verdict.INCONCLUSIVE
    assert only_heads.reasons == ("runoff_needed",)
    area_first = decide(count(SEATS, groups), ORDINARY, tiebreak=("AREA", "HEADS", "RUNOFF"))
    assert area_first.winners == ("q", "r")


def test_election_a_tie_at_the_last_seat_goes_to_a_second_vote():
    groups = {
        ("p", "q"): pile(25, "2500"),
        ("p", "r"): pile(25, "2500"),
        ("q", "r"): pile(10, "1000"),
    }
    # p 50, q 35, r 35, all by 100 m²
    outcome = decide(count(SEATS, groups), ORDINARY)
    assert outcome.winners == ("p",)
    assert outcome.tied == (("q", "r"),)
    assert outcome.vacancies == 1
    assert outcome.reasons == ("runoff_needed",)
    assert outcome.verdict is Verdict.ADOPTED


def test_election_a_tie_that_fits_the_seats_is_no_tie():
    groups = {("p", "q"): pile(60, "6000")}
    outcome = decide(count(SEATS, groups), ORDINARY)
    assert outcome.winners == ("p", "q")
    assert (outcome.tied, outcome.vacancies, outcome.reasons) == ((), 0, ())


def test_election_too_few_reach_half_by_election_for_the_rest():
    groups = {("p",): pile(31, "3100"), ("q",): pile(29, "2900")}
    outcome = decide(count(SEATS, groups), ORDINARY)
    assert outcome.winners == ("p",)
    assert outcome.vacancies == 1
    assert outcome.reasons == ("by_election_needed",)


def test_election_nobody_reaches_half():
    groups = {("p",): pile(30, "3000"), ("q",): pile(30, "3000")}
    outcome = decide(count(SEATS, groups), ORDINARY)
    assert outcome.verdict is Verdict.NOT_ADOPTED
    assert outcome.vacancies == 2


def test_election_advisory_is_a_plain_order_and_tells_a_tie():
    question = Question("q", "election", ("p", "q", "r"), seats=2)
    groups = {("p",): Pile(9, 0), ("q",): Pile(5, 0), ("r",): Pile(5, 0)}
    outcome = decide(count(question, groups, Pile(30, 0)), None)
    assert outcome.leading == ("p",)
    assert outcome.tied == (("q", "r"),)
    assert [outcome.option(k).rank for k in "pqr"] == [1, 2, 2]


def test_advisory_tie_for_first_has_no_leader():
    question = Question("q", "single", ("p", "q"))
    outcome = decide(count(question, {("p",): Pile(5, 0), ("q",): Pile(5, 0)}, Pile(30, 0)), None)
    assert outcome.leading == ()
    assert outcome.tied == (("p", "q"),)


def test_advisory_nobody_answered():
    question = Question("q", "single", ("p", "q"))
    outcome = decide(count(question, {}, Pile(30, 0)), None)
    assert (outcome.leading, outcome.tied) == ((), ())


# --- figures that are not stated -------------------------------------------------------------


def partial(part, yes):
    return Figures(MOTION, Weight(100, None), Weight(part, None), (("for", Weight(yes, None)),))


@pytest.mark.parametrize(
    ("part", "yes", "verdict", "reasons"),
    [
        (66, 66, "no_quorum", ("quorum_heads_missed", "not_stated")),
        (
            70,
            35,
            "inconclusive",
            ("not_stated", "approval_heads_missed", "not_adopted_in_any_case"),
        ),
        (70, 40, "inconclusive", ("not_stated",)),
    ],
)
def test_what_heads_alone_can_establish(part, yes, verdict, reasons):
    outcome = decide_figures(partial(part, yes), ORDINARY)
    assert outcome.verdict == verdict
    assert outcome.reasons == reasons


def test_an_election_without_areas_stays_open():
    figures = Figures(
        SEATS,
        Weight(90, None),
        Weight(60, None),
        tuple((k, Weight(40, None)) for k in ("p", "q", "r", "s", "none")),
    )
    outcome = decide_figures(figures, ORDINARY)
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert "not_stated" in outcome.reasons


def test_a_method_name_is_taken_once():
    with pytest.raises(ValueError, match="motion"):
        register(METHODS["motion"])
    assert isinstance(METHODS["single"], Method)


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda: count(MOTION, {("for",): pile(91, "9000")}), "part_exceeds_total"),
        (lambda: count(MOTION, {("for",): pile(90, "9000.01")}), "part_exceeds_total"),
        (lambda: count(MOTION, {}, Pile(0, 0)), "total_empty"),
        (lambda: count(MOTION, {}, Pile(5, 0)), "total_area_empty"),
    ],
)
def test_impossible_totals_are_refused(build, code):
    with pytest.raises(ValueError, match=code):
        build()


def test_piles_are_whole_numbers_and_never_negative():
    with pytest.raises(TypeError):
        Pile(1, 1.0)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Pile(True, 1)
    with pytest.raises(ValueError, match="negative"):
        Pile(1, 1) - Pile(2, 0)
