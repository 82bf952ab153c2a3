"""A thread's own page, one comment with its history, and the public list of answers owed."""

from __future__ import annotations

from datetime import datetime

from flask import render_template, request, url_for

from hall import clock
from hall.bodies.rules import Body
from hall.threads import queries
from hall.web.access import current_estate, public
from hall.web.caching import whole_page
from hall.web.threads.block import thread_block
from hall.web.threads.blueprint import BASE, ONE, bp, comment_here, thread_here
from hall.web.threads.owners import owners

WAITING = 50


@bp.get(BASE)
@public
@whole_page()
def show(thread_id: int) -> str:
    """Everything said in a thread, with the way back to what it is about."""
    thread, now = thread_here(thread_id), clock.now()
    return render_template(
        "threads/show.html",
        thread=thread,
        block=thread_block(thread_id, now),
        owner=owners([thread_id]).get(thread_id),
    )


@bp.get(ONE)
@public
@whole_page()
def comment(thread_id: int, comment_id: int) -> str:
    """One point with every reply; of the comment asked for what it was before, and decisions on it."""
    thread, root, row = comment_here(thread_id, comment_id)
    return render_template(
        "threads/comment.html",
        thread=thread,
        root=root,
        row=row,
        edits=queries.edits_of(row.id) if row.state == "shown" else (),
        decisions=queries.decisions_on(row.id),
        owner=owners([thread_id]).get(thread_id),
        now=clock.now(),
    )


@bp.get("/e/<slug>/answers")
@public
@whole_page()
def answers() -> str:
    """What waits for an answer, since when, from which body; the longest overdue first."""
    estate, now = current_estate(), clock.now()
    body = request.args.get("body", "")
    body = body if body in {b.value for b in Body} else ""
    after = _after()
    found = queries.owed(estate.id, bodies=[body] if body else None, after=after, limit=WAITING + 1)
    shown = found[:WAITING]
    more = ""
    if len(found) > WAITING:
        last = shown[-1]
        token = f"{clock.iso(last.due_at)}.{last.comment_id}"
        more = url_for("threads.answers", body=body or None, after=token)
    return render_template(
        "threads/answers.html",
        rows=shown,
        bodies=queries.by_body(estate.id, now),
        body=body,
        first=after is None,
        more=more,
        owners=owners({r.thread_id for r in shown}),
        now=now,
    )


def _after() -> tuple[datetime, int] | None:
    """The place in the list where the page before ended: instant and comment."""
    at, _, number = request.args.get("after", "").partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    try:
        return datetime.fromisoformat(at.replace("Z", "+00:00")), int(number)
    except ValueError:
        return None
