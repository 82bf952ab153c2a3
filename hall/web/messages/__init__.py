"""Sentences for the codes that domain rooms give: one module a room, found by itself.

A module may define SENTENCES {code: N_(sentence with %(fact)s)}, STATUS {code: HTTP status, when
not 409} and WHO {code of a post: N_(name)}.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache

from hall.areas import format_m2
from hall.errors import Blocker
from hall.web import filters
from hall.web.i18n import N_, gettext

# Facts that name a role, a body or a title by its code.
_CODES = frozenset({"body", "title", "role", "wanted", "held", "by_role"})
_ISO_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
# Facts that a room above names in words: {fact: function from its code to the name}.
_NAMERS: dict[str, Callable[[str], str]] = {}
_UNKNOWN = N_("现在还办不了（%(code)s）。")


@cache
def _collect(name: str) -> Mapping[str, object]:
    merged: dict[str, object] = {}
    for module in pkgutil.iter_modules(__path__):
        room = importlib.import_module(f"{__name__}.{module.name}")
        for code, value in getattr(room, name, {}).items():
            if merged.get(code, value) != value:
                raise ValueError(f"{code} has two entries in {name}")
            merged[code] = value
    return merged


def sentences() -> Mapping[str, object]:
    """Every code's sentence."""
    return _collect("SENTENCES")


def name_fact(name: str, namer: Callable[[str], str]) -> None:
    """Let a room say what its codes under this fact are called (field: a field of the rules)."""
    _NAMERS[name] = namer


def status(blockers: tuple[Blocker, ...]) -> int:
    """HTTP status of a refusal: a code's own when all agree on it, else 409."""
    own = {_collect("STATUS").get(b.code, 409) for b in blockers}
    found = own.pop() if len(own) == 1 else 409
    return found if isinstance(found, int) else 409


def fact(name: str, value: object) -> str:
    """A fact as text: *_cm2 as square metres, times in Shanghai, lists joined, integers grouped."""
    if isinstance(value, datetime):
        return filters.daytime(value)
    if isinstance(value, date):
        return filters.day(value)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, int):
        if name.endswith("_cm2"):
            return f"{format_m2(value, group=True)} {filters.square_metres()}"
        return f"{value:,}"
    if isinstance(value, (list, tuple, set, frozenset)):
        return filters.listing([fact(name, v) for v in value])
    text = str(value)
    if name in _NAMERS:
        return _NAMERS[name](text)
    if name in _CODES:
        return who(text)
    return filters.day(date.fromisoformat(text)) if _ISO_DAY.match(text) else text


def sentence(blocker: Blocker) -> str:
    """The blocker as one sentence in the viewer's language."""
    text = sentences().get(blocker.code)
    if not isinstance(text, str):
        return gettext(_UNKNOWN, code=blocker.code)
    facts = {k: fact(k, v) for k, v in blocker.facts.items()}
    if blocker.not_before is not None:
        facts["not_before"] = filters.daytime(blocker.not_before)
    return gettext(text, **facts) if facts else gettext(text)


def who(code: str | None) -> str:
    """Name of the post or role that can clear a blocker, or ''."""
    if code is None:
        return ""
    name = _collect("WHO").get(code)
    return gettext(name) if isinstance(name, str) else code
