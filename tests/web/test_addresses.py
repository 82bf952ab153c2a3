"""Addresses that templates remember are those that Flask builds."""

from __future__ import annotations

import os

import pytest
from flask import g
from flask import url_for as flask_url_for

from hall.web.addresses import url_for
from tests import make


@pytest.fixture
def estate(app):
    return make.estate(slug="here")


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("proposals.show", {"n": 1}),
        ("proposals.show", {"n": 1, "slug": "there"}),
        ("proposals.show", {"n": 1, "_anchor": "talk", "sort": "新的"}),
        ("proposals.show", {"n": 1, "_external": True}),
        ("threads.write", {"thread_id": 3, "to": 4, "next": "/e/here/proposals/1?a=b&c=d"}),
        ("threads.write", {"thread_id": 3, "next": "/" + "长" * 200}),
        ("files.serve", {"file_id": 7, "name": "a b.pdf"}),
        ("static", {"filename": "css/base.css"}),
        ("static", {"filename": "css/none.css"}),
        ("home.index", {}),
    ],
)
def test_it_is_flasks_own_twice(app, estate, endpoint, values):
    with app.test_request_context("/e/here/"):
        g.estate = estate
        expected = flask_url_for(endpoint, **values)
        assert [url_for(endpoint, **values) for _ in range(2)] == [expected] * 2


def test_each_estate_and_place_has_its_own(app, estate):
    other = make.estate(slug="there")
    found = []
    for here, root in ((estate, ""), (other, ""), (estate, "/hall"), (estate, "")):
        with app.test_request_context("/e/x/", environ_overrides={"SCRIPT_NAME": root}):
            g.estate = here
            found.append(url_for("proposals.show", n=1))
    assert found == [
        "/e/here/proposals/1",
        "/e/there/proposals/1",
        "/hall/e/here/proposals/1",
        "/e/here/proposals/1",
    ]


def test_true_is_not_one(app, estate):
    with app.test_request_context("/"):
        assert url_for("home.index", a=1) == "/?a=1"
        assert url_for("home.index", a=True) == "/?a=True"


def test_a_changed_file_has_another_address(app, tmp_path, monkeypatch):
    file = tmp_path / "css" / "base.css"
    file.parent.mkdir()
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    found = []
    for at, text in enumerate(("a{}", "b{}")):
        file.write_text(text)
        os.utime(file, ns=(at, at))
        with app.test_request_context("/"):
            found.append(url_for("static", filename="css/base.css"))
    assert found[0] != found[1]
