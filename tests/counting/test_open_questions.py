"""Deeming, disputed sheets, late sheets, owners who answer twice: everything that is not one clear sheet."""

from __future__ import annotations

import pytest

from hall.areas import parse_m2
from hall.counting import (
    EMPTY,
    Deemed,
    Entry,
    Policy,
    Question,
    SetAside,
    Verdict,
    deem,
    results,
    tally,
)
from hall.counting.piles import totals_of
from tests.counting.helpers import (
    MOTION,
    ORDINARY,
    SPECIAL,
    block,
    day,
    motion,
    pile,
    sheet,
)

POLICY = Policy("NOT_PARTICIPATING", "FIRST_VALID_WINS", "NOT_PARTICIPATING")
TOTAL = pile(100, "10000")
SILENT = pile(20, "2000")


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "target", "reason"),
    [
        (pile(30, "3000"), pile(20, "2000"), EMPTY, "for", ""),
        (pile(20, "2000"), pile(30, "3000"), EMPTY, "against", ""),
        (pile(30, "2000"), pile(20, "3000"), EMPTY, None, "majority_unclear"),
        (pile(30, "3000"), pile(30, "3000"), EMPTY, None, "majority_unclear"),
        (pile(30, "3000"), pile(29, "3000"), EMPTY, None, "majority_unclear"),
        (pile(10, "1000"), pile(9, "900"), pile(11, "1100"), None, "majority_unclear"),
        (EMPTY, EMPTY, EMPTY, None, "no_sheets"),
    ],
)
def test_silence_follows_only_a_lead_in_heads_and_area(yes, no, abstain, target, reason):
    totals = motion(TOTAL, yes + no + abstain, yes, no, abstain)
    found = deem(totals, "FOLLOW_MAJORITY", ORDINARY, SILENT)
    assert found == Deemed("FOLLOW_MAJORITY", target, SILENT if target else EMPTY, reason)


def test_silence_as_abstention():
    totals = motion(TOTAL, pile(50, "5000"), pile(30, "3000"))
    assert deem(totals, "ABSTAIN", ORDINARY, SILENT) == Deemed("ABSTAIN", "abstain", SILENT)


@pytest.mark.parametrize(
    ("rule", "silent", "reason"),
    [
        (SPECIAL, SILENT, "special_matter"),
        (None, SILENT, "advisory"),
        (ORDINARY, EMPTY, "nobody_deemable"),
    ],
)
def test_silence_counts_for_nothing_here(rule, silent, reason):
    totals = motion(TOTAL, pile(50, "5000"), pile(30, "3000"))
    assert deem(totals, "FOLLOW_MAJORITY", rule, silent) == Deemed(
        "FOLLOW_MAJORITY", None, EMPTY, reason
    )


def test_silence_in_an_election_or_approval_has_no_opinion():
    question = Question("q", "approval", ("a", "b"), matter=9)
    totals = totals_of(question, TOTAL, {("a",): pile(50, "5000")}, "NOT_PARTICIPATING")
    found = deem(totals, "FOLLOW_MAJORITY", ORDINARY, SILENT)
    assert found == Deemed("FOLLOW_MAJORITY", None, EMPTY, "method_not_deemable")


def test_no_policy_is_no_default():
    totals = motion(TOTAL, pile(50, "5000"), pile(30, "3000"))
    with pytest.raises(ValueError, match="nonreturn_policy_missing"):
        deem(totals, None, ORDINARY, SILENT)
    assert deem(totals, "NOT_PARTICIPATING", ORDINARY, SILENT) is None


def test_nobody_is_deemed_who_returned_anything():
    """Model I5: blank, forged and late sheets are returned; undelivered entries are never deemed."""
    entries = [
        *block("f", 3, "100", delivered=True),
        *block("blank", 1, "100", delivered=True),
        *block("forged", 1, "100", delivered=True),
        *block("late", 1, "100", delivered=True),
        *block("board", 1, "100"),
        *block("silent", 2, "100", delivered=True),
    ]
    sheets = [
        *(sheet(f"f{n:03}", "for") for n in range(3)),
        sheet("blank000", ()),
        sheet("forged000", "for", flaw="identity_invalid"),
        sheet("late000", "for", on=12),
    ]
    policy = Policy("NOT_PARTICIPATING", "FIRST_VALID_WINS", "FOLLOW_MAJORITY", day(1), day(11))
    counted = tally(entries, sheets, [MOTION], policy, [ORDINARY])
    assert counted.silent == pile(2, "200")
    assert counted.totals[0].deemed == Deemed("FOLLOW_MAJORITY", "for", pile(2, "200"))
    assert SetAside("online-late000-12", "late000", "late") in counted.set_aside


