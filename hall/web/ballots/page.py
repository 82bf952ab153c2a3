"""Figures and pictures of a ballot's pages: participation, windows, dates. Never a choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, url_for
from markupsafe import Markup

from hall.ballots import queries
from hall.ballots.queries import BallotRow, OriginRow, Turnout, VoterGroup
from hall.ballots.rules.origin import Recused
from hall.counting.decision import Gate
from hall.web import filters
from hall.web.ballots.windows import blocks, own, windows
from hall.web.drawings import home_building, street
from hall.web.i18n import N_, gettext, ngettext
from hall.web.messages import who

# What an interest is called; own_contract is the law's, the others are declared.
INTERESTS = {
    "own_contract": N_("这是它自己的合同"),
    "contract": N_("有合同关系"),
    "family": N_("有亲属关系"),
    "money": N_("有经济利益"),
    "other": N_("有利害关系"),
}


def origin(ballot: BallotRow) -> OriginRow | None:
    """The proposal and the meeting a ballot came from."""
    return queries.origin(ballot)


def recused(ballot: BallotRow) -> tuple[Recused, ...]:
    """The officials who keep their hands off a ballot."""
    return queries.recused(ballot)


def recused_words(one: Recused) -> str:
    """'社区党委：有合同关系。社区的物业公司参加选聘': who keeps away, and why."""
    who_ = who(one.body)
    name = gettext("%(body)s%(name)s", body=who_, name=one.name) if one.name else who_
    why = gettext(INTERESTS[one.kind]) if one.kind in INTERESTS else one.kind
    said = gettext("%(who)s：%(why)s", who=name, why=why)
    return gettext("%(said)s。%(text)s", said=said, text=one.text) if one.text else said


@dataclass(frozen=True, slots=True)
class Participation:
    """Turnout as a page shows it: the two lines (statutory only) and a picture with its sentence."""

    turnout: Turnout
    heads: Gate | None
    area: Gate | None
    picture: Markup
    picture_phone: Markup


def participation(
    ballot: BallotRow, turnout: Turnout, groups: Iterable[VoterGroup]
) -> Participation:
    """Participation so far, with the viewer's own windows."""
    rule = ballot.rule
    heads = area = None
    if rule is not None:
        heads = Gate(
            "participation", "heads", turnout.heads, turnout.heads_total, rule.quorum_heads
        )
        area = Gate("participation", "area", turnout.area, turnout.area_total, rule.quorum_area)
    places = windows(ballot.estate_id)
    mine = own(places, groups)
    shown = blocks(places, turnout)
    label = gettext(
        "各栋的窗：%(list)s。亮灯表示多少户参加了，不表示是哪一户。",
        list=filters.listing(f"{b.name} {b.sheets}/{b.entries}" for b in turnout.buildings),
    )
    return Participation(
        turnout,
        heads,
        area,
        street(shown, label, own=mine) if shown else Markup(""),
        street(shown, label, own=mine, phone=True) if shown else Markup(""),
    )


def own_building(ballot: BallotRow, turnout: Turnout, group: VoterGroup | None) -> Markup:
    """The viewer's building with the own window lit; '' when the flat has no place on a drawing."""
    if group is None:
        return Markup("")
    places = windows(ballot.estate_id)
    units = own(places, [group])
    for block in blocks(places, turnout):
        for spot in block.spots:
            if spot.unit_id in units:
                label = gettext("%(building)s，您家的窗亮了。", building=block.name)
                return home_building(block, spot.unit_id, label)
    return Markup("")


def flats(group: VoterGroup) -> str:
    """'2栋1单元502', or '2栋1单元502 等 3 套'."""
    first = filters.unit_label(group.units[0][0]) if group.units else group.label
    if len(group.units) < 2:
        return first
    return ngettext("%(first)s 等 %(n)s 套", "%(first)s 等 %(n)s 套", len(group.units), first=first)


def absolute(endpoint: str, **values: object) -> str:
    """A full address for a QR code: the public one when it is set, else the one asked for."""
    base = current_app.config["HALL_PUBLIC_URL"]
    if base:
        return base + url_for(endpoint, **values)  # type: ignore[arg-type]
    return url_for(endpoint, _external=True, **values)  # type: ignore[arg-type]


def spaced(code: str) -> str:
    """7K3M-92QF-XC5D: a receipt code as it is read aloud."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
