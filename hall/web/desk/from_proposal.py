"""One click from a proposal or an agenda item to the draft of its ballot."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.ballots import service
from hall.errors import Refused
from hall.permissions import Action
from hall.proposals import queries as proposals
from hall.web.access import allowed, current_actor, current_estate
from hall.web.desk.blueprint import bp, posted_number


@bp.get("/desk/<slug>/proposals/<int:n>/ballot")
@allowed(Action.DRAFT_BALLOT)
def ballot_from_proposal(n: int) -> str:
    """What the click will make, or why it cannot yet."""
    estate_id = current_estate().id
    return _page(n, service.draft_blockers(estate_id, n))


@bp.post("/desk/<slug>/proposals/<int:n>/ballot")
@allowed(Action.DRAFT_BALLOT)
def ballot_from_proposal_post(n: int) -> AnyResponse:
    """Make the draft and go on to it."""
    try:
        ballot_n = service.draft_from_proposal(
            current_actor(),
            current_estate().id,
            n,
            agenda_item_id=posted_number("item"),
            now=clock.now(),
        )
    except Refused as error:
        return Response(_page(n, error.blockers), 409)
    return redirect(url_for("desk.draft_edit", n=ballot_n), 303)


def _page(n: int, blockers: object) -> str:
    proposal = proposals.get(current_estate().id, n)
    return render_template("desk/from_proposal.html", proposal=proposal, blockers=blockers)
