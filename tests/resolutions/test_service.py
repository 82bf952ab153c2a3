"""Publishing, correcting, searching, and what time does by itself; on both databases."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from hall import countfile
from hall.ballots import queries as ballots
from hall.ballots import service as ballots_service
from hall.ballots.rules import Phase
from hall.db import db
from hall.errors import Forbidden, NotFound, Refused
from hall.resolutions import queries, service
from tests.ballots.scene import scene


def codes(refusal) -> set[str]:
    return {b.code for b in refusal.value.blockers}


@pytest.fixture
def counted(app, travel):
    """Four of six take part, three for: adopted; counted at the close."""
    s = scene(travel)
    n = s.noticed(travel.now)
    ballot = ballots.get(s.id, n)
    now = travel(ballot.open_at + timedelta(hours=1))
    for owner, mark in enumerate(["for", "for", "for", "against"]):
        s.cast(owner, n, mark, now=now)
    ballots_service.count(s.chair, s.id, n, now=travel(ballot.close_at))
    return s, n


def test_a_numbered_document_with_a_record_that_counts_to_the_same(counted, travel):
    s, n = counted
    docno = service.publish(
        s.chair, s.id, n, decided="一、续签两年\n\n 二、费用不变 ", now=travel.now
    )
    assert docno == "committee-2026-1"
    row = queries.find(s.id, docno)
    assert row.number == f"{s.estate.short_name}业决〔2026〕1号"
    assert (row.verdict, row.decided, row.version) == (
        "adopted",
        ("一、续签两年", "二、费用不变"),
        1,
    )
    again = countfile.count(countfile.load(row.record_json.encode()))
    assert again.agrees
    assert [q.outcome.verdict.value for q in again.questions] == ["adopted"]
    # Published on the day of the close, 9 June; seven days are 10 to 16 June.
    assert row.objections_until.isoformat() == "2026-06-16T16:00:00+00:00"
    assert ballots.get(s.id, n).phase(travel.now) is Phase.PROVISIONAL
    assert ballots.get(s.id, n).phase(row.objections_until) is Phase.FINAL


def test_the_record_names_no_household(counted, travel):
    s, n = counted
    row = queries.find(s.id, service.publish(s.chair, s.id, n, decided="", now=travel.now))
    for unit, person, _ in s.owners:
        assert unit.label not in row.record_json
        assert person.name not in row.record_json


def test_publishing_needs_a_count_and_happens_once(counted, travel):
    s, n = counted
    other = s.noticed(travel.now, title="另一件")
    with pytest.raises(Refused) as refusal:
        service.publish(s.chair, s.id, other, decided="", now=travel.now)
    assert codes(refusal) == {"voting_not_closed"}
    service.publish(s.chair, s.id, n, decided="", now=travel.now)
    with pytest.raises(Refused) as refusal:
        service.publish(s.chair, s.id, n, decided="", now=travel.now)
    assert codes(refusal) == {"already_published"}
    with pytest.raises(Forbidden):
        service.publish(s.clerk, s.id, other, decided="", now=travel.now)


def test_a_tampered_result_is_not_published(counted, travel):
    s, n = counted
    ballot = ballots.get(s.id, n)
    with db.engine.begin() as c:  # somebody with the database in his hands moves one mark
        question = ballot.questions[0]
        c.execute(
            text(
                "UPDATE sheet_mark SET option_id = :no WHERE sheet_id ="
                " (SELECT min(id) FROM sheet WHERE ballot_id = :b)"
            ),
            {"no": question.options[1].id, "b": ballot.id},
        )
    with pytest.raises(Refused) as refusal:
        service.publish(s.chair, s.id, n, decided="", now=travel.now)
    assert codes(refusal) == {"recount_differs"}


def test_time_counts_and_publishes_without_anybody(app, travel):
    s = scene(travel)
    n = s.noticed(travel.now)
    ballot = ballots.get(s.id, n)
    assert service.tick(now=travel(ballot.close_at - timedelta(seconds=1))) == ()
    assert service.tick(now=travel(ballot.close_at)) == (f"counted {s.id}/{n}",)
    assert service.tick(now=travel(timedelta(hours=1))) == ()
    assert service.tick(now=travel(timedelta(days=1))) == (f"published {s.id}/{n}",)
    row = queries.find(s.id, queries.of_ballot(ballot.id))
    assert (row.published_by, row.verdict) == ("", "no_quorum")


def test_a_correction_is_a_new_version_and_the_old_one_stays(counted, travel):
    s, n = counted
    docno = service.publish(s.chair, s.id, n, decided="旧", now=travel.now)
    with pytest.raises(Refused) as refusal:
        service.correct(s.chair, s.id, docno, reason="", decided="旧", now=travel.now)
    assert codes(refusal) == {"reason_missing", "nothing_to_correct"}
    assert (
        service.correct(s.chair, s.id, docno, reason="写错一个字", decided="新", now=travel.now)
        == 2
    )
    new, old = queries.find(s.id, docno), queries.find(s.id, docno, 1)
    assert (new.version, new.latest, new.decided) == (2, True, ("新",))
    assert (old.version, old.latest, old.decided) == (1, False, ("旧",))
    assert json.loads(new.record_json)["document"]["correction_reason"] == "写错一个字"
    with pytest.raises(NotFound):
        service.correct(s.chair, s.id, "committee-2026-99", reason="x", decided="", now=travel.now)


def test_objections_keep_it_provisional_until_each_is_answered(counted, travel):
    s, n = counted
    with pytest.raises(Refused) as refusal:
        ballots_service.object(s.owners[5][2], s.id, n, "我没收到公告", now=travel.now)
    assert codes(refusal) == {"result_not_published"}
    service.publish(s.chair, s.id, n, decided="", now=travel.now)
    number = ballots_service.object(s.owners[5][2], s.id, n, "我没收到公告", now=travel.now)
    later = travel(ballots.get(s.id, n).objections_until + timedelta(days=1))
    assert ballots.get(s.id, n).phase(later) is Phase.PROVISIONAL
    with pytest.raises(Refused) as refusal:
        ballots_service.object(s.owners[4][2], s.id, n, "晚了", now=later)
    assert codes(refusal) == {"objections_closed"}
    ballots_service.answer_objection(
        s.member, s.id, n, number, False, "送达登记有您的签收", now=later
    )
    assert ballots.get(s.id, n).phase(later) is Phase.FINAL
    (row,) = ballots.objections(ballots.get(s.id, n).id)
    assert (row.upheld, row.answered_name) == (False, "样委员")


def test_the_archive_finds_chinese_by_any_part_and_only_newest_versions(counted, travel):
    s, n = counted
    docno = service.publish(s.chair, s.id, n, decided="合同两年", now=travel.now)
    service.correct(s.chair, s.id, docno, reason="改字", decided="合同三年", now=travel.now)
    assert [c.versions for c in queries.search(s.id, "续聘 物业")] == [2]
    assert queries.search(s.id, "三年")[0].docno == docno
    assert queries.search(s.id, "两年合同") == ()
    assert queries.search(s.id, "100%") == ()
    assert queries.search(s.id, "_") == ()
    assert queries.search(s.id, kind="advisory") == ()
    assert queries.years(s.id) == (2026,)
    assert queries.search(scene(travel).id, "续聘") == ()
