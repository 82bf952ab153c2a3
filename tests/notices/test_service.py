"""Each act is told once to each person concerned, and to nobody by his own hand; on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hall.actions import service as actions
from hall.ballots import queries as ballots
from hall.ballots import service as ballots_service
from hall.errors import NotFound
from hall.notices import queries, service
from hall.proposals.models import CoSponsor, Endorsement
from hall.resolutions import queries as register
from hall.resolutions import service as resolutions
from hall.resolutions.service import Task
from hall.threads.models import Comment
from tests import make
from tests.ballots.scene import scene
from tests.resolutions.bodies import bodies, decided, proposal


def told(s, accounts, code):
    """How often each account was told of an act."""
    return {
        name: sum(n.code == code for n in queries.inbox(account, s.id))
        for name, account in accounts.items()
    }


def test_raising_progress_tells_every_proposer_co_sponsor_endorser_commenter_and_voter_once(
    app, travel
):
    s, now = bodies(travel.now), travel.now
    about = proposal(s)
    names = ("co_sponsor", "endorser", "commenter", "stranger")
    accounts = {name: make.account(name=name).id for name in names}
    accounts["proposer"] = about.account_id
    accounts["recorder"] = make.account().id
    person = make.person(s.id)
    make.save(
        CoSponsor(proposal_id=about.id, account_id=accounts["co_sponsor"], name="甲", at=now),
        Endorsement(
            proposal_id=about.id, owner_key="k", person_id=person.id, area_cm2=1, version_n=1,
            account_id=accounts["endorser"], at=now,
        ),
    )  # fmt: skip
    for account, source in ((accounts["commenter"], ""), (accounts["recorder"], "phone")):
        for text in ("一", "二"):  # twice: still told once
            make.save(
                Comment(
                    estate_id=s.id, thread_id=about.thread_id, text=text, written_at=now,
                    account_id=account, name="乙", standing="resident", source=source,
                )
            )  # fmt: skip
    branch, company = s.seat("branch"), s.seat("property")
    docno = resolutions.publish_decision(
        branch.actor, s.id, decided(s, about=about), post_id=branch.post,
        tasks=[Task("换牌子", "property", due_on=date(2026, 6, 30))], now=now,
    )  # fmt: skip
    (follow,) = register.follow_ups(s.id, docno)
    actions.report_progress(
        company.actor, s.id, follow.action.n, post_id=company.post, text="定了样", percent=40,
        now=now,
    )  # fmt: skip
    while service.deliver(now=now):
        pass
    assert service.deliver(now=now) == 0  # and again: nothing
    expected = {"proposer": 1, "co_sponsor": 1, "endorser": 1, "commenter": 1}
    assert told(s, accounts, "actions.progressed") == expected | {"stranger": 0, "recorder": 0}
    # The publisher is the proposer here: nobody is told of what he did himself.
    told_of_it = told(s, accounts, "resolutions.decision_published")
    assert told_of_it == expected | {"proposer": 0, "stranger": 0, "recorder": 0}

    row = queries.inbox(accounts["commenter"], s.id)[0]
    assert "40" not in str(row.facts)
    assert queries.unread(accounts["commenter"], s.id) == 2
    reader = make.actor(s.id, "resident", account_id=accounts["commenter"])
    service.read(reader, s.id, row.id, now=now)
    assert queries.unread(accounts["commenter"], s.id) == 1
    with pytest.raises(NotFound):
        service.read(branch.actor, s.id, row.id, now=now)
    service.read_all(reader, s.id, now=now)
    assert queries.unread(accounts["commenter"], s.id) == 0
    assert [len(queries.inbox(accounts["commenter"], s.id, limit=1)), len(
        queries.inbox(accounts["commenter"], s.id, before=row.id)
    )] == [1, 1]  # fmt: skip


def test_owners_hear_of_the_notice_and_voters_of_what_came_of_it_never_how_anybody_voted(
    app, travel
):
    s = scene(travel, areas=(100,) * 3)
    n = s.noticed(travel.now)
    ballot = ballots.get(s.id, n)
    travel(ballot.open_at + timedelta(hours=1))
    for owner, mark in ((0, "for"), (1, "against")):
        s.cast(owner, n, mark, now=travel.now)
    now = travel(ballot.close_at)
    ballots_service.count(s.chair, s.id, n, now=now)
    docno = resolutions.publish(s.chair, s.id, n, decided="签合同", now=now)
    resolutions.attach_action(
        s.chair, s.id, docno, Task("签合同", "committee", due_on=date(2026, 7, 1), item=1), now=now
    )
    (follow,) = register.follow_ups(s.id, docno)
    person = make.person(s.id)
    make.link(s.member.account_id, person)
    post = make.post(person, "committee", "member")
    member = make.actor(
        s.id, "member", account_id=s.member.account_id, person_id=person.id, name="样委员"
    )
    actions.report_progress(
        member, s.id, follow.action.n, post_id=post.id, text="谈好了", percent=50, now=now
    )
    service.deliver(now=now)
    accounts = {i: owner[2].account_id for i, owner in enumerate(s.owners)}
    assert told(s, accounts, "ballots.notice") == {0: 1, 1: 1, 2: 1}
    assert told(s, accounts, "resolutions.publish") == {0: 1, 1: 1, 2: 0}
    assert told(s, accounts, "actions.progressed") == {0: 1, 1: 1, 2: 0}
    for_, against = (
        [(r.code, r.subject_n, dict(r.facts)) for r in queries.inbox(accounts[i], s.id)]
        for i in (0, 1)
    )
    assert for_ == against  # who agreed and who did not read the same
