"""Minutes from the first typed word to the published record, on both databases."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hall.actions import queries as actions
from hall.clock import day_start
from hall.db import db
from hall.errors import Forbidden, NotFound, Refused
from hall.meetings import queries, record, service
from hall.meetings.queries import minutes as reads
from hall.meetings.rules.minutes import MinutesDraft, TaskDraft
from hall.permissions import Actor, Role
from hall.threads import queries as threads
from tests import make
from tests.meetings.scene import SOON, Scene, scene

DUE = date(2026, 6, 30)


@pytest.fixture
def place(app) -> Scene:
    return scene()


def refused(call, *args, **kwargs) -> set[str]:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return {b.code for b in caught.value.blockers}


def ended(place: Scene, travel, absent: tuple[str, ...] = ("样grid",), guest: bool = False) -> int:
    """A council that decided one thing and is over; the grid worker stayed away."""
    n, decision = place.deciding(travel, absent)
    everyone = [*place.who.items(), *((f"m{i}", a) for i, (a, _) in enumerate(place.members))]
    for body, actor in everyone:
        if body != "grid":
            service.vote(actor, place.id, n, decision, choice="for", now=travel.now)
    service.close_decision(place.chair, place.id, n, decision, now=travel.now)
    travel(SOON)
    service.end(place.chair, place.id, n, now=travel.now)
    return n


def draft(place: Scene, n: int, **values) -> MinutesDraft:
    items = place.page(n).items
    defaults = {
        "text": "大家逐一发言。",
        "dissent": "一位委员希望加一个晚间场。说明：试行期内公布人数，再议。",
        "conclusions": {i.id: f"{i.title}，已定。" for i in items},
        "tasks": (
            TaskDraft("周六开活动室", "property", "样本经理", DUE, item_id=items[1].id),
            TaskDraft(
                "问勘测结果", "grid", external=True, agency="市住建局", check_on=date(2026, 7, 1)
            ),
        ),
    }
    return MinutesDraft(**defaults | values)


def circulated(place: Scene, travel, **values) -> tuple[int, str]:
    """Minutes out for signing: (meeting, digest of the text)."""
    n = ended(place, travel)
    at = travel(SOON)
    service.write_minutes(place.chair, place.id, n, draft(place, n, **values), revision=0, now=at)
    return n, service.circulate_minutes(place.chair, place.id, n, revision=1, now=at)


def sign(place: Scene, n: int, body: str, digest: str, now: datetime, **values) -> None:
    """A body signs through its post."""
    arguments = {"post_id": place.posts[body].id, "digest": digest, "signed": True, "now": now}
    service.sign_minutes(place.who[body], place.id, n, **arguments | values)


def test_the_whole_way(place, travel, count_queries):
    n, digest = circulated(place, travel)
    sheet = reads.sheet(place.id, n)
    # sent on Sunday 10 May 2026 in Shanghai: Monday, Tuesday, Wednesday to sign
    assert sheet.minutes.sign_by == day_start(date(2026, 5, 14))
    assert record.digest(sheet.current.body) == digest
    assert threads.counts([sheet.page.meeting.thread_id], travel.now)
    assert [t.body for t in queries.to_sign(place.id, ["branch", "grid"])] == ["branch", "grid"]
    for body in ("community", "branch", "committee"):
        sign(place, n, body, digest, travel(SOON), remark="认可" if body == "branch" else "")
    sign(place, n, "property", digest, travel(SOON), signed=False, remark="数字要再核")
    blocked = refused(service.publish_minutes, place.chair, place.id, n, now=travel.now)
    assert blocked == {"signatures_awaited"}
    assert [t.body for t in queries.to_sign(place.id, ["branch", "grid"])] == ["grid"]
    travel(sheet.minutes.sign_by)
    published = service.publish_minutes(place.who["community"], place.id, n, now=travel.now)
    with count_queries() as q:
        sheet = reads.sheet(place.id, n)
    assert q.count <= 20
    assert hashlib.sha256(sheet.minutes.record.encode()).hexdigest() == published
    doc = json.loads(sheet.minutes.record)
    assert record.canonical(doc) == sheet.minutes.record
    assert doc["minutes_digest"] == digest == record.digest(record.canonical(doc["minutes"]))
    states = {s["body"]: s["state"] for s in doc["signatures"]}
    assert states == {
        "community": "signed",
        "branch": "signed",
        "committee": "signed",
        "grid": "silent",
        "property": "refused",
    }
    groups = {g["body"]: (g["present"], g["due"]) for g in doc["minutes"]["attendance"]}
    assert (groups["committee"], groups["grid"]) == ((3, 3), (0, 1))
    (decided,) = doc["minutes"]["agenda"][1]["decisions"]
    assert (decided["due"], decided["present"], decided["votes_for"]) == (7, 6, 6)
    assert {v["name"] for v in decided["votes"]} >= {"样committee", "样委员1"}
    opened = [actions.by_ids([i])[i] for i in sheet.follow_ups]
    assert [(a.body, a.due_on, a.external, a.agency) for a in opened] == [
        ("property", DUE, False, ""),
        ("grid", None, True, "市住建局"),
    ]
    found = queries.search_minutes(place.id, record.terms("活动室 坐班"))
    assert [(c.meeting_n, c.digest) for c in found] == [(n, published)]
    assert queries.search_minutes(place.id, ["没有的词"]) == ()
    assert queries.search_minutes(make.estate().id, ["活动室"]) == ()


def test_published_minutes_stay_and_notes_are_appended(place, travel):
    n, digest = circulated(place, travel)
    for body in place.who:
        sign(place, n, body, digest, travel(SOON))
    service.publish_minutes(place.chair, place.id, n, now=travel.now)
    wrote = refused(
        service.write_minutes, place.chair, place.id, n, draft(place, n, text="改"), revision=1,
        now=travel.now,
    )  # fmt: skip
    assert wrote == {"minutes_published"}
    again = refused(service.publish_minutes, place.chair, place.id, n, now=travel.now)
    assert again == {"minutes_published"}
    for statement in (
        "UPDATE minutes SET text = 'x'",
        "UPDATE minutes SET published_at = NULL",
        "DELETE FROM minutes",
        "UPDATE minutes_version SET body = 'x'",
        "UPDATE sign_off SET signed = 'f'",
    ):
        with pytest.raises(DBAPIError, match="on record"), db.engine.begin() as c:
            c.execute(text(statement))
    service.append_note(
        place.who["grid"], place.id, n, post_id=place.posts["grid"].id, text="当天请了假。",
        now=travel.now,
    )  # fmt: skip
    sheet = reads.sheet(place.id, n)
    assert [(note.body, note.text) for note in sheet.notes] == [("grid", "当天请了假。")]


def test_two_people_write_at_once_and_nothing_is_lost(place, travel):
    n = place.running(travel)
    first = draft(place, n, text="甲写的")
    assert service.write_minutes(place.chair, place.id, n, first, revision=0, now=travel.now) == 1
    second = replace(first, text="乙写的")
    blocked = refused(
        service.write_minutes, place.who["branch"], place.id, n, second, revision=0, now=travel.now
    )
    assert blocked == {"minutes_changed"}
    assert reads.sheet(place.id, n).minutes.text == "甲写的"
    # the same text again, a double tap: nothing happens, nobody is frightened
    assert service.write_minutes(place.chair, place.id, n, first, revision=0, now=travel.now) == 1
    both = replace(first, text="甲写的\n乙写的")
    branch = place.who["branch"]
    assert service.write_minutes(branch, place.id, n, both, revision=1, now=travel.now) == 2


def test_a_correction_taken_up_means_a_new_text_and_new_signatures(place, travel):
    n, digest = circulated(place, travel)
    sign(place, n, "community", digest, travel(SOON))
    branch, chair = place.who["branch"], place.chair
    mine = service.correct_minutes(
        branch, place.id, n, passage="逐一发言", text="社区没有发言", now=travel.now
    )
    grid = place.who["grid"]  # was not there
    assert refused(service.correct_minutes, grid, place.id, n, text="也不对", now=travel.now) == {
        "correction_only_by_attendee"
    }
    open_ = refused(service.publish_minutes, chair, place.id, n, now=travel.now)
    assert open_ == {"corrections_unanswered", "signatures_awaited"}
    answer = {"taken": True, "reply": "改", "now": travel.now}
    row = service.answer_correction(chair, place.id, n, mine, **answer)
    assert (row.taken, row.reply, row.body) == (True, "改", "branch")
    assert refused(service.answer_correction, chair, place.id, n, mine, **answer) == {
        "correction_answered"
    }
    not_in = refused(service.publish_minutes, chair, place.id, n, now=travel.now)
    assert "correction_not_worked_in" in not_in
    service.revise_minutes(chair, place.id, n, reason="采纳更正", now=travel.now)
    blocked = refused(service.publish_minutes, chair, place.id, n, now=travel.now)
    assert blocked == {"minutes_not_circulated", "correction_not_worked_in"}
    at = travel(SOON)
    service.write_minutes(
        chair, place.id, n, draft(place, n, text="除社区外逐一发言。"), revision=1, now=at
    )
    newer = service.circulate_minutes(chair, place.id, n, revision=2, now=at)
    assert newer != digest
    community = next(s for s in reads.sheet(place.id, n).signing if s.body == "community")
    assert (community.state, [v.digest for v in community.void]) == ("silent", [digest])
    with pytest.raises(Refused):  # a page that still shows the old text
        sign(place, n, "branch", digest, at)
    for body in place.who:
        sign(place, n, body, newer, at)
    doc = json.loads(reads.sheet(place.id, n).current.body)
    assert doc["text"] == "除社区外逐一发言。"
    service.publish_minutes(chair, place.id, n, now=at)
    taken = json.loads(reads.sheet(place.id, n).minutes.record)["corrections"]
    assert [(c["passage"], c["taken"], c["reply"]) for c in taken] == [("逐一发言", True, "改")]


def test_the_same_text_sent_round_again_keeps_its_signatures(place, travel):
    n, digest = circulated(place, travel)
    sign(place, n, "community", digest, travel(SOON))
    service.revise_minutes(place.chair, place.id, n, reason="再看一遍", now=travel.now)
    assert service.circulate_minutes(place.chair, place.id, n, revision=1, now=travel.now) == digest
    community = next(s for s in reads.sheet(place.id, n).signing if s.body == "community")
    assert (community.state, community.void) == ("signed", ())


def test_who_may(place, travel):
    n, digest = circulated(place, travel)
    clerk = make.actor(place.id, Role.CLERK)
    company, resident = place.who["property"], place.resident
    d = draft(place, n)
    for actor in (company, resident, Actor()):
        with pytest.raises(Forbidden):
            service.write_minutes(actor, place.id, n, d, revision=1, now=travel.now)
    for actor in (company, clerk, resident):
        with pytest.raises(Forbidden):
            service.publish_minutes(actor, place.id, n, now=travel.now)
    with pytest.raises(Forbidden):  # another's post
        sign(place, n, "branch", digest, travel.now, post_id=place.posts["committee"].id)
    with pytest.raises(Forbidden):
        service.sign_minutes(
            clerk, place.id, n, post_id=1, digest=digest, signed=True, now=travel.now
        )
    invitee = place.seat(n, "样property")
    with pytest.raises(Forbidden):  # only who writes minutes takes one down for somebody else
        service.correct_minutes(
            resident, place.id, n, text="不对", invitee_id=invitee, now=travel.now
        )
    made = service.correct_minutes(
        clerk, place.id, n, text="电话里说的", invitee_id=invitee, now=travel.now
    )
    row = reads.sheet(place.id, n).corrections[0]
    assert (row.id, row.name, row.recorded_by) == (made, "样property", clerk.name)
    elsewhere = make.estate()
    there = make.actor(elsewhere.id, Role.CHAIR)
    for call in (
        lambda: service.write_minutes(there, elsewhere.id, n, d, revision=0, now=travel.now),
        lambda: service.publish_minutes(there, elsewhere.id, n, now=travel.now),
        lambda: reads.sheet(elsewhere.id, n),
    ):
        with pytest.raises(NotFound):
            call()


def test_text_of_every_kind_comes_back_as_it_was(place, travel):
    n = place.running(travel)
    odd = "表情👨‍👩‍👧 عربى\u202e ‘引号’ <b>\t" + "长" * 9000
    service.write_minutes(
        place.chair, place.id, n, draft(place, n, text=f"  {odd}\r\n第二行\x00  "), revision=0,
        now=travel.now,
    )  # fmt: skip
    assert reads.sheet(place.id, n).minutes.text == f"{odd}\n第二行"
    made = reads.sheet(place.id, n).made(reads.sheet(place.id, n).draft)
    assert record.write(record.read(record.write(made))) == record.write(made)


def test_own_calendar_address_is_renewed(place, travel):
    from hall.meetings.queries import calendar

    n = place.noticed(travel.now)
    chair = place.chair
    key = service.renew_calendar_key(chair, now=travel.now)
    assert len(key) >= 32
    assert calendar.account_of(key) == chair.account_id
    newer = service.renew_calendar_key(chair, now=travel(timedelta(days=1)))
    assert (calendar.account_of(key), calendar.key_of(chair.account_id)) == (None, newer)
    with pytest.raises(Forbidden):
        service.renew_calendar_key(Actor(), now=travel.now)
    invited = calendar.of_account(chair.account_id, travel.now - timedelta(days=9))
    assert [(i.meeting.n, i.estate.id) for i in invited] == [(n, place.id)]
    assert calendar.of_account(place.resident.account_id, travel.now - timedelta(days=9)) == ()
    assert [m.n for m in calendar.of_estate(place.id, travel.now)] == [n]
    place.convened(travel.now)  # a draft is in nobody's calendar
    assert [m.n for m in calendar.of_estate(place.id, travel.now)] == [n]
