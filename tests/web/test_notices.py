"""The inbox on the web: three groups, read one by one or all; nobody else's; on both databases."""

from __future__ import annotations

from datetime import timedelta

from hall.actions import service as actions
from hall.notices import queries, service
from hall.proposals import service as proposals
from hall.resolutions import service as resolutions
from hall.threads import service as threads
from hall.threads.models import Comment
from tests import make
from tests.pages import Pages, sign_in
from tests.resolutions.bodies import bodies, decided, proposal


def test_an_inbox_tells_and_leads_on(app, travel):
    s, now = bodies(travel.now, slug="here"), travel.now
    about = proposal(s)
    person = make.person(s.id)
    account = make.account(name=person.name)
    make.link(account.id, person)
    make.save(
        Comment(
            estate_id=s.id, thread_id=about.thread_id, text="牌子别太大", written_at=now,
            account_id=account.id, name="乙", standing="resident", answer_body="branch",
            answer_due_at=now + timedelta(hours=30),
        )
    )  # fmt: skip
    chair = s.seat("committee")
    resolutions.publish_decision(
        chair.actor, s.id, decided(s, about=about), post_id=chair.post, no_action="再议", now=now
    )
    service.deliver(now=now)
    client = app.test_client()
    assert client.get("/e/here/inbox").status_code == 303  # to sign in first
    sign_in(client, account.id, now)
    browser = Pages(client)
    assert "1 条没看" in browser.get("/e/here/me").text
    page = browser.get("/e/here/inbox")
    assert "您提的，等别人办" in page.text
    assert "意见：牌子别太大 等小区党支部答复，5月7日（周四）16:00 前 还剩 30 小时" in page.text
    assert "我的 （有没看的消息）" in page.text
    assert "会上定的事公布了：关于支部叫什么名字的会商意见" in page.text
    (row,) = queries.inbox(account.id, s.id)
    document = page.submit(f"/e/here/inbox/{row.id}")
    assert "形成会商意见" in document.text
    page = browser.get("/e/here/inbox")
    assert "条没看" not in page.text
    assert "有没看的消息" not in page.text
    stranger = app.test_client()
    other = make.account()
    make.link(other.id, make.person(s.id))
    sign_in(stranger, other.id, now)
    Pages(stranger).post(f"/e/here/inbox/{row.id}", {}, status=None)
    assert "还没有消息" in Pages(stranger).get("/e/here/inbox").text
    branch = s.seat("branch")
    proposals.withdraw(branch.actor, s.id, about.n, reason="不办了", now=now)
    service.deliver(now=now)
    page = browser.get("/e/here/inbox")
    assert "1 条没看" in page.text
    page = page.submit("/e/here/inbox/read")
    assert "条没看" not in page.text


def test_the_mark_in_the_menu_costs_one_query_a_minute(app, travel, count_queries):
    s = bodies(travel.now, slug="here")
    branch, chair = s.seat("branch"), s.seat("committee")
    about = proposal(s)
    client = app.test_client()
    sign_in(client, branch.actor.account_id, travel.now)

    def asked():
        with count_queries() as q:
            page = Pages(client).get("/e/here/ballots")
        return sum("FROM notice" in x for x in q.statements), "有没看的消息" in page.text

    assert asked() == (1, False)
    resolutions.publish_decision(
        chair.actor, s.id, decided(s, about=about), post_id=chair.post, no_action="再议",
        now=travel.now,
    )  # fmt: skip
    service.deliver(now=travel.now)
    assert asked() == (0, False)  # not before the minute is over
    travel(timedelta(seconds=60))
    assert asked() == (1, True)
    assert asked() == (0, True)
    Pages(client).get("/e/here/inbox").submit("/e/here/inbox/read")
    assert asked() == (0, False)
    assert "有没看的消息" not in Pages(app.test_client()).get("/e/here/ballots").text


def told(s, app, now, who):
    """What an inbox says to a seat's holder."""
    client = app.test_client()
    sign_in(client, who.account_id, now)
    return Pages(client).get("/e/here/inbox").text


def test_what_waits_for_a_body_and_for_everybody(app, travel):
    s, now = bodies(travel.now, slug="here"), travel.now
    company, branch, chair = s.seat("property"), s.seat("branch"), s.seat("committee")
    about = proposal(s, ready_at=None, ready_version=None)
    n = actions.open_action(
        branch.actor, s.id, post_id=branch.post, text="换牌子", body="property",
        due_on=travel.now.date() + timedelta(days=3), now=now,
    ).n  # fmt: skip
    proposals.open_round(
        branch.actor, s.id, about.n, question="叫什么好", opens_at=now,
        closes_at=now + timedelta(days=7), post_id=branch.post, now=now,
    )  # fmt: skip
    person, account = make.person(s.id), make.account()
    make.link(account.id, person)
    resident = make.actor(s.id, "resident", account_id=account.id, person_id=person.id)
    say = "说说意见：支部叫什么名字 第 1 轮意见"
    assert say in told(s, app, now, resident)
    said = threads.comment(resident, s.id, about.thread_id, text="牌子别太大", now=now)
    assert say not in told(s, app, now, resident)
    text = told(s, app, now, branch.actor)
    assert "答复" in text
    assert "牌子别太大" in text
    assert "表态：支部叫什么名字" in text
    service.deliver(now=now)
    text = told(s, app, now, company.actor)
    assert "落实：换牌子" in text
    assert "有事归物业公司办：换牌子" in text
    assert "催" not in told(s, app, now, chair.actor)
    actions.mark_done(company.actor, s.id, n, post_id=company.post, text="换了", now=now)
    assert "看看办好没有：换牌子" in told(s, app, now, chair.actor)
    threads.moderate(
        chair.actor, s.id, said, act="hide", reason="有门牌", post_id=chair.post, now=now
    )
    assert "您的意见被隐去了：牌子别太大" in told(s, app, now, resident)
    threads.appeal(resident, s.id, said, text="没有门牌", now=now)
    assert "要求复核：支部叫什么名字" in told(s, app, now, resident)
    assert "裁定 1 件申诉" in told(s, app, now, s.seat("community").actor)


def test_an_inbox_costs_the_same_however_much_waits(app, travel, count_queries):
    s, now = bodies(travel.now, slug="here"), travel.now
    branch = s.seat("branch")
    client = app.test_client()
    sign_in(client, branch.actor.account_id, now)

    def more(first, last):
        for i in range(first, last):
            about = proposal(s, n=i, title=f"第{i}件", ready_at=None, ready_version=None)
            proposals.open_round(
                branch.actor, s.id, i, question="哪一条要改", opens_at=now,
                closes_at=now + timedelta(days=7), post_id=branch.post, now=now,
            )  # fmt: skip
            threads.comment(s.seat("grid").actor, s.id, about.thread_id, text=f"意见{i}", now=now)
            for body in ("branch", "property"):
                actions.open_action(
                    branch.actor, s.id, post_id=branch.post, text=f"办{i}", body=body,
                    due_on=now.date() + timedelta(days=i), now=now,
                )  # fmt: skip
        service.deliver(now=now)

    more(1, 3)
    Pages(client).get("/e/here/inbox")
    with count_queries() as few:
        Pages(client).get("/e/here/inbox")
    more(3, 9)
    with count_queries() as many:
        Pages(client).get("/e/here/inbox")
    assert many.count == few.count <= 45
