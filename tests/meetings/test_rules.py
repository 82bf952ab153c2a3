"""Notice days, quorum at an instant, the order of speakers, what a vote comes to. Worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.bodies.rules import DECISION_RULES
from hall.clock import day_start, local_date, local_instant
from hall.meetings.rules import (
    KINDS,
    Closing,
    ItemFacts,
    Kind,
    NoticeFacts,
    OpenFacts,
    Quorum,
    Seat,
    State,
    Stay,
    Times,
    Turn,
    VoteFacts,
    came,
    code_at,
    code_fits,
    earliest_start,
    figures,
    key_fits,
    left,
    needed_for,
    needed_present,
    outcome,
    present_at,
    queue,
    quorum,
    speaking,
    state,
    suggested_start,
    why_not_come,
    why_not_notice,
    why_not_open,
    why_not_start,
    why_not_vote,
)

T = datetime(2026, 5, 10, 11, tzinfo=UTC)  # 19:00 in Shanghai
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (Times(), State.DRAFT),
        (Times(T), State.NOTICED),
        (Times(T, T), State.RUNNING),
        (Times(T, T, T), State.ENDED),
        (Times(T, cancelled_at=T), State.CANCELLED),
    ],
)
def test_states(times, expected):
    assert state(times) is expected


@pytest.mark.parametrize(
    ("kind", "noticed", "first"),
    [
        # The day of the notice does not count, then as many full days, then the meeting.
        ("committee", "2026-05-06", "2026-05-14"),
        ("committee", "2026-02-25", "2026-03-05"),  # over the end of February
        ("committee", "2028-02-25", "2028-03-04"),  # which has a 29th
        ("committee", "2026-12-28", "2027-01-05"),  # over the end of the year
        ("council", "2026-05-06", "2026-05-10"),
        ("talk", "2026-04-28", "2026-05-02"),
        ("party_review", "2026-05-06", "2026-05-10"),
        ("residents", "2026-05-29", "2026-06-04"),
        ("body", "2026-05-31", "2026-06-02"),
    ],
)
@pytest.mark.parametrize("hour", [time(0), time(12), time(23, 59, 59)])
def test_the_first_lawful_day(kind, noticed, first, hour):
    at = local_instant(date.fromisoformat(noticed), hour)
    days = KINDS[Kind(kind)].notice_days
    assert earliest_start(at, days) == day_start(date.fromisoformat(first))
    assert suggested_start(at, kind) == local_instant(date.fromisoformat(first), time(19))


@settings(max_examples=60)
@given(
    st.integers(0, 6 * 366 * 24 * 60).map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + n * MINUTE),
    st.sampled_from(list(Kind)),
)
def test_full_days_lie_between_notice_and_meeting(at, kind):
    days = KINDS[kind].notice_days
    first = earliest_start(at, days)
    assert (local_date(first) - local_date(at)).days == days + 1
    facts = notice(kind=kind.value, bodies=_bodies(kind), body=_convener(kind))
    assert codes(why_not_notice(_at(facts, first, kind), at)) == set()
    early = why_not_notice(_at(facts, first - timedelta(seconds=1), kind), at)
    assert codes(early) == {"meeting_too_early"}


def _bodies(kind):
    data = KINDS[kind]
    if kind is Kind.BODY:
        return ("branch",)
    return tuple(b.value for b in data.only) or ("community", "branch")


def _convener(kind):
    return sorted(b.value for b in KINDS[kind].conveners)[0]


def _at(facts, starts_at, kind):
    from dataclasses import replace

    items = (ItemFacts("一项", 10, "decide" if KINDS[kind].rule else "discuss"),)
    return replace(facts, starts_at=starts_at, items=items)


def notice(**values) -> NoticeFacts:
    defaults = {
        "kind": "council",
        "body": "committee",
        "bodies": ("committee", "branch"),
        "title": "会",
        "place": "1栋",
        "starts_at": T,
        "items": (ItemFacts("一项", 10, "decide"),),
        "seats": 3,
    }
    return NoticeFacts(**defaults | values)


def codes(blockers) -> set[str]:
    return {b.code for b in blockers}


LONG_BEFORE = T - timedelta(days=30)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, set()),
        ({"title": ""}, {"meeting_title_missing"}),
        ({"title": "长" * 121}, {"meeting_text_too_long"}),
        ({"place": ""}, {"meeting_place_missing"}),
        ({"items": ()}, {"agenda_missing"}),
        ({"items": (ItemFacts("一项", 10),) * 31}, {"too_many_items"}),
        ({"items": (ItemFacts("一项", 241),)}, {"item_minutes_wrong"}),
        ({"items": (ItemFacts("一项", None),)}, {"item_minutes_wrong"}),
        ({"names": ("样",) * 201}, {"too_many_names"}),
        ({"seats": 0}, {"nobody_to_call"}),
        ({"bodies": ("committee",)}, {"bodies_number"}),
        ({"kind": "talk"}, {"talk_decides_nothing"}),
        ({"kind": "committee"}, {"wrong_bodies", "bodies_number"}),
        (
            {"kind": "committee", "bodies": ("committee",), "body": "branch"},
            {"not_yours_to_convene"},
        ),
        # Its own meeting with one day's notice is no way round the seven of article 39.
        ({"kind": "body", "bodies": ("committee",)}, {"wrong_bodies"}),
        ({"kind": "fair"}, {"meeting_kind_unknown"}),
        ({"times": Times(T)}, {"meeting_already_noticed"}),
        ({"times": Times(T, cancelled_at=T)}, {"meeting_cancelled"}),
        (
            {"title": "", "place": "", "starts_at": None, "seats": 0},
            {
                "meeting_title_missing",
                "meeting_place_missing",
                "meeting_time_missing",
                "nobody_to_call",
            },
        ),
    ],
)
def test_what_keeps_a_notice_from_going_out(values, expected):
    assert codes(why_not_notice(notice(**values), LONG_BEFORE)) == expected


@pytest.mark.parametrize(
    ("times", "now", "start", "come"),
    [
        (Times(), T, {"meeting_not_noticed"}, {"meeting_not_noticed"}),
        (Times(T), T - 61 * MINUTE, {"start_too_early"}, {"checkin_not_open"}),
        (Times(T), T - 60 * MINUTE, {"start_too_early"}, set()),
        (Times(T), T, set(), set()),
        (Times(T), day_start(date(2026, 5, 11)), {"meeting_day_over"}, {"meeting_day_over"}),
        (Times(T, T), T + 600 * MINUTE, {"meeting_already_started"}, set()),
        (Times(T, T, T), T, {"meeting_ended"}, {"meeting_ended"}),
        (Times(T, cancelled_at=T), T, {"meeting_cancelled"}, {"meeting_cancelled"}),
    ],
)
def test_when_it_may_begin_and_when_people_may_come(times, now, start, come):
    assert codes(why_not_start(times, T, now)) == start
    assert codes(why_not_come(times, T, now)) == come


def test_presence_is_half_open_and_may_come_and_go():
    stays = [Stay(1, T, T + 10 * MINUTE), Stay(1, T + 20 * MINUTE), Stay(2, T + 5 * MINUTE)]
    for minutes, here in ((-1, set()), (0, {1}), (9, {1, 2}), (10, {2}), (20, {1, 2})):
        assert present_at(stays, T + minutes * MINUTE) == here
    assert came(stays) == {1, 2}


@pytest.mark.parametrize(
    ("rule", "due", "present", "enough", "adopt"),
    [
        # rule, due -> fewest present, fewest for (all present)
        ("committee", 5, 3, True, 3),
        ("committee", 5, 2, False, 3),
        ("committee", 6, 3, False, 4),  # exactly half is not more than half
        ("committee", 6, 4, True, 4),
        ("council", 17, 9, True, 9),
        ("council", 17, 8, False, 9),
        ("party_review", 12, 8, True, 6),  # two thirds and half, reached exactly
        ("party_review", 12, 7, False, 6),
        ("party_review", 13, 9, True, 7),
        ("residents", 10, 6, True, 4),  # more than half of the six present
        ("residents", 10, 5, False, 3),
    ],
)
def test_lines(rule, due, present, enough, adopt):
    seats = [Seat(i, "committee") for i in range(due)]
    found = quorum(seats, (), frozenset(range(present)), rule)
    assert (found.due, found.present, found.enough) == (due, present, enough)
    assert needed_for(due, present, rule) == adopt


@settings(max_examples=60)
@given(st.integers(1, 60), st.sampled_from(sorted(DECISION_RULES)), st.data())
def test_needed_is_the_smallest_number_that_suffices(due, rule, data):
    least = needed_present(due, rule)
    seats = [Seat(i, None) for i in range(due)]
    for present in range(due + 1):
        assert quorum(seats, (), frozenset(range(present)), rule).enough == (present >= least)
    barred = data.draw(st.sets(st.integers(0, due - 1)))
    found = quorum(seats, barred, frozenset(range(due)), rule)
    assert found.due == found.present == due - len(barred)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 60), st.none() | st.integers(1, 60)),
        max_size=20,
    ),
    st.sets(st.integers(0, 6)),
    st.integers(0, 120),
)
def test_presence_against_a_slow_count(raw, barred, at):
    stays = [
        Stay(who, T + a * MINUTE, None if span is None else T + (a + span) * MINUTE)
        for who, a, span in raw
    ]
    here = set()
    for who in range(7):
        for person, a, span in raw:
            if person == who and a <= at and (span is None or at < a + span):
                here.add(who)
    seats = [Seat(i, "branch") for i in range(5)]  # 5 and 6 hold no seat
    found = quorum(seats, barred, present_at(stays, T + at * MINUTE), "council")
    assert found.present == len({w for w in here if w < 5} - barred)
    assert found.due == len(set(range(5)) - barred)
    assert found.enough == (2 * found.present > found.due > 0)


def test_everybody_barred_is_no_quorum():
    found = quorum([Seat(1, "property")], [1], frozenset({1}), "council")
    assert (found.due, found.enough) == (0, False)


def test_the_code_holds_five_minutes_and_the_five_before():
    at = datetime(2026, 5, 10, 11, 4, 59, tzinfo=UTC)
    code = code_at("key", at)
    assert (len(code), code.isdigit()) == (6, True)
    assert code_fits("key", code, at + timedelta(seconds=1))
    assert code_fits("key", code, at + 5 * MINUTE)
    assert not code_fits("key", code, at + 6 * MINUTE)
    assert not code_fits("other", code, at)
    assert not code_fits("key", "", at)
    assert key_fits("key", "key")
    assert not key_fits("", "")


def turn(number, who, asked, started=None, ended=None) -> Turn:
    return Turn(
        number,
        who,
        T + asked * MINUTE,
        None if started is None else T + started * MINUTE,
        None if ended is None else T + ended * MINUTE,
    )


def test_who_has_not_spoken_goes_first():
    turns = [
        turn(1, 7, 0, 0, 3),  # 7 has spoken
        turn(2, 7, 1),
        turn(3, 8, 2),
        turn(4, 9, 3),
    ]
    assert [t.id for t in queue(turns)] == [3, 4, 2]
    assert speaking(turns) is None
    running = turn(5, 8, 4, 5)
    assert speaking([*turns, running]) == running
    assert left(running, T + 7 * MINUTE) == 60
    assert left(running, T + 9 * MINUTE) == -60
    assert left(turn(6, 1, 0), T) == 180


def opening(**values) -> OpenFacts:
    defaults = {
        "text": "改到周六",
        "rule": "council",
        "item_kind": "decide",
        "item_started": True,
        "item_ended": False,
        "earlier": (),
        "other_open": False,
        "quorum": Quorum(7, 4, 4, True),
    }
    return OpenFacts(**defaults | values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, set()),
        ({"text": ""}, {"decision_text_missing"}),
        ({"text": "长" * 301}, {"decision_text_too_long"}),
        ({"rule": None, "quorum": None}, {"kind_decides_nothing"}),
        ({"item_kind": "discuss"}, {"item_not_for_decision"}),
        ({"item_started": False}, {"item_not_running"}),
        ({"item_ended": True}, {"item_not_running"}),
        ({"earlier": ("no_quorum",)}, set()),
        ({"earlier": ("no_quorum", "no_quorum")}, set()),
        ({"earlier": ("adopted",)}, {"item_has_decision"}),
        ({"earlier": ("not_adopted",)}, {"item_has_decision"}),
        ({"earlier": ("no_quorum", "adopted")}, {"item_has_decision"}),
        (
            {"earlier": ("no_quorum",), "quorum": Quorum(7, 3, 4, False)},
            {"quorum_missing"},
        ),
        ({"other_open": True}, {"another_decision_open"}),
        ({"quorum": Quorum(7, 3, 4, False)}, {"quorum_missing"}),
        ({"quorum": Quorum(0, 0, 1, False)}, {"no_seats_due"}),
        ({"text": "", "other_open": True}, {"decision_text_missing", "another_decision_open"}),
    ],
)
def test_what_keeps_a_decision_from_opening(values, expected):
    assert codes(why_not_open(opening(**values))) == expected


def voting(**values) -> VoteFacts:
    defaults = {
        "decided_at": None,
        "choice": "for",
        "reason": "",
        "name": "甲一明",
        "seat": True,
        "barred": False,
        "present": True,
        "by_himself": True,
    }
    return VoteFacts(**defaults | values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, set()),
        ({"choice": "against", "reason": "贵"}, set()),
        ({"choice": "against"}, {"vote_reason_missing"}),
        ({"choice": "abstain"}, {"vote_reason_missing"}),
        ({"choice": "maybe"}, {"vote_choice_missing"}),
        ({"seat": False}, {"vote_without_seat"}),
        ({"barred": True}, {"vote_barred"}),
        ({"present": False}, {"vote_not_present"}),
        ({"reason": "长" * 201}, {"vote_reason_too_long"}),
        ({"decided_at": T, "seat": False}, {"decision_closed"}),
        ({"by_himself": False, "voted_himself": True}, {"voted_himself"}),
        ({"by_himself": True, "voted_himself": True}, set()),
        ({"seat": False, "present": False}, {"vote_without_seat", "vote_not_present"}),
    ],
)
def test_which_votes_count(values, expected):
    assert codes(why_not_vote(voting(**values))) == expected


def test_who_left_after_voting_took_part_and_who_is_barred_did_not():
    closing = Closing(
        due=frozenset({1, 2, 3, 4, 5}),
        present=frozenset({1, 2, 9}),  # 9 is barred or a guest
        votes={1: "for", 3: "for", 9: "for"},  # 3 has left
    )
    assert closing.took_part == {1, 2, 3}
    assert closing.silent == {2}
    count = figures(closing)
    assert (count.due, count.present, count.votes_for) == (5, 3, 2)
    assert outcome(count, "committee") == "not_adopted"
    assert outcome(count, "residents") == "adopted"


@settings(max_examples=60)
@given(
    st.sets(st.integers(0, 12), min_size=1),
    st.sets(st.integers(0, 15)),
    st.dictionaries(st.integers(0, 15), st.sampled_from(("for", "against", "abstain"))),
    st.sampled_from(sorted(DECISION_RULES)),
)
def test_figures_always_add_up(due, present, votes, rule):
    closing = Closing(frozenset(due), frozenset(present), votes)
    count = figures(closing)
    voted = count.votes_for + count.votes_against + count.abstain
    assert voted <= count.present <= count.due == len(due)
    if not closing.silent:
        assert voted == count.present
    if outcome(count, rule) == "adopted":
        assert count.votes_for > 0
