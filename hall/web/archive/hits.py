"""The three sorts of records put into one list, the newest first, with a cursor for each sort."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import url_for
from markupsafe import Markup

from hall import clock
from hall.estates.queries import EstateRow
from hall.meetings import queries as meetings
from hall.meetings import record
from hall.proposals import queries as proposals
from hall.resolutions import queries as resolutions
from hall.web.archive.snippet import marked, snippet, words_of
from hall.web.i18n import N_, gettext
from hall.web.messages import who
from hall.web.proposals.words import STATES
from hall.web.resolutions.bodies import chip_of

PAGE_SIZE = 20
KINDS = {"proposals": N_("议案"), "minutes": N_("会议纪要"), "resolutions": N_("公示文件")}
_CURSOR = re.compile(r"p(\d{1,9})m(\d{1,9})r(\d{1,9})")
START = 999_999_999  # before everything


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row seen of each sort: proposal number, meeting number, row of the register."""

    proposals: int = START
    minutes: int = START
    resolutions: int = START

    def __str__(self) -> str:
        """p12m4r9, as it stands in an address."""
        return f"p{self.proposals}m{self.minutes}r{self.resolutions}"


@dataclass(frozen=True, slots=True)
class Hit:
    """One record. key: its number for the cursor; row: its id for the passages."""

    kind: str
    key: int
    row: int
    title: Markup
    about: str
    at: datetime
    href: str
    chip: tuple[str, str, str]
    say: Markup | str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits; more: the cursor of the next page, None on the last."""

    hits: tuple[Hit, ...]
    more: Cursor | None


def cursor_of(text: str) -> Cursor:
    """A cursor out of an address; the first page when it is none."""
    found = _CURSOR.fullmatch(text)
    return Cursor(*(int(n) for n in found.groups())) if found else Cursor()


def find(estate: EstateRow, text: str, kind: str, year: int | None, before: Cursor) -> Found:
    """A page of the archive: every word must occur; seven queries whatever the number of hits."""
    words, window = words_of(text), _window(year)
    lists = [
        _proposals(estate, text, words, window, before) if kind in ("", "proposals") else [],
        _minutes(estate, text, words, window, before) if kind in ("", "minutes") else [],
        _resolutions(estate, text, words, year, before) if kind in ("", "resolutions") else [],
    ]
    shown: list[Hit] = []
    after = before
    while len(shown) < PAGE_SIZE and any(lists):
        # Of the heads the newest: each sort keeps its own order, so no cursor ever skips a row.
        newest = max((one for one in lists if one), key=lambda one: one[0].at)
        hit = newest.pop(0)
        shown.append(hit)
        after = replace(after, **{hit.kind: hit.key})
    return Found(tuple(_with_passages(estate, shown, words)), after if any(lists) else None)


def years(estate_id: int, now: datetime) -> list[int]:
    """Every year from the first record to this one, the newest first."""
    firsts = [meetings.first_published(estate_id), proposals.first_submitted(estate_id)]
    known = {clock.local_date(at).year for at in firsts if at is not None}
    known |= set(resolutions.years(estate_id))
    if not known:
        return []
    return list(range(max(*known, clock.local_date(now).year), min(known) - 1, -1))


def _window(year: int | None) -> tuple[datetime, datetime] | None:
    if year is None:
        return None
    return clock.day_start(date(year, 1, 1)), clock.day_start(date(year + 1, 1, 1))


def _proposals(
    estate: EstateRow,
    text: str,
    words: Sequence[str],
    window: tuple[datetime, datetime] | None,
    before: Cursor,
) -> list[Hit]:
    cards = proposals.cards(
        estate.id, text, before=before.proposals, window=window, limit=PAGE_SIZE + 1
    )
    found = []
    for c in cards:
        look, icon, word, _ = STATES[c.state]
        found.append(
            Hit(
                "proposals",
                c.n,
                c.id,
                marked(c.title, words),
                gettext("第 %(n)s 号", n=c.n),
                c.facts.submitted_at or clock.now(),
                url_for("proposals.show", n=c.n),
                (look, gettext(word), icon),
            )
        )
    return found


def _minutes(
    estate: EstateRow,
    text: str,
    words: Sequence[str],
    window: tuple[datetime, datetime] | None,
    before: Cursor,
) -> list[Hit]:
    cards = meetings.search_minutes(
        estate.id, record.terms(text), before=before.minutes, window=window, limit=PAGE_SIZE + 1
    )
    return [
        Hit(
            "minutes",
            c.meeting_n,
            c.meeting_n,
            marked(c.title, words),
            gettext("%(body)s召集", body=who(c.body)),
            c.published_at,
            url_for("meetings.minutes", n=c.meeting_n),
            ("done", gettext("已公布"), "check"),
        )
        for c in cards
    ]


def _resolutions(
    estate: EstateRow, text: str, words: Sequence[str], year: int | None, before: Cursor
) -> list[Hit]:
    cards = resolutions.search(
        estate.id, text, year=year, before=before.resolutions, limit=PAGE_SIZE + 1
    )
    found = []
    for c in cards:
        word, look, icon = chip_of(c)
        found.append(
            Hit(
                "resolutions",
                c.id,
                c.id,
                marked(c.title, words),
                c.number,
                c.published_at,
                url_for("resolutions.show", docno=c.docno),
                (look, gettext(word), icon),
            )
        )
    return found


def _with_passages(estate: EstateRow, hits: Sequence[Hit], words: Sequence[str]) -> list[Hit]:
    rows = {kind: [h.row for h in hits if h.kind == kind] for kind in KINDS}
    said = {
        "proposals": proposals.passages(rows["proposals"]),
        "minutes": meetings.passages(estate.id, rows["minutes"]),
        "resolutions": resolutions.passages(rows["resolutions"]),
    }
    return [replace(h, say=snippet(said[h.kind].get(h.row, ()), words)) for h in hits]
