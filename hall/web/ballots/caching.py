"""Public pages that a browser may keep and ask about: 304 while nothing on them has changed."""

from __future__ import annotations

import hashlib
from typing import cast

from flask import Response, make_response, request, session

from hall import clock
from hall.web.access import current_actor
from hall.web.i18n import language
from hall.web.prefs import elder


def kept(body: str, *state: object) -> Response:
    """The page with an ETag of the state it shows, for who is signed out.

    The page's bytes differ each time by their form token, so the tag is taken from what is shown:
    state, language, type size, the day (texts say 'days left') and the token's session.
    """
    response = make_response(body)
    if current_actor().signed_in:
        return response
    shown = (language(), elder(), clock.local_date(clock.now()), session.get("csrf_token"), *state)
    response.set_etag(hashlib.sha256(repr(shown).encode()).hexdigest()[:32])
    return cast(Response, response.make_conditional(request))


def download(body: str, mimetype: str, filename: str | None = None) -> Response:
    """A public file with an ETag of its bytes; open to programs of any site."""
    response = Response(body, mimetype=mimetype)
    if filename:
        response.headers.set("Content-Disposition", "attachment", filename=filename)
    response.add_etag()
    return cast(Response, response.make_conditional(request))
