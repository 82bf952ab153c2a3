"""Who a visitor is, in one query."""

from __future__ import annotations

from datetime import date

from hall.people import queries as people
from hall.people import service
from hall.permissions import Role
from tests import make


def signed(account_id, now):
    from hall.db import atomic

    with atomic():
        return service.start_session(account_id, user_agent="", now=now).token


def test_a_visitor_costs_one_query_whatever_there_is(app, now, count_queries):
    account = make.account(name="样本一")
    for _ in range(3):
        e = make.estate()
        b = make.building(e.id)
        who = make.person(e.id)
        make.link(account.id, who)
        for _ in range(4):
            make.title(make.unit(e.id, b.id), who.id)
        make.post(who, "committee", "member")
        make.post(who, "branch", "secretary")
    token = signed(account.id, now)
    with count_queries() as q:
        actor = people.visitor(token, now)
    assert q.count == 1
    assert len(actor.persons) == 3
    assert len(actor.roles) == 3 * 4


def test_roles_stay_in_their_estate(app, now):
    account = make.account(name="样本一")
    here, there = make.estate(), make.estate()
    b = make.building(here.id)
    owner, chair = make.person(here.id), make.person(there.id)
    make.title(make.unit(here.id, b.id), owner.id)
    make.post(chair, "committee", "chair")
    make.link(account.id, owner)
    make.link(account.id, chair)
    actor = people.visitor(signed(account.id, now), now)
    assert actor.name == "样本一"
    assert actor.roles_in(here.id) == {Role.OWNER, Role.RESIDENT}
    assert actor.roles_in(there.id) == {Role.CHAIR, Role.RESIDENT}
    assert actor.persons_in(here.id) == {owner.id}


def test_an_account_without_a_person_has_no_role(app, now):
    account = make.account()
    actor = people.visitor(signed(account.id, now), now)
    assert actor.signed_in
    assert actor.roles == actor.persons == frozenset()


def test_title_makes_an_owner_on_its_days_only(app, now):
    e = make.estate()
    b = make.building(e.id)
    cases = {
        "held": ({}, True),
        "sold today": ({"to_on": date(2026, 5, 6)}, False),
        "sold tomorrow": ({"to_on": date(2026, 5, 7)}, True),
        "bought today": ({"from_on": date(2026, 5, 6)}, True),
        "bought tomorrow": ({"from_on": date(2026, 5, 7)}, False),
        "no first day on file": ({"from_on": None}, True),
        "unproven": ({"verified": False}, False),
    }
    for name, (values, owns) in cases.items():
        who, account = make.person(e.id), make.account()
        make.link(account.id, who)
        make.title(make.unit(e.id, b.id), who.id, **values)
        roles = people.visitor(signed(account.id, now), now).roles_in(e.id)
        assert (Role.OWNER in roles) is owns, name


def test_who_stands_for_an_owner_has_the_owners_role(app, now):
    from datetime import timedelta

    from hall.roll.models import Representative

    e = make.estate()
    b = make.building(e.id)
    _, (ward,) = make.home(e.id, b.id)
    guardian, account = make.person(e.id), make.account()
    make.link(account.id, guardian)
    token = signed(account.id, now)
    assert people.visitor(token, now).roles_in(e.id) == {Role.RESIDENT}
    make.save(
        Representative(
            estate_id=e.id,
            person_id=guardian.id,
            kind="guardian",
            for_person_id=ward.id,
            evidence="监护证明",
            from_at=now,
            to_at=now + timedelta(hours=1),
        )
    )
    assert Role.OWNER in people.visitor(token, now).roles_in(e.id)
    assert Role.OWNER not in people.visitor(token, now + timedelta(hours=1)).roles_in(e.id)


def test_posts_are_listed_with_name_and_telephone(app):
    e = make.estate()
    b = make.building(e.id)
    who = make.person(e.id, name="样本楼长", phone="13800000002")
    make.post(who, "committee", "steward", building_id=b.id)
    make.post(make.person(e.id), "committee", "member", to_on=date(2026, 1, 1))
    (row,) = people.posts(e.id, date(2026, 5, 6))
    assert (row.name, row.phone, row.building_id) == ("样本楼长", "13800000002", b.id)
    assert people.posts(make.estate().id, date(2026, 5, 6)) == ()
    assert [p.to_on for p in people.posts_ever(e.id)] == [None, date(2026, 1, 1)]


def test_persons_are_found_in_their_estate_only(app):
    e, other = make.estate(), make.estate()
    one = make.person(e.id, name="甲一明")
    make.person(other.id, name="甲一明")
    make.person(e.id, name="丁小样")
    assert [p.id for p in people.find_persons(e.id, "甲")] == [one.id]
    assert people.find_persons(e.id, "%") == ()
