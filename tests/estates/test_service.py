"""An estate comes in, its facts and the legal reach of online sheets are recorded."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from hall.db import db
from hall.errors import Forbidden, NotFound, Refused
from hall.estates import queries, service
from hall.estates.models import Community, Estate, Street
from hall.estates.service import EstateFacts
from hall.journal.models import JournalEntry
from hall.permissions import Role
from tests import make


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def add(now, slug="yangben", **values):
    given = {
        "name": "样本小区",
        "short_name": "样本",
        "households": 24,
        "organizer": "样本小区业主委员会",
        "created_at": now,
    } | values
    return service.add_estate("样街道", "样社区", slug=slug, **given)


def refusal(call):
    with pytest.raises(Refused) as e:
        call()
    return [b.code for b in e.value.blockers]


def test_street_and_community_are_shared_by_their_estates(app, now):
    one, two = add(now), add(now, "yangban")
    assert [count(t) for t in (Street, Community, Estate)] == [1, 1, 2]
    row = queries.get(two)
    assert (row.street, row.community, row.slug) == ("样街道", "样社区", "yangban")
    assert {e.id for e in queries.every()} == {one, two}
    assert queries.find_by_slug("nowhere") is None


def test_a_new_estate_asks_before_anything_is_online(app, now):
    row = queries.get(add(now))
    assert (row.online_must_use_official, row.online_clause, row.street_confirmation) == (
        None,
        "",
        "",
    )


def test_an_address_name_belongs_to_one_estate(app, now):
    add(now)
    assert refusal(lambda: add(now)) == ["estate_exists"]
    assert count(Estate) == 1


def test_facts_are_corrected_by_the_community_and_kept_in_the_journal(app, now):
    e = make.estate(phone="0833-0000000", theme="旧题")
    by = make.actor(e.id, Role.COMMUNITY)
    facts = EstateFacts(theme=" 老小区焕新 ", households=238, phone="0833-0000000")
    service.update_facts(by, e.id, facts, now=now)
    row = queries.get(e.id)
    assert (row.theme, row.households, row.phone) == ("老小区焕新", 238, "0833-0000000")
    (entry,) = db.session.scalars(select(JournalEntry))
    assert json.loads(entry.facts) == {"theme": "老小区焕新", "households": 238}
    service.update_facts(by, e.id, facts, now=now)
    assert count(JournalEntry) == 1  # nothing changed, nothing is recorded


def test_facts_are_refused_whole(app, now):
    e = make.estate()
    by = make.actor(e.id, Role.COMMUNITY)
    wrong = EstateFacts(households=0, organizer=" ", theme="新题")
    assert refusal(lambda: service.update_facts(by, e.id, wrong, now=now)) == [
        "households_wrong",
        "organizer_missing",
    ]
    assert queries.get(e.id).theme == ""


REACH = {
    "must_use_official": False,
    "clause": "议事规则第十条",
    "confirmation": "样街办函〔2026〕1号",
    "confirmed_on": date(2026, 5, 6),
}


def test_legal_reach_rests_on_a_clause_and_a_dated_confirmation(app, now):
    e = make.estate(online_must_use_official=None, online_clause="", street_confirmation="")
    by = make.actor(e.id, Role.COMMUNITY)
    service.set_legal_reach(by, e.id, **REACH, now=now)
    row = queries.get(e.id)
    assert (row.online_must_use_official, row.online_clause, row.street_confirmed_on) == (
        False,
        "议事规则第十条",
        date(2026, 5, 6),
    )
    assert [a.action for a in db.session.scalars(select(JournalEntry))] == ["estates.legal_reach"]
    for change, code in [
        ({"confirmed_on": None}, "confirmation_without_day"),
        ({"confirmed_on": date(2026, 5, 7)}, "confirmation_in_future"),
    ]:
        assert refusal(
            lambda change=change: service.set_legal_reach(by, e.id, **REACH | change, now=now)
        ) == [code]
    # 7 May has begun in Shanghai while it is still 6 May in UTC
    late = now + timedelta(hours=14)
    service.set_legal_reach(by, e.id, **REACH | {"confirmed_on": date(2026, 5, 7)}, now=late)


def test_only_the_community_and_only_its_own_estate(app, now):
    e, other = make.estate(), make.estate()
    for role in set(Role) - {Role.COMMUNITY}:
        with pytest.raises(Forbidden):
            service.set_legal_reach(make.actor(e.id, role), e.id, **REACH, now=now)
        with pytest.raises(Forbidden):
            service.update_facts(make.actor(e.id, role), e.id, EstateFacts(theme="x"), now=now)
    stranger = make.actor(other.id, Role.COMMUNITY)
    with pytest.raises(Forbidden):
        service.update_facts(stranger, e.id, EstateFacts(theme="x"), now=now)
    with pytest.raises((Forbidden, NotFound)):
        service.set_legal_reach(stranger, 999, **REACH, now=now)
