"""Freezing the roll and who may cast for what, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from hall.db import atomic, db, guards
from hall.errors import NotFound, Refused
from hall.estates.models import Building
from hall.people.models import Person
from hall.roll import queries as roll
from hall.roll import service
from hall.roll.models import Representative, RollEntry, RollEntryHolder, Title, Unit
from tests import make

M2 = 10_000


@pytest.fixture
def estate(app):
    return make.estate()


@pytest.fixture
def block(estate):
    return make.building(estate.id, name="1栋", sort=1)


def freeze(estate, now, electorate="owners", scope=None):
    with atomic():
        return service.freeze(estate.id, electorate=electorate, scope=scope or {}, now=now)


def castable(frozen, now, *persons):
    return roll.castable_entries(frozen.id, frozenset(p.id for p in persons), now)


def stand_in(estate, who, kind, now, *, unit=None, for_person=None, **values):
    return make.save(
        Representative(
            estate_id=estate.id,
            unit_id=unit.id if unit else None,
            for_person_id=for_person.id if for_person else None,
            person_id=who.id,
            kind=kind,
            evidence="委托书",
            from_at=now,
            **values,
        )
    )


def sell(unit, *buyers, now):
    """What the room's verb does to the titles."""
    with atomic() as s:
        s.execute(
            update(Title)
            .where(Title.unit_id == unit.id, Title.to_on.is_(None))
            .values(to_on=date(2026, 5, 6), closed_at=now)
        )
    make.title(unit, *(b.id for b in buyers), from_on=date(2026, 5, 6))


# --- freezing --------------------------------------------------------------------------------


def test_one_entry_per_owner_set_with_summed_area(estate, block, now):
    a, b = make.person(estate.id), make.person(estate.id)
    for area, holders in [(90, [a]), (60, [a]), (100, [a, b]), (80, [b, a]), (70, [b])]:
        make.title(make.unit(estate.id, block.id, area * M2), *(p.id for p in holders))
    frozen = freeze(estate, now)
    assert (frozen.entries, frozen.heads, frozen.area_cm2) == (3, 3, 400 * M2)
    areas = sorted(db.session.scalars(select(RollEntry.area_cm2)))
    assert areas == [70 * M2, 150 * M2, 180 * M2]
    assert roll.frozen_roll(frozen.id) == frozen


def test_developer_pool_unverified_parking_and_retired_units(estate, block, now):
    developer = make.person(estate.id, kind="developer")
    buyer, owner = make.person(estate.id), make.person(estate.id)
    for status in ("unsold", "unsold"):
        make.title(make.unit(estate.id, block.id, 100 * M2, status=status), developer.id)
    make.title(make.unit(estate.id, block.id, 100 * M2, status="undelivered"), buyer.id)
    make.title(make.unit(estate.id, block.id, 50 * M2), owner.id)
    make.unit(estate.id, block.id, 40 * M2)  # nobody on file
    make.title(make.unit(estate.id, block.id, 30 * M2), owner.id, verified=False)
    parking = {"kind": "parking", "counts_head": False, "counts_area": False}
    make.title(make.unit(estate.id, block.id, 12 * M2, **parking), owner.id)
    make.title(make.unit(estate.id, block.id, 77 * M2, retired_at=now), owner.id)
    frozen = freeze(estate, now)
    assert (frozen.entries, frozen.heads, frozen.area_cm2) == (4, 4, (300 + 50 + 40 + 30) * M2)
    kinds = sorted(db.session.scalars(select(RollEntry.kind)))
    assert kinds == ["developer", "owner", "unverified", "unverified"]
    assert castable(frozen, now, buyer) == ()  # the developer votes for him
    assert [e.area_cm2 for e in castable(frozen, now, owner)] == [50 * M2]


