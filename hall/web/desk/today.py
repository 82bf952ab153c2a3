"""The first page of the desk: what waits for this person, what runs, what happened last."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from hall import clock
from hall.ballots import queries as ballots
from hall.ballots.queries import BallotCard
from hall.ballots.rules import Phase
from hall.journal import queries as journal
from hall.permissions import Action
from hall.web.access import admits, allowed, current_actor, current_estate
from hall.web.desk import words
from hall.web.desk.blueprint import bp
from hall.web.desk.journal import summary
from hall.web.desk.running import Meters, meters
from hall.web.desk.waiting import tasks


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
    estate = current_estate()
    sees = admits(current_actor(), Action.SEE_JOURNAL)
    log = journal.page(estate.id, limit=6) if sees else ()
    return render_template(
        "desk/today.html",
        now=now,
        tasks=tasks(now),
        running=[_running(c, estate.id) for c in ballots.running(estate.id, now)],
        phases=words.PHASES,
        Phase=Phase,
        log=[(r, words.act(r.action), summary(r.facts)) for r in log],
    )


def _running(card: BallotCard, estate_id: int) -> Running:
    phase = card.phase(clock.now())
    rule = ballots.get(estate_id, card.n).rule if phase is Phase.OPEN else None
    part, whole = (card.cast_heads, card.cast_area), (card.heads, card.area_cm2)
    return Running(card, phase, meters(rule, part, whole) if rule else None)
