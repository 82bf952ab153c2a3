"""Correcting a published document: the next version beside the old one, with the reason."""

from __future__ import annotations

import json
from datetime import datetime

from hall.ballots import queries as ballots
from hall.db import atomic
from hall.errors import Blocker, NotFound, refuse_if
from hall.permissions import Action, Actor, require
from hall.resolutions.models import Resolution
from hall.resolutions.service import ballot as of_ballot
from hall.resolutions.service import body as of_body
from hall.resolutions.service import register


def correct(
    actor: Actor,
    estate_id: int,
    docno: str,
    *,
    reason: str,
    decided: str,
    now: datetime,
    post_id: int | None = None,
    text: str | None = None,
    basis: str | None = None,
) -> int:
    """Publish a new version on top of a newer count or wording; the old one stays visible.

    A body's document is corrected under a post of that body (post_id); text and basis only where
    an organisation decided, what a meeting voted on stays. Returns the version.
    Raises Forbidden, NotFound, Refused: reason_missing, nothing_to_correct.
    """
    with atomic():
        register.lock(estate_id)
        last = register.latest(estate_id, docno)
        if last.source == "ballot":
            require(actor, Action.CORRECT_RESOLUTION, estate_id)
            _ballot(actor, last, reason.strip(), decided, now)
        else:
            require(actor, Action.PUBLISH_BODY_DECISION, estate_id)
            of_body.require_post(actor, estate_id, post_id, of_body.publishers(last), now)
            _body(actor, last, reason.strip(), decided, text, basis, now)
        return last.version + 1


def _ballot(actor: Actor, last: Resolution, reason: str, decided: str, now: datetime) -> None:
    if last.ballot_id is None:
        raise NotFound("ballot")
    ballot = ballots.by_id(last.ballot_id)
    counted = ballots.result(ballot.id)
    if counted is None:
        raise NotFound("result")
    same = counted.id == last.result_id and register.lines(decided) == last.decided
    _refuse(reason, same)
    of_ballot.add_version(
        actor, ballot, counted, last.year, last.seq, last.version + 1, decided, reason,
        last.objections_until, now,
    )  # fmt: skip


def _body(
    actor: Actor,
    last: Resolution,
    reason: str,
    decided: str,
    text: str | None,
    basis: str | None,
    now: datetime,
) -> None:
    before = json.loads(last.record)
    free = last.source == "organisation"
    wording = text.strip() if free and text and text.strip() else before["decision"]["text"]
    ground = basis.strip() if free and basis and basis.strip() else before["basis"]
    lines = register.lines(decided)
    same = (lines, wording, ground) == (last.decided, before["decision"]["text"], before["basis"])
    _refuse(reason, same)
    after = before | {
        "version": last.version + 1,
        "decided": lines.splitlines(),
        "correction_reason": reason,
        "basis": ground,
        "decision": before["decision"] | {"text": wording},
    }
    of_body.add_version(actor, after, last, now)


def _refuse(reason: str, same: bool) -> None:
    found = []
    if not reason:
        found.append(Blocker("reason_missing"))
    if same:
        found.append(Blocker("nothing_to_correct"))
    refuse_if(found)
