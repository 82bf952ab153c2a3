"""Writing a proposal: a draft of one's own, and handing it in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, refuse_if
from hall.journal.service import record
from hall.permissions import Action, Actor, require
from hall.proposals.models import Proposal
from hall.proposals.queries.rows import facts_of
from hall.proposals.rules import steps
from hall.proposals.rules import wording as words
from hall.proposals.rules.procedures import procedure
from hall.proposals.rules.state import screen_deadline
from hall.proposals.rules.wording import Wording
from hall.proposals.service import load
from hall.proposals.service.load import FileRefs
from hall.threads.models import Comment
from hall.threads.service.opening import open_thread
from hall.threads.service.voices import voice_of

ORIGINS = ("own", "voice", "comment")


@dataclass(frozen=True, slots=True)
class Plan:
    """Which way a proposal is to go.

    scope {}: the whole estate; else ids of buildings or entrances, in a draft perhaps none yet.
    """

    track: str = "advisory"
    matter: int | None = None
    procedure: str = ""
    lead_body: str = ""
    scope: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where it came from. kind own | voice (said by somebody offline: text, on) | comment."""

    kind: str = "own"
    text: str = ""
    on: date | None = None
    comment_id: int | None = None


def lead_of(plan: Plan) -> str:
    """Who screens, answers and runs the rounds unless told: the template's body, else by track."""
    template = procedure(plan.procedure)
    if plan.lead_body:
        return plan.lead_body
    if template is not None:
        return template.lead_body
    return "committee" if plan.track == "statutory" else "branch"


def draft(
    actor: Actor,
    estate_id: int,
    wording: Wording,
    plan: Plan,
    *,
    origin: Origin | None = None,
    files: FileRefs = (),
    post_id: int | None = None,
    now: datetime,
) -> int:
    """Keep a draft that only its author sees; gives back its number in the estate.

    post_id: to propose as a body. Raises Forbidden, Refused with all of: proposal_field_too_long,
    track_unknown, proposal_matter_missing, proposal_matter_needless, lead_body_unknown,
    procedure_unknown, origin_unknown, origin_text_missing, too_many_files, file_unknown,
    speak_as_company.
    """
    wording = load.checked(wording)
    with atomic():
        require(actor, Action.PROPOSE, estate_id)
        voice = voice_of(actor, estate_id, post_id, now)
        origin = origin or Origin()
        text = words.clean(origin.text)
        refuse_if(
            [
                *_plan_blockers(plan),
                *_origin_blockers(estate_id, origin, text, now),
                *load.file_blockers(estate_id, files),
            ]
        )
        lead = lead_of(plan)
        row = Proposal(
            estate_id=estate_id,
            n=load.next_number(estate_id),
            thread_id=open_thread(
                estate_id, wording.title, answer_body=lead, opens_at=now, closes_at=now, now=now
            ),
            account_id=voice.account_id,
            person_id=voice.person_id,
            name=voice.name,
            place=voice.place,
            standing=voice.standing,
            body=voice.body,
            title=voice.title,
            post_id=voice.post_id,
            origin=origin.kind,
            origin_text=text,
            origin_on=origin.on,
            origin_comment_id=origin.comment_id,
            created_at=now,
            draft=load.packed(wording, files),
            **_plan_columns(plan, lead),
        )
        db.session.add(row)
        db.session.flush()
        _note(actor, row, "proposals.drafted", now)
        return row.n


def update_draft(
    actor: Actor,
    estate_id: int,
    n: int,
    wording: Wording,
    plan: Plan,
    *,
    revision: int,
    files: FileRefs = (),
    now: datetime,
) -> int:
    """Replace the words of one's draft; gives back its revision.

    revision: the one that was edited; an older one is refused, nothing is overwritten. Raises
    Forbidden, NotFound, Refused: proposal_wrong_state, draft_stale and what draft() refuses with.
    """
    wording = load.checked(wording)
    with atomic():
        row = load.own_draft(estate_id, n, actor.account_id)
        require(actor, Action.PROPOSE, estate_id)
        found = [
            *steps.draft_blockers(facts_of(row)),
            *_plan_blockers(plan),
            *load.file_blockers(estate_id, files),
        ]
        if revision != row.revision:
            found.append(Blocker("draft_stale", {"revision": row.revision}))
        refuse_if(found)
        for name, value in _plan_columns(plan, lead_of(plan)).items():
            setattr(row, name, value)
        row.draft = load.packed(wording, files)
        row.revision += 1
        _note(actor, row, "proposals.draft_updated", now)
        return row.revision


def submit(actor: Actor, estate_id: int, n: int, *, now: datetime) -> datetime:
    """Hand one's draft in: version 1 goes on record, everyone can read it.

    Gives back until when it will be screened (five Shanghai days, the day of submission not
    counted). Raises Forbidden, NotFound, Refused: proposal_wrong_state, proposal_field_missing,
    proposal_scope_empty.
    """
    with atomic():
        row = load.own_draft(estate_id, n, actor.account_id)
        require(actor, Action.PROPOSE, estate_id)
        wording, files = load.unpacked(row.draft)
        refuse_if(
            [
                *steps.draft_blockers(facts_of(row)),
                *words.missing(wording),
                *steps.scope_blockers(json.loads(row.scope)),
            ]
        )
        voice = voice_of(actor, estate_id, row.post_id, now)
        load.add_version(row, voice, wording, files, n=1, material=False, note="", now=now)
        row.draft = ""
        row.submitted_at = now
        row.screen_by = screen_deadline(now)
        _note(
            actor, row, "proposals.submitted", now, screen_by=local_date(row.screen_by).isoformat()
        )
        return row.screen_by


def _plan_blockers(plan: Plan) -> list[Blocker]:
    found = steps.track_blockers(plan.track, plan.matter, lead_of(plan))
    if plan.procedure and procedure(plan.procedure) is None:
        found.append(Blocker("procedure_unknown"))
    if set(plan.scope) - {"buildings", "entrances"} or len(plan.scope) > 1:
        found.append(Blocker("proposal_scope_unknown"))
    return found


def _plan_columns(plan: Plan, lead: str) -> dict[str, object]:
    scope = {k: sorted(v) for k, v in plan.scope.items()}
    return {
        "track": plan.track,
        "matter": plan.matter,
        "procedure": plan.procedure,
        "scope": json.dumps(scope, separators=(",", ":")),
        "lead_body": lead,
    }


def _origin_blockers(estate_id: int, origin: Origin, text: str, now: datetime) -> list[Blocker]:
    found = []
    if origin.kind not in ORIGINS:
        found.append(Blocker("origin_unknown"))
    if origin.kind == "voice" and not text:
        found.append(Blocker("origin_text_missing"))
    if origin.on is not None and origin.on > local_date(now):
        found.append(Blocker("origin_in_future"))
    found += words.too_much(text, "origin_text", words.MOST_REASON)
    if origin.comment_id is not None:
        here = select(Comment.id).where(
            Comment.id == origin.comment_id, Comment.estate_id == estate_id
        )
        if db.session.scalar(here) is None:
            raise NotFound("comment")
    return found


def _note(actor: Actor, row: Proposal, action: str, now: datetime, **facts: object) -> None:
    record(actor, action, "proposal", row.id, estate_id=row.estate_id, now=now, n=row.n, **facts)
