"""The list of everything that answers a URL."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Blueprint

ROOMS = (
    "home",
    "accounts",
    "prefs",
    "pages",
    "roll",
    "desk",
    "ballots",
    "resolutions",
    "notices",
)


def _found() -> tuple[Blueprint, ...]:
    present = [n for n in ROOMS if find_spec(f"hall.web.{n}") is not None]
    modules = [import_module(f"hall.web.{n}") for n in present]
    return tuple(m.bp for m in modules if hasattr(m, "bp"))


ALL = _found()
