"""Every page of a thread under axe, on a phone and at a desk, in both languages and in elder mode."""

from __future__ import annotations

from datetime import date

import pytest

from hall import clock
from hall.db import db
from hall.threads import service
from tests.browser.conftest import DESK, PHONE
from tests.pages import sign_in
from tests.threads.scene import stage

pytestmark = pytest.mark.browser
LONG = "停车收入每季度公布一次。" * 30 + "\n\n- 一\n- 二\n\n" + "长" * 300


@pytest.fixture
def talk(server, now):
    """A thread with every kind of comment, and the cookies of its people."""
    scene = stage(now)
    thread, estate = scene.thread, scene.estate.id
    first = scene.say("owner", "三年太长了。**两年**就够。", alignment="against", now=now)
    scene.say("tenant", "我也觉得", parent_id=first, show_name=False, now=now)
    scene.answer(first, now=now)
    scene.answer(first, "vice", text="改为两年，每年评议。", now=clock.now())
    service.echo(scene.who["owner2"], estate, first, on=True, now=now)
    mine = scene.say("owner", LONG, now=now)
    scene.say("branch", "مرحبا بالجميع", post_id=scene.post["branch"], now=now)
    service.record_voice(
        scene.who["grid"], estate, thread, text="电话里说不同意", name="胡阿姨", place="6栋",
        source="phone", spoken_on=date(2026, 5, 5), read_back=True, post_id=scene.post["grid"],
        now=now,
    )  # fmt: skip
    hidden = scene.say("owner", "住三楼那位，电话 13800006612", now=now)
    scene.report(hidden, now=now)
    scene.moderate(hidden, now=now)
    service.appeal(scene.who["owner"], estate, hidden, text="没有骂人", now=now)
    masked = scene.say("owner", "叫他 13800006612", now=now)
    scene.report(masked, reason="privacy", now=now)
    scene.moderate(masked, act="mask", masked_text="叫他 ███", reason="保护电话", now=now)
    reported = scene.say("tenant", "谁想挂广告谁心里有鬼", now=now)
    scene.report(reported, text="骂人", about_body="community", now=now)
    gone = scene.say("tenant", "不说了", now=now)
    service.withdraw(scene.who["tenant"], estate, gone, now=now)
    edited = scene.say("owner2", "写错", now=now)
    service.edit(scene.who["owner2"], estate, edited, text="写对", alignment="", now=now)
    db.session.rollback()
    e, d = f"/e/{scene.estate.slug}", f"/desk/{scene.estate.slug}"
    t = f"{e}/threads/{thread}"
    paths = {
        None: (t, f"{e}/answers", f"{t}/c/{first}", f"{t}/c/{edited}"),
        "owner": (
            f"{t}?sort=newest", f"{t}/write?to={first}", f"{t}/c/{mine}/edit",
            f"{t}/c/{mine}/withdraw", f"{t}/c/{edited}/report", f"{t}/c/{masked}/appeal",
        ),
        "grid": (f"{t}/record",),
        "chair": (f"{d}/answers", f"{d}/answers/{mine}", f"{d}/moderation"),
        "community": (f"{d}/moderation", f"{d}/moderation/{hidden}"),
        "branch": (f"{d}/moderation",),
    }  # fmt: skip
    return scene, paths


def cookie(server, scene, role, now):
    """The session cookie of one of the people."""
    client = server.app.test_client()
    sign_in(client, scene.who[role].account_id, now)
    found = client.get_cookie("session") or next(iter(client._cookies.values()))
    return {"name": found.key, "value": found.value, "url": server.base}


@pytest.mark.parametrize(
    ("mode", "query", "size"),
    [("zh", "lang=zh", DESK), ("en", "lang=en", PHONE), ("elder", "elder=1", PHONE)],
)
def test_no_page_of_a_thread_has_a_fault(
    mode, query, size, server, talk, window, axe, no_sideways_scroll, picture, now
):
    scene, paths = talk
    faults = []
    page = window(size | {"height": 8000})
    page.goto(f"/privacy?{query}")
    for role, addresses in paths.items():
        if role is not None:
            page.context.add_cookies([cookie(server, scene, role, now)])
        for n, path in enumerate(addresses):
            answer = page.goto(path)
            assert answer.status == 200, path
            picture(page, f"threads-{mode}-{role or 'out'}-{n}")
            for check in (axe, no_sideways_scroll):
                try:
                    check(page)
                except AssertionError as fault:
                    faults.append(f"{role} {path}: {fault}")
    assert faults == []
