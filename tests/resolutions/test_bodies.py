"""What meetings and organisations decide comes out numbered by who decided it; on both databases."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hall.db import db
from hall.errors import Forbidden, NotFound, Refused
from hall.proposals.models import Proposal
from hall.resolutions import queries, rules, service
from hall.resolutions.rules import MatterFacts
from hall.resolutions.service import Task
from tests.resolutions.bodies import bodies, decided, proposal

SIGN = Task("换上门头的牌子", "property", "样物业", due_on=date(2026, 6, 30))


def codes(refusal) -> set[str]:
    return {b.code for b in refusal.value.blockers}


@pytest.mark.parametrize(
    ("kind", "body", "number", "opinion"),
    [
        ("council", "branch", "象外议〔2026〕2号", True),
        ("talk", "committee", "象外恳〔2026〕2号", True),
        ("committee", "committee", "象外业委决〔2026〕2号", False),
        ("party_review", "community", "象外支决〔2026〕2号", False),
        ("body", "community", "象外社决〔2026〕2号", False),
        ("body", "grid", "象外网决〔2026〕2号", False),
        ("residents", "community", "象外居决〔2026〕2号", False),
    ],
)
def test_each_body_has_its_own_run_and_an_opinion_is_no_decision(kind, body, number, opinion):
    series = rules.series_of(kind, body)
    assert rules.body_number("象外", series, 2026, 2) == number
    assert rules.is_opinion(series) is opinion
    assert rules.parse_docno(rules.docno(series, 2026, 2)) == (series, 2026, 2)


def test_the_first_publication_lasts_seven_whole_days():
    from tests.resolutions.test_rules import at

    # Published Wednesday 6 May at noon: 7 to 13 May are whole days, over at 00:00 of the 14th.
    assert rules.display_until(at(6, 12)) == at(14, 0)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (MatterFacts("advisory", True, False, False), set()),
        (MatterFacts("statutory", True, False, False), {"owners_decide"}),
        (MatterFacts("advisory", False, False, False), {"matter_not_accepted"}),
        (MatterFacts("advisory", True, True, True), {"matter_withdrawn", "matter_settled"}),
        (MatterFacts("advisory", True, False, False, open_round=2), {"matter_round_open"}),
        (None, {"no_matter_to_settle"}),
    ],
)
def test_what_a_body_can_settle(facts, expected):
    assert {b.code for b in rules.why_not_settle(facts)} == expected


def test_a_council_opinion_comes_out_with_every_vote_and_who_was_there(app, travel):
    s = bodies(travel.now, short_name="象外")
    about = proposal(s)
    decision = decided(s, about=about)
    chair, clerk = s.seat("committee"), s.seat("committee", "member")
    with pytest.raises(Forbidden):
        service.publish_decision(clerk.actor, s.id, decision, post_id=clerk.post, now=travel.now)
    with pytest.raises(Forbidden):
        service.publish_decision(chair.actor, s.id, decision, post_id=None, now=travel.now)
    with pytest.raises(Refused) as refusal:
        service.publish_decision(chair.actor, s.id, decision, post_id=chair.post, now=travel.now)
    assert codes(refusal) == {"actions_missing"}
    with pytest.raises(Refused) as refusal:
        service.publish_decision(
            chair.actor, s.id, decision, post_id=chair.post, tasks=[Task("", "property")],
            no_action="没有", now=travel.now,
        )  # fmt: skip
    assert codes(refusal) == {"actions_and_none", "action_text_missing", "action_due_missing"}

    docno = service.publish_decision(
        chair.actor, s.id, decision, post_id=chair.post, decided="做牌子\n报街道", tasks=[SIGN],
        now=travel.now,
    )  # fmt: skip
    assert docno == "council-2026-1"
    row = queries.find(s.id, docno)
    assert (row.number, row.title) == ("象外议〔2026〕1号", "关于支部叫什么名字的会商意见")
    assert (row.source, row.verdict, row.opinion) == ("meeting", "adopted", True)
    assert row.ballot_n is None
    assert row.display_until - travel.now >= timedelta(days=7)
    assert hashlib.sha256(row.record_json.encode()).hexdigest() == row.digest
    record = json.loads(row.record_json)
    assert [(v["name"], v["choice"]) for v in record["votes"]] == [
        ("样社区", "for"),
        ("样支书", "for"),
        ("样主任", "for"),
        ("样网格", "against"),
    ]
    assert [b["name"] for b in record["barred"]] == ["样物业"]
    # The barred had left five minutes before.
    assert "样物业" not in {p["name"] for p in record["present"]}
    (follow,) = queries.follow_ups(s.id, docno)
    assert (follow.action.text, follow.action.body) == ("换上门头的牌子", "property")
    assert db.session.scalar(select(Proposal.settled_at)) is None
    with pytest.raises(Refused) as refusal:
        service.publish_decision(
            chair.actor, s.id, decision, post_id=chair.post, no_action="没有", now=travel.now
        )
    assert codes(refusal) == {"document_exists"}
    assert queries.of_decisions([decision]) == {decision: docno}
    assert queries.unpublished(s.id) == ()


def test_only_a_taken_decision_is_published_and_only_by_who_took_part(app, travel):
    s = bodies(travel.now)
    branch = s.seat("branch")
    none = {"post_id": branch.post, "no_action": "只是看法", "now": travel.now}
    still_open = decided(s, outcome=None, n=1)
    no_quorum = decided(s, outcome="no_quorum", n=2)
    rejected = decided(s, outcome="not_adopted", kind="body", body="branch", n=3)
    for decision, code in ((still_open, "decision_open"), (no_quorum, "nothing_decided")):
        with pytest.raises(Refused) as refusal:
            service.publish_decision(branch.actor, s.id, decision, **none)
        assert codes(refusal) == {code}
    docno = service.publish_decision(branch.actor, s.id, rejected, **none)
    assert docno == "branch-2026-1"
    assert queries.find(s.id, docno).verdict == "not_adopted"
    other = bodies(travel.now).seat("branch")
    with pytest.raises(Forbidden):
        service.publish_decision(other.actor, s.id, still_open, **none | {"post_id": other.post})
    with pytest.raises(NotFound):
        service.publish_decision(branch.actor, s.id, 999_999, **none)


def test_a_meeting_ends_a_matter_only_when_it_is_not_the_owners(app, travel):
    s = bodies(travel.now)
    community = s.seat("community")
    owners = proposal(s, "续聘物业", track="statutory", n=1, matter=4)
    small = proposal(s, "花坛种什么", n=2)
    said = {"post_id": community.post, "no_action": "另行安排", "settles": True, "now": travel.now}
    with pytest.raises(Refused) as refusal:
        service.publish_decision(community.actor, s.id, decided(s, about=owners, n=1), **said)
    assert codes(refusal) == {"owners_decide"}
    service.publish_decision(community.actor, s.id, decided(s, about=small, n=2), **said)
    how = dict(db.session.execute(select(Proposal.n, Proposal.settled_how)).all())
    assert how == {1: "", 2: "meeting"}


def test_the_community_decides_the_name_and_everybody_reads_on_what_ground(app, travel):
    s = bodies(travel.now, short_name="象外")
    proposal(s)
    community, chair = s.seat("community"), s.seat("committee")
    words = {"text": "小区党支部定名为“样板”", "basis": "三轮征求意见，支部党员大会同意"}
    with pytest.raises(Refused) as refusal:
        service.publish_organisation_decision(
            community.actor, s.id, 1, post_id=community.post, text="", basis=" ", now=travel.now
        )
    assert codes(refusal) == {"organisation_text_missing", "basis_missing", "actions_missing"}
    with pytest.raises(Forbidden):  # somebody else's post
        service.publish_organisation_decision(
            chair.actor, s.id, 1, post_id=community.post, **words, now=travel.now
        )
    docno = service.publish_organisation_decision(
        community.actor, s.id, 1, post_id=community.post, **words, tasks=[SIGN], now=travel.now
    )
    row = queries.find(s.id, docno)
    assert (row.number, row.source) == ("象外社决〔2026〕1号", "organisation")
    assert db.session.scalar(select(Proposal.settled_how)) == "organisation"
    with pytest.raises(Refused) as refusal:
        service.publish_organisation_decision(
            community.actor, s.id, 1, post_id=community.post, **words, tasks=[SIGN], now=travel.now
        )
    assert codes(refusal) == {"matter_settled"}

    # A correction is a version; a chair cannot correct the community's document.
    change = {"reason": "错了一个字", "decided": "做牌子", "now": travel.now}
    with pytest.raises(Forbidden):
        service.correct(chair.actor, s.id, docno, **change, post_id=chair.post)
    assert service.correct(community.actor, s.id, docno, **change, post_id=community.post) == 2
    new, old = queries.find(s.id, docno), queries.find(s.id, docno, 1)
    assert (new.decided, old.decided, new.correction_reason) == (("做牌子",), (), "错了一个字")
    assert new.digest != old.digest
    assert new.display_until == old.display_until
    assert len(queries.follow_ups(s.id, docno)) == 1  # bound to the number, not to a version
    with pytest.raises(Refused) as refusal:
        service.correct(
            community.actor, s.id, docno, reason="", decided="做牌子", post_id=community.post,
            now=travel.now,
        )  # fmt: skip
    assert codes(refusal) == {"reason_missing", "nothing_to_correct"}

    # One register: found by words, filtered by source.
    assert [c.docno for c in queries.search(s.id, "样板 三轮")] == [docno]
    assert [c.docno for c in queries.search(s.id, source="organisation")] == [docno]
    assert queries.search(s.id, source="meeting") == ()


def test_decided_items_become_actions_or_it_is_said_that_none_follows(app, travel):
    s = bodies(travel.now)
    branch = s.seat("branch")
    proposal(s)
    docno = service.publish_decision(
        branch.actor, s.id, decided(s), post_id=branch.post, decided="做牌子\n报街道",
        tasks=[SIGN], now=travel.now,
    )  # fmt: skip
    report = Task(
        "把名称报街道", "branch", external=True, agency="街道办", check_on=date(2026, 5, 20)
    )
    n = service.attach_action(
        branch.actor, s.id, docno, Task(**{f: getattr(report, f) for f in report.__slots__} | {"item": 2}),
        now=travel.now,
    )  # fmt: skip
    assert [(f.action.n, f.item) for f in queries.follow_ups(s.id, docno)] == [
        (n - 1, None),
        (n, 2),
    ]
    for item, code in ((2, "task_item_taken"), (3, "task_item_unknown")):
        with pytest.raises(Refused) as refusal:
            service.attach_action(
                branch.actor, s.id, docno, Task("x", "grid", due_on=date(2026, 6, 1), item=item),
                now=travel.now,
            )  # fmt: skip
        assert codes(refusal) == {code}
    with pytest.raises(Refused) as refusal:
        service.say_no_action(branch.actor, s.id, docno, "", now=travel.now)
    assert codes(refusal) == {"none_reason_missing", "has_actions"}
    grid = s.seat("grid")
    with pytest.raises(Forbidden):
        service.attach_action(grid.actor, s.id, docno, report, now=travel.now)
    assert queries.open_ends(s.id) == ()
