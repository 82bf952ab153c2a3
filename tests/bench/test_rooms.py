"""Full rooms ask the database as often as nearly empty ones: 2,000 comments, 300 people (B11)."""

from __future__ import annotations

from sqlalchemy import select

from hall import clock
from hall.db import db
from hall.meetings.models import Meeting
from hall.proposals import queries as proposals
from tests.bench import rooms
from tests.meetings.scene import scene as meeting_scene
from tests.pages import sign_in
from tests.proposals.scene import stage

CEILINGS = {"signed out": 36, "owner": 40, "meeting": 24, "live": 28}


def asked(client, path, count_queries) -> int:
    client.get(path)  # what a process remembers is read by now
    with count_queries() as counted:
        assert client.get(path).status_code == 200, path
    return counted.count


def test_two_thousand_comments_cost_no_query_more(app, now, count_queries):
    place = stage()
    n = place.accepted(now)
    thread = proposals.get(place.id, n).thread_id
    path = f"/e/{place.estate.slug}/proposals/{n}"
    visitor, owner = app.test_client(), app.test_client()
    sign_in(owner, place.owners[1].account_id, clock.now())
    rooms.talk(thread, 200, now)
    few = [asked(c, path, count_queries) for c in (visitor, owner)]
    rooms.talk(thread, 1_800, now)
    many = [asked(c, path, count_queries) for c in (visitor, owner)]
    assert many == few
    assert few[0] <= CEILINGS["signed out"]
    assert few[1] <= CEILINGS["owner"]


def test_three_hundred_people_cost_no_query_more(app, travel, count_queries):
    place = meeting_scene()
    n = place.running(travel)
    meeting = db.session.scalar(
        select(Meeting.id).where(Meeting.estate_id == place.id, Meeting.n == n)
    )
    path = f"/e/{place.estate.slug}/meetings/{n}"
    visitor, chair = app.test_client(), app.test_client()
    sign_in(chair, place.chair.account_id, clock.now())
    rooms.crowd(meeting, 3, travel.now)
    few = asked(visitor, path, count_queries), asked(chair, f"{path}/live", count_queries)
    rooms.crowd(meeting, 297, travel.now)
    many = asked(visitor, path, count_queries), asked(chair, f"{path}/live", count_queries)
    assert many == few
    assert few[0] <= CEILINGS["meeting"]
    assert few[1] <= CEILINGS["live"]
