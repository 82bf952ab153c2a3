"""The blueprint of threads, and what its pages share."""

from __future__ import annotations

import secrets
from typing import cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, Response, redirect, request, url_for
from flask.blueprints import BlueprintSetupState

from hall import clock
from hall.errors import NotFound
from hall.people.queries import PostRow
from hall.threads import queries
from hall.threads.queries import CommentRow, ThreadRow
from hall.web.access import current_actor, current_estate, current_posts, own_path
from hall.web.threads import kept, markdown, words

bp = Blueprint("threads", __name__)
BASE = "/e/<slug>/threads/<int:thread_id>"
ONE = BASE + "/c/<int:comment_id>"
# Hidden fields begin with _ : they are kept over a lost session, not shown to be read again.
NEXT, KEY, AS, ALIGNMENT, ONLY = "_next", "_key", "_as", "_alignment", "_only"


def thread_here(thread_id: int) -> ThreadRow:
    """The thread of the address, in the estate of the address."""
    return queries.get(current_estate().id, thread_id)


def comment_here(thread_id: int, comment_id: int) -> tuple[ThreadRow, CommentRow, CommentRow]:
    """(thread, point with all replies, the comment itself). Raises NotFound."""
    thread = thread_here(thread_id)
    root = queries.comment(thread.estate_id, comment_id, current_actor(), clock.now())
    if root.thread_id != thread.id:
        raise NotFound("comment")
    for row in (root, *root.replies):
        if row.id == comment_id:
            return thread, root, row
    raise NotFound("comment")


def hats() -> tuple[PostRow, ...]:
    """The posts under which this visitor may speak here today."""
    return current_posts()


def asked_next(thread_id: int) -> str:
    """The page to go back to: where the form was, or the thread's own page."""
    asked = request.form.get(NEXT) or request.args.get("next")
    return own_path(asked) or url_for("threads.show", thread_id=thread_id)


def back(path: str, anchor: str, **query: str) -> Response:
    """303 to a page, with these parts of its query replaced, at an anchor."""
    parts = urlsplit(path)
    kept = [(k, v) for k, v in parse_qsl(parts.query) if k not in query and k != "after"]
    asked = urlencode([*kept, *query.items()])
    where = f"{parts.path}?{asked}" if asked else parts.path
    return cast(Response, redirect(f"{where}#{anchor}", 303))


def whole(name: str) -> int | None:
    """A posted whole number, None when empty or unreadable."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def new_key() -> str:
    """A key for one form: handed in twice it has one effect."""
    return secrets.token_urlsafe(12)


@bp.record_once
def _tools(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        markdown=markdown.render, talk_words=words, kept_point=kept.point
    )
