"""What a refusal looks like: one sentence, the facts, one way on; nothing typed is lost."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime
from typing import cast

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from hall import clock
from hall.errors import Blocker, Forbidden, NotFound, Refused
from hall.permissions import TABLE, Action, Role
from hall.web import access, messages, resume
from hall.web.headers import SAFE_METHODS, CrossSite, posted_from_here

log = logging.getLogger("hall.web")
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def incident() -> str:
    """A number to quote on the telephone and to find in the log."""
    raw = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"E-{raw[:4]}-{raw[4:]}"


def page(template: str, http_status: int, /, **values: object) -> Response:
    """An error page; g.stopped keeps its links free of the address that was asked for."""
    g.stopped = True
    return make_response(render_template(f"errors/{template}.html", **values), http_status)


def not_found(_error: object = None) -> Response:
    """404: the same bytes for what never was and for what is another estate's."""
    return page("404", 404)


def forbidden(error: Forbidden) -> Response:
    """403: says who may."""
    actor = access.current_actor()
    estate = access.known_estate()
    roles = TABLE.get(Action(error.action), frozenset()) if error.action in set(Action) else ()
    log.warning("denied account=%s action=%s path=%r", actor.account_id, error.action, request.path)
    held = actor.roles_in(estate.id) if estate else frozenset()
    return page(
        "403",
        403,
        who_may=[messages.who(r) for r in Role if r in roles],
        mine=[messages.who(r) for r in Role if r in held],
    )


def refused(error: Refused) -> Response:
    """409 (or the code's own status) with every blocker, and when it clears by itself."""
    status = messages.status(error.blockers)
    response = page("refused", status, blockers=error.blockers, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(_seconds_until(error.blockers))
    return response


def _seconds_until(blockers: tuple[Blocker, ...]) -> int:
    times = [b.not_before for b in blockers if isinstance(b.not_before, datetime)]
    return max([1, *(int((t - clock.now()).total_seconds()) + 1 for t in times)])


def sign_in_needed(_error: access.SignInNeeded) -> Response:
    """A reader is sent to sign in and comes back; a writer keeps what was typed."""
    if request.method in SAFE_METHODS:
        return access.to_sign_in()
    kept = resume.keep() if posted_from_here() else None
    return page("401", 401, kept=kept, lapsed=bool(g.get("lapsed")))


def password_change_needed(_error: access.PasswordChangeNeeded) -> Response:
    """To the page that changes it, and back."""
    wish = access.here() if request.method in SAFE_METHODS else None
    return cast(Response, redirect(url_for("accounts.password", next=wish), 303))


def csrf_failed(_error: object) -> Response:
    """400: the token was missing or old. From our own page the form can be handed in again."""
    kept = resume.keep() if posted_from_here() else None
    return page("400", 400, kept=resume.load(kept) if kept else None)


def cross_site(_error: CrossSite) -> Response:
    """400: the form came from another site; nothing of it is kept."""
    log.warning("cross-site post refused path=%r", request.path)
    return page("400", 400, kept=None)


def storage_failed(error: Exception) -> Response:
    """503: the database did not answer, so nothing was recorded; the page asks it nothing either."""
    number = incident()
    log.error("storage failed %s %r", number, request.path, exc_info=error)
    response = page("503", 503, number=number, at=clock.now())
    response.headers["Retry-After"] = "10"
    return response


def broken(error: InternalServerError) -> Response:
    """500: a fault of ours; the log has the details, the page has the number."""
    number = incident()
    log.error("broken %s %r", number, request.path, exc_info=error.original_exception or error)
    return page("503", 500, number=number, at=clock.now())


def http(error: HTTPException) -> Response:
    """Every other HTTP error, in our own words."""
    code = error.code or 500
    if error.response is not None:
        return cast(Response, error.response)
    if code == 404:
        return not_found()
    known = {400, 405, 410, 413, 415, 422, 429}
    response = page("http", code, code=code if code in known else 400)
    if code == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    return response


def init_app(app: Flask, storage_errors: tuple[type[Exception], ...]) -> None:
    """Register the handlers; storage_errors are what the database layer raises when it fails."""
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(Forbidden, forbidden)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(access.SignInNeeded, sign_in_needed)
    app.register_error_handler(access.PasswordChangeNeeded, password_change_needed)
    app.register_error_handler(CSRFError, csrf_failed)
    app.register_error_handler(CrossSite, cross_site)
    for kind in storage_errors:
        app.register_error_handler(kind, storage_failed)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(InternalServerError, broken)
