"""Posts that lapse soon: everybody's for who grants them, one's own for who holds them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask import url_for

from hall import clock
from hall.estates.queries import EstateRow
from hall.people import queries as people
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, may
from hall.web import filters
from hall.web.desk.todo.item import Todo
from hall.web.i18n import gettext
from hall.web.messages import who

ENDING_SOON = timedelta(days=30)


def gather(
    actor: Actor, estate: EstateRow, posts: tuple[PostRow, ...], now: datetime
) -> tuple[Todo, ...]:
    """Posts that end within thirty days."""
    if may(actor, Action.GRANT_POST, estate.id):
        return tuple(_ending(people.posts(estate.id, clock.local_date(now)), now))
    return tuple(_own(posts, now))


def _soon(posts: tuple[PostRow, ...], now: datetime) -> Iterator[tuple[PostRow, date]]:
    today = clock.local_date(now)
    for post in posts:
        if post.to_on is not None and post.to_on - today <= ENDING_SOON:
            yield post, post.to_on


def _ending(posts: tuple[PostRow, ...], now: datetime) -> Iterator[Todo]:
    for post, to_on in _soon(posts, now):
        yield Todo(
            gettext("%(name)s 的任职快到期", name=post.name),
            gettext("%(day)s 起不再任职", day=filters.day(to_on)),
            "wait",
            gettext("到期"),
            url_for("desk.posts"),
            clock.day_start(to_on),
        )


def _own(posts: tuple[PostRow, ...], now: datetime) -> Iterator[Todo]:
    for post, to_on in _soon(posts, now):
        yield Todo(
            gettext("您在%(body)s的任职快到期", body=who(post.body)),
            gettext("%(day)s 起不再任职，要接着做请社区登记", day=filters.day(to_on)),
            "line",
            gettext("到期"),
            url_for("bodies.index"),
            clock.day_start(to_on),
        )
