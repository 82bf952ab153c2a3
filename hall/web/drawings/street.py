"""The estate's street: one window a flat, lit in number only.

Which windows of a building are lit is decided by a digest of their place, never by who took part
(ux §14.3): the picture tells how many, and cannot tell who. The one true window is the viewer's own.
"""

# ruff: noqa: S704  (markup is built here from numbers and our own words; the rest is escaped)
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup

# Above this many flats a window stands for a whole floor.
LARGE = 1000


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a flat is in its building: entrance in display order, floor, place on the floor."""

    unit_id: int
    entrance: int
    floor: int | None
    room: str


@dataclass(frozen=True, slots=True)
class Block:
    """A building: its flats, and how many of how many have taken part (entries, in number only)."""

    key: int
    name: str
    spots: tuple[Spot, ...]
    part: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True)
class _Plan:
    """A building on a grid: places by unit, columns before each entrance, floors."""

    places: dict[int, tuple[int, int]]
    edges: tuple[int, ...]
    columns: int
    floors: int


@dataclass(frozen=True, slots=True)
class _Size:
    """Measures of a drawing, in units of its viewBox."""

    width: float  # of the whole picture at least
    window: float
    height: float
    gap_x: float
    gap_y: float
    pad: float
    apart: float
    roof: float
    ring: float
    tallest: float  # a building is never drawn higher


DESK = _Size(660, 13, 11, 5, 6, 7, 22, 9, 5, 206)
PHONE = _Size(358, 8, 7, 2.6, 3, 3.6, 7, 5, 3.5, 124)


@dataclass(slots=True)
class _Canvas:
    walls: list[str] = field(default_factory=list)
    seams: list[str] = field(default_factory=list)
    dark: list[str] = field(default_factory=list)
    lit: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _floor_of(spot: Spot) -> int:
    """The stated floor, else the one in the room number (1203 is on 12), else the ground."""
    if spot.floor is not None:
        return spot.floor
    digits = "".join(c for c in spot.room if c.isdigit())
    return int(digits[:-2]) if len(digits) >= 3 else 1


@lru_cache(maxsize=512)
def _plan(spots: tuple[Spot, ...]) -> _Plan:
    entrances = sorted({s.entrance for s in spots})
    floors = sorted({_floor_of(s) for s in spots})
    level = {f: i for i, f in enumerate(floors)}
    places: dict[int, tuple[int, int]] = {}
    edges: list[int] = []
    columns = 0
    for entrance in entrances:
        edges.append(columns)
        widest = 0
        by_floor: dict[int, list[Spot]] = {}
        for s in spots:
            if s.entrance == entrance:
                by_floor.setdefault(_floor_of(s), []).append(s)
        for f, row in by_floor.items():
            for i, s in enumerate(sorted(row, key=lambda s: (len(s.room), s.room, s.unit_id))):
                places[s.unit_id] = (level[f], columns + i)
            widest = max(widest, len(row))
        columns += widest
    return _Plan(places, tuple(edges), columns, len(floors))


def _whole_floors(plan: _Plan) -> _Plan:
    """One wide window a floor; a unit is found on its floor's window."""
    floors = {u: (f, 0) for u, (f, _) in plan.places.items()}
    return _Plan(floors, (0,), 1, plan.floors)


