"""The ground under the tests: each starts empty, on both databases, with a clock that moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from hall import clock
from hall.db import atomic, db
from hall.estates.models import Street
from tests import make


@pytest.mark.parametrize("n", range(2))
def test_each_test_starts_with_an_empty_database(app, n):
    assert db.session.execute(select(Street)).all() == []
    with atomic() as s:
        s.add(Street(name=f"测试街道{n}"))
    assert db.session.scalars(select(Street.id)).all() == [1]


def test_the_clock_moves_for_everyone(app, now, travel):
    assert clock.now() == now
    travel(timedelta(days=1))
    assert clock.now() == now + timedelta(days=1)


def test_queries_are_counted_without_the_words_around_them(app, count_queries):
    with count_queries() as q, atomic() as s:
        s.add(Street(name="测试街道"))
    assert q.count == 1
    assert q.statements[0].startswith("INSERT INTO street")


def test_makers_fill_in_what_a_test_does_not_care_about(app):
    e = make.estate()
    b = make.building(e.id)
    unit, person, actor = make.owner(e.id, b.id, area_cm2=893_200)
    assert (unit.area_cm2, actor.persons_in(e.id)) == (893_200, {person.id})
    make.post(person, "committee", "chair")
    assert make.home(e.id, b.id, owners=2)[0].estate_id == e.id
