"""Calendar text against RFC 5545, read back by a calendar library that is not ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from hall.meetings.rules.calendar import Entry, calendar, escape, fold

NOW = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
ENTRY = Entry(
    uid="0b0f7e1c-demo",
    sequence=2,
    stamp=NOW,
    starts_at=datetime(2026, 5, 10, 11, 0, tzinfo=UTC),  # 19:00 in Shanghai
    ends_at=datetime(2026, 5, 10, 12, 5, tzinfo=UTC),
    title="样板小区 会商会；议“坐班”, 时间",
    place="1栋\\活动室",
    description="第一行\n第二行：甲,乙;丙",
    url="https://example.org/e/x/meetings/3",
)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a,b;c", "a\\,b\\;c"),
        ("back\\slash", "back\\\\slash"),
        ("一\r\n二\r三\n四", "一\\n二\\n三\\n四"),
        ("x\x00\x07y", "xy"),
        ("行\u2028行", "行\\n行"),
    ],
)
def test_escaping(text, escaped):
    assert escape(text) == escaped


def test_a_line_is_cut_at_75_octets_and_never_inside_a_character():
    lines = fold("SUMMARY:" + "汉" * 60).split("\r\n")
    assert lines[-1] == ""
    assert [len(line.encode()) for line in lines[:-1]] == [74, 73, 43]
    # 8 + 22 three-octet characters; then a space and 24; then a space and the last 14
    assert [line.count("汉") for line in lines[:-1]] == [22, 24, 14]


@given(st.text(max_size=300))
@example("😀" * 40)
@example(" 开头空格")
@settings(max_examples=60)
def test_folding_loses_nothing(text):
    line = "DESCRIPTION:" + escape(text)
    folded = fold(line)
    assert folded.endswith("\r\n")
    assert folded[:-2].replace("\r\n ", "") == line
    for piece in folded[:-2].split("\r\n"):
        assert len(piece.encode()) <= 75


def test_a_calendar_library_reads_what_we_wrote():
    text = calendar([ENTRY], "样板小区会议")
    read = Calendar.from_ical(text)
    assert (read["VERSION"], read["METHOD"], read["X-WR-CALNAME"]) == (
        "2.0",
        "PUBLISH",
        "样板小区会议",
    )
    (event,) = read.walk("VEVENT")
    assert not event.errors
    assert event["UID"] == ENTRY.uid
    assert event["SEQUENCE"] == 2
    assert event["SUMMARY"] == ENTRY.title
    assert event["LOCATION"] == ENTRY.place
    assert event["DESCRIPTION"] == ENTRY.description
    assert event["URL"] == ENTRY.url
    assert event["STATUS"] == "CONFIRMED"
    assert event.decoded("DTSTART") == ENTRY.starts_at
    assert event.decoded("DTEND") == ENTRY.ends_at
    assert event.decoded("DTSTAMP") == NOW
    assert "DTSTART:20260510T110000Z" in unfolded(text)


def test_a_cancelled_meeting_says_so():
    cancelled = Entry("u", 3, NOW, NOW, NOW + timedelta(hours=1), "会", cancelled=True)
    (event,) = Calendar.from_ical(calendar([cancelled])).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 3)


# Whatever may stand in a title once it is stored: no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@given(TEXT, TEXT, st.integers(0, 40))
@settings(max_examples=60)
def test_text_comes_back_from_the_library(title, description, many):
    entries = [
        Entry(f"u{i}", 0, NOW, NOW, NOW, title, "", description) for i in range(1 + many % 3)
    ]
    events = Calendar.from_ical(calendar(entries)).walk("VEVENT")
    assert len(events) == len(entries)
    for event in events:
        assert str(event["SUMMARY"]) == _plain(title)
        assert str(event.get("DESCRIPTION", "")) == _plain(description)


def _plain(text: str) -> str:
    """What escape() keeps of a text: one kind of line end, no control characters."""
    for end in ("\r\n", "\r", "\u2028", "\u2029", "\x85"):
        text = text.replace(end, "\n")
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
