"""The demo through the real services, on both databases: what a visitor is promised to find."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from hall import clock
from hall.app import create_app
from hall.ballots import queries as ballots
from hall.ballots.rules import Phase
from hall.bodies import queries as bodies
from hall.cli import db as db_command
from hall.cli import demo
from hall.cli.demo.accounts import ACCOUNTS, PASSWORD
from hall.cli.demo.stage import DATA
from hall.cli.estate import add_estate
from hall.db import db
from hall.errors import Refused
from hall.estates import queries as estates
from hall.people import queries as people
from hall.people import service as people_service
from hall.permissions import Role
from hall.resolutions import queries as resolutions
from hall.settings import BadSettings
from tests.cli.conftest import installed
from tests.conftest import KINDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=KINDS)
def settings(request, loaded):
    return loaded(request.param)


@pytest.fixture
def inside(settings):
    """An application context of the installation."""
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.rollback()
        db.engine.dispose()


def _estate(slug):
    found = estates.find_by_slug(slug)
    assert found is not None
    return found


def test_the_two_estates_are_as_the_article_has_them(inside):
    first, second = _estate("xiangcheng"), _estate("qingyin")
    assert (first.households, first.site_area_cm2, first.built_year) == (238, 149_300_000, 2011)
    assert (first.theme, first.has_committee, first.street) == ("法治", True, "胜利街道")
    assert (second.households, second.has_committee, second.street) == (157, False, "胜利街道")
    assert (first.demo, second.demo) == (True, True)
    assert (first.community, second.community) == ("桑园社区", "白龙社区")


def test_last_years_decision_is_adopted_and_final(inside):
    estate, now = _estate("xiangcheng"), clock.now()
    ballot = ballots.get(estate.id, 1)
    assert (ballot.kind, ballot.matter, ballot.phase(now)) == ("statutory", 5, Phase.FINAL)
    docno = resolutions.of_ballot(ballot.id)
    found = resolutions.find(estate.id, docno)
    assert (found.verdict, len(found.decided)) == ("adopted", 3)
    assert clock.local_date(found.published_at).year == clock.local_date(now).year - 1
    (objection,) = ballots.objections(ballot.id)
    assert objection.upheld is False


def test_the_renewal_is_open_and_two_thirds_are_not_reached(inside):
    estate, now = _estate("xiangcheng"), clock.now()
    ballot = ballots.get(estate.id, 2)
    assert (ballot.kind, ballot.matter, ballot.phase(now)) == ("statutory", 4, Phase.OPEN)
    assert ballot.noticed_at < now - timedelta(days=16)
    assert timedelta(days=6) < ballot.close_at - now < timedelta(days=8)
    now_in = ballots.turnout(ballot.id)
    assert now_in.heads_total * 50 < now_in.heads * 100 < now_in.heads_total * 60
    assert now_in.area_total * 50 < now_in.area * 100 < now_in.area_total * 60


def test_the_third_round_has_302_in_front(inside):
    estate, now = _estate("qingyin"), clock.now()
    third = ballots.get(estate.id, 3)
    assert [ballots.get(estate.id, n).previous_n for n in (1, 2, 3)] == [None, 1, 2]
    assert third.phase(now) is Phase.FINAL
    (totals,) = ballots.result(third.id).totals
    question = third.questions[0]
    counted = {question.label_of(key): pile.heads for key, pile in totals.options}
    # Rule book E16: 157 asked, 131 answer.
    assert counted == {
        "302小区党支部": 84,
        "清音小区党支部": 31,
        "其他名字": 9,
        "以上都不合适": 7,
    }
    assert (third.heads, totals.participating.heads) == (157, 131)
    assert resolutions.find(estate.id, resolutions.of_ballot(third.id)).verdict == "advisory"


def test_a_legal_vote_at_qingyin_is_a_draft_that_cannot_be_noticed(inside):
    estate, now = _estate("qingyin"), clock.now()
    draft = ballots.get(estate.id, 4)
    assert (draft.kind, draft.channels, draft.phase(now)) == ("statutory", ("paper",), Phase.DRAFT)
    codes = {b.code for b in ballots.notice_blockers(estate.id, 4, now)}
    assert "paper_register_missing" in codes
    assert (estate.online_clause, estate.street_confirmation) == ("", "")


@pytest.mark.parametrize("slug", ["xiangcheng", "qingyin"])
def test_the_partys_line_reaches_every_building(inside, slug):
    estate = _estate(slug)
    line = bodies.line(estate.id)
    assert [g.level for g in line if g.level < 4] == [1, 2, 3]
    groups = [g for g in line if g.level == 4]
    assert {g.building for g in groups} == {b.name for b in estates.buildings(estate.id)}
    assert all("样" in g.contact or "例" in g.contact for g in groups)


def test_everybody_on_the_list_can_sign_in_and_has_the_role(settings, inside):
    now = clock.now()
    text = demo.who_can_sign_in(settings)
    roles = {}
    for account in ACCOUNTS:
        assert account.login in text
        signed = people_service.sign_in(
            account.login, PASSWORD, client="test", user_agent="test", now=now
        )
        assert signed.must_change is False
        actor = people.visitor(signed.token, now)
        roles[account.login] = {r for _, r in actor.roles}
    for login in ("owner1", "owner2", "owner3", "owner4"):
        assert Role.OWNER in roles[login]
    for login in ("chair", "member", "clerk", "scrutineer", "community", "steward", "property"):
        assert Role(login) in roles[login]
    assert Role.CHAIR in roles["organizer"]
    assert Role.COMMUNITY in roles["bailong"]


def test_the_three_owners_stand_where_the_list_says(inside):
    estate, now = _estate("xiangcheng"), clock.now()
    ballot = ballots.get(estate.id, 2)
    pages = {}
    for login in ("owner1", "owner2", "owner3"):
        signed = people_service.sign_in(login, PASSWORD, client="t", user_agent="t", now=now)
        pages[login] = ballots.voter_page(ballot, people.visitor(signed.token, now), now).groups
    (one,), (two,), (shared,) = pages["owner1"], pages["owner2"], pages["owner3"]
    assert (len(one.units), one.heads, one.sheet, one.blockers) == (1, 1, None, ())
    assert (len(two.units), two.heads, two.sheet, two.blockers) == (2, 1, None, ())
    assert shared.co_owned
    assert shared.sheet is not None
    assert shared.sheet.mine is False


def test_loading_twice_is_refused(settings):
    with pytest.raises(BadSettings, match="in use"):
        demo.load(settings)


def test_reset_makes_the_demo_anew_but_spares_a_real_estate(tmp_path):
    settings = installed(tmp_path, f"sqlite:///{tmp_path / 'hall.sqlite'}")
    db_command.upgrade(settings)
    with create_app(settings).app_context():
        values = {
            "slug": "yangben", "name": "样本小区", "short_name": "样", "households": 2,
            "organizer": "业主委员会", "created_at": clock.now(),
        }  # fmt: skip
        add_estate("样街道", "样社区", demo=True, **values)
        db.engine.dispose()
    assert demo.who_can_sign_in(settings) == ""
    demo.clear(settings)
    with sqlite3.connect(tmp_path / "hall.sqlite") as c:
        assert c.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == []
    c.close()
    db_command.upgrade(settings)
    with create_app(settings).app_context():
        add_estate("样街道", "样社区", **values)
        db.engine.dispose()
    with pytest.raises(BadSettings, match="real estate"):
        demo.clear(settings)


def test_the_files_it_imports_are_the_ones_the_importer_is_tested_with():
    for name in ("xiangcheng.xlsx", "qingyin.xlsx"):
        assert (DATA / name).read_bytes() == (ROOT / "tests/data/roll" / name).read_bytes()


def test_an_account_that_is_not_listed_does_not_take_the_demos_password(inside):
    logins = db.session.execute(db.text("SELECT username FROM account")).scalars().all()
    other = next(n for n in logins if n.startswith("xc-"))
    with pytest.raises(Refused, match="wrong_credentials"):
        people_service.sign_in(other, PASSWORD, client="x", user_agent="x", now=clock.now())
