"""The archive: one search over resolutions, minutes and proposals, in Chinese."""

from __future__ import annotations

import pytest

from hall.meetings import service as meetings
from hall.proposals import service as proposals
from hall.proposals.service import Plan, Wording
from hall.resolutions import service as resolutions
from hall.web.archive.hits import Cursor, cursor_of
from hall.web.archive.snippet import marked, snippet, words_of
from tests import make
from tests.meetings.scene import SOON, Scene, scene
from tests.meetings.test_minutes_service import draft, ended, sign
from tests.pages import Pages


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("加装电梯", "电梯", "加装<mark>电梯</mark>"),
        ("续 聘物业", "续聘", "<mark>续 聘</mark>物业"),
        ("３０２ 支部", "302", "<mark>３０２</mark> 支部"),
        ("Ａ栋", "a", "<mark>Ａ</mark>栋"),
        ("灯灯灯", "灯灯", "<mark>灯灯灯</mark>"),
        ("<b>灯", "灯", "&lt;b&gt;<mark>灯</mark>"),
        ("没有", "电梯", "没有"),
    ],
)
def test_words_are_marked_where_they_stand(text, query, expected):
    assert str(marked(text, words_of(query))) == expected


def test_full_width_input_asks_the_same():
    assert words_of("ＬＥＤ　路灯  路灯") == ("led", "路灯")


def test_a_snippet_comes_from_the_passage_with_most_words():
    said = ("路灯坏了", "这里说的是换路灯，也说维修资金从哪里来", "维修")
    assert snippet(said, words_of("路灯 资金")) == (
        "这里说的是换<mark>路灯</mark>，也说维修<mark>资金</mark>从哪里来"
    )
    long = snippet(("一" * 60 + "电梯" + "二" * 120,), words_of("电梯"))
    assert long.startswith("…" + "一" * 24 + "<mark>电梯</mark>")
    assert long.endswith("…")
    assert snippet((), ("x",)) == ""


@pytest.mark.parametrize("text", ["", "p1m2", "p1m2r3x", "pamarb", "p1234567890m1r1"])
def test_a_broken_cursor_is_the_first_page(text):
    assert cursor_of(text) == Cursor()


def test_a_cursor_survives_an_address():
    assert cursor_of(str(Cursor(3, 4, 5))) == Cursor(3, 4, 5)


@pytest.fixture
def place(app) -> Scene:
    return scene()


def filled(place: Scene, travel) -> None:
    """One of each, in the order in which they came out: a proposal, minutes, a document."""
    proposed(place, travel, "2栋加装电梯", "费用按楼层分摊，一楼不出钱。")
    n = ended(place, travel)
    at = travel(SOON)
    meetings.write_minutes(place.chair, place.id, n, draft(place, n), revision=0, now=at)
    digest = meetings.circulate_minutes(place.chair, place.id, n, revision=1, now=at)
    for body in ("community", "branch", "committee", "grid", "property"):
        sign(place, n, body, digest, travel(SOON))
    meetings.publish_minutes(place.chair, place.id, n, now=travel(SOON))
    (decision,) = place.page(n).decisions
    resolutions.publish_decision(
        place.chair,
        place.id,
        decision.id,
        post_id=place.posts["committee"].id,
        decided="法律顾问坐班改到周六上午",
        tasks=(),
        no_action="已经开始坐班",
        settles=False,
        now=travel(SOON),
    )


def proposed(place: Scene, travel, title: str, text: str) -> None:
    wording = Wording(title=title, what=f"{title}，定不定。", text=text)
    plan = Plan(track="advisory")
    n = proposals.draft(place.resident, place.id, wording, plan, now=travel.now)
    proposals.submit(place.resident, place.id, n, now=travel.now)


def found(client, place: Scene, query: str) -> list[str]:
    page = Pages(client).get(f"/e/{place.estate.slug}/archive?{query}")
    return [a.all("small")[0].text.split(" · ")[0] for a in page.root.all("a", class_="list__a")]


def test_searching_finds_resolutions_minutes_and_proposals_by_title_and_body(client, place, travel):
    filled(place, travel)
    everything = ["公示文件", "会议纪要", "议案"]
    assert found(client, place, "") == everything  # newest first
    assert found(client, place, "q=电梯") == ["议案"]  # its title
    assert found(client, place, "q=楼层分摊") == ["议案"]  # its text
    assert found(client, place, "q=坐班时间会商会") == ["会议纪要"]  # the meeting's title
    assert found(client, place, "q=晚间场") == ["会议纪要"]  # dissent in the minutes
    assert found(client, place, "q=周六上午　顾问") == ["公示文件", "会议纪要"]
    assert found(client, place, "q=梯") == ["议案"]
    assert found(client, place, "q=２栋") == found(client, place, "q=2栋") == ["议案"]
    assert found(client, place, "q=游泳池") == []
    assert found(client, place, "q=%25") == []  # no wildcard
    assert found(client, place, "kind=minutes") == ["会议纪要"]
    assert found(client, place, "kind=proposals&q=坐班") == []
    assert found(client, place, "year=2026") == everything
    assert found(client, place, "year=1999&kind=nonsense&before=x") == everything
    page = Pages(client).get(f"/e/{place.estate.slug}/archive?q=楼层分摊")
    assert [m.text for m in page.root.all("mark")] == ["楼层分摊"]
    other = Pages(client).get(f"/e/{make.estate().slug}/archive?q=电梯").text
    assert "2栋加装电梯" not in other


def test_pages_follow_each_other_and_cost_the_same(client, place, travel, count_queries):
    url = f"/e/{place.estate.slug}/archive?q=充电"
    proposed(place, travel, "车棚 0", "充电")
    client.get(url)
    with count_queries() as one:
        client.get(url)
    for n in range(1, 23):
        travel(SOON)
        proposed(place, travel, f"车棚 {n}", "充电")
    with count_queries() as many:
        client.get(url)
    assert many.count == one.count <= 14, many.statements
    page = Pages(client).get(url)
    titles = [b.text for b in page.root.all("b", dir="auto")]
    assert titles == [f"车棚 {n}" for n in range(22, 2, -1)]
    rest = page.follow("更早的")
    assert [b.text for b in rest.root.all("b", dir="auto")] == ["车棚 2", "车棚 1", "车棚 0"]
    assert "更早的" not in rest.text


def test_it_is_linked_from_the_register_and_the_proposals(client, place):
    for path in ("resolutions", "proposals"):
        page = Pages(client).get(f"/e/{place.estate.slug}/{path}?q=电梯")
        (link,) = [a for a in page.root.all("a") if "/archive" in a.attrs.get("href", "")]
        assert link.attrs["href"].endswith("/archive?q=%E7%94%B5%E6%A2%AF")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_archive_says_so(client, place, lang):
    page = Pages(client).get(f"/e/{place.estate.slug}/archive?lang={lang}&elder=1")
    assert {"zh": "还没有档案", "en": "Nothing in the archive yet"}[lang] in page.text
