"""Rules of threads: who speaks, when something may be written, clocks of answers, moderation."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.bodies.rules import Body
from hall.threads.rules import (
    MODERATING,
    AnswerFacts,
    CommentFacts,
    ModerationFacts,
    Window,
    answer_blockers,
    answer_due,
    appeal_blockers,
    barred_bodies,
    clean,
    comment_blockers,
    decide_appeal_blockers,
    echo_blockers,
    edit_blockers,
    flood_blockers,
    is_blank,
    is_overdue,
    moderate_blockers,
    named_in,
    offline_blockers,
    refer_blockers,
    report_blockers,
    speaks_for,
    suggest_mask,
    text_blockers,
    window_blockers,
    withdraw_blockers,
)

NOW = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)  # Wednesday 10:00 in Shanghai
OPEN = Window()
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
INSTANTS = st.integers(0, 525_600).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + n * MINUTE)


def codes(blockers):
    return [b.code for b in blockers]


# --- text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  两行\r\n字\r三\u2028四  \n", "两行\n字\n三\n四"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("\ufeff开头", "开头"),
        ("一\n\n\n\n\n\n二", "一\n\n\n二"),
        ("行尾\u3000 \t\n下一行", "行尾\n下一行"),
        ("\u202e反着来\u202c", "反着来"),
        ("👨\u200d👩\u200d👧 一家", "👨\u200d👩\u200d👧 一家"),
        ("مرحبا", "مرحبا"),
        ("\ud800坏", "坏"),
        ("\tA\t表", "A\t表"),
    ],
)
def test_text_as_people_paste_it(typed, kept):
    assert clean(typed) == kept
    assert clean(kept) == kept


@pytest.mark.parametrize("text", ["", " \n\t", "\u3000", "\u200b\u200d", "\u2800\u3164", "\u0301"])
def test_nothing_to_read(text):
    assert is_blank(clean(text))
    assert codes(text_blockers(clean(text))) == ["comment_missing"]


@pytest.mark.parametrize("text", ["字", "。", "👍", "1", "\U0001fae9", "ـ"])
def test_something_to_read(text):
    assert text_blockers(clean(text)) == ()


def test_the_limit_is_ten_thousand():
    assert text_blockers("字" * 10_000) == ()
    (blocker,) = text_blockers("字" * 10_001)
    assert (blocker.code, blocker.facts) == ("comment_too_long", {"most": 10_000, "now": 10_001})


@settings(max_examples=60)
@given(st.text())
def test_cleaning_is_done_once(text):
    once = clean(text)
    assert clean(once) == once
    assert not [c for c in once if c != "\n" and c != "\t" and ord(c) < 32]
    once.encode("utf-8")


# --- voices ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "title", "speaks"),
    [
        ("committee", "chair", True),
        ("committee", "member", True),
        ("committee", "clerk", False),
        ("committee", "scrutineer", False),
        ("grid", "worker", True),
        ("grid", "steward", False),
        ("property", "staff", True),
        ("property", "chair", False),
        ("nobody", "chair", False),
        ("committee", "king", False),
    ],
)
def test_who_speaks_for_a_body(body, title, speaks):
    assert speaks_for(body, title) is speaks


# --- windows, depth, floods ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "found"),
    [
        (None, None, []),
        (NOW, NOW + MINUTE, []),
        (NOW + MINUTE, None, ["thread_not_open"]),
        (None, NOW, ["thread_closed"]),
        (NOW - DAY, NOW - MINUTE, ["thread_closed"]),
    ],
)
def test_the_window_is_half_open(opens, closes, found):
    assert codes(window_blockers(Window(opens, closes), NOW)) == found


@settings(max_examples=60)
@given(INSTANTS, st.timedeltas(MINUTE, 30 * DAY), INSTANTS)
def test_inside_exactly_when_between(opens, length, now):
    window = Window(opens, opens + length)
    assert (window_blockers(window, now) == ()) == (opens <= now < opens + length)


def fact(depth=0, state="shown", at=NOW, account=1, answered=False):
    return CommentFacts(depth, state, at, account, answered)


@pytest.mark.parametrize(
    ("parent", "found"),
    [
        (None, []),
        (fact(0), []),
        (fact(1), []),
        (fact(2), ["too_deep"]),
        (fact(0, "masked"), []),
        (fact(0, "hidden"), ["parent_gone"]),
        (fact(2, "withdrawn"), ["too_deep", "parent_gone"]),
    ],
)
def test_three_levels(parent, found):
    assert codes(comment_blockers(OPEN, parent, "好", "for", (), NOW)) == found


def test_every_reason_at_once():
    found = comment_blockers(Window(None, NOW), fact(2), "", "maybe", [NOW] * 10, NOW)
    assert codes(found) == [
        "thread_closed",
        "too_deep",
        "alignment_unknown",
        "comment_missing",
        "too_many_comments",
    ]


def test_ten_an_hour_and_forty_a_day():
    ten = [NOW - MINUTE * (59 - i) for i in range(10)]  # the first 59 minutes ago
    (blocker,) = flood_blockers(ten, NOW)
    assert (blocker.facts["most"], blocker.facts["hours"]) == (10, 1)
    assert blocker.not_before == NOW + MINUTE
    assert flood_blockers(ten, NOW + MINUTE) == ()
    assert flood_blockers(ten[1:], NOW) == ()
    forty = [NOW - HOUR * 23 + MINUTE * 20 * i for i in range(40)]
    day = [b for b in flood_blockers(forty, NOW) if b.facts["hours"] == 24]
    assert day[0].not_before == NOW + HOUR


@settings(max_examples=60)
@given(st.lists(st.timedeltas(timedelta(0), 2 * DAY), max_size=60))
def test_a_flood_ends_when_it_says(ages):
    written = [NOW - a for a in ages]
    for blocker in flood_blockers(written, NOW):
        assert blocker.not_before > NOW
    ends = max((b.not_before for b in flood_blockers(written, NOW)), default=NOW)
    assert flood_blockers(written, ends) == ()


def test_an_offline_voice_needs_its_origin():
    asked = {
        "text": "电话里说",
        "name": "胡阿姨",
        "source": "phone",
        "spoken_on": date(2026, 5, 6),
        "alignment": "",
        "written": [NOW] * 50,
        "now": NOW,
    }
    assert offline_blockers(OPEN, **asked) == ()
    wrong = asked | {"name": "", "source": "rumour", "spoken_on": None, "alignment": "x"}
    assert codes(offline_blockers(Window(None, NOW), **wrong)) == [
        "thread_closed",
        "speaker_missing",
        "source_missing",
        "spoken_day_missing",
        "alignment_unknown",
    ]
    tomorrow = asked | {"spoken_on": date(2026, 5, 7), "name": "胡" * 61}
    assert codes(offline_blockers(OPEN, **tomorrow)) == ["speaker_too_long", "spoken_in_future"]


# --- edits, withdrawals, echoes --------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "after", "found"),
    [
        (fact(), 30 * MINUTE - timedelta(seconds=1), []),
        (fact(), 30 * MINUTE, ["edit_late"]),
        (fact(answered=True), MINUTE, ["point_answered"]),
        (fact(state="masked"), MINUTE, ["comment_masked"]),
        (fact(state="hidden"), MINUTE, ["comment_hidden"]),
        (fact(state="withdrawn"), HOUR, ["comment_withdrawn", "edit_late"]),
    ],
)
def test_half_an_hour_to_change_ones_words(comment, after, found):
    assert codes(edit_blockers(comment, OPEN, NOW + after)) == found


def test_no_change_after_the_window():
    assert codes(edit_blockers(fact(), Window(None, NOW), NOW)) == ["thread_closed"]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("shown", []),
        ("masked", []),
        ("hidden", ["comment_hidden"]),
        ("withdrawn", ["comment_withdrawn"]),
    ],
)
def test_withdrawing(state, found):
    assert codes(withdraw_blockers(fact(state=state))) == found
    assert codes(echo_blockers(fact(state=state), 2, OPEN, NOW)) == found


def test_no_echo_of_oneself_nor_after_the_close():
    assert codes(echo_blockers(fact(account=2), 2, OPEN, NOW)) == ["own_comment"]
    assert codes(echo_blockers(fact(), 2, Window(None, NOW), NOW)) == ["thread_closed"]


# --- answers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "days", "due"),
    [
        # Wednesday 6 May 10:00 in Shanghai: two days are Thursday and Friday, to the end of it.
        (NOW, 2, datetime(2026, 5, 8, 16, tzinfo=UTC)),
        (datetime(2026, 5, 5, 16, 0, tzinfo=UTC), 2, datetime(2026, 5, 8, 16, tzinfo=UTC)),
        (datetime(2026, 5, 5, 15, 59, tzinfo=UTC), 2, datetime(2026, 5, 7, 16, tzinfo=UTC)),
        (NOW, 0, datetime(2026, 5, 6, 16, tzinfo=UTC)),
    ],
)
def test_days_for_an_answer(written, days, due):
    assert answer_due(written, days) == due
    assert not is_overdue(due, False, due - timedelta(seconds=1))
    assert is_overdue(due, False, due)
    assert not is_overdue(due, True, due + DAY)
    assert not is_overdue(None, False, due)


@settings(max_examples=60)
@given(INSTANTS, st.integers(0, 30))
def test_never_less_than_the_days(written, days):
    due = answer_due(written, days)
    assert days * DAY < due - written <= (days + 1) * DAY


GOOD = {"body": "committee", "outcome": "adopted", "text": "改了", "landed": "", "now": NOW}


@pytest.mark.parametrize(
    ("facts", "change", "found"),
    [
        (AnswerFacts(0, "shown", "committee"), {}, []),
        (AnswerFacts(0, "masked", "committee"), {}, []),
        (AnswerFacts(1, "shown", "committee"), {}, ["answer_first_level"]),
        (AnswerFacts(0, "hidden", "committee"), {}, ["comment_hidden"]),
        (AnswerFacts(0, "withdrawn", "committee"), {}, ["comment_withdrawn"]),
        (AnswerFacts(0, "shown", "property"), {}, ["not_your_answer"]),
        (AnswerFacts(0, "shown", "committee", NOW - 24 * HOUR + MINUTE, "committee"), {}, []),
        (
            AnswerFacts(0, "shown", "committee", NOW - 24 * HOUR, "committee"),
            {},
            ["answer_settled"],
        ),
        (AnswerFacts(0, "shown", "committee", NOW, "property"), {}, ["answered_by_other"]),
        (
            AnswerFacts(0, "shown", "committee"),
            {"outcome": "maybe", "text": "", "landed": "第" * 121},
            ["outcome_missing", "landed_too_long", "comment_missing"],
        ),
    ],
)
def test_answering(facts, change, found):
    assert codes(answer_blockers(facts, **GOOD | change)) == found


@pytest.mark.parametrize(
    ("by", "to", "reason", "found"),
    [
        ("committee", "property", "合同里写着", []),
        ("community", "property", "合同里写着", []),
        ("property", "grid", "推走", ["not_your_answer"]),
        ("committee", "committee", "", ["refer_to_same", "refer_reason_missing"]),
        ("committee", "moon", "x", ["body_unknown"]),
    ],
)
def test_passing_a_duty_on(by, to, reason, found):
    facts = AnswerFacts(0, "shown", "committee")
    assert codes(refer_blockers(facts, by_body=by, to_body=to, reason=reason)) == found


def test_what_is_answered_is_not_passed_on():
    facts = AnswerFacts(0, "shown", "committee", NOW, "committee")
    found = refer_blockers(facts, by_body="committee", to_body="grid", reason="x")
    assert codes(found) == ["point_answered"]


# --- moderation ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owed", "about", "barred"),
    [
        ("committee", [], {"committee", "property"}),
        ("property", [], {"property"}),
        ("property", ["committee"], {"property", "committee"}),
        ("committee", ["community", None], {"property", "committee", "community"}),
        # The third moderating body stays, whoever is named.
        ("committee", ["community", "branch"], {"property", "committee", "community"}),
        ("grid", ["grid", "property"], {"grid", "property"}),
    ],
)
def test_nobody_handles_what_is_said_of_him(owed, about, barred):
    assert set(barred_bodies(owed, about)) == barred


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("楼道灯坏了", ()),
        ("业委会的人都是骗子", ("committee",)),
        ("业主委员会收了钱", ("committee",)),
        ("物业和网格员谁也不来", ("grid", "property")),
        ("支部书记说了不算", ("branch",)),
        ("居委会不管", ("community",)),
        ("社区、党支部、业委会一个样", ("committee", "branch", "community")),
        ("业主都支持", ()),
    ],
)
def test_whom_a_comment_names(text, named):
    assert named_in(text) == named


def test_a_body_named_in_the_comment_does_not_handle_it_though_no_report_says_so():
    assert barred_bodies("property", [], "业委会的人都是骗子") == ("committee", "property")
    # Who the reports say it is about comes first; the last moderating body stays.
    assert set(MODERATING) - set(barred_bodies("property", ["community"], "业委会和支部")) == {
        "branch"
    }


@settings(max_examples=60)
@given(st.sampled_from(list(Body)), st.lists(st.sampled_from([None, *(b.value for b in Body)])))
def test_one_moderating_body_remains(owed, about):
    barred = barred_bodies(owed.value, about)
    assert set(MODERATING) - set(barred)
    assert {owed.value, "property"} <= set(barred)


CASE = ModerationFacts("shown", "电话 13800006612", barred=("committee",), parties=(1, 2))
DECISION = {
    "body": "branch",
    "account_id": 9,
    "act": "mask",
    "reason": "遮去电话",
    "masked_text": "电话 ███",
}


@pytest.mark.parametrize(
    ("case", "change", "found"),
    [
        (CASE, {}, []),
        (CASE, {"act": "keep"}, []),
        (CASE, {"act": "hide"}, []),
        (CASE, {"body": "committee"}, ["about_own_body"]),
        (CASE, {"body": "property"}, ["about_own_body"]),
        (CASE, {"body": "grid"}, ["about_own_body"]),
        (CASE, {"account_id": 1}, ["party_to_it"]),
        (CASE, {"act": "burn", "reason": ""}, ["act_missing", "moderation_reason_missing"]),
        (CASE, {"act": "restore"}, ["nothing_to_restore"]),
        (CASE, {"masked_text": CASE.text}, ["nothing_masked"]),
        (CASE, {"masked_text": ""}, ["comment_missing"]),
        (ModerationFacts("hidden", "x"), {}, ["comment_hidden"]),
        (ModerationFacts("hidden", "x"), {"act": "restore"}, []),
        (ModerationFacts("hidden", "x", appeal_open=True), {"act": "restore"}, ["appeal_waits"]),
        (ModerationFacts("withdrawn", "x"), {"act": "hide"}, ["comment_withdrawn"]),
    ],
)
def test_deciding(case, change, found):
    assert codes(moderate_blockers(case, **DECISION | change)) == found


def test_an_appeal_goes_to_another_person():
    asked = {
        "body": "community",
        "account_id": 9,
        "first_account": 8,
        "decided": False,
        "reason": "看过",
    }
    hidden = ModerationFacts("hidden", "x", barred=("committee",), parties=(1,))
    assert decide_appeal_blockers(hidden, **asked) == ()
    wrong = asked | {"body": "committee", "first_account": 9, "decided": True, "reason": ""}
    assert codes(decide_appeal_blockers(hidden, **wrong)) == [
        "about_own_body",
        "appeal_same_person",
        "appeal_decided",
        "moderation_reason_missing",
    ]


@pytest.mark.parametrize(
    ("act", "state", "appealed", "text", "found"),
    [
        ("hide", "hidden", False, "没有骂人", []),
        ("mask", "masked", False, "没有骂人", []),
        ("hide", "hidden", True, "再看", ["appealed_already"]),
        ("restore", "shown", False, "再看", ["nothing_to_appeal"]),
        (None, "shown", False, "", ["nothing_to_appeal", "comment_missing"]),
        ("hide", "withdrawn", False, "再看", ["nothing_to_appeal"]),
    ],
)
def test_appealing(act, state, appealed, text, found):
    assert codes(appeal_blockers(act=act, state=state, appealed=appealed, text=text)) == found


def test_reporting():
    asked = {
        "state": "shown",
        "own": False,
        "reason": "abuse",
        "text": "",
        "about_body": None,
        "today": 19,
    }
    assert report_blockers(**asked) == ()
    wrong = asked | {"own": True, "reason": "other", "about_body": "moon", "today": 20}
    assert codes(report_blockers(**wrong)) == [
        "own_comment",
        "report_text_missing",
        "body_unknown",
        "too_many_reports",
    ]
    assert codes(report_blockers(**asked | {"state": "hidden", "reason": ""})) == [
        "comment_hidden",
        "report_reason_missing",
    ]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("叫他 13800006612。", "叫他 ███████████。"),
        ("138 0000 6612", "█" * 13),
        ("0833-1234567", "█" * 12),
        ("110101199001011234", "█" * 18),
        ("2026 年 12 栋 1500 元", "2026 年 12 栋 1500 元"),
    ],
)
def test_numbers_a_moderator_need_not_look_for(text, masked):
    assert suggest_mask(text) == masked
