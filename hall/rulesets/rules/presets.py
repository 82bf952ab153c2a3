"""Rule sets that ship with Hall: the floor of the Civil Code, local profiles, the law before 2021.

Values and marks follow the project's rule book §8. A source of kind 'law' is national law, 'profile'
a local regulation, 'default' a choice of Hall that an estate's clause may change. Abbreviations:
CC Civil Code, PMR Property Management Regulation, SPC the Supreme Court's interpretation on
ownership of buildings, G guidance rules 建房〔2009〕274号.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hall.rulesets.rules.canonical import build
from hall.rulesets.rules.fields import BY_PATH, Value, parse
from hall.rulesets.rules.ruleset import RuleSet, Source

FLOOR = "CN-2021"
BEFORE = "CN-2007"

Entries = Mapping[str, tuple[object, str, str]]  # path -> JSON value, kind of source, reference


@dataclass(frozen=True, slots=True)
class Preset:
    """A shipped rule set: its own entries, laid over those of the preset it extends."""

    extends: str | None
    effective: tuple[date, date | None] | None
    entries: Entries


def _shares(
    quorum: list[object], ordinary: list[object], special: list[object], ref: str
) -> dict[str, tuple[object, str, str]]:
    found: dict[str, tuple[object, str, str]] = {}
    for weight in ("heads", "area"):
        found[f"quorum.{weight}"] = (quorum, "law", ref)
        found[f"classes.ORDINARY.{weight}"] = (ordinary, "law", ref)
        found[f"classes.SPECIAL.{weight}"] = (special, "law", ref)
    return found


def _matters(special: set[int], ref: str) -> dict[str, tuple[object, str, str]]:
    return {
        f"matters.{n}": ("SPECIAL" if n in special else "ORDINARY", "law", ref)
        for n in range(1, 10)
    }


PRESETS: dict[str, Preset] = {
    FLOOR: Preset(
        None,
        (date(2021, 1, 1), None),
        {
            **_shares([2, 3, "GE"], [1, 2, "GT"], [3, 4, "GE"], "CC 278 ¶2, 1259"),
            "base": ("PARTICIPANTS", "law", "CC 278 ¶2"),
            **_matters({6, 7, 8}, "CC 278 ¶1"),
            "notice_days": (15, "law", "PMR 14; CC 201"),
            "window.min_days": (7, "default", ""),
            "window.max_days": (60, "default", ""),
            "roll_publicity_days": (7, "default", ""),
            "objection_days": (7, "default", ""),
            "result_publish_days": (3, "default", ""),
            "extension.allowed": (False, "default", ""),
            "extension.max_days": (30, "default", ""),
            "extension.times": (1, "default", ""),
            "invalid_marks": ("NOT_PARTICIPATING", "default", ""),
            "nonreturn": ("NOT_PARTICIPATING", "default", "G 26 ¶2"),
            "duplicate": ("FIRST_VALID_WINS", "default", ""),
            "parking_counts": (False, "default", "G 25"),
            "election_tiebreak": (["HEADS", "AREA", "RUNOFF"], "default", ""),
            "paper_on_request": (False, "default", ""),
            "parallel_paper_required": (False, "default", ""),
            "proxy.allowed": (True, "law", "PMR 12; CC 165"),
            "proxy.cap": (3, "default", ""),
            "proxy.manager_staff": (False, "default", ""),
            "convene.heads": ([1, 5, "GE"], "law", "PMR 13"),
            "convene.area": ([1, 5, "GE"], "law", "G 21"),
            "contest_years": (1, "law", "CC 280, 199; SPC 12"),
            "heads.multi_unit": (1, "law", "SPC 9"),
            "heads.developer_pool": (1, "law", "SPC 9; G 24"),
            "heads.co_owners": (1, "law", "G 25"),
            "area_source": (["REGISTER", "SURVEY", "CONTRACT"], "law", "SPC 8"),
        },
    ),
    # 《四川省业主电子投票表决规则》川建行规〔2022〕9号: whether another system may be used is not
    # answered by what could be read of it, so the question stays open.
    "SC": Preset(
        FLOOR,
        None,
        {"official_system": ("四川省业主电子投票表决系统", "profile", "川建行规〔2022〕9号 4")},
    ),
    "BJ": Preset(
        FLOOR,
        None,
        {
            "online_must_use_official": (True, "profile", "北京市物业管理条例 35"),
            "result_publish_days": (3, "profile", "北京市物业管理条例 37"),
        },
    ),
    "HZ": Preset(
        FLOOR,
        None,
        {
            "notice_days_temporary": (7, "profile", "杭州市物业管理条例 19"),
            "window.min_days": (5, "profile", "杭州市物业管理条例 20"),
            "window.max_days": (60, "profile", "杭州市物业管理条例 20"),
            "paper_on_request": (True, "profile", "杭州市物业管理条例 20"),
        },
    ),
    "QY": Preset(
        FLOOR,
        None,
        {
            "online_must_use_official": (True, "profile", "清远市物业管理条例 17"),
            "result_consult_start_days": (7, "profile", "清远市物业管理条例 17"),
            "objection_days": (15, "profile", "清远市物业管理条例 17"),
        },
    ),
    "LC": Preset(
        FLOOR, None, {"parallel_paper_required": (True, "profile", "聊城市物业管理条例 16")}
    ),
    "WF": Preset(
        FLOOR,
        None,
        {
            "online_must_use_official": (True, "profile", "潍坊市物业管理条例 32"),
            "proxy.cap": (3, "profile", "潍坊市物业管理条例 32"),
        },
    ),
    "ZS": Preset(
        FLOOR,
        None,
        {
            "board_service_days": (7, "profile", "舟山市物业管理条例 17"),
            "proxy.manager_staff": (False, "profile", "舟山市物业管理条例 17"),
        },
    ),
    "SH": Preset(FLOOR, None, {"scope_votes": (True, "profile", "上海市住宅物业管理规定 69")}),
    # For decisions taken before the Civil Code only; its open policies block any new notice.
    BEFORE: Preset(
        None,
        (date(2007, 10, 1), date(2020, 12, 31)),
        {
            **_shares([1, 2, "GT"], [1, 2, "GT"], [2, 3, "GE"], "物权法 76; PMR 12"),
            "base": ("TOTAL", "law", "物权法 76; PMR 12"),
            **_matters({5, 6, 7}, "物权法 76"),
            "notice_days": (15, "law", "PMR 14"),
            "convene.heads": ([1, 5, "GE"], "law", "PMR 13"),
            "contest_years": (1, "law", "SPC 12"),
            "heads.multi_unit": (1, "law", "SPC 9"),
            "heads.developer_pool": (1, "law", "SPC 9"),
            "heads.co_owners": (1, "law", "G 25"),
            "area_source": (["REGISTER", "SURVEY", "CONTRACT"], "law", "SPC 8"),
        },
    ),
}


def _laid_over(name: str) -> tuple[dict[str, tuple[object, str, str]], date, date | None]:
    """A preset's entries over those it extends: paths are leaves, so this is a deep merge."""
    chain: list[Preset] = []
    at: str | None = name
    while at is not None:
        chain.append(PRESETS[at])
        at = PRESETS[at].extends
    merged: dict[str, tuple[object, str, str]] = {}
    span: tuple[date, date | None] | None = None
    for preset in reversed(chain):
        merged.update(preset.entries)
        span = preset.effective or span
    if span is None:
        raise ValueError(name)
    return merged, *span


def preset(name: str) -> RuleSet:
    """A shipped rule set by name, whatever the day. Raises ValueError for an unknown name."""
    if name not in PRESETS:
        raise ValueError(f"preset_unknown: {name}")
    entries, start, end = _laid_over(name)
    values: dict[str, Value] = {
        path: parse(BY_PATH[path], value) for path, (value, _, _) in entries.items()
    }
    sources = {path: Source(kind, ref) for path, (_, kind, ref) in entries.items()}
    return build(name, start, end, values, sources)


def applicable(name: str, on: date) -> RuleSet:
    """The preset if it is in force that day, else the national rule set of that day.

    Raises ValueError for an unknown name, and for a day before the Property Law (2007-10-01).
    """
    for candidate in (name, FLOOR, BEFORE):
        rules = preset(candidate)
        if rules.in_force(on):
            return rules
    raise ValueError(f"no_rules_on: {on.isoformat()}")
