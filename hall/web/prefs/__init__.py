"""Language and elder mode: two cookies, set by two forms on every page."""

from __future__ import annotations

from flask import Flask, Response, g

from hall.web.i18n import set_cookie
from hall.web.prefs.views import ELDER, bp
from hall.web.requests import asked, cookie

__all__ = ["bp", "elder", "init_app"]


def elder() -> bool:
    """Whether this viewer reads in elder mode (large type, short pages)."""
    wish = asked("elder")
    if wish in ("0", "1"):
        return wish == "1"
    return cookie(ELDER) == "1"


def _remember(response: Response) -> Response:
    wish = asked("elder")
    if wish in ("0", "1") and (cookie(ELDER) or "0") != wish:
        set_cookie(response, ELDER, wish)
    return response


def init_app(app: Flask) -> None:
    """elder() in templates; ?elder=1 (as on a paper ballot's QR) is remembered."""
    app.jinja_env.globals.update(elder=elder, stopped=lambda: bool(g.get("stopped")))
    app.after_request(_remember)
