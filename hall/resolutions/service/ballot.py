"""Publishing what a ballot came to, and what time itself does: count at close, publish when due."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import select

from hall.ballots import queries as ballots
from hall.ballots import service as ballots_service
from hall.ballots.models import Ballot
from hall.ballots.queries import BallotRow, ResultRow
from hall.ballots.rules import PublishFacts, why_not_publish
from hall.clock import local_date
from hall.db import atomic, db, read_only
from hall.errors import Blocker, HallError, NotFound, Refused, refuse_if
from hall.estates import queries as estates
from hall.permissions import SYSTEM, Action, Actor, require
from hall.proposals import service as proposals
from hall.resolutions import record, rules
from hall.resolutions.models import Resolution
from hall.resolutions.service import register
from hall.resolutions.service.follow import add_tasks
from hall.resolutions.service.planned import planned

log = logging.getLogger(__name__)


def publish_blockers(estate_id: int, n: int, now: datetime) -> tuple[Blocker, ...]:
    """Why the result cannot be published now. Raises NotFound."""
    ballot = ballots.get(estate_id, n)
    return _blockers(ballot, ballots.result(ballot.id), now)


def publish(actor: Actor, estate_id: int, n: int, *, decided: str, now: datetime) -> str:
    """Publish the counted result as a numbered resolution; returns its docno (committee-2026-3).

    decided: what follows from it, one item a line; may be empty. Adopted by the owners, what the
    procedure of its proposal plans becomes actions in the same step (1.39).
    Raises Forbidden, NotFound, Refused with all blockers of rules.why_not_publish.
    """
    with atomic():
        register.lock(estate_id)
        if actor is not SYSTEM:
            require(actor, Action.PUBLISH_RESOLUTION, estate_id)
        ballot = ballots.get(estate_id, n)
        counted = ballots.result(ballot.id)
        refuse_if(_blockers(ballot, counted, now))
        if counted is None:
            raise NotFound("result")
        year = local_date(now).year
        seq = register.next_seq(estate_id, rules.BALLOTS, year)
        until = rules.objections_until(
            now, ballot.ruleset.objection_days if ballot.ruleset else None
        )
        doc = add_version(actor, ballot, counted, year, seq, 1, decided, "", until, now)
        if ballot.kind == "statutory":  # after a poll somebody has to choose what follows
            add_tasks(actor, doc, planned(doc), now=now)
        ballots_service.mark_published(ballot.id, now, until)
        _settle(ballot, counted, now)
        return rules.docno(rules.BALLOTS, year, seq)


def tick(*, now: datetime) -> tuple[str, ...]:
    """What time moves: count every closed ballot, publish every result that is due.

    Each in its own transaction; one that refuses is logged and does not stop the others.
    Returns a line for each act.
    """
    done: list[str] = []
    with read_only():
        due = ballots_service.due_for_count(now)
    for estate_id, n in due:
        if _try(partial(ballots_service.count, SYSTEM, estate_id, n, now=now)):
            done.append(f"counted {estate_id}/{n}")
    with read_only():
        ready = due_for_publication(now)
    for estate_id, n in ready:
        if _try(partial(publish, SYSTEM, estate_id, n, decided="", now=now)):
            done.append(f"published {estate_id}/{n}")
    return tuple(done)


def _settle(ballot: BallotRow, counted: ResultRow, now: datetime) -> None:
    """The owners have said yes or no: the proposal is settled. A poll, or too few, settles nothing."""
    if ballot.kind != "statutory" or ballot.proposal_id is None:
        return
    if rules.settles(rules.verdict_of(o.verdict.value for o in counted.outcomes)):
        proposals.settle(ballot.proposal_id, "ballot", now)


def due_for_publication(now: datetime) -> tuple[tuple[int, int], ...]:
    """(estate_id, n) of counted ballots whose result is to be out by now."""
    rows = db.session.execute(
        select(Ballot.estate_id, Ballot.n)
        .where(
            Ballot.counted_at.is_not(None),
            Ballot.published_at.is_(None),
            Ballot.voided_at.is_(None),
        )
        .order_by(Ballot.id)
    ).all()
    return tuple((e, n) for e, n in rows if now >= publish_due(ballots.get(e, n)))


def publish_due(ballot: BallotRow) -> datetime:
    """When time publishes this counted ballot's result if nobody has."""
    if ballot.counted_at is None or ballot.close_at is None:
        raise Refused(Blocker("not_counted", {}, "scrutineer"))
    days = ballot.ruleset.result_publish_days if ballot.ruleset else None
    return rules.publish_due(ballot.counted_at, ballot.close_at, days)


def _try(act: Callable[[], object]) -> bool:
    try:
        act()
    except HallError as e:
        log.warning("time could not act: %s", e)
        return False
    return True


def _blockers(ballot: BallotRow, counted: ResultRow | None, now: datetime) -> tuple[Blocker, ...]:
    matches = True
    if counted is not None:
        body = record.canonical(counted.document)
        matches = hashlib.sha256(body.encode()).hexdigest() == counted.digest
        matches = matches and record.still_counts_to(ballot, counted)
    return why_not_publish(PublishFacts(ballot.times, recount_matches=matches), now)


def add_version(
    actor: Actor,
    ballot: BallotRow,
    counted: ResultRow,
    year: int,
    seq: int,
    version: int,
    decided: str,
    reason: str,
    until: datetime | None,
    now: datetime,
) -> Resolution:
    """One version of a ballot's document, on a count."""
    estate = estates.get(ballot.estate_id)
    number = rules.number(estate.short_name, estate.has_committee, ballot.kind, year, seq)
    lines = register.lines(decided)
    document = record.public_record(
        estate,
        ballot,
        counted,
        number=number,
        version=version,
        decided=lines,
        reason=reason,
        now=now,
    )
    title = record.title_of(ballot, counted)
    return register.add(
        actor,
        document,
        [title, number, lines, ballot.summary, *(q.text for q in ballot.questions)],
        now=now,
        act="resolutions.correct" if version > 1 else "resolutions.publish",
        facts={"source": "ballot", "ballot": ballot.n},
        estate_id=ballot.estate_id,
        body=rules.BALLOTS,
        year=year,
        seq=seq,
        number=number,
        version=version,
        source="ballot",
        ballot_id=ballot.id,
        result_id=counted.id,
        kind=ballot.kind,
        verdict=rules.verdict_of(o.verdict.value for o in counted.outcomes),
        title=title,
        decided=lines,
        objections_until=until,
        contest_until=rules.contest_until(now, ballot.kind),
        correction_reason=reason,
    )
