"""The worked examples E1–E9 of the rule book §6, each with its own numbers."""

from __future__ import annotations

import pytest

from hall.areas import parse_m2, percent
from hall.counting import (
    EMPTY,
    Entry,
    Pile,
    Policy,
    Verdict,
    decide,
    results,
    tally,
)
from tests.counting.helpers import MOTION, ORDINARY, SPECIAL, block, motion, pile, rule, sheet

POLICY = Policy("NOT_PARTICIPATING", "FIRST_VALID_WINS", "NOT_PARTICIPATING")


def missed(outcome) -> set[str]:
    return {f"{g.test}_{g.weight}" for g in outcome.gates if g.passed is False}


# --- E1 renewal of the manager ---------------------------------------------------------------

E1 = pile(238, "28560.00")


def test_e1_lines_are_159_heads_and_19040_m2():
    gates = decide(motion(E1, EMPTY, EMPTY), rule(4)).quorum
    assert [g.least for g in gates] == [159, parse_m2("19040.00")]
    assert [g.missing for g in gates] == [159, parse_m2("19040.00")]


@pytest.mark.parametrize(
    ("part", "yes", "rules", "verdict"),
    [
        (pile(158, "18960.00"), pile(158, "18960.00"), "CN-2021", "no_quorum"),
        (pile(159, "19080.00"), pile(80, "9600.00"), "CN-2021", "adopted"),
        (pile(159, "19080.00"), pile(79, "9480.00"), "CN-2021", "not_adopted"),
        (pile(159, "19080.00"), pile(80, "9600.00"), "CN-2007", "not_adopted"),
    ],
)
def test_e1(part, yes, rules, verdict):
    assert decide(motion(E1, part, yes), rule(4, rules)).verdict == verdict


def test_e1_d_needs_120_of_everyone_before_2021():
    outcome = decide(motion(E1, pile(159, "19080.00"), pile(80, "9600.00")), rule(4, "CN-2007"))
    heads = outcome.gates[2]
    assert (heads.part, heads.whole, heads.least, heads.missing) == (80, 238, 120, 40)


def test_e1_percentage_is_cut_not_rounded():
    assert percent(158, 238) == "66.38%"


# --- E2 the class comes from the matter ------------------------------------------------------

E2 = motion(
    pile(157, "10000.00"),
    pile(112, "7134.20"),
    pile(86, "5340.10"),
    pile(20, "1310.00"),
    pile(6, "484.10"),
)


def test_e2_as_matter_9_adopted_as_matter_6_not():
    assert decide(E2, rule(9)).verdict is Verdict.ADOPTED
    as_special = decide(E2, rule(6))
    assert as_special.verdict is Verdict.NOT_ADOPTED
    assert missed(as_special) == {"approval_area"}
    assert percent(86, 112) == "76.78%"
    assert percent(parse_m2("5340.10"), parse_m2("7134.20")) == "74.85%"


@pytest.mark.parametrize(("m2", "met"), [("6666.67", True), ("6666.66", False)])
def test_e2_quorum_area(m2, met):
    outcome = decide(motion(pile(157, "10000.00"), pile(105, m2), EMPTY), rule(9))
    assert outcome.quorum[1].passed is met
    assert outcome.quorum[0].passed is True


# --- E3–E5 the exact fractions ---------------------------------------------------------------

T90 = pile(90, "9000.00")


@pytest.mark.parametrize(
    ("part", "quorate"),
    [
        (pile(60, "6000.00"), True),
        (pile(60, "5999.99"), False),
        (Pile(60, parse_m2("6000.00") - 1), False),
        (pile(59, "6000.00"), False),
    ],
)
def test_e3_exactly_two_thirds(part, quorate):
    verdict = decide(motion(T90, part, part), ORDINARY).verdict
    assert verdict == ("adopted" if quorate else "no_quorum")


@pytest.mark.parametrize(
    ("yes", "verdict", "lines"),
    [
        (pile(30, "3600.00"), "not_adopted", {"approval_heads"}),
        (pile(31, "3000.00"), "not_adopted", {"approval_area"}),
        (pile(31, "3000.01"), "adopted", set()),
        (Pile(31, parse_m2("3000.00") + 1), "adopted", set()),
    ],
)
def test_e4_exactly_half_fails(yes, verdict, lines):
    outcome = decide(motion(T90, pile(60, "6000.00"), yes), ORDINARY)
    assert outcome.verdict == verdict
    assert missed(outcome) == lines


@pytest.mark.parametrize(
    ("yes", "verdict", "lines"),
    [
        (pile(45, "4500.00"), "adopted", set()),
        (pile(45, "4499.99"), "not_adopted", {"approval_area"}),
        (Pile(45, parse_m2("4500.00") - 1), "not_adopted", {"approval_area"}),
        (pile(44, "5000.00"), "not_adopted", {"approval_heads"}),
    ],
)
def test_e5_exactly_three_quarters_passes(yes, verdict, lines):
    outcome = decide(motion(T90, pile(60, "6000.00"), yes), SPECIAL)
    assert outcome.verdict == verdict
    assert missed(outcome) == lines


# --- E6 one owner, fifteen flats -------------------------------------------------------------


