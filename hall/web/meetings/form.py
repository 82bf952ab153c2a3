"""The one form of convening: what was typed, as it was typed, and as the service takes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import request

from hall import clock
from hall.meetings.queries import InviteeRow, ItemRow, MeetingPage
from hall.meetings.rules import ItemDraft, MeetingDraft, suggested_start
from hall.proposals.queries import ProposalRef

ROWS, MORE = 5, 3
MOST_ROWS = 30
BOX = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the agenda as typed."""

    title: str = ""
    lead: str = ""
    minutes: str = ""
    kind: str = "discuss"
    proposal: str = ""

    @property
    def empty(self) -> bool:
        """Whether the row says nothing and does not count."""
        return not (self.title.strip() or self.lead.strip() or self.proposal)


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as typed."""

    title: str = ""
    kind: str = "council"
    post: str = ""
    bodies: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    names: str = ""
    proposal: str = ""
    starts: str = ""
    place: str = ""
    remark: str = ""
    rows: tuple[Row, ...] = (Row(),) * ROWS
    revision: int = 1

    @property
    def total(self) -> int:
        """Minutes of all boxes that could be read."""
        return sum(_minutes(r.minutes) or 0 for r in self.rows if not r.empty)

    @property
    def clocks(self) -> tuple[datetime | None, ...]:
        """When each row's box begins; None for rows that do not count or before a time is typed."""
        at, found = instant(self.starts), []
        for row in self.rows:
            found.append(None if row.empty else at)
            if at is not None and not row.empty:
                at += timedelta(minutes=min(_minutes(row.minutes) or 0, 1440))
        return tuple(found)

    def widened(self) -> Typed:
        """With three more rows."""
        return replace(self, rows=(self.rows + (Row(),) * MORE)[:MOST_ROWS])

    def with_proposal(self, ref: ProposalRef) -> Typed:
        """With an agenda item for a proposal, unless it has one; a bare form takes its title too."""
        number = str(ref.id)
        if any(r.proposal == number for r in self.rows):
            return self
        filled = [r for r in self.rows if not r.empty]
        item = Row(ref.title[:120], "", str(BOX), "decide", number)
        rows = [*filled, item]
        rows += [Row()] * (ROWS - len(rows))
        return replace(self, rows=tuple(rows), title=self.title or ref.title[:120])

    def draft(self) -> MeetingDraft:
        """As the service takes it."""
        return MeetingDraft(
            kind=self.kind,
            title=self.title,
            bodies=self.bodies,
            starts_at=instant(self.starts),
            place=self.place,
            remark=self.remark,
            items=tuple(_item(r) for r in self.rows if not r.empty),
            party_ids=tuple(_id(p) for p in self.parties),
            names=tuple(self.names.splitlines()),
        )


def typed() -> Typed:
    """What was posted."""
    form = request.form
    cells = [form.getlist(f"item_{c}") for c in ("title", "lead", "minutes", "kind", "proposal")]
    rows = tuple(Row(*values) for values in zip(*cells, strict=False))
    return Typed(
        title=_text("title"),
        kind=_text("kind"),
        post=_text("post"),
        bodies=tuple(form.getlist("bodies")),
        parties=tuple(form.getlist("parties")),
        names=_text("names", 20_000),
        proposal=_text("proposal"),
        starts=_text("starts"),
        place=_text("place"),
        remark=_text("remark"),
        rows=rows[:MOST_ROWS] or (Row(),) * ROWS,
        revision=_id(_text("revision")),
    )


def blank(now: datetime, kind: str, bodies: Iterable[str]) -> Typed:
    """A new form: the earliest lawful evening is filled in."""
    return Typed(kind=kind, bodies=tuple(bodies), starts=local(suggested_start(now, kind)))


def stored(page: MeetingPage) -> Typed:
    """The form of a draft that was saved."""
    m = page.meeting
    rows = tuple(_row(i) for i in page.items)
    return Typed(
        title=m.title,
        kind=m.kind,
        bodies=m.bodies,
        parties=tuple(str(i.party_id) for i in page.invitees if i.party_id),
        names="\n".join(_named(page.invitees)),
        starts=local(m.starts_at),
        place=m.place,
        remark=m.remark,
        rows=rows + (Row(),) * max(MORE, ROWS - len(rows)),
        revision=m.revision,
    )


def local(at: datetime) -> str:
    """An instant as the date-and-time field wants it, on the Shanghai clock."""
    return at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def instant(text: str) -> datetime | None:
    """What a date-and-time field says on the Shanghai clock; None when it cannot be read."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is not None or not 2000 <= found.year <= 2100:
        return None
    return clock.local_instant(found.date(), found.time())


def _named(invitees: Iterable[InviteeRow]) -> list[str]:
    return [i.name for i in invitees if i.kind == "resident"]


def _row(i: ItemRow) -> Row:
    return Row(i.title, i.lead, str(i.minutes), i.kind, str(i.proposal_id or ""))


def _item(row: Row) -> ItemDraft:
    return ItemDraft(
        row.title, _minutes(row.minutes), row.lead, row.kind, _id(row.proposal) or None
    )


def _minutes(text: str) -> int | None:
    return _id(text.strip()) or None


def is_number(text: str) -> bool:
    """Whether a text is a number that an object may have."""
    return text.isascii() and text.isdigit() and len(text) < 10


def _id(text: str) -> int:
    return int(text) if is_number(text) else 0


def _text(name: str, limit: int = 5000) -> str:
    return request.form.get(name, "").replace("\r\n", "\n").strip()[:limit]
