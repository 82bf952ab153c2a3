"""A proposal from a draft to its final wording, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hall.errors import Forbidden, NotFound, Refused
from hall.proposals import queries, service
from tests import make
from tests.proposals.scene import DAY, WORDING, stage


@pytest.fixture
def scene(app, now):
    return stage()


def codes(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return sorted(b.code for b in refused.value.blockers)


def test_from_idea_to_final_wording(scene, now):
    n = scene.draft(now)
    assert queries.cards(scene.id) == ()
    with pytest.raises(NotFound):
        service.submit(scene.owners[1], scene.id, n, now=now)
    service.submit(scene.owners[0], scene.id, n, now=now)
    row = queries.get(scene.id, n)
    assert (row.state, row.version_n, row.wording) == ("submitted", 1, WORDING)
    scene.accept(n, now)
    scene.round(n, now)
    comment = scene.say(row.thread_id, 1, "离住宅太近了。", now + DAY)
    after = now + 8 * DAY
    assert codes(scene.settle, n, 1, now + DAY) == ["points_open", "round_not_ended"]
    assert codes(scene.settle, n, 1, after) == ["points_open"]
    scene.answer(comment, after)
    change = service.ChangeDraft("挪到围墙边", (comment,))
    assert scene.revise(n, 1, after, changes=[change], material=True) == 2
    assert codes(scene.settle, n, 1, after) == ["something_changed"]
    scene.settle(n, 1, after, nothing_changed=False)
    ready = (scene.chair, scene.id, n)
    assert codes(service.make_ready, *ready, post_id=scene.chair_post, now=after) == [
        "material_unheard"
    ]
    scene.round(n, after)
    later = after + 7 * DAY
    scene.settle(n, 2, later)
    assert service.make_ready(*ready, post_id=scene.chair_post, now=later) == 2
    assert queries.get(scene.id, n).state == "ready"


def test_only_leads_screen_and_never_their_own(scene, now):
    n = scene.submitted(now)
    with pytest.raises(Forbidden):
        service.screen(
            scene.owners[2], scene.id, n, accept=True, reason="", post_id=scene.chair_post, now=now
        )
    own = scene.submitted(now, scene.chair, post_id=scene.chair_post)
    assert codes(scene.accept, own, now) == ["own_proposal_screened"]


def test_a_draft_is_its_authors_and_a_stale_save_writes_nothing(scene, now):
    n = scene.draft(now)
    save = (scene.owners[0], scene.id, n)
    plan = service.Plan("statutory", 8)
    assert service.update_draft(*save, replace(WORDING, title="甲"), plan, revision=1, now=now) == 2
    late = replace(WORDING, title="乙")
    assert codes(service.update_draft, *save, late, plan, revision=1, now=now) == ["draft_stale"]
    assert queries.get(scene.id, n).title == "甲"
    assert [d[:2] for d in queries.drafts_of(scene.id, scene.owners[0].account_id)] == [(n, "甲")]
    assert queries.drafts_of(scene.id, scene.owners[1].account_id) == ()
    with pytest.raises(NotFound):
        service.endorse(scene.owners[1], scene.id, n, now=now)
    service.withdraw(*save, reason="", now=now)
    assert codes(service.submit, *save, now=now) == ["proposal_wrong_state"]


def test_bad_input_is_told_whole(scene, now):
    owner, plan = scene.owners[0], service.Plan("statutory")
    long = replace(WORDING, title="字" * 61, text="字" * 20_001)
    assert codes(service.draft, owner, scene.id, long, plan, now=now) == [
        "proposal_field_too_long",
        "proposal_field_too_long",
    ]
    assert codes(
        service.draft,
        owner,
        scene.id,
        WORDING,
        replace(plan, procedure="none", scope={"floors": [1]}),
        origin=service.Origin("voice", on=(now + 2 * DAY).date()),
        files=[(999, "")],
        now=now,
    ) == sorted(
        [
            "proposal_matter_missing",
            "procedure_unknown",
            "proposal_scope_unknown",
            "origin_text_missing",
            "origin_in_future",
            "file_unknown",
        ]
    )
    n = scene.draft(now, wording=service.Wording(title="只有标题"))
    assert codes(service.submit, owner, scene.id, n, now=now) == ["proposal_field_missing"] * 2
    # A lift is a matter of one entrance: which one may wait, but never becomes the whole estate.
    lift = service.Plan("statutory", 7, "add_lift", scope={"entrances": []})
    n = scene.draft(now, plan=lift)
    assert codes(service.submit, owner, scene.id, n, now=now) == ["proposal_scope_empty"]
    elsewhere = make.estate()
    with pytest.raises(Forbidden):
        service.draft(owner, elsewhere.id, WORDING, service.Plan(), now=now)
    with pytest.raises(NotFound):
        service.submit(owner, elsewhere.id, n, now=now)


def test_withdrawing_ends_the_round_that_runs_and_strikes_those_to_come(scene, now):
    plan = service.Plan("advisory", procedure="name_something")
    n = scene.submitted(now, plan=plan)
    scene.accept(n, now)
    proposal = queries.get(scene.id, n)
    first = queries.rounds(proposal.id)[0]
    during = first.opens_at + DAY
    service.withdraw(scene.owners[0], scene.id, n, reason="先不提了", now=during)
    (left,) = queries.rounds(proposal.id)
    assert (left.n, left.opens_at, left.closes_at) == (1, first.opens_at, during)
    assert left.phase(during) != "open"


def test_a_template_plans_its_rounds_and_the_next_begins_when_one_is_settled(scene, now):
    plan = service.Plan("advisory", procedure="name_something")
    n = scene.submitted(now, plan=plan)
    assert scene.accept(n, now) == 3
    first, second, third = queries.rounds(queries.get(scene.id, n).id)
    assert [(r.closes_at - r.opens_at).days for r in (first, second, third)] == [7, 5, 3]
    thread = queries.get(scene.id, n).thread_id
    with pytest.raises(Refused):
        scene.say(thread, 1, "太早", now)
    comment = scene.say(thread, 1, "叫 302。", first.opens_at)
    assert queries.get(scene.id, n).lead_body == "branch"
    scene.answer(comment, first.closes_at, by=(scene.secretary, scene.secretary_post))
    late = second.opens_at + DAY
    scene.settle(n, 1, late)
    moved = queries.rounds(queries.get(scene.id, n).id)[1]
    assert (moved.opens_at, moved.closes_at) == (late, late + 5 * DAY)
    scene.say(thread, 2, "302 好。", late)
    drop = (scene.chair, scene.id, n)
    assert codes(service.drop_round, *drop, 2, now=late) == ["round_began", "round_not_last"]
    service.drop_round(*drop, 3, now=late)
    assert len(queries.rounds(queries.get(scene.id, n).id)) == 2


def test_a_stale_version_keeps_the_newer_one(scene, now):
    n = scene.accepted(now)
    assert scene.revise(n, 1, now) == 2
    assert codes(scene.revise, n, 1, now, note="") == [
        "change_note_missing",
        "version_same",
        "version_stale",
    ]
    with pytest.raises(Forbidden):
        service.revise(
            scene.owners[5], scene.id, n, WORDING, base=2, material=False, note="x", now=now
        )
    other = scene.accepted(now)
    elsewhere = scene.round(other, now)
    comment = scene.say(queries.get(scene.id, other).thread_id, 1, "别处的意见", now)
    strange = service.ChangeDraft("改", (comment,))
    assert elsewhere == 1
    assert codes(scene.revise, n, 2, now, changes=[strange]) == ["change_comment_unknown"]


def test_a_fifth_of_the_heads_puts_it_on_the_agenda_even_when_declined(scene, now):
    n = scene.submitted(now)
    decline = {"accept": False, "post_id": scene.chair_post, "now": now}
    assert codes(service.screen, scene.chair, scene.id, n, reason=" ", **decline) == [
        "decline_reason_missing"
    ]
    service.screen(scene.chair, scene.id, n, reason="不归小区管", **decline)
    assert queries.get(scene.id, n).state == "declined"
    assert service.endorse(scene.owners[1], scene.id, n, now=now).heads == 1
    assert codes(service.endorse, scene.owners[1], scene.id, n, now=now) == ["already_endorsed"]
    total = service.endorse(scene.owners[2], scene.id, n, now=now)
    # Two of ten owners, two of ten equal areas: both lines, the line included.
    assert (total.heads, total.heads_whole) == (2, 10)
    assert (total.heads_reached, total.area_reached) == (True, True)
    row = queries.get(scene.id, n)
    assert row.state == "discussing"
    assert codes(service.withdraw, scene.owners[0], scene.id, n, reason="算了", now=now) == [
        "owners_put_it_on"
    ]
    scene.revise(n, 1, now, material=True)
    facts = [v.facts for v in queries.versions(row.id)]
    asked = queries.support_of(row.id, scene.id, {}, facts)
    assert (asked.heads, asked.waiting) == (0, 2)
    assert queries.mine(row.id, row.account_id, scene.owners[1], facts).waiting
    assert service.endorse(scene.owners[1], scene.id, n, now=now).heads == 1
    service.withdraw_endorsement(scene.owners[1], scene.id, n, now=now)
    assert codes(service.withdraw_endorsement, scene.owners[1], scene.id, n, now=now) == [
        "not_endorsed"
    ]
    with pytest.raises(Forbidden):
        service.endorse(scene.resident, scene.id, n, now=now)


def test_co_owners_are_one_head_and_a_second_flat_another_set(scene, now):
    mine, other = scene.owners[0], scene.owners[1]
    persons = [min(o.persons_in(scene.id)) for o in (mine, other)]
    make.title(make.unit(scene.id, scene.building.id, area_cm2=500_000), *persons)
    n = scene.submitted(now, scene.owners[5])
    total = service.endorse(mine, scene.id, n, now=now)
    # Eleven sets now: his own flat and the one held with the other.
    assert (total.heads, total.heads_whole, total.area_cm2) == (2, 11, 1_500_000)
    assert service.endorse(other, scene.id, n, now=now).heads == 3
    service.withdraw_endorsement(mine, scene.id, n, now=now)
    row = queries.get(scene.id, n)
    assert (
        queries.support_of(row.id, scene.id, {}, [v.facts for v in queries.versions(row.id)]).heads
        == 1
    )


def test_joining_and_leaving(scene, now):
    n = scene.submitted(now)
    assert codes(service.co_sponsor, scene.owners[0], scene.id, n, now=now) == [
        "own_proposal_joined"
    ]
    service.co_sponsor(scene.resident, scene.id, n, now=now)
    assert codes(service.co_sponsor, scene.resident, scene.id, n, now=now) == ["already_co_sponsor"]
    row = queries.get(scene.id, n)
    assert [c.account_id for c in queries.co_sponsors(row.id)] == [scene.resident.account_id]
    assert queries.participants(row.id) == {
        scene.owners[0].account_id,
        scene.resident.account_id,
    }
    service.leave_co_sponsors(scene.resident, scene.id, n, now=now)
    assert queries.co_sponsors(row.id) == ()


def test_final_wording_reopens_with_a_reason_and_is_settled_from_above(scene, now):
    n = scene.accepted(now)
    scene.round(n, now)
    scene.settle(n, 1, now + 7 * DAY)
    act = (scene.chair, scene.id, n)
    service.make_ready(*act, post_id=scene.chair_post, now=now + 7 * DAY)
    assert codes(scene.revise, n, 1, now + 7 * DAY) == ["proposal_wrong_state"]
    again = {"post_id": scene.chair_post, "now": now + 8 * DAY}
    assert codes(service.reopen, *act, reason="", **again) == ["reopen_reason_missing"]
    service.reopen(*act, reason="合同条款变了", **again)
    service.make_ready(*act, post_id=scene.chair_post, now=now + 8 * DAY)
    row = queries.get(scene.id, n)
    service.settle(row.id, "ballot", now + 9 * DAY)
    service.settle(row.id, "meeting", now + 10 * DAY)
    row = queries.get(scene.id, n)
    assert (row.state, row.settled_how, row.facts.settled_at) == (
        "settled",
        "ballot",
        now + 9 * DAY,
    )


def test_lists_search_in_chinese_and_ask_the_same_however_many(scene, now, count_queries):
    n, here = scene.submitted(now), scene.id
    scene.submitted(now, scene.owners[2], wording=replace(WORDING, title="续聘物业公司"))
    with count_queries() as few:
        assert [c.n for c in queries.cards(here, "充电 活动室")] == [n + 1, n]
    for i in range(6):
        scene.submitted(now, scene.owners[3], wording=replace(WORDING, title=f"电梯 {i}"))
    here = scene.id
    with count_queries() as many:
        assert len(queries.cards(here)) == 8
    assert few.count == many.count == 2
    assert [c.n for c in queries.cards(scene.id, "续聘")] == [n + 1]
    assert queries.cards(scene.id, "没有这个词") == ()
    assert [c.n for c in queries.cards(scene.id, before=3)] == [2, 1]
    alike = queries.similar(scene.id, "活动室旁边设充电棚", "")
    assert alike[0].n == n
    assert queries.similar(scene.id, "天台种菜", "") == ()
    assert queries.overdue(scene.id, now + 4 * DAY) == ()
    assert len(queries.overdue(scene.id, now + 6 * DAY)) == 8
    assert queries.cards(make.estate().id) == ()


def test_a_version_on_record_stays(scene, now, engine):
    scene.submitted(now)
    with pytest.raises(DBAPIError), engine.begin() as c:
        c.execute(text("UPDATE proposal_version SET text = 'x'"))
