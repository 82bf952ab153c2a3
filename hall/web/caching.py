"""Whole public pages kept for visitors who are signed out, and files with an ETag.

A kept page is the rendered text before form tokens are put in, under a key of everything that
changes it: address, language, type size, and the pulse of its estate (newest journal entry; newest
sheet where turnout is shown). It lives to the end of the minute, and never past the next instant at
which a ballot opens, closes or becomes final. What is decorated with @whole_page therefore shows
nothing that changes without a journal entry or a sheet, and no clock finer than minutes.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from threading import Lock
from typing import Any, cast

from flask import Flask, Response, current_app, g, make_response, request, session
from flask_wtf.csrf import generate_csrf

from hall import clock
from hall.ballots.queries import pulse
from hall.web.access import current_actor, known_estate
from hall.web.i18n import language
from hall.web.prefs import elder

# Stands where a form's token goes until the page is answered; nobody outside can write it.
TOKEN = f"token-{secrets.token_hex(16)}"
MOST_PAGES = 200
MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page without its form tokens, good before an instant."""

    body: str
    tag: str
    until: datetime


class Pages:
    """The pages of this process, those used last; safe to use from several threads."""

    def __init__(self) -> None:
        self._pages: OrderedDict[object, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object, now: datetime) -> Page | None:
        """A page that is still good."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or now >= page.until:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: object, page: Page) -> None:
        """Keep it; the one not used for longest makes room."""
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


def whole_page(*, turnout: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Below @public: keep the page for visitors who are signed out. turnout: it counts sheets."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def answer(**values: Any) -> Response:
            if current_actor().signed_in:
                return make_response(view(**values))
            return _answer(view, values, turnout)

        return answer

    return decorate


def _answer(view: Callable[..., Any], values: dict[str, Any], turnout: bool) -> Response:
    now = clock.now()
    pages: Pages | None = current_app.extensions["hall_pages"]
    estate = known_estate()
    key: object = None
    page = None
    if pages is not None:
        place = (request.scheme, request.host, request.full_path, language(), elder())
        # Read before the page is rendered: a page newer than its key is found by nobody.
        key = (place, pulse.beat(estate.id if estate else None, sheets=turnout))
        page = pages.get(key, now)
    if page is None:
        g.form_token = TOKEN
        response = make_response(view(**values))
        g.pop("form_token")
        if response.status_code != 200:
            return _with_token(response)
        body = response.get_data(as_text=True)
        tag = hashlib.sha256(body.encode()).hexdigest()
        page = Page(body, tag, _until(estate.id if estate else None, now))
        if pages is not None and len(body) < MOST_BYTES:
            pages.put(key, page)
    response = Response(page.body, mimetype="text/html")
    _with_token(response)
    response.set_etag(
        hashlib.sha256(f"{page.tag} {session.get('csrf_token')}".encode()).hexdigest()
    )
    return cast(Response, response.make_conditional(request))


def _with_token(response: Response) -> Response:
    """Put this visitor's form token where it goes."""
    body = response.get_data()
    if TOKEN.encode() in body:
        response.set_data(body.replace(TOKEN.encode(), generate_csrf().encode()))
    return response


def _until(estate_id: int | None, now: datetime) -> datetime:
    minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return min(filter(None, (minute, pulse.next_turn(estate_id, now))))


def download(body: str, mimetype: str, filename: str | None = None) -> Response:
    """A public file with an ETag of its bytes; open to programs of any site."""
    response = Response(body, mimetype=mimetype)
    if filename:
        response.headers.set("Content-Disposition", "attachment", filename=filename)
    response.add_etag()
    return cast(Response, response.make_conditional(request))


def init_app(app: Flask) -> None:
    """A place for the pages; none in tests, which change tables behind the journal's back."""
    app.extensions["hall_pages"] = None if app.config["TESTING"] else Pages()
