"""Threads on the web, per role: speak, answer, report, decide, appeal; nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from hall import clock
from hall.db import atomic
from hall.threads import queries, service
from hall.threads.models import Comment
from hall.web.threads import owners
from tests import make
from tests.web import staff as staffs


@pytest.fixture
def town(app, now):
    """An estate with posts and one open thread of the committee."""
    staff = staffs.stage(app, now)
    with atomic():
        staff.thread = service.open_thread(
            staff.estate.id, "续聘物业公司", answer_body="committee", now=now
        )
    staff.e = f"/e/{staff.estate.slug}"
    staff.t = f"{staff.e}/threads/{staff.thread}"
    return staff


def say(town, role, text, **values):
    """Post a comment as a role through the form; the page that answers."""
    page = town.pages(role).get(town.t)
    return page.submit("/write", text=text, **values)


def last(town):
    row = make.db_last(Comment) if hasattr(make, "db_last") else None
    if row is None:
        from hall.db import db

        row = db.session.query(Comment).order_by(Comment.id.desc()).first()
    return row.id


def test_a_point_from_word_to_answer(town, travel):
    town.pages(None).get(town.t)
    page = say(town, "owner", "三年太长了")
    assert "三年太长了" in page.text
