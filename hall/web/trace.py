"""来路条 in words: each station of a matter with what it says and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, g

from hall import clock
from hall.resolutions.queries import trace as queries
from hall.resolutions.queries.trace import Ref, Station
from hall.web import filters
from hall.web.access import known_estate
from hall.web.i18n import N_, gettext, ngettext
from hall.web.links import address

NAMES = {
    "suggestion": N_("建议"),
    "proposal": N_("议案"),
    "rounds": N_("征求意见"),
    "positions": N_("五方"),
    "meeting": N_("会议"),
    "ballot": N_("投票"),
    "resolution": N_("公示"),
    "actions": N_("落实"),
}
STATES = {
    queries.DONE: N_("已完成"),
    queries.NOW: N_("现在"),
    queries.TODO: N_("未到"),
    queries.SKIP: N_("不经过"),
}
_ORIGINS = {
    "own": N_("自己提的"),
    "voice": N_("听来的"),
    "comment": N_("从一条意见来"),
}
SHOWN = 3  # further pages of a station; the rest are on the proposal's own page


@dataclass(frozen=True, slots=True)
class Link:
    """A page of a station."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A station as the strip shows it. href: '' where there is no page, or the viewer is on it."""

    name: str
    say: str
    state: str
    state_word: str
    href: str
    more: tuple[Link, ...]
    here: bool


def trace_strip(kind: str, key: int | str) -> tuple[Stop, ...]:
    """The strip of the matter behind a page: proposal, meeting, item, ballot, action by id, resolution by docno."""
    estate = known_estate()
    if estate is None:
        return ()
    kept = g.setdefault("trace_strips", {})
    if (kind, key) not in kept:
        kept[kind, key] = _strip(estate.id, kind, key)
    return cast("tuple[Stop, ...]", kept[kind, key])


def _strip(estate_id: int, kind: str, key: int | str) -> tuple[Stop, ...]:
    stations = queries.trace_of(estate_id, kind, key, clock.now())
    if any(s.kind == "proposal" and s.state == queries.SKIP for s in stations):
        # It came from no proposal: only the stops that there are.
        stations = tuple(s for s in stations if s.state != queries.SKIP)
    met = sum(1 for s in stations if s.state in (queries.DONE, queries.NOW))
    # A page that stands alone has no way behind or before it to show.
    return tuple(_stop(s) for s in stations) if met > 1 or kind == "proposal" else ()


def _stop(s: Station) -> Stop:
    links = [link for ref in s.refs if (link := _link(ref)).href]
    single = s.here and len(links) < 2  # the page itself
    return Stop(
        gettext(NAMES[s.kind]),
        _say(s),
        s.state,
        gettext(STATES[s.state]),
        "" if single or not links else links[0].href,
        tuple(links[: SHOWN + 1]) if len(links) > 1 else (),
        s.here,
    )


def _link(ref: Ref) -> Link:
    if ref.key == "comment":
        href = address("threads.comment", thread_id=ref.thread_id or 0, comment_id=ref.n)
        return Link(gettext("那条意见"), href)
    if ref.key == "resolution":
        return Link(ref.title, address("resolutions.show", docno=ref.n))
    places = {
        "proposal": "proposals.show",
        "meeting": "meetings.show",
        "ballot": "ballots.show",
        "action": "actions.show",
    }
    return Link(ref.title, address(places[ref.key], n=ref.n))


def _say(s: Station) -> str:
    if s.state == queries.SKIP and s.kind != "suggestion":
        return gettext("不经过")
    if s.state == queries.TODO:
        return gettext("还没到")
    day = filters.day(s.at) if s.at else ""
    count = int(s.facts.get("n", 0))
    if s.kind == "suggestion":
        if "origin" not in s.facts:  # a matter that never was a proposal
            return gettext("不经过")
        return gettext(_ORIGINS[str(s.facts["origin"])])
    if s.kind == "rounds":
        return ngettext("%(n)s 轮", "%(n)s 轮", count)
    if s.kind == "positions":
        return gettext("%(n)s 方表了态", n=count)
    if s.kind == "actions":
        return gettext("%(done)s / %(n)s 件办完", done=s.facts["done"], n=count)
    if count > 1 and s.kind != "proposal":
        return gettext("%(n)s 次，%(day)s", n=count, day=day)
    return day


def init_app(app: Flask) -> None:
    """The strip as a template global."""
    app.jinja_env.globals.update(trace_strip=trace_strip)
