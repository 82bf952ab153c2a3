"""The desk's list of answers owed by one's bodies, and the form that answers."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import Response, make_response, redirect, render_template, request, url_for

from hall import clock
from hall.bodies.rules import Body
from hall.errors import Blocker, NotFound, Refused
from hall.people.queries import PostRow
from hall.permissions import Action
from hall.threads import queries, service
from hall.threads.queries import CommentRow
from hall.threads.rules import OUTCOMES, speaks_for
from hall.web import messages
from hall.web.access import allowed, current_actor, current_estate
from hall.web.threads.blueprint import AS, bp, hats, whole
from hall.web.threads.owners import owners

DESK = "/desk/<slug>/answers"
OWED = 100


@bp.get(DESK)
@allowed(Action.ANSWER_COMMENT)
def desk() -> str:
    """What the bodies one speaks for owe, the longest overdue first."""
    estate, now, mine = current_estate(), clock.now(), _speaking()
    rows = queries.owed(estate.id, bodies={p.body for p in mine}, limit=OWED)
    figures = {b.body: b for b in queries.by_body(estate.id, now)}
    return render_template(
        "threads/desk.html",
        rows=rows,
        figures=[figures[b] for b in dict.fromkeys(p.body for p in mine)],
        owners=owners({r.thread_id for r in rows}),
        now=now,
    )


@bp.get(DESK + "/<int:comment_id>")
@allowed(Action.ANSWER_COMMENT)
def answer(comment_id: int) -> Response:
    """The form that answers one point."""
    return _page(_point(comment_id), clock.now())


@bp.post(DESK + "/<int:comment_id>")
@allowed(Action.ANSWER_COMMENT)
def answer_post(comment_id: int) -> Response:
    """Answer in public; a refusal gives the form back."""
    estate, row, now = current_estate(), _point(comment_id), clock.now()
    try:
        service.answer(
            current_actor(),
            estate.id,
            comment_id,
            outcome=request.form.get("_outcome", ""),
            text=request.form.get("text", ""),
            landed=request.form.get("landed", ""),
            post_id=whole(AS) or 0,
            now=now,
        )
    except Refused as refusal:
        return _page(row, now, refusal.blockers)
    return cast(Response, redirect(url_for("threads.desk"), 303))


@bp.post(DESK + "/<int:comment_id>/refer")
@allowed(Action.ANSWER_COMMENT)
def refer(comment_id: int) -> Response:
    """Pass the duty on; the clock keeps running."""
    estate, row, now = current_estate(), _point(comment_id), clock.now()
    try:
        service.refer(
            current_actor(),
            estate.id,
            comment_id,
            body=request.form.get("_body", ""),
            reason=request.form.get("reason", ""),
            post_id=whole(AS) or 0,
            now=now,
        )
    except Refused as refusal:
        return _page(row, now, refusal.blockers)
    return cast(Response, redirect(url_for("threads.desk"), 303))


def _point(comment_id: int) -> CommentRow:
    row = queries.comment(current_estate().id, comment_id, current_actor(), clock.now())
    if row.id != comment_id:
        raise NotFound("comment")
    return row


def _speaking() -> tuple[PostRow, ...]:
    return tuple(h for h in hats() if speaks_for(h.body, h.title))


def _page(row: CommentRow, now: datetime, why: tuple[Blocker, ...] = ()) -> Response:
    thread = queries.get(current_estate().id, row.thread_id)
    owed_by = row.answer.body if row.answer else row.answer_body or thread.answer_body
    speaking = _speaking()
    body = render_template(
        "threads/answer.html",
        thread=thread,
        row=row,
        owner=owners([thread.id]).get(thread.id),
        why=why,
        posts=[p for p in speaking if p.body == owed_by],
        referring=[p for p in speaking if p.body in (owed_by, Body.COMMUNITY.value)],
        owed_by=owed_by,
        outcomes=OUTCOMES,
        others=[(b.value, messages.who(b.value)) for b in Body if b.value != owed_by],
        typed=_typed(row),
        now=now,
    )
    return make_response(body, 422 if why else 200)


def _typed(row: CommentRow) -> dict[str, str]:
    """What the form shows: what was posted, or the answer to be corrected."""
    if request.method == "POST":
        names = ("_outcome", "text", "landed", AS, "_body", "reason")
        return {k: request.form.get(k, "") for k in names}
    a = row.answer
    found = {"_outcome": "", "text": "", "landed": "", AS: "", "_body": "", "reason": ""}
    return found | ({"_outcome": a.outcome, "text": a.text, "landed": a.landed} if a else {})
