"""Standing behind a proposal, and taking it back: one post each, back to its page."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import Forbidden, Refused
from hall.permissions import Action, may
from hall.proposals import service
from hall.proposals.queries import ProposalRow
from hall.proposals.rules.state import State
from hall.web.access import allowed, current_actor
from hall.web.proposals.blueprint import ONE, bp, posted, public_row, row_here, to

# What a second tap on the same button runs into: what it wanted is so already.
DONE = frozenset({"already_endorsed", "not_endorsed", "already_co_sponsor", "not_co_sponsor"})


@bp.post(ONE + "/endorse")
@allowed(Action.ENDORSE)
def endorse(n: int) -> AnyResponse:
    """Endorse, confirm again, or (take=1) withdraw it."""
    row = public_row(n)
    verb = service.withdraw_endorsement if request.form.get("_take") else service.endorse
    try:
        verb(current_actor(), row.estate_id, n, now=clock.now())
    except Refused as refusal:
        _unless_done(refusal)
    return to(n, _anchor="backing")


@bp.post(ONE + "/join")
@allowed(Action.PROPOSE)
def join(n: int) -> AnyResponse:
    """Propose it too, or (take=1) no longer."""
    row = public_row(n)
    verb = service.leave_co_sponsors if request.form.get("_take") else service.co_sponsor
    try:
        verb(current_actor(), row.estate_id, n, now=clock.now())
    except Refused as refusal:
        _unless_done(refusal)
    return to(n, _anchor="backing")


@bp.route(ONE + "/withdraw", methods=["GET", "POST"])
@allowed(Action.PROPOSE)
def withdraw(n: int) -> AnyResponse | str:
    """Take it back, with a public reason; a draft is thrown away."""
    row = row_here(n)
    actor = current_actor()
    if row.account_id != actor.account_id and not may(actor, Action.RUN_ROUNDS, row.estate_id):
        raise Forbidden(Action.RUN_ROUNDS)
    if request.method == "GET":
        return _ask(row)
    try:
        service.withdraw(actor, row.estate_id, n, reason=posted("reason"), now=clock.now())
    except Refused as refusal:
        return Response(_ask(row, refusal, posted("reason")), 422)
    if row.state is State.DRAFT:
        return redirect(url_for("proposals.index"), 303)
    return to(n)


def _ask(row: ProposalRow, refusal: Refused | None = None, reason: str = "") -> str:
    return render_template(
        "proposals/withdraw.html",
        p=row,
        why=refusal.blockers if refusal else (),
        reason=reason,
        drafting=row.state is State.DRAFT,
    )


def _unless_done(refusal: Refused) -> None:
    if not {b.code for b in refusal.blockers} <= DONE:
        raise refusal
