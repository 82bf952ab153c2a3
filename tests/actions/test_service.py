"""Actions from opening to seen, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hall.actions import queries, service
from hall.clock import local_date
from hall.db import atomic
from hall.errors import Forbidden, NotFound, Refused
from hall.files.models import StoredFile
from hall.journal import queries as journal
from hall.people.rules.posts import role_of
from hall.permissions import Role
from tests import make


class Scene:
    """An estate, one speaker a body, and two actions: the company's, and one that waits outside."""

    def __init__(self, now):
        self.now = now
        self.estate = make.estate()
        self.id = self.estate.id
        self.chair = self.speaker("committee", "chair")
        self.company = self.speaker("property", "staff")
        self.grid = self.speaker("grid", "worker")
        self.branch = self.speaker("branch", "secretary")

    def speaker(self, body, title):
        who = make.person(self.id)
        post = make.post(who, body, title)
        actor = make.actor(
            self.id, role_of(body, title), Role.RESIDENT, person_id=who.id, name=who.name
        )
        return actor, post.id

    def open(self, **values):
        actor, post = self.chair
        defaults = {"text": "修好东门", "body": "property", "due_on": date(2026, 5, 10)}
        return service.open_action(actor, self.id, post_id=post, now=self.now, **defaults | values)

    def act(self, verb, who, n=1, *, at=None, **values):
        actor, post = who
        return verb(actor, self.id, n, post_id=post, now=at or self.now, **values)


@pytest.fixture
def scene(app, now):
    return Scene(now)


def refused(call):
    with pytest.raises(Refused) as error:
        call()
    return [b.code for b in error.value.blockers]


def test_from_opening_to_seen(scene):
    opened = scene.open(person="蒋样经理")
    assert (opened.n, opened.text, opened.body, opened.person) == (
        1,
        "修好东门",
        "property",
        "蒋样经理",
    )
    assert opened.percent is None
    later = scene.now + timedelta(days=6)  # 12 May, two days late
    row = scene.act(service.report_progress, scene.company, at=later, text="门扇到了", percent=60)
    assert (row.percent, row.late_days(local_date(later))) == (60, 2)
    row = scene.act(service.explain_delay, scene.company, at=later, text="缺一张发票")
    assert (row.due_on, row.late_days(local_date(later))) == (date(2026, 5, 10), 2)
    done = later + timedelta(hours=1)
    row = scene.act(service.mark_done, scene.company, at=done, text="装好了，试开 20 次")
    assert (row.percent, row.done_body, row.state(local_date(done)).value) == (
        100,
        "property",
        "done",
    )
    row = scene.act(service.send_back, scene.grid, at=done, text="门锁还是坏的")
    assert (row.percent, row.done_at, row.state(local_date(done)).value) == (60, None, "late")
    scene.act(service.mark_done, scene.company, at=done, text="锁换了")
    row = scene.act(service.verify, scene.grid, at=done, text="")
    assert (row.verified_body, row.late_days(date(2027, 1, 1))) == ("grid", 2)
    assert [h.kind for h in queries.history(row.id)] == [
        "verified", "done", "sent_back", "done", "explained", "progress",
    ]  # fmt: skip
    told = [j for j in journal.page(scene.id) if j.action.startswith("actions.")]
    assert [j.action.split(".")[1] for j in told] == [
        "verified", "done", "sent_back", "done", "delay_explained", "progressed", "opened",
    ]  # fmt: skip
    assert {j.facts["n"] for j in told} == {1}
    assert refused(lambda: scene.act(service.verify, scene.branch, at=done)) == ["action_closed"]


def test_who_may(scene):
    scene.open()
    report = {"text": "门扇到了", "percent": 1}
    assert refused(lambda: scene.act(service.report_progress, scene.chair, **report)) == [
        "action_of_another_body"
    ]
    with pytest.raises(Forbidden):  # the company opens, sees and drops nothing
        scene.act(service.verify, scene.company)
    with pytest.raises(Forbidden):
        scene.act(service.drop, scene.company, reason="x")
    with pytest.raises(Forbidden):  # somebody else's post
        service.report_progress(
            scene.grid[0], scene.id, 1, post_id=scene.company[1], now=scene.now, **report
        )
    # A clerk of the committee who is also a grid worker does not speak for the committee.
    who = make.person(scene.id)
    clerk, worker = make.post(who, "committee", "clerk"), make.post(who, "grid", "worker")
    both = make.actor(scene.id, Role.CLERK, Role.GRID, person_id=who.id)
    with pytest.raises(Forbidden):
        scene.act(service.mark_done, (both, clerk.id), text="x")
    scene.act(service.mark_done, scene.company, text="装好了")
    assert scene.act(service.verify, (both, worker.id)).verified_body == "grid"


