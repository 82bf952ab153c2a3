"""Fixed selects: values of their own, lists of any length, rows with names."""

from __future__ import annotations

from sqlalchemy import bindparam, case, select

from hall.db import atomic, db
from hall.db.query import Query
from hall.people.models import Account
from tests import make

A = Account
BY_IDS = Query(
    select(A.id, A.username, case((A.username.in_(("b", "c")), 1), else_=0).label("late"), A.id)
    .where(A.id.in_(bindparam("ids", expanding=True)), A.username != "d")
    .order_by(A.id)
)


def test_rows_have_the_names_of_their_columns(app):
    ids = [make.account(username=name).id for name in "abcd"]
    rows = BY_IDS.named(ids=ids)
    assert [(r.username, r.late) for r in rows] == [("a", 0), ("b", 1), ("c", 1)]
    assert [r.id for r in rows] == [r[3] for r in rows] == ids[:3]
    assert BY_IDS.first(ids=ids[1:]).username == "b"
    assert BY_IDS.first(ids=ids[3:]) is None


def test_few_texts_serve_lists_of_every_length(app):
    ids = [make.account(username=f"u{i}").id for i in range(9)]
    query = Query(select(A.id).where(A.id.in_(bindparam("ids", expanding=True))))
    for n in range(len(ids) + 1):
        assert sorted(r.id for r in query.named(ids=ids[:n])) == ids[:n]
    texts = {query.text(db.engine.dialect, {"ids": ids[:n]})[0] for n in range(len(ids) + 1)}
    assert len(texts) == 6  # none, 1, 2, 4, 8, 16


def test_what_a_service_has_changed_is_seen(app):
    made = make.account(username="a")
    with atomic() as session:
        session.get(Account, made.id).username = "b"
        assert BY_IDS.first(ids=[made.id]).username == "b"
