"""What an estate's home shows of its ballots: those waiting for this visitor first, and the street."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from hall.ballots.queries.lists import HomeCard
from hall.ballots.queries.turnout import Turnout, of_ballot
from hall.counting.decision import Gate
from hall.roll.queries.homes import HomeRow
from hall.roll.queries.windows import WindowRow, windows
from hall.web.drawings import Block, Spot, street
from hall.web.figures import line_name
from hall.web.i18n import gettext, ngettext


@dataclass(frozen=True, slots=True)
class Card:
    """A running ballot on the home page. mine: none | waiting | cast; lines only when statutory."""

    title: str
    summary: str
    href: str
    statutory: bool
    open: bool
    open_at: datetime | None
    close_at: datetime | None
    mine: str
    line: str
    heads: Gate | None
    area: Gate | None


@dataclass(frozen=True, slots=True)
class Street:
    """The picture of the estate with what it says in words; of: the ballot it counts, if any."""

    of: str | None
    lit: int
    whole: int
    desk: Markup
    phone: Markup


def cards_of(found: tuple[HomeCard, ...], now: datetime) -> list[Card]:
    """Running ballots as cards."""
    return [_card(one, now) for one in found]


def _card(found: HomeCard, now: datetime) -> Card:
    card = found.card
    rule = card.rule
    heads = area = None
    line = ""
    if rule is not None:
        heads = Gate("participation", "heads", card.cast_heads, card.heads, rule.quorum_heads)
        area = Gate("participation", "area", card.cast_area, card.area_cm2, rule.quorum_area)
        line = gettext(
            "参加要%(quorum)s，同意要%(approve)s",
            quorum=line_name(rule.quorum_heads),
            approve=line_name(rule.approve_heads),
        )
    return Card(
        title=card.title,
        summary=card.summary,
        href=url_for("ballots.show", n=card.n),
        statutory=card.kind == "statutory",
        open=card.open_at is not None and card.open_at <= now,
        open_at=card.open_at,
        close_at=card.close_at,
        mine=found.mine,
        line=line,
        heads=heads,
        area=area,
    )


def street_of(
    estate_id: int, found: tuple[HomeCard, ...], homes: tuple[HomeRow, ...], now: datetime
) -> Street | None:
    """The street lit by the first open ballot; dark when none is open; None without a plan."""
    places = windows(estate_id)
    if not places:
        return None
    shown = next((c for c in found if c.card.open_at is not None and c.card.open_at <= now), None)
    turnout = of_ballot(shown.card.id) if shown else None
    took_part = shown is not None and shown.mine == "cast"
    own = {h.unit_id: took_part for h in homes}
    blocks = _blocks(places, turnout)
    lit = sum(b.part for b in blocks)
    whole = sum(b.whole for b in blocks)
    label = _sentence(len(places), lit, whole, bool(turnout), bool(own))
    return Street(
        shown.card.title if shown else None,
        lit,
        whole,
        street(blocks, label, own=own),
        street(blocks, label, own=own, phone=True),
    )


def _sentence(homes: int, lit: int, whole: int, open_: bool, own: bool) -> str:
    if not open_:
        words = ngettext("全小区 %(n)s 户的窗。", "全小区 %(n)s 户的窗。", homes)
    else:
        words = gettext(
            "各栋的窗：%(whole)s 票里有 %(lit)s 票参加了。亮几扇只表示几票，不表示是哪一户。",
            whole=f"{whole:,}",
            lit=f"{lit:,}",
        )
    return words + (gettext("圈出的是您家。") if own else "")


def _blocks(places: tuple[WindowRow, ...], turnout: Turnout | None) -> list[Block]:
    spots: dict[int, list[Spot]] = {}
    names: dict[int, str] = {}
    for row in places:
        names[row.building_id] = row.building
        spots.setdefault(row.building_id, []).append(
            Spot(row.unit_id, row.entrance, row.floor, row.room)
        )
    counted = {b.building_id: (b.sheets, b.entries) for b in turnout.buildings} if turnout else {}
    return [Block(b, names[b], tuple(s), *counted.get(b, (0, 0))) for b, s in spots.items()]
