"""Letting a proposal in, or saying why not; a template's rounds come with it."""

from __future__ import annotations

from datetime import datetime

from hall.clock import add_days, local_date
from hall.db import atomic, db
from hall.errors import refuse_if
from hall.journal.service import record
from hall.people.queries import acting_post
from hall.permissions import Action, Actor, require
from hall.proposals.models import CommentRound, Proposal
from hall.proposals.queries.rows import facts_of
from hall.proposals.rules import steps
from hall.proposals.rules import wording as words
from hall.proposals.rules.procedures import PAUSE_DAYS, procedure
from hall.proposals.rules.state import planned_windows
from hall.proposals.service import load
from hall.threads.service.opening import set_window


def screen(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    accept: bool,
    reason: str,
    post_id: int,
    track: str | None = None,
    matter: int | None = None,
    plan_rounds: bool = True,
    now: datetime,
) -> int:
    """Take a proposal up, or decline it with a public reason; gives back how many rounds it planned.

    track, matter: put right which way it goes (None: as proposed). With a template its rounds are
    planned in the same step, the first from tomorrow (1.39). Raises Forbidden, NotFound, Refused
    with all of: proposal_wrong_state, own_proposal_screened, decline_reason_missing,
    proposal_field_too_long, track_unknown, proposal_matter_missing, proposal_matter_needless.
    """
    reason = words.clean(reason)
    with atomic():
        row = load.handed_in(estate_id, n)
        require(actor, Action.SCREEN_PROPOSAL, estate_id)
        post = acting_post(actor, estate_id, post_id, local_date(now))
        new_track = track or row.track
        new_matter = row.matter if track is None else matter
        refuse_if(
            [
                *steps.screen_blockers(
                    facts_of(row),
                    own=row.account_id == actor.account_id,
                    accept=accept,
                    reason=reason,
                ),
                *words.too_much(reason, "reason", words.MOST_REASON),
                *steps.track_blockers(new_track, new_matter, row.lead_body),
            ]
        )
        row.screened_at, row.accepted, row.screen_reason = now, accept, reason
        row.screened_name, row.screened_body, row.screened_title = post.name, post.body, post.title
        row.track, row.matter = new_track, new_matter
        planned = _plan_rounds(row, now) if accept and plan_rounds else 0
        record(
            actor,
            "proposals.accepted" if accept else "proposals.declined",
            "proposal",
            row.id,
            estate_id=estate_id,
            now=now,
            n=row.n,
            rounds=planned,
            body=post.body,
        )
        return planned


def _plan_rounds(row: Proposal, now: datetime) -> int:
    template = procedure(row.procedure)
    if template is None:
        return 0
    windows = planned_windows(
        [r.days for r in template.rounds], add_days(local_date(now), 1), PAUSE_DAYS
    )
    newest, _ = load.newest_wording(row.id)
    for i, (plan, (opens_at, closes_at)) in enumerate(
        zip(template.rounds, windows, strict=True), 1
    ):
        db.session.add(
            CommentRound(
                proposal_id=row.id,
                n=i,
                version_n=newest,
                opens_at=opens_at,
                closes_at=closes_at,
                question=plan.question,
            )
        )
    db.session.flush()
    set_window(row.thread_id, opens_at=windows[0][0], closes_at=windows[0][1])
    return len(windows)
