"""Whole public pages kept for visitors who are signed out, and files with an ETag.

A kept page is the rendered text before form tokens are put in, under a key of everything that
changes it: address, language, type size, and the pulse of its estate (newest journal entry; newest
sheet where turnout is shown). It lives to the end of the minute, and never past the next instant at
which a ballot or a round of comment opens or closes or a result becomes final. What is decorated
with @whole_page therefore shows nothing that changes without a journal entry or a sheet, and no
clock finer than minutes.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
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
MOST_BYTES = 6 * 2**20  # of all pages of a process
MOST_OF_ONE = 512 * 2**10


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page in the parts between its form tokens, good before an instant."""

    parts: tuple[bytes, ...]
    tag: str
    until: datetime

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(map(len, self.parts))


class Pages:
    """The pages of this process, those used last; safe to use from several threads."""

    def __init__(self) -> None:
        self._pages: OrderedDict[object, Page] = OrderedDict()
        self._size = 0
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
        """Keep it; those not used for longest make room."""
        if page.size > MOST_OF_ONE:
            return
        with self._lock:
            before = self._pages.pop(key, None)
            self._size += page.size - (before.size if before else 0)
            self._pages[key] = page
            while len(self._pages) > MOST_PAGES or self._size > MOST_BYTES:
                self._size -= self._pages.popitem(last=False)[1].size


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
            response.set_data(_with_token(response.get_data().split(TOKEN.encode())))
            return response
        body = response.get_data()
        tag = hashlib.sha256(body).hexdigest()
        until = _until(estate.id if estate else None, now)
        page = Page(tuple(body.split(TOKEN.encode())), tag, until)
        if pages is not None:
            pages.put(key, page)
    response = Response(_with_token(page.parts), mimetype="text/html")
    tag = page.tag
    if len(page.parts) > 1:
        tag = hashlib.sha256(f"{tag} {session.get('csrf_token')}".encode()).hexdigest()
    response.set_etag(tag)
    return cast(Response, response.make_conditional(request))


def _with_token(parts: Sequence[bytes]) -> bytes:
    """The body with this visitor's form token between its parts."""
    return parts[0] if len(parts) == 1 else generate_csrf().encode().join(parts)


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
