"""Unit names in every spelling a committee uses, as building, entrance and room.

2栋1单元502 is the official form. Numbers lose leading zeros, so that 0101 and 101 are one room
whichever program dropped the zero. Nothing is guessed: what fits no pattern is not a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hall.roll.rules.text import arabic, compact, dashed

_ZONE = r"(?P<z>(?:[0-9]{1,2}期|[A-Z东南西北中]区)*)"
_BUILDING = r"(?:第)?(?P<b>[0-9]{1,3}|[A-Z]{1,2}[0-9]{0,2})(?:号楼|号栋|号幢|栋|幢|座|#楼|#)"
_ENTRANCE = r"(?:第)?(?P<e>[0-9]{1,2}|[A-Z]|[甲乙丙丁东南西北中])(?:单元|门洞|门|梯)"
_FLOOR = r"(?:第?(?P<f>[0-9]{1,2})(?:层|楼)-?)?"
_ROOM = r"(?P<r>(?:负|地下|-)?[0-9]{1,5}[A-Z]?|[A-Z][0-9]{1,4})(?:室|号房|号|户|房)?"
_FULL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ZONE}{_BUILDING}-?{_ENTRANCE}-?{_FLOOR}{_ROOM}",
        rf"{_ZONE}{_BUILDING}-?(?P<e>[0-9]{{1,2}})-{_ROOM}",
        rf"{_ZONE}{_BUILDING}-?{_FLOOR}{_ROOM}",
        rf"{_ENTRANCE}-?{_FLOOR}{_ROOM}",
        rf"(?P<f>[0-9]{{1,2}})(?:层|楼)-?{_ROOM}",
        r"(?P<b>[0-9]{1,3}|[A-Z])-(?P<e>[0-9]{1,2})-(?P<r>[0-9]{1,5}[A-Z]?)(?:室|号|户)?",
        r"(?P<b>[0-9]{1,3}|[A-Z])-(?P<e>[0-9]{1,2})-(?P<f>[0-9]{1,2})-(?P<r>[0-9]{1,5})",
        r"(?P<b>[0-9]{1,3})[.](?P<e>[0-9]{1,2})[.](?P<r>[0-9]{2,5})",
    )
)
_PAIR = re.compile(r"(?P<a>[0-9]{1,2}|[A-Z])-(?P<r>[0-9]{1,5}[A-Z]?)(?:室|号|户|房)?")
_LETTER_ROOM = re.compile(r"(?P<b>[A-Z])(?P<r>[0-9]{3,4})(?:室|号|户|房)?")
_ROOM_ALONE = re.compile(_ROOM)
_ZONE_ALONE = re.compile(_ZONE)
_NAME_IN_FRONT = re.compile(
    r"([\u3400-\u9fff]{2,14}?)-?(?=(?:[0-9]{1,2}期|[A-Z东南西北中]区)*[0-9A-Z]{1,3}(?:号楼|栋|幢|座|#|-))"
)
_BUILDING_ALONE = re.compile(
    rf"{_ZONE}(?:第)?(?P<b>[0-9]{{1,3}}|[A-Z]{{1,2}}[0-9]{{0,2}})(?:号楼|号栋|号幢|号|栋|幢|座|楼|#楼|#)?"
)
_BUILDING_AND_ENTRANCE = re.compile(rf"{_ZONE}{_BUILDING}-?{_ENTRANCE}")
_ENTRANCE_ALONE = re.compile(
    r"(?:第)?(?P<e>[0-9]{1,2}|[A-Z]|[甲乙丙丁东南西北中])(?:单元|门洞|门|梯)?"
)
_NAMED_BUILDING = re.compile(r"[\u3400-\u9fff]{1,10}(?:楼|阁|苑|轩|居|大厦|公寓|庭|院)")
_SPECIAL = (
    (
        "parking",
        "车位",
        re.compile(r"(?:地下|地面|室内|产权|人防)?(?:停车位|车位|泊位|停车库|车库)"),
    ),
    ("other", "储藏室", re.compile(r"储藏室|储藏间|储物间|储物室|杂物间|杂物房|仓库|地下室")),
    ("shop", "商铺", re.compile(r"商业用房|商铺|商业|门面房|门面|铺面|门市|底商|网点|店铺|商")),
)
_PLACELESS = ("商铺", "车位", "车库", "储藏室")  # stand for a building where none is named
_SPECIAL_NUMBER = re.compile(
    r"-?(?P<n>[A-Z]{0,2}-?[0-9]{1,5}(?:-[0-9]{1,4})?[A-Z]?)-?(?:号|室|#|户)?"
)
_SHOP_CODE = re.compile(r"S-?(?P<n>[0-9]{1,4})(?:号)?")


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit's place. building: key such as 2, A, 1期2 or 听雨楼, "" unknown; entrance: key or "".

    kind: what its own words say (home|shop|parking|other); zeros: leading zeros were dropped.
    """

    building: str
    entrance: str
    room: str
    floor: int | None = None
    kind: str = "home"
    zeros: bool = False


