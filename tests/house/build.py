"""Builds the world through the services, at instants before now."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select, update

from hall import clock
from hall.actions import service as actions
from hall.actions.models import FollowUp
from hall.bodies import service as bodies
from hall.db import atomic, db
from hall.files.models import StoredFile
from hall.journal.models import JournalEntry
from hall.meetings import queries
from hall.meetings import service as meetings
from hall.meetings.models import Meeting
from hall.meetings.rules import ItemDraft, code_at
from hall.meetings.rules.minutes import MinutesDraft, TaskDraft
from hall.notices.models import Notice
from hall.positions import service as positions
from hall.proposals import queries as matters
from hall.proposals import service as proposals
from hall.proposals.models import Proposal
from hall.proposals.service import Plan
from hall.resolutions import service as resolutions
from hall.resolutions.service import Task
from hall.threads import service as threads
from tests import make
from tests.house.world import HATS, World
from tests.meetings.scene import Scene, make_proposal, scene
from tests.pages import sign_in
from tests.proposals.scene import WORDING

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def build(app, now) -> World:
    """The world as it is at now; everything happened before, through the services."""
    w = World(app, now, scene())
    _people(w)
    _talk(w)
    _proposals(w)
    _meetings(w)
    _after(w)
    _elsewhere(w)
    return w


def sign_everybody_in(w: World) -> None:
    """A browser for each of them, and one for nobody."""
    for role in (None, *w.who):
        client = w.clients[role] = w.app.test_client()
        if role is not None:
            sign_in(client, w.who[role], clock.now())


def _people(w: World) -> None:
    e, place = w.id, w.place
    w.who["resident"] = place.resident.account_id
    building = make.building(e, name="3栋")
    _, _, w.owner = make.owner(e, building.id)
    _, _, w.owner2 = make.owner(e, building.id)
    w.who["owner"], w.who["owner2"] = w.owner.account_id, w.owner2.account_id
    own = {"committee": "chair"}
    for body, actor in place.who.items():
        role = own.get(body, body)
        w.who[role], w.hats[role] = actor.account_id, place.posts[body].id
    actor, post = place.members[0]
    w.who["member"], w.hats["member"] = actor.account_id, post.id
    for role in ("clerk", "scrutineer", "steward"):
        person, account = make.person(e), make.account()
        make.link(account.id, person)
        building_id = building.id if role == "steward" else None
        w.hats[role] = make.post(person, *HATS[role], building_id=building_id).id
        w.who[role] = account.id
    w.chair, w.chair_post = place.chair, w.hats["chair"]


def _talk(w: World) -> None:
    """A thread of the committee's with a comment of the owner's in every state."""
    e, at = w.id, w.now - 20 * MINUTE
    with atomic():
        thread = threads.open_thread(e, "续聘物业公司", answer_body="committee", now=at)
        shut = threads.open_thread(
            e, "已过期", answer_body="committee", closes_at=at + MINUTE, now=at
        )
    w.ids |= {"thread": thread, "shut_thread": shut}

    def say(text, to=thread, when=at, **more):
        return threads.comment(w.owner, e, to, text=text, now=when, **more)

    w.ids["shut"] = say("会后才看到", shut)
    shown = w.ids["shown"] = say("三年太长")
    w.ids["reply"] = say("我补一句", parent_id=shown)
    w.ids["deep"] = say("再补一句", parent_id=w.ids["reply"])
    w.ids["answered"] = say("收费要写明")
    w.ids["withdrawn"] = say("写错了")
    w.ids["late"] = say("昨天说的", when=w.now - DAY)
    for name in ("masked", "hidden", "appealed", "reported"):
        w.ids[name] = say(f"电话 1390000{len(name)}000")
    threads.withdraw(w.owner, e, w.ids["withdrawn"], now=at)
    threads.answer(w.chair, e, w.ids["answered"], outcome="explained", text="写在第三条", landed="",
                   post_id=w.chair_post, now=at)  # fmt: skip
    branch, hat = w.place.who["branch"], w.hats["branch"]
    for name in ("masked", "hidden", "appealed", "reported"):
        threads.report(w.owner2, e, w.ids[name], reason="privacy", text="", about_body=None, now=at)
    for name, act in (("masked", "mask"), ("hidden", "hide"), ("appealed", "hide")):
        threads.moderate(branch, e, w.ids[name], act=act, reason="有电话", masked_text="电话 █",
                         post_id=hat, now=at)  # fmt: skip
    w.ids["appeal"] = threads.appeal(w.owner, e, w.ids["appealed"], text="是公开的电话", now=at)


def _proposals(w: World) -> None:
    """A proposal of the owner's in every state."""
    e, ago = w.id, w.now - 12 * DAY
    plan = Plan(track="advisory", lead_body="committee")
    chair = {"post_id": w.chair_post}

    def draft(name):
        w.ids[name] = proposals.draft(w.owner, e, WORDING, plan, now=ago)
        w.ids["revision"] = matters.get(e, w.ids[name]).revision
        return w.ids[name]

    def submit(name):
        n = draft(name)
        proposals.submit(w.owner, e, n, now=ago)
        return n

    def accept(name, yes=True):
        n = submit(name)
        proposals.screen(
            w.chair, e, n, accept=yes, reason="" if yes else "不归这里管", now=ago, **chair
        )
        return n

    def opened(name, first, last):
        n = accept(name)
        proposals.open_round(w.chair, e, n, question="哪一条要改", opens_at=first, closes_at=last,
                             now=ago, **chair)  # fmt: skip
        return n

    def heard(name):
        n = opened(name, ago, ago + 5 * DAY)
        proposals.settle_round(w.chair, e, n, 1, heard="没有新意见", nothing_changed=True,
                               now=w.now - 3 * DAY, **chair)  # fmt: skip
        return n

    def ready(name):
        n = heard(name)
        proposals.make_ready(w.chair, e, n, now=w.now - 2 * DAY, **chair)
        return n

    draft("p_draft")
    submit("p_submitted")
    accept("p_declined", yes=False)
    accept("p_accepted")
    opened("p_planned", w.now + 2 * DAY, w.now + 9 * DAY)
    opened("p_open", w.now - 2 * DAY, w.now + 5 * DAY)
    opened("p_answering", ago, w.now - DAY)
    heard("p_heard")
    ready("p_ready")
    ready("p_decided")
    settled = ready("p_settled")
    with atomic():
        proposals.settle(matters.get(e, settled).id, "meeting", w.now - DAY)
    proposals.withdraw(w.owner, e, accept("p_withdrawn"), reason="换个办法", now=w.now - DAY)
    w.ids["p_open_thread"] = matters.get(e, w.ids["p_open"]).thread_id
    w.ids["interest"] = positions.declare(
        w.place.who["property"], e, matters.get(e, w.ids["p_open"]).id,
        post_id=w.hats["property"], whole_body=False, kind="family", text="亲属在内", now=w.now - DAY,
    ).id  # fmt: skip