def lit_windows(part: int, whole: int, windows: int) -> int:
    """How many of so many windows to light: in proportion, at least one of any, all only of all."""
    if part <= 0 or whole <= 0 or windows <= 0:
        return 0
    if part >= whole:
        return windows
    return min(max(1, part * windows // whole), max(1, windows - 1))


def _choose(block: Block, plan: _Plan, own: dict[int, bool]) -> set[tuple[int, int]]:
    """The places to light: ordered by digest, so that they neither form a bar nor follow anybody."""
    fixed = {plan.places[u]: lit for u, lit in own.items() if u in plan.places}
    places = set(plan.places.values())
    count = lit_windows(block.part, block.whole, len(places)) - sum(fixed.values())
    free = sorted(
        places - set(fixed),
        key=lambda p: hashlib.sha256(f"{block.key}/{p[0]}/{p[1]}".encode()).digest(),
    )
    return set(free[: max(0, count)])


def _box(x: float, y: float, w: float, h: float) -> str:
    return f"M{_n(x)} {_n(y)}h{_n(w)}v{_n(h)}h-{_n(w)}z"


def _width(plan: _Plan, size: _Size) -> float:
    return plan.columns * (size.window + size.gap_x) - size.gap_x + 2 * size.pad


def _fit(plans: Iterable[_Plan], size: _Size) -> _Size:
    """Lower storeys when the tallest building would not fit; wider windows when each is a floor."""
    plans = tuple(plans)
    floors = max((p.floors for p in plans), default=1)
    storey = size.height + size.gap_y
    factor = min(1.0, size.tallest / (floors * storey))
    wide = all(p.columns == 1 for p in plans)
    return _Size(
        size.width,
        size.window * 2.6 if wide else size.window,
        size.height * factor,
        size.gap_x,
        size.gap_y * factor,
        size.pad,
        size.apart,
        size.roof,
        size.ring,
        size.tallest,
    )


def _draw(
    canvas: _Canvas,
    block: Block,
    plan: _Plan,
    size: _Size,
    x: float,
    base: float,
    own: dict[int, bool],
) -> None:
    storey = size.height + size.gap_y
    width = _width(plan, size)
    high = plan.floors * storey - size.gap_y + 2 * size.pad + 3
    top = base - high
    eave = size.pad / 2.8
    for i, edge in enumerate(plan.edges):
        last = plan.edges[i + 1] if i + 1 < len(plan.edges) else plan.columns
        middle = x + size.pad + (edge + last) / 2 * (size.window + size.gap_x) - size.gap_x / 2
        canvas.walls.append(_box(middle - size.roof, top - size.roof, 2 * size.roof, size.roof + 1))
        if i:
            seam = x + size.pad + edge * (size.window + size.gap_x) - size.gap_x / 2
            canvas.seams.append(f"M{_n(seam)} {_n(top + 4)}V{_n(base)}")
    canvas.walls.append(_box(x - eave, top, width + 2 * eave, eave + 1))
    canvas.walls.append(_box(x, top, width, high))
    lit = _choose(block, plan, own)
    mine = {plan.places[u]: is_lit for u, is_lit in own.items() if u in plan.places}
    for place in sorted(set(plan.places.values())):
        wx = x + size.pad + place[1] * (size.window + size.gap_x)
        wy = base - size.pad - (place[0] + 1) * storey + size.gap_y
        if place in mine:
            canvas.own.append(_own(wx, wy, size, mine[place]))
        else:
            target = canvas.lit if place in lit else canvas.dark
            target.append(_box(wx, wy, size.window, size.height))


def _own(x: float, y: float, size: _Size, lit: bool) -> str:
    r = size.ring
    return (
        f'<rect x="{_n(x - r)}" y="{_n(y - r)}" width="{_n(size.window + 2 * r)}" '
        f'height="{_n(size.height + 2 * r)}" rx="3" class="w-ring"/>'
        f'<path d="{_box(x, y, size.window, size.height)}" class="{"w-lit" if lit else "w-dark"}"/>'
    )


def _rows(widths: Sequence[float], size: _Size) -> list[list[int]]:
    """Buildings put into rows that are not much wider than the picture."""
    rows: list[list[int]] = [[]]
    used = 0.0
    for i, w in enumerate(widths):
        if rows[-1] and used + size.apart + w > size.width * 1.3:
            rows.append([])
            used = 0.0
        used += (size.apart if rows[-1] else 0) + w
        rows[-1].append(i)
    return rows


def street(
    blocks: Sequence[Block], label: str, *, own: dict[int, bool] | None = None, phone: bool = False
) -> Markup:
    """The whole estate. own: the viewer's own units and whether each has truly taken part.

    label is the sentence a screen reader gets; a table with the same numbers stands beside it.
    """
    return _street(tuple(blocks), label, tuple(sorted((own or {}).items())), phone)


@lru_cache(maxsize=128)  # the same numbers give the same picture, for every visitor
def _street(
    blocks: tuple[Block, ...], label: str, own: tuple[tuple[int, bool], ...], phone: bool
) -> Markup:
    mine = dict(own)
    shown = [b for b in blocks if b.spots]
    plans = [_plan(b.spots) for b in shown]
    if sum(len(p.places) for p in plans) > LARGE:
        plans = [_whole_floors(p) for p in plans]
    size = _fit(plans, PHONE if phone else DESK)
    widths = [_width(p, size) for p in plans]
    rows = _rows(widths, size)
    spans = [sum(widths[i] for i in r) + size.apart * max(0, len(r) - 1) for r in rows]
    full = max([size.width, *(s + 2 * size.roof for s in spans)])
    canvas = _Canvas()
    base = 0.0
    for row, span in zip(rows, spans, strict=True):
        floors = max((plans[i].floors for i in row), default=0)
        base += floors * (size.height + size.gap_y) + 2 * size.pad + 3 + 2 * size.roof
        x = (full - span) / 2
        for i in row:
            _draw(canvas, shown[i], plans[i], size, x, base, mine)
            x += widths[i] + size.apart
    return _svg(canvas, full, base, label)


def _svg(canvas: _Canvas, width: float, height: float, label: str) -> Markup:
    parts = [f'<path d="{"".join(canvas.walls)}" class="bld"/>']
    if canvas.seams:
        parts.append(f'<path d="{"".join(canvas.seams)}" class="seam"/>')
    if canvas.dark:
        parts.append(f'<path d="{"".join(canvas.dark)}" class="w-dark"/>')
    if canvas.lit:
        parts.append(f'<path d="{"".join(canvas.lit)}" class="w-lit"/>')
    parts += canvas.own
    return Markup(
        f'<svg class="sky" viewBox="0 0 {_n(width)} {_n(height)}" role="img" aria-label="%s">'
        "%s</svg>"
    ) % (label, Markup("".join(parts)))


def home_building(block: Block, unit_id: int, label: str) -> Markup:
    """The viewer's own building with the own window lit: the picture of a receipt."""
    size = _Size(0, 24, 15, 9, 7, 12, 0, 14, 7, 190)
    plan = _plan(block.spots)
    size = _fit([plan], size)
    canvas = _Canvas()
    width = _width(plan, size)
    height = plan.floors * (size.height + size.gap_y) + 2 * size.pad + 3 + 2 * size.roof
    _draw(canvas, block, plan, size, size.roof, height, {unit_id: True})
    if unit_id in plan.places:
        level, column = plan.places[unit_id]
        x = size.roof + size.pad + column * (size.window + size.gap_x)
        y = height - size.pad - (level + 1) * (size.height + size.gap_y) + size.gap_y
        glow, me = (
            _box(x - 7, y - 7, size.window + 14, size.height + 14),
            _box(x, y, size.window, size.height),
        )
        canvas.own = [f'<path d="{glow}" class="w-glow"/><path d="{me}" class="w-me"/>']
    return _svg(canvas, width + 2 * size.roof, height, label)
