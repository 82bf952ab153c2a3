"""Two languages: Chinese text is the message itself, English comes from hall/translations/en/*.po."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from flask import Flask, Response, g, has_request_context, request
from markupsafe import Markup, escape

from hall.web.requests import asked, cookie

ZH = "zh"
EN = "en"
LANGUAGES = (ZH, EN)
COOKIE = "hall_lang"
HTML_LANG = {ZH: "zh-CN", EN: "en"}
FOLDER = Path(__file__).resolve().parent.parent / "translations"


def N_(message: str) -> str:
    """Mark a message for extraction; translate it where it is shown."""
    return message


def language() -> str:
    """Language of this request: 'zh' or 'en'; Chinese outside a request."""
    try:
        lang: str = g.lang
    except (AttributeError, RuntimeError):  # not asked yet; no application
        lang = ZH
        if has_request_context():
            wish = asked("lang") or cookie(COOKIE)
            g.lang = lang = wish if wish in LANGUAGES else ZH
    return lang


@cache
def catalog(lang: str) -> Mapping[str, str | tuple[str, ...]]:
    """All .po files of a language merged; a message in two files is checked to agree by a test."""
    merged: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((FOLDER / lang).glob("*.po")):
        for message in read_po(BytesIO(path.read_bytes()), locale=lang, abort_invalid=True):
            if not message.id or message.fuzzy or not message.string:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            text = message.string if isinstance(message.string, str) else tuple(message.string)
            # A plural pair serves the singular form too, never the other way round.
            if key not in merged or isinstance(text, tuple):
                merged[key] = text
    return merged


def _lookup(message: str) -> str:
    lang = language()
    if lang == ZH:
        return message
    found = catalog(lang).get(message, message)
    return found if isinstance(found, str) else found[-1]


@cache
def _escaped(text: str) -> Markup:
    """Our own texts are few and come back on every page."""
    return escape(text)


def _lookup_plural(singular: str, plural: str, n: int) -> str:
    if language() == ZH:
        return singular if n == 1 else plural
    found = catalog(language()).get(singular)
    if found is None:
        return singular if n == 1 else plural
    return found if isinstance(found, str) else found[0 if n == 1 else -1]


def gettext(message: str, /, **facts: object) -> str:
    """The message in the viewer's language, facts filled into %(name)s (plain text)."""
    text = _lookup(message)
    return text % facts if facts else text


def ngettext(singular: str, plural: str, number: int, /, **facts: object) -> str:
    """Like gettext, by number; %(n)s is the number unless given. Chinese gives the same text twice."""
    return _lookup_plural(singular, plural, number) % ({"n": f"{number:,}"} | facts)


def template_gettext(message: str, /, **facts: object) -> Markup:
    """gettext for templates: facts are escaped unless they are Markup."""
    text = _escaped(_lookup(message))
    return text % facts if facts else text


def template_ngettext(singular: str, plural: str, number: int, /, **facts: object) -> Markup:
    """ngettext for templates."""
    return _escaped(_lookup_plural(singular, plural, number)) % ({"n": f"{number:,}"} | facts)


def in_language(lang: str, call: Callable[[], Any]) -> Any:
    """Run call as if the viewer had chosen lang (exports that carry both languages)."""
    before = language()
    g.lang = lang
    try:
        return call()
    finally:
        g.lang = before


def init_app(app: Flask) -> None:
    """Give templates _ and ngettext; keep a language asked for by ?lang= in its cookie."""
    app.jinja_env.globals.update(
        _=template_gettext,
        ngettext=template_ngettext,
        language=language,
        html_lang=lambda: HTML_LANG[language()],
    )
    app.after_request(_remember)


def _remember(response: Response) -> Response:
    wish = asked("lang")
    if wish in LANGUAGES and cookie(COOKIE) != wish:
        set_cookie(response, COOKIE, wish)
    return response


def set_cookie(response: Response, name: str, value: str) -> None:
    """A preference cookie kept for one year."""
    response.set_cookie(
        name,
        value,
        max_age=365 * 86400,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )
