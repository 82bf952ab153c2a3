"""Short forms for worked examples: areas in m² as the rule book writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hall.areas import parse_m2
from hall.counting import EMPTY, Entry, Pile, Question, Sheet, Totals
from hall.rulesets.rules import MatterClass, Rule, preset

OPEN = datetime(2026, 6, 16, 1, 0, tzinfo=UTC)
MOTION = Question("q", "motion", matter=4)


def pile(heads: int, m2: str) -> Pile:
    return Pile(heads, parse_m2(m2.replace(" ", "")))


def rule(matter: int = 4, name: str = "CN-2021") -> Rule:
    return preset(name).rule_for(matter)


ORDINARY = preset("CN-2021").rule_of(MatterClass.ORDINARY)
SPECIAL = preset("CN-2021").rule_of(MatterClass.SPECIAL)


def motion(
    total: Pile,
    part: Pile,
    yes: Pile,
    no: Pile | None = None,
    abstain: Pile = EMPTY,
    **kw: object,
) -> Totals:
    """Totals of a motion; without `no`, whoever took part and did not approve was against."""
    return Totals(
        MOTION,
        total,
        part,
        (("for", yes), ("against", part - yes - abstain if no is None else no)),
        abstain,
        **kw,  # type: ignore[arg-type]
    )


def day(n: int) -> datetime:
    return OPEN + timedelta(days=n - 1)


def sheet(
    entry: str, mark: str | tuple[str, ...], *, channel: str = "online", on: int = 1, **kw: object
) -> Sheet:
    marks = (mark,) if isinstance(mark, str) else mark
    name = str(kw.pop("id", f"{channel}-{entry}-{on}"))
    return Sheet(name, entry, channel, day(on), {"q": marks}, **kw)  # type: ignore[arg-type]


def block(prefix: str, n: int, m2_each: str, **kw: object) -> list[Entry]:
    """n single owners of equal flats."""
    area = parse_m2(m2_each)
    return [Entry(f"{prefix}{i:03}", f"{prefix}{i:03}", 1, area, **kw) for i in range(n)]  # type: ignore[arg-type]
