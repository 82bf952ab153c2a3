"""Addresses in templates: a page has dozens, most of them the same on the next, and building one is slow."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, has_request_context, request
from flask import url_for as flask_url_for

from hall.web.access import known_estate

MOST = 2048
LONGEST = 120  # characters of a value; a long one is a page to come back to, which few share
Values = tuple[tuple[str, int | str], ...]
# With these an address depends on more than the path.
_ELSEWHERE = frozenset({"_external", "_scheme", "_method"})


def url_for(endpoint: str, **values: Any) -> str:
    """Flask's url_for, remembered by everything a path is made of."""
    if (
        not has_request_context()
        or endpoint.startswith(".")
        or not _ELSEWHERE.isdisjoint(values)
        or not all(map(_is_plain, values.values()))
    ):
        return flask_url_for(endpoint, **values)
    estate = known_estate()
    slug = estate.slug if estate else ""
    stamp = _stamp(values["filename"]) if endpoint == "static" else 0
    return _built(request.script_root, slug, stamp, endpoint, tuple(values.items()))


def _is_plain(value: object) -> bool:
    """Whether equal values are written alike: True is no 1."""
    return type(value) is int or (type(value) is str and len(value) <= LONGEST)


@lru_cache(MOST)
def _built(_root: str, _slug: str, _stamp: int, endpoint: str, values: Values) -> str:
    return flask_url_for(endpoint, **dict(values))  # type: ignore[arg-type]


def _stamp(filename: str) -> int:
    """When a static file last changed: its address says which content it is (assets)."""
    try:
        return os.stat(f"{current_app.static_folder}/{filename}").st_mtime_ns
    except OSError:
        return 0


def init_app(app: Flask) -> None:
    """url_for of templates."""
    app.jinja_env.globals.update(url_for=url_for)
