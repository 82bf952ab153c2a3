"""The blueprint of actions, and what its pages share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint

from hall import clock
from hall.web.actions import words

bp = Blueprint("actions", __name__)


@dataclass(frozen=True, slots=True)
class Source:
    """What an action came from. kind: a word for its chip; number: of the document, if any."""

    title: str
    href: str
    kind: str
    number: str = ""


# An action does not know what it came from; rooms above do, and tell it here.
Sources = Callable[[Collection[int]], Mapping[int, Source]]
_sources: list[Sources] = []


def source(call: Sources) -> Sources:
    """Let a room say what actions came from, by their ids; usable as a decorator."""
    if call not in _sources:
        _sources.append(call)
    return call


def sources(ids: Collection[int]) -> dict[int, Source]:
    """What is known of where actions came from."""
    found: dict[int, Source] = {}
    for call in _sources if ids else ():
        found |= call(ids)
    return found


def today() -> date:
    """This day in Shanghai."""
    return clock.local_date(clock.now())


@bp.record_once
def _tell_macros(state: object) -> None:
    app = state.app  # type: ignore[attr-defined]
    app.jinja_env.globals["action_words"] = words
