"""Where a ballot stands, and every reason against casting, extending, voiding, counting, publishing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.areas import parse_m2
from hall.ballots.rules import (
    Answer,
    CastFacts,
    CountFacts,
    EntryFacts,
    ExtendFacts,
    Phase,
    PublishFacts,
    Times,
    VoidFacts,
    gap,
    groups_shown,
    latest_close,
    phase,
    why_not_cast,
    why_not_count,
    why_not_extend,
    why_not_publish,
    why_not_void,
)
from hall.counting import Pile, Question
from hall.rulesets.rules import Clause, preset, with_clauses

NOTICED = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
OPENS = datetime(2026, 6, 16, 16, 0, tzinfo=UTC)
CLOSES = datetime(2026, 6, 26, 12, 0, tzinfo=UTC)
COUNTED = CLOSES + timedelta(minutes=1)
PUBLISHED = CLOSES + timedelta(hours=1)
UNTIL = PUBLISHED + timedelta(days=8)
MICRO = timedelta(microseconds=1)
RULES = preset("CN-2021")
WITH_EXTENSION = with_clauses(RULES, {"extension.allowed": Clause(True, "第九条", "a" * 64)})

DRAFT = Times()
NOTICE = Times(NOTICED, OPENS, CLOSES)
COUNT = replace(NOTICE, counted_at=COUNTED)
OUT = replace(COUNT, published_at=PUBLISHED, objections_until=UNTIL)


def codes(blockers) -> list[str]:
    return [b.code for b in blockers]


@pytest.mark.parametrize(
    ("times", "now", "expected"),
    [
        (DRAFT, CLOSES, Phase.DRAFT),
        (replace(DRAFT, open_at=OPENS, close_at=CLOSES), CLOSES, Phase.DRAFT),
        (NOTICE, NOTICED, Phase.NOTICED),
        (NOTICE, OPENS - MICRO, Phase.NOTICED),
        (NOTICE, OPENS, Phase.OPEN),
        (NOTICE, CLOSES - MICRO, Phase.OPEN),
        (NOTICE, CLOSES, Phase.CLOSED),
        (NOTICE, CLOSES + timedelta(days=400), Phase.CLOSED),
        (COUNT, COUNTED, Phase.COUNTED),
        (OUT, PUBLISHED, Phase.PROVISIONAL),
        (OUT, UNTIL - MICRO, Phase.PROVISIONAL),
        (OUT, UNTIL, Phase.FINAL),
        (replace(OUT, open_objections=1), UNTIL + timedelta(days=9), Phase.PROVISIONAL),
        (replace(OUT, objections_until=None), PUBLISHED, Phase.FINAL),
        (replace(OUT, voided_at=PUBLISHED), UNTIL, Phase.VOID),
        (replace(DRAFT, voided_at=NOTICED), NOTICED, Phase.VOID),
    ],
)
def test_phase_moves_with_time_alone(times, now, expected):
    assert phase(times, now) is expected


def test_a_noticed_ballot_has_a_window():
    with pytest.raises(ValueError, match="window"):
        phase(Times(NOTICED, OPENS), OPENS)


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=60)), min_size=2, max_size=2))
def test_time_never_moves_a_ballot_back(steps):
    order = list(Phase)
    first, later = sorted(NOTICED + step for step in steps)
    assert order.index(phase(OUT, first)) <= order.index(phase(OUT, later))


# --- cast ------------------------------------------------------------------------------------

MINE = EntryFacts("2栋1单元502", entitled=True)
MOTION = Question("1", "motion", matter=4)
SEATS = Question("2", "election", ("a", "b", "c"), 2, 3)
GOOD = CastFacts(
    NOTICE,
    ("online",),
    (MINE,),
    answers=(Answer(MOTION, ("for",)), Answer(SEATS, ("a", "c"))),
    digest_now="d",
    digest_shown="d",
)
DURING = OPENS + timedelta(days=2)


def test_a_good_sheet_has_no_blockers():
    assert why_not_cast(GOOD, DURING) == ()
    assert why_not_cast(GOOD, OPENS) == ()
    assert why_not_cast(GOOD, CLOSES - MICRO) == ()


@pytest.mark.parametrize(
    ("change", "now", "expected"),
    [
        ({}, OPENS - MICRO, ["voting_not_open"]),
        ({}, CLOSES, ["voting_closed"]),
        ({"times": DRAFT}, DURING, ["ballot_not_noticed"]),
        ({"times": replace(NOTICE, voided_at=NOTICED)}, DURING, ["ballot_void"]),
        ({"channels": ("paper",)}, DURING, ["channel_not_offered"]),
        ({"entries": ()}, DURING, ["not_on_roll"]),
        ({"entries": (replace(MINE, entitled=False),)}, DURING, ["entry_not_yours"]),
        ({"entries": (replace(MINE, represented=True),)}, DURING, ["entry_represented_by_other"]),
        ({"entries": (replace(MINE, verified=False),)}, DURING, ["entry_unverified"]),
        ({"entries": (replace(MINE, contested=True, cast_at=OPENS),)}, DURING, ["entry_contested"]),
        (
            {"entries": (replace(MINE, cast_at=OPENS, cast_channel="online"),)},
            DURING,
            ["already_cast"],
        ),
        ({"digest_shown": "old"}, DURING, ["sheet_changed"]),
        ({"answers": (Answer(MOTION, ()),)}, DURING, ["answer_missing"]),
        ({"answers": (Answer(SEATS, ("a", "b", "c")),)}, DURING, ["answer_invalid"]),
        ({"answers": (Answer(MOTION, ("for", "abstain")),)}, DURING, ["answer_invalid"]),
        ({"answers": None, "digest_shown": ""}, DURING, []),
        (
            {
                "entries": (replace(MINE, cast_at=OPENS, cast_channel="online"),),
                "replaceable": True,
            },
            DURING,
            [],
        ),
    ],
)
def test_why_not_cast(change, now, expected):
    assert codes(why_not_cast(replace(GOOD, **change), now)) == expected


def test_all_reasons_come_at_once_with_their_facts():
    second = replace(MINE, label="2栋1单元503", cast_at=OPENS, cast_channel="paper")
    wrong = replace(
        GOOD, entries=(replace(MINE, entitled=False), second), answers=(Answer(MOTION, ()),)
    )
    found = why_not_cast(wrong, CLOSES)
    assert codes(found) == ["voting_closed", "entry_not_yours", "already_cast", "answer_missing"]
    assert found[2].facts == {"entry": "2栋1单元503", "at": OPENS, "channel": "paper"}
    early = why_not_cast(GOOD, OPENS - timedelta(days=1))
    assert early[0].not_before == OPENS


# --- extend, void ----------------------------------------------------------------------------


def extension(**change) -> ExtendFacts:
    return replace(
        ExtendFacts(NOTICE, WITH_EXTENSION, None, CLOSES + timedelta(days=10), "参与不够"), **change
    )


@pytest.mark.parametrize(
    ("change", "now", "expected"),
    [
        ({}, DURING, []),
        ({}, NOTICED, []),
        ({}, CLOSES - MICRO, []),
        ({}, CLOSES, ["voting_closed"]),
        ({"ruleset": RULES}, DURING, ["extension_not_allowed"]),
        ({"ruleset": None}, DURING, []),
        ({"extended_from": CLOSES - timedelta(days=5)}, DURING, ["already_extended"]),
        ({"new_close_at": CLOSES}, DURING, ["new_close_not_later"]),
        ({"new_close_at": CLOSES + timedelta(days=30)}, DURING, []),
        ({"new_close_at": CLOSES + timedelta(days=30) + MICRO}, DURING, ["extension_too_long"]),
        ({"reason": " "}, DURING, ["extension_reason_missing"]),
        ({"reason": None, "new_close_at": None}, DURING, []),
        ({"times": DRAFT}, DURING, ["ballot_not_noticed"]),
    ],
)
def test_why_not_extend(change, now, expected):
    assert codes(why_not_extend(extension(**change), now)) == expected


def test_the_latest_close_of_an_extension():
    assert latest_close(extension()) == CLOSES + timedelta(days=30)
    assert latest_close(extension(ruleset=RULES)) is None
    assert latest_close(extension(ruleset=None)) == CLOSES + timedelta(days=30)


@pytest.mark.parametrize(
    ("times", "reason", "now", "expected"),
    [
        (NOTICE, "议题写错", NOTICED, []),
        (NOTICE, "议题写错", DURING, []),
        (OUT, "程序有误", PUBLISHED, []),
        (OUT, "程序有误", UNTIL, ["ballot_final"]),
        (NOTICE, "", DURING, ["void_reason_missing"]),
        (NOTICE, None, DURING, []),
        (DRAFT, "x", DURING, ["ballot_not_noticed"]),
        (replace(NOTICE, voided_at=NOTICED), "x", DURING, ["ballot_void"]),
    ],
)
def test_why_not_void(times, reason, now, expected):
    assert codes(why_not_void(VoidFacts(times, reason), now)) == expected


# --- count, publish --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        (CountFacts(NOTICE), CLOSES, []),
        (CountFacts(NOTICE), CLOSES - MICRO, ["voting_not_closed"]),
        (CountFacts(COUNT, version=1), PUBLISHED, ["already_counted"]),
        (CountFacts(COUNT, version=1, reason="异议成立"), PUBLISHED, []),
        (CountFacts(COUNT, version=1, reason=""), PUBLISHED, ["recount_reason_missing"]),
        (CountFacts(NOTICE, unread_sheets=12), CLOSES, ["sheets_unread"]),
        (CountFacts(NOTICE, pending_deliveries=3), CLOSES, ["deliveries_pending"]),
        (
            CountFacts(NOTICE, roll_digest_frozen="a", roll_digest_now="b"),
            CLOSES,
            ["roll_digest_differs"],
        ),
        (CountFacts(replace(NOTICE, voided_at=OPENS)), CLOSES, ["ballot_void"]),
        (CountFacts(DRAFT), CLOSES, ["ballot_not_noticed"]),
    ],
)
def test_why_not_count(facts, now, expected):
    assert codes(why_not_count(facts, now)) == expected


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        (PublishFacts(COUNT), COUNTED, []),
        (PublishFacts(NOTICE), CLOSES, ["not_counted"]),
        (PublishFacts(NOTICE), DURING, ["voting_not_closed"]),
        (PublishFacts(OUT), PUBLISHED, ["already_published"]),
        (PublishFacts(COUNT, recount_matches=False), COUNTED, ["recount_differs"]),
        (PublishFacts(COUNT, disputed_sheets=1), COUNTED, ["sheets_disputed"]),
        (PublishFacts(replace(COUNT, voided_at=OPENS)), COUNTED, ["ballot_void"]),
    ],
)
def test_why_not_publish(facts, now, expected):
    assert codes(why_not_publish(facts, now)) == expected


# --- turnout ---------------------------------------------------------------------------------


def test_what_is_missing_to_the_line():
    found = gap(Pile(238, parse_m2("28560")), Pile(132, parse_m2("16462")), RULES.rule_for(4))
    assert (found.heads, found.area_cm2) == (27, parse_m2("2578"))  # ux: 还差 27 人、2,578 ㎡
    assert (found.line_heads, found.line_area_cm2) == (159, parse_m2("19040"))
    assert not found.reached
    full = gap(Pile(90, 90_000_000), Pile(60, 60_000_000), RULES.rule_for(4))
    assert full.reached
    assert (full.heads, full.area_cm2) == (0, 0)


@pytest.mark.parametrize(
    ("participating", "shown"),
    [
        ({"1": 10, "2": 40}, {"1", "2"}),
        ({"1": 9, "2": 40, "3": 12}, {"2"}),  # one small group alone would follow from the rest
        ({"1": 9, "2": 40}, set()),
        ({"1": 6, "2": 5, "3": 40}, {"3"}),
        ({"1": 0, "2": 40}, {"2"}),
        ({"1": 9}, set()),
        ({}, set()),
    ],
)
def test_choices_of_small_groups_cannot_be_worked_out(participating, shown):
    assert groups_shown(participating) == shown


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 25)))
def test_what_is_hidden_together_is_nothing_or_ten_heads(participating):
    shown = groups_shown(participating)
    hidden = sum(n for key, n in participating.items() if key not in shown)
    assert hidden == 0 or hidden >= 10 or not shown
    assert all(participating[key] >= 10 for key in shown)
