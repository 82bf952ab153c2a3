"""The blueprint of proposals, and what its pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import cast

from flask import Blueprint, Response, redirect, request, url_for
from flask.blueprints import BlueprintSetupState

from hall.errors import NotFound
from hall.people.queries import PostRow
from hall.permissions import Action, may
from hall.proposals import queries
from hall.proposals.queries import ProposalRow
from hall.proposals.rules.state import Beyond, State
from hall.web.access import current_actor, current_estate, current_posts
from hall.web.messages import name_fact
from hall.web.proposals import words

bp = Blueprint("proposals", __name__)
BASE = "/e/<slug>/proposals"
ONE = BASE + "/<int:n>"
DESK = "/desk/<slug>/proposals"

name_fact("proposal_state", words.state_phrase)
name_fact("proposal_part", words.part_name)

# What rooms above have to say on a proposal's page: each gives names for its template, and may
# give "beyond" (a Beyond) for the tracker. They register; this room knows none of them.
Extra = Callable[[ProposalRow, datetime], Mapping[str, object]]
_extras: list[Extra] = []


def extra(call: Extra) -> Extra:
    """Let a room add to the proposal's page; usable as a decorator. Twice changes nothing."""
    if call not in _extras:
        _extras.append(call)
    return call


def extras(row: ProposalRow, now: datetime) -> dict[str, object]:
    """Everything that rooms above add; beyond is merged from all of them."""
    found: dict[str, object] = {}
    beyond = Beyond()
    for call in _extras:
        given = dict(call(row, now))
        said = given.pop("beyond", None)
        if isinstance(said, Beyond):
            beyond = merged(beyond, said)
        found |= given
    return found | {"beyond": beyond}


# Given ids of proposals: their five-seal strips, when the positions room shows them.
Strips = Callable[[Sequence[int], datetime], Mapping[int, object]]
_strips: list[Strips] = []


def strip_source(call: Strips) -> Strips:
    """Let the positions room add its strips to lists of proposals."""
    if call not in _strips:
        _strips.append(call)
    return call


def strips(ids: Sequence[int], now: datetime) -> dict[int, object]:
    """The strips of a list of proposals, empty while nobody shows them."""
    found: dict[int, object] = {}
    for call in _strips if ids else ():
        found |= call(ids, now)
    return found


def merged(a: Beyond, b: Beyond) -> Beyond:
    """What two rooms know, together."""
    return Beyond(
        met=a.met or b.met,
        ballot=a.ballot or b.ballot,
        resolved=a.resolved or b.resolved,
        actions_open=a.actions_open + b.actions_open,
        actions_done=a.actions_done + b.actions_done,
    )


def row_here(n: int) -> ProposalRow:
    """Proposal n of this estate; a draft exists for its author only. Raises NotFound."""
    row = queries.get(current_estate().id, n)
    if row.facts.submitted_at is None and row.account_id != current_actor().account_id:
        raise NotFound("proposal")
    return row


def public_row(n: int) -> ProposalRow:
    """Proposal n once it was handed in. Raises NotFound."""
    row = queries.get(current_estate().id, n)
    if row.state is State.DRAFT or row.facts.submitted_at is None:
        raise NotFound("proposal")
    return row


def hats(action: Action | None = None) -> tuple[PostRow, ...]:
    """The posts under which this visitor may act here today; for an action: empty unless he may."""
    estate, actor = current_estate(), current_actor()
    if action is not None and not may(actor, action, estate.id):
        return ()
    return current_posts()


def posted(name: str) -> str:
    """A posted text with one kind of line end; never cut, what is too long is told."""
    return request.form.get(name, "").replace("\r\n", "\n")


def whole(name: str) -> int | None:
    """A posted whole number, None when empty or unreadable."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def to(n: int, **values: str) -> Response:
    """303 to the proposal's page."""
    return cast(Response, redirect(url_for("proposals.show", n=n, **values), 303))  # type: ignore[arg-type]


def to_desk(n: int, **values: str) -> Response:
    """303 to the proposal's page of the desk."""
    return cast(Response, redirect(url_for("proposals.manage", n=n, **values), 303))  # type: ignore[arg-type]


@bp.record_once
def _tools(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(proposal_words=words)
