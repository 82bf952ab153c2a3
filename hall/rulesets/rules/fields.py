"""The fields of a rule set: path, form, which way is stricter, and the JSON form of their values.

A path is the name a clause, a blocker, a page and the canonical JSON all use for a field.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hall.rulesets.rules.thresholds import Base, MatterClass, Op, Threshold

CLASS_ORDER = (MatterClass.ORDINARY, MatterClass.SPECIAL)
BASE_ORDER = (Base.PARTICIPANTS, Base.TOTAL)
_MAX_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    form: share | days | number | flag | choice | order | text.
    move: what an estate's clause may do against the rule set it stands on:
    up (only a larger or harder value), down (only a smaller one), on (False may become True),
    off (True may become False), free, or reserved (law and local profile only).
    """

    path: str
    name: str
    form: str
    move: str
    allowed: tuple[str, ...] = ()


def _share(path: str, name: str, move: str) -> Field:
    return Field(path, name, "share", move)


FIELDS: tuple[Field, ...] = (
    _share("quorum.heads", "quorum_heads", "up"),
    _share("quorum.area", "quorum_area", "up"),
    _share("classes.ORDINARY.heads", "ordinary_heads", "up"),
    _share("classes.ORDINARY.area", "ordinary_area", "up"),
    _share("classes.SPECIAL.heads", "special_heads", "up"),
    _share("classes.SPECIAL.area", "special_area", "up"),
    Field("base", "base", "choice", "up", tuple(BASE_ORDER)),
    *(Field(f"matters.{n}", "matters", "choice", "up", tuple(CLASS_ORDER)) for n in range(1, 10)),
    Field("notice_days", "notice_days", "days", "up"),
    Field("notice_days_temporary", "notice_days_temporary", "days", "up"),
    Field("window.min_days", "window_min_days", "days", "up"),
    Field("window.max_days", "window_max_days", "days", "down"),
    Field("roll_publicity_days", "roll_publicity_days", "days", "up"),
    Field("objection_days", "objection_days", "days", "up"),
    Field("result_publish_days", "result_publish_days", "days", "down"),
    Field("result_consult_start_days", "result_consult_start_days", "days", "down"),
    Field("board_service_days", "board_service_days", "days", "up"),
    Field("extension.allowed", "extension_allowed", "flag", "free"),
    Field("extension.max_days", "extension_max_days", "days", "down"),
    Field("extension.times", "extension_times", "number", "reserved"),
    Field("invalid_marks", "invalid_marks", "choice", "free", ("NOT_PARTICIPATING", "AS_ABSTAIN")),
    Field(
        "nonreturn",
        "nonreturn",
        "choice",
        "free",
        ("NOT_PARTICIPATING", "FOLLOW_MAJORITY", "ABSTAIN"),
    ),
    Field(
        "duplicate",
        "duplicate",
        "choice",
        "free",
        ("FIRST_VALID_WINS", "PAPER_PREVAILS", "ONLINE_PREVAILS"),
    ),
    Field("parking_counts", "parking_counts", "flag", "free"),
    Field("election_tiebreak", "election_tiebreak", "order", "free", ("HEADS", "AREA", "RUNOFF")),
    Field("online_must_use_official", "online_must_use_official", "flag", "reserved"),
    Field("official_system", "official_system", "text", "reserved"),
    Field("paper_on_request", "paper_on_request", "flag", "on"),
    Field("parallel_paper_required", "parallel_paper_required", "flag", "on"),
    Field("scope_votes", "scope_votes", "flag", "on"),
    Field("proxy.allowed", "proxy_allowed", "flag", "reserved"),
    Field("proxy.cap", "proxy_cap", "number", "down"),
    Field("proxy.manager_staff", "proxy_manager_staff", "flag", "off"),
    _share("convene.heads", "convene_heads", "down"),
    _share("convene.area", "convene_area", "down"),
    Field("contest_years", "contest_years", "number", "reserved"),
    Field("heads.multi_unit", "heads_multi_unit", "number", "reserved"),
    Field("heads.developer_pool", "heads_developer_pool", "number", "reserved"),
    Field("heads.co_owners", "heads_co_owners", "number", "reserved"),
    Field("area_source", "area_source", "order", "reserved", ("REGISTER", "SURVEY", "CONTRACT")),
)
BY_PATH: dict[str, Field] = {field.path: field for field in FIELDS}

Value = Threshold | int | bool | str | tuple[str, ...]


def parse(field: Field, value: object) -> Value:
    """A field's value from its JSON form. Raises ValueError for any other shape."""
    return _PARSERS[field.form](field, value)


def dump(value: object) -> object:
    """A value's JSON form; None stays null."""
    if isinstance(value, Threshold):
        return [value.num, value.den, value.op.value]
    if isinstance(value, tuple):
        return [str(item) for item in value]
    if isinstance(value, (bool, int)) or value is None:
        return value
    return str(value)


def _parse_share(field: Field, value: object) -> Value:
    if not isinstance(value, list) or len(value) != 3:
        raise ValueError(field.path)
    num, den, op = value
    if type(num) is not int or type(den) is not int or op not in ("GE", "GT"):
        raise ValueError(field.path)
    return Threshold(num, den, Op(op))


def _parse_days(field: Field, value: object) -> Value:
    if type(value) is not int or not 0 <= value <= _MAX_DAYS:
        raise ValueError(field.path)
    return value


def _parse_number(field: Field, value: object) -> Value:
    if type(value) is not int or not 0 <= value <= 999:
        raise ValueError(field.path)
    return value


def _parse_flag(field: Field, value: object) -> Value:
    if type(value) is not bool:
        raise ValueError(field.path)
    return value


def _parse_choice(field: Field, value: object) -> Value:
    if not isinstance(value, str) or value not in field.allowed:
        raise ValueError(field.path)
    return value


def _parse_order(field: Field, value: object) -> Value:
    if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
        raise ValueError(field.path)
    if any(item not in field.allowed for item in value):
        raise ValueError(field.path)
    if "RUNOFF" in field.allowed and value[-1] != "RUNOFF":
        raise ValueError(field.path)  # what stays level goes to a second vote, never to a lot
    return tuple(map(str, value))


def _parse_text(field: Field, value: object) -> Value:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        raise ValueError(field.path)
    return value


_PARSERS: dict[str, Callable[[Field, object], Value]] = {
    "share": _parse_share,
    "days": _parse_days,
    "number": _parse_number,
    "flag": _parse_flag,
    "choice": _parse_choice,
    "order": _parse_order,
    "text": _parse_text,
}


def moves_lawfully(field: Field, before: Value, after: Value) -> bool:
    """Whether a clause may put `after` where the rule set beneath has `before`."""
    if field.move == "free" or before == after:
        return field.move != "reserved"
    if isinstance(before, Threshold) and isinstance(after, Threshold):
        weaker, other = (before, after) if field.move == "up" else (after, before)
        return not other.weaker_than(weaker)
    if field.form == "flag":
        return after is (field.move == "on")
    if field.form == "choice":
        return field.allowed.index(str(after)) > field.allowed.index(str(before))
    if isinstance(before, int) and isinstance(after, int):
        return after > before if field.move == "up" else after < before
    return False
