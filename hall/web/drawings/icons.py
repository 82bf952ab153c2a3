"""Icons on a 24-unit grid, and the small pictures of stop screens and empty states."""

# ruff: noqa: S704  (markup is built here from numbers and our own words; the rest is escaped)
from __future__ import annotations

from collections.abc import Collection
from functools import cache

from markupsafe import Markup

from hall.web.i18n import N_, gettext

_PATHS = {
    "home": '<path d="M4 11 12 4l8 7v9h-5.5v-6h-5v6H4z"/>',
    "talk": '<path d="M4 5h16v11H10l-4.5 4v-4H4z"/><path d="M8 9h8M8 12.2h5"/>',
    "doc": '<path d="M6 3h8.5L19 7.5V21H6z"/><path d="M14 3v5h5M9 12.5h6.5M9 16h6.5"/>',
    "wrench": (
        '<path d="M14.5 6.5a4.2 4.2 0 0 1 5-2.3l-2.7 2.7.3 2 2 .3 2.7-2.7"/><path d="M21.6 6.8a4.4 4.4 0 0 1-6.1 4.8L8 19.1a2.3 2.3 0 0 1-3.2-3.2l7.5-7.5"/>'
    ),
    "user": ('<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>'),
    "back": '<path d="m15 5-7 7 7 7"/>',
    "go": '<path d="m9 5 7 7-7 7"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "dash": '<path d="M5 12h14"/>',
    "half": (
        '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17"/><path d="M12 5.5h4M12 9h7M12 12.5h8M12 16h7"/>'
    ),
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/>',
    "cal": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7"/>',
    "pin": (
        '<path d="M12 21s7-6.3 7-11.5a7 7 0 0 0-14 0C5 14.7 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>'
    ),
    "phone": (
        '<path d="M6.5 3.5h3l1.6 4.6-2.2 1.7a12 12 0 0 0 5.3 5.3l1.7-2.2 4.6 1.6v3c0 1.5-1.2 2.5-2.6 2.4A15.5 15.5 0 0 1 4 6c0-1.4 1-2.5 2.5-2.5z"/>'
    ),
    "printer": ('<path d="M7 8.5V3.5h10v5M7 17H4V8.5h16V17h-3"/><path d="M7 14h10v6.5H7z"/>'),
    "qr": (
        '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM18.5 18.5H20V20M14 20h2M20 14v1.5"/>'
    ),
    "lock": '<path d="M5.5 10.5h13V20h-13zM8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
    "users": (
        '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.5-3.8 3-5.8 6.5-5.8s6 2 6.5 5.8M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.6c2.3.6 3.7 2.5 4 5.4"/>'
    ),
    "speaker": (
        '<path d="M4 9.5h3.5L12 5.5v13L7.5 14.5H4zM15.5 9a4.3 4.3 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>'
    ),
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>'
    ),
    "pen": ('<path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19z"/><path d="m14 6.5 3.5 3.5"/>'),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "info": '<circle cx="12" cy="12" r="8.7"/><path d="M12 11v5.5M12 7.3v.2"/>',
    "alert": '<path d="M12 3.5 22 20.5H2z"/><path d="M12 10v4.5M12 17.3v.2"/>',
    "down": '<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>',
    "shield": (
        '<path d="M12 3 19.5 6v5.5c0 4.6-3 8-7.5 9.5-4.5-1.5-7.5-4.9-7.5-9.5V6z"/><path d="m8.5 12 2.5 2.5 4.5-5"/>'
    ),
    "share": '<path d="M12 15V4M8 7.5 12 3.5l4 4M5 12v8h14v-8"/>',
    "hist": ('<path d="M4 12a8 8 0 1 0 2.5-5.8L4 8.5"/><path d="M4 4v4.5h4.5M12 8v4.5l3 1.8"/>'),
    "text": ('<path d="M3 19 8.5 5 14 19M5 14.5h7M15.5 19l3.2-8 3.3 8M16.7 16.3h4.1"/>'),
    "clip": (
        '<path d="m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8L9.5 17.3a1.7 1.7 0 0 1-2.5-2.4L14.5 7.5"/>'
    ),
    "cog": (
        '<circle cx="12" cy="12" r="3.2"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2"/>'
    ),
    "box": '<path d="M4 9.5h16V20H4zM8.5 9.5 10 4h7l-1.5 5.5M9.5 13h5"/>',
    "light": (
        '<path d="M9 17.5h6M10 20.5h4M12 3.5a6 6 0 0 0-3.5 10.9c.5.4.5 1 .5 3.1h6c0-2.1 0-2.7.5-3.1A6 6 0 0 0 12 3.5z"/>'
    ),
    "drop": ('<path d="M12 3.5s6.5 7 6.5 11a6.5 6.5 0 0 1-13 0c0-4 6.5-11 6.5-11z"/>'),
    "leaf": '<path d="M5 19c0-9 5-14 15-14 0 10-5 15-13 14M5 19c2-5 5-8 9-9.5"/>',
    "bolt": '<path d="M13 3 5 13.5h6L10 21l8.5-11H12z"/>',
    "pipe": '<path d="M3 7h7v4H3zM10 9h5a3 3 0 0 1 3 3v3M15.5 15h5v5h-5zM18 20v1"/>',
    "scan": ('<path d="M4 8.5V4h4.5M15.5 4H20v4.5M20 15.5V20h-4.5M8.5 20H4v-4.5M4 12h16"/>'),
    "mail": '<path d="M3.5 6h17v12.5h-17z"/><path d="m4 6.5 8 6.5 8-6.5"/>',
    "key": (
        '<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5 20 4M16.5 7.3l2.7 2.7M13.8 9.8l2 2"/>'
    ),
    "mic": (
        '<path d="M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>'
    ),
    "flag": '<path d="M6 21V4M6 4.5h12l-2.5 4 2.5 4H6"/>',
    "out": '<path d="M10 4H5v16h5M14 8l4.5 4-4.5 4M9 12h9"/>',
    "list": '<path d="M8.5 6h12M8.5 12h12M8.5 18h12M4 6h.2M4 12h.2M4 18h.2"/>',
}
_HOUSE_WINDOWS = (
    (27, 20),
    (39, 20),
    (27, 33),
    (39, 33),
    (63, 34),
    (75, 34),
    (87, 34),
    (63, 47),
    (87, 47),
)


