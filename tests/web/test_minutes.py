"""Minutes, papers and calendars as pages, on both databases: one scene carried through."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from docx import Document
from docx.oxml.ns import qn
from icalendar import Calendar

from hall import clock
from hall.meetings import record, service
from hall.meetings.queries import minutes as reads
from hall.meetings.queries import search_minutes
from hall.permissions import Role
from hall.resolutions.queries import after_meeting
from tests.meetings.scene import SOON, Scene, holder, lost_quorum, scene
from tests.meetings.test_minutes_service import circulated, draft, ended, sign
from tests.pages import Pages, sign_in


@pytest.fixture
def place(app) -> Scene:
    return scene()


@pytest.fixture
def as_(app, place):
    """A browser signed in as the one who speaks for a body, as the resident, or as nobody."""

    def browser(who: str | None) -> Pages:
        client = app.test_client()
        if who is not None:
            actor = place.resident if who == "resident" else place.who[who]
            sign_in(client, actor.account_id, clock.now())
        return Pages(client)

    return browser


def url(place: Scene, n: int, rest: str = "", desk: bool = False) -> str:
    return f"/{'desk' if desk else 'e'}/{place.estate.slug}/meetings/{n}{rest}"


def test_a_draft_is_typed_saved_and_sent_round(place, travel, as_):
    n = ended(place, travel)
    page = as_("committee").get(url(place, n, "/minutes", desk=True))
    items = place.page(n).items
    typed = {
        f"c{items[0].id}": "到会过半数，可以开会。",
        f"c{items[1].id}": "坐班改到周六，试三个月。",
        "dissent": "样委员2希望加一个晚间场；说明：四月再议。",
        "t1-text": "周六 8:45 开活动室",
        "t1-body": "property",
        "t1-due_on": "2026-06-30",
    }
    page = page.submit("/minutes", button="再加两件", **typed)
    assert page.root.one("input", id="f-t1-text").attrs["value"] == "周六 8:45 开活动室"
    assert reads.sheet(place.id, n).minutes is None  # more rows, nothing saved
    page = page.submit("/minutes", button="存草稿")
    assert reads.sheet(place.id, n).minutes.revision == 1
    page = page.submit("/circulate")
    assert "未签" in page.text
    assert as_(None).get(url(place, n, "/minutes")).status == 200


def test_two_texts_stand_side_by_side(place, travel, as_):
    n = ended(place, travel)
    address = url(place, n, "/minutes", desk=True)
    page = as_("committee").get(address)
    as_("branch").get(address).submit("/minutes", button="存草稿", text="支部写的")
    answer = page.submit("/minutes", button="存草稿", text="主任写的")
    assert answer.status == 409
    assert answer.root.one("textarea", id="f-text").text == "主任写的"
    assert "支部写的" in answer.text
    answer.submit("/minutes", button="存草稿", text="支部写的\n主任写的")
    assert reads.sheet(place.id, n).minutes.text == "支部写的\n主任写的"


def test_a_day_that_is_none_is_said_and_kept(place, travel, as_):
    n = ended(place, travel)
    page = as_("committee").get(url(place, n, "/minutes", desk=True))
    page = page.submit("/minutes", button="存草稿", **{"t1-text": "开门", "t1-due_on": "下周"})
    assert page.status == 422
    assert "第 1 件事：日期写成 2026-12-29 这样" in page.text
    assert page.root.one("input", id="f-t1-due_on").attrs["value"] == "下周"


def test_typed_minutes_survive_a_lost_session(place, travel, as_):
    n = ended(place, travel)
    page = as_("committee").get(url(place, n, "/minutes", desk=True))
    travel(timedelta(hours=13))  # longer than any staff session
    answer = page.submit("/minutes", button="存草稿", text="打了很久的字")
    assert answer.status == 401
    assert "打了很久的字" in answer.html or 'name="kept"' in answer.html
    assert reads.sheet(place.id, n).minutes is None


def test_corrected_signed_published_noted(place, travel, as_):
    n, _ = circulated(place, travel)
    address = url(place, n, "/minutes")
    page = as_("branch").get(address)
    page = page.submit("/corrections", passage="逐一发言", text="社区没发言")
    assert [m.text for m in page.root.all("mark")] == ["逐一发言"]
    page = page.submit("/sign", button="不签", remark="")
    assert (page.status, "不签，要写明原因" in page.text) == (422, True)
    page = page.submit("/sign", button="签认", remark="认可")
    assert not page.root.all("textarea", id="f-remark")
    grid = as_("grid").get(address)  # was not there: may sign, not correct for himself
    assert grid.root.all("textarea", id="f-remark")
    assert not as_("resident").get(address).root.all("textarea", id="f-correction")
    at_desk = url(place, n, "/minutes", desk=True)
    page = as_("committee").get(at_desk)
    correction = f"/corrections/{reads.sheet(place.id, n).corrections[0].id}"
    page = page.submit(correction, button="不采纳", reply="")
    assert page.status == 422
    page = page.submit(correction, button="不采纳", reply="有录音")
    assert not [f for f in page.root.all("form") if f.attrs["action"].endswith("/publish")]
    travel(reads.sheet(place.id, n).minutes.sign_by)
    page = as_("committee").get(at_desk).submit("/publish")
    assert "已公布" in page.text
    boxed = [b.text for b in page.root.all("span", class_="unsigned")]
    assert boxed == ["未签"] * 4  # all but the branch
    page = as_("grid").get(address).submit("/notes", text="当天请假")
    assert "当天请假" in page.text
    assert "未签" in as_(None).get(url(place, n)).text
    record = as_(None).client.get(address + ".json")
    assert json.loads(record.data)["signatures"][1]["state"] == "signed"
    assert "Not signed" in as_(None).get(address + "?lang=en").text


def test_who_sees_and_may_what(place, travel, as_):
    n = ended(place, travel)
    assert as_(None).client.get(url(place, n, "/minutes")).status_code == 404
    service.write_minutes(place.chair, place.id, n, draft(place, n), revision=0, now=travel.now)
    for rest in ("/minutes", "/minutes/print", "/minutes.docx", "/minutes.json"):
        assert as_("resident").client.get(url(place, n, rest)).status_code == 404
    for who, expected in (("property", 403), ("resident", 403), ("grid", 200)):
        got = as_(who).client.get(url(place, n, "/minutes", desk=True)).status_code
        assert got == expected
    for who, expected in (("property", 403), ("grid", 403), ("committee", 200)):
        assert as_(who).client.get(url(place, n, "/signin", desk=True)).status_code == expected
    other = as_("committee").client
    assert other.get(url(place, 99, "/minutes", desk=True)).status_code == 404
    draft_only = place.convened(travel.now)
    assert as_(None).client.get(url(place, draft_only, "/notice")).status_code == 404
    assert as_(None).client.get(url(place, draft_only, ".ics")).status_code == 404


def test_papers_are_printed_and_written_for_word(place, travel, as_):
    n, digest = circulated(place, travel)
    sign(place, n, "community", digest, travel(SOON))
    page = as_(None).get(url(place, n, "/minutes/print"))
    silent = page.root.all("td", class_="unsig")
    assert [c.one("b").text for c in silent] == ["未签"] * 4
    assert "不是业主大会决定" in page.text
    notice = as_(None).get(url(place, n, "/notice"))
    assert "1栋活动室" in notice.text
    assert notice.root.all("svg", class_="qr")
    signin = as_("committee").get(url(place, n, "/signin", desk=True))
    assert (
        len(signin.root.all("table", class_="nt--signin")) == 6
    )  # five bodies, and who just comes
    document = word(as_("committee").client.get(url(place, n, "/minutes.docx")))
    styles = {p.style.name for p in document.paragraphs}
    assert {"Title", "Heading 1"} <= styles
    section = document.sections[0]
    assert (section.page_width.mm, section.top_margin.mm, section.left_margin.mm) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(37, abs=0.1),
        pytest.approx(28, abs=0.1),
    )
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "FangSong"
    cells = [[c.text for c in row.cells] for table in document.tables for row in table.rows]
    flat = "\n".join(" | ".join(row) for row in cells)
    assert re.search(r"网格员 \| 未签.*期满", flat)
    assert "样community（电子签认）" in flat
    assert "周六开活动室 | 物业公司 样本经理 | 2026年6月30日" in flat
    people = [row for row in cells if row[1].startswith("样") and len(row) == 4]
    assert ["网格员", "样grid", "网格员", "缺席"] in people
    for rest in ("/notice.docx", "/signin.docx"):
        other = word(as_("committee").client.get(url(place, n, rest, desk="signin" in rest)))
        assert other.core_properties.author == place.estate.name


def test_on_paper_a_title_is_its_own_bodys(place, travel, as_):
    """A member of the branch is no member of the committee: the body stands beside him."""
    holder(place, "branch", "member", Role.BRANCH, "样支委")
    n = ended(place, travel, absent=("样grid", "样支委"))
    at = travel(SOON)
    service.write_minutes(place.chair, place.id, n, draft(place, n), revision=0, now=at)
    service.circulate_minutes(place.chair, place.id, n, revision=1, now=at)
    client = as_("committee").client
    for rest in ("/signin.docx", "/minutes.docx"):
        paper = word(client.get(url(place, n, rest, desk="signin" in rest)))
        rows = [[c.text for c in row.cells] for table in paper.tables for row in table.rows]
        assert [row[2] for row in rows if "样支委" in row] == ["委员"]


def test_a_vote_without_quorum_is_taken_again_and_the_minutes_show_both(place, travel, as_):
    n, first = lost_quorum(place, travel)
    live = as_("committee").get(url(place, n, "/live"))
    assert "人齐了可以再表决一次" in live.text
    assert live.root.one("textarea", name="text").text.strip() == "坐班改到周六，试三个月"
    early = live.submit("/decisions")
    assert (early.status, "人数不够" in early.text) == (409, True)
    service.admit(place.chair, place.id, n, (place.seat(n, "样grid"),), now=travel.now)
    live = as_("committee").get(url(place, n, "/live")).submit("/decisions", text="改到周六下午")
    second = place.page(n).decisions[-1].id
    hands = {f"v-{i.id}": "for" for i in place.page(n).invitees if i.name in HERE}
    live = live.submit(f"/decisions/{second}/hands", **hands)
    live = live.submit(f"/decisions/{second}/close")
    assert "这一项已经表决过了" in live.text
    assert not [f for f in live.root.all("form") if f.attrs["action"].endswith("/decisions")]
    both = ["坐班改到周六，试三个月", "改到周六下午"]
    in_order(as_(None).get(url(place, n)).text, both)
    travel(SOON)
    service.end(place.chair, place.id, n, now=travel.now)
    assert [(a.decision_id, a.docno) for a in after_meeting(place.page(n).meeting.id)] == [
        (second, "")
    ]
    in_order(as_("committee").get(url(place, n, "/minutes", desk=True)).text, both)
    service.write_minutes(place.chair, place.id, n, draft(place, n), revision=0, now=travel.now)
    service.circulate_minutes(place.chair, place.id, n, revision=1, now=travel.now)
    in_order(as_(None).get(url(place, n, "/minutes")).text, both)
    in_order(as_(None).get(url(place, n, "/minutes/print")).text, both)
    document = word(as_("committee").client.get(url(place, n, "/minutes.docx")))
    in_order("\n".join(p.text for p in document.paragraphs), both)
    travel(reads.sheet(place.id, n).minutes.sign_by)
    service.publish_minutes(place.chair, place.id, n, now=travel.now)
    exported = json.loads(as_(None).client.get(url(place, n, "/minutes.json")).data)
    votes = exported["minutes"]["agenda"][1]["decisions"]
    assert [(d["text"], d["outcome"]) for d in votes] == [
        (both[0], "no_quorum"),
        (both[1], "adopted"),
    ]
    in_order(as_(None).get(url(place, n, "/minutes")).text, both)  # read back from the record
    for words in both:
        assert [m.meeting_n for m in search_minutes(place.id, record.terms(words))] == [n]
    assert first < second


HERE = ("样community", "样branch", "样committee", "样grid")


def in_order(text: str, parts: list[str]) -> None:
    """Every part stands in the text, one after the other."""
    at = [text.find(part) for part in parts]
    assert -1 not in at
    assert at == sorted(at)


def word(response):
    """The document in an answer, opened again."""
    assert response.status_code == 200
    assert response.mimetype.endswith("wordprocessingml.document")
    kept, named = response.headers["Content-Disposition"].split("; filename*=UTF-8''")
    # A header is ASCII by its standard: what is not travels percent-encoded (RFC 6266).
    assert (kept, named.isascii()) == ("attachment", True)
    assert re.fullmatch(r"(会议通知|签到表|会议纪要)-\d+\.docx", unquote(named))
    return Document(BytesIO(response.data))


def test_calendars(place, travel, as_):
    n = place.noticed(travel.now)
    client = as_(None).client
    one = client.get(url(place, n, ".ics"))
    assert one.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(one.data).walk("VEVENT")
    assert event.decoded("DTSTART") == place.page(n).meeting.starts_at
    assert event["URL"].endswith(url(place, n))
    all_ = client.get(f"/e/{place.estate.slug}/meetings/calendar.ics")
    assert [e["UID"] for e in Calendar.from_ical(all_.data).walk("VEVENT")] == [event["UID"]]
    chair = as_("committee")
    address = f"/e/{place.estate.slug}/meetings/calendar"
    page = chair.get(address).submit("/renew")
    (own,) = re.findall(r"/calendar/[\w-]+\.ics", page.html)
    got = client.get(own)
    assert "no-store" in got.headers["Cache-Control"]
    assert len(Calendar.from_ical(got.data).walk("VEVENT")) == 1
    service.cancel(place.chair, place.id, n, reason="暴雨", now=travel.now)
    (event,) = Calendar.from_ical(client.get(own).data).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", place.page(n).meeting.sequence)
    page.submit("/renew")
    assert client.get(own).status_code == 404
    assert as_(None).get(address).status == 200
