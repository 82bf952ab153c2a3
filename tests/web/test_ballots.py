"""Voters' pages: three taps, no tally while open, every refusal with its facts; on both databases."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from hall.ballots import queries, service
from hall.ballots.drafting import OptionDraft, QuestionDraft
from hall.permissions import Role
from hall.web import messages
from tests import make
from tests.ballots.scene import cast_as, plan, scene
from tests.pages import Pages, sign_in


class World:
    """A scene with a browser: who is signed in changes, the estate stays."""

    def __init__(self, app, travel, areas=(100,) * 6, extra=None):
        self.app, self.travel = app, travel
        self.s = scene(travel, areas, extra=extra)
        self.base = f"/e/{self.s.estate.slug}/ballots"

    def browser(self, account_id=None) -> Pages:
        client = self.app.test_client()
        if account_id is not None:
            sign_in(client, account_id, self.travel.now)
        return Pages(client)

    def owner(self, i: int) -> Pages:
        return self.browser(self.s.owners[i][2].account_id)

    def open(self, n: int):
        ballot = queries.get(self.s.id, n)
        self.travel(ballot.open_at + timedelta(hours=1))
        return ballot


@pytest.fixture
def world(app, travel):
    return World(app, travel)


def co_owned(made):
    """A seventh home with two owners, each with an account."""
    row, holders = make.home(made.id, made.building.id, 1_000_000, owners=2)
    for holder in holders:
        account = make.account(name=holder.name)
        make.link(account.id, holder)
        who = make.actor(
            made.id, Role.OWNER, Role.RESIDENT, account_id=account.id, person_id=holder.id
        )
        made.owners.append((row, holder, who))


@pytest.fixture
def shared(app, travel):
    """Owners 6 and 7 hold one home together."""
    return World(app, travel, extra=co_owned)


# --- the list and the notice ------------------------------------------------------------------


def test_a_draft_is_nobodys_business(world):
    n = service.create(world.s.chair, world.s.id, world.s.draft(), now=world.travel.now)
    for who in (world.browser(), world.owner(0), world.browser(world.s.chair.account_id)):
        who.get(f"{world.base}/{n}", 404)
        who.get(f"{world.base}/{n}/notice", 404)
        assert "续聘" not in who.get(world.base).text


def test_before_opening_the_page_is_the_notice_with_numbers_to_add_up(world):
    n = world.s.noticed(world.travel.now)
    page = world.browser().get(f"{world.base}/{n}")
    ballot = queries.get(world.s.id, n)
    assert "公告期，还没开始投" in page.text
    assert "第（4）项：选聘和解聘物业服务企业或者其他管理人" in page.text
    assert "三分之二以上" in page.text
    assert "过半" in page.text
    assert ballot.roll_digest in page.text
    assert ballot.digest in page.text
    assert "600.00" in page.text
    assert not page.root.one("main").all("form")
    assert not world.owner(0).get(f"{world.base}/{n}").root.one("main").all("form")


def test_the_printed_notice_has_the_statutory_particulars(world):
    n = world.s.noticed(world.travel.now)
    text = world.browser().get(f"{world.base}/{n}/notice").text
    for words in (
        "业告〔2026〕1号",
        "表决事项",
        "投票时间",
        "怎样算通过",
        "样本楼长",
        "张贴位置",
        "名册指纹",
    ):
        assert words in text


def test_the_list_tells_each_visitor_what_waits_for_him(world):
    n = world.s.noticed(world.travel.now)
    assert "公告期，快开始了" in world.browser().get(world.base).text
    world.open(n)
    assert "等您投" not in world.browser().get(world.base).text
    assert "等您投" in world.owner(0).get(world.base).text
    world.s.cast(0, n, "for", now=world.travel.now)
    assert "您已投" in world.owner(0).get(world.base).text


# --- three taps -------------------------------------------------------------------------------


def test_three_taps_cast_a_vote_and_light_the_window(world):
    n = world.s.noticed(world.travel.now)
    world.open(n)
    listing = world.owner(0).get(world.base)
    sheet = listing.follow("续聘样本物业公司")
    assert "计 1 人" in sheet.text.replace("\u2009", " ")
    assert [b.text.split()[0] for b in sheet.form("/review").all("button")] == [
        "同意",
        "反对",
        "弃权",
    ]
    check = sheet.submit("/review", button="同意")
    assert check.status == 200
    assert "请核对" in check.h1
    assert queries.turnout(queries.get(world.s.id, n).id).sheets == 0  # nothing written yet
    receipt = check.submit("/cast")
    assert "您家的灯亮了" in receipt.h1
    assert re.fullmatch(rf"{world.base}/{n}/receipts/[0-9A-Z]{{12}}", receipt.url)
    assert queries.turnout(queries.get(world.s.id, n).id).heads == 1
    again = check.submit("/cast")  # the same form handed in twice
    assert again.url == receipt.url
    assert queries.turnout(queries.get(world.s.id, n).id).sheets == 1


def test_going_back_and_voting_again_is_refused_with_the_first_time(world):
    n = world.s.noticed(world.travel.now)
    world.open(n)
    sheet = world.owner(0).get(f"{world.base}/{n}")
    first, second = (sheet.submit("/review", button=b) for b in ("同意", "反对"))
    first.submit("/cast")
    at = world.travel.now
    world.travel(timedelta(minutes=5))
    refused = second.submit("/cast")
    assert refused.status == 409
    assert "您家已经投过了" in refused.h1.replace(" ", "")
    assert at.astimezone().strftime("%M:%S") in refused.text
    counted = queries.turnout(queries.get(world.s.id, n).id)
    assert counted.sheets == 1


def test_no_choice_and_no_tally_is_on_any_page_before_the_close(world):
    n = world.s.noticed(world.travel.now)
    ballot = world.open(n)
    for i, mark in enumerate(("for", "for", "for", "against", "abstain")):
        world.s.cast(i, n, mark, now=world.travel.now)
    code = (
        queries.voter_page(ballot, world.s.owners[0][2], world.travel.now).groups[0].sheet.receipt
    )
    voter, stranger = world.owner(0), world.browser()
    pages = [
        who.get(address)
        for who in (voter, stranger, world.browser(world.s.chair.account_id))
        for address in (world.base, f"{world.base}/{n}", f"{world.base}/{n}/notice", f"/r/{code}")
    ]
    pages.append(voter.get(f"{world.base}/{n}/receipts/{code}"))
    for page in pages:
        main = page.root.one("main").text
        assert not re.search(r"(同意|反对|弃权)\s*[:：]?\s*\d", main), page.url
        assert "f-yes" not in page.html
        assert "f-no" not in page.html
    assert "您当时选的" not in pages[-1].text
    assert "5 / 6" in stranger.get(f"{world.base}/{n}").text
    world.travel(ballot.close_at)
    own = world.owner(0).get(f"{world.base}/{n}/receipts/{code}")
    assert "您当时选的" in own.text
    assert "同意" in own.root.one("main").text


def test_the_gap_to_the_line_is_public(world):
    n = world.s.noticed(world.travel.now)
    world.open(n)
    world.s.cast(0, n, "for", now=world.travel.now)
    text = world.browser().get(f"{world.base}/{n}").text.replace(" ", "")
    assert "离三分之二还差3人、300.00㎡" in text  # 4 heads and 400 m² are needed of 6 and 600


# --- several questions, an election, a flat of two -----------------------------------------------


def test_several_questions_are_handed_in_together(world):
    two = (
        QuestionDraft("您是否同意任期三年？"),
        QuestionDraft(
            "选委员",
            "election",
            seats=2,
            options=tuple(OptionDraft(x) for x in ("甲一明", "丁小样", "样本华")),
        ),
    )
    n = world.s.noticed(world.travel.now, title="首次业主大会", matter=3, questions=two)
    ballot = world.open(n)
    motion, election = ballot.questions
    # How seats are filled is told before anybody votes: on the notice, the page and the sheet.
    seats = "选 2 人，每人都要过同意的线。过线的比席位多，依次比同意的人数、同意的面积；还一样，再投一次，不抽签"
    for page in (world.browser(), world.owner(0)):
        assert seats in page.get(f"{world.base}/{n}").text
    assert seats in world.browser().get(f"{world.base}/{n}/notice").text
    sheet = world.owner(0).get(f"{world.base}/{n}")
    missing = sheet.submit("/review", **{f"q{motion.id}": motion.options[0].id})
    assert missing.status == 422
    assert "第 2 题还没选" in missing.text
    assert missing.title.startswith("出错：")
    too_many = sheet.submit(
        "/review",
        **{
            f"q{motion.id}": motion.options[0].id,
            f"q{election.id}": [o.id for o in election.options[:3]],
        },
    )
    assert too_many.status == 422
    kept = [i for i in too_many.form("/review").all("input") if "checked" in i.attrs]
    assert len(kept) == 4  # what was chosen is still there
    check = sheet.submit(
        "/review",
        **{
            f"q{motion.id}": motion.options[0].id,
            f"q{election.id}": [o.id for o in election.options[:2]],
        },
    )
    assert "您选了 2 位，最多 2 位" in check.text
    assert check.submit("/cast").status == 200
    assert queries.turnout(ballot.id).heads == 1


def test_an_owner_of_two_sheets_chooses_first(app, travel):
    def extra(made):  # owner 0 also holds a flat together with somebody else: another owner set
        row = make.unit(made.id, made.building.id)
        other = make.person(made.id)
        make.title(row, made.owners[0][1].id, other.id)

    world = World(app, travel, extra=extra)
    n = world.s.noticed(world.travel.now)
    world.open(n)
    me = world.owner(0)
    page = me.get(f"{world.base}/{n}")
    assert "您有 2 张票" in page.text
    links = [a for a in page.links if "sheet=" in a]
    assert len(links) == 2
    for link in links:
        assert me.get(link).submit("/review", button="反对").submit("/cast").status == 200
    me.get(f"{world.base}/{n}?sheet=999999", 404)
    me.get(f"{world.base}/{n}?sheet=x", 400)


def test_the_second_co_owner_sees_the_first_and_may_dispute(shared):
    n = shared.s.noticed(shared.travel.now)
    ballot = shared.open(n)
    shared.s.cast(6, n, "for", now=shared.travel.now)
    other = shared.owner(7)
    page = other.get(f"{shared.base}/{n}")
    assert "这户已由共有人投过" in page.text
    assert "同意" not in page.root.all("section", class_="stop")[0].text
    disputed = page.submit("/contest", reason="没有商量过")
    assert disputed.status == 200
    assert "这一票有共有人提出不同意见" in disputed.text
    assert queries.turnout(ballot.id).heads == 0
    assert queries.turnout(ballot.id).contested_heads == 1
    assert not [
        f
        for f in shared.owner(6).get(f"{shared.base}/{n}").root.all("form")
        if "contest" in f.attrs["action"]
    ]


# --- who may not, what is too late ------------------------------------------------------------


def post_cast(world, who: Pages, n: int, **values):
    ballot = queries.get(world.s.id, n)
    question = ballot.questions[0]
    page = queries.voter_page(ballot, world.s.owners[0][2], world.travel.now)
    data = {
        "sheet": page.groups[0].entry_id,
        "digest": ballot.digest,
        "key": "k" * 32,
        f"q{question.id}": question.options[0].id,
    } | values
    world.app.config["WTF_CSRF_ENABLED"] = False
    try:
        return who.post(f"{world.base}/{n}/cast", data)
    finally:
        world.app.config["WTF_CSRF_ENABLED"] = True


def test_strangers_and_other_estates_cannot_cast(world):
    n = world.s.noticed(world.travel.now)
    world.open(n)
    other = make.estate()
    _, _, foreigner = make.owner(other.id, make.building(other.id).id)
    tenant = make.account()
    make.link(tenant.id, make.person(world.s.id))
    assert post_cast(world, world.browser(), n).status == 401
    assert post_cast(world, world.browser(foreigner.account_id), n).status == 403
    refused = post_cast(world, world.browser(tenant.id), n)
    assert refused.status == 409
    assert "这次的名册上没有您" in refused.h1
    not_mine = post_cast(world, world.owner(1), n)  # owner 1 with owner 0's entry
    assert not_mine.status == 409
    assert queries.turnout(queries.get(world.s.id, n).id).sheets == 0
    page = world.browser(foreigner.account_id).get(f"{world.base}/{n}")
    assert "这次的名册上没有您" in page.text
    assert world.browser().get(f"/e/{other.slug}/ballots/{n}", 404).status == 404


def test_a_receipt_is_only_for_its_own_household(world):
    n = world.s.noticed(world.travel.now)
    ballot = world.open(n)
    world.s.cast(0, n, "for", now=world.travel.now)
    code = (
        queries.voter_page(ballot, world.s.owners[0][2], world.travel.now).groups[0].sheet.receipt
    )
    world.owner(0).get(f"{world.base}/{n}/receipts/{code}")
    world.owner(1).get(f"{world.base}/{n}/receipts/{code}", 404)
    assert "登录" in world.browser().get(f"{world.base}/{n}/receipts/{code}").title


def test_after_the_close_an_owner_finds_his_own_recorded_sheet_and_nobody_elses(world):
    n = world.s.noticed(world.travel.now)
    ballot = world.open(n)
    world.s.cast(0, n, "against", now=world.travel.now)
    world.travel(ballot.close_at)
    page = world.owner(0).get(f"{world.base}/{n}")
    assert "您家交的" in page.text
    sheet = page.follow("看当时选了什么")
    assert "反对" in sheet.text
    assert "没有收到" in world.owner(1).get(f"{world.base}/{n}").text
    stranger = world.browser().get(f"{world.base}/{n}")
    assert "您家交的" not in stranger.text
    assert "没有收到" not in stranger.text


def test_a_vote_that_comes_too_late_is_told_both_times(world):
    n = world.s.noticed(world.travel.now)
    ballot = world.open(n)
    check = world.owner(0).get(f"{world.base}/{n}").submit("/review", button="同意")
    world.travel(ballot.close_at + timedelta(seconds=52))
    # the session lives on: the browser was used a moment ago in real life
    with check.pages.client.session_transaction() as session:
        session["seen"] = int(world.travel.now.timestamp())
    late = check.submit("/cast")
    assert late.status == 409
    assert "您写的，没有交出" not in late.text  # nobody typed the wording of the sheet
    assert "投票已截止，这一票没有计入" in late.h1.replace(" ", "")
    assert ":52" in late.text
    assert queries.turnout(ballot.id).sheets == 0


def test_a_stale_sheet_shows_what_changed(world):
    n = world.s.noticed(world.travel.now)
    world.open(n)
    stale = post_cast(
        world,
        world.owner(0),
        n,
        digest="0" * 64,
        _seen="您是否同意续聘样本物业公司，合同三年？ [同意 / 反对 / 弃权]",
    )
    assert stale.status == 409
    assert "这一页旧了" in stale.h1
    assert "合同三年" in stale.root.one("del").text
    assert "合同两年" in stale.root.one("ins").text


def test_a_void_ballot_takes_no_vote_and_says_why(world):
    n = world.s.noticed(world.travel.now)
    world.open(n)
    service.void(world.s.chair, world.s.id, n, "票面期限写错", now=world.travel.now)
    assert post_cast(world, world.owner(0), n).status == 409
    assert "票面期限写错" in world.browser().get(f"{world.base}/{n}").text


@pytest.mark.parametrize("field", [{"sheet": "x"}, {"key": "short"}, {"key": "k" * 65}])
def test_a_form_that_is_not_ours_is_refused(world, field):
    n = world.s.noticed(world.travel.now)
    world.open(n)
    assert post_cast(world, world.owner(0), n, **field).status == 400


def test_when_the_database_fails_the_page_says_nothing_was_recorded(world, monkeypatch):
    n = world.s.noticed(world.travel.now)
    world.open(n)
    check = world.owner(0).get(f"{world.base}/{n}").submit("/review", button="同意")

    def fail(*args, **kwargs):
        raise OperationalError("insert", {}, Exception("disk full"))

    monkeypatch.setattr("hall.web.ballots.views.service.cast", fail)
    failed = check.submit("/cast")
    assert failed.status == 503
    assert "未记录" in failed.h1
    monkeypatch.undo()
    assert queries.turnout(queries.get(world.s.id, n).id).sheets == 0


# --- advisory polls -----------------------------------------------------------------------------


def advisory(world, **values):
    now = world.travel.now
    return world.s.noticed(
        now,
        kind="advisory",
        title="给花园取名",
        matter=None,
        questions=(plan("样园", "四季园"),),
        electorate="households",
        replaceable=True,
        open_at=now + timedelta(days=1),
        close_at=now + timedelta(days=8),
        **values,
    )


def test_an_advisory_poll_never_speaks_like_a_vote(world):
    n = advisory(world)
    pages = [
        world.browser().get(f"{world.base}/{n}/notice"),
        world.browser().get(f"{world.base}/{n}"),
    ]
    ballot = world.open(n)
    sheet = world.owner(0).get(f"{world.base}/{n}")
    check = sheet.submit("/review", button="样园")
    receipt = check.submit("/cast")
    pages += [
        world.browser().get(f"{world.base}/{n}"),
        sheet,
        check,
        receipt,
        world.owner(0).get(f"{world.base}/{n}"),
    ]
    world.travel(ballot.close_at)
    pages.append(world.browser().get(f"{world.base}/{n}"))
    for page in pages:
        for word in ("表决", "通过", "决议", "三分之二"):
            assert word not in page.root.one("main").text, (page.url, word)
    assert "不具有法律效力" in sheet.text


def test_an_advisory_answer_can_be_replaced_until_close(world):
    n = advisory(world)
    ballot = world.open(n)
    me = world.owner(0)
    me.get(f"{world.base}/{n}").submit("/review", button="样园").submit("/cast")
    again = me.get(f"{world.base}/{n}").follow("改一改")
    receipt = again.submit("/review", button="四季园").submit("/cast")
    assert "1 次，这是最后一次" in receipt.text
    assert queries.turnout(ballot.id).sheets == 1


# --- languages, type, keeping --------------------------------------------------------------------


@pytest.mark.parametrize("query", ["lang=en", "elder=1"])
def test_every_page_in_english_and_in_elder_mode(world, query):
    n = world.s.noticed(world.travel.now)
    world.open(n)
    me = world.owner(0)
    me.get(f"{world.base}?{query}")
    sheet = me.get(f"{world.base}/{n}")
    check = sheet.submit("/review", button="弃权")
    receipt = check.submit("/cast")
    again = me.get(f"{world.base}/{n}")
    notice = me.get(f"{world.base}/{n}/notice")
    for page in (sheet, check, receipt, again, notice):
        if query == "lang=en":
            assert page.root.one("html").attrs["lang"] == "en"
        else:
            assert page.root.one("html").attrs["class"] == "elder"
    if query == "lang=en":
        assert "Check, then confirm" in check.text
        assert "Your window is lit" in receipt.text
        assert "法定表决" not in check.text


def test_a_public_page_is_kept_until_something_changes(world):
    n = world.s.noticed(world.travel.now)
    world.open(n)
    client = world.app.test_client()
    first = client.get(f"{world.base}/{n}")
    tag = first.headers["ETag"]
    assert client.get(f"{world.base}/{n}", headers={"If-None-Match": tag}).status_code == 304
    world.s.cast(0, n, "for", now=world.travel.now)
    assert client.get(f"{world.base}/{n}", headers={"If-None-Match": tag}).status_code == 200


def test_a_person_hears_every_code_of_the_ballots_rules():
    import hall.ballots.rules as rules
    from hall.ballots.rules import __doc__ as listed

    codes = set(
        re.findall(
            r"\b[a-z]+(?:_[a-z0-9]+)+\b(?=[(\s·]|$)",
            listed.split("Any step:")[1].split("who is one")[0],
        )
    )
    codes -= {
        "unknown_choice",
        "too_many",
        "notice_days",
        "min_days",
        "max_days",
        "earliest_close",
        "latest_close",
        "open_at",
        "closed_at",
        "close_at",
    }
    assert len(codes) > 60
    known = set(messages.sentences())
    assert codes <= known | set(dir(rules)), codes - known


def test_casting_for_somebody_else_by_query_is_not_possible(world):
    n = world.s.noticed(world.travel.now)
    ballot = world.open(n)
    mine = queries.voter_page(ballot, world.s.owners[0][2], world.travel.now).groups[0].entry_id
    world.owner(1).get(f"{world.base}/{n}?sheet={mine}", 404)
    with pytest.raises(Exception, match=r"entry|roll"):
        cast_as(world.s.owners[1][2], world.s.id, n, "for", now=world.travel.now, entry_id=mine)
