"""Lines and amounts in words: the same wording for a meter, a gate, a table and a printed result.

The macros take any object shaped like hall.counting.decision.Gate: test, weight, part, whole, line,
passed, least, missing.
"""

# ruff: noqa: S704  (markup is built here from numbers and our own words; the rest is escaped)
from __future__ import annotations

from typing import Protocol

from flask import Flask
from markupsafe import Markup

from hall.rulesets.rules import Op, Threshold
from hall.web import filters
from hall.web.i18n import N_, gettext, ngettext

HEADS = "heads"
# Positions drawn by static/css/components.css: .at-<num>-<den>.
DRAWN = 10
_NAMES = {
    (2, 3, Op.GE): N_("三分之二"),
    (1, 2, Op.GT): N_("过半"),
    (1, 2, Op.GE): N_("半数"),
    (3, 4, Op.GE): N_("四分之三"),
    (1, 1, Op.GE): N_("全体"),
}
_TITLES = {
    ("participation", "heads"): N_("参加的人够不够"),
    ("participation", "area"): N_("参加的面积够不够"),
    ("approval", "heads"): N_("同意的人够不够"),
    ("approval", "area"): N_("同意的面积够不够"),
}
_NUMERALS = "①②③④⑤⑥⑦⑧⑨"


class GateLike(Protocol):
    """One line of a decision."""

    @property
    def test(self) -> str: ...
    @property
    def weight(self) -> str: ...
    @property
    def part(self) -> int | None: ...
    @property
    def whole(self) -> int | None: ...
    @property
    def line(self) -> Threshold: ...
    @property
    def least(self) -> int | None: ...
    @property
    def missing(self) -> int | None: ...


def amount(value: int | None, weight: str) -> str:
    """'131 人' or '12,919.30 ㎡'; '未载明' when a document does not state it."""
    if value is None:
        return gettext("未载明")
    if weight == HEADS:
        return ngettext("%(n)s 人", "%(n)s 人", value)
    return filters.m2(value)


def bare(value: int | None, weight: str) -> str:
    """An amount without its unit."""
    if value is None:
        return gettext("未载明")
    return filters.group(value) if weight == HEADS else filters.m2(value).rsplit(" ", 1)[0]


def unit_sign(weight: str) -> str:
    """人 / ㎡."""
    return gettext("人") if weight == HEADS else filters.square_metres()


def line_name(line: Threshold) -> str:
    """三分之二, 过半, 四分之三; other fractions in figures, with 以上 or 超过."""
    name = _NAMES.get((line.num, line.den, line.op))
    if name is not None:
        return gettext(name)
    if line.op is Op.GE:
        return gettext("%(num)s/%(den)s 以上", num=line.num, den=line.den)
    return gettext("超过 %(num)s/%(den)s", num=line.num, den=line.den)


def line_class(line: Threshold) -> str:
    """CSS class that puts the black line at num/den (nearest tenth for unusual fractions)."""
    num, den = line.num, line.den
    if den > DRAWN:
        num, den = (num * DRAWN + den // 2) // den, DRAWN
    return f"at-{num}-{den}"


def need(gate: GateLike) -> str:
    """What the line asks for: '158 人', '15,496.67 ㎡', or '超过 11,622 ㎡' for half the area."""
    if gate.whole is None or gate.least is None:
        return gettext("未载明")
    if gate.weight == HEADS or gate.line.op is Op.GE:
        return amount(gate.least, gate.weight)
    # More than half an area has no smallest amount worth printing: say what must be exceeded.
    return gettext("超过 %(amount)s", amount=amount(gate.least - 1, gate.weight))


def short(gate: GateLike) -> str:
    """What is missing: '27 人', '2,578.05 ㎡'; '' once the line is reached or when it is unknown."""
    return amount(gate.missing, gate.weight) if gate.missing else ""


def share(gate: GateLike) -> str:
    """The share in per cent, truncated; '—' when unknown."""
    if gate.part is None or gate.whole is None:
        return "—"
    return filters.percent(gate.part, gate.whole)


def gate_title(gate: GateLike, number: int = 0) -> str:
    """'① 参加的人够不够'."""
    title = gettext(_TITLES[(gate.test, gate.weight)])
    return f"{_NUMERALS[number - 1]} {title}" if number else title


def gap(heads: GateLike, area: GateLike) -> Markup:
    """离三分之二还差 27 人、2,578 ㎡, figures marked; '' when both lines are reached."""
    missing = [short(g) for g in (heads, area) if short(g)]
    if not missing:
        return Markup("")
    words = Markup(gettext("离%(line)s还差 %(missing)s")) % {
        "line": line_name(heads.line),
        "missing": Markup(filters.listing(["{}"] * len(missing))).format(
            *(Markup('<b class="nowrap">{}</b>').format(filters.num(m)) for m in missing)
        ),
    }
    return words


def init_app(app: Flask) -> None:
    """The words as template globals."""
    app.jinja_env.globals.update(
        amount=amount,
        bare_amount=bare,
        unit_sign=unit_sign,
        line_name=line_name,
        line_class=line_class,
        gate_need=need,
        gate_short=short,
        gate_share=share,
        gate_title=gate_title,
        gate_gap=gap,
    )
