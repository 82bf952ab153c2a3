"""The desk: which proposals wait for whom, letting one in, its rounds, its final wording."""

from __future__ import annotations

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import Blocker, Refused
from hall.permissions import Action
from hall.proposals import queries, service
from hall.proposals.queries import ProposalRow
from hall.proposals.rules import steps
from hall.proposals.rules.procedures import procedure
from hall.proposals.rules.state import State
from hall.threads import queries as threads
from hall.web.access import allowed, current_actor, current_estate
from hall.web.pages.views import MATTERS
from hall.web.proposals.blueprint import DESK, bp, extras, hats, posted, public_row, to_desk, whole


@bp.get(DESK)
@allowed(Action.SEE_DESK)
def desk() -> str:
    """Everything under way, what waits for us in front."""
    estate, now = current_estate(), clock.now()
    cards = queries.on_desk(estate.id)
    groups: dict[str, list[queries.ProposalCard]] = {"screen": [], "rounds": [], "ready": []}
    for card in cards:
        key = {State.SUBMITTED: "screen", State.READY: "ready"}.get(card.state, "rounds")
        groups[key].append(card)
    groups["screen"].reverse()  # the oldest is due first
    return render_template(
        "proposals/desk.html",
        groups=groups,
        counts=threads.counts([c.thread_id for c in cards], now),
        now=now,
    )


@bp.get(DESK + "/<int:n>")
@allowed(Action.SEE_DESK)
def manage(n: int) -> str:
    """What can be done with it now, and what stands in the way."""
    return page(public_row(n))


@bp.post(DESK + "/<int:n>/screen")
@allowed(Action.SCREEN_PROPOSAL)
def screen(n: int) -> AnyResponse | str:
    """Take it up, or decline it with a public reason."""
    row = public_row(n)
    track = posted("_track") or None
    try:
        service.screen(
            current_actor(),
            row.estate_id,
            n,
            accept=request.form.get("_do") == "accept",
            reason=posted("reason"),
            post_id=whole("_as") or 0,
            track=track,
            matter=whole("_matter") if track == "statutory" else None,
            now=clock.now(),
        )
    except Refused as refusal:
        return Response(page(row, why=refusal.blockers, typed={"reason": posted("reason")}), 422)
    return to_desk(n)


@bp.post(DESK + "/<int:n>/ready")
@allowed(Action.RUN_ROUNDS)
def ready(n: int) -> AnyResponse | str:
    """Fix the newest version as the final one."""
    row = public_row(n)
    try:
        service.make_ready(
            current_actor(), row.estate_id, n, post_id=whole("_as") or 0, now=clock.now()
        )
    except Refused as refusal:
        return Response(page(row, why=refusal.blockers), 409)
    return to_desk(n)


@bp.post(DESK + "/<int:n>/reopen")
@allowed(Action.RUN_ROUNDS)
def reopen(n: int) -> AnyResponse | str:
    """Take a final wording up again, unless a ballot has been noticed on it (I16)."""
    row, now = public_row(n), clock.now()
    beyond = extras(row, now)["beyond"]
    try:
        if getattr(beyond, "ballot", ""):
            raise Refused(Blocker("ballot_noticed_on_it"))
        service.reopen(
            current_actor(),
            row.estate_id,
            n,
            reason=posted("reason"),
            post_id=whole("_as") or 0,
            now=now,
        )
    except Refused as refusal:
        return Response(page(row, why=refusal.blockers, typed={"reason": posted("reason")}), 422)
    return to_desk(n)


def page(
    row: ProposalRow,
    *,
    why: tuple[Blocker, ...] = (),
    typed: dict[str, str] | None = None,
) -> str:
    """The page of one proposal on the desk."""
    now = clock.now()
    rounds = queries.rounds(row.id)
    versions = queries.versions(row.id)
    facts = [r.facts for r in rounds]
    return render_template(
        "proposals/manage.html",
        p=row,
        now=now,
        rounds=rounds,
        versions=versions,
        template=procedure(row.procedure),
        ready_blockers=steps.ready_blockers(row.facts, [v.facts for v in versions], facts),
        unsettled=next((r for r in rounds if r.settled_at is None), None),
        own=row.account_id == current_actor().account_id,
        screeners=hats(Action.SCREEN_PROPOSAL),
        runners=hats(Action.RUN_ROUNDS),
        counts=threads.counts([row.thread_id], now).get(row.thread_id),
        matters=MATTERS,
        why=why,
        typed=typed or {},
    )
