"""Turnout per entrance: the same figures as the building's, taken apart only where nobody is shown."""

from __future__ import annotations

from datetime import timedelta

from hall.ballots import queries
from hall.permissions import Role
from tests import make
from tests.ballots.scene import cast_as, scene


def _owner(s, building_id, entrance_id, m2=100):
    unit, (person,) = make.home(s.id, building_id, m2 * 10_000, entrance_id=entrance_id)
    account = make.account(name=person.name)
    make.link(account.id, person)
    actor = make.actor(s.id, Role.OWNER, account_id=account.id, person_id=person.id)
    return unit, person, actor


def _house(s, *homes: int):
    """A building whose entrances have so many homes of 100 m²: its id and the owners by entrance."""
    building = make.building(s.id).id
    found = []
    for i, count in enumerate(homes, 1):
        entrance = make.entrance(s.id, building, name=f"{i}单元", sort=i).id
        found.append([_owner(s, building, entrance) for _ in range(count)])
    return building, found


def test_each_entrance_of_a_building_and_never_a_single_household(app, travel, count_queries):
    places = {}

    def extra(s):
        places["two"] = _house(s, 3, 4)
        places["small"] = _house(s, 5, 2)  # two homes: their figures would name a household
        places["one"] = _house(s, 6)
        # The second home of an owner of the first entrance: one head, all area where he is counted.
        building, ((first, *_), _) = places["two"]
        other = make.unit(s.id, building, 500_000, entrance_id=first[0].entrance_id)
        make.title(other, first[1].id)

    s = scene(travel, extra=extra)
    n = s.noticed(travel.now)
    ballot = queries.get(s.id, n)
    now = travel(ballot.open_at + timedelta(hours=1))
    two, (left, right) = places["two"]
    for owner in (left[0], right[0], right[1], places["small"][1][1][0], places["one"][1][0][0]):
        cast_as(owner[2], s.id, n, "for", now=now)
    with count_queries() as asked:
        found = queries.entrance_turnout(ballot.id)
    assert asked.count == 1
    assert list(found) == [two]
    assert [(e.name, e.entries, e.heads_total, e.area_total) for e in found[two]] == [
        ("1单元", 3, 3, 3_500_000),
        ("2单元", 4, 4, 4_000_000),
    ]
    assert [(e.sheets, e.heads, e.area) for e in found[two]] == [
        (1, 1, 1_500_000),
        (2, 2, 2_000_000),
    ]
    whole = next(b for b in queries.turnout(ballot.id).buildings if b.building_id == two)
    assert (whole.heads, whole.area) == (3, 3_500_000)
    assert (whole.heads_total, whole.area_total) == (7, 7_500_000)