def test_a_frozen_roll_does_not_move_with_the_roll(estate, block, now):
    unit, (owner,) = make.home(estate.id, block.id, 90 * M2)
    frozen = freeze(estate, now)
    other = make.person(estate.id)
    with atomic() as s:
        s.execute(update(Unit).values(area_cm2=1, label="别的", retired_at=now))
        s.execute(update(Person).where(Person.id == owner.id).values(name="改名"))
        s.execute(update(Building).values(name="99栋"))
    make.home(estate.id, block.id)
    sell(unit, other, now=now)
    assert roll.frozen_roll(frozen.id) == frozen
    assert roll.recompute_digest(frozen.id) == frozen.digest
    (entry,) = castable(frozen, now, owner)
    assert (entry.area_cm2, entry.units[0][1]) == (90 * M2, 90 * M2)


def test_the_digest_sees_every_change_of_a_frozen_row(estate, block, now):
    for _ in range(3):
        make.home(estate.id, block.id, owners=2)
    frozen = freeze(estate, now)
    assert roll.recompute_digest(frozen.id) == frozen.digest
    changes = (
        "UPDATE roll_entry SET area_cm2 = area_cm2 + 1 WHERE n = 1",
        "UPDATE roll_entry SET area_cm2 = area_cm2 - 1, heads = 0 WHERE n = 1",
        "UPDATE roll_entry SET heads = 1 WHERE n = 1",  # as it was
    )
    differs = []
    db.session.rollback()  # an open snapshot would keep the trigger's table
    with db.engine.begin() as c:
        guards.remove(c, ["roll_entry"])
    try:
        for statement in changes:
            with db.engine.begin() as c:
                c.execute(text(statement))
            db.session.rollback()
            differs.append(roll.recompute_digest(frozen.id) != frozen.digest)
    finally:
        db.session.rollback()
        with db.engine.begin() as c:
            guards.install(c, ["roll_entry"])
    assert differs == [True, True, False]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE roll_entry SET area_cm2 = 0",
        "UPDATE roll_entry SET heads = 2",
        "DELETE FROM roll_entry_holder",
        "UPDATE roll_entry_holder SET person_id = 1",
        "UPDATE roll_entry_unit SET area_cm2 = 0",
        "UPDATE frozen_roll SET digest = ''",
        "DELETE FROM frozen_roll",
    ],
)
def test_the_database_itself_keeps_frozen_rows(estate, block, now, statement):
    make.home(estate.id, block.id)
    freeze(estate, now)
    with pytest.raises(DBAPIError, match="on record"), db.engine.begin() as c:
        c.execute(text(statement))


def test_scope_is_the_owners_of_a_building_or_an_entrance_only(estate, block, now):
    other = make.building(estate.id, name="2栋", sort=2)
    door = make.entrance(estate.id, block.id)
    owner = make.person(estate.id)
    for b, e, area in [(block, door, 90), (block, None, 60), (other, None, 40)]:
        entrance_id = e.id if e else None
        make.title(make.unit(estate.id, b.id, area * M2, entrance_id=entrance_id), owner.id)
    whole = freeze(estate, now)
    building = freeze(estate, now, scope={"buildings": [block.id]})
    entrance = freeze(estate, now, scope={"entrances": (door.id,)})
    assert [f.area_cm2 for f in (whole, building, entrance)] == [190 * M2, 150 * M2, 90 * M2]
    assert [f.heads for f in (whole, building, entrance)] == [1, 1, 1]
    assert len({whole.digest, building.digest, entrance.digest}) == 3
    totals = roll.entry_totals(estate.id, "owners", {"buildings": (block.id,)})
    assert (totals.heads, totals.area_cm2, totals.digest) == (1, 150 * M2, building.digest)


def test_another_estates_building_brings_in_nobody(estate, block, now):
    make.home(estate.id, block.id)
    foreign = make.building(make.estate().id)
    with pytest.raises(Refused, match="roll_empty"):
        freeze(estate, now, scope={"buildings": [foreign.id]})
    for scope in ({"streets": [1]}, {"buildings": [1], "entrances": [1]}):
        with pytest.raises(Refused, match="scope_unknown"):
            freeze(estate, now, scope=scope)
    with pytest.raises(Refused, match="electorate_unknown"):
        freeze(estate, now, electorate="tenants")