class Unreadable(ValueError):
    """A unit name that cannot be read; code is a problem code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def zone_key(text: str) -> str:
    """'一期' → '1期', '东区' → '东区'; '' if it is none."""
    plain = arabic(dashed(text))
    return plain if _ZONE_ALONE.fullmatch(plain) else ""


def name_in_front(text: str) -> str:
    """The words before the numbers: '样本花苑-1栋-101' → '样本花苑'; '' for 商铺1 or 东区1栋."""
    plain = arabic(dashed(text))
    match = _NAME_IN_FRONT.match(plain)
    if match is None or zone_key(match[1]) or any(p.search(match[1]) for _, _, p in _SPECIAL):
        return ""
    rest = plain[match.end() :]
    if _NAMED_BUILDING.fullmatch(match[1]) and not re.search("栋|幢|座|号楼|#", rest):
        return ""  # 听雨楼1-101: the words may be the building
    return match[1]


def building_key(text: str) -> str:
    """'２号楼', '二栋', '2#', '02幢' → '2'; 'A座' → 'A'; a proper name stays. '' if it is none."""
    plain = arabic(dashed(text))
    match = _BUILDING_ALONE.fullmatch(plain)
    if match:
        return match["z"] + _number(match["b"])
    return plain if _NAMED_BUILDING.fullmatch(plain) else ""


def building_and_entrance(text: str) -> tuple[str, str]:
    """Keys of '3栋', '3栋2单元', '第三栋（共36户）' or '2单元'; ('', '') if it is none of these."""
    plain = re.sub(r"\(.*\)|[::]$", "", arabic(dashed(text)))
    both = _BUILDING_AND_ENTRANCE.fullmatch(plain)
    if both:
        return both["z"] + _number(both["b"]), _number(both["e"])
    if plain.endswith(("单元", "门洞", "梯")):
        return "", entrance_key(plain)
    if re.search("栋|幢|座|楼|#|阁|苑|轩|大厦|公寓", plain):
        return building_key(plain), ""
    return "", ""


def entrance_key(text: str) -> str:
    """'１单元', '一单元', '1' → '1'; '东单元' → '东'. '' if it is none."""
    match = _ENTRANCE_ALONE.fullmatch(arabic(dashed(text)))
    return _number(match["e"]) if match else ""


def first_of_pair(text: str) -> str:
    """The key in front of a bare pair: '3-101' → '3'; '' for any other spelling."""
    pair = _PAIR.fullmatch(arabic(dashed(text)))
    return _number(pair["a"]) if pair else ""


def building_name(key: str, known: Iterable[str] = ()) -> str:
    """The name shown for a key: the estate's own spelling if known, else 2栋, A座 or the name."""
    for name in known:
        if building_key(name) == key:
            return compact(name)
    if re.search(r"[0-9]$", key):
        return f"{key}栋"
    return f"{key}座" if re.search(r"[A-Z]$", key) else key


def entrance_name(key: str) -> str:
    """'1' → 1单元; '' stays."""
    return f"{key}单元" if key else ""


def label(name: UnitName, known: Iterable[str] = ()) -> str:
    """The official words: 2栋1单元502, 2栋商铺3号, 车位12号."""
    building = "" if name.building in _PLACELESS else building_name(name.building, known)
    return f"{building}{entrance_name(name.entrance)}{name.room}"


def parse_unit(
    text: str,
    *,
    building: str = "",
    entrance: str = "",
    kind: str = "",
    repeats_building: bool = False,
    estate: str = "",
) -> UnitName:
    """Read a unit name. Raises Unreadable: unit_unreadable, unit_contradicts_columns, building_missing.

    building, entrance: keys from other columns or the heading above; kind: what a column of uses
    says; repeats_building: in this sheet "3-101" under 3栋 names the building again, not entrance 3;
    estate: a name that may stand in front (样本花苑-1栋-101).
    """
    plain = arabic(dashed(_without_estate(compact(text), estate)))
    plain = re.sub(r"\(.*?\)", "", plain)
    special = _special(plain, building, entrance, kind)
    if special is not None:
        return special
    parts = _parts(plain, building, building if repeats_building and not entrance else entrance)
    own_building = parts.get("z", "") + _number(parts.get("b", ""))
    own_entrance = _number(parts.get("e", ""))
    if _differ(own_building, building) or _differ(own_entrance, entrance):
        raise Unreadable("unit_contradicts_columns")
    place = own_building or building
    if not place:
        raise Unreadable("building_missing")
    room = _room(_on_floor(parts["r"], parts.get("f", "")))
    floor = _floor(room)
    if parts.get("f") and floor is not None and int(parts["f"]) != floor:
        raise Unreadable("unit_contradicts_columns")
    zeros = parts["r"].startswith("0") or parts.get("b", "").startswith("0")
    return UnitName(place, own_entrance or entrance, room, floor, kind or "home", zeros)


