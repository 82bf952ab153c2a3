"""The inbox of an account in an estate."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.notices import queries, service
from hall.web.access import current_actor, current_estate, signed_in
from hall.web.notices.mark import unread_mark, unread_now
from hall.web.notices.news import in_words, place
from hall.web.notices.waiting import waiting
from hall.web.notices.yours import yours

bp = Blueprint("notices", __name__, url_prefix="/e/<slug>/inbox")
PAGE_SIZE = 30


@bp.get("")
@signed_in
def inbox() -> str:
    """Three groups: waiting for you, yours waiting for others, news."""
    actor, estate, now = current_actor(), current_estate(), clock.now()
    before = request.args.get("before", "")
    last = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    found = queries.inbox(cast(int, actor.account_id), estate.id, before=last, limit=PAGE_SIZE + 1)
    return render_template(
        "notices/inbox.html",
        waiting=[] if last else waiting(actor, estate, now),
        yours=[] if last else yours(actor, estate, now),
        older=last is not None,
        news=[in_words(n) for n in found[:PAGE_SIZE]],
        more=found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None,
        unread=unread_now(),
    )


@bp.post("/<int:notice_id>")
@signed_in
def open_(notice_id: int) -> AnyResponse:
    """Mark one as read and go where it leads."""
    actor, estate = current_actor(), current_estate()
    service.read(actor, estate.id, notice_id, now=clock.now())
    unread_now()
    row = queries.one(cast(int, actor.account_id), estate.id, notice_id)
    return redirect(place(row) or url_for(".inbox"), 303)


@bp.post("/read")
@signed_in
def read_all() -> AnyResponse:
    """Mark all as read."""
    service.read_all(current_actor(), current_estate().id, now=clock.now())
    unread_now()
    return redirect(url_for(".inbox"), 303)


@bp.record_once
def _globals(state: object) -> None:
    words = state.app.jinja_env.globals  # type: ignore[attr-defined]
    words["unread_here"], words["unread_mark"] = unread_now, unread_mark
