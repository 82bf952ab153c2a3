"""From the form to the end of the meeting day, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from hall.clock import day_start
from hall.db import db
from hall.errors import Forbidden, NotFound, Refused
from hall.meetings import queries, service
from hall.meetings.models import Decision
from hall.meetings.rules import ItemDraft, State, code_at
from hall.meetings.service import Hand
from hall.people.models import Post
from hall.positions.models import Interest
from tests import make
from tests.meetings.scene import SOON, lost_quorum, make_proposal, scene


@pytest.fixture
def place(app):
    return scene()


def refused(call, *args, **kwargs) -> dict[str, dict]:
    """{code: facts} of the refusal of a call."""
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return {b.code: dict(b.facts) for b in caught.value.blockers}


def test_from_the_form_to_the_end(place, travel):
    n, decision = place.deciding(travel)
    page = place.page(n)
    assert (page.meeting.state, len(page.invitees), len(page.stays)) == (State.RUNNING, 7, 7)
    assert queries.quorum_at(page, travel.now) == queries.quorum_at(page, travel.now, ())
    for actor in (*place.who.values(), place.members[0][0]):
        service.vote(actor, place.id, n, decision, choice="for", now=travel.now)
    missing = refused(service.close_decision, place.chair, place.id, n, decision, now=travel.now)
    assert missing == {"votes_missing": {"n": 1, "names": ["样委员2"]}}
    service.vote(
        place.members[1][0],
        place.id,
        n,
        decision,
        choice="against",
        reason="周六有课",
        now=travel.now,
    )
    assert service.close_decision(place.chair, place.id, n, decision, now=travel.now) == "adopted"
    travel(SOON)
    service.end(place.chair, place.id, n, now=travel.now)
    page = place.page(n)
    row = page.decisions[0]
    assert (row.due, row.present, row.votes_for, row.votes_against, row.abstain) == (7, 7, 6, 1, 0)
    assert page.meeting.state is State.ENDED
    assert page.items[1].ended_at == travel.now
    assert {s.out_at for s in page.stays} == {travel.now}


def test_a_draft_changes_until_its_notice_and_not_after(place, now):
    n = place.convened(now)
    assert (
        service.revise(
            place.chair, place.id, n, place.draft(now, title="改过的会"), revision=1, now=now
        )
        == 2
    )
    assert refused(
        service.revise, place.chair, place.id, n, place.draft(now), revision=1, now=now
    ) == {"meeting_draft_changed": {"revision": 2}}
    assert refused(service.notice, place.chair, place.id, n, revision=1, now=now) == {
        "meeting_draft_changed": {"revision": 2}
    }
    service.notice(place.chair, place.id, n, revision=2, now=now)
    assert place.page(n).meeting.title == "改过的会"
    for verb, values in (
        (service.revise, {"draft": place.draft(now), "revision": 2}),
        (service.discard, {}),
        (service.notice, {"revision": 2}),
    ):
        codes = refused(verb, place.chair, place.id, n, now=now, **values)
        assert set(codes) == {"meeting_already_noticed"}


def test_everything_wrong_with_a_form_is_said_at_once(place, now):
    draft = place.draft(
        now,
        kind="committee",
        title=" ",
        bodies=("branch", "moon"),
        starts_at=None,
        items=(ItemDraft("", 0, "谁", "sing"), ItemDraft("长" * 121, 5)),
        party_ids=(999,),
        names=("名" * 61,),
    )
    codes = refused(
        service.convene, place.chair, place.id, draft, post_id=place.posts["committee"].id, now=now
    )
    assert set(codes) == {
        "meeting_title_missing",
        "meeting_time_missing",
        "body_unknown",
        "item_kind_unknown",
        "item_title_missing",
        "item_minutes_wrong",
        "item_too_long",
        "meeting_text_too_long",
        "party_unknown",
    }
    assert queries.drafts(place.id) == ()


def test_the_notice_of_a_committee_takes_seven_days_and_offers_the_first_lawful_evening(place, now):
    # 6 May, first day excluded: 7 full days are 7..13, so 14 May is the first.
    n = place.convened(now, kind="committee", bodies=("committee",), days=7)
    codes = refused(service.notice, place.chair, place.id, n, revision=1, now=now)
    assert codes == {
        "meeting_too_early": {
            "days": 7,
            "earliest": day_start(date(2026, 5, 14)),
            "suggested": day_start(date(2026, 5, 14)) + timedelta(hours=19),
            "source": "G39",
        }
    }
    draft = place.draft(now, kind="committee", bodies=("committee",), days=8)
    service.revise(place.chair, place.id, n, draft, revision=1, now=now)
    service.notice(place.chair, place.id, n, revision=2, now=now)
    assert {i.name for i in place.page(n).invitees} == {"样committee", "样委员1", "样委员2"}


def test_only_who_leads_convenes_and_only_as_his_own_body(place, now):
    for body in ("grid", "property"):
        with pytest.raises(Forbidden):
            place.convened(now, body)
    with pytest.raises(Forbidden):
        service.convene(
            place.chair, place.id, place.draft(now), post_id=place.posts["branch"].id, now=now
        )
    codes = refused(place.convened, now, "branch", kind="committee", bodies=("committee",))
    assert set(codes) == {"not_yours_to_convene"}
    other = make.estate()
    n = place.convened(now)
    with pytest.raises(NotFound):
        queries.get(other.id, n)
    with pytest.raises(NotFound):
        service.discard(place.chair, other.id, n, now=now)
    service.discard(place.chair, place.id, n, now=now)
    with pytest.raises(NotFound):
        queries.get(place.id, n)


def test_posts_that_lapse_before_the_day_are_not_called(place, now):
    day = date(2026, 5, 10)
    _set_end(place.posts["grid"].id, day)  # half-open: gone on the 10th itself
    _set_end(place.posts["property"].id, date(2026, 5, 11))
    n = place.noticed(now)
    assert queries.get(place.id, n).starts_at.date() == day
    bodies = [i.body for i in place.page(n).invitees]
    assert "grid" not in bodies
    assert "property" in bodies


def test_a_successor_is_called_when_the_meeting_begins_and_the_lapsed_seat_is_not_due(
    place, travel
):
    n = place.noticed(travel.now)
    member, post = place.members[0]
    _set_end(post.id, date(2026, 5, 9))
    make.post(make.person(place.id, name="新委员"), "committee", "member", from_on=date(2026, 5, 9))
    at = travel(queries.get(place.id, n).starts_at)
    place.come(n, at)
    service.start(place.chair, place.id, n, now=at)
    page = place.page(n)
    assert "新委员" in {i.name for i in page.invitees}
    lapsed = next(i for i in page.invitees if i.lapsed)
    assert lapsed.name == "样委员1"
    assert queries.quorum_at(page, at).due == 7
    service.start_item(place.chair, place.id, n, page.items[1].id, now=at)
    d = service.open_decision(place.chair, place.id, n, page.items[1].id, text="试", now=at)
    codes = refused(service.vote, member, place.id, n, d, choice="for", now=at)
    assert set(codes) == {"vote_without_seat"}


def test_who_sits_in_two_bodies_takes_one_seat_that_of_the_convener(place, now):
    person = place.posts["branch"].person_id
    make.post(place.posts["branch"], "committee", "member", person_id=person)
    n = place.noticed(now)
    own = [i for i in place.page(n).invitees if i.person_id == person]
    assert [i.body for i in own] == ["committee"]


def _set_end(post_id: int, day: date) -> None:
    from hall.db import atomic

    with atomic() as s:
        s.get_one(Post, post_id).to_on = day


def test_answers_to_the_invitation(place, now):
    n = place.noticed(now)
    own = place.seat(n, "样grid")
    service.respond(place.who["grid"], place.id, n, own, answer="no", remark="上门", now=now)
    service.respond(place.chair, place.id, n, place.seat(n, "样property"), answer="yes", now=now)
    with pytest.raises(Forbidden):
        service.respond(
            place.who["grid"], place.id, n, place.seat(n, "样branch"), answer="no", now=now
        )
    assert set(refused(service.respond, place.chair, place.id, n, own, answer="x", now=now)) == {
        "rsvp_missing"
    }
    answers = {i.name: (i.rsvp, i.rsvp_note) for i in place.page(n).invitees if i.rsvp}
    assert answers == {"样grid": ("no", "上门"), "样property": ("yes", "")}
    assert [m.n for m in queries.calls(place.id, place.who["branch"])] == [n]
    assert queries.calls(place.id, place.who["grid"]) == ()


def test_after_the_notice_only_place_and_a_later_hour(place, now):
    n = place.noticed(now)
    before = queries.get(place.id, n)
    later = before.starts_at + timedelta(days=1)
    codes = refused(
        service.move,
        place.chair,
        place.id,
        n,
        place="2栋",
        starts_at=before.starts_at - SOON,
        now=now,
    )
    assert set(codes) == {"move_not_later"}
    same = {"place": before.place, "starts_at": before.starts_at}
    assert set(refused(service.move, place.chair, place.id, n, now=now, **same)) == {
        "move_changes_nothing"
    }
    assert service.move(place.chair, place.id, n, place="2栋", starts_at=later, now=now) == 1
    after = queries.get(place.id, n)
    assert (after.place, after.starts_at) == ("2栋", later)
    assert after.ends_at - later == timedelta(minutes=30)
    assert set(refused(service.cancel, place.chair, place.id, n, reason=" ", now=now)) == {
        "cancel_reason_missing"
    }
    service.cancel(place.chair, place.id, n, reason="停电", now=now)
    gone = queries.get(place.id, n)
    assert (gone.state, gone.sequence) == (State.CANCELLED, 2)
    for verb, values in (
        (service.move, {"place": "3栋", "starts_at": later}),
        (service.cancel, {"reason": "再说"}),
        (service.start, {}),
    ):
        assert set(refused(verb, place.chair, place.id, n, now=now, **values)) == {
            "meeting_cancelled"
        }


def test_it_begins_at_its_hour_on_its_day(place, travel):
    n = place.noticed(travel.now)
    at = queries.get(place.id, n).starts_at
    early = at - timedelta(seconds=1)
    assert set(refused(service.start, place.chair, place.id, n, now=early)) == {"start_too_early"}
    midnight = day_start(date(2026, 5, 11))
    assert set(refused(service.start, place.chair, place.id, n, now=midnight)) == {
        "meeting_day_over"
    }
    service.start(place.chair, place.id, n, now=midnight - timedelta(seconds=1))
    assert set(refused(service.start, place.chair, place.id, n, now=at)) == {
        "meeting_already_started"
    }


def test_coming_in_by_key_by_code_and_by_hand(place, travel):
    n = place.noticed(travel.now)
    key = queries.checkin_key(queries.get(place.id, n).id)
    opens = queries.get(place.id, n).starts_at - timedelta(hours=1)
    early = refused(
        service.check_in, place.resident, place.id, n, key=key, now=opens - timedelta(seconds=1)
    )
    assert set(early) == {"checkin_not_open"}
    at = travel(opens)
    assert set(refused(service.check_in, place.resident, place.id, n, key="x", now=at)) == {
        "checkin_key_wrong"
    }
    assert set(refused(service.check_in, place.resident, place.id, n, code="x", now=at)) == {
        "checkin_code_wrong"
    }
    guest = service.check_in(place.resident, place.id, n, key=key, now=at)
    assert service.check_in(place.resident, place.id, n, key=key, now=at) == guest
    grid = service.check_in(
        place.who["grid"], place.id, n, code=code_at(key, at - timedelta(minutes=5)), now=at
    )
    assert grid == place.seat(n, "样grid")
    by_hand = service.add_guest(place.chair, place.id, n, name=" 样 访客 ", place="2栋", now=at)
    with pytest.raises(Forbidden):
        service.admit(place.resident, place.id, n, (grid,), now=at)
    service.admit(place.chair, place.id, n, (grid, place.seat(n, "样branch")), now=at)
    page = place.page(n)
    people = {i.id: i for i in page.invitees}
    assert [(people[s.invitee_id].name, s.how) for s in page.stays] == [
        ("丁小样", "qr"),
        ("样grid", "code"),
        ("样 访客", "hand"),
        ("样branch", "hand"),
    ]
    assert not people[guest].seat
    assert not people[by_hand].seat
    service.leave(place.resident, place.id, n, guest, now=at + SOON)
    assert set(refused(service.leave, place.resident, place.id, n, guest, now=at + SOON)) == {
        "not_in_room"
    }
    with pytest.raises(Forbidden):
        service.leave(place.resident, place.id, n, grid, now=at)
    service.check_in(place.resident, place.id, n, key=key, now=at + 2 * SOON)
    assert len([s for s in place.page(n).stays if s.invitee_id == guest]) == 2
    assert guest not in queries.in_room(place.page(n), at + SOON)


def test_guessing_the_code_is_stopped(place, travel):
    n = place.noticed(travel.now)
    at = travel(queries.get(place.id, n).starts_at)
    for _ in range(10):
        refused(service.check_in, place.resident, place.id, n, code="000000x", now=at)
    assert set(refused(service.check_in, place.resident, place.id, n, code="1", now=at)) == {
        "throttled"
    }


def test_the_agenda_runs_one_item_at_a_time(place, travel):
    n = place.running(travel)
    first, second = place.page(n).items
    service.start_item(place.chair, place.id, n, first.id, now=travel.now)
    at = travel(SOON)
    service.start_item(place.chair, place.id, n, second.id, now=at)
    assert [i.ended_at for i in place.page(n).items] == [at, None]
    again = refused(service.start_item, place.chair, place.id, n, first.id, now=at)
    assert set(again) == {"item_already_taken"}
    service.end_item(place.chair, place.id, n, second.id, now=at)
    assert set(refused(service.end_item, place.chair, place.id, n, second.id, now=at)) == {
        "item_not_running"
    }
    with pytest.raises(NotFound):
        service.start_item(place.chair, place.id, n, 99999, now=at)


def test_the_speakers_list(place, travel):
    n = place.running(travel, absent=("样grid",))
    item = place.page(n).items[0]
    chair, branch = place.seat(n, "样committee"), place.seat(n, "样branch")
    ask = service.ask_to_speak
    assert set(refused(ask, place.chair, place.id, n, chair, now=travel.now)) == {
        "item_not_running"
    }
    service.start_item(place.chair, place.id, n, item.id, now=travel.now)
    away = refused(ask, place.chair, place.id, n, place.seat(n, "样grid"), now=travel.now)
    assert set(away) == {"speaker_not_present"}
    first = ask(place.chair, place.id, n, chair, now=travel.now)
    assert set(refused(ask, place.chair, place.id, n, chair, now=travel.now)) == {"already_on_list"}
    service.start_speech(place.chair, place.id, n, first, now=travel.now)
    second = ask(place.who["branch"], place.id, n, branch, now=travel(SOON))
    with pytest.raises(Forbidden):
        ask(place.who["grid"], place.id, n, branch, now=travel.now)
    service.extend_speech(place.chair, place.id, n, first, now=travel.now)
    service.start_speech(place.chair, place.id, n, second, now=travel.now)
    rows = {s.id: s for s in place.page(n).speeches}
    assert (rows[first].ended_at, rows[first].seconds) == (travel.now, 240)
    service.end_speech(place.chair, place.id, n, second, now=travel.now)
    for verb in (service.start_speech, service.end_speech, service.extend_speech):
        assert set(refused(verb, place.chair, place.id, n, second, now=travel.now)) == {"turn_over"}
    third = ask(place.who["branch"], place.id, n, branch, now=travel.now)
    service.withdraw_speech(place.who["branch"], place.id, n, third, now=travel.now)
    assert third not in {s.id for s in place.page(n).speeches}


def test_barred_seats_leave_both_counts(place, travel):
    proposal = make_proposal(place)
    make.save(
        Interest(
            estate_id=place.id,
            proposal_id=proposal,
            body="property",
            kind="contract",
            text="合同一方",
            declared_at=travel.now,
            declared_by="样property",
        )
    )
    items = (ItemDraft("续聘物业", 20, kind="decide", proposal_id=proposal),)
    n, d = place.deciding(travel, items=items)
    page = place.page(n)
    assert page.items[0].version_n == 2
    prop, member = place.seat(n, "样property"), place.seat(n, "样委员1")
    assert page.decisions[0].barred == ((prop, "合同一方"),)
    codes = refused(
        service.vote, place.who["property"], place.id, n, d, choice="for", now=travel.now
    )
    assert set(codes) == {"vote_barred"}
    service.vote(place.members[0][0], place.id, n, d, choice="for", now=travel.now)
    no_reason = refused(
        service.bar, place.chair, place.id, n, d, member, reason=" ", now=travel.now
    )
    assert set(no_reason) == {"bar_reason_missing"}
    service.bar(place.chair, place.id, n, d, member, reason="亲属在物业任职", now=travel.now)
    assert place.page(n).decisions[0].votes == ()
    declared = refused(service.unbar, place.chair, place.id, n, d, prop, now=travel.now)
    assert set(declared) == {"bar_is_declared"}
    # 7 seats less 2: 5 due, 3 for make more than half of all.
    hands = [
        Hand(place.seat(n, name), choice, reason)
        for name, choice, reason in (
            ("样committee", "for", ""),
            ("样branch", "for", ""),
            ("样community", "for", ""),
            ("样grid", "abstain", "不了解"),
            ("样委员2", "against", "太贵"),
        )
    ]
    service.read_hands(place.chair, place.id, n, d, tuple(hands), now=travel.now)
    assert service.close_decision(place.chair, place.id, n, d, now=travel.now) == "adopted"
    row = place.page(n).decisions[0]
    assert (row.due, row.present, row.votes_for, row.votes_against, row.abstain) == (5, 5, 3, 1, 1)
    late = refused(service.vote, place.chair, place.id, n, d, choice="for", now=travel.now)
    assert set(late) == {"decision_closed"}


def test_hands_are_read_all_or_nothing_and_never_over_a_members_own_vote(place, travel):
    n, d = place.deciding(travel, absent=("样grid",))
    service.vote(place.chair, place.id, n, d, choice="for", now=travel.now)
    hands = (
        Hand(place.seat(n, "样committee"), "against", "读错"),
        Hand(place.seat(n, "样grid"), "for"),
        Hand(place.seat(n, "样branch"), "against"),
        Hand(place.seat(n, "样property"), ""),
    )
    codes = refused(service.read_hands, place.chair, place.id, n, d, hands, now=travel.now)
    assert set(codes) == {
        "voted_himself",
        "vote_not_present",
        "vote_reason_missing",
        "vote_choice_missing",
    }
    assert len(place.page(n).decisions[0].votes) == 1
    with pytest.raises(Forbidden):
        service.vote(place.resident, place.id, n, d, choice="for", now=travel.now)
    with pytest.raises(NotFound):
        service.read_hands(place.chair, place.id, n, d, (Hand(9999, "for"),), now=travel.now)
    service.read_hands(
        place.chair, place.id, n, d, (Hand(place.seat(n, "样branch"), "for"),), now=travel.now
    )
    assert (
        service.close_decision(place.chair, place.id, n, d, rest="没有举手", now=travel.now)
        == "not_adopted"
    )
    row = place.page(n).decisions[0]
    # 7 due, grid away, 2 for: 4 of 7 would have been needed.
    assert (row.due, row.present, row.votes_for, row.abstain) == (7, 6, 2, 4)


def test_the_quorum_is_checked_when_it_opens_and_again_when_it_closes(place, travel):
    absent = ("样grid", "样property", "样委员1", "样委员2")
    n = place.running(travel, absent=absent)
    item = place.page(n).items[1]
    service.start_item(place.chair, place.id, n, item.id, now=travel.now)
    call = (service.open_decision, place.chair, place.id, n, item.id)
    assert refused(*call, text="试", now=travel.now) == {
        "quorum_missing": {"due": 7, "present": 3, "needed": 4}
    }
    service.admit(place.chair, place.id, n, (place.seat(n, "样grid"),), now=travel.now)
    d = service.open_decision(place.chair, place.id, n, item.id, text="试", now=travel.now)
    assert set(refused(*call, text="又", now=travel.now)) == {"another_decision_open"}
    assert set(refused(service.end, place.chair, place.id, n, now=travel.now)) == {
        "decision_still_open"
    }
    service.leave(place.who["grid"], place.id, n, place.seat(n, "样grid"), now=travel(SOON))
    assert service.close_decision(place.chair, place.id, n, d, now=travel.now) == "no_quorum"
    row = place.page(n).decisions[0]
    assert (row.due, row.present) == (7, 3)


def test_a_vote_that_lost_its_quorum_is_taken_again_and_a_result_never(place, travel):
    n, first = lost_quorum(place, travel)
    item = place.page(n).decisions[0].item_id
    call = (service.open_decision, place.chair, place.id, n, item)
    assert set(refused(*call, text="再表", now=travel.now)) == {"quorum_missing"}
    service.admit(place.chair, place.id, n, (place.seat(n, "样grid"),), now=travel.now)
    second = service.open_decision(place.chair, place.id, n, item, text="再表", now=travel.now)
    assert set(refused(*call, text="又", now=travel.now)) == {"another_decision_open"}
    for body in ("community", "branch", "committee", "grid"):
        service.vote(place.who[body], place.id, n, second, choice="for", now=travel.now)
    assert service.close_decision(place.chair, place.id, n, second, now=travel.now) == "adopted"
    rows = place.page(n).decisions
    assert [(d.id, d.outcome) for d in rows] == [(first, "no_quorum"), (second, "adopted")]
    assert [len(d.votes) for d in rows] == [0, 4]
    assert set(refused(*call, text="又", now=travel.now)) == {"item_has_decision"}
    # Not even past the rules: the table keeps a second result out.
    with pytest.raises(IntegrityError):
        make.save(
            Decision(
                meeting_id=place.page(n).meeting.id, item_id=item, text="又", rule="council",
                opened_at=travel.now, outcome="not_adopted",
            )
        )  # fmt: skip
    db.session.rollback()


def test_a_vote_given_in_the_room_stands_when_its_member_leaves(place, travel):
    absent = ("样property", "样委员1", "样委员2")
    n, d = place.deciding(travel, absent=absent)
    for body in ("community", "branch", "committee", "grid"):
        service.vote(place.who[body], place.id, n, d, choice="for", now=travel.now)
    service.leave(place.who["grid"], place.id, n, place.seat(n, "样grid"), now=travel(SOON))
    assert service.close_decision(place.chair, place.id, n, d, now=travel.now) == "adopted"
    assert place.page(n).decisions[0].present == 4


def test_a_decision_put_by_mistake_is_dropped(place, travel):
    n, d = place.deciding(travel)
    service.vote(place.chair, place.id, n, d, choice="for", now=travel.now)
    service.drop_decision(place.chair, place.id, n, d, now=travel.now)
    assert place.page(n).decisions == ()


def test_a_talk_decides_nothing(place, now):
    codes = refused(place.noticed, now, kind="talk")
    assert codes == {"talk_decides_nothing": {"item": 2}}


def test_residents_called_by_name_hold_seats_in_a_council_and_the_same_account_answers(place, now):
    n = place.noticed(now, names=("丁小样", "不在册的人", "丁小样"))
    named = [i for i in place.page(n).invitees if i.kind == "resident"]
    assert [(i.name, i.seat, i.person_id is not None) for i in named] == [
        ("丁小样", True, True),
        ("不在册的人", True, False),
    ]
    service.respond(place.resident, place.id, n, named[0].id, answer="yes", now=now)
    n = place.noticed(now, kind="talk", items=(ItemDraft("听意见", 30),), names=("丁小样",))
    assert not place.page(n).invitees[-1].seat


def test_lists(place, travel):
    a = place.noticed(travel.now)
    b = place.noticed(travel.now, kind="committee", bodies=("committee",), days=9)
    place.convened(travel.now, title="草稿")
    service.cancel(place.chair, place.id, a, reason="停电", now=travel.now)
    assert [m.n for m in queries.upcoming(place.id)] == [b]
    assert [m.n for m in queries.upcoming(place.id, body="grid")] == []
    assert [m.n for m in queries.past(place.id, body="grid")] == [a]
    assert queries.count_past(place.id) == 1
    assert [m.title for m in queries.drafts(place.id)] == ["草稿"]
    assert queries.places(place.id) == ("1栋活动室",)
    assert replace(queries.get(place.id, b)) == queries.by_id(queries.get(place.id, b).id)
    db.session.rollback()
