"""Minutes at every stage under axe, at a desk and in English on a phone; the papers on A4."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from hall import clock
from hall.db import db
from hall.meetings import service
from hall.meetings.queries import minutes as reads
from tests.browser.conftest import DESK, PHONE
from tests.meetings.scene import SOON, Scene, scene
from tests.meetings.test_minutes_service import draft, ended, sign
from tests.pages import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def look(server, window, axe, no_sideways_scroll):
    """look(actor, *paths): no fault in Chinese at a desk nor in English on a phone; gives the page."""
    client, name = server.app.test_client(), server.app.config["SESSION_COOKIE_NAME"]
    page = window(DESK | {"height": 4000})

    def check(actor, *paths: str) -> Page:
        sign_in(client, actor.account_id, clock.now())
        db.session.rollback()
        cookie = {"name": name, "value": client.get_cookie(name).value, "url": server.base}
        page.context.add_cookies([cookie])
        for path in paths:
            for size, query in ((DESK, "lang=zh"), (PHONE, "lang=en")):
                page.set_viewport_size(size | {"height": 4000})
                answer = page.goto(f"{path}?{query}")
                assert answer is not None
                assert answer.status == 200, path
                no_sideways_scroll(page)
                axe(page)
        return page

    return check


def pages_on_paper(page: Page, path: str) -> list[tuple[int, int]]:
    """Width and height in mm of each page that printing this address gives."""
    page.goto(path + "?lang=zh")
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    boxes = [p.mediabox for p in printed.pages]
    return [(round(b.width / 72 * 25.4), round(b.height / 72 * 25.4)) for b in boxes]


def test_minutes_from_draft_to_paper(server, travel, look):
    place: Scene = scene()
    slug, chair = place.estate.slug, place.chair
    n = ended(place, travel)
    at_desk, page = f"/desk/{slug}/meetings/{n}/minutes", f"/e/{slug}/meetings/{n}"
    service.write_minutes(chair, place.id, n, draft(place, n), revision=0, now=travel.now)
    look(chair, at_desk)
    digest = service.circulate_minutes(chair, place.id, n, revision=1, now=travel(SOON))
    sign(place, n, "community", digest, travel(SOON))
    sign(place, n, "branch", digest, travel(SOON), signed=False, remark="时间没有核对")
    service.correct_minutes(
        place.who["property"], place.id, n, passage="逐一", text="物业没有发言", now=travel.now
    )
    look(chair, at_desk, page + "/minutes")
    row = reads.sheet(place.id, n).corrections[0]
    service.answer_correction(
        chair, place.id, n, row.id, taken=False, reply="有录音", now=travel.now
    )
    travel(reads.sheet(place.id, n).minutes.sign_by)
    service.publish_minutes(chair, place.id, n, now=travel.now)
    printer = look(chair, page + "/minutes", page, page + "/minutes/print")
    a4 = [(210, 297)]
    assert pages_on_paper(printer, page + "/minutes/print") == a4
    assert pages_on_paper(printer, page + "/notice") == a4
    assert pages_on_paper(printer, f"/desk/{slug}/meetings/{n}/signin") == a4
