"""Minutes as any page shows them: who signed, what became of the tasks, what this visitor can do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hall import clock
from hall.actions import queries as actions
from hall.actions.queries import ActionRow
from hall.meetings.queries import MeetingPage
from hall.meetings.queries import minutes as reads
from hall.meetings.queries.minutes import CorrectionRow, MinutesSheet
from hall.meetings.record import Paper
from hall.meetings.rules.minutes import may_sign_for
from hall.people import queries as people
from hall.people.queries import PostRow
from hall.permissions import Action
from hall.web.access import admits, current_actor, current_estate
from hall.web.meetings import minutes_paper
from hall.web.meetings.minutes_paper import SignLine


@dataclass(frozen=True, slots=True)
class MinutesBlock:
    """state: none | draft | out | published, as this visitor may know it.

    hats: his posts that may still answer the circulated text; voices: those that may add a note.
    """

    sheet: MinutesSheet
    state: str
    paper: Paper
    lines: tuple[SignLine, ...]
    void: tuple[SignLine, ...]
    done: tuple[ActionRow | None, ...]
    hats: tuple[PostRow, ...]
    voices: tuple[PostRow, ...]
    attended: bool
    writes: bool

    @property
    def n(self) -> int:
        """Number of the meeting."""
        return self.sheet.page.meeting.n


def minutes_block(page: MeetingPage) -> MinutesBlock:
    """The minutes of a meeting already read, for any page of it."""
    return of_sheet(reads.of_page(page))


def of_sheet(sheet: MinutesSheet) -> MinutesBlock:
    """The minutes of a sheet already read."""
    actor, estate_id = current_actor(), current_estate().id
    state = state_of(sheet)
    found = actions.by_ids(f for f in sheet.follow_ups if f is not None)
    held: tuple[PostRow, ...] = ()
    if actor.signed_in and admits(actor, Action.SIGN_MINUTES):
        mine = people.posts_of(actor, estate_id, clock.local_date(clock.now()))
        held = tuple(p for p in mine if p.body in sheet.bodies and may_sign_for(p.body, p.title))
    answered = sheet.state.answered
    here = sheet.attendee_of(actor.account_id, actor.persons_in(estate_id))
    return MinutesBlock(
        sheet=sheet,
        state=state,
        paper=sheet.paper,
        lines=minutes_paper.sign_lines(sheet) if state in ("out", "published") else (),
        void=tuple(
            SignLine(s.body, "void", v.name, v.title, v.remark, v.at)
            for s in sheet.signing
            for v in s.void
        ),
        done=tuple(found.get(f) if f is not None else None for f in sheet.follow_ups),
        hats=tuple(p for p in held if p.body not in answered) if state == "out" else (),
        voices=held if state == "published" else (),
        attended=here is not None,
        writes=admits(actor, Action.WRITE_MINUTES),
    )


def state_of(sheet: MinutesSheet) -> str:
    """none | draft | out | published."""
    m = sheet.minutes
    if m is None:
        return "none"
    if m.published_at:
        return "published"
    return "out" if m.circulated_at else "draft"


def marked(text: str, corrections: Iterable[CorrectionRow]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, those that an open correction quotes marked; nothing is lost of it."""
    quotes = sorted({c.passage for c in corrections if c.passage and c.taken is None}, key=len)
    pieces = [(text, False)]
    for quote in reversed(quotes):
        pieces = [piece for old in pieces for piece in _split(old, quote)]
    return tuple(pieces)


def _split(piece: tuple[str, bool], quote: str) -> list[tuple[str, bool]]:
    text, already = piece
    at = -1 if already else text.find(quote)
    if at < 0:
        return [piece]
    parts = [(text[:at], False), (quote, True), (text[at + len(quote) :], False)]
    return [p for p in parts if p[0]]
