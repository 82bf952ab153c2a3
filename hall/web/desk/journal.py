"""The journal of an estate: who did what, newest first, never edited."""

from __future__ import annotations

from flask import render_template, request

from hall.journal import queries
from hall.permissions import Action
from hall.web.access import allowed, current_estate
from hall.web.desk import words
from hall.web.desk.blueprint import bp

SIZE = 50
# Facts worth a reader's time; digests and ids are kept for who audits the table.
_SHOWN = (
    "title",
    "number",
    "building",
    "reason",
    "name",
    "close",
    "clause",
    "confirmation",
)


@bp.get("/desk/<slug>/journal/", endpoint="journal")
@allowed(Action.SEE_JOURNAL)
def journal() -> str:
    """A page of the journal."""
    text = request.args.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    rows = queries.page(current_estate().id, before, SIZE + 1)
    return render_template(
        "desk/journal.html",
        rows=[(r, words.act(r.action), summary(r.facts)) for r in rows[:SIZE]],
        older=rows[SIZE - 1].id if len(rows) > SIZE else None,
        before=before,
    )


def summary(facts: object) -> str:
    """The facts of an act that a reader understands, in one line."""
    found = facts if isinstance(facts, dict) else {}
    return " · ".join(words.fact(found[k]) for k in _SHOWN if found.get(k) not in (None, ""))
