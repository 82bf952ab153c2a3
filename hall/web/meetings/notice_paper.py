"""The notice of a meeting and its sign-in sheet, as papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from hall import clock
from hall.estates.queries import EstateRow
from hall.meetings import record
from hall.meetings.queries import InviteeRow, MeetingPage
from hall.meetings.rules import State
from hall.web import filters
from hall.web.ballots.page import absolute
from hall.web.i18n import gettext, ngettext
from hall.web.meetings import names
from hall.web.meetings.blocks import Block, Cell, Heading, Sheet, Table, Text
from hall.web.messages import who
from hall.web.threads.words import title as title_of

_BLANK = (Cell(""),) * 5
SPARE_ROWS = 8  # lines of the sign-in sheet for who comes without being called


def fact(name: str, text: str) -> tuple[Cell, Cell]:
    """A row of a table of facts."""
    return (Cell(name, "head"), Cell(text))


def when(start: datetime, end: datetime | None) -> str:
    """2026年12月5日（周六）19:00–20:02."""
    return gettext(
        "%(day)s（%(weekday)s）%(time)s",
        day=filters.full_date(start),
        weekday=filters.weekday(start),
        time=clock_range(start, end),
    )


def clock_range(start: datetime, end: datetime | None) -> str:
    """19:00–20:02."""
    if end is None:
        return filters.clock_time(start)
    return f"{filters.clock_time(start)}–{filters.clock_time(end)}"


def organ(estate: EstateRow, convener: str) -> str:
    """What stands in red on top: the body with its estate."""
    return convener if convener.startswith(estate.name) else estate.name + convener


def meeting_url(n: int) -> str:
    """The full address of the meeting's page, for a QR code."""
    return absolute("meetings.show", n=n)


def body_name(code: str, own: str = "") -> str:
    """What a body is called: the estate's own name for it, else the common one."""
    return own or who(code)


def notice(page: MeetingPage, estate: EstateRow, own: Mapping[str, str]) -> Sheet:
    """The notice of a meeting. own: what the estate calls its bodies."""
    m = page.meeting
    convener = body_name(m.body, own.get(m.body, ""))
    rows = [
        fact(gettext("时间"), when(m.starts_at, m.ends_at)),
        fact(gettext("地点"), m.place),
        fact(gettext("召集"), convener),
        fact(gettext("参加"), _called(page, own)),
        fact(gettext("议程"), _agenda(page)),
    ]
    if m.remark:
        rows.append(fact(gettext("说明"), m.remark))
    blocks: list[Block] = []
    if m.state == State.CANCELLED:
        blocks.append(Text(gettext("这次会议已经取消：%(why)s", why=m.cancel_reason), flat=True))
    blocks += [
        Text(gettext("各参会单位、各位业主："), flat=True),
        Text(
            gettext(
                "定于%(when)s在%(place)s召开%(kind)s，请准时参加。",
                when=when(m.starts_at, m.ends_at),
                place=m.place,
                kind=names.kind(m.kind),
            )
        ),
        Table("facts", tuple(rows), (28, 137)),
    ]
    if names.is_consultation(m.kind):
        blocks.append(Text(gettext("会上形成的是会商意见，不是业主大会决定。"), flat=True))
    return Sheet(
        name=gettext("会议通知-%(n)s", n=m.n),
        organ=organ(estate, convener),
        number=gettext(
            "%(short)s会通〔%(year)s〕%(n)s号",
            short=estate.short_name,
            year=clock.local_date(m.starts_at).year,
            n=m.n,
        ),
        title=gettext("关于召开“%(title)s”的通知", title=m.title),
        blocks=tuple(blocks),
        qr_url=meeting_url(m.n),
        qr_lines=(gettext("扫码看材料，回复来不来"), gettext("到会时再扫会场门口的码签到")),
        signed=(convener, filters.full_date(m.noticed_at or clock.now())),
        posting=True,
        demo=estate.demo,
    )


def _agenda(page: MeetingPage) -> str:
    return "\n".join(
        gettext(
            "%(time)s %(title)s（%(minutes)s 分钟%(lead)s）",
            time=filters.clock_time(i.starts),
            title=i.title,
            minutes=i.minutes,
            lead=gettext("，%(who)s", who=i.lead) if i.lead else "",
        )
        for i in page.items
    )


def _called(page: MeetingPage, own: Mapping[str, str]) -> str:
    parts = []
    for body in page.meeting.bodies:
        seats = sum(1 for i in page.invitees if i.body == body and i.seat)
        name = body_name(body, own.get(body, ""))
        parts.append(
            ngettext("%(body)s %(n)s 席", "%(body)s %(n)s 席", seats, body=name) if seats else name
        )
    parts += [i.name for i in page.invitees if i.kind == record.PARTY]
    residents = sum(1 for i in page.invitees if i.kind == record.RESIDENT)
    if residents:
        parts.append(ngettext("居民代表 %(n)s 人", "居民代表 %(n)s 人", residents))
    return filters.listing(parts)


def signin(page: MeetingPage, estate: EstateRow, own: Mapping[str, str]) -> Sheet:
    """The sign-in sheet by body, boxes to sign in, and lines for who comes uncalled."""
    m = page.meeting
    blocks: list[Block] = [
        Text(
            gettext(
                "%(when)s，%(place)s。到会签名，写上到的时间；提前走的，写上离开的时间。",
                when=when(m.starts_at, m.ends_at),
                place=m.place,
            ),
            flat=True,
        )
    ]
    for body, people in _by_body(page):
        blocks.append(Heading(names.group(body, own.get(body, ""))))
        blocks.append(_signin_table(people, 0))
    blocks += [Heading(gettext("其他到会的人")), _signin_table((), SPARE_ROWS)]
    return Sheet(
        name=gettext("签到表-%(n)s", n=m.n),
        organ=organ(estate, body_name(m.body, own.get(m.body, ""))),
        number="",
        title=gettext("%(title)s 签到表", title=m.title),
        blocks=tuple(blocks),
        demo=estate.demo,
        narrow=True,
    )


def _by_body(page: MeetingPage) -> Iterable[tuple[str, tuple[InviteeRow, ...]]]:
    found: dict[str, list[InviteeRow]] = {b: [] for b in page.meeting.bodies}
    for i in page.invitees:
        found.setdefault(i.body if i.kind == "seat" and i.body else i.kind, []).append(i)
    return ((body, tuple(people)) for body, people in found.items() if people)


def _signin_table(people: Sequence[InviteeRow], spare: int) -> Table:
    rows = [
        (Cell(str(i)), Cell(p.name), Cell(title_of(p.title) if p.title else ""), *_BLANK[:3])
        for i, p in enumerate(people, 1)
    ]
    rows += [(Cell(str(i)), *_BLANK) for i in range(1, spare + 1)]
    head = (
        gettext("序号"),
        gettext("姓名"),
        gettext("职务或房号"),
        gettext("签名"),
        gettext("到"),
        gettext("离"),
    )
    return Table("signin", tuple(rows), (12, 30, 38, 50, 25, 25), head)