def test_households_and_persons_of_an_advisory_poll(estate, block, now):
    a, b = make.person(estate.id), make.person(estate.id)
    company = make.person(estate.id, kind="company")
    make.title(make.unit(estate.id, block.id, 90 * M2), a.id, b.id)
    make.title(make.unit(estate.id, block.id, 80 * M2), a.id)
    make.title(make.unit(estate.id, block.id, 70 * M2), company.id)
    households = freeze(estate, now, "households")
    persons = freeze(estate, now, "persons")
    assert (households.entries, households.heads) == (3, 3)
    assert (persons.entries, persons.heads, persons.area_cm2) == (2, 2, 0)
    assert len(castable(households, now, a)) == 2
    (own,) = castable(persons, now, a)
    assert (own.as_who, own.co_owned, own.heads, own.area_cm2) == ("owner", False, 1, 0)


def test_freezing_belongs_to_the_callers_transaction(estate, block, now):
    make.home(estate.id, block.id)

    class Stop(Exception):
        pass

    def broken():
        with atomic():
            service.freeze(estate.id, electorate="owners", scope={}, now=now)
            raise Stop

    with pytest.raises(Stop):
        broken()
    assert db.session.scalars(select(RollEntry.id)).all() == []


# --- who may cast ----------------------------------------------------------------------------


def test_casting_rights_cost_two_queries(estate, block, now, count_queries):
    owner = make.person(estate.id)
    for _ in range(5):
        make.title(make.unit(estate.id, block.id), owner.id)
        make.home(estate.id, block.id, owners=2)
    frozen = freeze(estate, now)
    persons = {owner.id}
    with count_queries() as q:
        (entry,) = roll.castable_entries(frozen.id, persons, now)
    assert q.count == 2
    assert len(entry.units) == 5
    with count_queries() as q:
        assert castable(frozen, now) == ()
    assert q.count == 0


def test_a_sole_owner_and_two_co_owners(estate, block, now):
    _, (sole,) = make.home(estate.id, block.id, 90 * M2, label="1栋101")
    _, (a, b) = make.home(estate.id, block.id, 100 * M2, owners=2, label="1栋102")
    frozen = freeze(estate, now)
    (one,) = castable(frozen, now, sole)
    assert (one.label, one.units, one.heads, one.area_cm2) == (
        "1栋101",
        (("1栋101", 90 * M2),),
        1,
        90 * M2,
    )
    assert (one.as_who, one.person_id, one.co_owned) == ("owner", sole.id, False)
    for who in (a, b):
        (shared,) = castable(frozen, now, who)
        assert (shared.as_who, shared.person_id, shared.co_owned) == ("co_owner", who.id, True)
    assert castable(frozen, now, make.person(estate.id)) == ()
    assert [r.person_id for r in roll.who_may_cast(shared.entry_id, now)] == [a.id, b.id]


def test_only_the_nominee_once_one_is_recorded(estate, block, now):
    unit, (a, b) = make.home(estate.id, block.id, owners=2)
    frozen = freeze(estate, now)
    later = now + timedelta(hours=1)
    stand_in(estate, b, "nominee", later, unit=unit)
    assert castable(frozen, now, a)[0].as_who == "co_owner"
    assert castable(frozen, later, a) == ()
    (entry,) = castable(frozen, later, b)
    assert (entry.as_who, entry.person_id, entry.co_owned) == ("nominee", b.id, True)
    stand_in(
        estate, a, "nominee", later + timedelta(hours=1), unit=unit
    )  # they changed their minds
    assert castable(frozen, later + timedelta(hours=1), b) == ()
    assert castable(frozen, later + timedelta(hours=1), a)[0].as_who == "nominee"


def test_a_nomination_that_ended_excludes_nobody(estate, block, now):
    unit, (a, b) = make.home(estate.id, block.id, owners=2)
    frozen = freeze(estate, now)
    stand_in(estate, b, "nominee", now, unit=unit, to_at=now + timedelta(days=1))
    assert castable(frozen, now, a) == ()
    assert castable(frozen, now + timedelta(days=1), a)[0].as_who == "co_owner"


