"""The form of a position, the page of interests, the matrix on a proposal: who sees and may what."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from hall.db import db
from hall.estates.models import Estate
from hall.permissions import Role
from hall.positions import queries
from hall.proposals import queries as proposals
from hall.proposals.service import Plan
from tests import make
from tests.pages import Pages, sign_in
from tests.proposals.scene import holder, stage


@pytest.fixture
def scene(app, now):
    found = stage(1)
    found.app = app
    found.grid = holder(found.id, "grid", "worker", Role.GRID)
    found.company = holder(found.id, "property", "staff", Role.PROPERTY)
    found.accepted(now)
    found.accepted(now, plan=Plan(track="statutory", matter=4))
    return found


def pages(scene, actor, now):
    client = scene.app.test_client()
    if actor is not None:
        sign_in(client, actor.account_id, now)
    return Pages(client)


def url(scene, n, rest):
    return f"/e/{scene.estate.slug}/proposals/{n}{rest}"


def test_a_body_states_its_position_and_everybody_reads_it(scene, now):
    grid = pages(scene, scene.grid[0], now)
    page = grid.get(url(scene, 1, "")).follow("代表本方表态")
    assert "另外四方说了什么" in page.text
    page = page.submit("/positions", stance="reserved", reason="")
    assert (page.status, page.title[:3]) == (422, "出错：")
    assert "都要写一句为什么" in page.text
    page = page.submit("/positions", stance="conditional", reason="晚十点断电 <b>")
    assert "晚十点断电 <b>" in page.text
    read = pages(scene, None, now).get(url(scene, 1, ""))
    assert "晚十点断电 <b>" in read.text
    assert "五方的态度供业主参考，不计入表决结果" in read.text
    assert "未表态" in read.text
    assert "表态" not in [a.text for a in read.root.all("a")]
    listed = pages(scene, None, now).get(f"/e/{scene.estate.slug}/proposals")
    assert "网格员：有条件赞成" in listed.text


def test_without_a_committee_the_organiser_is_called_by_its_own_name(scene, now):
    name = "清音路居民自治小组"
    make.body(scene.id, "committee", name=name)
    read = pages(scene, None, now)
    for n in (1, 2):  # what is kept of either page knows the committee by this word
        assert "业委会" in rows(read.get(url(scene, n, "")))
    db.session.execute(update(Estate).where(Estate.id == scene.id).values(has_committee=False))
    db.session.commit()
    read = pages(scene, None, now)
    assert rows(read.get(url(scene, 1, ""))).count(name) == 1
    assert "业委会" not in rows(read.get(url(scene, 1, "")))
    listed = read.get(f"/e/{scene.estate.slug}/proposals")
    strips = listed.root.all("span", class_="mini5")
    assert [f"{name}：未表态" in s.text and "业委会" not in s.text for s in strips] == [True, True]


def rows(page) -> str:
    """The heads of the five rows of the matrix."""
    table = page.root.one("table", class_="bodies")
    return " ".join(h.text for h in table.all("th", scope="row"))


def test_the_company_finds_only_recused_on_its_own_contract(scene, now):
    company = pages(scene, scene.company[0], now)
    page = company.get(url(scene, 2, "/positions/new"))
    assert "锁定为“回避”" in page.text
    radios = page.root.all("input", name="stance")
    assert [(r.attrs["value"], "checked" in r.attrs) for r in radios] == [("recused", True)]
    page = page.submit("/positions", reason="只说明情况")
    assert "自己的合同" in company.get(url(scene, 2, "/interests")).text
    pid = proposals.get(scene.id, 2).id
    assert [p.stance for p in queries.history(pid)] == ["recused"]


def test_an_interest_named_in_the_form_goes_with_recusal_or_not_at_all(scene, now):
    grid = pages(scene, scene.grid[0], now)
    page = grid.get(url(scene, 1, "/positions/new"))
    said = {"interest": "whole", "kind": "money", "text": "网格收过赞助"}
    page = page.submit("/positions", stance="support", reason="", **said)
    assert page.status == 422
    pid = proposals.get(scene.id, 1).id
    assert queries.interests(pid) == ()
    page = page.submit("/positions", stance="recused", reason="", **said)
    assert [i.text for i in queries.interests(pid)] == ["网格收过赞助"]
    assert "网格收过赞助" in page.text
    # Another body ends it, in public; its own cannot.
    assert "撤销这项声明" not in grid.get(url(scene, 1, "/interests")).text
    chair = pages(scene, scene.chair, now)
    page = chair.get(url(scene, 1, "/interests")).submit("/end", reason="")
    assert page.status == 422
    page = page.submit("/end", reason="赞助已退回")
    assert "赞助已退回" in pages(scene, None, now).get(url(scene, 1, "/interests")).text


def test_a_person_alone_declares_and_is_silent(scene, now):
    chair = pages(scene, scene.chair, now)
    page = chair.get(url(scene, 1, "/interests"))
    page = page.submit("/interests", kind="family", text="女婿投标")
    assert page.status == 422
    page = page.submit("/interests", interest="me", kind="family", text="女婿投标")
    assert "女婿投标" in page.text
    page = chair.get(url(scene, 1, "/positions/new"))
    assert "请贵方另一位来表态" in page.text
    assert page.root.all("input", name="stance") == []


def test_who_may_open_the_form(scene, now):
    form = url(scene, 1, "/positions/new")
    assert pages(scene, scene.owners[0], now).client.get(form).status_code == 403
    assert pages(scene, None, now).client.get(form).status_code == 303
    draft = scene.draft(now)
    assert (
        pages(scene, scene.grid[0], now).client.get(url(scene, draft, "/positions/new")).status_code
        == 404
    )
