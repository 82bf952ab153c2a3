"""The front door in a real browser: readable on a phone, with and without JavaScript."""

from __future__ import annotations

import pytest

from tests import make

pytestmark = pytest.mark.browser


def test_the_front_door_opens(server, page390, page1280, axe, no_sideways_scroll, picture):
    make.estate(name="样板小区")
    for page, name in ((page390, "home-390"), (page1280, "home-1280")):
        page.goto("/")
        assert "议事厅" in page.inner_text("header")
        axe(page)
        no_sideways_scroll(page)
        picture(page, name)


def test_the_front_door_needs_no_javascript(server, nojs390):
    make.estate(name="样板小区")
    nojs390.goto("/")
    assert "议事厅" in nojs390.inner_text("header")
