"""Who may open what: declared on every view, generated from the permission table (trust T11)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Blueprint

from hall.permissions import TABLE, Role
from hall.web import install
from hall.web.access import access_of, own_path
from tests import make
from tests.house.test_roles import ROOMS
from tests.pages import Pages, sign_in
from tests.web.test_headers import addresses

HOME = {"Origin": "http://localhost"}
POSTS = {
    Role.CHAIR: ("committee", "chair"),
    Role.MEMBER: ("committee", "member"),
    Role.CLERK: ("committee", "clerk"),
    Role.SCRUTINEER: ("committee", "scrutineer"),
    Role.BRANCH: ("branch", "secretary"),
    Role.COMMUNITY: ("community", "secretary"),
    Role.GRID: ("grid", "worker"),
    Role.STEWARD: ("committee", "steward"),
    Role.PROPERTY: ("property", "staff"),
}


def person_with(role, estate, now, client):
    """A client signed in as somebody who is exactly this in the estate."""
    who, account = make.person(estate.id), make.account()
    make.link(account.id, who)
    if role is Role.OWNER:
        make.title(make.unit(estate.id, make.building(estate.id).id), who.id)
    elif role in POSTS:
        building = make.building(estate.id).id if role is Role.STEWARD else None
        make.post(who, *POSTS[role], building_id=building)
    sign_in(client, account.id, now)


def guarded(app):
    """(rule, actions) of every view that asks for an action."""
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        if access.kind == "allowed":
            yield rule, access.actions


@pytest.mark.parametrize("role", Role)
def test_matrix(app, client, now, role, short_errors):
    here, there = make.estate(slug="here"), make.estate(slug="there")
    person_with(role, here, now, client)
    assert there
    if role is not Role.CHAIR:  # to whom every address has answered with a whole page
        short_errors()
    for rule, actions in guarded(app):
        # Whoever is a person of the estate is a resident of it too.
        may = any(TABLE[a] & {role, Role.RESIDENT} for a in actions)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            values = {
                a: 999999 if type(c).__name__ == "IntegerConverter" else "nope"
                for a, c in rule._converters.items()
            }
            for slug, expected in (("here", may), ("there", False)):
                url = app.url_map.bind("localhost").build(
                    rule.endpoint, values | {"slug": slug}, method
                )
                response = client.open(url, method=method, headers=HOME)
                if expected:
                    assert response.status_code != 403, (role, method, url)
                    assert response.status_code < 500, (role, method, url)
                else:
                    assert response.status_code == 403, (role, method, url, response.status_code)


def test_readers_are_sent_to_sign_in_and_writers_are_told(app, client):
    make.estate(slug="here")
    asking = {r.endpoint for r, _ in guarded(app)} | {
        e for e, v in app.view_functions.items() if access_of(v).kind == "signed_in"
    }
    assert len(asking) > 5
    for url in addresses(app, "GET"):
        endpoint = app.url_map.bind("localhost").match(url)[0]
        if endpoint in asking:
            response = client.get(url)
            assert response.status_code == 303, url
            assert response.headers["Location"].startswith("/login?next=")
    for url in addresses(app, "POST"):
        endpoint = app.url_map.bind("localhost").match(url, method="POST")[0]
        if endpoint in asking:
            assert client.post(url, headers=HOME).status_code == 401, url


def test_a_view_without_declaration_stops_the_app(app):
    bare = Blueprint("bare", __name__)
    bare.add_url_rule("/bare", "thing", lambda: "x")
    from hall import app as module

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module.blueprints, "ALL", (*module.blueprints.ALL, bare))
        with pytest.raises(RuntimeError, match=r"no access rule on: bare\.thing"):
            module.create_app(_settings(app))
    assert install.after_blueprints


def _settings(app):
    from pathlib import Path

    from hall.settings import Settings

    return Settings(
        instance=Path(app.instance_path),
        database_url=app.config["SQLALCHEMY_DATABASE_URI"],
        secret_key="only for tests, thirty-two bytes at least",
        testing=True,
    )


def masked(html):
    """A page without what differs on every request."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", html)


