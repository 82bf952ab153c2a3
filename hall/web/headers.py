"""Security headers on every answer, and the refusal of forms posted from elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from hall.errors import HallError
from hall.web.access import known_actor

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
FIXED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for webviews that do not know frame-ancestors
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
# The same bytes for everybody and for ever; kept by the reader's own browser only.
IMMUTABLE = "private, max-age=31536000, immutable"
HSTS = "max-age=31536000; includeSubDomains"


class CrossSite(HallError):
    """A form posted from another site (400)."""


def posted_from_here() -> bool:
    """Whether the browser itself says that the form was on a page of this site."""
    origin = request.headers.get("Origin")
    return origin is not None and _is_ours(origin)


def _is_ours(origin: str) -> bool:
    public = urlsplit(current_app.config["HALL_PUBLIC_URL"]).netloc
    return urlsplit(origin).netloc in {request.host, public} - {""}


def _refuse_cross_site() -> None:
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none") or (origin is not None and not _is_ours(origin)):
        raise CrossSite


def _add(response: Response) -> Response:
    if "Content-Security-Policy" in response.headers:  # a file's own, which is stricter
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
    else:
        response.headers.extend(FIXED)
    if current_app.config["HALL_HTTPS"]:
        response.headers["Strict-Transport-Security"] = HSTS
    if request.endpoint == "static":
        if "v" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
    if response.headers.get("Cache-Control") == IMMUTABLE:
        return response
    if known_actor().signed_in or request.method not in SAFE_METHODS:
        response.headers["Cache-Control"] = "no-store"
    elif "Cache-Control" not in response.headers:
        # Pages differ by language, elder mode and sign-in: always asked for again, never shared.
        response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    return response


def clear_site_data(response: Response) -> Response:
    """Ask the browser to drop what it kept of this site, at sign-out.

    Not its cookies: the session's is deleted by itself, and language and elder mode stay.
    """
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def init_app(app: Flask) -> None:
    """Headers after, the origin check before every request."""
    app.before_request(_refuse_cross_site)
    app.after_request(_add)
