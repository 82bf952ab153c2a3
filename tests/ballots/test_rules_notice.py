"""Every reason against a notice, one by one and all at once; the earliest lawful day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import clock
from hall.ballots.rules import (
    NoticeFacts,
    QuestionFacts,
    RollFacts,
    Times,
    earliest_open,
    why_not_notice,
)
from hall.rulesets.rules import Clause, LegalReach, preset, with_clauses

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)  # Monday 10:00 in Shanghai
EARLIEST = datetime(2026, 6, 16, 16, 0, tzinfo=UTC)  # 00:00 of 17 June in Shanghai
DAY = timedelta(days=1)
MICRO = timedelta(microseconds=1)
REACH = LegalReach(False, "第十五条", "街道书面答复", date(2026, 3, 1))
MOTION = QuestionFacts(1, "是否续聘物业服务企业？", "motion", has_abstain=True)
PLAN = QuestionFacts(2, "选哪个方案？", "single", ("方案一", "方案二"), True, True)
SEATS = QuestionFacts(3, "选两名委员", "election", ("甲一明", "丁小样", "样本华"), True, True, 2)
ROLL = RollFacts(238, 238, 285_600_000, NOW - 12 * DAY, NOW - 2 * DAY)
GOOD = NoticeFacts(
    times=Times(open_at=EARLIEST, close_at=EARLIEST + 10 * DAY),
    kind="statutory",
    electorate="owners",
    title="续聘物业服务企业",
    questions=(MOTION,),
    roll=ROLL,
    channels=("online",),
    matter=4,
    contact="样本华 0833-0000000",
    ruleset=preset("SC"),
    ruleset_confirmed=True,
    reach=REACH,
)
POLL = NoticeFacts(
    times=Times(open_at=NOW, close_at=NOW + 3 * DAY),
    kind="advisory",
    electorate="households",
    title="支部取个什么名字",
    questions=(PLAN,),
    roll=RollFacts(157, 157, 0),
    channels=("online",),
)


def codes(facts: NoticeFacts, now: datetime = NOW) -> list[str]:
    return [b.code for b in why_not_notice(facts, now)]


def test_a_lawful_draft_and_a_plain_poll_may_be_noticed():
    assert codes(GOOD) == []
    assert codes(replace(GOOD, questions=(MOTION, PLAN))) == []
    assert codes(replace(GOOD, matter=3, questions=(SEATS,))) == []
    assert codes(POLL) == []


@pytest.mark.parametrize(
    ("noticed", "days", "opens"),
    [
        # Civil Code 201: the first day does not count; fifteen whole days lie between.
        (datetime(2026, 5, 31, 16, 0, tzinfo=UTC), 15, date(2026, 6, 17)),  # 00:00 of 1 June
        (datetime(2026, 6, 1, 15, 59, tzinfo=UTC), 15, date(2026, 6, 17)),  # 23:59 of 1 June
        (datetime(2026, 6, 1, 16, 0, tzinfo=UTC), 15, date(2026, 6, 18)),  # 00:00 of 2 June
        (datetime(2026, 6, 1, 2, 0, tzinfo=UTC), 7, date(2026, 6, 9)),
        (datetime(2026, 12, 20, 2, 0, tzinfo=UTC), 15, date(2027, 1, 5)),
        (datetime(2028, 2, 20, 2, 0, tzinfo=UTC), 15, date(2028, 3, 7)),  # a leap year
    ],
)
def test_the_earliest_lawful_opening(noticed, days, opens):
    assert earliest_open(noticed, days) == clock.day_start(opens)


@given(
    st.timedeltas(timedelta(0), timedelta(days=7000)),
    st.integers(0, 60),
)
def test_n_whole_days_lie_between_notice_and_opening(later, days):
    noticed = NOW + later
    opening = earliest_open(noticed, days)
    assert clock.local_date(opening) - clock.local_date(noticed) == timedelta(days=days + 1)
    assert opening - noticed > timedelta(days=days)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": " "}, ["title_missing"]),
        ({"questions": ()}, ["questions_missing"]),
        ({"questions": (replace(MOTION, text=""),)}, ["question_text_missing"]),
        ({"questions": (replace(MOTION, method="ranked"),)}, ["method_unknown"]),
        ({"questions": (replace(MOTION, has_abstain=False),)}, ["abstain_missing"]),
        ({"questions": (replace(PLAN, choices=("方案一",)),)}, ["choices_too_few"]),
        ({"questions": (replace(PLAN, choices=()),)}, ["choices_too_few"]),
        ({"questions": (replace(PLAN, choices=("方案一", " ")),)}, ["choice_text_missing"]),
        ({"questions": (replace(PLAN, choices=("方案一", "方案一 ")),)}, ["choice_repeated"]),
        ({"questions": (replace(PLAN, has_none=False),)}, ["none_of_these_missing"]),
        ({"questions": (replace(SEATS, seats=4),), "matter": 3}, ["seats_wrong"]),
        ({"questions": (replace(SEATS, seats=0),), "matter": 3}, ["seats_wrong"]),
        ({"questions": (SEATS,)}, ["election_not_matter_3"]),
        ({"kind": "secret"}, ["kind_unknown"]),
        ({"electorate": "households"}, ["electorate_not_owners"]),
        ({"matter": None}, ["matter_missing"]),
        ({"matter": 10}, ["matter_unknown"]),
        ({"contact": ""}, ["contact_missing"]),
        ({"title": "支部命名", "matter": 9}, ["not_an_owners_matter"]),
        ({"ruleset": None}, ["ruleset_missing"]),
        ({"ruleset_confirmed": False}, ["ruleset_not_confirmed"]),
        ({"roll": replace(ROLL, entries=0)}, ["roll_empty"]),
        ({"roll": replace(ROLL, area_cm2=0)}, ["roll_without_area"]),
        ({"roll": replace(ROLL, published_at=None)}, ["roll_not_published"]),
        ({"roll": replace(ROLL, corrections_until=NOW + DAY)}, ["roll_corrections_open"]),
        (
            {"roll": replace(ROLL, published_at=NOW - 3 * DAY, corrections_until=NOW - DAY)},
            ["roll_publicity_too_short"],
        ),
        ({"roll": replace(ROLL, open_corrections=2)}, ["roll_corrections_unanswered"]),
        (
            {"roll": replace(ROLL, changed_since_publication=True)},
            ["roll_changed_since_publication"],
        ),
        ({"times": Times(close_at=EARLIEST)}, ["open_missing"]),
        ({"times": Times(open_at=EARLIEST)}, ["close_missing"]),
        (
            {"times": Times(open_at=EARLIEST - MICRO, close_at=EARLIEST + 10 * DAY)},
            ["open_too_early"],
        ),
        ({"times": Times(open_at=EARLIEST, close_at=EARLIEST)}, ["close_not_after_open"]),
        (
            {"times": Times(open_at=EARLIEST, close_at=EARLIEST + 7 * DAY - MICRO)},
            ["window_too_short"],
        ),
        ({"times": Times(open_at=EARLIEST, close_at=EARLIEST + 7 * DAY)}, []),
        ({"times": Times(open_at=EARLIEST, close_at=EARLIEST + 60 * DAY)}, []),
        (
            {"times": Times(open_at=EARLIEST, close_at=EARLIEST + 60 * DAY + MICRO)},
            ["window_too_long"],
        ),
        ({"channels": ()}, ["channel_missing"]),
        ({"channels": ("online", "phone")}, ["channel_unknown"]),
        ({"channels": ("paper",)}, ["paper_register_missing"]),
        ({"channels": ("online", "paper")}, ["paper_register_missing"]),
        ({"reach": LegalReach()}, ["online_clause_missing", "online_confirmation_missing"]),
        ({"reach": replace(REACH, must_use_official=True)}, ["must_use_official"]),
        ({"ruleset": preset("BJ")}, ["must_use_official"]),
        ({"ruleset": preset("HZ")}, ["paper_required"]),
        ({"ruleset": preset("LC")}, ["paper_required"]),
        ({"times": Times(voided_at=NOW)}, ["ballot_void"]),
        ({"times": replace(GOOD.times, noticed_at=NOW)}, ["already_noticed"]),
    ],
)
def test_each_reason_alone(change, expected):
    assert codes(replace(GOOD, **change)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"matter": 9}, ["advisory_has_matter"]),
        ({"title": "命名表决"}, ["advisory_uses_legal_words"]),
        ({"questions": (replace(PLAN, text="通过哪个名字？"),)}, ["advisory_uses_legal_words"]),
        (
            {"questions": (replace(PLAN, choices=("按决议", "清音")),)},
            ["advisory_uses_legal_words"],
        ),
        ({"questions": (replace(PLAN, has_abstain=False),)}, []),
        ({"contact": ""}, []),
        ({"times": Times(open_at=NOW - MICRO, close_at=NOW + DAY)}, ["open_too_early"]),
        ({"times": Times(open_at=NOW, close_at=NOW + 200 * DAY)}, []),
        ({"roll": RollFacts(0, 0, 0)}, ["roll_empty"]),
        ({"electorate": "persons"}, []),
        ({"ruleset": None, "reach": LegalReach(True)}, []),
    ],
)
def test_an_opinion_poll(change, expected):
    assert codes(replace(POLL, **change)) == expected


def test_the_blocker_carries_the_earliest_lawful_opening():
    early = replace(GOOD, times=Times(open_at=NOW + DAY, close_at=NOW + 30 * DAY))
    (found,) = why_not_notice(early, NOW)
    assert found.code == "open_too_early"
    assert found.facts == {"earliest": EARLIEST, "notice_days": 15}


def test_a_temporary_meeting_may_be_shorter_only_where_local_law_says_so():
    soon = Times(open_at=earliest_open(NOW, 7), close_at=earliest_open(NOW, 7) + 10 * DAY)
    assert codes(replace(GOOD, times=soon, temporary=True)) == ["open_too_early"]
    hangzhou = replace(GOOD, times=soon, temporary=True, ruleset=preset("HZ"))
    assert codes(hangzhou) == ["paper_required"]
    assert codes(replace(hangzhou, temporary=False)) == ["open_too_early", "paper_required"]


def test_a_longer_notice_by_clause_is_obeyed():
    rules = with_clauses(preset("SC"), {"notice_days": Clause(20, "第八条", "a" * 64)})
    assert codes(replace(GOOD, ruleset=rules)) == ["open_too_early"]


def test_old_rules_leave_policies_open_and_are_over():
    found = codes(replace(GOOD, ruleset=preset("CN-2007")))
    assert found[0] == "ruleset_not_in_force"
    assert found.count("policy_missing") == 11


def test_all_reasons_at_once_in_a_stable_order():
    bad = NoticeFacts(
        times=Times(),
        kind="statutory",
        electorate="persons",
        title="",
        questions=(),
        roll=RollFacts(0, 0, 0),
        channels=(),
    )
    assert codes(bad) == [
        "electorate_not_owners",
        "matter_missing",
        "contact_missing",
        "title_missing",
        "questions_missing",
        "ruleset_missing",
        "roll_empty",
        "roll_not_published",
        "open_missing",
        "close_missing",
        "channel_missing",
    ]


def test_corrections_clear_by_themselves_at_an_instant():
    waiting = replace(GOOD, roll=replace(ROLL, corrections_until=NOW + DAY))
    (found,) = why_not_notice(waiting, NOW)
    assert found.not_before == NOW + DAY
    assert codes(waiting, NOW + DAY) == ["open_too_early"]
