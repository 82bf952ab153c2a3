"""Rendered parts of pages, kept by everything they are made of.

A macro that reads nothing of the viewer, the request or the clock is a function of what it is
given, of the language, the type size, the address of the estate and what its organiser is called
there, and the year (days of this year are written without it): all of that is the key. So what differs for anybody is another entry, and
neighbours who see the same share one. The token of a viewer's forms is put in afterwards. What
depends on the hour (a phase, how much time is left) is worked out by the page and handed over.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import jinja2
from flask import Flask, current_app, g, request
from flask_wtf.csrf import generate_csrf
from jinja2.environment import TemplateModule
from markupsafe import Markup

from hall import clock
from hall.web.access import known_estate
from hall.web.caching import TOKEN
from hall.web.i18n import language
from hall.web.organiser import organiser
from hall.web.prefs import elder

MOST = 2_000_000  # characters of a process, some 4 MiB
Macro = Callable[..., Markup]


class Kept:
    """What was rendered last, by its key; safe to use from several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._texts: OrderedDict[object, str] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> str | None:
        """The text of a key."""
        with self._lock:
            text = self._texts.get(key)
            if text is not None:
                self._texts.move_to_end(key)
            return text

    def put(self, key: object, text: str) -> None:
        """Keep it; what was not used for longest makes room."""
        with self._lock:
            self._size += len(text) - len(self._texts.pop(key, ""))
            self._texts[key] = text
            while self._size > self._most:
                self._size -= len(self._texts.popitem(last=False)[1])


def part(name: str, macro: Macro, *given: object) -> Markup:
    """What a macro of this name makes of what it is given: frozen rows and plain values."""
    estate = known_estate()
    slug = estate.slug if estate else ""
    place = (request.script_root, slug, organiser(), language(), elder())
    key = (name, given, place, clock.local_date(clock.now()).year)
    kept: Kept = current_app.extensions["hall_parts"]
    text = kept.get(key)
    if text is None:
        text = _rendered(macro, given)
        kept.put(key, text)
    if TOKEN in text and "form_token" not in g:
        text = text.replace(TOKEN, generate_csrf())
    return Markup(text)  # noqa: S704  (it was rendered by the macro, which escapes)


def _rendered(macro: Macro, given: tuple[object, ...]) -> str:
    """The text with TOKEN where a form's token goes."""
    before = g.get("form_token")
    g.form_token = TOKEN
    try:
        return str(macro(*given))
    finally:
        if before is None:
            g.pop("form_token")
        else:
            g.form_token = before


class Template(jinja2.Template):
    """A template whose macros, imported without context, are made once.

    The library looks at every import whether the importing template has globals of its own, by
    comparing two sets of a hundred names; none of ours has.
    """

    def _get_default_module(self, ctx: object = None) -> TemplateModule:
        return super()._get_default_module()


def init_app(app: Flask) -> None:
    """A place for the parts, and kept_part(name, macro, …) for templates. Before any template is read."""
    app.jinja_env.template_class = Template
    app.extensions["hall_parts"] = Kept()
    app.jinja_env.globals.update(kept_part=part)
