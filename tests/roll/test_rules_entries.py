"""Units into entries: R-2.03 to R-2.10, rules E6, E7, E13, E17."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.roll.rules.entries import UnitFacts, entries, roll_digest

M2 = 10_000


def unit(n: int, label: str, *holders: int, area: int = 100 * M2, **more: object) -> UnitFacts:
    facts: dict[str, object] = {
        "building_id": 1,
        "status": "sold",
        "verified": True,
        **more,
    }
    return UnitFacts(unit_id=n, label=label, area_cm2=area, holders=holders, **facts)  # type: ignore[arg-type]


def totals(units: list[UnitFacts], **more: object) -> tuple[int, int]:
    drafts = entries(units, **more)  # type: ignore[arg-type]
    return sum(e.heads for e in drafts), sum(e.area_cm2 for e in drafts)


def test_an_owner_of_fifteen_flats_is_one_head_and_all_his_area() -> None:  # E6
    flats = [unit(n, f"1栋{n}", 7) for n in range(1, 16)]
    (entry,) = entries(flats)
    assert (entry.heads, entry.area_cm2, entry.label) == (1, 1500 * M2, "1栋1（等 15 套）")
    assert entry.holders == (7,)


def test_the_exact_owner_set_is_the_head() -> None:  # model §4 case 2
    a, b = 1, 2
    drafts = entries(
        [
            unit(1, "1栋101", a),
            unit(2, "1栋102", a, b),
            unit(3, "2栋201", b, a),
            unit(4, "2栋202", b),
        ]
    )
    assert [(e.holders, len(e.units)) for e in drafts] == [((1,), 1), ((1, 2), 2), ((2,), 1)]


def test_the_developer_is_one_head_for_unsold_and_undelivered_units() -> None:  # E7
    developer = 900
    owners = [unit(n, f"1栋{n}", n) for n in range(1, 201)]
    unsold = [unit(n, f"2栋{n}", developer, status="unsold") for n in range(201, 241)]
    waiting = [unit(n, f"2栋{n}", n, status="undelivered") for n in range(241, 251)]
    drafts = entries(owners + unsold + waiting)
    assert totals(owners + unsold + waiting) == (201, 25_000 * M2)
    (dev,) = [e for e in drafts if e.kind == "developer"]
    assert (dev.heads, dev.area_cm2, len(dev.units)) == (1, 5_000 * M2, 50)
    assert dev.holders == (developer,), "buyers who have not taken over do not vote"


def test_unsold_without_a_named_owner_is_still_the_developers() -> None:
    (entry,) = entries([unit(1, "1栋1", status="unsold", verified=False)])
    assert (entry.kind, entry.holders) == ("developer", ())


def test_a_sold_unit_titled_to_the_developer_adds_no_second_head() -> None:
    drafts = entries([unit(1, "1栋1", 9, status="unsold"), unit(2, "1栋2", 9)])
    assert [(e.kind, e.heads, e.holders) for e in drafts] == [("developer", 1, (9,))]
    drafts = entries([unit(1, "1栋1", status="unsold"), unit(2, "1栋2", 9)], developers=[9])
    assert [(e.kind, e.heads, e.holders) for e in drafts] == [("developer", 1, (9,))]


def test_unverified_units_each_stay_in_both_denominators() -> None:  # model §3.3 point 6
    drafts = entries(
        [unit(1, "1栋1", verified=False), unit(2, "1栋2", 5, verified=False), unit(3, "1栋3", 5)]
    )
    assert [(e.kind, e.heads, e.area_cm2, e.holders) for e in drafts] == [
        ("unverified", 1, 100 * M2, ()),
        ("unverified", 1, 100 * M2, ()),
        ("owner", 1, 100 * M2, (5,)),
    ]


def test_parking_contributes_nothing_by_default() -> None:
    space = unit(2, "车位12", 1, counts_head=False, counts_area=False)
    assert totals([unit(1, "1栋1", 1), space]) == (1, 100 * M2)
    other = unit(3, "车位13", 2, counts_head=False, counts_area=False)
    assert totals([unit(1, "1栋1", 1), other]) == (1, 100 * M2)


def test_rules_of_procedure_may_count_parking_area_only() -> None:
    space = unit(2, "车位12", 2, area=12 * M2, counts_head=False)
    assert totals([unit(1, "1栋1", 1), space]) == (1, 112 * M2)
    mine = unit(3, "车位13", 1, area=12 * M2, counts_area=False)
    assert totals([unit(1, "1栋1", 1), mine]) == (1, 100 * M2)


def test_a_building_with_one_owner_of_two_flats_has_23_heads() -> None:  # E13
    flats = [unit(n, f"1栋{n}", min(n, 23)) for n in range(1, 25)]
    assert totals(flats) == (23, 2_400 * M2)


def test_households_and_persons() -> None:
    units = [
        unit(1, "1栋1", 1, 2),
        unit(2, "1栋2", 1),
        unit(3, "1栋3", verified=False),
        unit(4, "1栋4", 9, status="unsold"),
        unit(5, "车位1", 1, counts_head=False, counts_area=False),
    ]
    houses = entries(units, electorate="households")
    assert [(e.label, e.kind, e.heads, e.holders) for e in houses] == [
        ("1栋1", "owner", 1, (1, 2)),
        ("1栋2", "owner", 1, (1,)),
        ("1栋3", "unverified", 1, ()),
    ]
    persons = entries(units, electorate="persons")
    assert [(e.heads, e.area_cm2, e.holders) for e in persons] == [(1, 0, (1,)), (1, 0, (2,))]
    assert len({e.owner_key for e in houses}) == 3
    assert len({e.owner_key for e in persons}) == 2


def test_order_is_that_of_the_names() -> None:
    drafts = entries(
        [unit(1, "10栋1单元101", 1), unit(2, "2栋1单元1101", 2), unit(3, "2栋1单元201", 3)]
    )
    assert [(e.n, e.label) for e in drafts] == [
        (1, "2栋1单元201"),
        (2, "2栋1单元1101"),
        (3, "10栋1单元101"),
    ]


def test_the_digest_is_of_what_counts() -> None:
    base = [unit(1, "1栋1", 1), unit(2, "1栋2", 2)]
    same = roll_digest(entries(base))
    assert same == roll_digest(entries(base[::-1]))
    assert len(same) == 64
    assert same != roll_digest(entries([base[0], unit(2, "1栋2", 2, area=100 * M2 + 1)]))
    assert same != roll_digest(entries([base[0], unit(2, "1栋2", 3)]))
    assert same != roll_digest(entries([base[0], unit(2, "1栋02", 2)]))
    assert same != roll_digest(entries([base[0], unit(2, "1栋2", 2, building_id=2)]))


_unit = st.builds(
    dict,
    area=st.integers(1, 10**9),
    status=st.sampled_from(["sold", "sold", "sold", "unsold", "undelivered"]),
    verified=st.booleans(),
    holders=st.lists(st.integers(1, 6), max_size=3, unique=True),
    counts_head=st.booleans(),
    counts_area=st.booleans(),
)


@given(st.lists(_unit, max_size=25), st.randoms(use_true_random=False))
def test_entries_conserve_area_and_place_each_unit_once(  # model I1, E17
    rows: list[dict[str, object]], rnd: random.Random
) -> None:
    units = []
    for n, row in enumerate(rows, start=1):
        row = dict(row)
        holders = row.pop("holders")
        units.append(unit(n, f"1栋{n}", *holders, **row))  # type: ignore[misc,arg-type]
    drafts = entries(units)
    placed = [u.unit_id for e in drafts for u in e.units]
    counting = [u for u in units if u.counts_head or u.counts_area]
    assert sorted(placed) == [u.unit_id for u in counting]
    assert sum(e.area_cm2 for e in drafts) == sum(u.area_cm2 for u in counting if u.counts_area)
    assert len({e.owner_key for e in drafts}) == len(drafts)
    assert all(e.heads in (0, 1) for e in drafts)
    assert sum(e.kind == "developer" for e in drafts) <= 1
    shuffled = units[:]
    rnd.shuffle(shuffled)
    assert entries(shuffled) == drafts


@pytest.mark.parametrize("electorate", ["owners", "households", "persons"])
def test_nothing_of_nothing(electorate: str) -> None:
    assert entries([], electorate=electorate) == ()  # type: ignore[arg-type]
