"""The archive's one page."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from hall import clock
from hall.web.access import current_estate, public
from hall.web.archive import hits
from hall.web.caching import whole_page

bp = Blueprint("archive", __name__)
LONGEST = 100


@bp.get("/e/<slug>/archive")
@public
@whole_page()
def index() -> Response:
    """Proposals, published minutes and resolutions in which every word occurs, the newest first."""
    estate = current_estate()
    text = request.args.get("q", "").strip()[:LONGEST]
    kind = request.args.get("kind", "")
    kind = kind if kind in hits.KINDS else ""
    years = hits.years(estate.id, clock.now())
    asked = request.args.get("year", "")
    year = int(asked) if asked in {str(y) for y in years} else None
    found = hits.find(estate, text, kind, year, hits.cursor_of(request.args.get("before", "")))
    page = render_template(
        "archive/index.html",
        found=found,
        q=text,
        kind=kind,
        kinds=hits.KINDS,
        year=year,
        years=years,
    )
    return make_response(page)
