"""Late is derived, by days in Shanghai; who may say done is not who may say seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.actions import rules
from hall.actions.rules import Draft, Facts, State

DAY = date(2026, 5, 6)
NOON = datetime(2026, 5, 6, 4, 0, tzinfo=UTC)
OWED = Facts("property", date(2026, 5, 10), False, None, None, None, None, None)
OUTSIDE = Facts("committee", None, True, date(2026, 5, 8), None, None, None, None)


def days(facts, *when):
    return [rules.state(facts, d).value for d in when]


def test_the_due_day_is_in_time_and_the_next_is_late():
    assert days(OWED, date(2026, 5, 9), date(2026, 5, 10), date(2026, 5, 11)) == [
        "open",
        "open",
        "late",
    ]
    assert [rules.late_days(OWED, date(2026, 5, d)) for d in (9, 10, 11, 20)] == [0, 0, 1, 10]


def test_done_is_measured_by_the_day_in_shanghai():
    # 10 May 15:59 UTC is 23:59 of the 10th in Shanghai; one minute later it is the 11th.
    in_time = replace(OWED, done_at=datetime(2026, 5, 10, 15, 59, tzinfo=UTC))
    late = replace(OWED, done_at=datetime(2026, 5, 10, 16, 0, tzinfo=UTC))
    later = date(2026, 6, 30)
    assert (rules.late_days(in_time, later), rules.late_days(late, later)) == (0, 1)
    assert rules.state(late, later) is State.DONE


def test_outside_has_no_due_day_but_a_day_to_ask_again():
    assert days(OUTSIDE, date(2026, 5, 7), date(2026, 5, 8), date(2026, 7, 1)) == [
        "waiting",
        "ask_again",
        "ask_again",
    ]
    assert rules.late_days(OUTSIDE, date(2027, 1, 1)) == 0


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (OWED, State.LATE),
        (replace(OWED, done_at=NOON), State.DONE),
        (replace(OWED, done_at=NOON, verified_at=NOON), State.VERIFIED),
        (replace(OWED, dropped_at=NOON), State.DROPPED),
        (replace(OWED, done_at=NOON, dropped_at=NOON), State.DROPPED),
        (replace(OUTSIDE, done_at=NOON), State.DONE),
    ],
)
def test_states(facts, expected):
    assert rules.state(facts, date(2026, 6, 1)) is expected


def codes(found):
    return [b.code for b in found]


DRAFT = Draft("修好东门", "property", "", date(2026, 5, 10), False, "", None)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (DRAFT, []),
        (replace(DRAFT, due_on=DAY), []),
        (replace(DRAFT, due_on=date(2026, 5, 5)), ["action_due_past"]),
        (replace(DRAFT, due_on=None), ["action_due_missing"]),
        (replace(DRAFT, text="", body="parliament"), ["action_text_missing", "body_unknown"]),
        (replace(DRAFT, text="长" * 201), ["text_too_long"]),
        (replace(DRAFT, person="长" * 61), ["text_too_long"]),
        (
            Draft("等勘测", "committee", "", None, True, "", None),
            ["action_agency_missing", "action_check_missing"],
        ),
        (Draft("等勘测", "committee", "", None, True, "住建局", DAY), ["action_check_past"]),
        (
            Draft("等勘测", "committee", "", DAY, True, "住建局", date(2026, 5, 7)),
            ["action_external_has_no_due"],
        ),
    ],
)
def test_opening(draft, expected):
    assert codes(rules.open_blockers(draft, DAY)) == expected


def test_minutes_published_late_still_bring_their_actions():
    assert rules.add_blockers(replace(DRAFT, due_on=date(2026, 1, 1))) == []


@pytest.mark.parametrize(
    ("facts", "body", "text", "reached", "expected"),
    [
        (OWED, "property", "做到一半", 50, []),
        (OWED, "property", "做到一半", None, []),
        (OWED, "grid", "做到一半", 50, ["action_of_another_body"]),
        (OWED, "property", "", 101, ["action_words_missing", "action_percent_wrong"]),
        (OWED, "property", "退了", -1, ["action_percent_wrong"]),
        (OWED, "property", "长" * 1001, 0, ["text_too_long"]),
        (replace(OWED, done_at=NOON), "property", "x", 1, ["action_already_done"]),
        (replace(OWED, dropped_at=NOON), "property", "x", 1, ["action_closed"]),
    ],
)
def test_progress(facts, body, text, reached, expected):
    assert codes(rules.report_blockers(facts, body, text, reached)) == expected


def test_news_only_from_outside_and_with_a_next_day():
    assert rules.news_blockers(OUTSIDE, "committee", "说下周", date(2026, 5, 9), DAY) == []
    assert codes(rules.news_blockers(OUTSIDE, "committee", "说下周", DAY, DAY)) == [
        "action_check_past"
    ]
    assert codes(rules.news_blockers(OWED, "property", "说下周", None, DAY)) == [
        "action_not_external",
        "action_check_missing",
    ]


def test_only_what_is_late_is_explained():
    assert codes(rules.explain_blockers(OWED, "property", "缺发票", DAY)) == ["action_not_late"]
    assert rules.explain_blockers(OWED, "property", "缺发票", date(2026, 5, 11)) == []


DONE = replace(OWED, done_at=NOON, done_account=7)


@pytest.mark.parametrize(
    ("facts", "body", "account", "expected"),
    [
        (DONE, "grid", 8, []),
        (OWED, "grid", 8, ["action_not_done"]),
        (DONE, "property", 8, ["action_own_body_cannot_verify"]),
        (DONE, "grid", 7, ["action_doer_cannot_verify"]),
        (replace(DONE, verified_at=NOON), "grid", 8, ["action_closed"]),
    ],
)
def test_seen_by_another_body_and_another_person(facts, body, account, expected):
    assert codes(rules.verify_blockers(facts, body, account)) == expected


def test_nobody_drops_what_he_owes():
    assert rules.drop_blockers(OWED, "branch", "并入新项目") == []
    assert codes(rules.drop_blockers(OWED, "property", "")) == [
        "action_words_missing",
        "action_own_body_cannot_drop",
    ]


SPANS = st.integers(-400, 400)


@settings(max_examples=60)
@given(due=SPANS, today=SPANS, done=st.none() | SPANS)
def test_late_is_due_day_against_day_and_nothing_else(due, today, done):
    at = None if done is None else NOON + timedelta(days=done)
    facts = replace(OWED, due_on=DAY + timedelta(days=due), done_at=at)
    day = DAY + timedelta(days=today)
    last = day if done is None else DAY + timedelta(days=done)
    assert rules.late_days(facts, day) == max(0, (last - facts.due_on).days)
    assert (rules.state(facts, day) is State.LATE) == (done is None and today > due)
    # Once done, days that pass make it neither later nor less late.
    if done is not None:
        assert rules.late_days(facts, day + timedelta(days=9)) == rules.late_days(facts, day)


def test_percent_is_what_was_reported_until_done():
    assert rules.percent(OWED, 60) == 60
    assert rules.percent(OWED, None) is None
    assert rules.percent(DONE, 60) == 100
