"""Fixed statements: the values the object layer would give, in whatever transaction is open."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import BigInteger, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from hall.db import Fixed, atomic, atomic_fixed, db, fixed
from hall.estates.models import Estate
from hall.people.models import Account, Post
from tests import make

A = Account.__table__
AT = datetime(2026, 5, 6, 2, 0, 0, 123456, tzinfo=UTC)
NEW = Fixed(insert(A).returning(A.c.id))
BY_IDS = Fixed(
    select(A.c.username, A.c.created_at, A.c.disabled_at)
    .where(A.c.id.in_(bindparam("ids", expanding=True)), A.c.created_at <= bindparam("now"))
    .order_by(A.c.id)
)
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def new(name: str):
    return NEW(name="样本", username=name, created_at=AT)


def names() -> list[str]:
    return [name for (name,) in db.session.execute(select(A.c.username).order_by(A.c.id))]


def test_instants_are_aware_and_lists_have_any_length(app):
    with atomic_fixed() as line:
        ids = [rows[0][0] for rows in line.run(new("a"), new("b"), new("c"))]
    assert BY_IDS.rows(ids=ids[:1], now=LATER) == [("a", AT, None)]
    assert [r[0] for r in BY_IDS.rows(ids=ids, now=LATER)] == ["a", "b", "c"]
    assert BY_IDS.rows(ids=ids, now=datetime(2026, 5, 6, 2, tzinfo=UTC)) == []


def test_what_the_object_layer_wrote_is_found_by_day_and_instant(app):
    estate = make.estate()
    post = make.post(make.person(estate.id), "committee", "chair")
    p = Post.__table__.c
    on = Fixed(select(p.id).where(p.from_on == bindparam("day"), p.id == bindparam("id")))
    assert on.rows(day=post.from_on, id=post.id) == [(post.id,)]
    assert on.rows(day=date(1999, 1, 1), id=post.id) == []


def test_days_and_truth_values_are_what_the_object_layer_gives(app):
    made = make.estate(slug="x", demo=True, online_must_use_official=False)
    e = Estate.__table__
    columns = (e.c.demo, e.c.online_must_use_official, e.c.street_confirmed_on, e.c.created_at)
    query = select(*columns).where(e.c.id == bindparam("id"))
    (row,) = Fixed(query).rows(id=made.id)
    assert row == tuple(db.session.connection().execute(query, {"id": made.id}).one())
    assert row[:2] == (True, False)
    assert (type(row[0]), type(row[1])) == (bool, bool)
    with atomic() as s:
        s.execute(update(e).values(street_confirmed_on=date(2026, 5, 6)))
    assert Fixed(query).rows(id=made.id)[0][2] == date(2026, 5, 6)


def test_all_or_nothing(app):
    def broken():
        with atomic_fixed() as line:
            line.run(new("a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert names() == []
    with atomic_fixed() as line:
        line.run(new("b"))
    assert names() == ["b"]


def test_errors_are_those_of_the_object_layer(app):
    with pytest.raises(IntegrityError), atomic_fixed() as line:
        line.run(new("a"), new("a"))
    assert names() == []
    with atomic_fixed() as line:  # the connection is fit for use again
        line.run(new("a"))
    assert names() == ["a"]


def test_reads_belong_to_the_transaction_that_is_open(app):
    count = Fixed(select(A.c.id).where(A.c.id > bindparam("least", type_=BigInteger())))
    with atomic_fixed() as line:
        line.run(new("a"))
        assert len(count.rows(least=0)) == 1
        assert fixed.read(count(least=0), count(least=10**6)) == [count.rows(least=0), []]
    with atomic() as s:
        s.execute(insert(A).values(name="样本", username="b", created_at=AT))
        assert len(count.rows(least=0)) == 2
    assert len(count.rows(least=0)) == 2


def test_what_the_session_had_read_is_read_anew(app):
    assert names() == []
    with atomic_fixed() as line:
        line.run(new("a"))
    assert names() == ["a"]


def test_inside_atomic_it_is_part_of_that(app):
    def broken():
        with atomic() as s:
            s.execute(insert(A).values(name="样本", username="a", created_at=AT))
            with pytest.raises(IntegrityError), atomic_fixed() as line:
                line.run(new("b"), new("a"))
            with atomic_fixed() as line:
                line.run(new("c"))
            assert names() == ["a", "c"]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert names() == []


def test_statements_are_counted_with_all_others(app, count_queries):
    with count_queries() as asked:
        BY_IDS.rows(ids=[1], now=LATER)
    assert asked.count == 1
