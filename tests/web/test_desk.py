"""The desk: who sees what, preparing a ballot, its running, results, rules, posts, journal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hall import clock
from hall.ballots import queries as ballots
from hall.estates import queries as estates
from hall.journal import queries as journal
from hall.people import queries as people
from tests import make
from tests.web.staff import ballot, confirmed_rules, stage

ROLES = [
    "chair",
    "member",
    "clerk",
    "scrutineer",
    "community",
    "steward",
    "property",
    "owner",
    None,
    "stranger",
]


@pytest.fixture
def staff(app, now):
    return stage(app, now)


def table(text: str) -> list[tuple[str, dict[str, int]]]:
    """Lines 'path | chair member … ': 200 for who is named, 403 otherwise, 303 signed out."""
    out = []
    for line in text.strip().splitlines():
        path, who = (part.strip() for part in line.split("|"))
        allowed = set(who.split())
        out.append((path, {r: 200 if r in allowed else 303 if r is None else 403 for r in ROLES}))
    return out


MATRIX = table(
    """
    .                | chair member clerk scrutineer community steward property
    ballots/         | chair member scrutineer community steward
    ballots/new      | chair member
    ballots/1/edit   | chair member
    ballots/1/discard | chair member
    ballots/1/preview | chair member
    rules/           | chair member scrutineer community steward
    rules/new        | chair member
    rules/1          | chair member scrutineer community steward
    posts/           | community
    facts            | community
    journal/         | chair member scrutineer community
    """
)


@pytest.mark.parametrize(("path", "expected"), MATRIX, ids=[p for p, _ in MATRIX])
def test_who_may_open(staff, now, path, expected):
    confirmed_rules(staff.estate.id, now)
    ballot(staff, now)
    url = staff.url("" if path == "." else path)
    found = {role: staff.status(role, url) for role in ROLES}
    assert found == expected


def test_another_estates_ballot_is_not_there(staff, now):
    elsewhere = make.estate()
    ballot(staff, now, estate_id=elsewhere.id)
    for path in ("ballots/1/edit", "ballots/1/", "ballots/1/notice", "ballots/1/result"):
        assert staff.status("chair", staff.url(path)) == 404, path


def test_a_draft_has_no_running_page_and_a_notice_no_form(staff, now):
    ballot(staff, now)
    assert staff.status("chair", staff.url("ballots/1/")) == 404


# --- preparing a ballot ------------------------------------------------------------------------


def filled(**values):
    return {
        "title": "续聘物业公司",
        "matter": "4",
        "q1-text": "您是否同意续聘？",
        "convener": "业主委员会",
        "contact": "样本 13800000000",
        **values,
    }


def test_from_an_empty_form_to_the_notice(staff, travel):
    confirmed_rules(staff.estate.id, travel.now)
    published(staff, travel.now)
    travel(timedelta(days=8))
    chair = staff.pages("chair")
    page = chair.get(staff.url("ballots/")).follow("准备一次表决")
    page = page.submit("/new", button="再查一遍", **filled())
    assert "草稿存好了" in page.text
    assert "请定什么时候开始投" in page.text
    assert "还差 2 件" in page.text
    page = page.submit("/edit", button="填上最早能开始的时间")
    # Noticed on 14 May: fifteen whole days, open at 0:00 of 30 May.
    assert page.root.one("input", name="open_at").attrs["value"] == "2026-05-30T00:00"
    page = page.submit("/edit", button="再查一遍")
    assert "可以发公告了" in page.text
    page = page.pages.get(staff.url("ballots/1/notice"))
    assert "核对公告" in page.h1
    assert "7 人" in page.text
    page = page.submit("/notice", button="发公告")
    assert ballots.get(staff.estate.id, 1).notice_number
    assert "2026年5月30日" in page.text or "5月30日" in page.text
    assert next(r.action for r in journal.page(staff.estate.id)) == "ballots.notice"


def published(staff, now, days=7):
    """The roll made public, as the chair does it."""
    from hall.roll import service as roll

    actor = make.actor(staff.estate.id, "chair", account_id=staff.accounts["chair"].id)
    roll.publish_roll(actor, staff.estate.id, days=days, now=now)


def test_every_blocker_at_once_with_who_clears_it(staff, now):
    ballot(staff, now, contact="", open_at=None, close_at=None)
    page = staff.pages("member").get(staff.url("ballots/1/edit"))
    blockers = ballots.notice_blockers(staff.estate.id, 1, now)
    assert len(blockers) >= 5
    assert f"还差 {len(blockers)} 件，才能发公告" in page.text
    box = next(a for a in page.root.all("aside"))
    assert len(box.all("li")) == len(blockers)
    assert "现在还办不了" not in page.text  # every code has its sentence
    assert not any("/notice" in href for href in page.links)


def test_a_member_prepares_and_the_chair_sends(staff, travel):
    confirmed_rules(staff.estate.id, travel.now)
    published(staff, travel.now)
    travel(timedelta(days=8))
    ballot(staff, travel.now)
    page = staff.pages("member").get(staff.url("ballots/1/edit"))
    assert "由业委会主任来发" in page.text
    assert staff.status("member", staff.url("ballots/1/notice")) == 403


def test_notice_page_goes_back_while_something_is_open(staff, now):
    ballot(staff, now)
    page = staff.pages("chair").get(staff.url("ballots/1/notice"))
    assert page.url.endswith("/edit")


def test_adding_and_dropping_questions_keeps_what_was_typed(staff, now):
    page = staff.pages("chair").get(staff.url("ballots/new"))
    page = page.submit("/new", button="再加一题", **filled(title="两件事"))
    assert page.root.one("input", name="title").attrs["value"] == "两件事"
    assert "第 2 题" in page.text
    page = page.submit(
        "/new",
        button="再查一遍",
        **{
            "q2-text": "选哪个方案？",
            "q2-method": "single",
            "q2-options": "方案甲｜每户 300 元\n方案乙",
        },
    )
    stored = ballots.get(staff.estate.id, 1)
    assert [q.method for q in stored.questions] == ["motion", "single"]
    labels = [o.label for o in stored.questions[1].options]
    assert labels == ["方案甲", "方案乙", "都不同意", "弃权"]
    assert stored.questions[1].options[0].detail == "每户 300 元"
    page = page.submit("/edit", button="去掉第 1 题")
    assert "选哪个方案？" in page.text
    assert "第 2 题" not in page.text


def test_two_people_edit_the_same_draft(staff, now):
    ballot(staff, now)
    mine = staff.pages("chair").get(staff.url("ballots/1/edit"))
    theirs = staff.pages("member").get(staff.url("ballots/1/edit"))
    theirs.submit("/edit", button="再查一遍", title="续聘物业公司三年")
    page = mine.submit("/edit", button="再查一遍", title="续聘物业公司两年")
    assert page.status == 409
    assert "续聘物业公司三年" in page.text
    assert page.root.one("input", name="title").attrs["value"] == "续聘物业公司两年"
    assert ballots.get(staff.estate.id, 1).title == "续聘物业公司三年"
    page = page.submit("/edit", button="再查一遍")
    assert page.status == 200
    assert ballots.get(staff.estate.id, 1).title == "续聘物业公司两年"


def test_what_cannot_be_read_stays_in_the_form(staff, now):
    page = staff.pages("chair").get(staff.url("ballots/new"))
    page = page.submit("/new", button="再查一遍", **filled(title="", open_at="明天"))
    assert page.status == 422
    assert page.title.startswith("出错：")
    assert page.root.one("input", name="open_at").attrs["value"] == "明天"
    assert page.root.one("textarea", name="q1-text").text == "您是否同意续聘？"
    assert ballots.find(staff.estate.id, 1) is None


def test_a_notice_read_before_a_change_is_not_sent(staff, travel):
    confirmed_rules(staff.estate.id, travel.now)
    published(staff, travel.now)
    travel(timedelta(days=8))
    ballot(staff, travel.now)
    page = staff.pages("chair").get(staff.url("ballots/1/notice"))
    staff.pages("member").get(staff.url("ballots/1/edit")).submit(
        "/edit", button="再查一遍", title="改过"
    )
    page = page.submit("/notice", button="发公告")
    assert page.status == 409
    assert ballots.get(staff.estate.id, 1).noticed_at is None


def test_the_notice_is_seen_on_paper_before_it_is_one(staff, now):
    confirmed_rules(staff.estate.id, now)
    ballot(staff, now)
    page = staff.pages("chair").get(staff.url("ballots/1/edit")).follow("公告样子")
    assert "草稿 还没公布，不要张贴" in page.text
    assert "关于续聘物业公司 进行表决的公告" in page.h1
    assert "全体 7 人" in page.text
    assert "三分之二" in page.text
    assert "指纹" not in page.root.one("tbody").text
    assert not page.root.all("svg", role="img")  # no code to scan yet
    assert ballots.get(staff.estate.id, 1).notice_number is None
    assert staff.status(None, f"/e/{staff.estate.slug}/ballots/1/notice") == 404


def test_an_unfinished_draft_has_its_paper_too(staff, now):
    ballot(staff, now, matter=None, open_at=None, close_at=None, contact="")
    page = staff.pages("member").get(staff.url("ballots/1/preview"))
    assert "还没选事项" in page.text
    assert "（还没定） 至" in page.text


def test_discarding_a_draft_asks_first(staff, now):
    ballot(staff, now)
    page = staff.pages("chair").get(staff.url("ballots/1/edit")).follow("删掉草稿")
    page.submit("/discard", button="删掉草稿")
    assert ballots.find(staff.estate.id, 1) is None


# --- running -----------------------------------------------------------------------------------


@pytest.fixture
def running(staff, travel):
    """A noticed statutory ballot, one day into its window."""
    confirmed_rules(staff.estate.id, travel.now)
    published(staff, travel.now)
    travel(timedelta(days=8))
    ballot(staff, travel.now)
    staff.pages("chair").get(staff.url("ballots/1/notice")).submit("/notice", button="发公告")
    travel(timedelta(days=21))
    return staff


RUNNING = table(
    """
    ballots/1/       | chair member scrutineer community steward
    ballots/1/extend | chair
    ballots/1/void   | chair
    """
)


@pytest.mark.parametrize(("path", "expected"), RUNNING, ids=[p for p, _ in RUNNING])
def test_who_may_open_while_it_runs(running, path, expected):
    assert {role: running.status(role, running.url(path)) for role in ROLES} == expected


def test_while_it_runs_nobody_sees_a_choice(running):
    page = running.pages("chair").get(running.url("ballots/1/"))
    assert "截止前谁都看不到，包括您" in page.text
    assert "离三分之二还差" in page.text
    page = running.pages("chair").get(running.url("ballots/1/result"), status=409)
    assert "才能开票" in page.text


def test_looking_at_names_is_a_post_and_is_journalled(running):
    page = running.pages("chair").get(running.url("ballots/1/"))
    answer = page.pages.post(
        running.url("ballots/1/missing"),
        {"building_id": str(running.building.id), "csrf_token": token(page)},
        referer=page.url,
    )
    assert "5 户没投" in answer.h1
    first = journal.page(running.estate.id)[0]
    assert (first.action, first.facts["building"]) == ("ballots.look", "1栋")
    assert running.status("chair", running.url("ballots/1/missing")) == 405


def test_a_steward_sees_only_the_own_buildings_names(running):
    page = running.pages("steward").get(running.url("ballots/1/"))
    asked = [n.attrs["value"] for n in page.root.all("input", name="building_id")]
    assert asked == [str(running.building.id)]
    data = {"building_id": str(running.other.id), "csrf_token": token(page)}
    page.pages.post(running.url("ballots/1/missing"), data, referer=page.url, status=404)


def token(page) -> str:
    return page.root.all("input", name="csrf_token")[0].attrs["value"]


def test_voiding_needs_a_reason_and_says_so(running):
    page = running.pages("chair").get(running.url("ballots/1/void"))
    again = page.submit("/void", button="宣布作废")
    assert again.status == 422
    assert "请写明为什么作废" in again.text
    done = again.submit("/void", button="宣布作废", reason="题目写错了")
    assert "题目写错了" in done.text
    assert ballots.get(running.estate.id, 1).voided_at is not None


def test_extending_is_refused_with_the_reason_of_the_rules(running):
    page = running.pages("chair").get(running.url("ballots/1/extend"))
    assert "规则没有写可以延长" in page.text


def test_from_the_close_to_a_published_result(running, travel):
    travel(timedelta(days=10))
    chair = running.pages("chair")
    page = chair.get(running.url(""))
    assert "计票：续聘物业公司" in page.text
    page = chair.get(running.url("ballots/1/result")).submit("/count", button="现在计票")
    assert "参加的没到线" in page.text
    page = page.submit("/publish", button="公布结果", decided="下周重新公告")
    assert ballots.get(running.estate.id, 1).published_at is not None
    assert "看公布的决定" in page.text
    page = page.submit("/recount", button="重新计票")
    assert page.status == 422
    assert "请写明为什么重新计票" in page.text
    page = page.submit("/recount", button="重新计票", reason="有业主申请")
    assert "第 2 次" in page.text
    page = page.submit("/correct", button="公布更正", reason="重新计票", decided="下周重新公告")
    assert "第 2 版" in page.text


# --- rules, posts, journal -----------------------------------------------------------------------


def test_rules_are_drafted_by_one_and_confirmed_by_another(staff, now):
    chair = staff.pages("chair")
    page = chair.get(staff.url("rules/")).follow("起草新的一版")
    page = page.submit(
        "/new", button="交另一位确认", **{"v-notice_days": "20", "n-notice_days": "第八条"}
    )
    assert page.status == 422
    assert "要附上" in page.text
    assert "公告满几天才能投" in page.text
    page = page.submit("/new", button="交另一位确认", sha256="a" * 64)
    assert "等第二个人确认" in page.text
    assert not page.root.all("button", class_="btn") or "我逐条看过" not in page.text
    other = staff.pages("community").get(staff.url("rules/"))
    page = other.submit("/confirm", button="我逐条看过")
    assert "现在用的：第 1 版" in page.text
    assert "20 天" in page.text
    assert "第八条" in page.text


def test_a_clause_below_the_law_is_refused(staff, now):
    page = staff.pages("chair").get(staff.url("rules/new"))
    page = page.submit(
        "/new",
        button="交另一位确认",
        **{"v-quorum.heads": ">1/2", "n-quorum.heads": "第九条", "sha256": "b" * 64},
    )
    assert page.status == 422
    assert "低于法律的底线" in page.text
    assert page.root.one("input", name="v-quorum.heads").attrs["value"] == ">1/2"


def test_only_the_community_answers_for_online_voting(staff, now):
    page = staff.pages("community").get(staff.url("rules/"))
    page = page.submit("/reach", button="登记", must_use_official="yes")
    assert "当地规定业主网上投票只能用政府的系统" in page.text
    assert (
        "当地规定业主网上投票只能用政府的系统"
        in staff.pages("chair").get(staff.url("ballots/new")).text
    )
    assert staff.pages("chair").client.post(staff.url("reach")).status_code in (400, 403)


def test_a_post_is_granted_with_a_password_shown_once(staff, now):
    page = staff.pages("community").get(staff.url("posts/"))
    page = page.submit(
        "/posts/", button="登记任职", name="样本新", phone="13800001234", post="committee.clerk"
    )
    assert page.status == 422
    page = page.submit("/posts/", button="登记任职", evidence="样备〔2026〕3号")
    assert page.status == 200
    assert "密码只显示这一次" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    page = page.follow("抄好了")
    assert "样本新" in page.text
    end = next(
        a.attrs["href"]
        for a in page.root.all("a")
        if a.text.startswith("结束") and "样本新" in a.text
    )
    page = page.pages.get(end).submit("/end", button="结束任职")
    assert "以前的（1）" in page.text


def test_a_title_is_its_own_bodys(staff, now):
    """A member of the branch is no member of the committee."""
    make.post(make.person(staff.estate.id, name="样支委"), "branch", "member")
    page = staff.pages("community").get(staff.url("posts/"))
    assert "小区党支部 · 委员" in page.text
    assert "业委会 · 主任" in page.text
    assert "业委会委员" not in page.text


def test_a_forgotten_password_is_replaced_and_shown_once(staff, now):
    community = staff.pages("community")
    page = community.get(staff.url("posts/"))
    page = page.submit(
        "/posts/",
        button="登记任职",
        name="样本新",
        phone="13800001234",
        post="committee.clerk",
        evidence="样备〔2026〕3号",
    ).follow("抄好了")
    ask = next(
        a.attrs["href"]
        for a in page.root.all("a")
        if a.text.startswith("重发密码") and "样本新" in a.text
    )
    shown = page.pages.get(ask).submit("/password", button="重发密码")
    assert "样本新 的新密码" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    password = shown.root.one("code").text
    signed = staff.pages(None).get("/login")
    signed = signed.submit("/login", login="13800001234", password=password)
    assert signed.status == 200
    assert signed.root.all("input", name="login") == []


def test_ones_own_password_is_not_reissued(staff, now):
    row = next(
        p for p in people.posts(staff.estate.id, clock.local_date(now)) if p.body == "community"
    )
    page = staff.pages("community").get(staff.url(f"posts/{row.id}/password"))
    page = page.submit("/password", button="重发密码")
    assert page.status == 422
    assert "自己的密码自己改" in page.text


def test_facts_of_the_estate_are_corrected_by_the_community(staff, now):
    page = staff.pages("community").get(staff.url("")).follow("小区信息")
    page = page.submit("/facts", households="238", site_area="很大", built_year="20")
    assert page.status == 422
    assert "平方米" in page.text
    assert "1900" in page.text
    assert page.root.one("input", name="site_area").attrs["value"] == "很大"
    page = page.submit("/facts", households="0", site_area="14930.5", built_year="2011")
    assert "户数从 1 起" in page.text
    page = page.submit("/facts", households="238", theme="法治")
    assert "记好了" in page.text
    found = estates.get(staff.estate.id)
    assert (found.households, found.site_area_cm2) == (238, 149_305_000)
    assert (found.built_year, found.theme) == (2011, "法治")


def test_journal_has_no_tail(staff, now):
    for i in range(60):
        from hall.journal.service import note

        note(
            make.actor(staff.estate.id, "chair", name=f"样本{i}"),
            "ballots.look",
            "ballot",
            1,
            estate_id=staff.estate.id,
            now=now,
            building="1栋",
        )
    page = staff.pages("chair").get(staff.url("journal/"))
    assert "样本59" in page.text
    assert "样本9 " not in page.text
    page = page.follow("更早的")
    assert "样本9" in page.text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("role", ["chair", "community", "property", "clerk"])
def test_today_in_both_languages(running, role, lang):
    page = running.pages(role).get(running.url(f"?lang={lang}"))
    assert page.h1
