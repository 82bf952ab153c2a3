"""Text as people paste it: any language, any length up to a limit, without what cannot be seen."""

from __future__ import annotations

import re
import unicodedata

from hall.errors import Blocker

LONGEST = 10_000
# Turn the direction of what follows: they let a text pretend to say something else.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters and symbols by their class, yet nothing to see.
_UNSEEN = frozenset("\u2800\u3164\u115f\u1160\uffa0\u034f")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\u0085|\x0b|\x0c")
_TRAILING = re.compile(r"[ \t\u3000\u00a0]+(?=\n|$)")
_GAPS = re.compile(r"\n{4,}")


def clean(text: str) -> str:
    """The text with one kind of line end, without control signs, white space around and huge gaps."""
    lines = _LINE_ENDS.sub("\n", text)
    kept = "".join(c for c in lines if c in "\n\t" or not _dropped(c))
    return _GAPS.sub("\n\n\n", _TRAILING.sub("", kept)).strip(" \t\n\u3000\u00a0\ufeff")


def is_blank(text: str) -> bool:
    """Whether there is nothing to read in a text."""
    return not any(_seen(c) for c in text)


def text_blockers(text: str, most: int = LONGEST) -> tuple[Blocker, ...]:
    """Why a cleaned text cannot be taken: nothing in it, or more than `most` signs."""
    if is_blank(text):
        return (Blocker("comment_missing"),)
    if len(text) > most:
        return (Blocker("comment_too_long", {"most": most, "now": len(text)}),)
    return ()


def _dropped(c: str) -> bool:
    return c in _TURNS or c == "\ufeff" or unicodedata.category(c) in ("Cc", "Cs")


def _seen(c: str) -> bool:
    kind = unicodedata.category(c)
    # Cn: signs newer than this Python, such as next year's emoji.
    return c not in _UNSEEN and (kind[0] not in "ZCM" or kind in ("Cn", "Co"))
