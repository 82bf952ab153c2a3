"""From a final wording to its ballot in one click, and who keeps his hands off it; on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from hall.ballots import queries, service
from hall.ballots.rules.origin import OriginFacts, Recused, why_not_of_version, why_recused
from hall.clock import add_days, day_start, local_date
from hall.db import db
from hall.errors import Forbidden, NotFound, Refused
from hall.meetings.models import AgendaItem, Meeting
from hall.permissions import Role
from hall.positions.models import Interest
from hall.proposals.models import Proposal, ProposalVersion
from hall.resolutions import service as resolutions
from hall.threads.models import Thread
from tests import make
from tests.ballots.scene import scene

TEXT = "第一条 合同两年。\n第二条 物业费不变。"
NOW = datetime(2026, 6, 9, 15, 59, tzinfo=UTC)  # 23:59 of 9 June in Shanghai
MINUTE = timedelta(minutes=1)
FINAL = OriginFacts(2, 2, False, None, True, False, datetime(2026, 6, 2, 2, tzinfo=UTC), 7)


def codes(refusal) -> set[str]:
    return {b.code for b in refusal.value.blockers}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (None, set()),
        (OriginFacts(2, 2, False, None, True), set()),
        (OriginFacts(2, None, False, None, True), {"version_not_final"}),
        (OriginFacts(2, 3, False, None, True), {"version_not_final"}),
        (OriginFacts(2, 2, False, 3, True), {"material_change_after"}),
        (OriginFacts(2, 3, True, 3, False),
         {"origin_ended", "material_change_after", "text_not_of_version"}),
    ],
)  # fmt: skip
def test_only_the_final_wording_goes_to_the_vote(facts, expected):
    assert {b.code for b in why_not_of_version(facts, NOW)} == expected


@pytest.mark.parametrize(
    ("change", "until"),
    [
        # Made final on 2 June, that day not counted: seven whole days are over on the 10th.
        ({}, date(2026, 6, 10)),
        ({"publicity_days": 10}, date(2026, 6, 13)),
        ({"final_since": datetime(2026, 6, 2, 16, tzinfo=UTC)}, date(2026, 6, 11)),  # of 3 June
        # What the procedure promises to a poll's final wording it keeps too.
        ({"asks_only": True, "publicity_days": 10}, date(2026, 6, 13)),
        ({"asks_only": True, "version": 3}, None),  # asked in the middle of the rounds
        ({"publicity_days": 6}, None),
        ({"publicity_days": 0}, None),  # a matter without a procedure
    ],
)  # fmt: skip
def test_a_final_wording_hangs_out_before_the_notice(change, until):
    found = list(why_not_of_version(replace(FINAL, **change), NOW))
    if until is None:
        assert found == []
        return
    (blocker,) = found
    assert blocker.code == "wording_publicity_too_short"
    assert blocker.not_before == blocker.facts["until"] == day_start(until)
    assert list(why_not_of_version(replace(FINAL, **change), day_start(until))) == []
    still = why_not_of_version(replace(FINAL, **change), day_start(until) - MINUTE)
    assert [b.code for b in still] == ["wording_publicity_too_short"]


def test_of_a_wording_that_is_not_final_or_no_longer_only_that_is_said():
    for change, code in (
        ({"ready_version": 3}, "version_not_final"),
        ({"material_after": 3}, "material_change_after"),
    ):
        found = why_not_of_version(replace(FINAL, publicity_days=10, **change), NOW)
        assert [b.code for b in found] == [code]


def test_an_interested_body_and_an_interested_person_keep_away():
    who = (Recused("community", "", "contract", "x"), Recused("committee", "甲", "family", "", 7))
    assert [b.code for b in why_recused(who, ["community"], [1])] == ["body_recused"]
    assert [b.code for b in why_recused(who, ["committee"], [7])] == ["person_recused"]
    assert [b.code for b in why_recused(who, ["committee"], [8])] == []


def a_proposal(s, today, **values):
    """A matter whose final wording has hung out its seven days when today begins."""
    now = today - timedelta(days=8)
    thread = make.save(
        Thread(estate_id=s.id, title="续聘", answer_body="committee", created_at=now)
    )
    defaults = {
        "estate_id": s.id, "n": 1, "thread_id": thread.id, "track": "statutory", "matter": 4,
        "procedure": "renew_manager", "lead_body": "committee", "account_id": s.chair.account_id,
        "name": "样主任", "standing": "body", "created_at": now, "submitted_at": now,
        "screened_at": now, "accepted": True, "ready_at": now, "ready_version": 1,
    }  # fmt: skip
    row = make.save(Proposal(**defaults | values))
    version(row, 1, now)
    return row


def version(row, n, now, **values):
    make.save(
        ProposalVersion(
            **{
                "proposal_id": row.id, "n": n, "title": "续聘样本物业公司", "what": "续聘两年",
                "cost": "每平方米 1.5 元", "text": TEXT, "name": "样主任",
                "account_id": row.account_id, "created_at": now, "digest": "0" * 64,
            } | values
        )
    )  # fmt: skip


def an_item(s, row, now):
    meeting = make.save(
        Meeting(
            estate_id=s.id, n=1, kind="committee", body="committee", title="业委会会议",
            place="会议室", starts_at=now, ends_at=now + timedelta(hours=1), uid=f"x{s.id}",
            created_at=now, noticed_at=now,
        )
    )  # fmt: skip
    return make.save(
        AgendaItem(
            meeting_id=meeting.id, seq=2, title="续聘", minutes=10, kind="decide",
            proposal_id=row.id, version_n=1,
        )
    )  # fmt: skip


def test_one_click_makes_the_draft_with_the_version_word_for_word(app, travel):
    s = scene(travel)
    now = travel.now
    row = a_proposal(s, now)
    item = an_item(s, row, now)
    with pytest.raises(Forbidden):
        service.draft_from_proposal(s.clerk, s.id, 1, now=now)
    with pytest.raises(NotFound):
        service.draft_from_proposal(s.chair, s.id, 2, now=now)
    with pytest.raises(NotFound):
        service.draft_from_proposal(s.chair, s.id, 1, agenda_item_id=item.id + 1, now=now)
    n = service.draft_from_proposal(s.chair, s.id, 1, agenda_item_id=item.id, now=now)
    ballot = queries.get(s.id, n)
    assert (ballot.kind, ballot.matter, ballot.title) == ("statutory", 4, "续聘样本物业公司")
    assert ballot.details == TEXT
    assert "续聘两年" in ballot.summary
    assert "每平方米 1.5 元" in ballot.summary
    assert [q.method for q in ballot.questions] == ["motion"]
    # Fifteen whole days between the notice and the opening.
    assert ballot.open_at == day_start(add_days(local_date(now), 16))
    origin = queries.origin(ballot)
    assert (origin.proposal_n, origin.version, origin.meeting_n, origin.item_seq) == (1, 1, 1, 2)
    with pytest.raises(Refused) as refusal:
        service.draft_from_proposal(s.chair, s.id, 1, now=now)
    assert codes(refusal) == {"ballot_in_preparation"}

    # The full text stays the version's; a material change after it stops the notice (I16).
    draft = queries.draft_of(ballot)

    changed = replace(draft, details=TEXT + "第三条", contact="样本 000-0000")
    revision = service.update(s.chair, s.id, n, changed, revision=ballot.revision, now=now)
    assert [b.code for b in queries.notice_blockers(s.id, n, now)] == ["text_not_of_version"]
    back = replace(changed, details=TEXT)
    service.update(s.chair, s.id, n, back, revision=revision, now=now)
    assert queries.notice_blockers(s.id, n, now) == ()
    version(row, 2, now, material=True)
    with pytest.raises(Refused) as refusal:
        service.notice(s.chair, s.id, n, now=now)
    assert codes(refusal) == {"material_change_after"}


@pytest.mark.parametrize(
    ("values", "notice", "opens"),
    [
        # 23:59 of the day it was made final and the next one: seven whole days lie between, and
        # after the notice fifteen.
        ({}, 8, 24),
        ({"procedure": "add_lift", "matter": 7}, 11, 27),
        ({"procedure": ""}, 0, 16),
    ],
)
def test_the_notice_waits_for_the_final_wordings_publicity(app, travel, values, notice, opens):
    s = scene(travel)
    now = travel.now
    today = local_date(now)
    a_proposal(s, now, ready_at=now, **values)
    n = service.draft_from_proposal(s.chair, s.id, 1, now=now)
    ballot = queries.get(s.id, n)
    # The date that is offered needs no other afterwards.
    assert ballot.open_at == day_start(add_days(today, opens))
    changed = replace(queries.draft_of(ballot), contact="样本 000-0000")
    service.update(s.chair, s.id, n, changed, revision=ballot.revision, now=now)
    if notice:
        first = day_start(add_days(today, notice))
        for early in (now, first - MINUTE):
            with pytest.raises(Refused) as refusal:
                service.notice(s.chair, s.id, n, now=early)
            assert codes(refusal) == {"wording_publicity_too_short"}
            assert refusal.value.blockers == queries.notice_blockers(s.id, n, early)
            assert refusal.value.blockers[0].not_before == first
        travel(first)
    assert service.notice(s.chair, s.id, n, now=travel.now)


def test_a_wording_taken_up_again_hangs_out_again(app, travel):
    s = scene(travel)
    row = a_proposal(s, travel.now)
    n = service.draft_from_proposal(s.chair, s.id, 1, now=travel.now)
    waits = {b.code for b in queries.notice_blockers(s.id, n, travel.now)}
    assert "wording_publicity_too_short" not in waits
    row.ready_at = travel.now
    db.session.commit()
    waits = {b.code for b in queries.notice_blockers(s.id, n, travel.now)}
    assert "wording_publicity_too_short" in waits


def test_a_poll_on_a_final_wording_is_offered_after_its_publicity(app, travel):
    s = scene(travel, publish=False)
    now = travel.now
    a_proposal(s, now, ready_at=now, track="advisory", matter=None, procedure="name_something")
    n = service.draft_from_proposal(s.chair, s.id, 1, now=now)
    ballot = queries.get(s.id, n)
    first = day_start(add_days(local_date(now), 4))
    # Noticed on the first day after three whole ones, it opens on the next, as a poll does.
    assert ballot.open_at == day_start(add_days(local_date(now), 5))
    found = {b.code: b.not_before for b in queries.notice_blockers(s.id, n, now)}
    assert found["wording_publicity_too_short"] == first
    assert "wording_publicity_too_short" not in {
        b.code for b in queries.notice_blockers(s.id, n, first)
    }


def test_an_unready_matter_has_no_ballot(app, travel):
    s = scene(travel, publish=False)
    a_proposal(s, travel.now, ready_at=None, ready_version=None)
    with pytest.raises(Refused) as refusal:
        service.draft_from_proposal(s.chair, s.id, 1, now=travel.now)
    assert codes(refusal) == {"origin_not_ready"}


def test_a_poll_is_held_in_the_middle_of_the_rounds_and_decides_nothing(app, travel):
    s = scene(travel, publish=False)
    asked = {"track": "advisory", "matter": None, "ready_at": None, "ready_version": None}
    row = a_proposal(s, travel.now, **asked)
    n = service.draft_from_proposal(s.chair, s.id, 1, now=travel.now)
    ballot = queries.get(s.id, n)
    assert (ballot.kind, ballot.proposal_version, ballot.details) == ("advisory", 1, TEXT)
    stopping = {b.code for b in queries.notice_blockers(s.id, n, travel.now)}
    assert not stopping & {"version_not_final", "text_not_of_version", "origin_ended"}
    # What people are asked about is the newest wording: a material change after it stops the poll.
    version(row, 2, travel.now, material=True)
    stopping = {b.code for b in queries.notice_blockers(s.id, n, travel.now)}
    assert "material_change_after" in stopping


def test_a_recused_official_neither_notices_nor_counts_and_the_result_settles_the_matter(
    app, travel
):
    s = scene(travel)
    now = travel.now
    row = a_proposal(s, now)
    # The scrutineer sits for the community, whose own company bids (rules §4.6).
    person = make.person(s.id, name="样监票")
    account = make.account(name="样监票")
    make.link(account.id, person)
    make.post(person, "community", "scrutineer")
    watcher = make.actor(
        s.id, Role.SCRUTINEER, account_id=account.id, person_id=person.id, name="样监票"
    )
    make.save(
        Interest(
            estate_id=s.id, proposal_id=row.id, body="community", kind="contract",
            text="社区办的物业公司参加选聘", declared_at=now, declared_by="样社区",
        )
    )  # fmt: skip
    n = service.draft_from_proposal(s.chair, s.id, 1, now=now)
    ballot = queries.get(s.id, n)
    draft = queries.draft_of(ballot)

    service.update(
        s.chair, s.id, n, replace(draft, contact="样本 000-0000"), revision=ballot.revision, now=now
    )
    service.notice(s.chair, s.id, n, now=now)
    ballot = queries.get(s.id, n)
    assert {(r.body, r.kind) for r in queries.recused(ballot)} == {
        ("community", "contract"),
        ("property", "own_contract"),
    }
    travel(ballot.open_at)
    for owner, mark in enumerate(["for", "for", "for", "for"]):
        s.cast(owner, n, mark, now=travel.now)
    now = travel(ballot.close_at)
    with pytest.raises(Refused) as refusal:
        service.count(watcher, s.id, n, now=now)
    assert codes(refusal) == {"body_recused"}
    assert [b.code for b in service.count_blockers(s.id, n, now, watcher)] == ["body_recused"]
    service.count(s.chair, s.id, n, now=now)
    assert db.session.scalar(select(Proposal.settled_how)) == ""
    docno = resolutions.publish(s.chair, s.id, n, decided="签合同", now=now)
    assert db.session.scalar(select(Proposal.settled_how)) == "ballot"
    assert json.loads(resolutions_record(s.id, docno))["document"]["decided"] == ["签合同"]


def resolutions_record(estate_id, docno):
    from hall.resolutions import queries as register

    return register.find(estate_id, docno).record_json