def _meetings(w: World) -> None:
    """A council at every stage, the one being held with an item, a speaker and a vote under way."""
    e, place = w.id, w.place

    def convened(name, start):
        draft = place.draft(
            w.now,
            starts_at=start,
            items=(
                ItemDraft("签到", 5, "召集人", "report"),
                ItemDraft("改到周六", 25, "五方", "decide"),
            ),
            title=f"会商会 {name}",
        )
        n = meetings.convene(
            w.chair, e, draft, post_id=w.chair_post, now=min(start, w.now) - 10 * DAY
        )
        first, second = place.page(n).items
        w.ids |= {name: n, f"{name}_item1": first.id, f"{name}_item": second.id}
        return n

    def noticed(name, start):
        n = convened(name, start)
        meetings.notice(w.chair, e, n, revision=1, now=min(start, w.now) - 9 * DAY)
        w.ids[f"{name}_grid"] = place.seat(n, "样grid")
        w.ids[f"{name}_member"] = place.seat(n, "样委员1")
        w.ids[f"{name}_key"] = queries.checkin_key(queries.get(e, n).id)
        return n

    def held(name, start):
        n = noticed(name, start)
        place.come(n, start)
        meetings.start(w.chair, e, n, now=start)
        meetings.start_item(w.chair, e, n, w.ids[f"{name}_item"], now=start)
        return n

    def deciding(name, start):
        n = held(name, start)
        w.ids[f"{name}_decision"] = meetings.open_decision(
            w.chair, e, n, w.ids[f"{name}_item"], text="改到周六，试三个月", now=start
        )
        return n

    def ended(name, start):
        n = deciding(name, start)
        hands = tuple(meetings.Hand(i.id, "for") for i in place.page(n).invitees if i.seat)
        d = w.ids[f"{name}_decision"]
        meetings.read_hands(w.chair, e, n, d, hands, now=start + MINUTE)
        meetings.close_decision(w.chair, e, n, d, now=start + MINUTE)
        meetings.end(w.chair, e, n, now=start + HOUR)
        return n

    def written(name, start):
        n = ended(name, start)
        meetings.write_minutes(w.chair, e, n, _minutes(place, n), revision=0, now=start + 2 * HOUR)
        return n

    def circulated(name, start):
        n = written(name, start)
        w.ids[f"{name}_digest"] = meetings.circulate_minutes(
            w.chair, e, n, revision=1, now=start + 2 * HOUR
        )
        return n

    def out(name, start):
        n = circulated(name, start)
        w.ids[f"{name}_correction"] = meetings.correct_minutes(
            place.who["grid"], e, n, passage="", text="我说的是周日", invitee_id=None,
            now=start + 3 * HOUR,
        )  # fmt: skip
        return n

    convened("m_draft", w.now + 6 * DAY)
    noticed("m_noticed", w.now + 6 * DAY)
    noticed("m_due", w.now - 5 * MINUTE)
    held("m_idle", w.now - 20 * MINUTE)
    n = deciding("m_running", w.now - 10 * MINUTE)
    w.ids["speech"] = meetings.ask_to_speak(
        place.who["grid"], e, n, w.ids["m_running_grid"], now=w.now - MINUTE
    )
    ended("m_ended", w.now - 4 * DAY)
    written("m_written", w.now - 5 * DAY)
    out("m_out", w.now - DAY)
    circulated("m_ripe", w.now - 12 * DAY)
    n = out("m_published", w.now - 20 * DAY)
    at = w.now - 18 * DAY
    meetings.answer_correction(w.chair, e, n, w.ids["m_published_correction"], taken=False,
                               reply="录音是周六", now=at)  # fmt: skip
    meetings.publish_minutes(w.chair, e, n, now=w.now - 10 * DAY)
    n = noticed("m_cancelled", w.now + 6 * DAY)
    meetings.cancel(w.chair, e, n, reason="停电", now=w.now - DAY)
    w.ids["m_code"] = code_at(str(w.ids["m_due_key"]), w.now)


