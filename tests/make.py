"""Factories: what a test needs in the database, written straight into the tables and committed.

Every maker fills in what the test does not care about, takes any column as a keyword and gives
back the row. make.actor() is what a signed-in visitor of a page would be.
"""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

from hall.bodies.models import EstateBody
from hall.db import atomic
from hall.estates.models import Building, Community, Entrance, Estate, Street
from hall.people.models import Account, AccountPerson, Person, Post
from hall.permissions import Actor, Role
from hall.roll.models import Title, TitleHolder, Unit

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_n = itertools.count(1)


def save(*rows):
    """Add rows of any kind and commit; gives back the first."""
    with atomic() as s:
        s.add_all(rows)
        s.flush()
    return rows[0]


def street(**values):
    """A street office 街道."""
    return save(Street(**{"name": f"测试街道{next(_n)}"} | values))


def community(**values):
    """A community 社区; with a street of its own unless given one."""
    if "street_id" not in values:
        values["street_id"] = street().id
    return save(Community(**{"name": f"测试社区{next(_n)}"} | values))


def estate(**values):
    """An estate 小区 that may vote online: clause and confirmation are in place."""
    if "community_id" not in values:
        values["community_id"] = community().id
    n = next(_n)
    defaults = {
        "slug": f"estate-{n}",
        "name": f"样板小区{n}",
        "short_name": f"样{n}",
        "households": 12,
        "site_area_cm2": None,
        "built_year": 2004,
        "organizer": "业主委员会",
        "online_must_use_official": False,
        "online_clause": "业主大会议事规则第十条：可以使用网上表决",
        "street_confirmation": "样街办函〔2026〕1号",
        "street_confirmed_on": date(2026, 1, 15),
        "created_at": LONG_AGO,
    }
    return save(Estate(**defaults | values))


def body(estate_id, body_code, **values):
    """What a body is called in an estate."""
    return save(
        EstateBody(**{"estate_id": estate_id, "body": body_code, "name": "样板机构"} | values)
    )


def building(estate_id, **values):
    """A building 楼栋."""
    n = next(_n)
    return save(Building(**{"estate_id": estate_id, "name": f"{n}栋", "sort": n} | values))


def entrance(estate_id, building_id, **values):
    """An entrance 单元."""
    n = next(_n)
    defaults = {"estate_id": estate_id, "building_id": building_id, "name": f"{n}单元", "sort": n}
    return save(Entrance(**defaults | values))


def unit(estate_id, building_id, area_cm2=1_000_000, **values):
    """A sold home of 100 m² unless said otherwise (area in cm²)."""
    n = next(_n)
    defaults = {
        "estate_id": estate_id,
        "building_id": building_id,
        "entrance_id": None,
        "room": str(n),
        "floor": None,
        "label": f"样栋1单元{n}",
        "area_cm2": area_cm2,
        "area_source": "register",
        "kind": "home",
        "status": "sold",
    }
    return save(Unit(**defaults | values))


def person(estate_id, **values):
    """A person of an estate's papers, recognisably invented."""
    n = next(_n)
    defaults = {
        "estate_id": estate_id,
        "name": f"样本{n}",
        "phone": f"1380000{n % 10000:04}",
        "created_at": LONG_AGO,
    }
    return save(Person(**defaults | values))


def title(unit_row, *person_ids, shares=(), **values):
    """Title to a unit for these persons; shares: (num, den) for each, joint if left out."""
    defaults = {
        "estate_id": unit_row.estate_id,
        "unit_id": unit_row.id,
        "from_on": date(2020, 1, 1),
        "evidence": "测试登记",
        "recorded_at": LONG_AGO,
    }
    row = save(Title(**defaults | values))
    for i, person_id in enumerate(person_ids):
        num, den = shares[i] if shares else (0, 0)
        save(TitleHolder(title_id=row.id, person_id=person_id, share_num=num, share_den=den))
    return row


def home(estate_id, building_id, area_cm2=1_000_000, owners=1, **values):
    """A unit with title held by that many new persons: (unit, [persons])."""
    row = unit(estate_id, building_id, area_cm2, **values)
    holders = [person(estate_id) for _ in range(owners)]
    title(row, *(p.id for p in holders))
    return row, holders


def account(**values):
    """A way to sign in, without a password."""
    n = next(_n)
    defaults = {
        "username": f"user{n}",
        "phone": None,
        "name": f"样本{n}",
        "password_hash": None,
        "created_at": LONG_AGO,
    }
    return save(Account(**defaults | values))


def link(account_id, person_row, **values):
    """Proof that an account is this person of the roll."""
    defaults = {
        "account_id": account_id,
        "estate_id": person_row.estate_id,
        "person_id": person_row.id,
        "level": 2,
        "how": "letter",
        "at": LONG_AGO,
    }
    return save(AccountPerson(**defaults | values))


def post(person_row, body_code, title_code, **values):
    """A post held since 2024 with no end."""
    defaults = {
        "estate_id": person_row.estate_id,
        "person_id": person_row.id,
        "body": body_code,
        "title": title_code,
        "building_id": None,
        "from_on": date(2024, 1, 1),
        "to_on": None,
        "evidence": "测试任命书",
        "granted_by": None,
        "granted_at": LONG_AGO,
    }
    return save(Post(**defaults | values))


def actor(estate_id, *roles, account_id=None, person_id=None, name="样本"):
    """An Actor with these roles in one estate; with an account of its own unless given one."""
    if account_id is None:
        account_id = account(name=name).id
    return Actor(
        account_id=account_id,
        name=name,
        roles=frozenset((estate_id, Role(r)) for r in roles),
        persons=frozenset({(estate_id, person_id)} if person_id is not None else ()),
    )


def owner(estate_id, building_id, area_cm2=1_000_000):
    """A home, its one owner, the owner's account and Actor: (unit, person, actor)."""
    row, (holder,) = home(estate_id, building_id, area_cm2)
    signed = account(name=holder.name)
    link(signed.id, holder)
    who = actor(
        estate_id,
        Role.OWNER,
        Role.RESIDENT,
        account_id=signed.id,
        person_id=holder.id,
        name=holder.name,
    )
    return row, holder, who