def test_e6_fifteen_flats_are_one_head_with_all_their_area():
    """407 heads for, 414 against; the owner of 15 flats counts once and his area in full."""
    single = block("f", 406, "100") + block("a", 414, "100")
    flats = [Entry(f"m{i:02}", "multi", 1 if i == 0 else 0, parse_m2("100")) for i in range(15)]
    sheets = [sheet(e.id, "against" if e.id.startswith("a") else "for") for e in single + flats]
    counted = tally(single + flats, sheets, [MOTION], POLICY, [ORDINARY])
    totals = counted.totals[0]
    assert totals.option("for") == pile(407, "42100.00")
    assert totals.option("against") == pile(414, "41400.00")
    assert totals.participating.heads == 821
    outcome = decide(totals, ORDINARY)
    assert outcome.verdict is Verdict.NOT_ADOPTED
    assert missed(outcome) == {"approval_heads"}  # his 15 areas count in full: the area line passes
    wrong = decide(motion(pile(835, "83500"), pile(835, "83500"), pile(421, "42100")), ORDINARY)
    assert wrong.verdict is Verdict.ADOPTED  # what the organiser counted, and the court revoked


def test_e6_sheets_in_a_name_that_is_not_on_the_title_never_count():
    entries = block("e", 129, "100")
    sheets = [
        sheet(e.id, "for", flaw="identity_invalid" if n < 114 else "")
        for n, e in enumerate(entries)
    ]
    counted = tally(entries, sheets, [MOTION], POLICY, [ORDINARY])
    assert counted.totals[0].participating.heads == 15
    assert [a.reason for a in counted.set_aside] == ["identity_invalid"] * 114


# --- E7 the developer ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("developer_votes", "verdict"), [(False, "no_quorum"), (True, "not_adopted")]
)
def test_e7_developer_is_one_head_with_fifty_flats(developer_votes, verdict):
    entries = [*block("o", 200, "100"), Entry("dev", "dev", 1, parse_m2("5000"))]
    sheets = [sheet(e.id, "for" if n < 100 else "against") for n, e in enumerate(entries[:150])]
    if developer_votes:
        sheets.append(sheet("dev", "against"))
    counted = tally(entries, sheets, [MOTION], POLICY, [ORDINARY])
    outcome = decide(counted.totals[0], ORDINARY)
    assert counted.total == pile(201, "25000.00")
    assert [g.least for g in outcome.quorum] == [134, -(-2 * parse_m2("25000") // 3)]
    assert outcome.verdict == verdict
    assert missed(outcome) & {"participation_area", "approval_area"}
    if not developer_votes:
        assert percent(150, 201) == "74.62%"


# --- E8 co-owners disagree -------------------------------------------------------------------


def e8(nominee: str | None = None):
    """Unit 101 (120 m²), 60 others who vote (5 950 m², 40 for with 4 000 m²), 29 who do not."""
    voters = [*block("f", 39, "100"), Entry("f999", "f999", 1, parse_m2("100"))]
    against = [*block("a", 19, "100"), Entry("a999", "a999", 1, parse_m2("50"))]
    absent = [*block("z", 28, "100"), Entry("z999", "z999", 1, parse_m2("130"))]
    flat = Entry("101", "A+B", 1, parse_m2("120"), representative=nominee)
    sheets = [sheet(e.id, "for") for e in voters] + [sheet(e.id, "against") for e in against]
    sheets += [
        sheet("101", "for", signer="A", on=2),
        sheet("101", "against", channel="paper", signer="B", on=3),
    ]
    return tally([*voters, *against, *absent, flat], sheets, [MOTION], POLICY, [ORDINARY])


def test_e8_conflict_is_not_counted_and_the_warning_says_it_decides_the_quorum():
    counted = e8()
    assert counted.total == T90
    assert counted.contested == ("101",)
    assert {(a.sheet, a.reason) for a in counted.set_aside} == {
        ("online-101-2", "contested"),
        ("paper-101-3", "contested"),
    }
    (found,) = results(counted, [ORDINARY])
    assert counted.totals[0].participating == pile(60, "5950.00")
    assert found.outcome.verdict is Verdict.NO_QUORUM
    (caution,) = found.cautions
    assert caution.code == "contested_decides_quorum"
    assert caution.facts == {"entries": 1, "heads": 1, "area_cm2": parse_m2("120")}


def test_e8_a_joint_nomination_settles_it():
    counted = e8(nominee="A")
    (found,) = results(counted, [ORDINARY])
    assert counted.totals[0].participating == pile(61, "6070.00")
    assert found.outcome.verdict is Verdict.ADOPTED  # 82 > 61, 8 240 > 6 070
    assert [(a.sheet, a.reason) for a in counted.set_aside] == [
        ("paper-101-3", "not_representative")
    ]


def test_e8_two_co_owners_who_agree_are_no_conflict():
    flat = Entry("101", "A+B", 1, parse_m2("120"))
    sheets = [sheet("101", "for", signer="A"), sheet("101", "for", signer="B", on=2)]
    counted = tally([flat], sheets, [MOTION], POLICY, [ORDINARY])
    assert counted.contested == ()
    assert counted.totals[0].option("for") == pile(1, "120")


# --- E9 abstentions take part ----------------------------------------------------------------


def test_e9_abstentions_count_in_the_denominator():
    totals = motion(
        pile(100, "10000"),
        pile(70, "7000"),
        pile(34, "3500"),
        pile(20, "2000"),
        pile(16, "1500"),
    )
    outcome = decide(totals, ORDINARY)
    assert outcome.verdict is Verdict.NOT_ADOPTED
    assert missed(outcome) == {"approval_heads", "approval_area"}
