"""Text as every archive of the house compares it: one way, so that one search finds in all rooms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_TERMS = 8
_BLANKS = re.compile(r"[^\S\n]+")


def fold(parts: Iterable[str]) -> str:
    """Compatibility forms, one case, no white space inside a line; one line a part and line."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", "\n".join(parts)).casefold())


def terms(text: str) -> tuple[str, ...]:
    """The words of a search, folded, each once, at most eight; Chinese needs no word breaks."""
    found = (fold([word]).replace("\n", "") for word in text.split())
    return tuple(dict.fromkeys(word for word in found if word))[:MOST_TERMS]