def _minutes(place: Scene, n: int) -> MinutesDraft:
    return MinutesDraft(
        text="大家逐一发言。",
        conclusions={i.id: f"{i.title}，已定。" for i in place.page(n).items},
        tasks=(TaskDraft("周六开门", "property", "样经理", clock.local_date(clock.now()) + DAY),),
    )


def _after(w: World) -> None:
    """Actions in every state, documents of a meeting, a party, a rung, a file, a notice."""
    e, at, day = w.id, w.now - 9 * DAY, clock.local_date(w.now)
    company, hat = w.place.who["property"], w.hats["property"]

    def act(name, **more):
        asked = {"text": "修好东门", "body": "property", "due_on": day + DAY} | more
        w.ids[name] = actions.open_action(w.chair, e, post_id=w.chair_post, now=at, **asked).n
        return w.ids[name]

    def done(name):
        n = act(name)
        actions.mark_done(company, e, n, post_id=hat, text="修好了", now=at)
        return n

    act("a_open")
    act("a_late", due_on=day - 3 * DAY)
    act("a_waiting", due_on=None, external=True, agency="市住建局", check_on=day + DAY)
    done("a_done")
    actions.verify(w.place.who["grid"], e, done("a_verified"), post_id=w.hats["grid"], text="看过",
                   now=at)  # fmt: skip
    actions.drop(w.chair, e, act("a_dropped"), post_id=w.chair_post, reason="不用修了", now=at)
    branch = w.place.who["branch"]
    w.ids["party"] = bodies.add_party(branch, e, kind="police", name="样板派出所", now=at)
    w.ids["group"] = bodies.set_party_group(branch, e, level=3, name="样板小区党支部", now=at)
    w.ids["docno"] = resolutions.publish_decision(
        w.chair, e, w.ids["m_published_decision"], post_id=w.chair_post, decided="周六 9 点坐班",
        tasks=[Task("周六开门", "property", due_on=day + DAY)], now=at,
    )  # fmt: skip
    file = make.save(
        StoredFile(estate_id=e, name="gate.png", media="image/png", kind="image", size=3,
                   digest="0" * 64, content=b"abc", account_id=w.who["owner"], created_at=at)
    )  # fmt: skip
    w.ids["file"] = file.id
    entry = db.session.scalar(select(func.min(JournalEntry.id)))
    for role in ("owner", "chair"):
        w.ids[f"notice_{role}"] = make.save(
            Notice(account_id=w.who[role], estate_id=e, journal_id=entry, code="meetings.noticed",
                   subject="meeting", subject_n=str(w.ids["m_noticed"]),
                   facts='{"title": "会"}', at=at)
        ).id  # fmt: skip