@cache
def icon(name: str) -> Markup:
    """An icon beside a word; it says nothing by itself."""
    return Markup(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">%s</svg>'
    ) % Markup(_PATHS[name])


@cache
def mark() -> Markup:
    """Five windows on one wall: the five bodies; the one in the middle is lit."""
    spots = ((6.5, 6), (18.5, 6), (12.5, 12.5), (6.5, 19), (18.5, 19))
    windows = "".join(
        f'<rect x="{x}" y="{y}" width="5" height="5.5" rx="1" fill="{"#f6c257" if i == 2 else "#c5dade"}"/>'
        for i, (x, y) in enumerate(spots)
    )
    return Markup(
        '<svg class="brand__mark" viewBox="0 0 30 30" aria-hidden="true" focusable="false">'
        f'<rect width="30" height="30" rx="7" fill="#1d5462"/>{windows}</svg>'
    )


def houses(lit: Collection[int] = (), door: bool = False) -> Markup:
    """Two houses; lit names the windows with light in them (0 to 8), door shuts both doors."""
    windows = "".join(
        f'<rect x="{x}" y="{y}" width="8" height="7" fill="{"#eeb03a" if i in lit else "#fff"}"/>'
        for i, (x, y) in enumerate(_HOUSE_WINDOWS)
    )
    doors = '<path d="M75 76V60h7v16M33 76V58h8v18" fill="#c5dade"/>' if door else ""
    return Markup(
        '<svg class="houses" viewBox="0 0 120 84" aria-hidden="true" focusable="false">'
        '<rect x="22" y="14" width="30" height="62" rx="2" fill="#e1ecee"/>'
        '<rect x="58" y="28" width="40" height="48" rx="2" fill="#e1ecee"/>'
        f'{windows}{doors}<path d="M6 76h108" stroke="#c5dade" stroke-width="2"/></svg>'
    )


def doc_icon() -> Markup:
    """A sheet with a red head: an official document in a list."""
    return Markup(
        '<svg class="docico" viewBox="0 0 28 36" aria-hidden="true" focusable="false">'
        '<path d="M1 1h26v34H1z" fill="#fff" stroke="#c3cfd0" stroke-width="1.5"/>'
        '<path d="M7 7h14" stroke="#b92c22" stroke-width="3"/>'
        '<path d="M4 12.5h20" stroke="#b92c22" stroke-width="1.5"/>'
        '<path d="M6 18h16M6 23h16M6 28h10" stroke="#a9b6b8" stroke-width="1.5"/></svg>'
    )


def ridge() -> Markup:
    """The hills behind the street."""
    return Markup(
        '<svg class="hero__ridge" viewBox="0 0 1280 200" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><path class="ridge1" d="M0 200V128C130 118 190 60 300 60S470 118 560 122 700 20 '
        '860 20s190 92 290 100 130-6 130-6v86z"/><path class="ridge2" d="M0 200v-36c180-10 240-40 400-40s230 '
        '44 380 44 240-58 500-66v98z"/></svg>'
    )


def letter_hint() -> Markup:
    """Where the code stands on the letter: in the thick frame in the middle."""
    return Markup(
        '<svg viewBox="0 0 150 104" aria-hidden="true" focusable="false">'
        '<rect x="1.5" y="1.5" width="147" height="101" rx="5" fill="#fff" stroke="#c3cfd0" stroke-width="2"/>'
        '<path d="M14 18h58M14 28h44" stroke="#a9b6b8" stroke-width="4"/>'
        '<rect x="100" y="12" width="36" height="36" fill="#e1ecee"/>'
        '<path d="M106 18h8v8h-8zM122 18h8v8h-8zM106 34h8v8h-8zM122 34h8" fill="none" stroke="#1d5462" '
        'stroke-width="3"/><rect x="14" y="58" width="122" height="30" rx="4" fill="#fff" stroke="#14242a" '
        'stroke-width="3"/><path d="M24 73h20M52 73h20M80 73h20M108 73h18" stroke="#14242a" '
        'stroke-width="6"/></svg>'
    )


_BODY_SIGNS = {
    "community": N_("党"),
    "branch": N_("支"),
    "committee": N_("业"),
    "grid": N_("网"),
    "property": N_("物"),
}


def body_sign(body: str) -> str:
    """The one character (in English: letter) on a body's tile."""
    return gettext(_BODY_SIGNS[body])
