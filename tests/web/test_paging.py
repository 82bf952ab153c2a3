"""Pages of a long list."""

from __future__ import annotations

import pytest

from hall.web.paging import Page, page_of


@pytest.mark.parametrize(
    ("asked", "total", "number", "pages"),
    [
        ("", 0, 1, 1),
        ("page=1", 40, 1, 2),
        ("page=2", 40, 2, 2),
        ("page=3", 40, 2, 2),
        ("page=2", 41, 2, 3),
        ("page=0", 41, 1, 3),
        ("page=-1", 41, 1, 3),
        ("page=x", 41, 1, 3),
        ("page=９", 41, 1, 3),
        ("page=99999999999", 41, 1, 3),
    ],
)
def test_the_page_asked_for_or_the_nearest(app, asked, total, number, pages):
    with app.test_request_context(f"/?{asked}"):
        found = page_of(total)
    assert (found.number, found.pages) == (number, pages)


def test_neighbours():
    assert (Page(1, 20, 41).previous, Page(1, 20, 41).next) == (None, 2)
    assert (Page(3, 20, 41).previous, Page(3, 20, 41).next) == (2, None)
    assert Page(3, 20, 41).offset == 40
