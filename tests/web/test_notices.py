"""The inbox on the web: three groups, read one by one or all; nobody else's; on both databases."""

from __future__ import annotations

from hall.notices import queries, service
from hall.proposals import service as proposals
from hall.resolutions import service as resolutions
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
            account_id=account.id, name="乙", standing="resident",
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
    assert "牌子别太大" in page.text
    assert "会上定的事公布了：关于支部叫什么名字的会商意见" in page.text
    (row,) = queries.inbox(account.id, s.id)
    document = page.submit(f"/e/here/inbox/{row.id}")
    assert "形成会商意见" in document.text
    assert "条没看" not in browser.get("/e/here/inbox").text
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
