"""Posts come with a token and from our own pages; reading never writes (trust T12)."""

from __future__ import annotations

import pytest

from tests import make
from tests.pages import Pages, sign_in
from tests.web.test_headers import addresses

HOME = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "SELECT NEXTVAL")


@pytest.fixture
def chair(client, now):
    estate = make.estate(slug="here")
    building = make.building(estate.id)
    make.owner(estate.id, building.id)
    account = make.account()
    who = make.person(estate.id)
    make.link(account.id, who)
    for body, title in (
        ("committee", "chair"),
        ("committee", "clerk"),
        ("committee", "scrutineer"),
    ):
        make.post(who, body, title)
    make.title(make.unit(estate.id, building.id), who.id)
    sign_in(client, account.id, now)
    return client


def token_of(browser) -> str:
    """A right token, as on any page of somebody signed in."""
    form = Pages(browser).get("/me").form("/logout")
    return form.one("input", name="csrf_token").attrs["value"]


ELSEWHERE = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)
# Each has one fault only, so that neither check stands in for the other: a form from elsewhere has
# the right token, one from here or from who knows where has none or a bad one.
FORGED = [(h, "right") for h in ELSEWHERE] + [
    (h, token) for h in (HOME, {}) for token in (None, "wrong", "")
]


@pytest.mark.parametrize(("headers", "token"), FORGED)
def test_every_post_is_refused(app, chair, count_queries, short_errors, headers, token):
    data = {"x": "y"} if token is None else {"csrf_token": token}
    if token == "right":
        data["csrf_token"] = token_of(chair)
    if token is not None and headers != ELSEWHERE[0]:
        short_errors()  # the three pages there are were written out for each address by the others
    for url in addresses(app, "POST"):
        with count_queries() as q:
            response = chair.post(url, data=data, headers=headers)
        assert response.status_code in (400, 403, 404), (url, response.status_code)
        assert not [s for s in q.statements if s.lstrip().upper().startswith(WRITES)], url


def test_a_right_token_from_elsewhere_is_refused(chair):
    token = token_of(chair)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert chair.post("/logout", data={"csrf_token": token}, headers=headers).status_code == 400
    assert Pages(chair).get("/me").h1 == "我的账号"
    assert chair.post("/logout", data={"csrf_token": token}, headers=HOME).status_code == 303


def test_reading_writes_nothing(app, chair, count_queries):
    for url in addresses(app, "GET"):
        with count_queries() as q:
            chair.get(url)
        assert not [s for s in q.statements if s.lstrip().upper().startswith(WRITES)], url


def test_a_forged_post_is_not_offered_again(chair):
    response = chair.post(
        "/me/sessions/end", data={"x": "forged"}, headers={"Origin": "https://evil.example"}
    )
    assert response.status_code == 400
    assert "forged" not in response.text


def test_what_was_typed_survives_a_lost_token(chair):
    response = chair.post("/me/password", data={"old": "a", "note": "我写了很久"}, headers=HOME)
    assert response.status_code == 400
    assert "我写了很久" in response.text
    assert 'action="/me/password"' in response.text


def test_secrets_are_not_carried_over(chair):
    response = chair.post(
        "/login", data={"login": "样本", "password": "tell nobody", "code": "Q4TN"}, headers=HOME
    )
    assert response.status_code == 400
    assert "tell nobody" not in response.text
    assert "Q4TN" not in response.text
