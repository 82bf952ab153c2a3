"""Text as every archive of the house compares it: one way, so that one search finds in all rooms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_TERMS = 8
_BLANKS = re.compile(r"[^\S\n]+")
# 〔2026〕1号 is on no keyboard: any pair of brackets stands for any other.
BRACKETS = str.maketrans("[〔【〈《{]〕】〉》}", "(((((())))))")


def fold(parts: Iterable[str]) -> str:
    """Compatibility forms, one case, one bracket, no white space inside a line; a line stays a line."""
    plain = unicodedata.normalize("NFKC", "\n".join(parts)).casefold()
    return _BLANKS.sub("", plain.translate(BRACKETS))


def terms(text: str) -> tuple[str, ...]:
    """The words of a search, folded, each once, at most eight; Chinese needs no word breaks."""
    found = (fold([word]).replace("\n", "") for word in text.split())
    return tuple(dict.fromkeys(word for word in found if word))[:MOST_TERMS]
