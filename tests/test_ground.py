"""The ground under the tests: each starts empty, on both databases, with a clock that moves."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import select

from hall import clock
from hall.db import atomic, base, db
from hall.estates.models import Street
from tests import make
from tests.kept import kept


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


@pytest.mark.parametrize("time", range(3))
def test_a_stage_put_back_is_as_it_was_built(app, time):
    def build():
        e = make.estate(name="样板")
        return {"estate": e, "owners": [make.owner(e.id, make.building(e.id).id)]}

    stage = kept("ground", build)
    (unit, person, actor) = stage["owners"][0]
    assert (stage["estate"].name, stage["estate"].id, unit.estate_id) == ("样板", 1, 1)
    assert actor.persons_in(1) == {person.id}
    assert make.estate().id == 2
    with atomic():
        stage["estate"].name = f"改名{time}"


def test_a_stage_is_built_anew_where_something_is_written_already(app):
    for _ in range(3):
        found = kept("ground after writing", lambda: make.estate())
    assert found.id == 3


def test_the_product_waits_for_the_disk_even_if_tests_do_not():
    connection = sqlite3.connect(":memory:")
    base._durable_sqlite(connection, None)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.close()