def test_the_window_is_half_open():
    entries = block("e", 3, "100")
    sheets = [sheet("e000", "for", on=1), sheet("e001", "for", on=11), sheet("e002", "for", on=10)]
    policy = Policy("NOT_PARTICIPATING", "FIRST_VALID_WINS", "NOT_PARTICIPATING", day(1), day(11))
    counted = tally(entries, sheets, [MOTION], policy, [ORDINARY])
    assert counted.counted == ("online-e000-1", "online-e002-10")


# --- disputed sheets -------------------------------------------------------------------------


def disputed(n: int, mark: str = "for"):
    """90 heads; 59 + n take part if the disputed sheets count, 40 of them for."""
    entries = [*block("f", 40, "100"), *block("a", 19, "100"), *block("z", 31, "100")]
    sheets = [sheet(e.id, "for" if e.id[0] == "f" else "against") for e in entries[:59]]
    sheets += [sheet(f"z{i:03}", mark, disputed=True) for i in range(n)]
    return tally(entries, sheets, [MOTION], POLICY, [ORDINARY])


def test_a_decisive_disputed_sheet_leaves_the_result_open():
    (found,) = results(disputed(1), [ORDINARY])
    assert found.outcome.verdict is Verdict.INCONCLUSIVE
    assert found.outcome.reasons[-1] == "unresolved_sheets_decide"
    assert [c.code for c in found.cautions] == ["disputed_decides"]
    assert found.cautions[0].facts == {"sheets": 1, "heads": 1, "area_cm2": parse_m2("100")}


def test_a_disputed_sheet_that_decides_nothing_does_not():
    entries = [*block("f", 60, "100"), *block("z", 30, "100")]
    sheets = [sheet(e.id, "for") for e in entries[:60]]
    sheets.append(sheet("z000", "against", disputed=True))
    (found,) = results(tally(entries, sheets, [MOTION], POLICY, [ORDINARY]), [ORDINARY])
    assert found.outcome.verdict is Verdict.ADOPTED
    assert found.cautions == ()
    assert tally(entries, sheets, [MOTION], POLICY, [ORDINARY]).disputed == ("z000",)


def test_disputed_sheets_can_decide_who_is_elected():
    question = Question("q", "election", ("p", "q", "r"), 2, 3)
    entries = [*block("v", 60, "100"), *block("z", 5, "100")]
    marks = [("p", "q")] * 24 + [("p", "r")] * 20 + [("q", "r")] * 16
    sheets = [sheet(e.id, m) for e, m in zip(entries, marks, strict=False)]
    # p 44, q 40, r 36: five more for r could put it before q
    sheets += [sheet(f"z{i:03}", ("r",), disputed=True) for i in range(5)]
    (found,) = results(tally(entries, sheets, [question], POLICY, [ORDINARY]), [ORDINARY])
    assert found.outcome.verdict is Verdict.INCONCLUSIVE
    few = [s for s in sheets if s.entry not in ("z000", "z001")]
    (found,) = results(tally(entries, few, [question], POLICY, [ORDINARY]), [ORDINARY])
    assert found.outcome.winners == ("p", "q")


def test_disputed_sheets_that_could_turn_the_deemed_majority_leave_it_open():
    entries = [
        *block("f", 31, "100"),
        *block("a", 30, "100"),
        *block("z", 2, "100"),
        *block("s", 29, "100", delivered=True),
    ]
    answers = {"f": "for", "a": "against"}
    sheets = [sheet(e.id, answers[e.id[0]]) for e in entries if e.id[0] in answers]
    sheets += [sheet("z000", "against", disputed=True), sheet("z001", "against", disputed=True)]
    policy = Policy("NOT_PARTICIPATING", "FIRST_VALID_WINS", "FOLLOW_MAJORITY")
    (found,) = results(tally(entries, sheets, [MOTION], policy, [ORDINARY]), [ORDINARY])
    assert found.outcome.verdict is Verdict.INCONCLUSIVE


# --- one owner, several entries; contested; impossible input --------------------------------


