"""今天有 N 件事要办: gathered from the blockers and clocks of every room, never a list kept by hand.

One module a room, each a function (actor, estate, posts, now) -> tuple[Todo]; what the posts of the
actor may not do is not in it. The number of queries does not grow with what there is.
"""

from __future__ import annotations

from datetime import datetime

from hall.estates.queries import EstateRow
from hall.people.queries import PostRow
from hall.permissions import Actor
from hall.web.desk.todo import (
    actions,
    answers,
    ballots,
    meetings,
    moderation,
    people,
    proposals,
    resolutions,
    roll,
    rulesets,
)
from hall.web.desk.todo.item import Todo, sorted_by_urgency

__all__ = ["Todo", "gather"]

ROOMS = (
    answers.gather,
    proposals.gather,
    meetings.gather,
    ballots.gather,
    resolutions.gather,
    actions.gather,
    moderation.gather,
    roll.gather,
    rulesets.gather,
    people.gather,
)


def gather(
    actor: Actor, estate: EstateRow, posts: tuple[PostRow, ...], now: datetime
) -> list[Todo]:
    """Everything that waits for this actor here, the urgent first."""
    return sorted_by_urgency(t for room in ROOMS for t in room(actor, estate, posts, now))