def _elsewhere(w: World) -> None:
    """Another estate with one of each, and somebody who leads there and is nobody here.

    Also one account that holds every post here, so that no right hides what is missing.
    """
    there = scene()
    w.who["stranger"] = there.chair.account_id
    w.foreign_post = there.posts["committee"].id
    at = w.now - DAY
    with atomic():
        thread = threads.open_thread(there.id, "别处", answer_body="committee", now=at)
    comment = threads.comment(there.resident, there.id, thread, text="别处的话", now=at)
    proposal = make_proposal(there)
    interest = positions.declare(
        there.chair, there.id, proposal, post_id=w.foreign_post, whole_body=False, kind="money",
        text="别处", now=at,
    ).id  # fmt: skip
    still = _Still(w.now - 6 * DAY)
    meeting, decision = there.deciding(still)
    item = there.page(meeting).items[1].id
    speech = meetings.ask_to_speak(
        there.who["grid"], there.id, meeting, there.seat(meeting, "样grid"), now=still.now
    )
    actions.open_action(there.chair, there.id, post_id=w.foreign_post, text="别处", body="grid",
                        due_on=clock.local_date(w.now), now=at)  # fmt: skip
    docno = resolutions.publish_organisation_decision(
        there.chair, there.id, 1, post_id=w.foreign_post, text="别处", basis="别处",
        no_action="没有要办的", now=at,
    )  # fmt: skip
    branch = there.who["branch"]
    party = bodies.add_party(branch, there.id, kind="police", name="别处派出所", now=at)
    group = bodies.set_party_group(branch, there.id, level=3, name="别处支部", now=at)
    with atomic() as session:
        for table in (Meeting, FollowUp, Proposal):
            session.execute(update(table).where(table.estate_id == there.id).values(n=500))
    alone = {
        "thread_id": thread,
        "comment_id": comment,
        "n": 500,
        "decision_id": decision,
        "item_id": item,
        "speech_id": speech,
        "docno": docno,
        "interest_id": interest,
        "party_id": party,
        "group_id": group,
        "notice_id": w.ids["notice_chair"],
    }
    w.foreign = alone
    person, account = make.person(w.id), make.account()
    make.link(account.id, person)
    for hat in HATS.values():
        if hat[1] != "steward":
            w.hats["everybody"] = make.post(person, *hat).id
    make.title(make.unit(w.id, make.building(w.id).id), person.id)
    w.who["everybody"] = account.id


class _Still:
    """A clock that only the building of the other estate's meeting reads."""

    def __init__(self, now) -> None:
        self.now = now

    def __call__(self, to):
        self.now = to
        return to
