"""Public documents, the archive, the feed, the record, receipt checks and objections; on both databases."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest

from hall import countfile
from hall.ballots import queries as ballots
from hall.ballots import service as ballots_service
from hall.permissions import Role
from hall.resolutions import queries, service
from tests import make
from tests.ballots.scene import cast_as, plan, scene
from tests.pages import Pages, sign_in

ATOM = "{http://www.w3.org/2005/Atom}"


class World:
    """A scene with a browser and a way to bring a ballot to its publication."""

    def __init__(self, app, travel):
        self.app, self.travel = app, travel
        self.s = scene(travel)
        self.base = f"/e/{self.s.estate.slug}/resolutions"

    def browser(self, account_id=None) -> Pages:
        client = self.app.test_client()
        if account_id is not None:
            sign_in(client, account_id, self.travel.now)
        return Pages(client)

    def owner(self, i: int) -> Pages:
        return self.browser(self.s.owners[i][2].account_id)

    def published(self, marks, decided="", **values) -> tuple[str, int]:
        """A ballot answered like this, counted and published: (document name, ballot number)."""
        n = self.s.noticed(self.travel.now, **values)
        ballot = ballots.get(self.s.id, n)
        self.travel(ballot.open_at + timedelta(hours=1))
        for i, mark in enumerate(marks):
            self.s.cast(i, n, mark, now=self.travel.now, key=f"{n}-{i}-{'k' * 20}")
        self.travel(ballot.close_at)
        ballots_service.count(self.s.chair, self.s.id, n, now=self.travel.now)
        docno = service.publish(self.s.chair, self.s.id, n, decided=decided, now=self.travel.now)
        return docno, n


@pytest.fixture
def world(app, travel):
    return World(app, travel)


ADOPTED = ("for", "for", "for", "against")  # of six: 4 ≥ 4 take part, 3 > 2 for
NO_QUORUM = ("for", "for", "for")  # 3 of the 4 needed
REJECTED = ("for", "for", "against", "against")  # 2 of 4 is not more than half


def test_a_decision_shows_every_number_of_its_four_gates(world):
    docno, _ = world.published(ADOPTED, "续签两年\n费用不变")
    page = world.browser().get(f"{world.base}/{docno}")
    text = page.text.replace(" ", "")
    assert "四项都过线，通过" in text
    assert "4/6人" in text  # participation
    assert "400.00/600.00㎡" in text
    assert "3/4人" in text  # approval of those who took part
    assert "300.00/400.00㎡" in text
    assert "三分之二：4人" in text
    assert "三分之二：400.00㎡" in text
    assert "过半：3人" in text
    assert "过半：超过200.00㎡" in text
    assert "66.66%" in text  # cut, not rounded up
    assert "（1）续签两年" in text
    assert "业决〔2026〕1号" in text
    assert "计票：样主任" in text
    row = json.loads(world.app.test_client().get(f"{world.base}/{docno}/record.json").text)
    assert row["document"]["roll_digest"] in page.text


@pytest.mark.parametrize(
    ("marks", "words", "never"),
    [
        (NO_QUORUM, "参加的人数、参加的面积没过线，这次表决没有形成决定", "未通过"),
        (REJECTED, "同意的人数、同意的面积没过线，未通过", "四项都过线，通过"),
    ],
)
def test_a_missed_line_is_told_as_what_it_is(world, marks, words, never):
    docno, _ = world.published(marks)
    page = world.browser().get(f"{world.base}/{docno}")
    assert words in page.text
    assert never not in page.root.one("article").text
    assert page.h1.replace(" ", "").endswith("的表决结果")  # no 决定 where nothing was decided


def test_the_document_names_no_household_and_no_choice_of_a_building(world):
    docno, _ = world.published(ADOPTED)
    for address in (f"{world.base}/{docno}", f"{world.base}/{docno}/record.json"):
        body = world.app.test_client().get(address).text
        for unit, person, _ in world.s.owners:
            assert unit.label not in body
            assert person.name not in body
    page = world.browser().get(f"{world.base}/{docno}")
    table = page.root.all("table")[-1]
    assert "同意" not in table.text


def test_anybody_recounts_the_record_to_the_same_verdict(world):
    docno, _ = world.published(ADOPTED)
    response = world.app.test_client().get(f"{world.base}/{docno}/record.json")
    assert response.mimetype == "application/json"
    assert f"{docno}-v1.json" in response.headers["Content-Disposition"]
    report = countfile.count(countfile.load(response.data))
    assert report.agrees
    assert [q.outcome.verdict.value for q in report.questions] == ["adopted"]
    tag = {"If-None-Match": response.headers["ETag"]}
    assert (
        world.app.test_client().get(f"{world.base}/{docno}/record.json", headers=tag).status_code
        == 304
    )


def test_a_correction_leaves_the_old_version_readable_and_marked(world):
    docno, n = world.published(ADOPTED, "续签两年")
    service.correct(
        world.s.chair,
        world.s.id,
        docno,
        reason="漏写一项",
        decided="续签两年\n费用不变",
        now=world.travel.now,
    )
    new, old = (world.browser().get(f"{world.base}/{docno}{v}") for v in ("", "/v/1"))
    assert "更正后的第 2 版" in new.text
    assert "漏写一项" in new.text
    assert "（2）费用不变" in new.text
    assert "这是旧的第 1 版，已经更正" in old.text
    assert "费用不变" not in old.root.one("article").text
    assert old.link("看现在有效的一版") == f"{world.base}/{docno}"
    world.browser().get(f"{world.base}/{docno}/v/3", 404)
    assert ballots.get(world.s.id, n).phase(world.travel.now)


@pytest.mark.parametrize(("lang", "said"), [("zh", "已经作废"), ("en", "declared void")])
def test_a_vote_declared_void_is_void_wherever_its_document_stands(world, lang, said):
    docno, n = world.published(ADOPTED)
    ballots_service.void(world.s.chair, world.s.id, n, "送达不全，重新表决", now=world.travel.now)
    browser = world.browser()
    page = browser.get(f"{world.base}/{docno}?lang={lang}")
    assert said in page.text
    assert "送达不全，重新表决" in page.text
    word = {"zh": "已作废", "en": "void"}[lang]
    for where in (world.base, f"/e/{world.s.estate.slug}/archive", f"/e/{world.s.estate.slug}/"):
        row = [li for li in browser.get(where).root.all("li") if docno in str(li.all("a"))]
        assert row, where
        assert word in row[0].text.lower(), where
    assert "已作废" in browser.client.get(f"{world.base}.atom").text


def test_a_result_of_a_poll_is_plain_bars_without_legal_words(world):
    now = world.travel.now
    docno, _ = world.published(
        ("c1", "c1", "c2", "none"),
        kind="advisory",
        title="给花园取名",
        matter=None,
        questions=(plan("样园", "四季园"),),
        open_at=now + timedelta(days=1),
        close_at=now + timedelta(days=8),
    )
    page = world.browser().get(f"{world.base}/{docno}")
    main = page.root.one("main").text
    assert "意见征集结果，不具有法律效力" in main
    assert "选“样园”的最多" in main
    for word in ("表决", "通过", "决议", "决定", "过线", "三分之二"):
        assert word not in main, word
    assert not page.root.all("section", class_="gate")


def test_an_election_lists_each_candidate_with_both_lines(world):
    docno, _ = world.published(
        ("c1", "c1", "c1", "c2"),
        title="选委员",
        matter=3,
        questions=(plan("甲一明", "丁小样", method="election"),),
    )
    page = world.browser().get(f"{world.base}/{docno}")
    assert "选出 1 位：甲一明" in page.text
    assert "当选" in page.text
    assert "没过线" in page.text


def test_a_tie_for_the_last_seat_is_named_in_public_and_on_the_desk_with_every_line(world):
    s = world.s = scene(world.travel, areas=(100,) * 7)
    candidates = ("甲一明", "乙二样", "丙三例", "丁小样")
    question = plan(*candidates, method="election", seats=2)
    n = s.noticed(world.travel.now, title="选委员", matter=3, questions=(question,))
    ballot = ballots.get(s.id, n)
    world.travel(ballot.open_at + timedelta(hours=1))
    sheets = ("c1 c2", "c1 c2", "c1 c3", "c1 c3", "c1", "c2 c3", "c2 c3")
    for (_, _, actor), marks in zip(s.owners, sheets, strict=True):
        key = f"tie-{actor.account_id}-{'k' * 20}"
        cast_as(actor, s.id, n, *marks.split(), now=world.travel.now, key=key)
    world.travel(ballot.close_at)
    ballots_service.count(s.chair, s.id, n, now=world.travel.now)
    chair = make.person(s.id)
    make.post(chair, "committee", "chair")
    account = make.account(name=chair.name)
    make.link(account.id, chair)
    said = "选出 1 位：甲一明；还缺 1 位；票数相同，在他们中间再投一次：乙二样、丙三例"
    desk = world.browser(account.id).get(f"/desk/{s.estate.slug}/ballots/{n}/result")
    assert said in desk.text
    lines = [g.one("h4").text for g in desk.root.all("section", class_="gate")]
    assert [line.split()[0] for line in lines[2:]] == [*candidates, "都不选"]
    docno = service.publish(s.chair, s.id, n, decided="", now=world.travel.now)
    page = world.browser().get(f"/e/{s.estate.slug}/resolutions/{docno}")
    assert said in page.text


# --- the archive ------------------------------------------------------------------------------


def test_the_archive_finds_chinese_words_years_and_kinds(world):
    first, _ = world.published(ADOPTED, title="使用维修资金更换路灯", matter=5)
    second, _ = world.published(REJECTED, title="续聘物业公司")
    here = world.browser()
    everything = here.get(world.base)
    assert [a for a in everything.links if "committee" in a] == [
        f"{world.base}/{second}",
        f"{world.base}/{first}",
    ]
    found = here.get(f"{world.base}?q=路灯")
    assert [a for a in found.links if "committee" in a] == [f"{world.base}/{first}"]
    assert [a for a in here.get(f"{world.base}?q=路灯 维修").links if "committee" in a]
    assert "没有找到" in here.get(f"{world.base}?q=电梯").text
    assert "没有找到" in here.get(f"{world.base}?kind=advisory").text
    assert "没有找到" in here.get(f"{world.base}?year=1999").text
    assert "路灯" in here.get(f"{world.base}?year=2026&kind=statutory&before=2").text
    assert (
        here.get(f"{world.base}?q=<script>").root.one("input", name="q").attrs["value"]
        == "<script>"
    )


@pytest.mark.parametrize(
    "typed", ["〔2026〕1号", "[2026]1号", "（2026）1号", "(2026) 1 号", "【2026】1号"]
)
def test_a_number_is_found_with_the_brackets_that_a_keyboard_has(world, typed):
    docno, _ = world.published(ADOPTED)
    number = queries.find(world.s.id, docno).number
    assert "〔2026〕1号" in number
    page = world.browser().get(world.base + "?" + urlencode({"q": number[:-8] + typed}))
    assert number in page.text, page.text


def test_an_empty_archive_says_what_will_be_there(world):
    assert "还没有公布过决定" in world.browser().get(world.base).text


def test_the_feed_is_valid_atom(world):
    docno, _ = world.published(ADOPTED, title="<续聘>&样本")
    response = world.app.test_client().get(f"{world.base}.atom")
    assert response.mimetype == "application/atom+xml"
    feed = ET.fromstring(response.data)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "关于<续聘>&样本的决定"
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == world.travel.now
    assert entry.find(f"{ATOM}link").attrib["href"].endswith(f"{world.base}/{docno}")
    assert re.match(r"https?://", entry.findtext(f"{ATOM}id"))
    empty = make.estate()
    assert ET.fromstring(world.app.test_client().get(f"/e/{empty.slug}/resolutions.atom").data).tag


def test_another_estates_document_is_not_there(world):
    docno, _ = world.published(ADOPTED)
    other = make.estate()
    here = world.browser()
    for rest in (
        f"/{docno}",
        f"/{docno}/v/1",
        "/committee-2026-99",
        "/nonsense",
        f"/{docno}/record.json",
    ):
        assert here.client.get(f"/e/{other.slug}/resolutions{rest}").status_code == 404


# --- receipts ---------------------------------------------------------------------------------


def test_a_receipt_code_tells_counted_and_nothing_else(world):
    n = world.s.noticed(world.travel.now)
    ballot = ballots.get(world.s.id, n)
    world.travel(ballot.open_at)
    code = world.s.cast(0, n, "for", now=world.travel.now).code
    here = world.browser()
    form = here.get("/r")
    assert "查回执码" in form.h1
    page = here.get(f"/r?code={code[:4].lower()}-{code[4:8]} {code[8:]}")
    assert "这张票计进去了" in page.h1
    assert world.s.owners[0][0].label not in page.text
    assert "同意" not in page.root.one("main").text
    assert "没有这个回执码" in here.get("/r/ABCDEFGHJKMN", 404).h1


# --- objections -------------------------------------------------------------------------------


def test_an_objection_stands_in_public_with_a_masked_name_and_its_answer(world):
    docno, n = world.published(ADOPTED)
    form = world.owner(4).get(f"{world.base}/{docno}").follow("提异议")
    empty = form.submit("/object", text="  ")
    assert empty.status == 422
    assert "请写明哪里不对" in empty.text
    page = form.submit("/object", text="参加人数少了一户")
    assert page.status == 200
    public = world.browser().get(f"{world.base}/{docno}")
    name = world.s.owners[4][1].name
    assert "参加人数少了一户" in public.text
    assert f"{name[0]}**" in public.text
    assert name not in public.html
    assert "等答复" in public.text
    ballots_service.answer_objection(
        world.s.member, world.s.id, n, 1, False, "重数过，没有少", now=world.travel.now
    )
    answered = world.browser().get(f"{world.base}/{docno}")
    assert "重数过，没有少" in answered.text
    assert "不成立" in answered.text


def test_who_may_object_and_until_when(world):
    docno, n = world.published(ADOPTED)
    address = f"{world.base}/{docno}/object"
    other = make.estate()
    _, _, foreigner = make.owner(other.id, make.building(other.id).id)
    assert "登录" in world.browser().get(address).title
    world.browser(foreigner.account_id).get(address, 403)
    tenant = make.account()
    make.link(tenant.id, make.person(world.s.id))
    world.browser(tenant.id).get(address, 403)
    form = world.owner(0).get(address)
    world.travel(ballots.get(world.s.id, n).objections_until)
    late = world.owner(0)
    closed = late.get(address)
    assert "现在不能提异议" in closed.h1
    with form.pages.client.session_transaction() as session:
        session["seen"] = int(world.travel.now.timestamp())
    refused = form.submit("/object", text="晚了一步")
    assert refused.status == 409
    assert "晚了一步" in refused.text  # what was typed is not lost
    assert "提异议" not in [
        a.text for a in world.browser().get(f"{world.base}/{docno}").root.all("a")
    ]


# --- languages, elder mode, the demo line, keeping ----------------------------------------------


@pytest.mark.parametrize("query", ["?lang=en", "?elder=1"])
def test_documents_in_english_and_in_elder_mode(world, query):
    docno, _ = world.published(ADOPTED, "续签两年")
    here = world.browser()
    for address in (world.base, f"{world.base}/{docno}", "/r", "/r/ABCDEFGHJKMN"):
        here.get(address + query, 404 if address.endswith("KMN") else 200)
    page = here.get(f"{world.base}/{docno}")
    if "en" in query:
        assert "All four lines passed. Carried." in page.text
        assert "4 / 6 people" in page.text
        assert page.root.one("h1").attrs["lang"] == "zh-CN"


def test_a_demonstration_says_so_on_the_document_itself(app, travel):
    world = World(app, travel)
    docno, n = world.published(ADOPTED)
    assert "演示" not in world.browser().get(f"{world.base}/{docno}").root.one("main").text
    from hall.db import atomic
    from hall.estates.models import Estate

    with atomic() as session:
        session.get(Estate, world.s.id).demo = True
    for address in (
        world.base,
        f"{world.base}/{docno}",
        f"/e/{world.s.estate.slug}/ballots/{n}/notice",
    ):
        assert "虚构" in world.browser().get(address).root.one("main").text


def test_a_document_is_kept_until_its_docket_changes(world):
    docno, n = world.published(ADOPTED)
    client = world.app.test_client()
    tag = {"If-None-Match": client.get(f"{world.base}/{docno}").headers["ETag"]}
    assert client.get(f"{world.base}/{docno}", headers=tag).status_code == 304
    ballots_service.object(world.s.owners[5][2], world.s.id, n, "有一处不对", now=world.travel.now)
    assert client.get(f"{world.base}/{docno}", headers=tag).status_code == 200


def test_a_desk_person_sees_the_same_document(world):
    docno, _ = world.published(ADOPTED)
    chair = make.actor(world.s.id, Role.CHAIR)
    public, desk = (
        world.browser().get(f"{world.base}/{docno}"),
        world.browser(chair.account_id).get(f"{world.base}/{docno}"),
    )
    assert public.root.one("article").text == desk.root.one("article").text
