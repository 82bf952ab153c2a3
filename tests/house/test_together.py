"""Eight people at once on the same things: nothing twice, nothing lost, nobody told that we failed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hall import clock
from hall.db import atomic, db
from hall.meetings import queries
from hall.meetings.models import Attendance, MemberVote, SignOff
from hall.proposals import service as proposals
from hall.proposals.models import Endorsement
from hall.proposals.service import Plan
from hall.threads import service as threads
from hall.threads.models import Comment, Echo
from tests import make
from tests.house.world import HOME
from tests.meetings.scene import scene
from tests.meetings.test_minutes_service import circulated
from tests.pages import sign_in
from tests.proposals.scene import WORDING

EIGHT = 8


def rows(table, *where) -> int:
    found = db.session.scalar(select(func.count()).select_from(table).where(*where))
    db.session.rollback()
    return found


@pytest.fixture
def ready(app, travel, monkeypatch):
    """A point, a proposal let in, and a council in the middle of a vote; eight owners look on."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    place = scene()
    meeting, decision = place.deciding(travel, absent=("丁小样",))
    e, now = place.id, travel.now
    building = make.building(e)
    owners = [make.owner(e, building.id)[2] for _ in range(EIGHT)]
    with atomic():
        thread = threads.open_thread(e, "续聘", answer_body="committee", now=now)
    point = threads.comment(place.resident, e, thread, text="三年太长", now=now)
    plan = Plan(track="advisory", lead_body="committee")
    n = proposals.draft(place.resident, e, WORDING, plan, now=now)
    proposals.submit(place.resident, e, n, now=now)
    return place, owners, thread, point, n, meeting, decision


def all_at_once(app, calls):
    """Each call is (actor, path, form), each with a browser of its own; their answers' numbers."""
    clients = []
    for actor, path, data in calls:
        client = app.test_client()
        sign_in(client, actor.account_id, clock.now())
        clients.append((client, path, data))

    def send(call):
        client, path, data = call
        with app.app_context():
            return client.post(path, data=data, headers=HOME).status_code

    with ThreadPoolExecutor(EIGHT) as pool:
        return list(pool.map(send, clients))


def test_the_same_button_at_once(app, ready, travel):
    place, owners, thread, point, n, meeting, decision = ready
    base = f"/e/{place.estate.slug}"
    echo = f"{base}/threads/{thread}/c/{point}/echo"
    calls = [(o, echo, {"_on": "1"}) for o in owners for _ in range(2)]
    assert set(all_at_once(app, calls)) == {303}
    assert rows(Echo, Echo.comment_id == point) == EIGHT

    said = [(o, f"{base}/threads/{thread}/write", {"text": f"同意 {i}", "_key": f"key{i}"})
            for i, o in enumerate(owners) for _ in range(2)]  # fmt: skip
    assert set(all_at_once(app, said)) == {303}
    assert rows(Comment, Comment.thread_id == thread) == 1 + EIGHT  # the same key once

    backed = [(o, f"{base}/proposals/{n}/endorse", {}) for o in owners for _ in range(2)]
    assert set(all_at_once(app, backed)) == {303}
    assert rows(Endorsement, Endorsement.withdrawn_at.is_(None)) == EIGHT

    seats = [*place.who.values(), *(a for a, _ in place.members)]
    votes = [(a, f"{base}/meetings/{meeting}/vote", {"decision": str(decision), "choice": "for"})
             for a in seats for _ in range(2)]  # fmt: skip
    assert set(all_at_once(app, votes)) == {303}
    assert rows(MemberVote, MemberVote.decision_id == decision) == len(seats)

    key = queries.checkin_key(queries.get(place.id, meeting).id)
    come = [(o, f"{base}/meetings/{meeting}/checkin", {"k": key}) for o in owners for _ in range(2)]
    before = rows(Attendance)
    assert set(all_at_once(app, come)) == {303}
    assert rows(Attendance) == before + EIGHT


def test_signatures_at_once(app, travel, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    place = scene()
    n, digest = circulated(place, travel)
    travel(timedelta(minutes=1))
    path = f"/e/{place.estate.slug}/meetings/{n}/minutes/sign"
    calls = [
        (a, path, {"post_id": str(place.posts[b].id), "digest": digest, "signed": "1"})
        for b, a in place.who.items()
        for _ in range(2)
    ]
    found = all_at_once(app, calls)
    assert sorted(found) == [303] * 5 + [422] * 5  # the second is told that the body has signed
    assert rows(SignOff) == 5
