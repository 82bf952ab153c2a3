"""What everybody reads, signed in or not: all actions of an estate, and one with its history."""

from __future__ import annotations

from collections.abc import Iterable

from flask import render_template, request, url_for

from hall.actions import queries
from hall.actions.queries import ActionRow
from hall.bodies.rules import Body
from hall.files import queries as files
from hall.permissions import Action, may
from hall.web.access import current_actor, current_estate, public
from hall.web.actions import words
from hall.web.actions.blueprint import Source, bp, sources, today
from hall.web.caching import whole_page
from hall.web.paging import page_of

PINNED = 20


@bp.get("/e/<slug>/actions")
@public
@whole_page()
def index() -> str:
    """Actions by state and body. What is overdue stands on top of every list: it cannot be hidden."""
    estate, day = current_estate(), today()
    which = request.args.get("show", "running")
    which = which if which in words.TABS else "running"
    body = request.args.get("body", "")
    bodies = [body] if body in {b.value for b in Body} else []
    figures = queries.counts(estate.id, day, bodies)
    page = page_of(getattr(figures, which))
    rows = queries.cards(
        estate.id, which, today=day, bodies=bodies, limit=page.size, offset=page.offset
    )
    pinned: tuple[ActionRow, ...] = ()
    if which not in ("running", "late") and figures.late:
        pinned = queries.cards(estate.id, "late", today=day, bodies=bodies, limit=PINNED)
    found = sources([r.id for r in (*pinned, *rows)])
    return render_template(
        "actions/index.html",
        which=which,
        body=bodies[0] if bodies else "",
        bodies=[b.value for b in Body],
        figures=figures,
        page=page,
        pinned=grouped(pinned, found),
        groups=grouped(rows, found),
        today=day,
        page_address=lambda n: url_for(
            "actions.index", show=which, body=body or None, page=n if n > 1 else None
        ),
    )


@bp.get("/e/<slug>/actions/<int:n>")
@public
@whole_page()
def show(n: int) -> str:
    """One action: what, who, by when, how far, and everything that happened."""
    estate = current_estate()
    row = queries.get(estate.id, n)
    history = queries.history(row.id)
    return render_template(
        "actions/show.html",
        a=row,
        history=history,
        files=files.by_ids(h.file_id for h in history if h.file_id is not None),
        source=sources([row.id]).get(row.id),
        today=today(),
        on_desk=may(current_actor(), Action.UPDATE_ACTION, estate.id),
    )


def grouped(
    rows: Iterable[ActionRow], found: dict[int, Source]
) -> list[tuple[Source | None, list[ActionRow]]]:
    """Rows by what they came from, groups in the order of their first row."""
    groups: dict[str, tuple[Source | None, list[ActionRow]]] = {}
    for row in rows:
        of = found.get(row.id)
        groups.setdefault(of.href if of else "", (of, []))[1].append(row)
    return list(groups.values())