def test_an_owner_whose_entries_differ_is_counted_by_the_first_and_told():
    flats = [Entry("1", "A", 1, parse_m2("100")), Entry("2", "C", 1, parse_m2("50"))]
    sheets = [sheet("1", "against", on=5, owner="C"), sheet("2", "for", on=2)]
    counted = tally(flats, sheets, [MOTION], POLICY, [ORDINARY])
    assert counted.totals[0].option("for") == pile(1, "150")
    assert counted.mixed_owners == ("C",)
    (found,) = results(counted, [ORDINARY])
    assert "owners_answered_differently" in [c.code for c in found.cautions]


def test_a_blank_first_sheet_does_not_silence_the_owners_other_entry():
    flats = [Entry("1", "C", 1, parse_m2("100")), Entry("2", "C", 1, parse_m2("50"))]
    sheets = [sheet("1", (), on=1), sheet("2", "for", on=2)]
    counted = tally(flats, sheets, [MOTION], POLICY, [ORDINARY])
    assert counted.totals[0].option("for") == pile(1, "150")


def test_a_sheet_with_an_invalid_item_does_not_fall_back_to_the_online_answer():
    """Model §4.10: whole sheet replaces whole sheet."""
    sheets = [sheet("1", "for", on=1), sheet("1", ("for", "against"), channel="paper", on=2)]
    policy = Policy("NOT_PARTICIPATING", "PAPER_PREVAILS", "NOT_PARTICIPATING")
    entry = Entry("1", "A", 1, parse_m2("100"))
    totals = tally([entry], sheets, [MOTION], policy, [ORDINARY]).totals[0]
    assert totals.option("for") == EMPTY
    assert totals.invalid_reasons == (("too_many", pile(1, "100")),)


def test_a_contested_entry_that_could_decide_the_approval_is_told():
    entries = [
        *block("f", 31, "100"),
        *block("a", 31, "100"),
        *block("z", 1, "100", contested=True),
    ]
    sheets = [sheet(e.id, "against" if e.id[0] == "a" else "for") for e in entries]
    (found,) = results(tally(entries, sheets, [MOTION], POLICY, [ORDINARY]), [ORDINARY])
    assert found.outcome.verdict is Verdict.NOT_ADOPTED  # 31 of 62
    assert [c.code for c in found.cautions] == ["contested_could_decide"]


def test_a_contested_entry_that_decides_nothing_is_not_mentioned():
    entries = [
        *block("f", 40, "100"),
        *block("a", 20, "100"),
        *block("z", 1, "100", contested=True),
    ]
    sheets = [sheet(e.id, "against" if e.id[0] == "a" else "for") for e in entries]
    (found,) = results(tally(entries, sheets, [MOTION], POLICY, [ORDINARY]), [ORDINARY])
    assert found.outcome.verdict is Verdict.ADOPTED
    assert found.cautions == ()


def test_turnout_per_building_counts_a_head_once():
    flats = [
        Entry("1", "A", 1, parse_m2("100"), "1栋"),
        Entry("2", "B", 1, parse_m2("50"), "2栋"),
        Entry("3", "C", 1, parse_m2("70"), "2栋"),
    ]
    sheets = [sheet("1", "for"), sheet("2", "for", on=2, owner="A")]
    counted = tally(flats, sheets, [MOTION], POLICY, [ORDINARY])
    rows = [(g.group, g.total, g.returned) for g in counted.groups]
    assert rows == [
        ("1栋", pile(1, "100"), pile(1, "100")),
        ("2栋", pile(2, "120"), pile(0, "50")),
    ]
    assert counted.returned == pile(1, "150")


@pytest.mark.parametrize(
    ("entries", "sheets", "code"),
    [
        ([Entry("1", "A", 1, 5), Entry("1", "B", 1, 5)], [], "entry_repeated"),
        ([Entry("1", "A", 1, 5)], [sheet("2", "for")], "sheet_without_entry"),
        ([Entry("1", "A", 1, 5)], [sheet("1", "for"), sheet("1", "for")], "sheet_repeated"),
    ],
)
def test_impossible_input_is_refused(entries, sheets, code):
    with pytest.raises(ValueError, match=code):
        tally(entries, sheets, [MOTION], POLICY, [ORDINARY])


def test_without_a_duplicate_policy_nothing_is_counted():
    with pytest.raises(ValueError, match="duplicate_policy_missing"):
        tally([], [], [], Policy("AS_ABSTAIN", None, "NOT_PARTICIPATING"), [])
