"""Positions over two rounds, interests and who is barred, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hall.bodies import service as bodies
from hall.errors import Forbidden, NotFound, Refused
from hall.journal import queries as journal
from hall.permissions import Role
from hall.positions import queries, service
from hall.proposals import queries as proposals
from hall.proposals.service import Plan
from tests import make
from tests.proposals.scene import holder, stage

DAY = timedelta(days=1)


@pytest.fixture
def scene(app, now):
    found = stage(2)
    found.grid = holder(found.id, "grid", "worker", Role.GRID)
    found.company = holder(found.id, "property", "staff", Role.PROPERTY)
    found.branch = holder(found.id, "branch", "secretary", Role.BRANCH)
    found.committee = (found.chair, found.chair_post)
    return found


def say(scene, who, proposal_id, stance, now, reason="", **values):
    actor, post = who
    return service.take(
        actor, scene.id, proposal_id, post_id=post, stance=stance, reason=reason, now=now, **values
    )


def refused(call):
    with pytest.raises(Refused) as error:
        call()
    return [b.code for b in error.value.blockers]


def line(matrix, body):
    return next(r for r in matrix.rows if r.body == body)


def test_positions_add_up_over_rounds(scene, now):
    scene.accepted(now)
    pid = proposals.get(scene.id, 1).id
    found = queries.matrix(pid, now)
    assert [r.body for r in found.rows] == ["community", "branch", "committee", "grid", "property"]
    assert [(c.round_n, c.is_current) for c in found.columns] == [(0, True)]
    assert {r.cells[0].days for r in queries.matrix(pid, now + 2 * DAY).rows} == {2}
    say(scene, scene.grid, pid, "reserved", now, "怕吵")
    first = now + DAY
    scene.round(1, first, days=3)
    say(scene, scene.grid, pid, "conditional", first, "晚十点断电")
    say(scene, scene.grid, pid, "support", first + DAY)
    again = say(scene, scene.grid, pid, "support", first + DAY)
    scene.settle(1, 1, first + 4 * DAY)
    second = first + 5 * DAY
    scene.round(1, second, days=3)
    found = queries.matrix(pid, second + 2 * DAY)
    assert [(c.round_n, c.is_current) for c in found.columns] == [(0, False), (1, False), (2, True)]
    cells = line(found, "grid").cells
    assert [c.position.stance if c.position else None for c in cells] == [
        "reserved",
        "support",
        None,
    ]
    assert [p.stance for p in cells[1].earlier] == ["conditional"]
    assert [c.days for c in cells] == [None, None, 2]
    assert line(found, "grid").newest == again
    # No word and no round is lost, and the same word twice is one.
    assert [p.stance for p in queries.history(pid)] == ["support", "conditional", "reserved"]
    told = next(j for j in journal.page(scene.id) if j.action == "positions.taken")
    assert (told.facts["n"], told.facts["body"], told.facts["stance"]) == (1, "grid", "support")


def test_who_may(scene, now):
    scene.accepted(now)
    pid = proposals.get(scene.id, 1).id
    with pytest.raises(Forbidden):  # an owner speaks for no body
        service.take(
            scene.owners[0], scene.id, pid, post_id=scene.chair_post, stance="support", reason="", now=now
        )  # fmt: skip
    with pytest.raises(Forbidden):  # nor anybody under another's post
        say(scene, (scene.grid[0], scene.company[1]), pid, "support", now)
    clerk = holder(scene.id, "committee", "clerk", Role.CLERK)
    with pytest.raises(Forbidden):
        say(scene, clerk, pid, "support", now)
    with pytest.raises(NotFound):
        service.take(
            scene.grid[0], make.estate().id, pid, post_id=scene.grid[1], stance="support", reason="", now=now
        )  # fmt: skip
    draft = scene.draft(now)
    with pytest.raises(NotFound):  # a draft is nobody's business
        say(scene, scene.grid, proposals.get(scene.id, draft).id, "support", now)
    waiting = scene.submitted(now)
    assert refused(
        lambda: say(scene, scene.grid, proposals.get(scene.id, waiting).id, "object", now)
    ) == ["proposal_not_let_in", "stance_reason_missing"]


def test_the_company_on_its_own_contract(scene, now):
    scene.accepted(now, plan=Plan(track="statutory", matter=4))
    pid = proposals.get(scene.id, 1).id
    assert refused(lambda: say(scene, scene.company, pid, "support", now)) == [
        "body_can_only_recuse"
    ]
    found = queries.matrix(pid, now + 3 * DAY)
    row = line(found, "property")
    assert (row.barred.kind, row.cells[0].position, row.cells[0].days) == (
        "own_contract",
        None,
        None,
    )
    assert [s.stance for s in queries.strips([pid])[pid]] == ["", "", "", "", "recused"]
    say(scene, scene.company, pid, "recused", now, "只说明情况")
    assert line(queries.matrix(pid, now), "property").newest.stance == "recused"


def test_interests_bar_and_end(scene, now):
    scene.accepted(now)
    pid = proposals.get(scene.id, 1).id
    (chair, chair_post), (branch, branch_post) = scene.committee, scene.branch
    words = {"kind": "family", "text": "女婿是投标人", "now": now}
    mine = service.declare(chair, scene.id, pid, post_id=chair_post, whole_body=False, **words)
    service.declare(branch, scene.id, pid, post_id=branch_post, whole_body=True, **words)
    who = queries.barred(pid)
    assert [b.body for b in who.bodies] == ["branch"]
    assert [p.person_id for p in who.persons] == [mine.person_id]
    assert mine.person_id in chair.persons_in(scene.id)
    assert refused(lambda: say(scene, scene.committee, pid, "support", now)) == [
        "person_has_interest"
    ]
    other = holder(scene.id, "committee", "member", Role.MEMBER)
    assert say(scene, other, pid, "support", now).body == "committee"
    end = {"reason": "女婿已经退出", "now": now}
    assert refused(
        lambda: service.end_interest(chair, scene.id, mine.id, post_id=chair_post, **end)
    ) == ["interest_of_own_body"]
    ended = service.end_interest(branch, scene.id, mine.id, post_id=branch_post, **end)
    assert (ended.ended_at, ended.ended_reason) == (now, "女婿已经退出")
    assert queries.barred(pid).persons == ()
    assert len(queries.interests(pid)) == 1
    assert len(queries.interests(pid, ended=True)) == 2
    assert say(scene, scene.committee, pid, "abstain", now).stance == "abstain"
    with pytest.raises(NotFound):
        service.end_interest(branch, make.estate().id, mine.id, post_id=branch_post, **end)


def test_reads_cost_the_same_however_much_was_said(scene, now, count_queries):
    bodies.name_body(
        make.actor(scene.id, Role.COMMUNITY), scene.id, "grid", name="第二网格", phone="", now=now
    )
    ids = []
    for n in (1, 2):
        scene.accepted(now)
        ids.append(proposals.get(scene.id, n).id)
    with count_queries() as few:
        queries.matrix(ids[0], now)
        queries.strips(ids[:1])
    for stance in ("support", "abstain", "recused"):
        for pid in ids:
            for who in (scene.grid, scene.company, scene.branch):
                say(scene, who, pid, stance, now)
    with count_queries() as many:
        found = queries.matrix(ids[0], now)
        strips = queries.strips(ids)
    assert many.count == few.count
    assert line(found, "grid").name == "第二网格"
    assert [s.stance for s in strips[ids[1]]] == ["", "recused", "", "recused", "recused"]
    assert queries.strips([]) == {}
    assert [p.proposal_id for p in queries.elsewhere(scene.id, "grid", ids[0])] == [ids[1]]
    with pytest.raises(NotFound):
        queries.barred(999999)
