"""Who the five bodies are, in the open; their names, the party line and invited parties at the desk."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.web.staff import stage


@pytest.fixture
def staff(app, now):
    return stage(app, now)


def test_everybody_reads_who_the_five_are_and_how_they_decide(staff):
    page = staff.pages(None).get(f"/e/{staff.estate.slug}/bodies")
    assert [h.text for h in page.root.all("h2")][:6] == [
        "社区党委", "小区党支部", "业委会", "网格员", "物业公司", "五方一起：小区议事会",
    ]  # fmt: skip
    committee = page.root.all("section")[2].text
    assert " 主任 " in committee
    assert "2024年1月1日 起，没有期限" in committee
    assert "依据：测试任命书" in committee
    assert "应到的人过半到会才能开；应到的人过半同意才算通过；不能托人代投。" in committee
    party = page.root.all("section")[1].text
    assert "应到的人三分之二到会才能开；应到的人半数同意才算通过" in party
    assert "现在没有人任职" in page.root.all("section")[3].text
    assert "另有" in committee
    assert "还没有业主委员会" not in page.text


def test_an_estate_without_committee_names_its_organiser(app, client, now):
    from tests.pages import Pages

    e = make.estate(
        has_committee=False, organizer="样社区居民委员会", organizer_basis="样街办〔2026〕3号"
    )
    made = make.body(e.id, "committee", name="居民自治小组")
    assert made
    page = Pages(client).get(f"/e/{e.slug}/bodies")
    assert "还没有业主委员会，由样社区居民委员会召集" in page.text.replace(" ", "")
    assert "居民自治小组" in page.text


def test_a_post_that_ended_is_not_shown(staff):
    gone = make.person(staff.estate.id, name="样本离任")
    make.post(gone, "grid", "worker", to_on=date(2026, 5, 6))
    assert "样本离任" not in staff.pages(None).get(f"/e/{staff.estate.slug}/bodies").text


def test_the_desk_keeps_names_line_and_parties(staff):
    desk = staff.pages("community").get(staff.url("bodies/"))
    page = desk.submit("/name", body="grid", name="")
    assert page.status == 422
    page = page.submit("/name", body="grid", name="第二网格", phone="0833-0000000")
    page = page.submit("/line", level="4", group_name="1栋党小组")
    assert (page.status, "要选是哪一栋" in page.text) == (422, True)
    page = page.submit("/line", building_id=str(staff.building.id))
    page = page.submit("/parties", kind="legal", party_name="样律所")
    shown = staff.pages(None).get(f"/e/{staff.estate.slug}/bodies").text
    assert all(word in shown for word in ("第二网格", "1栋党小组", "法律顾问", "样律所"))
    page = page.submit("/retire").submit("/remove")
    shown = staff.pages(None).get(f"/e/{staff.estate.slug}/bodies").text
    assert "样律所" not in shown
    assert "1栋党小组" not in shown


def test_who_may_open_the_desk(staff):
    found = {
        r: staff.status(r, staff.url("bodies/"))
        for r in ("community", "chair", "property", "owner", None)
    }
    assert found == {"community": 200, "chair": 403, "property": 403, "owner": 403, None: 303}
