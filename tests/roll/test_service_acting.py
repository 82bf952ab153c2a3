"""Sales and representatives recorded by the committee, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from hall.db import db
from hall.errors import Forbidden, NotFound, Refused
from hall.people.models import Person
from hall.permissions import Role
from hall.roll import queries as roll
from hall.roll import service
from hall.roll.models import HouseholdCode, Representative, Title, TitleHolder, Unit
from hall.roll.queries.homes import homes_of
from hall.roll.queries.listing import units as listed
from tests import make

M2 = 10_000
TODAY = date(2026, 5, 6)


@pytest.fixture
def estate(app):
    return make.estate()


@pytest.fixture
def block(estate):
    return make.building(estate.id)


@pytest.fixture
def clerk(estate):
    return make.actor(estate.id, Role.CLERK)


def sell(clerk, estate, unit, now, *holders, on=TODAY, evidence="不动产权证（2026）0001号"):
    return service.record_transfer(
        clerk,
        estate.id,
        unit.id,
        [h if isinstance(h, dict) else {"person_id": h.id} for h in holders],
        effective_on=on,
        evidence=evidence,
        now=now,
    )


def represent(clerk, estate, unit, who, kind, now, whom=None, **values):
    return service.record_representative(
        clerk,
        estate.id,
        unit.id if unit else None,
        kind=kind,
        person_id=who.id,
        for_person_id=whom.id if whom else None,
        evidence=values.pop("evidence", "证明"),
        now=now,
        **values,
    )


def refusal(call):
    with pytest.raises(Refused) as e:
        call()
    return [b.code for b in e.value.blockers]


def count(table, *where):
    return db.session.scalar(select(func.count()).select_from(table).where(*where))


# --- sales -----------------------------------------------------------------------------------


def test_a_sale_closes_one_title_and_opens_the_next(estate, block, clerk, now):
    unit, (seller,) = make.home(estate.id, block.id, 90 * M2)
    title_id = sell(clerk, estate, unit, now, {"name": "丙小样", "phone": "138 0000 9999"})
    rows = db.session.execute(
        select(Title.id, Title.from_on, Title.to_on, Title.closed_at).order_by(Title.id)
    ).all()
    assert [tuple(r)[1:] for r in rows] == [
        (date(2020, 1, 1), TODAY, now),
        (TODAY, None, None),
    ]
    assert rows[1].id == title_id
    buyer = db.session.scalars(select(Person).order_by(Person.id.desc())).first()
    assert (buyer.name, buyer.phone, buyer.kind) == ("丙小样", "13800009999", "natural")
    totals = roll.entry_totals(estate.id)
    assert (totals.heads, totals.area_cm2) == (1, 90 * M2)
    assert homes_of(estate.id, [seller.id], now) == ()
    assert [h.own for h in homes_of(estate.id, [buyer.id], now)] == [True]


def test_a_buyer_whom_the_estate_knows_is_not_a_second_person(estate, block, clerk, now):
    unit, _ = make.home(estate.id, block.id)
    known = make.person(estate.id, name="丙小样", phone="13800009999")
    make.title(make.unit(estate.id, block.id), known.id)
    firm = make.person(estate.id, name="样本商贸有限公司", phone="", kind="company")
    sell(clerk, estate, unit, now, {"name": "丙 小样", "phone": "+86 13800009999"})
    assert roll.entry_totals(estate.id).heads == 1  # two flats, one owner
    sell(clerk, estate, unit, now, {"name": "样本商贸有限公司"})
    holder = db.session.scalar(
        select(TitleHolder.person_id)
        .join(Title)
        .where(Title.unit_id == unit.id, Title.to_on.is_(None))
    )
    assert holder == firm.id
    before = count(Person)
    sell(clerk, estate, unit, now, {"name": "丙小样", "phone": ""})
    assert count(Person) == before + 1  # a name without a number may be anybody


def test_a_company_that_buys_is_known_as_one(estate, block, clerk, now):
    unit, _ = make.home(estate.id, block.id)
    sell(clerk, estate, unit, now, {"name": "样板置业有限公司"})
    assert (
        db.session.scalar(select(Person.kind).where(Person.name == "样板置业有限公司")) == "company"
    )


def test_shares_add_up_or_are_not_stated(estate, block, clerk, now):
    unit, _ = make.home(estate.id, block.id)
    a, b = make.person(estate.id), make.person(estate.id)

    def try_shares(*shares):
        holders = [
            {"person_id": p.id, "share_num": n, "share_den": d}
            for p, (n, d) in zip((a, b), shares, strict=True)
        ]
        return lambda: sell(clerk, estate, unit, now, *holders)

    assert refusal(try_shares((1, 2), (1, 3))) == ["shares_do_not_add_up"]
    assert refusal(try_shares((1, 2), (0, 0))) == ["shares_do_not_add_up"]
    assert refusal(try_shares((3, 2), (1, 2))) == ["share_wrong"]
    assert refusal(try_shares((1, 0), (1, 2))) == ["share_wrong"]
    try_shares((1, 3), (2, 3))()
    assert count(TitleHolder, TitleHolder.share_den == 3) == 2


def test_everything_wrong_with_a_sale_is_said_at_once(estate, block, clerk, now):
    unit, (owner,) = make.home(estate.id, block.id)
    assert refusal(
        lambda: sell(clerk, estate, unit, now, {"name": " "}, on=date(2026, 5, 7), evidence=" ")
    ) == ["evidence_missing", "holders_missing", "effective_in_future"]
    assert refusal(lambda: sell(clerk, estate, unit, now, owner, on=date(2019, 12, 31))) == [
        "effective_before_title"
    ]
    assert refusal(lambda: sell(clerk, estate, unit, now)) == ["holders_missing"]
    assert refusal(lambda: sell(clerk, estate, unit, now, owner)) == ["nothing_changes"]
    assert refusal(lambda: sell(clerk, estate, unit, now, owner, owner)) == ["holder_repeated"]
    assert count(Title) == 1


def test_the_day_of_a_sale_is_a_shanghai_day(estate, block, clerk, now):
    unit, _ = make.home(estate.id, block.id)
    evening = now + timedelta(hours=14)  # 16:00 UTC on 6 May is 00:00 on 7 May in Shanghai
    sell(clerk, estate, unit, evening, make.person(estate.id), on=date(2026, 5, 7))
    assert count(Title, Title.to_on == date(2026, 5, 7)) == 1


def test_the_same_holder_with_proof_verifies_a_title(estate, block, clerk, now):
    unit = make.unit(estate.id, block.id)
    who = make.person(estate.id)
    make.title(unit, who.id, verified=False)
    assert roll.current_entries(estate.id)[0].kind == "unverified"
    sell(clerk, estate, unit, now, who)
    assert roll.current_entries(estate.id)[0].kind == "owner"


def test_an_unsold_flat_leaves_the_developers_pool_when_sold(estate, block, clerk, now):
    developer = make.person(estate.id, kind="developer")
    units = [make.unit(estate.id, block.id, status="unsold") for _ in range(3)]
    for unit in units:
        make.title(unit, developer.id)
    assert roll.entry_totals(estate.id).heads == 1
    sell(clerk, estate, units[0], now, make.person(estate.id))
    assert roll.entry_totals(estate.id).heads == 2
    assert count(Unit, Unit.status == "sold") == 1


def test_nominee_and_letter_of_the_seller_end_with_the_sale(estate, block, clerk, now):
    unit, (a, _) = make.home(estate.id, block.id, owners=2)
    represent(clerk, estate, unit, a, "nominee", now)
    service.issue_codes(clerk, estate.id, [unit.id], now=now)
    sell(clerk, estate, unit, now, make.person(estate.id))
    assert count(Representative, Representative.to_at.is_(None)) == 0
    assert count(HouseholdCode, HouseholdCode.revoked_at.is_(None)) == 0


def test_who_records_sales_and_where(estate, block, clerk, now):
    unit, _ = make.home(estate.id, block.id)
    buyer = make.person(estate.id)
    for role in set(Role) - {Role.CHAIR, Role.MEMBER, Role.CLERK}:
        with pytest.raises(Forbidden):
            sell(make.actor(estate.id, role), estate, unit, now, buyer)
    other = make.estate()
    with pytest.raises(NotFound):
        sell(make.actor(other.id, Role.CLERK), other, unit, now, make.person(other.id))
    with pytest.raises(NotFound):
        sell(clerk, estate, unit, now, make.person(other.id))  # a person of another estate
    gone, _ = make.home(estate.id, block.id, retired_at=now)
    with pytest.raises(NotFound):
        sell(clerk, estate, gone, now, buyer)


# --- representatives -------------------------------------------------------------------------


def test_a_nominee_is_one_of_the_holders(estate, block, clerk, now):
    unit, (a, b) = make.home(estate.id, block.id, owners=2)
    assert refusal(
        lambda: represent(clerk, estate, unit, make.person(estate.id), "nominee", now)
    ) == ["nominee_not_holder"]
    represent(clerk, estate, unit, a, "nominee", now)
    later = now + timedelta(hours=1)
    represent(clerk, estate, unit, b, "nominee", later)
    rows = db.session.execute(
        select(Representative.person_id, Representative.to_at).order_by(Representative.id)
    ).all()
    assert [tuple(r) for r in rows] == [(a.id, later), (b.id, None)]
    (row,) = listed(estate.id, later)
    assert row.representatives == (b.name,)


def test_an_unproven_title_takes_whoever_the_papers_name(estate, block, clerk, now):
    unit = make.unit(estate.id, block.id)
    heir = make.person(estate.id)
    represent(clerk, estate, unit, heir, "nominee", now, evidence="继承公证书")
    assert [h.unit_id for h in homes_of(estate.id, [heir.id], now)] == []  # no title on file at all
    assert count(Representative) == 1


def test_a_guardian_stands_for_a_person_and_an_agent_for_a_company(estate, block, clerk, now):
    _, (ward,) = make.home(estate.id, block.id)
    company = make.person(estate.id, kind="company")
    make.title(make.unit(estate.id, block.id, kind="shop"), company.id)
    who = make.person(estate.id)
    for kind, whom in (("guardian", company), ("company", ward)):
        assert refusal(lambda k=kind, w=whom: represent(clerk, estate, None, who, k, now, w)) == [
            "kind_does_not_fit"
        ]
    assert refusal(lambda: represent(clerk, estate, None, ward, "guardian", now, ward)) == [
        "stands_for_self"
    ]
    assert refusal(lambda: represent(clerk, estate, None, company, "guardian", now, ward)) == [
        "representative_not_a_person"
    ]
    represent(clerk, estate, None, who, "guardian", now, ward)
    represent(clerk, estate, None, who, "company", now, company)
    assert [h.own for h in homes_of(estate.id, [who.id], now)] == [False, False]


def test_everything_wrong_with_a_representation_is_said_at_once(estate, block, clerk, now):
    unit, (owner,) = make.home(estate.id, block.id)
    assert refusal(
        lambda: represent(
            clerk, estate, unit, make.person(estate.id), "nominee", now, evidence=" ", until=now
        )
    ) == ["evidence_missing", "term_is_empty", "nominee_not_holder"]
    assert "kind_unknown" in refusal(
        lambda: represent(clerk, estate, None, make.person(estate.id), "friend", now, owner)
    )
    assert count(Representative) == 0


def test_a_term_ends_by_itself_or_by_hand(estate, block, clerk, now):
    unit, (a, _) = make.home(estate.id, block.id, owners=2)
    until = now + timedelta(days=30)
    first = represent(clerk, estate, unit, a, "nominee", now, until=until)
    assert listed(estate.id, until - timedelta(seconds=1))[0].representatives == (a.name,)
    assert listed(estate.id, until)[0].representatives == ()
    service.end_representative(clerk, estate.id, first, now=now + timedelta(days=1))
    assert listed(estate.id, now + timedelta(days=1))[0].representatives == ()
    assert refusal(
        lambda: service.end_representative(clerk, estate.id, first, now=now + timedelta(days=2))
    ) == ["representation_ended"]
    other = make.estate()
    with pytest.raises(NotFound):
        service.end_representative(make.actor(other.id, Role.CLERK), other.id, first, now=now)


def test_who_records_representatives_and_where(estate, block, clerk, now):
    unit, (a, _) = make.home(estate.id, block.id, owners=2)
    for role in set(Role) - {Role.CHAIR, Role.MEMBER, Role.CLERK}:
        with pytest.raises(Forbidden):
            represent(make.actor(estate.id, role), estate, unit, a, "nominee", now)
    other = make.estate()
    stranger = make.actor(other.id, Role.CLERK)
    with pytest.raises(NotFound):
        represent(stranger, other, unit, make.person(other.id), "nominee", now)
    with pytest.raises(NotFound):
        represent(clerk, estate, None, a, "guardian", now, make.person(other.id))
    with pytest.raises(NotFound):
        represent(clerk, estate, unit, make.person(other.id), "nominee", now)
