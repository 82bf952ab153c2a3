"""Areas, shares and telephone numbers out of cells. Areas in cm²; nothing passes through a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from hall.areas import parse_m2
from hall.roll.rules.text import compact, tidy
from hall.sheets import Cell

HOME_LIMIT_M2 = 1_000
OTHER_LIMIT_M2 = 50_000
_UNIT = re.compile(r"(?:平方米|平方公尺|平米|平方|㎡|m2|m²|M2)$")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")
_DECIMAL = re.compile(r"(-?)([0-9]{1,9})(?:\.([0-9]*))?")
_MOBILE = re.compile(r"1[0-9]{10}")
_LANDLINE = re.compile(r"0[0-9]{9,11}|[2-8][0-9]{6,7}")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)%")
_FRACTION = re.compile(r"([0-9]{1,4})[/\u2044]([0-9]{1,4})")  # NFKC writes ½ with U+2044
_OF_PARTS = re.compile(r"([一二两三四五六七八九十])分之([一二两三四五六七八九十])")
_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Area:
    """An area in cm², or None with the code of what is wrong; note: a code worth a warning."""

    cm2: int | None
    code: str = ""
    note: str = ""


def read_area(cell: Cell) -> Area:
    """'89.32㎡', '８９.３２', '89,32', '1,089.32' exactly; anything doubtful is a problem code.

    At most four decimals, as registers carry; zero, negative and not-a-number are refused.
    """
    if cell.kind in _CELL_CODES:
        return Area(None, _CELL_CODES[cell.kind])
    text = compact(cell.text).replace("。", ".")
    text = _UNIT.sub("", text)
    if not text or text in ("-", "—", "/", "无", "未知", "不详"):
        return Area(None, "area_missing")
    note = ""
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif _COMMA.fullmatch(text):
        text, note = text.replace(",", "."), "decimal_comma"
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return Area(None, "area_is_date" if looks_like_date(text) else "area_not_number")
    sign, whole, decimals = match[1], match[2], (match[3] or "").rstrip("0")
    if len(decimals) > 4:
        return Area(None, "area_too_precise")
    cm2 = parse_m2(f"{whole}.{decimals}" if decimals else whole)
    if sign or cm2 == 0:
        return Area(None, "area_not_positive")
    return Area(cm2, "", note)


_CELL_CODES = {
    "empty": "area_missing",
    "error": "cell_error",
    "formula": "formula_without_value",
    "date": "area_is_date",
    "boolean": "area_not_number",
}

_DATE = re.compile(
    r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{1,2}月[0-9]{1,2}日"
    r"|[0-9]{1,2}-[A-Z][a-z]{2}(?:-[0-9]{2,4})?|[A-Z][a-z]{2}-[0-9]{1,2}"
    r"|[0-9]{1,2}/[0-9]{1,2}/(?:19|20)[0-9]{2}"
)


def looks_like_date(text: str) -> bool:
    """Whether the text is how a program writes a date into which it turned 1-2 or 1-2-3."""
    return _DATE.fullmatch(compact(text)) is not None


def area_limit_m2(kind: str) -> int:
    """The area above which a unit of that kind is taken for a slip, in m² (E1)."""
    return HOME_LIMIT_M2 if kind == "home" else OTHER_LIMIT_M2


@dataclass(frozen=True, slots=True)
class Phones:
    """Telephone numbers as digits, and the code of what could not be read."""

    numbers: tuple[str, ...]
    code: str = ""


def read_phones(cell: Cell) -> Phones:
    """Numbers written with spaces, dashes, +86 or as a float; several are parted by / or 、."""
    if not cell:
        return Phones(())
    text = re.sub(r"\.0+$", "", tidy(cell.text))
    if _SCIENTIFIC.fullmatch(text):
        return Phones((), "phone_lost_digits")
    if "*" in text or "×" in text:
        return Phones((), "phone_masked")
    if compact(text) in ("", "无", "-", "—", "/", "未知", "不详", "空"):
        return Phones(())
    numbers: list[str] = []
    code = "phone_unreadable" if cell.kind not in ("text", "number") else ""
    for piece in re.split(r"[/、,;|]+", text):
        found = _piece(piece)
        if found is None:
            code = "phone_unreadable"
        else:
            numbers.extend(n for n in found if n not in numbers)
    return Phones(tuple(numbers), code)


def _piece(piece: str) -> list[str] | None:
    """The numbers of a piece: one in spite of spaces, or several between spaces; None if none."""
    whole = _digits(piece)
    if whole is not None:
        return [whole]
    parts = [_digits(p) for p in piece.split()]
    if len(parts) > 1 and all(parts):
        return [p for p in parts if p]
    return None if piece.strip() else []


def _digits(piece: str) -> str | None:
    digits = re.sub(r"[\s\-()+.]", "", piece)
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    return digits if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits) else None


def read_shares(text: str) -> tuple[Fraction, ...]:
    """All shares written in a text: 50%, 1/2, 二分之一, 0.5; in the order they stand."""
    plain = compact(text)
    found: list[tuple[int, Fraction]] = []
    for match in _PERCENT.finditer(plain):
        found.append((match.start(), Fraction(match[1]) / 100))
    for match in _FRACTION.finditer(plain):
        if int(match[2]):
            found.append((match.start(), Fraction(int(match[1]), int(match[2]))))
    for match in _OF_PARTS.finditer(plain):
        found.append((match.start(), Fraction(_DIGIT[match[2]], _DIGIT[match[1]])))
    if not found and re.fullmatch(r"0\.[0-9]{1,4}|1(?:\.0+)?|100", plain):
        value = Fraction(plain)
        found.append((0, value / 100 if value > 1 else value))
    return tuple(share for _, share in sorted(found))
