"""Bars and the pace of participation. Shares come in as exact integers, hundredths of a per cent go out."""

# ruff: noqa: S704  (markup is built here from numbers and our own words; the rest is escaped)
from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

FULL = 10_000  # hundredths of a per cent


def _percent(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}%" if rest else f"{whole}%"


def bar(segments: Sequence[tuple[int, str]], whole: int, height: int = 22) -> Markup:
    """A bar of (amount, colour class) out of whole; against is hatched so that grey printing keeps it apart.

    Classes: f-lamp participation, f-yes for, f-no against, f-ab abstained. The figures stand beside it.
    """
    x = 0
    parts: list[str] = []
    for amount, colour in segments:
        width = amount * FULL // whole if whole > 0 else 0
        if width <= 0:
            continue
        at, wide = _percent(x), _percent(width)
        parts.append(f'<rect x="{at}" width="{wide}" height="100%" class="{colour}"/>')
        if colour == "f-no":
            parts.append(f'<rect x="{at}" width="{wide}" height="100%" fill="url(#hatch)"/>')
        x += width
        edge = "f-edge" if colour == "f-lamp" else "f-sep"
        if x < FULL:
            parts.append(f'<rect x="{_percent(x)}" width="2" height="100%" class="{edge}"/>')
    return Markup(
        f'<svg width="100%" height="{height}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


@cache
def hatch() -> Markup:
    """The hatching that bars refer to; once on every page."""
    return Markup(
        '<svg width="0" height="0" aria-hidden="true" focusable="false" class="vh"><defs><pattern id="hatch" '
        'width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.5" '
        'height="6" fill="#fff" fill-opacity=".38"/></pattern></defs></svg>'
    )


def pace(
    daily: Sequence[tuple[str, int]], days: int, need: int, total: int, label: str, need_label: str
) -> Markup:
    """Participants so far, day by day, against the number needed.

    daily: (day as shown, cumulative number) from the first day; days: length of the window;
    label: the same in a sentence; need_label: the words on the line.
    """
    width, height, left, right, top, bottom = 330, 200, 34, 8, 18, 28
    span = max(1, days - 1)

    def x(i: int) -> int:
        return left + (width - left - right) * i // span

    def y(v: int) -> int:
        return top + (height - top - bottom) * (total - v) // max(1, total)

    points = [(x(i), y(v)) for i, (_, v) in enumerate(daily)]
    line = " ".join(f"{px},{py}" for px, py in points)
    out = [f'<path d="M{left} {y(0)}H{width - right}" stroke="#c3cfd0"/>']
    if points:
        out += [
            f'<polygon points="{points[0][0]},{y(0)} {line} {points[-1][0]},{y(0)}" fill="#fcefcf"/>',
            f'<polyline points="{line}" fill="none" stroke="#c98a12" stroke-width="3"/>',
        ]
    out += [
        f'<path d="M{left} {y(need)}H{width - right}" stroke="#14242a" stroke-width="1.5"/>',
        f'<text x="{width - right}" y="{y(need) - 6}" text-anchor="end" class="ct">{{need_label}}</text>',
        f'<text x="{left - 6}" y="{y(0) + 4}" text-anchor="end" class="ct">0</text>',
        f'<text x="{left - 6}" y="{y(total) + 10}" text-anchor="end" class="ct">{total}</text>',
    ]
    if points:
        px, py = points[-1]
        out += [
            f'<circle cx="{px}" cy="{py}" r="5.5" fill="#eeb03a" stroke="#14242a" stroke-width="2"/>',
            f'<text x="{px}" y="{py + 22}" class="ct cb">{daily[-1][1]}</text>',
            f'<text x="{left}" y="{height - 8}" class="ct">{{first}}</text>',
        ]
    return Markup(
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{{label}}">'
        f"{''.join(out)}</svg>"
    ).format(label=label, need_label=need_label, first=daily[0][0] if daily else "")
