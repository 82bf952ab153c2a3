"""Working days, blockers of minutes, what silence is; worked out by hand from R-4.05."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.meetings import record
from hall.meetings.rules.holidays import CHINA
from hall.meetings.rules.minutes import (
    MinutesDraft,
    MinutesState,
    Signature,
    TaskDraft,
    draft_faults,
    sign_by,
    signing,
    why_not_answer,
    why_not_circulate,
    why_not_correct,
    why_not_publish,
    why_not_sign,
    why_not_write,
)

NOW = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
TASK = TaskDraft("开活动室", "property", due_on=date(2026, 5, 9))
OUT = MinutesState(
    started=True,
    ended=True,
    cancelled=False,
    revision=3,
    circulated=True,
    sign_by=NOW + timedelta(days=3),
    published=False,
    version_n=1,
    digest="d1",
    bodies=("community", "committee"),
    answered=frozenset(),
    open_corrections=0,
    taken_not_in=0,
    open_decisions=(),
    without_conclusion=(),
    tasks=(TASK,),
    no_tasks=False,
    meeting_on=date(2026, 5, 6),
)
DRAFT = replace(OUT, circulated=False, sign_by=None)


def codes(blockers) -> list[str]:
    return [b.code for b in blockers]


@pytest.mark.parametrize(
    ("sent", "until"),
    [
        # Monday evening: Tuesday, Wednesday, Thursday; the prototype's own example, of 2022
        (datetime(2022, 12, 5, 12, 30, tzinfo=UTC), datetime(2022, 12, 8, 16, 0, tzinfo=UTC)),
        # Wednesday 6 May 2026: Thursday, Friday, and Saturday the 9th, which is worked
        (datetime(2026, 5, 6, 2, 0, tzinfo=UTC), datetime(2026, 5, 9, 16, 0, tzinfo=UTC)),
        # Wednesday 30 September 2026: the national holiday until the 7th; 8, 9, and worked Saturday 10
        (datetime(2026, 9, 30, 1, 0, tzinfo=UTC), datetime(2026, 10, 10, 16, 0, tzinfo=UTC)),
        # 23:30 UTC on Sunday is Monday morning in Shanghai
        (datetime(2026, 6, 7, 23, 30, tzinfo=UTC), datetime(2026, 6, 11, 16, 0, tzinfo=UTC)),
    ],
)
def test_three_working_days_to_sign(sent, until):
    assert sign_by(sent, CHINA) == until


def test_a_year_without_its_notice_has_plain_weeks():
    assert CHINA.add(date(2031, 10, 1), 3) == date(2031, 10, 6)  # Thu, Fri, Mon after a Wednesday
    assert CHINA.known(date(2026, 1, 1), date(2026, 12, 31))
    assert not CHINA.known(date(2026, 12, 30), date(2027, 1, 2))


def test_free_days_are_weekdays_and_worked_days_are_not():
    assert all(d.weekday() < 5 for d in CHINA.free)
    assert all(d.weekday() >= 5 for d in CHINA.worked)


@given(st.dates(date(2021, 1, 1), date(2028, 12, 31)), st.integers(1, 9))
@settings(max_examples=60)
def test_adding_working_days_ends_on_one_and_passes_that_many(day, n):
    last = CHINA.add(day, n)
    span = (day + timedelta(days=i) for i in range(1, (last - day).days + 1))
    assert CHINA.is_working_day(last)
    assert sum(CHINA.is_working_day(d) for d in span) == n


@pytest.mark.parametrize(
    ("state", "revision", "expected"),
    [
        (DRAFT, 3, []),
        (DRAFT, 2, ["minutes_changed"]),
        (OUT, 3, ["minutes_out_for_signing"]),
        (replace(OUT, published=True), 3, ["minutes_published"]),
        (replace(DRAFT, started=False, revision=0), 0, ["minutes_before_meeting"]),
        (replace(DRAFT, cancelled=True), 3, ["minutes_of_cancelled"]),
    ],
)
def test_writing(state, revision, expected):
    assert codes(why_not_write(state, revision)) == expected


def test_everything_missing_is_said_at_once():
    state = replace(
        DRAFT,
        ended=False,
        open_decisions=("续聘",),
        without_conclusion=("签到",),
        tasks=(
            TaskDraft("", "property"),
            TaskDraft("管网勘测", "grid", external=True, check_on=date(2026, 5, 5)),
        ),
        open_corrections=2,
    )
    assert codes(why_not_circulate(state, 3)) == [
        "minutes_before_end",
        "minutes_decision_open",
        "item_without_conclusion",
        "task_text_missing",
        "task_due_missing",
        "task_agency_missing",
        "task_before_meeting",
        "corrections_unanswered",
    ]


@pytest.mark.parametrize(
    ("tasks", "none", "expected"),
    [((), False, ["tasks_missing"]), ((), True, []), ((TASK,), True, ["tasks_and_none"])],
)
def test_at_least_one_task_or_none_on_purpose(tasks, none, expected):
    assert codes(why_not_circulate(replace(DRAFT, tasks=tasks, no_tasks=none), 3)) == expected


def test_a_draft_too_long_or_of_another_meeting():
    draft = MinutesDraft(
        "字" * 20_001, "", {1: "好", 9: "字" * 2_001}, (TaskDraft("x" * 201, "nobody"),)
    )
    assert codes(draft_faults(draft, [1])) == [
        "minutes_too_long",
        "conclusion_too_long",
        "item_not_of_meeting",
        "task_body_unknown",
        "task_too_long",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"digest": "d0"}, ["minutes_text_changed"]),
        ({"body": "grid", "title": "worker"}, ["minutes_not_your_meeting"]),
        ({"title": "clerk"}, ["minutes_post_may_not_speak"]),
        ({"signed": False}, ["minutes_refusal_reason_missing"]),
        ({"signed": False, "remark": "数字不对"}, []),
        ({"remark": "字" * 201}, ["minutes_remark_too_long"]),
    ],
)
def test_signing(change, expected):
    given_ = {"body": "committee", "title": "chair", "digest": "d1", "signed": True, "remark": ""}
    assert codes(why_not_sign(OUT, **given_ | change)) == expected


def test_one_answer_a_body_and_text():
    state = replace(OUT, answered=frozenset({"committee"}))
    found = why_not_sign(
        state, body="committee", title="chair", digest="d1", signed=True, remark=""
    )
    assert codes(found) == ["minutes_already_answered"]


def test_silence_holds_up_until_the_last_day_and_is_never_a_signature():
    one = replace(OUT, answered=frozenset({"community"}))
    waiting = why_not_publish(one, OUT.sign_by - timedelta(microseconds=1))
    assert codes(waiting) == ["signatures_awaited"]
    assert (waiting[0].facts, waiting[0].not_before) == ({"body": ["committee"]}, OUT.sign_by)
    assert why_not_publish(one, OUT.sign_by) == ()
    both = replace(OUT, answered=frozenset({"community", "committee"}))
    assert why_not_publish(both, NOW) == ()


def test_publication_says_all_that_is_missing():
    state = replace(OUT, open_corrections=1, taken_not_in=2)
    assert codes(why_not_publish(state, NOW)) == [
        "corrections_unanswered",
        "correction_not_worked_in",
        "signatures_awaited",
    ]
    assert codes(why_not_publish(replace(OUT, published=True), NOW + timedelta(days=9))) == [
        "minutes_published"
    ]
    assert codes(why_not_publish(DRAFT, NOW)) == ["minutes_not_circulated"]


def test_corrections_are_for_those_who_were_there_and_get_reasons():
    assert codes(why_not_correct(OUT, attended=False)) == ["correction_only_by_attendee"]
    assert codes(why_not_answer(OUT, answered=True, reply="", taken=False)) == [
        "correction_answered",
        "correction_reply_missing",
    ]
    assert why_not_answer(OUT, answered=False, reply="", taken=True) == ()


def test_a_signature_holds_for_its_own_text_only():
    old = Signature("committee", True, "", "chair", "样本甲", NOW, "d1")
    rows = signing(("committee", "community"), [old], "d2")
    assert [(r.body, r.state, len(r.void)) for r in rows] == [
        ("community", "silent", 0),
        ("committee", "silent", 1),
    ]
    refused = replace(old, signed=False, remark="不对", digest="d2")
    rows = signing(("committee",), [old, refused], "d2")
    assert (rows[0].state, rows[0].given, rows[0].void) == ("refused", refused, (old,))


BODIES = ("community", "branch", "committee", "grid", "property")


@given(
    st.lists(st.sampled_from(BODIES), min_size=1),
    st.lists(
        st.builds(
            Signature,
            st.sampled_from(BODIES),
            st.booleans(),
            st.text(max_size=5),
            st.just("chair"),
            st.just("样本"),
            st.just(NOW),
            st.sampled_from(["d1", "d2"]),
        ),
        max_size=8,
        unique_by=lambda s: (s.body, s.digest),
    ),
)
@settings(max_examples=60)
def test_every_body_has_one_line_and_nobody_signs_by_silence(bodies, signatures):
    rows = signing(bodies, signatures, "d2")
    assert {r.body for r in rows} == set(bodies)
    assert len(rows) == len(set(bodies))
    for row in rows:
        said = [s for s in signatures if s.body == row.body and s.digest == "d2"]
        assert (row.state == "signed") == any(s.signed for s in said)
        assert (row.state == "silent") == (not said)


def test_names_in_the_public_paper():
    assert record.shown("resident", "胡样本") == "胡**"
    assert record.shown("seat", "样本华") == "样本华"
    assert record.shown("party", "样板律师所") == "样板律师所"
    assert record.terms("  坐班　周六 ABC ") == ("坐班", "周六", "abc")
