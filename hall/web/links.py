"""Links between the pages of a matter."""

from __future__ import annotations

from flask import Flask, current_app

from hall.ballots import queries as ballots
from hall.ballots import service as ballots_service
from hall.errors import Blocker
from hall.resolutions import queries as resolutions
from hall.resolutions.queries import AfterItem
from hall.web.access import current_estate
from hall.web.addresses import url_for


def address(endpoint: str, **values: int | str) -> str:
    """The address of a page, or '' when this installation has no such page."""
    if endpoint not in current_app.view_functions:
        return ""
    return url_for(endpoint, **values)


def ballots_on(proposal_id: int) -> tuple[tuple[int, str], ...]:
    """(number, title) of the noticed ballots on a proposal."""
    return ballots.ballots_of([proposal_id]).get(proposal_id, ())


def ballot_waits(proposal_n: int) -> tuple[Blocker, ...]:
    """Why no ballot can be drafted on a proposal of this estate now."""
    return ballots_service.draft_blockers(current_estate().id, proposal_n)


def after_meeting(meeting_id: int) -> tuple[AfterItem, ...]:
    """What the items of a meeting lead to: documents, and ballots that can be drafted."""
    return resolutions.after_meeting(meeting_id)


def init_app(app: Flask) -> None:
    """The links as template globals."""
    app.jinja_env.globals.update(
        address=address,
        after_meeting=after_meeting,
        ballots_on=ballots_on,
        ballot_waits=ballot_waits,
    )
