"""The whole road in a real browser: from the messy file to a resolution that anyone can recount.

On a phone without JavaScript, and at a desk with it: the same steps, the same result.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from hall import clock
from hall.ballots import queries as ballots
from hall.cli import main
from hall.cli.demo import stage
from hall.cli.demo.accounts import PASSWORD
from hall.cli.demo.stage import DATA, Official, Voters, at
from hall.db import db, read_only
from hall.resolutions import queries as documents
from hall.resolutions import service as resolutions
from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.browser

E, D = "/e/yangben", "/desk/yangben"
BODIES = {
    "community": "样本社区党委",
    "branch": "样本小区党支部",
    "committee": "样本小区业主委员会",
    "grid": "样本网格",
    "property": "样本物业服务公司",
}
OFFICIALS = (
    Official("zhuren", "甲一明", "committee", "chair"),
    Official("weiyuan", "乙二样", "committee", "member"),
    Official("luru", "丙三例", "committee", "clerk"),
)
QUESTION = "您是否同意续聘样本物业服务公司，合同两年？"
WAYS = {
    "phone without JavaScript": (
        PHONE,
        {"has_touch": True, "is_mobile": True, "java_script_enabled": False},
    ),
    "desk with JavaScript": (DESK, {}),
}


@dataclass
class Road:
    """The estate, its owners' accounts, and the window."""

    estate_id: int
    voters: Voters
    window: Page

    def open(self) -> Page:
        """A browser that knows nobody; one window for all, who have their turns in it."""
        self.window.context.clear_cookies()
        return self.window

    def signed_in(self, login: str) -> Page:
        page = self.open()
        page.goto("/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        assert "/login" not in page.url
        return page


@pytest.fixture(params=list(WAYS))
def road(request, server, window) -> Road:
    """An estate with officials and rules, and no roll."""
    size, options = WAYS[request.param]
    today = clock.local_date(clock.now())
    begin = today - timedelta(days=30)
    estate_id = stage.estate(
        "样本社区", BODIES, slug="yangben", name="样本小区", short_name="样本", households=238,
        phone="0833-000 0000", has_committee=True, organizer=BODIES["committee"], profile="SC",
        online_must_use_official=False, online_clause="议事规则第十二条（样本）",
        street_confirmation="样本街道书面确认", street_confirmed_on=begin, created_at=at(begin, 8),
    )  # fmt: skip
    first = Official("shequ", "样社宁", "community", "secretary")
    community = stage.first_official(estate_id, first, 1, begin, at(begin, 9))
    chair, member, _ = (
        stage.official(community, estate_id, who, n, from_on=begin, now=at(begin, 10))
        for n, who in enumerate(OFFICIALS, 2)
    )
    stage.rules(estate_id, member, chair, {}, begin + timedelta(days=1))
    db.session.rollback()
    return Road(estate_id, Voters(estate_id, "yb", clock.now()), window(size, **options))


def press(page: Page, words: str) -> None:
    """Press the button of the page's own form with these words."""
    page.locator("main").get_by_role("button", name=words, exact=True).first.click()


def test_from_the_file_to_a_decision_anyone_can_recount(road, travel, tmp_path, capsys):
    import_the_roll(road)
    publish_and_correct(road, travel)
    give_notice(road)
    travel(clock.day_start(clock.add_days(clock.local_date(clock.now()), 16)) + timedelta(hours=2))
    for login, answer in (("yezhu1", "同意"), ("yezhu2", "反对")):
        vote(road, login, answer)
    nobody_sees_a_choice(road)
    travel(read_ballot(road).close_at + timedelta(minutes=1))
    assert resolutions.tick(now=clock.now()) == (f"counted {road.estate_id}/1",)
    db.session.rollback()
    publish(road)
    recount(road, tmp_path / "record.json", capsys)


def import_the_roll(road: Road) -> None:
    """The clerk uploads the file as it is; only a second person can put it into the roll."""
    clerk = road.signed_in("luru")
    clerk.goto(f"{D}/roll/import")
    clerk.set_input_files("input[type=file]", DATA / "xiangcheng.xlsx")
    press(clerk, "读一遍，先不导入")
    clerk.wait_for_url(re.compile(r"/roll/imports/1$"))
    shown = clerk.inner_text("main")
    assert "238" in shown
    assert "23,244.48" in shown
    assert clerk.locator("input[name=checked]").count() == 0
    imported = clerk.url
    second = road.signed_in("weiyuan")
    second.goto(imported)
    second.check("input[name=checked]")
    second.locator("form[action$=confirm] button[type=submit]").click()
    second.goto(f"{D}/roll/")
    # Two owners of two flats each and the developer's two flats: 238 flats are 235 heads.
    assert "235" in second.inner_text("main")


def publish_and_correct(road: Road, travel) -> None:
    """Seven days of publicity; an owner's request is answered before they are over."""
    chair = road.signed_in("zhuren")
    chair.goto(f"{D}/roll/publish")
    chair.fill("input[name=days]", "7")
    press(chair, "公示名册")
    travel(timedelta(days=2))
    people = [e.holders[0] for e in owners(road)]
    road.voters.actor(*people[0], login="yezhu1")
    road.voters.actor(*people[1], login="yezhu2")
    db.session.rollback()
    owner = road.signed_in("yezhu1")
    owner.goto(f"{E}/roll")
    owner.fill("textarea[name=text]", "我家的面积请再核对一次。")
    press(owner, "提更正")
    member = road.signed_in("weiyuan")
    member.goto(f"{D}/roll/corrections")
    assert "请再核对一次" in member.inner_text("main")
    member.check("input[name=accepted][value=no]")
    member.fill("textarea[name=answer]", "核对过产权证，面积没有错。")
    press(member, "答复")
    travel(timedelta(days=7))


def owners(road: Road) -> list:
    """Units of one owner each, from today's roll."""
    from hall.roll import queries as roll

    with read_only() as session:
        names = dict(session.execute(db.text("SELECT id, name FROM person")).all())
        drafts = roll.current_entries(road.estate_id)
    single = [d for d in drafts if d.kind == "owner" and len(d.holders) == 1 and len(d.units) == 1]
    return [
        stage.Entry(d.n, d.area_cm2, 1, ((d.holders[0], names[d.holders[0]]),)) for d in single[1:]
    ]


def give_notice(road: Road) -> None:
    """The chair drafts; the page offers the earliest lawful day; the notice freezes everything."""
    chair = road.signed_in("zhuren")
    chair.goto(f"{D}/ballots/new")
    chair.check("input[name=kind][value=statutory]")
    chair.fill("input[name=title]", "续聘样本物业服务公司")
    chair.select_option("select[name=matter]", "4")
    chair.fill("textarea[name=q1-text]", QUESTION)
    chair.fill("input[name=contact]", "甲一明，0833-000 0000")
    press(chair, "存草稿，再查一遍")
    assert "还差 2 件" in chair.inner_text("main aside")  # both ends of the window
    press(chair, "填上最早能开始的时间")
    press(chair, "存草稿，再查一遍")
    assert "可以发公告了" in chair.inner_text("main aside")
    chair.locator("main aside").get_by_role("link", name="发公告").click()
    press(chair, "发公告")
    assert read_ballot(road).notice_number == "样本业告〔2026〕1号"


def read_ballot(road: Road) -> ballots.BallotRow:
    with read_only():
        return ballots.get(road.estate_id, 1)


def vote(road: Road, login: str, answer: str) -> None:
    """Three taps from one's own home page: go, choose, confirm."""
    owner = road.signed_in(login)
    assert owner.url.rstrip("/").endswith(E)
    owner.locator("main").get_by_role("link", name="去投票").first.click()
    owner.locator("main form button", has_text=answer).first.click()
    assert answer in owner.inner_text("main")
    press(owner, "确认投票")
    assert "/receipts/" in owner.url
    code = owner.url.rsplit("/", 1)[-1]
    stranger = road.open()
    stranger.goto(f"/r/{code}")
    shown = stranger.inner_text("main")
    assert "续聘样本物业服务公司" in shown
    assert "同意" not in shown
    assert "反对" not in shown


def nobody_sees_a_choice(road: Road) -> None:
    """While it is open: participation, and not a single number by choice, for staff neither."""
    for login, path in (("", f"{E}/ballots/1"), ("zhuren", f"{D}/ballots/1/")):
        page = road.signed_in(login) if login else road.open()
        page.goto(path)
        shown = page.inner_text("main")
        assert re.search(r"2\s*/\s*235", shown)
        assert not re.search(r"(同意|反对|弃权)\D{0,4}\d", shown)


def publish(road: Road) -> None:
    chair = road.signed_in("zhuren")
    chair.goto(f"{D}/ballots/1/result")
    chair.fill("textarea[name=decided]", "本次表决参加人数不够，另行组织。")
    chair.locator("form[action$=publish] button[type=submit]").click()


def recount(road: Road, capture: Path, capsys) -> None:
    """Signed out: read it, take its data along, count it without server and database."""
    stranger = road.open()
    stranger.goto(f"{E}/resolutions")
    stranger.locator("main").get_by_role("link", name=re.compile("续聘样本物业服务公司")).click()
    shown = stranger.inner_text("main")
    assert "样本业决〔2026〕1号" in shown
    assert "另行组织" in shown
    assert "甲一明" in shown or "样本小区业主委员会" in shown
    with stranger.expect_download() as waiting:
        stranger.locator("a[href$='record.json']").first.click()
    waiting.value.save_as(capture)
    capsys.readouterr()
    assert main(["count", str(capture), "--json"]) == 0  # 1: the record states another result
    counted = json.loads(capsys.readouterr().out)
    # 2 of 235 heads took part: far from two thirds, whatever they said.
    assert [q["verdict"] for q in counted["questions"]] == [verdict_of(road)]
    assert verdict_of(road) == "no_quorum"
    assert counted["roll"] == {"heads": 235, "area_m2": "23244.48"}


def verdict_of(road: Road) -> str:
    """The verdict of the published document."""
    with read_only():
        docno = documents.of_ballot(ballots.get(road.estate_id, 1).id)
        return documents.find(road.estate_id, docno).verdict
