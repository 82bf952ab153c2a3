"""The order in which people expect to read unit names."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(\d+)")


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key in which 2栋 comes before 10栋: runs of digits compare as numbers.

    Each part is (0, number, "") or (1, 0, words), so parts of different kinds still compare.
    """
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in _DIGITS.split(text)
        if part
    )
