"""Actions in the browser: what everybody sees, the desk of who owes, checking by another body."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from hall.actions import queries
from hall.permissions import Role
from hall.web.actions.blueprint import Source, _sources, source
from tests.files import hostile
from tests.pages import Pages, sign_in
from tests.proposals.scene import holder, stage


@pytest.fixture
def scene(app, now):
    found = stage(1)
    found.app = app
    found.grid = holder(found.id, "grid", "worker", Role.GRID)
    found.company = holder(found.id, "property", "staff", Role.PROPERTY)
    return found


def pages(scene, actor, now):
    client = scene.app.test_client()
    if actor is not None:
        sign_in(client, actor.account_id, now)
    return Pages(client)


def desk(scene, rest=""):
    return f"/desk/{scene.estate.slug}/actions/{rest}"


def public(scene, rest=""):
    return f"/e/{scene.estate.slug}/actions{rest}"


def opened(scene, now, **values):
    page = pages(scene, scene.chair, now).get(desk(scene, "new"))
    return page.submit(
        "/new", **{"text": "修好东门", "body": "property", "due_on": "2026-05-10"} | values
    )


def test_from_opening_to_checked(scene, now, travel):
    page = opened(scene, now, due_on="2026-05-01", text="")
    assert (page.status, page.title[:3]) == (422, "出错：")
    page = page.submit("/new", text="修好东门", due_on="2026-05-10", person="蒋样经理")
    assert "还有 4 天" in page.text
    assert "物业公司 蒋样经理" in page.text
    then = travel(timedelta(days=6))
    company = pages(scene, scene.company[0], then)
    todo = company.get(desk(scene))
    assert "我方有 1 件事要办" in todo.h1
    assert "超期 2 天" in todo.text
    page = todo.follow("修好东门").submit("/explain", text="缺一张发票")
    assert "超期 2 天" in page.text
    page = company.get(desk(scene, "1")).submit(
        "/progress",
        text="门扇装上了",
        percent="60%",
        files={"file": (io.BytesIO(hostile.photo_with_place()), "门口.jpg")},
    )
    assert "做到 60%" in page.text
    picture = page.root.one("main").one("img")
    assert picture.attrs["alt"] == "照片：门口.jpg"
    assert company.client.get(picture.attrs["src"]).mimetype == "image/jpeg"
    page = company.get(desk(scene, "1")).submit("/done", text="试开 20 次")
    assert "等核对" in page.text
    assert "请我方核对" in company.get(desk(scene)).text
    assert "修好东门" not in company.get(desk(scene)).root.all("section")[-2].text
    grid = pages(scene, scene.grid[0], then)
    page = grid.get(desk(scene)).follow("修好东门")
    assert page.submit("/send_back", text="").status == 422
    page = page.submit("/verify", text="看过了")
    assert "核对过，办完了" in page.text
    assert "晚了 2 天" in page.text
    assert queries.get(scene.id, 1).verified_body == "grid"


def test_what_is_overdue_stands_on_top_of_every_list(scene, now, travel):
    opened(scene, now)
    opened(
        scene, now, text="等勘测", due_on="", external="1", agency="住建局", check_on="2026-06-01"
    )
    travel(timedelta(days=9))
    reader = pages(scene, None, now)
    page = reader.get(public(scene))
    assert [a.text for a in page.root.all("li", class_="act__i")[0].all("a")] == ["修好东门"]
    assert "住建局（外面）" in page.text
    assert page.root.all("li", class_="is-ext")
    for query in ("?show=external", "?show=external&body=property", "?show=nonsense&body=x"):
        page = reader.get(public(scene, query))
        assert "修好东门" in page.root.one("main").text, query
        assert "超期 5 天" in page.text
    assert "修好东门" not in reader.get(public(scene, "?show=external&body=grid")).text
    assert "English" not in reader.get(public(scene, "?lang=en")).root.one("main").text
    assert "5 days overdue" in reader.get(public(scene, "?lang=en")).text


def test_rooms_above_tell_what_an_action_came_from(scene, now):
    opened(scene, now)

    @source
    def told(ids):
        return dict.fromkeys(
            ids, Source("东门修缮决定", "/help", "业主大会决定", "样业决〔2026〕1号")
        )

    try:
        assert "东门修缮决定" in pages(scene, None, now).get(public(scene)).text
        assert "东门修缮决定" in pages(scene, None, now).get(public(scene, "/1")).text
    finally:
        _sources.remove(told)


def test_who_may(scene, now):
    opened(scene, now)
    status = {
        who: [
            pages(scene, actor, now).client.get(url).status_code
            for url in (
                public(scene),
                public(scene, "/1"),
                desk(scene),
                desk(scene, "1"),
                desk(scene, "new"),
            )
        ]
        for who, actor in {
            "nobody": None,
            "owner": scene.owners[0],
            "company": scene.company[0],
            "chair": scene.chair,
        }.items()
    }
    assert status == {
        "nobody": [200, 200, 303, 303, 303],
        "owner": [200, 200, 403, 403, 403],
        "company": [200, 200, 200, 200, 403],
        "chair": [200, 200, 200, 200, 200],
    }
    # The chair neither reports for the company nor drops what his committee owes.
    page = pages(scene, scene.chair, now).get(desk(scene, "1"))
    assert [f.attrs["action"].rsplit("/", 1)[1] for f in page.root.one("main").all("form")] == [
        "drop"
    ]
    answer = page.pages.client.post(
        desk(scene, "1/done"),
        data={
            "text": "x",
            "csrf_token": page.form("/drop").one("input", name="csrf_token").attrs["value"],
        },
        headers={"Origin": "http://localhost"},
    )
    assert answer.status_code == 403
    for missing in (public(scene, "/9"), desk(scene, "9")):
        assert pages(scene, scene.chair, now).client.get(missing).status_code == 404


def test_a_file_that_is_none_is_refused_in_words(scene, now):
    opened(scene, now)
    page = pages(scene, scene.company[0], now).get(desk(scene, "1"))
    page = page.submit(
        "/progress", text="写了半天的话", files={"file": (io.BytesIO(b"<svg/>"), "x.jpg")}
    )
    assert page.status == 422
    assert "收照片（JPEG、PNG、WebP）和 PDF" in page.text
    assert "写了半天的话" in page.html