def test_the_guardian_instead_of_the_ward_in_every_unit_of_his(estate, block, now):
    ward, guardian, mother = (make.person(estate.id) for _ in range(3))
    make.title(make.unit(estate.id, block.id), ward.id)
    make.title(make.unit(estate.id, block.id), ward.id, mother.id)
    frozen = freeze(estate, now)
    stand_in(estate, guardian, "guardian", now, for_person=ward)
    assert castable(frozen, now, ward) == ()
    assert [(e.as_who, e.person_id, e.co_owned) for e in castable(frozen, now, guardian)] == [
        ("guardian", guardian.id, False),
        ("guardian", guardian.id, True),
    ]
    assert [e.as_who for e in castable(frozen, now, mother)] == ["co_owner"]


def test_a_company_votes_through_its_recorded_representative_only(estate, block, now):
    company, manager = make.person(estate.id, kind="company"), make.person(estate.id)
    make.title(make.unit(estate.id, block.id, 200 * M2, kind="shop"), company.id)
    frozen = freeze(estate, now)
    assert castable(frozen, now, company) == ()
    stand_in(estate, manager, "company", now, for_person=company)
    (entry,) = castable(frozen, now, manager)
    assert (entry.as_who, entry.area_cm2) == ("company", 200 * M2)
    assert castable(frozen, now, company) == ()


def test_the_developers_representative_casts_one_head_for_all_his_units(estate, block, now):
    developer, agent = make.person(estate.id, kind="developer"), make.person(estate.id)
    for _ in range(3):
        make.title(make.unit(estate.id, block.id, 100 * M2, status="unsold"), developer.id)
    frozen = freeze(estate, now)
    stand_in(estate, agent, "company", now, for_person=developer)
    (entry,) = castable(frozen, now, agent)
    assert (entry.heads, entry.area_cm2, len(entry.units), entry.as_who) == (
        1,
        300 * M2,
        3,
        "company",
    )


def test_nobody_acts_for_an_unverified_entry_until_somebody_is_recorded(estate, block, now):
    unit = make.unit(estate.id, block.id)
    claimant = make.person(estate.id)
    make.title(unit, claimant.id, verified=False)
    frozen = freeze(estate, now)
    assert castable(frozen, now, claimant) == ()
    stand_in(estate, claimant, "nominee", now, unit=unit)
    (entry,) = castable(frozen, now, claimant)
    assert entry.as_who == "nominee"
    assert roll.frozen_roll(frozen.id) == frozen


def test_persons_of_another_ballots_roll_may_cast_there_only(estate, block, now):
    other = make.building(estate.id)
    _, (here,) = make.home(estate.id, block.id)
    _, (there,) = make.home(estate.id, other.id)
    frozen = freeze(estate, now, scope={"buildings": [block.id]})
    assert len(castable(frozen, now, here)) == 1
    assert castable(frozen, now, there) == ()


# --- E12: a sale while the voting runs -----------------------------------------------------------


def succeed(entry, now):
    with atomic():
        return service.succeed(entry.entry_id, now=now)


def test_e12b_the_buyer_casts_for_the_entry_and_totals_do_not_move(estate, block, now):
    unit, (seller,) = make.home(estate.id, block.id, 110 * M2)
    make.home(estate.id, block.id)
    frozen = freeze(estate, now)
    (entry,) = castable(frozen, now, seller)
    buyer = make.person(estate.id)
    assert castable(frozen, now, buyer) == ()
    sell(unit, buyer, now=now)
    assert succeed(entry, now)
    assert castable(frozen, now, seller) == ()
    (bought,) = castable(frozen, now, buyer)
    assert (bought.entry_id, bought.as_who, bought.area_cm2) == (
        entry.entry_id,
        "successor",
        110 * M2,
    )
    assert roll.frozen_roll(frozen.id) == frozen
    assert roll.recompute_digest(frozen.id) == frozen.digest


