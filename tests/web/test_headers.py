"""Security headers on every route and every error page, word for word (trust T15)."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import OperationalError

from hall.errors import Blocker, Refused
from tests import make
from tests.pages import Pages, sign_in

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def check(response):
    h = response.headers
    assert h["Content-Security-Policy"] == CSP
    assert h["X-Content-Type-Options"] == "nosniff"
    assert h["Referrer-Policy"] == "same-origin"
    assert h["X-Frame-Options"] == "DENY"
    assert h["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in h  # plain http in tests
    assert "Access-Control-Allow-Origin" not in h
    if response.mimetype.startswith("text/"):
        assert "charset=utf-8" in h["Content-Type"].lower()


def addresses(app, method):
    """An address for every rule that knows the method; objects that do not exist."""
    found = []
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "static":
            values = {
                a: 999999 if type(c).__name__ == "IntegerConverter" else "nope"
                for a, c in rule._converters.items()
            }
            if "slug" in rule.arguments:
                values["slug"] = "here"
            found.append(app.url_map.bind("localhost").build(rule.endpoint, values, method))
    return sorted(set(found))


def test_every_page_read(app, client):
    make.estate(slug="here")
    for url in addresses(app, "GET"):
        response = client.get(url)
        assert response.status_code < 500, url
        check(response)


def test_every_page_read_by_staff_is_not_stored(app, client, now):
    estate = make.estate(slug="here")
    who, account = make.person(estate.id), make.account()
    make.link(account.id, who)
    make.post(who, "committee", "chair")
    sign_in(client, account.id, now)
    for url in addresses(app, "GET"):
        response = client.get(url)
        assert response.status_code < 500, url
        check(response)
        assert response.headers["Cache-Control"] == "no-store", url


def test_every_form_without_a_token(app, client):
    make.estate(slug="here")
    for url in addresses(app, "POST"):
        response = client.post(url)
        # Who is signed out changes language and size of type without one: no session, nothing to forge.
        refused = (303,) if url.startswith("/prefs/") else (400, 401, 404)
        assert response.status_code in refused, (url, response.status_code)
        check(response)
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("url", ["/nope", "/e/nope/", "/desk/nope/"])
def test_missing(client, url):
    check(client.get(url))


def test_method_not_allowed(client):
    response = client.post("/help", headers={"Origin": "http://localhost"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    check(response)


def test_too_large(client):
    response = client.post("/login", data={"login": "x" * 7_000_000})
    assert response.status_code == 413
    check(response)


def test_database_gone(client, monkeypatch):
    make.estate(slug="here")

    def gone(_slug):
        raise OperationalError("select", {}, Exception("disk full"))

    monkeypatch.setattr("hall.estates.queries.find_by_slug", gone)
    page = Pages(client).get("/e/here/", status=503)
    assert page.h1 == "未记录， 请重试或投纸质票"
    assert page.headers["Retry-After"] == "10"
    assert "disk full" not in page.html
    check(client.get("/e/here/"))


def test_a_fault_of_ours(app, client, monkeypatch):
    def broken():
        raise ZeroDivisionError("secret detail")

    monkeypatch.setitem(app.view_functions, "pages.help_", broken)
    broken.hall_access = app.view_functions["pages.rules"].hall_access
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    response = client.get("/help")
    assert response.status_code == 500
    assert "secret detail" not in response.text
    check(response)


@pytest.mark.parametrize(("code", "status"), [("throttled", 429), ("login_taken", 409)])
def test_refusals(app, client, monkeypatch, now, travel, code, status):
    def refuse():
        raise Refused(Blocker(code, not_before=travel.now.replace(hour=5)))

    refuse.hall_access = app.view_functions["pages.rules"].hall_access
    monkeypatch.setitem(app.view_functions, "pages.help_", refuse)
    response = client.get("/help")
    assert response.status_code == status
    check(response)
    if status == 429:
        assert response.headers["Retry-After"] == str(3 * 3600 + 1)


def test_strict_transport_when_https(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "HALL_HTTPS", True)
    assert client.get("/help").headers["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains"
    )


def test_static_files_are_kept_by_content(app, client):
    page = client.get("/").text
    style = next(p for p in page.split('"') if "base.css" in p)
    with client.get(style) as response:
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["Content-Security-Policy"] == CSP
    with client.get("/static/css/base.css") as bare:
        assert "immutable" not in bare.headers["Cache-Control"]
    assert client.get("/static/../hall.toml").status_code == 404
    assert client.get("/static/").status_code == 404


def test_sign_out_clears_the_site(client, now):
    account = make.account()
    sign_in(client, account.id, now)
    page = Pages(client).get("/me")
    form = page.form("/logout")
    token = form.one("input", name="csrf_token").attrs["value"]
    response = client.post("/logout", data={"csrf_token": token})
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    check(response)
