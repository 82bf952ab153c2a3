"""Calendar entries of meetings in iCalendar form (RFC 5545): text, escaped and folded, CRLF."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

OCTETS = 75  # of a line, its end not counted (RFC 5545 3.1)
PRODUCT = "-//Hall 议事厅//meetings//ZH"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPECIAL = re.compile(r"([\\;,])")
_LINE_END = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\x85")


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting as a calendar shows it; [starts_at, ends_at) are instants, written in UTC.

    sequence grows with every change that matters to those invited; stamp: when this text is made,
    as RFC 5545 3.8.7.2 wants it of an object with a METHOD.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False


def escape(text: str) -> str:
    r"""A TEXT value: backslash, semicolon and comma marked, line ends as \n, no control characters."""
    joined = _LINE_END.sub("\n", text)
    return _SPECIAL.sub(r"\\\1", _CONTROL.sub("", joined)).replace("\n", "\\n")


def fold(line: str) -> str:
    """A content line in pieces of at most 75 octets, never inside a character; ends in CRLF."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        width = len(character.encode("utf-8", "surrogatepass"))
        if size + width > OCTETS:
            pieces.append(piece)
            piece, size = " ", 1  # the space that marks a continuation counts
        piece, size = piece + character, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"


def calendar(entries: Iterable[Entry], name: str = "") -> str:
    """A whole iCalendar object. name: what a subscriber's list of calendars calls it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{escape(PRODUCT)}", "CALSCALE:GREGORIAN"]
    lines.append("METHOD:PUBLISH")
    if name:
        lines += [f"NAME:{escape(name)}", f"X-WR-CALNAME:{escape(name)}"]
        lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(fold(line) for line in lines)


def _event(entry: Entry) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escape(entry.uid)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{_utc(entry.stamp)}",
        f"DTSTART:{_utc(entry.starts_at)}",
        f"DTEND:{_utc(entry.ends_at)}",
        f"SUMMARY:{escape(entry.title)}",
    ]
    if entry.place:
        lines.append(f"LOCATION:{escape(entry.place)}")
    if entry.description:
        lines.append(f"DESCRIPTION:{escape(entry.description)}")
    if entry.url:
        lines.append(f"URL:{entry.url}")
    lines.append(f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}")
    return [*lines, "END:VEVENT"]


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
