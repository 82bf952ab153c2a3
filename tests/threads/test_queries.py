"""A thread of 2,000 points: the same few queries, every point once, the orders as promised."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from hall.db import atomic, db
from hall.threads import queries
from hall.threads.models import Answer, Comment, Echo
from tests.threads.scene import stage

POINTS = 2000
CEILING = 9


@pytest.fixture
def full(app, now):
    """2,000 points, one reply each, every fourth answered, some echoes, one point with 45 replies."""
    scene = stage(now)
    author = scene.who["owner"].account_id
    same = {
        "estate_id": scene.estate.id,
        "thread_id": scene.thread,
        "account_id": author,
        "name": "样本",
        "standing": "owner",
        "text": "意见",
    }
    points = [
        same
        | {
            "id": i,
            "written_at": now + timedelta(seconds=i),
            "answer_body": "committee",
            "answer_due_at": now + timedelta(days=3, seconds=i),
        }
        for i in range(1, POINTS + 1)
    ]
    reply = same | {"depth": 1, "written_at": now}
    replies = [
        reply | {"id": POINTS + i, "parent_id": i, "root_id": i} for i in range(1, POINTS + 1)
    ]
    many = [
        reply | {"id": 2 * POINTS + i, "parent_id": POINTS, "root_id": POINTS} for i in range(1, 45)
    ]
    given = {
        "version": 1,
        "outcome": "adopted",
        "text": "好",
        "body": "committee",
        "title": "chair",
        "post_id": scene.post["chair"],
        "name": "样本",
        "account_id": scene.who["chair"].account_id,
        "answered_at": now,
    }
    with atomic() as session:
        session.execute(insert(Comment), points)
        session.execute(insert(Comment), [*replies, *many])
        session.execute(
            insert(Answer), [given | {"comment_id": i} for i in range(4, POINTS + 1, 4)]
        )
        session.execute(
            insert(Echo),
            [
                {"comment_id": i, "account_id": a, "at": now}
                for i, n in ((7, 3), (12, 2), (5, 2), (2000, 1))
                for a in range(1, n + 1)
            ],
        )
    return scene


def test_two_thousand_points(full, now, count_queries):
    viewer = full.who["tenant"]

    def walk(sort, actor, pages):
        ids, after = [], None
        for _ in range(pages):
            with count_queries() as q:
                shown = queries.page(full.thread, actor, sort=sort, after=after, now=now)
            db.session.rollback()
            assert q.count <= CEILING, q.statements
            ids += [c.id for c in shown.comments]
            after = shown.after
            if after is None:
                break
        return ids, after

    newest, after = walk("newest", viewer, 3)
    assert newest == list(range(2000, 1940, -1))
    assert after is not None
    echoed, _ = walk("echoed", viewer, 1)
    assert echoed[:6] == [7, 12, 5, 2000, 1999, 1998]
    # Answered ones first (multiples of four), among them the most echoed.
    answered, _ = walk("answered", viewer, 2)
    assert answered[:4] == [12, 2000, 1996, 1992]
    assert all(i % 4 == 0 for i in answered)
    assert walk("mine", viewer, 1) == ([], None)
    assert walk("nonsense", full.who["owner"], 1)[0] == answered[:20]
    last = queries.page(full.thread, viewer, sort="newest", after="0.0.21", now=now)
    assert [c.id for c in last.comments] == list(range(20, 0, -1))
    assert last.after is None
    first = queries.page(full.thread, viewer, sort="newest", after="not.a.token", now=now)
    assert len(first.comments[0].replies) == 30
    assert first.comments[0].more_replies == 15
    assert len(queries.comment(full.estate.id, 2000, viewer, now).replies) == 45
    with count_queries() as q:
        figures = queries.counts([full.thread], now)[full.thread]
        owed = queries.owed(full.estate.id)
        by_body = queries.by_body(full.estate.id, now + timedelta(days=3, seconds=3))
    assert q.count == 3
    assert (figures.comments, figures.answered, figures.waiting) == (2000, 500, 1500)
    assert figures.replies == 2044
    assert [r.comment_id for r in owed[:4]] == [1, 2, 3, 5]
    assert next(b for b in by_body if b.body == "committee") == queries.BodyCounts(
        "committee", 500, 0, 1500, 3
    )


def test_every_page_of_mine_once(full, now):
    """The author walks through all of his own to the end."""
    seen, after = [], "0.0.120"
    while after:
        shown = queries.page(full.thread, full.who["owner"], sort="mine", after=after, now=now)
        seen += [c.id for c in shown.comments]
        after = shown.after
    assert seen == list(range(119, 0, -1))
