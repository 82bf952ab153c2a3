"""POST /prefs/lang and /prefs/elder: set a cookie and go back to the same page."""

from __future__ import annotations

from typing import cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from hall.extensions import csrf
from hall.web.access import current_actor, own_path, public
from hall.web.i18n import COOKIE, LANGUAGES, ZH, set_cookie

ELDER = "hall_elder"
bp = Blueprint("prefs", __name__, url_prefix="/prefs")
csrf.exempt(bp)


@bp.before_request
def _token_of_a_session() -> None:
    """A visitor who is signed out has nothing to forge: no cookie is set on who only reads."""
    if current_actor().signed_in:
        csrf.protect()


def back() -> str:
    """The page the form was on, without the query parts that would undo the choice."""
    target = own_path(request.form.get("next"))
    if target is None and request.referrer:
        parts = urlsplit(request.referrer)
        if parts.netloc == request.host:
            target = own_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    path, _, query = _readable(target or url_for("home.index")).partition("?")
    kept = [
        (k, v) for k, v in parse_qsl(query, keep_blank_values=True) if k not in ("lang", "elder")
    ]
    return f"{path}?{urlencode(kept)}" if kept else path


def _readable(target: str) -> str:
    """The target, or the nearest page above it that can be read: a form's answer has no address."""
    urls = current_app.url_map.bind(request.host)
    while target.partition("?")[0].strip("/"):
        path = target.partition("?")[0]
        try:
            urls.match(path, method="GET")
        except (MethodNotAllowed, NotFound):
            target = path.rstrip("/").rpartition("/")[0]
        except RequestRedirect:
            return target
        else:
            return target
    return url_for("home.index")


@bp.post("/lang")
@public
def lang() -> Response:
    """Choose Chinese or English."""
    asked = request.form.get("lang")
    response = cast(Response, redirect(back(), 303))
    set_cookie(response, COOKIE, asked if asked in LANGUAGES else ZH)
    return response


@bp.post("/elder")
@public
def elder() -> Response:
    """Turn elder mode on or off."""
    response = cast(Response, redirect(back(), 303))
    set_cookie(response, ELDER, "1" if request.form.get("elder") == "1" else "0")
    return response
