"""Cell text made comparable: full-width forms, odd spaces and Chinese numerals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DASHES = re.compile("[‐‑‒–—―−﹣－_~～]+")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_RUN = "[〇零一二两三四五六七八九十百]+"
_BEFORE_UNIT = re.compile(_RUN + r"(?=号楼|号|栋|幢|座|单元|门|室|层|楼|期|区|户)")
_LONG_RUN = re.compile("[〇零一二两三四五六七八九]{3,4}|" + _RUN + "$")
_WHOLE_FLOAT = re.compile(r"([0-9]+)\.0+")
_ID_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])|(?<![0-9])[0-9]{15}(?![0-9])")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ．]")


def has_wide(text: str) -> bool:
    """Whether full-width letters or digits stand in the text (full-width brackets are usual)."""
    return _WIDE.search(text) is not None


def has_invisible(text: str) -> bool:
    """Whether a direction override, zero-width or control character hides in the text."""
    return not text.isprintable() and any(_is_invisible(c) for c in text)


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Cc", "Co", "Cs") and char not in "\t\r\n"


@lru_cache(maxsize=8192)
def tidy(text: str) -> str:
    """Compatibility form without invisible characters; inner white space becomes single spaces."""
    if has_invisible(text):
        text = "".join(c for c in text if not _is_invisible(c))
    return " ".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=8192)
def compact(text: str) -> str:
    """tidy() without any space."""
    return tidy(text).replace(" ", "")


def dashed(text: str) -> str:
    """compact() with every kind of dash, and slashes, as one hyphen; upper case; 101.0 as 101."""
    plain = _DASHES.sub("-", compact(text).replace("/", "-").replace("\\", "-")).upper()
    whole = _WHOLE_FLOAT.fullmatch(plain)
    return whole[1] if whole else plain


def without_id_numbers(text: str) -> str:
    """The text with identity numbers left out: they are neither read nor stored nor shown."""
    return _ID_NUMBER.sub("…", text)


def number_of(numeral: str) -> int:
    """十二 → 12, 一百零三 → 103, 三〇二 → 302 (digits in a row). Raises ValueError."""
    if not re.fullmatch(_RUN, numeral):
        raise ValueError(numeral)
    if not re.search("[十百]", numeral):
        return int("".join(str(_NUMERALS[c]) for c in numeral))
    total = digit = 0
    for char in numeral:
        if char in _NUMERALS:
            digit = _NUMERALS[char]
        else:
            total += (digit or 1) * (100 if char == "百" else 10)
            digit = 0
    return total + digit


def arabic(text: str) -> str:
    """Chinese numerals before 栋, 单元, 室… and a room number in them (三〇二) as digits."""
    text = _BEFORE_UNIT.sub(lambda m: str(number_of(m.group())), text)
    return _LONG_RUN.sub(lambda m: str(number_of(m.group())), text)
