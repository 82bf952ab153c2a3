"""/ chooses an estate; /e/<slug>/ is its home."""

from __future__ import annotations

from flask import Blueprint, render_template

from hall.estates import queries as estates
from hall.web.access import current_estate, public

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def index() -> str:
    """All estates of this hall."""
    return render_template("home/index.html", estates=estates.every())


@bp.get("/e/<slug>/")
@public
def estate() -> str:
    """An estate's home."""
    return render_template("home/estate.html", estate=current_estate())
