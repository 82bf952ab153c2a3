"""The worked examples E10–E16 of the rule book §6: where a frozen policy or the kind of vote decides."""

from __future__ import annotations

import pytest

from hall.areas import parse_m2, percent
from hall.counting import (
    EMPTY,
    Deemed,
    Entry,
    Pile,
    Policy,
    Question,
    Verdict,
    Weight,
    decide,
    decide_figures,
    question_result,
    results,
    tally,
)
from hall.counting.outcome import Figures
from hall.counting.piles import totals_of
from hall.rulesets.rules import missing_policies, preset
from tests.counting.helpers import MOTION, ORDINARY, SPECIAL, block, motion, pile, rule, sheet

T90 = pile(90, "9000.00")
POLICY = Policy("NOT_PARTICIPATING", "FIRST_VALID_WINS", "NOT_PARTICIPATING")


# --- E10 invalid marks -----------------------------------------------------------------------


def e10(policy: str):
    groups = {
        ("for",): pile(36, "3560"),
        ("against",): pile(30, "3080"),
        (): pile(4, "360"),
    }
    return totals_of(MOTION, pile(100, "10000"), groups, policy)


@pytest.mark.parametrize(
    ("policy", "part", "verdict", "other_policy", "other"),
    [
        ("NOT_PARTICIPATING", pile(66, "6640"), "no_quorum", "AS_ABSTAIN", "adopted"),
        ("AS_ABSTAIN", pile(70, "7000"), "adopted", "NOT_PARTICIPATING", "no_quorum"),
    ],
)
def test_e10_the_frozen_policy_decides_and_the_other_is_shown(
    policy, part, verdict, other_policy, other
):
    totals = e10(policy)
    found = question_result(totals, ORDINARY)
    assert totals.participating == part
    assert totals.invalid_reasons == (("blank", pile(4, "360")),)
    assert found.outcome.verdict == verdict
    assert found.sensitivity is not None
    assert found.sensitivity.invalid_marks == other_policy
    assert found.sensitivity.outcome.verdict == other
    assert [c.code for c in found.cautions] == ["invalid_marks_decide"]


def test_e10_without_a_frozen_policy_nothing_is_counted_or_noticed():
    with pytest.raises(ValueError, match="invalid_marks_policy_missing"):
        totals_of(MOTION, pile(1, "1"), {}, None)
    assert "invalid_marks" in missing_policies(preset("CN-2007"))


# --- E11 paper and online --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "yes", "verdict"),
    [
        ("FIRST_VALID_WINS", pile(31, "3100"), "adopted"),
        ("PAPER_PREVAILS", pile(30, "3000"), "not_adopted"),
        ("ONLINE_PREVAILS", pile(31, "3100"), "adopted"),
    ],
)
def test_e11_one_entry_counts_once_by_the_frozen_priority(policy, yes, verdict):
    entries = [
        *block("o", 59, "100"),
        Entry("502", "502", 1, parse_m2("100")),
        *block("z", 30, "100"),
    ]
    sheets = [sheet(e.id, "for" if n < 30 else "against") for n, e in enumerate(entries[:59])]
    sheets += [sheet("502", "for", on=3), sheet("502", "against", channel="paper", on=6)]
    counted = tally(
        entries,
        reversed(sheets),
        [MOTION],
        Policy("NOT_PARTICIPATING", policy, "NOT_PARTICIPATING"),
        [ORDINARY],
    )
    totals = counted.totals[0]
    assert totals.participating == pile(60, "6000")
    assert totals.option("for") == yes
    assert decide(totals, ORDINARY).verdict == verdict
    (aside,) = counted.set_aside
    assert aside.reason == "duplicate"
    assert aside.kept in counted.counted


# --- E12 sale after the freeze ---------------------------------------------------------------


def e12(*, c_votes_302: bool, a_cast: bool = False):
    others = block("f", 31, "100") + block("a", 27, "100") + [Entry("a999", "a", 1, parse_m2("80"))]
    flats = [Entry("302", "A", 1, parse_m2("110")), Entry("303", "C", 1, parse_m2("100"))]
    # The rest of the frozen roll: 29 heads, 2 910 m², silent.
    absent = [*block("z", 28, "100"), Entry("z999", "z", 1, parse_m2("110"))]
    sheets = [sheet(e.id, "for" if e.id[0] == "f" else "against") for e in others]
    sheets.append(sheet("303", "for", on=4, owner="C"))
    if a_cast:
        sheets.append(sheet("302", "against", on=2))
    elif c_votes_302:
        sheets.append(sheet("302", "for", on=6, owner="C"))
    return tally([*others, *flats, *absent], sheets, [MOTION], POLICY, [ORDINARY])


def test_e12_c_the_buyer_is_one_head_with_both_areas():
    counted = e12(c_votes_302=True)
    assert counted.total == pile(90, "9000")  # the frozen total does not move
    assert counted.totals[0].participating == pile(60, "6090")
    assert decide(counted.totals[0], ORDINARY).quorum[1].passed is True


def test_e12_c_refusing_302_would_miss_the_quorum():
    counted = e12(c_votes_302=False)
    assert counted.totals[0].participating == pile(60, "5980")
    assert decide(counted.totals[0], ORDINARY).verdict is Verdict.NO_QUORUM


def test_e12_a_the_sellers_sheet_stands():
    counted = e12(c_votes_302=False, a_cast=True)
    assert counted.totals[0].participating == pile(61, "6090")  # A and C are two heads
    assert counted.totals[0].option("against").heads == 29


# --- E13 one building, E14 one entrance ------------------------------------------------------


