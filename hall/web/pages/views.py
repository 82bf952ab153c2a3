"""Standing pages, readable without signing in."""

from __future__ import annotations

from flask import Blueprint, render_template

from hall.web.access import public

bp = Blueprint("pages", __name__)


@bp.get("/help")
@public
def help_() -> str:
    """What to do and whom to call."""
    return render_template("pages/help.html")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    """What works for whom, and what does not yet."""
    return render_template("pages/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> str:
    """What is kept, for how long, and who sees it."""
    return render_template("pages/privacy.html")


@bp.get("/rules")
@public
def rules() -> str:
    """How votes are counted."""
    return render_template("pages/rules.html")


@bp.get("/who-may")
@public
def who_may() -> str:
    """Who may do what, from the table the program itself obeys."""
    return render_template("pages/who_may.html")
