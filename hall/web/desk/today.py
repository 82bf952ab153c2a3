"""The first page of the desk: what waits for this person, what runs, what happened last."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from hall import clock
from hall.ballots import queries as ballots
from hall.ballots.queries import BallotCard
from hall.ballots.rules import Phase
from hall.journal import queries as journal
from hall.people import queries as people
from hall.permissions import Action
from hall.web.access import admits, allowed, current_actor, current_estate
from hall.web.actions import words as action_words
from hall.web.desk import panels, words
from hall.web.desk.blueprint import bp
from hall.web.desk.journal import summary
from hall.web.desk.running import Meters, meters
from hall.web.desk.todo import gather
from hall.web.meetings import words as meeting_words


@dataclass(frozen=True, slots=True)
class Running:
    """A ballot on the first page; meters once it is open and has a rule."""

    card: BallotCard
    phase: Phase
    meters: Meters | None


@bp.get("/desk/<slug>/")
@allowed(Action.SEE_DESK)
def today() -> str:
    """今天有 N 件事."""
    now = clock.now()
    actor, estate = current_actor(), current_estate()
    posts = people.posts_of(actor, estate.id, clock.local_date(now))
    log = journal.page(estate.id, limit=6) if admits(actor, Action.SEE_JOURNAL) else ()
    lines = panels.under_way(estate.id, now)
    return render_template(
        "desk/today.html",
        now=now,
        today=clock.local_date(now),
        posts=posts,
        tasks=gather(actor, estate, posts, now),
        running=[_running(c, estate.id) for c in ballots.running(estate.id, now)],
        facade=panels.facade(estate.id, now),
        meeting=panels.next_meeting(estate.id, posts, now),
        lines=lines,
        recusals=panels.recusals(lines, posts),
        actions=panels.carried_out(estate.id, now, panels.own_bodies(actor, estate.id, posts)),
        action_words=action_words,
        meeting_words=meeting_words,
        phases=words.PHASES,
        Phase=Phase,
        log=[(r, words.act(r.action), summary(r.facts)) for r in log],
    )


def _running(card: BallotCard, estate_id: int) -> Running:
    phase = card.phase(clock.now())
    rule = ballots.get(estate_id, card.n).rule if phase is Phase.OPEN else None
    part, whole = (card.cast_heads, card.cast_area), (card.heads, card.area_cm2)
    return Running(card, phase, meters(rule, part, whole) if rule else None)
