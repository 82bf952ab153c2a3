"""Language and elder mode: two cookies, set by two forms on every page."""

from __future__ import annotations

from flask import Flask, Response, g, request

from hall.web.i18n import set_cookie
from hall.web.prefs.views import ELDER, bp

__all__ = ["bp", "elder", "init_app"]


def elder() -> bool:
    """Whether this viewer reads in elder mode (large type, short pages)."""
    asked = request.args.get("elder")
    if asked in ("0", "1"):
        return asked == "1"
    return request.cookies.get(ELDER) == "1"


def _remember(response: Response) -> Response:
    asked = request.args.get("elder")
    if asked in ("0", "1") and request.cookies.get(ELDER, "0") != asked:
        set_cookie(response, ELDER, asked)
    return response


def init_app(app: Flask) -> None:
    """elder() in templates; ?elder=1 (as on a paper ballot's QR) is remembered."""
    app.jinja_env.globals.update(elder=elder, stopped=lambda: bool(g.get("stopped")))
    app.after_request(_remember)