def test_an_unknown_estate_looks_like_an_unknown_page(client):
    make.estate(slug="here")
    unknown = masked(client.get("/e/nowhere/").text)
    assert unknown == masked(client.get("/nowhere").text)
    assert unknown == masked(client.get("/desk/nowhere/anything").text)


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "/a b",
        "\\\\evil",
        "/\t/evil.example",
        "e/here/",
    ],
)
def test_only_own_paths_to_go_on_to(target):
    assert own_path(target) is None


def test_an_own_path_is_kept():
    assert own_path("/e/here/?page=2") == "/e/here/?page=2"


def test_idle_owner_is_signed_out_after_twelve_hours(client, now, travel):
    estate = make.estate(slug="here")
    person_with(Role.OWNER, estate, now, client)
    travel(timedelta(hours=11, minutes=59))
    assert Pages(client).get("/e/here/me").h1 == "我的"
    travel(timedelta(hours=11, minutes=59))
    assert Pages(client).get("/e/here/me").h1 == "我的"
    travel(timedelta(hours=12, minutes=1))
    assert client.get("/e/here/me").status_code == 303


def test_idle_staff_is_signed_out_after_half_an_hour(client, now, travel):
    estate = make.estate(slug="here")
    person_with(Role.CHAIR, estate, now, client)
    travel(timedelta(minutes=29))
    assert client.get("/e/here/me").status_code == 200
    travel(timedelta(minutes=31))
    assert client.get("/e/here/me").status_code == 303


def test_staff_signs_in_again_after_twelve_hours(client, now, travel):
    estate = make.estate(slug="here")
    person_with(Role.CHAIR, estate, now, client)
    for _ in range(28):
        travel(timedelta(minutes=25))
        assert client.get("/e/here/me").status_code == 200
    travel(timedelta(minutes=25))
    assert client.get("/e/here/me").status_code == 303


def test_what_was_typed_waits_behind_signing_in(client, now, travel):
    estate = make.estate(slug="here")
    person_with(Role.OWNER, estate, now, client)
    travel(timedelta(hours=13))
    page = Pages(client).post(
        "/me/sessions/7/end", {"note": "写了半小时", "password": "x"}, status=401
    )
    assert page.h1 == "为了安全请重新登录"
    assert "您填的内容还在" in page.text
    login = page.submit("/login")
    assert "您填的内容还在" in login.text
    assert "写了半小时" not in login.form("/login").one("input", name="login").attrs["value"]


def test_a_signed_blob_of_somebody_else_is_ignored(client):
    page = Pages(client).get("/login")
    token = page.form("/login").one("input", name="csrf_token").attrs["value"]
    response = client.post("/login", data={"csrf_token": token, "step": "keep", "kept": "made up"})
    assert response.status_code == 200
    assert "made up" not in response.text


@pytest.mark.parametrize("role", [Role.CHAIR, Role.COMMUNITY, Role.OWNER])
def test_another_estates_object_looks_like_a_missing_one(app, client, now, role):
    """Ids 1 to 3 are taken in the other estate by units, posts and persons; 999999 by nobody.

    Nothing of the rooms of tests/house/test_roles.py is here; there each object is a real one.
    """
    there = make.estate(slug="there")
    building = make.building(there.id)
    for _ in range(3):
        make.home(there.id, building.id)
        make.post(make.person(there.id), "committee", "member")
    here = make.estate(slug="here")
    person_with(role, here, now, client)
    token = Pages(client).get("/me").form("/logout").one("input", name="csrf_token").attrs["value"]
    tried = 0
    for rule in app.url_map.iter_rules():
        ids = [a for a, c in rule._converters.items() if type(c).__name__ == "IntegerConverter"]
        if not ids or "slug" not in rule.arguments or rule.endpoint.split(".")[0] in ROOMS:
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            pages = []
            for wanted in (1, 2, 999999):
                values = {a: wanted if a in ids else "nope" for a in rule.arguments} | {
                    "slug": "here"
                }
                url = app.url_map.bind("localhost").build(rule.endpoint, values, method)
                response = client.open(url, method=method, headers=HOME, data={"csrf_token": token})
                pages.append((response.status_code, masked(response.text).replace(url, "")))
            if pages[-1][0] == 404:
                assert pages[0] == pages[1] == pages[2], rule
                tried += 1
    assert tried > 3


def test_crawlers_are_told(client):
    text = client.get("/robots.txt").text
    assert "Disallow: /desk/" in text
