"""The words of a proposal: made clean on the way in, measured, folded for searching, digested."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from hall.errors import Blocker

# Longest text of each field, in characters.
MOST: Mapping[str, int] = {
    "title": 60,
    "what": 500,
    "cost": 500,
    "how_long": 200,
    "unhappy": 500,
    "if_not": 500,
    "text": 20_000,
}
FIELDS = tuple(MOST)
ONE_LINE = frozenset({"title"})
MOST_CHANGE = 300
MOST_NOTE = 300
MOST_REASON = 1_000
MOST_HEARD = 4_000
MOST_QUESTION = 200
# Signs that turn the reading order of what follows; joiners inside emoji stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_SOFT = re.compile("[\ufeff\u00ad\u2060\u200b]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")
_MANY_BREAKS = re.compile("\n{3,}")
_TRAILING = re.compile("[ \t\u3000]+(?=\n)")


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording 稿: title, the one-minute answers and the full text, clause by clause."""

    title: str = ""
    what: str = ""
    cost: str = ""
    how_long: str = ""
    unhappy: str = ""
    if_not: str = ""
    text: str = ""


def clean(text: str, *, one_line: bool = False) -> str:
    """Text as it is kept: no controls or signs that turn the reading order, one kind of line end.

    What a word processor pastes (odd spaces, vertical tabs, soft hyphens) becomes plain; emoji and
    right-to-left scripts stay.
    """
    plain = _BREAKS.sub("\n", text)
    for pattern in (_TURNING, _SOFT, _CONTROLS):
        plain = pattern.sub("", plain)
    plain = _BLANKS.sub(" ", plain)
    if one_line:
        return " ".join(plain.split())
    return _MANY_BREAKS.sub("\n\n", _TRAILING.sub("", plain)).strip()


def cleaned(wording: Wording) -> Wording:
    """Every field made clean."""
    return replace(
        wording,
        **{f: clean(getattr(wording, f), one_line=f in ONE_LINE) for f in FIELDS},
    )


def too_long(wording: Wording) -> tuple[Blocker, ...]:
    """The fields that hold more than they may."""
    return tuple(
        Blocker("proposal_field_too_long", {"proposal_part": f, "most": most, "length": len(value)})
        for f, most in MOST.items()
        if len(value := getattr(wording, f)) > most
    )


def missing(wording: Wording) -> tuple[Blocker, ...]:
    """What has to be said before it can be handed in: title, what is to be decided, the text."""
    return tuple(
        Blocker("proposal_field_missing", {"proposal_part": f})
        for f in ("title", "what", "text")
        if not getattr(wording, f)
    )


def digest(wording: Wording) -> str:
    """SHA-256 of the canonical JSON of all fields: printed with the final wording."""
    data = json.dumps(
        ["hall-proposal", 1, asdict(wording)],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(data.encode("utf-8")).hexdigest()


def too_much(text: str, part: str, most: int) -> list[Blocker]:
    """A single text field that is longer than it may be."""
    if len(text) <= most:
        return []
    return [
        Blocker(
            "proposal_field_too_long", {"proposal_part": part, "most": most, "length": len(text)}
        )
    ]
