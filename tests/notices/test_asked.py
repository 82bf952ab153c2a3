"""What an act asks of a body is told once to who may speak for it that day; on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from hall.actions import service as actions
from hall.clock import local_date
from hall.db import atomic
from hall.meetings import service as meetings
from hall.notices import queries, service
from hall.people.models import Post
from hall.permissions import Role
from hall.proposals import service as proposals
from hall.proposals.service import Plan
from hall.threads import service as threads
from tests import make
from tests.meetings.scene import scene
from tests.meetings.test_minutes_service import circulated, sign
from tests.proposals.scene import WORDING


def deliver(now):
    while service.deliver(now=now):
        pass


@pytest.fixture
def place(app, now):
    """Five bodies; beside the speakers a clerk, a chair of former days and one of days to come."""
    found = scene()
    found.other = {}
    for name, title, values in (
        ("clerk", "clerk", {}),
        ("former", "chair", {"to_on": date(2026, 5, 1)}),
        ("coming", "member", {"from_on": date(2027, 1, 1)}),
    ):
        person, account = make.person(found.id), make.account()
        make.link(account.id, person)
        make.post(person, "committee", title, **values)
        found.other[name] = account.id
    return found


def asked(place, code):
    """Who was told of an act for which body, by what he is called in the scene."""
    names = {
        **{a.account_id: body for body, a in place.who.items()},
        **{a.account_id: f"member{i}" for i, (a, _) in enumerate(place.members, 1)},
        **{account: name for name, account in place.other.items()},
        place.resident.account_id: "resident",
    }
    return {
        name: [r.facts.get("to_body") for r in queries.inbox(account, place.id) if r.code == code]
        for account, name in names.items()
        if any(r.code == code for r in queries.inbox(account, place.id))
    }


def test_minutes_from_the_notice_to_what_they_lay_on_bodies(place, travel):
    n, digest = circulated(place, travel)
    deliver(travel.now)
    # Everybody with a seat was invited himself; the chair did it.
    assert asked(place, "meetings.noticed") == {
        who: [None] for who in ("community", "branch", "grid", "property", "member1", "member2")
    }
    # The chair sent them round; members may sign for the committee, its clerk may not.
    assert asked(place, "meetings.minutes_circulated") == {
        "community": ["community"], "branch": ["branch"], "grid": ["grid"],
        "property": ["property"], "member1": ["committee"], "member2": ["committee"],
    }  # fmt: skip
    for body in ("community", "branch", "committee", "grid", "property"):
        sign(place, n, body, digest, travel.now)
    meetings.publish_minutes(place.chair, place.id, n, now=travel.now)
    deliver(travel.now)
    told = asked(place, "meetings.minutes_published")
    assert told["property"] == ["property"]  # it opens the activity room on Saturdays
    assert told["grid"] == ["grid"]  # it asks for the survey
    assert told["community"] == told["member1"] == [None]
    assert not {"clerk", "former", "coming", "resident", "committee"} & told.keys()


def test_a_correction_is_answered_to_who_asked_for_it(place, travel):
    n, _ = circulated(place, travel)
    member, _post = place.members[0]
    made = meetings.correct_minutes(member, place.id, n, text="少记了一句", now=travel.now)
    (waiting,) = queries.minutes_corrections(member, place.id)
    assert (waiting.meeting_n, waiting.taken) == (n, None)
    meetings.answer_correction(
        place.chair, place.id, n, made, taken=False, reply="录音里没有", now=travel.now
    )
    deliver(travel.now)
    assert asked(place, "meetings.correction_answered") == {"member1": [None]}
    (answered,) = queries.minutes_corrections(member, place.id)
    assert answered.taken is False


def test_an_action_a_comment_and_a_proposal_reach_the_body_they_wait_for(place, now):
    branch, company = place.who["branch"], place.who["property"]
    post = {body: row.id for body, row in place.posts.items()}
    n = actions.open_action(
        branch, place.id, post_id=post["branch"], text="换牌子", body="property",
        due_on=date(2026, 6, 1), now=now,
    ).n  # fmt: skip
    actions.mark_done(company, place.id, n, post_id=post["property"], text="换了", now=now)
    actions.send_back(branch, place.id, n, post_id=post["branch"], text="还是旧的", now=now)
    with atomic():
        thread = threads.open_thread(place.id, "充电棚", answer_body="committee", now=now)
    said = threads.comment(place.resident, place.id, thread, text="谁来装", now=now)
    threads.refer(
        place.chair, place.id, said, body="property", reason="物业来装",
        post_id=post["committee"], now=now,
    )  # fmt: skip

    def propose():
        plan = Plan(lead_body="committee")
        n = proposals.draft(place.resident, place.id, WORDING, plan, now=now)
        proposals.submit(place.resident, place.id, n, now=now)

    propose()
    deliver(now)
    assert service.deliver(now=now) == 0
    for code in ("actions.opened", "actions.sent_back", "threads.referred"):
        assert asked(place, code) == {"property": ["property"]}, code
    # The committee leads it; its members cannot let proposals in.
    assert asked(place, "proposals.submitted") == {"committee": ["committee"]}
    with atomic() as s:
        s.get(Post, post["committee"]).to_on = local_date(now)
    propose()
    deliver(now)
    # Nobody of the committee can any more: whoever can is asked.
    assert asked(place, "proposals.submitted") == {
        "committee": ["committee"], "branch": ["branch"], "community": ["community"],
    }  # fmt: skip


def test_what_i_began_and_who_owes_the_next_step(place, now):
    me = place.resident
    made = proposals.draft(me, place.id, WORDING, Plan(lead_body="committee"), now=now)
    due = proposals.submit(me, place.id, made, now=now)
    with atomic():
        thread = threads.open_thread(place.id, "充电棚", answer_body="committee", now=now)
    mine = threads.comment(me, place.id, thread, text="三年太长", now=now)
    other = threads.comment(place.members[0][0], place.id, thread, text="骂人的话", now=now)
    threads.report(me, place.id, other, reason="abuse", text="", about_body=None, now=now)
    found = queries.waiting_for_others(me, place.id)
    assert [(m.kind, m.n, m.stage, m.body) for m in found] == [
        ("proposal", made, "screening", "committee"),
        ("comment", mine, "", "committee"),
        ("report", other, "", ""),
    ]
    assert found[0].due == due
    assert queries.spoke_last(me.account_id, [thread]) == {thread: now}
    assert queries.spoke_last(me.account_id, []) == {}
    # Masked: I may appeal; once I have, it waits for others.
    branch = place.who["branch"]
    threads.moderate(
        branch, place.id, mine, act="hide", reason="有门牌", post_id=place.posts["branch"].id,
        now=now,
    )  # fmt: skip
    assert [(a.comment_id, a.act) for a in queries.appealable(me.account_id, place.id)] == [
        (mine, "hide")
    ]
    threads.appeal(me, place.id, mine, text="没有门牌", now=now)
    assert queries.appealable(me.account_id, place.id) == ()
    assert [m.kind for m in queries.waiting_for_others(me, place.id)] == [
        "proposal", "report", "appeal"
    ]  # fmt: skip
    # Declined, it waits for nobody.
    proposals.screen(
        place.chair, place.id, made, accept=False, reason="不归小区管",
        post_id=place.posts["committee"].id, now=now,
    )  # fmt: skip
    assert "proposal" not in [m.kind for m in queries.waiting_for_others(me, place.id)]
    assert queries.waiting_for_others(make.actor(place.id, Role.RESIDENT), place.id) == ()