def _parts(plain: str, building: str, entrance: str) -> Mapping[str, str]:
    for pattern in _FULL:
        match = pattern.fullmatch(plain)
        if match:
            return {k: v for k, v in match.groupdict().items() if v}
    pair = _PAIR.fullmatch(plain)
    if pair:
        return _pair(pair["a"], pair["r"], building, entrance)
    letter = _LETTER_ROOM.fullmatch(plain)
    if letter and building in ("", letter["b"]):
        return {"b": letter["b"], "r": letter["r"]}
    alone = _ROOM_ALONE.fullmatch(plain)
    if alone:
        return {"r": alone["r"]}
    raise Unreadable("unit_unreadable")


def _pair(first: str, room: str, building: str, entrance: str) -> Mapping[str, str]:
    """1-101: building and room; under a known building, entrance and room."""
    key = _number(first)
    if not building:
        return {"b": first, "r": room}
    if not entrance:
        return {"e": first, "r": room}
    if key in (entrance, building):
        return {"r": room}
    raise Unreadable("unit_contradicts_columns")


def _special(plain: str, building: str, entrance: str, kind: str) -> UnitName | None:
    """Shops, parking spaces and storage, by their own words or by the column of uses."""
    for own, word, pattern in _SPECIAL:
        match = pattern.search(plain)
        if match is None:
            continue
        before, after = plain[: match.start()], plain[match.end() :]
        place, door = building_and_entrance(before) if before else ("", "")
        if before and not place:
            # 3号商铺: the number stands in front
            number = _SPECIAL_NUMBER.fullmatch(before)
            if number is None or after.strip("-"):
                raise Unreadable("unit_unreadable")
        else:
            number = _SPECIAL_NUMBER.fullmatch(after)
        if number is None:
            raise Unreadable("unit_unreadable")
        if _differ(place, building):
            raise Unreadable("unit_contradicts_columns")
        word = "车库" if match.group().endswith("车库") else word
        return _named(own, word, number["n"], place or building, door or entrance)
    code = _SHOP_CODE.fullmatch(plain)
    if code and building != "S":
        return _named("shop", "商铺", code["n"], building, "")
    if kind in ("parking", "shop", "other") and not _looks_full(plain):
        number = _SPECIAL_NUMBER.fullmatch(plain)
        if number and kind in ("parking", "shop"):
            noun = "车位" if kind == "parking" else "商铺"
            return _named(kind, noun, number["n"], building, entrance)
    return None


def _looks_full(plain: str) -> bool:
    return any(p.fullmatch(plain) for p in _FULL)


def _named(kind: str, word: str, number: str, building: str, entrance: str) -> UnitName:
    digits = re.fullmatch(r"0*([0-9]+)", number.lstrip("-"))
    shown = digits[1] if digits else number.lstrip("-")
    return UnitName(building or word, entrance if building else "", f"{word}{shown}号", None, kind)


def _without_estate(plain: str, estate: str) -> str:
    """样本小区1栋… → 1栋…"""
    own = len(estate) if estate and plain.startswith(estate) else 0
    bare = re.sub(r"^[\u3400-\u9fff]{2,12}小区", "", plain[own:])
    return bare.lstrip("-—") if len(bare) < len(plain) else plain


def _number(text: str) -> str:
    return text.lstrip("0") or "0" if text.isdigit() else text


def _on_floor(room: str, floor: str) -> str:
    """Floor 7, room 5 is 705."""
    if floor and re.fullmatch("[0-9]{1,2}", room):
        return f"{int(floor)}{int(room):02d}"
    return room


def _room(text: str) -> str:
    below = re.fullmatch(r"(?:负|地下|-)0*([0-9]+[A-Z]?)", text)
    if below:
        return f"负{below[1]}"
    return re.sub(r"^0+(?=[0-9])", "", text)


def _floor(room: str) -> int | None:
    match = re.fullmatch(r"(负?)([0-9]+)[A-Z]?", room)
    if match is None:
        return None
    digits = match[2]
    if match[1]:
        return -int(digits[0])
    return int(digits[:-2]) if 3 <= len(digits) <= 4 else None


def _differ(a: str, b: str) -> bool:
    return bool(a) and bool(b) and a != b
