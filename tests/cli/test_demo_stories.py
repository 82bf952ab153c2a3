"""The two stories replayed by the demo through the real services: what each step left behind."""

from __future__ import annotations

import pytest

from hall import clock
from hall.actions import queries as actions
from hall.ballots import queries as ballots
from hall.ballots.rules import Phase
from hall.bodies.rules import Body
from hall.meetings import queries as meetings
from hall.positions import queries as positions
from hall.proposals import queries as proposals
from hall.proposals.rules.state import State
from hall.resolutions import queries as resolutions
from hall.resolutions.queries.trace import trace_of
from hall.threads import queries as threads
from tests.cli.test_demo import _estate, inside, settings

__all__ = ["inside", "settings"]  # fixtures of the neighbouring file


def _now_of(matrix):
    return {r.body: (r.newest.stance if r.newest else None) for r in matrix.rows}


@pytest.fixture
def naming(inside):
    estate = _estate("qingyin")
    return estate.id, proposals.get(estate.id, 1)


@pytest.fixture
def renewal(inside):
    estate = _estate("xiangcheng")
    return estate.id, proposals.get(estate.id, 1)


def test_302_three_rounds_each_settled_with_every_voice_answered(naming):
    _, matter = naming
    rounds = proposals.rounds(matter.id)
    assert [r.n for r in rounds] == [1, 2, 3]
    assert all(r.settled_at and r.heard and not r.nothing_changed for r in rounds)
    # 7 + 4 + 3 voices, 3 of them taken down on the phone or at the door, and a neighbour's reply in
    # the first round; nothing is unanswered.
    assert [r.comments for r in rounds] == [8, 4, 3]
    for r in rounds:
        assert threads.open_points(matter.thread_id, r.opens_at, r.closes_at) == ()
    versions = proposals.versions(matter.id)
    assert [v.n for v in versions] == [1, 2, 3, 4]
    assert [v.material for v in versions] == [False, True, True, False]
    assert all(c.comment_ids for v in versions[1:] for c in v.changes)
    assert "302小区党支部" in matter.wording.text
    assert matter.origin == "voice"


def test_302_the_council_and_the_five(naming):
    estate_id, matter = naming
    meeting = meetings.page(estate_id, 1)
    (decision,) = meeting.decisions
    # Five bodies (the group has two seats) and three named representatives: 9 seats, all there.
    assert (decision.due, decision.present) == (9, 9)
    assert (decision.votes_for, decision.votes_against, decision.abstain) == (8, 1, 0)
    assert decision.outcome == "adopted"
    matrix = positions.matrix(matter.id, clock.now())
    assert [r.body for r in matrix.rows] == list(Body)
    assert set(_now_of(matrix).values()) == {"support"}


def test_302_the_organisation_decides_and_the_sign_hangs(naming):
    estate_id, matter = naming
    assert (matter.state, matter.settled_how) == (State.SETTLED, "organisation")
    found = resolutions.find(
        estate_id, "community-" + str(clock.local_date(clock.now()).year) + "-1"
    )
    assert found is not None
    assert found.source == "organisation"
    assert "302小区党支部" in found.decided[0]
    today = clock.local_date(clock.now())
    by_text = {a.text: a.state(today).value for a in actions.cards(estate_id, "all", today=today)}
    sign = next(s for t, s in by_text.items() if t.startswith("更换门头"))
    approval = next(s for t, s in by_text.items() if t.startswith("名称报上级"))
    survey = next(s for t, s in by_text.items() if t.startswith("污水管网"))
    assert (sign, approval, survey) == ("verified", "verified", "waiting")


def test_302_every_page_leads_to_every_other(naming):
    estate_id, matter = naming
    now = clock.now()
    stations = {s.kind: s for s in trace_of(estate_id, "proposal", matter.id, now)}
    for kind in (
        "suggestion",
        "proposal",
        "rounds",
        "positions",
        "meeting",
        "ballot",
        "resolution",
    ):
        assert stations[kind].state == "done", kind
    from_meeting = trace_of(estate_id, "meeting", meetings.get(estate_id, 1).id, now)
    assert [s.refs for s in from_meeting] == [s.refs for s in stations.values()]


def test_renewal_two_versions_to_the_open_ballot(renewal):
    estate_id, matter = renewal
    assert (matter.track, matter.matter, matter.ready_version) == ("statutory", 4, 3)
    # 7 voices and a reply, then 4.
    assert [r.comments for r in proposals.rounds(matter.id)] == [8, 4]
    ballot = ballots.get(estate_id, 2)
    assert ballot.phase(clock.now()) is Phase.OPEN
    assert (ballot.proposal_id, ballot.proposal_version) == (matter.id, 3)
    assert ballot.title == matter.title
    assert "连续两季度不合格" in ballot.details


def test_renewal_who_has_an_interest_is_recused(renewal):
    estate_id, matter = renewal
    barred = positions.barred(matter.id)
    assert [b.body for b in barred.bodies] == ["property"]
    assert len(barred.persons) == 1
    meeting = meetings.page(estate_id, 1)
    (decision,) = meeting.decisions
    # Community 1, branch 2, committee 5, grid 1, company 1 = 10 seats; the company and one member
    # are barred: 8 due. One member was absent: 7 in the room.
    assert (decision.due, decision.present, decision.votes_for) == (8, 7, 7)
    assert len(decision.barred) == 2
    assert _now_of(positions.matrix(matter.id, clock.now()))["property"] == "recused"


def test_something_waits_for_everybody_today(inside):
    estate, now = _estate("xiangcheng"), clock.now()
    today = clock.local_date(now)
    cards = {p.title: p.state for p in proposals.cards(estate.id)}
    assert cards["法律顾问坐班改到周六上午"] is State.DISCUSSING
    assert cards["东门外墙设便民广告栏"] is State.SUBMITTED
    assert [m.title for m in meetings.upcoming(estate.id)] == ["法律顾问坐班时间会商会"]
    late = [a.text for a in actions.cards(estate.id, "late", today=today)]
    assert late == ["公示上一季度公共收益收支"]