def e13(yes: int, *, with_multi: bool):
    flats = [Entry("m1", "M", 1, parse_m2("100")), Entry("m2", "M", 0, parse_m2("100"))]
    entries = flats + block("s", 22, "100")
    single = [e for e in entries if e.owner != "M"]
    chosen = (flats if with_multi else []) + single[: yes - with_multi]
    rest = single[yes - with_multi : 15]
    sheets = [sheet(e.id, "for") for e in chosen] + [sheet(e.id, "against") for e in rest]
    if not with_multi:
        sheets += [sheet(e.id, "against") for e in flats]
    return tally(entries, sheets, [MOTION], POLICY, [ORDINARY])


@pytest.mark.parametrize(
    ("yes", "with_multi", "for_pile", "verdict"),
    [(8, True, pile(8, "900"), "not_adopted"), (9, False, pile(9, "900"), "adopted")],
)
def test_e13_building_scope(yes, with_multi, for_pile, verdict):
    counted = e13(yes, with_multi=with_multi)
    outcome = decide(counted.totals[0], rule(5))
    assert counted.total == pile(23, "2400.00")
    assert [g.least for g in outcome.quorum] == [16, parse_m2("1600.00")]
    assert counted.totals[0].participating == pile(16, "1700.00")
    assert counted.totals[0].option("for") == for_pile
    assert outcome.verdict == verdict


@pytest.mark.parametrize(
    ("part", "yes", "verdict"),
    [
        (pile(10, "900"), pile(8, "720"), "adopted"),
        (pile(10, "900"), pile(7, "630"), "not_adopted"),
        (pile(8, "720"), pile(6, "540"), "adopted"),
        (pile(7, "630"), pile(7, "630"), "no_quorum"),
    ],
)
def test_e14_lift_at_one_entrance(part, yes, verdict):
    outcome = decide(motion(pile(12, "1080"), part, yes), rule(7))
    assert [g.least for g in outcome.quorum] == [8, parse_m2("720")]
    assert outcome.verdict == verdict


# --- E15 silent votes ------------------------------------------------------------------------


def e15(deemed: Deemed | None, m2_each: int = 100):
    def at(heads: int) -> Pile:
        return pile(heads, str(heads * m2_each))

    return motion(at(1291), at(703), at(417), at(278), at(8), deemed=deemed)


def test_e15_without_a_clause_no_quorum():
    outcome = decide(e15(None), ORDINARY)
    assert outcome.verdict is Verdict.NO_QUORUM
    assert percent(703, 1291) == "54.45%"


def test_e15_with_the_clause_adopted_and_said_to_depend_on_it():
    deemed = Deemed("FOLLOW_MAJORITY", "for", pile(584, "58400"))
    found = question_result(e15(deemed), ORDINARY)
    heads = found.outcome.gates[2]
    assert (heads.part, heads.whole) == (1001, 1287)
    assert percent(1001, 1287) == "77.77%"
    assert found.outcome.verdict is Verdict.ADOPTED
    assert found.outcome.actual is not None
    assert found.outcome.actual.verdict is Verdict.NO_QUORUM
    assert found.outcome.depends_on_deemed
    assert [c.code for c in found.cautions] == ["deemed_decides"]


def test_e15_real_case_has_heads_only_so_only_the_negative_can_be_established():
    def heads(n: int) -> Weight:
        return Weight(n, None)

    plain = Figures(MOTION, heads(1291), heads(703), (("for", heads(417)), ("against", heads(278))))
    assert decide_figures(plain, ORDINARY).verdict is Verdict.NO_QUORUM
    full = Figures(
        MOTION, heads(1291), heads(1287), (("for", heads(1001)), ("against", heads(278)))
    )
    outcome = decide_figures(full, ORDINARY)
    assert outcome.verdict is Verdict.INCONCLUSIVE
    assert [g.passed for g in outcome.gates] == [True, None, True, None]
    assert outcome.reasons == ("not_stated",)


def test_e15_tally_deems_only_delivered_and_silent_entries():
    entries = [
        *block("f", 417, "100"),
        *block("a", 278, "100"),
        *block("b", 8, "100"),
        *block("s", 584, "100", delivered=True),
        *block("u", 4, "100"),
    ]
    answers = {"f": "for", "a": "against", "b": "abstain"}
    sheets = [sheet(e.id, answers[e.id[0]]) for e in entries if e.id[0] in answers]
    policy = Policy("NOT_PARTICIPATING", "FIRST_VALID_WINS", "FOLLOW_MAJORITY")
    (found,) = results(tally(entries, sheets, [MOTION], policy, [ORDINARY]), [ORDINARY])
    assert found.totals.deemed == Deemed("FOLLOW_MAJORITY", "for", pile(584, "58400"))
    assert found.outcome.verdict is Verdict.ADOPTED
    (special,) = tally(entries, sheets, [MOTION], policy, [SPECIAL]).totals
    assert special.deemed == Deemed("FOLLOW_MAJORITY", None, EMPTY, "special_matter")


# --- E16 the branch's name -------------------------------------------------------------------


def test_e16_naming_poll_is_advisory_and_ordered():
    question = Question("q", "single", ("302", "qingyin", "other"))
    groups = {
        ("302",): Pile(84, 0),
        ("qingyin",): Pile(31, 0),
        ("other",): Pile(9, 0),
        ("none",): Pile(7, 0),
    }
    totals = totals_of(question, Pile(157, 0), groups, "NOT_PARTICIPATING")
    outcome = decide(totals, None)
    assert outcome.verdict is Verdict.ADVISORY
    assert outcome.winners == ()
    assert outcome.gates == ()
    assert outcome.leading == ("302",)
    assert [(o.key, o.rank) for o in outcome.options] == [
        ("302", 1),
        ("qingyin", 2),
        ("other", 3),
        ("none", 4),
    ]
    assert totals.participating.heads == 131
    assert percent(131, 157) == "83.43%"
    assert percent(84, 131) == "64.12%"
