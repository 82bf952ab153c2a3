"""The stop screens of voting: one sentence, the facts, one way on. Nothing was recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Response, g, make_response, render_template

from hall.ballots.queries import BallotRow, VoterGroup
from hall.errors import Blocker, Refused
from hall.web import messages
from hall.web.ballots import page, sheet, words

# Which screen a refusal gets when several reasons hold: the first in this order.
SCREENS = (
    ("ballot_void", "void"),
    ("voting_closed", "closed"),
    ("voting_not_open", "notopen"),
    ("sheet_changed", "changed"),
    ("not_on_roll", "noroll"),
    ("entry_not_yours", "noroll"),
    ("entry_unverified", "noroll"),
    ("entry_contested", "contested"),
    ("already_cast", "cast"),
    ("entry_represented_by_other", "other"),
)
# What can be put right on the form itself.
FIXABLE = frozenset({"answer_missing", "answer_invalid"})


def fixable(blockers: Iterable[Blocker]) -> bool:
    """Whether nothing but the answers stands in the way."""
    return all(b.code in FIXABLE for b in blockers)


def kind(blockers: Iterable[Blocker]) -> str:
    """The name of the screen for these blockers, '' for the general one."""
    codes = {b.code for b in blockers}
    return next((screen for code, screen in SCREENS if code in codes), "")


def of(blockers: Iterable[Blocker], code: str) -> Blocker | None:
    """The blocker of a code, if it is among them."""
    return next((b for b in blockers if b.code == code), None)


def screen(
    ballot: BallotRow,
    blockers: tuple[Blocker, ...],
    group: VoterGroup | None,
    now: datetime,
    seen: tuple[str, ...] = (),
) -> Response:
    """The answer to a sheet that was not taken (409)."""
    name = kind(blockers)
    if not name:
        raise Refused(blockers)
    g.stopped = True  # links on this page do not lead back to a posted address
    cast = of(blockers, "already_cast")
    body = render_template(
        "ballots/stop.html",
        name=name,
        ballot=ballot,
        blockers=blockers,
        group=group,
        cast_at=cast.facts.get("at") if cast else None,
        late=(now - ballot.close_at) if ballot.close_at and now >= ballot.close_at else None,
        changes=sheet.changes(ballot, seen) if name == "changed" and seen else [],
        now=now,
        words=words,
        page=page,
    )
    return make_response(body, messages.status(blockers))
