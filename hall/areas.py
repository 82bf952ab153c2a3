"""Exclusive area: integers of one square centimetre, because registers carry 0.0001 m²."""

from __future__ import annotations

import re
from decimal import Decimal

CM2_PER_M2 = 10_000
_NUMBER = re.compile(r"^[0-9]{1,9}(?:\.[0-9]{1,4})?$")


def parse_m2(text: str) -> int:
    """'92.46' (plain decimal, at most four places) as cm². Raises ValueError otherwise."""
    if not _NUMBER.match(text):
        raise ValueError(text)
    return int(Decimal(text) * CM2_PER_M2)


def format_m2(area_cm2: int, *, group: bool = False) -> str:
    """Square metres with two decimals, or as many as the figure has (at most four)."""
    whole, rest = divmod(abs(area_cm2), CM2_PER_M2)
    digits = f"{rest:04d}"
    digits = digits[:2] if digits.endswith("00") else digits.rstrip("0")
    sign = "-" if area_cm2 < 0 else ""
    return f"{sign}{whole:,}.{digits}" if group else f"{sign}{whole}.{digits}"


def percent(part: int, whole: int) -> str:
    """Share of whole in per cent, truncated (never rounded up) to two decimals; '—' of nothing.

    Truncation so that 66.666…% is never printed as if it had reached 66.67 % (rules §1.6).
    """
    if whole <= 0:
        return "—"
    hundredths = part * 10_000 // whole
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
