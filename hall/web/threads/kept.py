"""Rendered comments, kept by everything that is rendered of them.

A point as a viewer sees it is a frozen row. Its HTML depends on that row, the language, the address
of the estate, the words of its waiting chips, the year (days of this year are written without it)
and, where he can do something, the page he comes back to: all of that is the key, and nothing else
is handed to the macro. So what differs for anybody is another entry, and neighbours who may do the
same share one. The token of the viewer's forms is put in afterwards.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from flask import current_app, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from hall import clock
from hall.threads.queries import CommentRow
from hall.web.access import current_estate
from hall.web.caching import TOKEN
from hall.web.i18n import language
from hall.web.threads import words

MOST = 600  # points of a process: thirty pages of a thread, some 3 MiB
Waiting = tuple[tuple[str, str] | None, ...]
Macro = Callable[[CommentRow, str, Waiting], Markup]


class Kept:
    """What was rendered last, by its key; safe to use from several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._texts: OrderedDict[object, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> str | None:
        """The text of a key."""
        with self._lock:
            text = self._texts.get(key)
            if text is not None:
                self._texts.move_to_end(key)
            return text

    def put(self, key: object, text: str) -> None:
        """Keep it; what was not used for longest makes room."""
        with self._lock:
            self._texts[key] = text
            while len(self._texts) > self._most:
                self._texts.popitem(last=False)


def point(macro: Macro, row: CommentRow, next_page: str, now: datetime) -> Markup:
    """A point with its answer and its replies. macro: point of templates/threads/_parts.html."""
    comments = (row, *row.replies)
    waiting = tuple([words.chip_of(c, now) for c in comments])
    back = next_page if any(c.may for c in comments) else ""
    place = (request.script_root, current_estate().slug, language())
    key = (row, waiting, back, place, clock.local_date(clock.now()).year)
    kept: Kept = current_app.extensions["hall_points"]
    text = kept.get(key)
    if text is None:
        text = _rendered(macro, row, back, waiting)
        kept.put(key, text)
    if TOKEN in text and "form_token" not in g:
        text = text.replace(TOKEN, generate_csrf())
    return Markup(text)  # noqa: S704  (it was rendered by the macro, which escapes)


def _rendered(macro: Macro, row: CommentRow, back: str, waiting: Waiting) -> str:
    """The text with TOKEN where a form's token goes."""
    before = g.get("form_token")
    g.form_token = TOKEN
    try:
        return str(macro(row, back, waiting))
    finally:
        if before is None:
            g.pop("form_token")
        else:
            g.form_token = before
