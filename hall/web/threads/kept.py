"""A comment of a page, with what changes by the hour worked out before it is rendered and kept."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from hall.threads.queries import CommentRow
from hall.web import kept
from hall.web.threads import words


def point(macro: kept.Macro, row: CommentRow, next_page: str, now: datetime) -> Markup:
    """A point with its answer and its replies. macro: point of templates/threads/_parts.html."""
    comments = (row, *row.replies)
    waiting = tuple([words.chip_of(c, now) for c in comments])
    # Who can do nothing comes back to nothing: he shares one entry, wherever he reads.
    back = next_page if any(c.may for c in comments) else ""
    return kept.part("point", macro, row, back, waiting)
