"""Proposals on screen: proposing, letting in, commenting, closing a round, reading what changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hall import clock
from tests.pages import Pages, sign_in
from tests.proposals.scene import DAY, WORDING, stage

TYPED = {
    "title": WORDING.title,
    "what": WORDING.what,
    "cost": WORDING.cost,
    "how_long": WORDING.how_long,
    "unhappy": WORDING.unhappy,
    "if_not": WORDING.if_not,
    "text": WORDING.text,
}


@pytest.fixture
def scene(app, now):
    return stage()


@pytest.fixture
def browse(app, scene):
    def browser(actor=None) -> Pages:
        client = app.test_client()
        if actor is not None:
            sign_in(client, actor.account_id, clock.now())
        return Pages(client)

    return browser


def base(scene, rest=""):
    return f"/e/{scene.estate.slug}/proposals{rest}"


def desk(scene, rest=""):
    return f"/desk/{scene.estate.slug}/proposals{rest}"


def test_from_idea_to_round_to_page(scene, browse, travel, now):
    owner, chair = browse(scene.owners[0]), browse(scene.chair)
    form = owner.get(base(scene, "/new"))
    page = form.submit(
        base(scene, "/new"), button="看一遍", **TYPED, _track="statutory", _matter="8"
    )
    assert page.h1 == WORDING.title
    assert WORDING.title in browse().get(base(scene)).text
    chair.get(desk(scene, "/1")).submit(desk(scene, "/1/screen"), button="列入商量")
    closes = (now + 8 * DAY).astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    chair.get(desk(scene, "/1")).submit(
        desk(scene, "/1/rounds"), question="哪一条要改？", _now="1", closes_at=closes
    )
    travel(timedelta(hours=1))
    shown = browse(scene.owners[1]).get(base(scene, "/1"))
    assert "第 1 轮征求意见" in shown.text
    assert "说说您的看法" in shown.text