def test_e12c_a_buyer_who_owns_already_shares_one_key_over_both_entries(estate, block, now):
    unit, (seller,) = make.home(estate.id, block.id, 110 * M2)
    _, (buyer,) = make.home(estate.id, block.id, 100 * M2)
    frozen = freeze(estate, now)
    (entry,) = castable(frozen, now, seller)
    sell(unit, buyer, now=now)
    assert succeed(entry, now)
    both = castable(frozen, now, buyer)
    assert sorted(e.area_cm2 for e in both) == [100 * M2, 110 * M2]
    assert len({e.current_key for e in both}) == 1
    assert frozen.heads == 2


def test_a_buyer_together_with_another_is_another_owner_set(estate, block, now):
    unit, (seller,) = make.home(estate.id, block.id)
    _, (buyer,) = make.home(estate.id, block.id)
    frozen = freeze(estate, now)
    (entry,) = castable(frozen, now, seller)
    sell(unit, buyer, make.person(estate.id), now=now)
    assert succeed(entry, now)
    assert len({e.current_key for e in castable(frozen, now, buyer)}) == 2


def test_an_owner_who_takes_in_a_co_owner_keeps_the_right_with_him(estate, block, now):
    unit, (a,) = make.home(estate.id, block.id)
    frozen = freeze(estate, now)
    (entry,) = castable(frozen, now, a)
    b = make.person(estate.id)
    sell(unit, a, b, now=now)
    assert succeed(entry, now)
    for who in (a, b):
        (shared,) = castable(frozen, now, who)
        assert (shared.as_who, shared.co_owned) == ("successor", True)


def test_an_entry_of_several_units_stays_with_its_frozen_owner(estate, block, now):
    owner, buyer = make.person(estate.id), make.person(estate.id)
    units = [make.unit(estate.id, block.id) for _ in range(2)]
    for unit in units:
        make.title(unit, owner.id)
    frozen = freeze(estate, now)
    (entry,) = castable(frozen, now, owner)
    sell(units[0], buyer, now=now)
    assert not succeed(entry, now)
    assert len(castable(frozen, now, owner)) == 1
    assert castable(frozen, now, buyer) == ()


def test_a_household_passes_to_the_buyer_and_a_persons_voice_does_not(estate, block, now):
    unit, (seller,) = make.home(estate.id, block.id)
    households, persons = freeze(estate, now, "households"), freeze(estate, now, "persons")
    (home,) = castable(households, now, seller)
    (voice,) = castable(persons, now, seller)
    buyer = make.person(estate.id)
    sell(unit, buyer, now=now)
    assert succeed(home, now)
    assert not succeed(voice, now)
    (bought,) = castable(households, now, buyer)
    assert bought.current_key == home.current_key  # a household's key is the flat's
    assert len(castable(persons, now, seller)) == 1


def test_nothing_passes_to_an_unproven_title(estate, block, now):
    _, (seller,) = make.home(estate.id, block.id)
    frozen = freeze(estate, now)
    (entry,) = castable(frozen, now, seller)
    with atomic() as s:
        s.execute(update(Title).values(verified=False))
    assert not succeed(entry, now)
    with pytest.raises(NotFound), atomic():
        service.succeed(999, now=now)


def test_a_sale_there_and_back_is_kept_step_by_step(estate, block, now):
    unit, (a,) = make.home(estate.id, block.id)
    b = make.person(estate.id)
    frozen = freeze(estate, now)
    (entry,) = castable(frozen, now, a)
    sell(unit, b, now=now)
    succeed(entry, now)
    later = now + timedelta(days=1)
    sell(unit, a, now=later)
    succeed(entry, later)
    assert [e.as_who for e in castable(frozen, later, a)] == ["successor"]
    assert castable(frozen, later, b) == ()
    rows = db.session.execute(
        select(RollEntryHolder.person_id, RollEntryHolder.to_at).order_by(RollEntryHolder.id)
    ).all()
    assert [tuple(r) for r in rows] == [(a.id, now), (b.id, later), (a.id, None)]
    assert roll.recompute_digest(frozen.id) == frozen.digest
