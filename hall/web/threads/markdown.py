"""A few marks people know, made safe: paragraphs, line breaks, **bold**, lists, [links](https://…).

Everything else is shown as it was typed. Nothing that was typed becomes a tag or an attribute
except the address of a link, which begins with http:// or https:// and is escaped like all else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_BOLD = re.compile(r"\*\*([^*\n]{1,2000})\*\*")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((https?://[^\s()<>\"']{1,1000})\)")
_BULLET = re.compile(r"[-*•·] +(?=\S)")
_NUMBER = re.compile(r"\d{1,3}[.、)] *(?=\S)")


def render(text: str) -> Markup:
    """The text as HTML; each paragraph takes the direction of its own first letters."""
    return Markup("\n").join(_blocks(text.split("\n")))


def _blocks(lines: list[str]) -> Iterator[Markup]:
    held: list[str] = []
    kind = ""
    for line in [*lines, ""]:
        now = _kind(line)
        if now != kind and held:
            yield _block(kind, held)
            held = []
        kind = now
        if now:
            held.append(line)


def _kind(line: str) -> str:
    bare = line.strip()
    if not bare:
        return ""
    if _BULLET.match(bare):
        return "ul"
    return "ol" if _NUMBER.match(bare) else "p"


def _block(kind: str, lines: list[str]) -> Markup:
    if kind == "p":
        return Markup('<p dir="auto">{}</p>').format(Markup("<br>").join(map(_inline, lines)))
    if kind == "ol":
        # The typed numbers stay as they are: a list of reasons may begin at 3.
        items = Markup("").join(Markup('<li dir="auto">{}</li>').format(_inline(s)) for s in lines)
        return Markup('<ul class="md md--n">{}</ul>').format(items)
    items = Markup("").join(
        Markup('<li dir="auto">{}</li>').format(_inline(_BULLET.sub("", s.strip(), count=1)))
        for s in lines
    )
    return Markup('<ul class="md">{}</ul>').format(items)


def _inline(line: str) -> Markup:
    made, at = [], 0
    for found in _LINK.finditer(line):
        made.append(_bold(line[at : found.start()]))
        made.append(_link(found[1], found[2]))
        at = found.end()
    return Markup("").join([*made, _bold(line[at:])])


def _bold(text: str) -> Markup:
    made, at = [], 0
    for found in _BOLD.finditer(text):
        made += [escape(text[at : found.start()]), Markup("<strong>{}</strong>").format(found[1])]
        at = found.end()
    return Markup("").join([*made, escape(text[at:])])


def _link(words: str, address: str) -> Markup:
    """A link never hides where it leads: its host stands behind it."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host:
        return escape(f"[{words}]({address})")
    return Markup(
        '<a href="{}" rel="nofollow ugc noopener noreferrer">{}</a> <small>{}</small>'
    ).format(address, words, host)
