"""Rules of proposals as tables: states, deadlines, rounds, endorsements, words, templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hall.bodies.rules import Body
from hall.folding import fold, terms
from hall.proposals.rules import procedures, similar, state, steps, support, wording
from hall.proposals.rules.state import Beyond, Facts, RoundFacts, State
from hall.proposals.rules.steps import VersionFacts
from hall.proposals.rules.wording import Wording

# 10:00 in Shanghai on Wednesday 6 May 2026.
T = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
IN = Facts(submitted_at=T, screen_by=T + 5 * DAY)
OPEN = replace(IN, screened_at=T, accepted=True)
READY = replace(OPEN, ready_at=T)


def codes(found):
    return [b.code for b in found]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), State.DRAFT),
        (IN, State.SUBMITTED),
        (replace(IN, screened_at=T, accepted=False), State.DECLINED),
        (replace(IN, screened_at=T, accepted=False, on_agenda_at=T), State.DISCUSSING),
        (replace(IN, on_agenda_at=T), State.DISCUSSING),
        (OPEN, State.DISCUSSING),
        (READY, State.READY),
        (replace(READY, settled_at=T), State.SETTLED),
        (replace(OPEN, withdrawn_at=T), State.WITHDRAWN),
        (Facts(withdrawn_at=T), State.WITHDRAWN),
    ],
)
def test_state(facts, expected):
    assert state.state(facts) is expected


def test_screening_ends_with_the_fifth_day_after():
    # Handed in on 6 May: days 7, 8, 9, 10, 11; the deadline is 12 May 0:00 in Shanghai.
    by = state.screen_deadline(T)
    assert by == datetime(2026, 5, 11, 16, 0, tzinfo=UTC)
    facts = Facts(submitted_at=T, screen_by=by)
    assert not state.screening_overdue(facts, by - timedelta(microseconds=1))
    assert state.screening_overdue(facts, by)
    # 23:59 in Shanghai is the same day, a minute later the next.
    late = datetime(2026, 5, 6, 15, 59, tzinfo=UTC)
    assert state.screen_deadline(late) == by
    assert state.screen_deadline(late + timedelta(minutes=1)) == by + DAY


def a_round(n=1, *, version=1, opens=T, days=7, settled=None):
    return RoundFacts(n, version, opens, opens + days * DAY, settled)


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (T - timedelta(microseconds=1), "planned"),
        (T, "open"),
        (T + 7 * DAY - timedelta(microseconds=1), "open"),
        (T + 7 * DAY, "answering"),
    ],
)
def test_a_round_is_half_open(at, phase):
    assert a_round().phase(at) == phase
    assert a_round(settled=T).phase(at) == "settled"


@pytest.mark.parametrize(
    ("facts", "rounds", "beyond", "expected"),
    [
        (IN, (), Beyond(), 1),
        (OPEN, (), Beyond(), 2),
        (OPEN, (a_round(),), Beyond(), 2),
        (OPEN, (a_round(settled=T),), Beyond(), 3),
        (READY, (a_round(settled=T),), Beyond(), 4),
        (READY, (a_round(settled=T),), Beyond(ballot="noticed"), 5),
        (READY, (a_round(settled=T),), Beyond(ballot="published"), 6),
        (replace(READY, settled_at=T), (a_round(settled=T),), Beyond(), 6),
        (replace(READY, settled_at=T), (), Beyond(resolved=True, actions_open=1), 7),
        (replace(IN, accepted=False), (), Beyond(), 1),
        (replace(READY, withdrawn_at=T), (), Beyond(), 4),
    ],
)
def test_the_seven_steps(facts, rounds, beyond, expected):
    assert state.step(facts, rounds, beyond, T) == expected


def test_planned_windows_leave_time_to_answer():
    first, second = state.planned_windows([7, 5], date(2026, 5, 7), 3)
    assert first == (
        datetime(2026, 5, 6, 16, tzinfo=UTC),
        datetime(2026, 5, 13, 16, tzinfo=UTC),
    )
    assert second[0] - first[1] == 3 * DAY
    assert second[1] - second[0] == 5 * DAY


# --- steps ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("track", "matter", "lead", "expected"),
    [
        ("statutory", 4, "committee", []),
        ("statutory", None, "committee", ["proposal_matter_missing"]),
        ("statutory", 10, "committee", ["proposal_matter_missing"]),
        ("advisory", None, "branch", []),
        ("advisory", 4, "branch", ["proposal_matter_needless"]),
        ("other", None, "grid", ["track_unknown", "lead_body_unknown"]),
    ],
)
def test_track(track, matter, lead, expected):
    assert codes(steps.track_blockers(track, matter, lead)) == expected


def test_all_reasons_against_a_version_at_once():
    found = steps.revise_blockers(
        OPEN, [a_round()], T, material=True, note="", base=1, newest=2, same=True
    )
    assert codes(found) == ["version_stale", "version_same", "change_note_missing", "round_running"]
    assert found[-1].not_before == T + 7 * DAY
    small = steps.revise_blockers(
        OPEN, [a_round()], T, material=False, note="改字", base=2, newest=2, same=False
    )
    assert small == []
    ended = steps.revise_blockers(
        READY, [], T, material=False, note="改字", base=1, newest=1, same=False
    )
    assert codes(ended) == ["proposal_wrong_state"]


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        (T, T + 3 * DAY, []),
        (T, T + 3 * DAY - timedelta(microseconds=1), ["round_too_short"]),
        (T, T + 60 * DAY, []),
        (T, T + 60 * DAY + timedelta(microseconds=1), ["round_too_long"]),
        (T - timedelta(hours=1), T + 7 * DAY, ["round_opens_in_past"]),
        (None, T, ["round_window_missing"]),
        (T, T - DAY, ["round_too_short"]),
    ],
)
def test_windows_of_rounds(opens, closes, expected):
    assert codes(steps.round_blockers(OPEN, [], T, opens_at=opens, closes_at=closes)) == expected


def test_one_round_at_a_time():
    found = steps.round_blockers(OPEN, [a_round()], T, opens_at=T, closes_at=T + 7 * DAY)
    assert codes(found) == ["round_unsettled"]


@pytest.mark.parametrize(
    ("now", "points", "heard", "linked", "nothing", "expected"),
    [
        (T + 7 * DAY, 0, "听到了", 0, True, []),
        (T + 7 * DAY, 0, "听到了", 2, False, []),
        (T + 7 * DAY, 0, "听到了", 0, False, ["change_unlinked"]),
        (T + 7 * DAY, 0, "听到了", 1, True, ["something_changed"]),
        (
            T,
            3,
            "",
            0,
            False,
            ["round_not_ended", "points_open", "heard_missing", "change_unlinked"],
        ),
    ],
)
def test_closing_a_round(now, points, heard, linked, nothing, expected):
    found = steps.settle_round_blockers(
        a_round(), now, open_points=points, heard=heard, linked=linked, nothing_changed=nothing
    )
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("versions", "rounds", "expected"),
    [
        ([(1, False)], [], ["round_never"]),
        ([(1, False)], [a_round()], ["round_unsettled"]),
        ([(1, False)], [a_round(settled=T)], []),
        ([(1, False), (2, True)], [a_round(settled=T)], ["material_unheard"]),
        ([(1, False), (2, True)], [a_round(settled=T), a_round(2, version=2, settled=T)], []),
        ([(1, False), (2, True), (3, False)], [a_round(version=2, settled=T)], []),
        ([(1, False), (2, True), (3, True)], [a_round(version=2, settled=T)], ["material_unheard"]),
    ],
)
def test_ready(versions, rounds, expected):
    assert (
        codes(steps.ready_blockers(OPEN, [VersionFacts(*v) for v in versions], rounds)) == expected
    )


def test_owners_cannot_be_overruled_by_a_withdrawal():
    assert codes(steps.withdraw_blockers(Facts(), "")) == []
    assert codes(steps.withdraw_blockers(IN, "")) == ["withdraw_reason_missing"]
    assert codes(steps.withdraw_blockers(replace(IN, on_agenda_at=T), "不提了")) == [
        "owners_put_it_on"
    ]
    assert codes(steps.withdraw_blockers(replace(IN, withdrawn_at=T), "再撤")) == [
        "proposal_wrong_state"
    ]


def test_a_declined_proposal_can_still_be_endorsed():
    assert steps.endorse_blockers(replace(IN, accepted=False)) == []
    assert codes(steps.endorse_blockers(READY)) == ["proposal_wrong_state"]


# --- support ----------------------------------------------------------------------------------


def sets(n, area=100):
    return [support.SetFacts(str(i), 1, area) for i in range(n)]


def given(*keys, version=1):
    return [support.GivenSupport(str(k), version) for k in keys]


def test_twenty_per_cent_includes_the_line():
    # 238 owners: 47.6 are needed, so 47 do not reach it and 48 do.
    assert not support.support(sets(238), given(*range(47)), 1).heads_reached
    assert support.support(sets(238), given(*range(48)), 1).heads_reached
    assert support.support(sets(10), given(0, 1), 1).heads_reached
    assert not support.support([], [], 1).heads_reached


def test_heads_and_area_are_two_counters():
    roll = [*sets(9, area=10), support.SetFacts("big", 1, 910)]
    s = support.support(roll, given(0, 1), 1)
    assert (s.heads, s.heads_whole, s.area_cm2, s.area_whole_cm2) == (2, 10, 20, 1000)
    assert s.heads_reached
    assert not s.area_reached
    assert support.support(roll, given("big"), 1).area_reached


def test_an_older_wording_waits_and_a_gone_owner_does_not_count():
    s = support.support(sets(10), [*given(0, version=1), *given(1, version=2), *given("sold")], 2)
    assert (s.heads, s.waiting) == (1, 1)
    assert support.last_material([VersionFacts(1, False), VersionFacts(2, True)]) == 2
    assert support.last_material([VersionFacts(1, False), VersionFacts(2, False)]) == 1


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  两行\r\n文字\x0b三 ", "两行\n文字\n三"),
        ("Word\u00a0粘来的\u00ad字\ufeff", "Word 粘来的字"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("\u2066倒\u2069写", "倒写"),
        ("👨‍👩‍👧 一家三口", "👨‍👩‍👧 一家三口"),
        ("שלום 你好", "שלום 你好"),
        ("零\x00字节\ud800", "零字节"),
        ("一\n\n\n\n二", "一\n\n二"),
    ],
)
def test_clean(typed, kept):
    assert wording.clean(typed) == kept


def test_lengths_are_told_not_cut():
    long = Wording(title="字" * 61, what="x", text="字" * 20_001)
    found = wording.too_long(long)
    assert [(b.facts["proposal_part"], b.facts["length"]) for b in found] == [
        ("title", 61),
        ("text", 20_001),
    ]
    assert wording.too_long(Wording(title="字" * 60, text="字" * 20_000)) == ()
    assert [b.facts["proposal_part"] for b in wording.missing(Wording())] == [
        "title",
        "what",
        "text",
    ]


def test_fold_finds_either_width_and_case():
    assert fold(["Ａ座 电梯，ＯＫ"]) == "a座电梯,ok"
    assert terms("  电梯 Ａ座 电梯 ") == ("电梯", "a座")


def test_digest_changes_with_a_word():
    assert wording.digest(Wording(title="甲")) != wording.digest(Wording(what="甲"))


def test_likeness():
    def alike(a, b):
        return similar.likeness(
            (similar.bigrams(a), similar.bigrams("")), (similar.bigrams(b), similar.bigrams(""))
        )

    assert alike("集中充电棚", "集中充电棚") == 1000
    assert alike("设电瓶车集中充电棚", "车棚加装充电桩") > alike(
        "设电瓶车集中充电棚", "续聘物业公司"
    )
    assert alike("", "") == 0
    assert "充电" in similar.telling("关于小区充电棚的建议", "")
    assert "我们" not in similar.telling("我们的充电棚", "")


# --- templates --------------------------------------------------------------------------------


@pytest.mark.parametrize("p", procedures.PROCEDURES, ids=lambda p: p.code)
def test_a_template_is_lawful_and_whole(p):
    assert codes(steps.track_blockers(p.track, p.matter, p.lead_body)) == []
    assert len(p.code) <= 20
    assert p.rounds
    assert all(steps.ROUND_MIN_DAYS <= r.days <= steps.ROUND_MOST_DAYS for r in p.rounds)
    assert all(len(r.question) <= wording.MOST_QUESTION for r in p.rounds)
    assert p.follow_up
    assert {f.body for f in p.follow_up} <= {b.value for b in Body}
    assert p.sources
    # Property Management Regulations 14: fifteen days before an owners' vote.
    assert p.notice_days >= (15 if p.track == "statutory" else 0)
    assert p.ballot.electorate == "owners" if p.track == "statutory" else True
    assert p.ballot.scope == ("entrance" if p.code == "add_lift" else "estate")


def test_the_matters_of_the_templates():
    # rules.md §4.4: 4 hire, renew, dismiss; 5 use of the fund; 7 a lift; 3 election; naming is no vote.
    assert {p.code: p.matter for p in procedures.PROCEDURES} == {
        "hire_manager": 4,
        "renew_manager": 4,
        "dismiss_manager": 4,
        "use_fund": 5,
        "add_lift": 7,
        "elect_committee": 3,
        "name_something": None,
        "apply_renewal": None,
    }
    assert procedures.outline(procedures.BY_CODE["name_something"]).startswith(
        "第一条 给什么取名：\n"
    )
