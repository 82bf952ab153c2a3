"""What a procedure plans for afterwards becomes actions in one step (1.39), on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hall.ballots import queries as ballots
from hall.ballots import service as ballots_service
from hall.clock import local_date
from hall.errors import Refused
from hall.resolutions import queries, service
from hall.resolutions.queries.trace import trace_of
from hall.resolutions.rules import carries_out
from hall.resolutions.service.planned import planned_tasks
from tests.ballots.scene import scene
from tests.ballots.test_from_proposal import a_proposal

# What the law asks after a manager's contract is renewed: who, and within how many days.
RENEWED = [("committee", 15), ("committee", 30), ("committee", 180)]


def published(travel, marks, **values):
    """A ballot on a proposal along a procedure, published: (scene, docno)."""
    s = scene(travel)
    a_proposal(s, travel.now, **values)
    n = ballots_service.draft_from_proposal(s.chair, s.id, 1, now=travel.now)
    ballot = ballots.get(s.id, n)
    words = replace(ballots.draft_of(ballot), contact="样本 000-0000")
    ballots_service.update(s.chair, s.id, n, words, revision=ballot.revision, now=travel.now)
    ballots_service.notice(s.chair, s.id, n, now=travel.now)
    ballot = ballots.get(s.id, n)
    now = travel(ballot.open_at + timedelta(hours=1))
    for owner, mark in enumerate(marks):
        s.cast(owner, n, mark, now=now)
    ballots_service.count(s.chair, s.id, n, now=travel(ballot.close_at))
    return s, service.publish(s.chair, s.id, n, decided="", now=travel.now)


def opened(s, docno, now):
    """(body, days from today) of each action of a document."""
    day = local_date(now)
    actions = [f.action for f in queries.follow_ups(s.id, docno)]
    return [(a.body, (a.due_on - day).days) for a in actions]


def way(s, docno, now):
    """How the strip shows a document and what follows from it."""
    told = {one.kind: one.state for one in trace_of(s.id, "resolution", docno, now)}
    return told["resolution"], told["actions"]


def test_what_the_owners_adopted_is_set_going_by_the_publication_itself(app, travel):
    s, docno = published(travel, ["for", "for", "for", "against"])
    assert opened(s, docno, travel.now) == RENEWED
    assert planned_tasks(s.id, docno) == ()
    with pytest.raises(Refused, match="nothing_planned"):
        service.open_planned(s.chair, s.id, docno, now=travel.now)


def test_nothing_is_set_going_by_what_was_not_adopted(app, travel):
    s, docno = published(travel, ["against", "against", "against", "for"])
    assert queries.find(s.id, docno).verdict == "not_adopted"
    assert opened(s, docno, travel.now) == []
    assert planned_tasks(s.id, docno) == ()
    assert way(s, docno, travel.now) == ("done", "skip")


def test_a_matter_without_a_procedure_plans_nothing(app, travel):
    s, docno = published(travel, ["for", "for", "for", "against"], procedure="")
    assert opened(s, docno, travel.now) == []
    # It was adopted: what follows is still to be written down.
    assert way(s, docno, travel.now) == ("done", "todo")


@pytest.mark.parametrize(
    ("kind", "verdict", "series", "expected"),
    [
        ("statutory", "adopted", "committee", True),
        ("statutory", "not_adopted", "committee", False),
        ("statutory", "no_quorum", "committee", False),
        ("advisory", "counted", "committee", True),  # a poll decides nothing, its work goes on
        ("body", "decided", "branch", True),
        ("body", "adopted", "board", True),
        ("body", "adopted", "council", False),  # an opinion
    ],
)
def test_only_what_was_decided_or_asked_is_carried_out(kind, verdict, series, expected):
    assert carries_out(kind, verdict, series) is expected
