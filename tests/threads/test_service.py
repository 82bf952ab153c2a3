"""What can be done in a thread, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from hall import clock
from hall.db import atomic, db
from hall.errors import Forbidden, NotFound, Refused
from hall.journal import queries as journal
from hall.permissions import ANONYMOUS, Role
from hall.threads import queries, service
from hall.threads.models import Answer, Comment
from hall.threads.queries import reports
from tests import make
from tests.threads.scene import stage

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def scene(app, now):
    return stage(now)


def page(scene, role=None, sort="newest", after=None, now=None):
    actor = scene.who[role] if role else ANONYMOUS
    found = queries.page(scene.thread, actor, sort=sort, after=after, now=now or clock.now())
    db.session.rollback()
    return found


def only(scene, role=None):
    (row,) = page(scene, role).comments
    return row


def refusal(call):
    with pytest.raises(Refused) as caught:
        call()
    return [b.code for b in caught.value.blockers]


# --- who speaks ------------------------------------------------------------------------------


def test_voices(scene, now):
    def voice(role, post=None):
        found = service.voice_of(scene.who[role], scene.estate.id, post, now)
        return found.standing, found.place, found.body, found.title

    assert voice("owner") == ("owner", "3栋", None, None)
    assert voice("tenant") == ("resident", "", None, None)
    assert voice("chair", scene.post["chair"]) == ("body", "", "committee", "chair")
    assert voice("chair") == ("resident", "", None, None)
    assert voice("property", scene.post["property"]) == ("body", "", "property", "staff")
    assert refusal(lambda: voice("property")) == ["speak_as_company"]
    with pytest.raises(Forbidden):
        voice("owner", scene.post["chair"])
    with pytest.raises(Forbidden):
        service.voice_of(ANONYMOUS, scene.estate.id, None, now)


def test_the_company_owns_a_flat_like_anybody(scene, now):
    actor = make.actor(scene.estate.id, Role.PROPERTY, Role.OWNER)
    assert service.voice_of(actor, scene.estate.id, None, now).standing == "resident"


# --- writing ---------------------------------------------------------------------------------


def test_three_levels_and_whom_they_show(scene, now):
    first = scene.say("owner", "一\r\n二", alignment="against", now=now)
    second = scene.say("tenant", "二", parent_id=first, show_name=False, now=now)
    third = scene.say("chair", "三", parent_id=second, post_id=scene.post["chair"], now=now)
    assert refusal(lambda: scene.say("owner", "四", parent_id=third, now=now)) == ["too_deep"]
    row = only(scene)
    assert (row.id, row.text, row.alignment) == (first, "一\n二", "against")
    assert (row.name, row.place) == (scene.who["owner"].name, "3栋")
    assert (row.standing, row.depth) == ("owner", 0)
    assert [(r.id, r.depth, r.name) for r in row.replies] == [
        (second, 1, ""),
        (third, 2, row.replies[1].name),
    ]
    assert (row.replies[1].body, row.replies[1].title) == ("committee", "chair")
    assert row.waits
    assert row.due_at.isoformat() == "2026-05-08T16:00:00+00:00"
    assert not any(r.waits for r in row.replies)


def test_a_body_does_not_answer_itself(scene, now):
    scene.say("chair", "说明一下", post_id=scene.post["chair"], now=now)
    scene.say("branch", "支部的意见", post_id=scene.post["branch"], now=now)
    assert [c.waits for c in page(scene).comments] == [True, False]
    assert [p.text for p in queries.open_points(scene.thread, None, None)] == ["支部的意见"]


def test_the_same_post_twice_is_one_comment(scene, now):
    made = scene.say("owner", request_key="k1", now=now)
    assert scene.say("owner", "另一句", request_key="k1", now=now) == made
    assert scene.say("owner2", request_key="k1", now=now) != made
    assert scene.say("owner", request_key="k2", now=now) != made
    assert db.session.scalar(select(func.count()).select_from(Comment)) == 3


def test_windows(scene, now):
    with atomic():
        service.set_window(scene.thread, opens_at=now + HOUR, closes_at=now + DAY)
    assert refusal(lambda: scene.say("owner", now=now)) == ["thread_not_open"]
    made = scene.say("owner", now=now + HOUR)
    late = now + DAY
    assert refusal(lambda: scene.say("owner", now=late)) == ["thread_closed"]
    echoes = lambda: service.echo(scene.who["owner2"], scene.estate.id, made, on=True, now=late)  # noqa: E731
    assert refusal(echoes) == ["thread_closed"]
    # An answer has no window.
    assert scene.answer(made, now=late) == 1
    with pytest.raises(NotFound), atomic():
        service.set_window(999_999, opens_at=None, closes_at=None)


def test_floods_stop_and_say_until_when(scene, now):
    for i in range(10):
        scene.say("owner", f"第 {i}", now=now + MINUTE * i)
    with pytest.raises(Refused) as caught:
        scene.say("owner", now=now + 10 * MINUTE)
    assert caught.value.blockers[0].not_before == now + HOUR
    scene.say("owner2", now=now + 10 * MINUTE)
    scene.say("owner", now=now + HOUR)


def test_another_estate_is_not_found(scene, now):
    other = make.estate()
    _, _, stranger = make.owner(other.id, make.building(other.id).id)
    made = scene.say("owner", now=now)
    for call in (
        lambda: service.comment(stranger, other.id, scene.thread, text="x", now=now),
        lambda: service.echo(stranger, other.id, made, on=True, now=now),
        lambda: service.withdraw(stranger, other.id, made, now=now),
        lambda: queries.get(other.id, scene.thread),
        lambda: queries.comment(other.id, made, stranger, now),
    ):
        with pytest.raises(NotFound):
            call()
    with pytest.raises(Forbidden):
        service.comment(stranger, scene.estate.id, scene.thread, text="x", now=now)
    with pytest.raises(NotFound):
        scene.say("owner", parent_id=999_999, now=now)


def test_edits_keep_what_was(scene, now):
    made = scene.say("owner", "原来", now=now)

    def edit(words, role="owner", at=now + MINUTE):
        return service.edit(
            scene.who[role], scene.estate.id, made, text=words, alignment="for", now=at
        )

    assert edit("改一次") == 1
    assert edit("改一次") == 1
    assert edit("改两次") == 2
    assert [e.text for e in queries.edits_of(made)] == ["原来", "改一次"]
    with pytest.raises(Forbidden):
        edit("别人", role="owner2")
    assert refusal(lambda: edit("", at=now + HOUR)) == ["edit_late", "comment_missing"]
    scene.answer(made, now=now + 2 * MINUTE)
    assert refusal(lambda: edit("又改", at=now + 3 * MINUTE)) == ["point_answered"]
    row = only(scene)
    assert (row.text, row.edits, row.alignment) == ("改两次", 2, "for")


def test_withdrawing_leaves_a_line_and_the_number(scene, now):
    made = scene.say("owner", "不说了", now=now)
    scene.say("owner2", "回一句", parent_id=made, now=now)
    service.withdraw(scene.who["owner"], scene.estate.id, made, now=now)
    row = only(scene, "owner")
    assert (row.state, row.text, row.waits, len(row.replies)) == ("withdrawn", "", False, 1)
    assert row.may == frozenset()
    found = queries.counts([scene.thread], now)[scene.thread]
    assert (found.comments, found.waiting, found.replies) == (1, 0, 1)
    again = lambda: service.withdraw(scene.who["owner"], scene.estate.id, made, now=now)  # noqa: E731
    assert refusal(again) == ["comment_withdrawn"]
    assert refusal(lambda: scene.answer(made, now=now)) == ["comment_withdrawn"]


def test_echoes(scene, now):
    made = scene.say("owner", now=now)

    def echo(role, on=True):
        service.echo(scene.who[role], scene.estate.id, made, on=on, now=now)

    for role in ("owner2", "owner2", "tenant"):
        echo(role)
    assert (only(scene, "tenant").echoes, only(scene, "tenant").echoed) == (2, True)
    echo("tenant", on=False)
    echo("tenant", on=False)
    assert (only(scene, "tenant").echoes, only(scene, "tenant").echoed) == (1, False)
    assert refusal(lambda: echo("owner")) == ["own_comment"]
    assert refusal(lambda: echo("property")) == ["speak_as_company"]


def test_offline_voices_count_alike(scene, now):
    def heard(role="grid", **values):
        asked = {
            "text": "腿脚不便，电话里说不同意",
            "name": "胡阿姨",
            "place": "6栋",
            "source": "phone",
            "spoken_on": date(2026, 5, 5),
            "read_back": True,
        } | values
        return service.record_voice(
            scene.who[role],
            scene.estate.id,
            scene.thread,
            post_id=scene.post[role],
            now=now,
            **asked,
        )

    made = heard(request_key="v1")
    assert heard(request_key="v1") == made
    row = only(scene, "grid")
    assert (row.name, row.place, row.standing, row.source) == ("胡阿姨", "6栋", "offline", "phone")
    assert (row.spoken_on, row.read_back, row.body) == (date(2026, 5, 5), True, "grid")
    assert row.recorder == scene.who["grid"].name
    assert row.waits
    assert row.mine
    assert queries.counts([scene.thread], now)[scene.thread].waiting == 1
    # What the committee's own clerk takes down still waits for the committee.
    heard("clerk")
    assert queries.counts([scene.thread], now)[scene.thread].waiting == 2
    assert refusal(lambda: heard(source="", spoken_on=date(2026, 5, 7))) == [
        "source_missing",
        "spoken_in_future",
    ]
    with pytest.raises(Forbidden):
        heard("property")


# --- answers ---------------------------------------------------------------------------------


def test_answers_and_their_versions(scene, now):
    made = scene.say("owner", now=now)
    assert scene.answer(made, now=now) == 1
    assert scene.answer(made, now=now) == 1
    assert scene.answer(made, "vice", outcome="partly", now=now + HOUR) == 2
    row = only(scene)
    assert [(a.version, a.outcome) for a in row.answers] == [(2, "partly"), (1, "adopted")]
    assert not row.waits
    assert refusal(lambda: scene.answer(made, text="再改", now=now + DAY)) == ["answer_settled"]
    with pytest.raises(Forbidden):
        scene.answer(made, "clerk", now=now)
    with pytest.raises(Forbidden):
        service.answer(
            scene.who["owner"], scene.estate.id, made, outcome="adopted", text="x", landed="",
            post_id=scene.post["chair"], now=now,
        )  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(Answer)) == 2


def test_the_duty_passes_on_with_the_clock(scene, now):
    made = scene.say("owner", "灯费谁出", now=now)
    assert refusal(lambda: scene.answer(made, "property", now=now)) == ["not_your_answer"]

    def refer(role, body, at=now + DAY):
        service.refer(
            scene.who[role], scene.estate.id, made, body=body, reason="由公司收", now=at,
            post_id=scene.post[role],
        )  # fmt: skip

    assert refusal(lambda: refer("property", "grid")) == ["not_your_answer"]
    refer("chair", "property")
    row = only(scene)
    assert (row.answer_body, row.referred) == ("property", "由公司收")
    assert row.due_at.isoformat() == "2026-05-08T16:00:00+00:00"
    assert refusal(lambda: scene.answer(made, now=now)) == ["not_your_answer"]
    scene.answer(made, "property", outcome="explained", now=now + DAY)
    assert refusal(lambda: scene.answer(made, now=now + DAY)) == ["answered_by_other"]
    assert refusal(lambda: refer("community", "grid")) == ["point_answered"]


def test_open_points_and_the_overdue_list(scene, now):
    first = scene.say("owner", "早的", now=now)
    scene.say("owner2", "晚的", show_name=False, now=now + HOUR)
    reply = scene.say("tenant", "附和", parent_id=first, now=now + HOUR)
    assert reply
    points = queries.open_points(scene.thread, None, None)
    assert [(p.text, p.name != "", p.standing) for p in points] == [
        ("早的", True, "owner"),
        ("晚的", False, "owner"),
    ]
    assert [p.text for p in queries.open_points(scene.thread, now + HOUR, None)] == ["晚的"]
    assert [p.text for p in queries.open_points(scene.thread, now, now + HOUR)] == ["早的"]
    due = points[0].due_at
    assert queries.counts([scene.thread], due)[scene.thread] == queries.ThreadCounts(2, 0, 2, 2, 1)
    scene.answer(first, outcome="out_of_scope", now=due)
    assert [p.text for p in queries.open_points(scene.thread, None, None)] == ["晚的"]
    (row,) = queries.owed(scene.estate.id)
    assert (row.text, row.name, row.overdue(due), row.overdue(due - MINUTE)) == (
        "晚的", "", True, False,
    )  # fmt: skip
    assert queries.owed(scene.estate.id, bodies=["property"]) == ()
    assert queries.owed(scene.estate.id, after=(row.due_at, row.comment_id)) == ()
    committee = next(b for b in queries.by_body(scene.estate.id, due) if b.body == "committee")
    # The answer came at the very instant the days were over: late.
    assert committee == queries.BodyCounts("committee", 1, 1, 1, 1)
    assert queries.counts([]) == {}


# --- moderation ------------------------------------------------------------------------------


def test_from_report_to_appeal(scene, now):
    made = scene.say("owner", "住 3-201 的那位", now=now)
    first = scene.report(made, now=now)
    assert scene.report(made, now=now) == first
    assert refusal(lambda: scene.report(made, "owner", now=now)) == ["own_comment"]
    (case,) = reports.queue(scene.estate.id)
    assert (case.text, case.barred, len(case.reports)) == (
        "住 3-201 的那位", ("committee", "property"), 1,
    )  # fmt: skip
    assert refusal(lambda: scene.moderate(made, "chair", now=now)) == ["about_own_body"]
    with pytest.raises(Forbidden):
        scene.moderate(made, "property", now=now)
    with pytest.raises(Forbidden):
        scene.moderate(made, "clerk", now=now)
    scene.moderate(made, act="mask", masked_text="住 ██ 的那位", now=now)
    assert reports.queue(scene.estate.id) == ()
    row = only(scene, "owner2")
    assert (row.state, row.text, row.decision.reason) == (
        "masked",
        "住 ██ 的那位",
        "写了邻居的门牌",
    )
    assert (row.report.act, row.report.decision) == ("mask", "写了邻居的门牌")
    assert [p.text for p in queries.open_points(scene.thread, None, None)] == ["住 ██ 的那位"]

    def appeal(role="owner"):
        return service.appeal(
            scene.who[role], scene.estate.id, made, text="没有写全", now=now + HOUR
        )

    with pytest.raises(Forbidden):
        appeal("owner2")
    assert "appeal" in only(scene, "owner").may
    asked = appeal()
    assert "appeal" not in only(scene, "owner").may
    assert refusal(appeal) == ["appealed_already"]
    restore = {"act": "restore", "now": now}
    assert refusal(lambda: scene.moderate(made, "community", **restore)) == ["appeal_waits"]

    def decide(role, uphold=True):
        return service.decide_appeal(
            scene.who[role], scene.estate.id, asked, uphold=uphold, reason="看得出是谁",
            post_id=scene.post[role], now=now + DAY,
        )  # fmt: skip

    assert refusal(lambda: decide("branch")) == ["appeal_same_person"]
    assert refusal(lambda: decide("chair")) == ["about_own_body"]
    decide("community", uphold=False)
    assert refusal(lambda: decide("second")) == ["appeal_decided"]
    row = only(scene, "owner")
    assert (row.state, row.text, row.appeal.upheld) == ("masked", "住 ██ 的那位", False)
    assert (row.decision.on_appeal, row.decision.reason) == (True, "看得出是谁")
    assert refusal(appeal) == ["appealed_already"]
    scene.moderate(made, "second", act="restore", now=now + DAY)
    assert (only(scene).state, only(scene).text) == ("shown", "住 3-201 的那位")
    # Decided anew, the author may ask again.
    scene.moderate(made, "branch", now=now + DAY)
    assert (only(scene).state, only(scene).text, only(scene).waits) == ("hidden", "", False)
    asked = appeal()
    decide("second")
    row = only(scene, "owner")
    assert (row.state, row.appeal.upheld) == ("shown", True)
    assert [d.act for d in queries.decisions_on(made)] == [
        "mask", "mask", "restore", "hide", "restore",
    ]  # fmt: skip
    found = reports.figures(scene.estate.id, now)
    assert (found.comments, found.masked, found.hidden, found.restored) == (1, 1, 1, 1)
    assert [r.decision.act for r in reports.log(scene.estate.id, 2)] == ["restore", "hide"]


def test_who_is_criticised_does_not_decide(scene, now):
    made = scene.say("owner", "社区推来推去", now=now)
    scene.report(made, about_body="community", now=now)
    found = lambda role: refusal(lambda: scene.moderate(made, role, act="keep", now=now))  # noqa: E731
    assert found("community") == found("chair") == ["about_own_body"]
    scene.report(made, "branch", now=now)
    assert found("branch") == ["party_to_it"]
    other = scene.say("owner", "还是社区", now=now)
    scene.report(other, about_body="community", now=now)
    assert scene.moderate(other, act="keep", reason="批评可以", now=now)
    assert page(scene).comments[0].state == "shown"
    assert page(scene).comments[0].decision is None


def test_the_journal_tells_author_and_reporters(scene, now):
    made = scene.say("owner", now=now)
    scene.report(made, now=now)
    scene.moderate(made, now=now)
    acts = {r.action: r for r in journal.page(scene.estate.id)}
    said = acts["threads.moderated"]
    assert (said.entity, said.entity_id) == ("comment", made)
    assert said.facts["author"] == scene.who["owner"].account_id
    assert said.facts["reporters"] == [scene.who["owner2"].account_id]
    assert said.facts["thread_id"] == scene.thread
    assert {"threads.commented", "threads.reported"} <= set(acts)


def test_the_log_does_not_give_away_a_name(scene, now):
    made = scene.say("owner", show_name=False, now=now)
    service.echo(scene.who["tenant"], scene.estate.id, made, on=True, now=now)
    scene.report(made, now=now)
    assert [r.actor for r in journal.page(scene.estate.id)] == ["hidden"] * 3
    scene.say("owner2", now=now)
    assert journal.page(scene.estate.id)[0].actor == scene.who["owner2"].name


def test_what_is_on_record_stays(scene, now):
    scene.answer(scene.say("owner", now=now), now=now)
    for statement in (
        "UPDATE answer SET text = 'x'",
        "DELETE FROM comment",
        "UPDATE comment SET name = 'x'",
    ):
        with pytest.raises(Exception, match="on record"), atomic() as session:
            session.execute(text(statement))


def test_who_is_named_in_the_comment_does_not_decide_though_the_report_named_nobody(scene, now):
    made = scene.say("owner", "支部的人都是骗子", now=now)
    scene.report(made, now=now)
    assert refusal(lambda: scene.moderate(made, "branch", act="keep", now=now)) == [
        "about_own_body"
    ]
    (case,) = reports.queue(scene.estate.id)
    assert (case.named, case.barred) == (("branch",), ("branch", "committee", "property"))
    scene.moderate(made, "community", act="keep", now=now)
    assert reports.queue(scene.estate.id) == ()
