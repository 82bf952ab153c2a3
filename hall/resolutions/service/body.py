"""Publishing what a meeting decided, and what an organisation decided on a proposal by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from hall.bodies.rules import SPEAKERS, Body, Title
from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Blocker, Forbidden, refuse_if
from hall.estates import queries as estates
from hall.meetings.queries.outcome import OutcomeRow, outcome
from hall.people import queries as people
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, require
from hall.proposals import service as proposals
from hall.resolutions import body_record, rules
from hall.resolutions.models import Resolution
from hall.resolutions.queries.matter import MatterRow, matter, matter_by_n
from hall.resolutions.rules import DecisionFacts, Follow, MatterFacts, OrganisationFacts
from hall.resolutions.service import follow, register
from hall.resolutions.service.follow import Task


def publish_decision(
    actor: Actor,
    estate_id: int,
    decision_id: int,
    *,
    post_id: int | None,
    decided: str = "",
    tasks: Sequence[Task] = (),
    no_action: str = "",
    settles: bool = False,
    now: datetime,
) -> str:
    """Publish what a meeting decided under the number of the body that took it; returns the docno.

    decided: what follows, one item a line. tasks or no_action (the reason why nothing follows): one
    of them. settles: it brings its proposal to an end; never for a matter that is the owners' own.
    Raises Forbidden, NotFound, Refused with all blockers of decision_blockers and of the tasks.
    """
    with atomic():
        register.lock(estate_id)
        require(actor, Action.PUBLISH_BODY_DECISION, estate_id)
        found = outcome(estate_id, decision_id)
        post = require_post(actor, estate_id, post_id, found.bodies, now)
        about = matter(found.proposal_id)
        said = Follow(len(tasks), no_action.strip())
        refuse_if([*_blockers(found, about, said, settles), *_task_blockers(tasks)])
        series = rules.series_of(found.meeting_kind, found.meeting_body)
        estate = estates.get(estate_id)
        number, year, seq = _number(estate_id, estate.short_name, series, now)
        document = body_record.of_meeting(
            estate, found, about, number=number, decided=register.lines(decided), now=now
        )
        row = _first(
            actor, document, estate_id, series, year, seq, now,
            source="meeting",
            verdict=found.outcome or "",
            decision_id=decision_id,
            proposal_id=found.proposal_id,
            published_for=post,
        )  # fmt: skip
        _finish(actor, row, tasks, no_action, about if settles else None, now)
        return rules.docno(series, year, seq)


def publish_organisation_decision(
    actor: Actor,
    estate_id: int,
    proposal_n: int,
    *,
    post_id: int | None,
    text: str,
    basis: str,
    decided: str = "",
    tasks: Sequence[Task] = (),
    no_action: str = "",
    now: datetime,
) -> str:
    """Publish what the body of the acting post decided on a consulted proposal; returns the docno.

    text: the decision in one sentence; basis: on what ground it is this body's to decide. It ends
    the proposal. Raises Forbidden, NotFound, Refused with all blockers of
    rules.why_not_publish_organisation and of the tasks.
    """
    with atomic():
        register.lock(estate_id)
        require(actor, Action.PUBLISH_BODY_DECISION, estate_id)
        post = require_post(actor, estate_id, post_id, tuple(SPEAKERS), now)
        about = matter_by_n(estate_id, proposal_n)
        facts = OrganisationFacts(text, basis, Follow(len(tasks), no_action.strip()), about.facts())
        refuse_if([*rules.why_not_publish_organisation(facts), *_task_blockers(tasks)])
        series = rules.series_of_body(post.body)
        estate = estates.get(estate_id)
        number, year, seq = _number(estate_id, estate.short_name, series, now)
        document = body_record.of_organisation(
            estate,
            about,
            post,
            number=number,
            text=text.strip(),
            basis=basis.strip(),
            decided=register.lines(decided),
            now=now,
        )
        row = _first(
            actor, document, estate_id, series, year, seq, now,
            source="organisation",
            verdict="decided",
            decision_id=None,
            proposal_id=about.id,
            published_for=post,
        )  # fmt: skip
        _finish(actor, row, tasks, no_action, about, now)
        return rules.docno(series, year, seq)


def decision_blockers(
    estate_id: int, decision_id: int, *, settles: bool = False
) -> tuple[Blocker, ...]:
    """Why a meeting's decision cannot be published now, but for what the form still lacks."""
    found = outcome(estate_id, decision_id)
    return _blockers(found, matter(found.proposal_id), Follow(0, "-"), settles)


