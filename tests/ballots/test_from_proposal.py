"""From a final wording to its ballot in one click, and who keeps his hands off it; on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

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
    assert {b.code for b in why_not_of_version(facts)} == expected


def test_an_interested_body_and_an_interested_person_keep_away():
    who = (Recused("community", "", "contract", "x"), Recused("committee", "甲", "family", "", 7))
    assert [b.code for b in why_recused(who, ["community"], [1])] == ["body_recused"]
    assert [b.code for b in why_recused(who, ["committee"], [7])] == ["person_recused"]
    assert [b.code for b in why_recused(who, ["committee"], [8])] == []


def a_proposal(s, now, **values):
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