def test_the_same_person_does_not_see_his_own_work(scene):
    who = make.person(scene.id)
    member, worker = make.post(who, "committee", "member"), make.post(who, "grid", "worker")
    both = make.actor(scene.id, Role.MEMBER, Role.GRID, person_id=who.id)
    scene.open(body="committee")
    scene.act(service.mark_done, (both, member.id), text="办了")
    assert refused(lambda: scene.act(service.verify, (both, worker.id))) == [
        "action_doer_cannot_verify"
    ]
    assert refused(lambda: scene.act(service.verify, scene.chair)) == [
        "action_own_body_cannot_verify"
    ]
    assert queries.to_verify(scene.id, ["grid"], both.account_id) == ()
    assert [r.n for r in queries.to_verify(scene.id, ["grid"], 999)] == [1]
    assert queries.to_verify(scene.id, ["committee"], 999) == ()


def test_outside_steps(scene):
    day = date(2026, 5, 8)
    scene.open(
        text="等现场勘测",
        body="committee",
        due_on=None,
        external=True,
        agency="住建局",
        check_on=day,
    )
    row = queries.get(scene.id, 1)
    assert row.state(date(2026, 5, 8)).value == "ask_again"
    row = scene.act(service.external_news, scene.chair, text="排在下月", check_on=date(2026, 6, 1))
    assert (row.check_on, row.latest.kind) == (date(2026, 6, 1), "news")
    assert row.state(date(2026, 5, 8)).value == "waiting"
    assert refused(lambda: scene.act(service.explain_delay, scene.chair, text="他们没来")) == [
        "action_not_late"
    ]


def test_dropping_needs_another_body_and_a_reason(scene):
    scene.open(body="committee")
    assert refused(lambda: scene.act(service.drop, scene.chair, reason="不办了")) == [
        "action_own_body_cannot_drop"
    ]
    row = scene.act(service.drop, scene.branch, reason="并入整体改造")
    assert (row.drop_reason, row.state(date(2026, 7, 1)).value) == ("并入整体改造", "dropped")
    assert refused(lambda: scene.act(service.mark_done, scene.chair, text="x")) == ["action_closed"]


def test_a_milestone_has_a_file_of_this_estate(scene):
    scene.open()
    file = {"name": "门.jpg", "kind": "image", "media": "image/jpeg", "size": 1, "digest": "0" * 64}
    file |= {"content": b"x", "created_at": scene.now}
    own = make.save(StoredFile(estate_id=scene.id, **file))
    foreign = make.save(StoredFile(estate_id=make.estate().id, **file))
    row = scene.act(service.milestone, scene.company, text="门扇装上", percent=80, file_id=own.id)
    assert (row.latest.file_id, row.percent) == (own.id, 80)
    for missing in (foreign.id, 999999):
        with pytest.raises(NotFound):
            scene.act(service.milestone, scene.company, text="x", file_id=missing)


def test_lists_and_figures(scene, count_queries):
    add = {"person": "", "opened_by": "会议纪要", "now": scene.now}
    with atomic():
        for n, due in enumerate((date(2026, 5, 1), date(2026, 4, 1), date(2026, 6, 1)), 1):
            service.add(scene.id, text=f"第{n}件", body="property", due_on=due, **add)
        ids = [
            service.add(
                scene.id, text="等勘测", body="committee", due_on=None, external=True,
                agency="住建局", check_on=date(2026, 5, 1), **add,
            )
        ]  # fmt: skip
    scene.open(text="别的小区看不到", body="grid")
    today = local_date(scene.now)
    found = queries.counts(scene.id, today)
    assert (found.total, found.running, found.late, found.external) == (5, 5, 2, 1)
    assert [r.n for r in queries.cards(scene.id, "running", today=today)] == [2, 1, 4, 5, 3]
    assert [r.n for r in queries.cards(scene.id, "late", today=today)] == [2, 1]
    assert [r.n for r in queries.cards(scene.id, "external", today=today)] == [4]
    assert [r.n for r in queries.cards(scene.id, "all", today=today, bodies=["grid"])] == [5]
    assert queries.count(scene.id, "late", today=today, bodies=["committee"]) == 0
    assert queries.counts(scene.id, today, ["property"]).late == 2
    assert set(queries.by_ids([*ids, 999999])) == set(ids)
    assert queries.counts(make.estate().id, today) == queries.Counts(0, 0, 0, 0, 0, 0, 0)
    with count_queries() as q:
        queries.cards(scene.id, "all", today=today)
    assert q.count == 2
    with pytest.raises(NotFound):
        queries.get(make.estate().id, 1)