def require_post(
    actor: Actor, estate_id: int, post_id: int | None, bodies: Sequence[str], now: datetime
) -> PostRow:
    """The acting post, which must speak for one of these bodies. Raises Forbidden."""
    if post_id is None:
        raise Forbidden(Action.PUBLISH_BODY_DECISION)
    post = people.acting_post(actor, estate_id, post_id, local_date(now))
    if post.body not in bodies or Title(post.title) not in SPEAKERS[Body(post.body)]:
        raise Forbidden(Action.PUBLISH_BODY_DECISION)
    return post


def publishers(doc: Resolution) -> tuple[str, ...]:
    """The bodies whose posts may correct a document: that of its series, or the meeting's."""
    if doc.decision_id is not None:
        return outcome(doc.estate_id, doc.decision_id).bodies
    return ("committee",) if doc.body == "board" else (doc.body,)


def add_version(
    actor: Actor, document: Mapping[str, Any], last: Resolution, now: datetime
) -> Resolution:
    """The next version of a body's document; number, outcome and days stay."""
    return register.add(
        actor,
        document,
        body_record.words(document),
        now=now,
        act="resolutions.correct",
        facts=_facts(document, last.proposal_id),
        estate_id=last.estate_id,
        body=last.body,
        year=last.year,
        seq=last.seq,
        number=last.number,
        version=document["version"],
        source=last.source,
        decision_id=last.decision_id,
        proposal_id=last.proposal_id,
        kind="body",
        verdict=last.verdict,
        title=last.title,
        decided="\n".join(document["decided"]),
        display_until=last.display_until,
        correction_reason=document["correction_reason"],
    )


def _first(
    actor: Actor,
    document: Mapping[str, Any],
    estate_id: int,
    series: str,
    year: int,
    seq: int,
    now: datetime,
    *,
    source: str,
    verdict: str,
    decision_id: int | None,
    proposal_id: int | None,
    published_for: PostRow,
) -> Resolution:
    act = "resolutions.decision_published"
    if source == "organisation":
        act = "resolutions.organisation_published"
    return register.add(
        actor,
        document,
        body_record.words(document),
        now=now,
        act=act,
        facts={**_facts(document, proposal_id), "by": published_for.body},
        estate_id=estate_id,
        body=series,
        year=year,
        seq=seq,
        number=document["number"],
        version=1,
        source=source,
        decision_id=decision_id,
        proposal_id=proposal_id,
        kind="body",
        verdict=verdict,
        title=document["title"],
        decided="\n".join(document["decided"]),
        display_until=rules.display_until(now),
    )


def _facts(document: Mapping[str, Any], proposal_id: int | None) -> dict[str, object]:
    meeting = document.get("meeting") or {}
    return {
        "source": document["source"],
        "series": document["series"],
        "verdict": document["verdict"],
        "meeting": meeting.get("n"),
        "proposal": register.proposal_n(proposal_id),
    }


def _finish(
    actor: Actor,
    row: Resolution,
    tasks: Sequence[Task],
    no_action: str,
    settled: MatterRow | None,
    now: datetime,
) -> None:
    follow.add_tasks(actor, row, tasks, now=now)
    if no_action.strip():
        follow.add_none(actor, row, no_action, now=now)
    if settled is not None:
        proposals.settle(settled.id, row.source, now)


def _number(estate_id: int, short_name: str, series: str, now: datetime) -> tuple[str, int, int]:
    year = local_date(now).year
    seq = register.next_seq(estate_id, series, year)
    return rules.body_number(short_name, series, year, seq), year, seq


def _blockers(
    found: OutcomeRow, about: MatterRow | None, said: Follow, settles: bool
) -> tuple[Blocker, ...]:
    number = db.session.scalar(
        select(Resolution.number).where(Resolution.decision_id == found.decision_id).limit(1)
    )
    facts: MatterFacts | None = about.facts() if about else None
    return rules.why_not_publish_decision(
        DecisionFacts(found.outcome, number, said, settles, facts)
    )


def _task_blockers(tasks: Sequence[Task]) -> list[Blocker]:
    return [b for task in tasks for b in follow.why_not_task(task)]
