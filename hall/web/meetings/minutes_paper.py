"""Minutes as a paper: what was concluded, who saw it otherwise, who does what, who signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from hall.estates.queries import EstateRow
from hall.meetings.queries.minutes import MinutesSheet
from hall.meetings.record import Decided, Group, Item, Paper, Person, Task, read_published
from hall.web import filters
from hall.web.i18n import N_, gettext, ngettext
from hall.web.meetings import names, words
from hall.web.meetings.blocks import Block, Cell, Heading, Sheet, Table, Text
from hall.web.meetings.notice_paper import body_name, clock_range, fact, meeting_url, organ, when
from hall.web.threads.words import title as title_of

NAMED = 40  # with more people than this the table on top gives numbers, not names
_NUMERALS = (N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六"))


@dataclass(frozen=True, slots=True)
class SignLine:
    """One body's line under the minutes. state: signed | refused | silent."""

    body: str
    state: str
    name: str
    title: str
    remark: str
    at: datetime | None


def minutes(found: MinutesSheet, estate: EstateRow) -> Sheet:
    """The minutes out for signing, or the published ones, with every body's answer under them."""
    paper, m = found.paper, found.page.meeting
    convener = body_name(paper.convener, paper.name_of(paper.convener))
    return Sheet(
        name=gettext("会议纪要-%(n)s", n=m.n),
        organ=organ(estate, convener),
        number=paper.number,
        title=gettext("%(title)s纪要", title=paper.title),
        blocks=tuple(_blocks(found, paper, convener)),
        qr_url=meeting_url(m.n),
        qr_lines=tuple(_proof(found)),
        demo=estate.demo,
    )


def sign_lines(found: MinutesSheet) -> tuple[SignLine, ...]:
    """Every body that takes part, with its answer; of published minutes as the record has them."""
    m = found.minutes
    if m and m.published_at:
        return tuple(
            SignLine(s["body"], s["state"], s["name"], s["title"], s["remark"], s["at"])
            for s in read_published(m.record).signatures
        )
    return tuple(
        SignLine(s.body, s.state, s.given.name, s.given.title, s.given.remark, s.given.at)
        if s.given
        else SignLine(s.body, s.state, "", "", "", None)
        for s in found.signing
    )


def present_words(paper: Paper) -> str:
    """'应到 17 席，实到 16 席'."""
    return gettext("应到 %(due)s 席，实到 %(present)s 席", due=paper.due, present=paper.present)


def figures(kind: str, decided: Decided) -> str:
    """'应到 17 席，在场 15 席：赞成 11，不赞成 1，不表态 3。通过。'."""
    return gettext(
        "应到 %(due)s 席，在场 %(present)s 席：赞成 %(yes)s，不赞成 %(no)s，不表态 %(abstain)s。%(outcome)s。",
        due=decided.due,
        present=decided.present,
        yes=decided.votes_for,
        no=decided.votes_against,
        abstain=decided.abstain,
        outcome=words.outcome(kind, decided.outcome),
    )


def voters(decided: Decided, choice: str) -> str:
    """Who voted so, by name, with the reason where one was given."""
    return filters.listing(
        gettext("%(name)s（%(why)s）", name=v.name, why=v.reason) if v.reason else v.name
        for v in decided.votes
        if v.choice == choice
    )


def due_words(task: Task) -> str:
    """By when: a day, or whom it waits for and when they are asked again."""
    if task.external:
        day = filters.full_date(task.check_on) if task.check_on else ""
        return gettext("等%(agency)s，%(day)s再问", agency=task.agency, day=day)
    return filters.full_date(task.due_on) if task.due_on else ""


def stays(person: Person, ended_at: datetime | None) -> str:
    """'19:00–19:40、19:55–20:02': when somebody was in the room."""
    return filters.listing(clock_range(s.in_at, s.out_at or ended_at) for s in person.stays)


def _blocks(found: MinutesSheet, paper: Paper, convener: str) -> Iterator[Block]:
    numerals = iter(_NUMERALS)

    def heading(words: str) -> Heading:
        return Heading(gettext("%(n)s、%(what)s", n=gettext(next(numerals)), what=words))

    yield Table("facts", tuple(_facts(found, paper, convener)), (28, 137))
    if paper.text:
        yield heading(gettext("会议情况"))
        yield from (Text(line) for line in _lines(paper.text))
    yield heading(gettext("议定事项"))
    for item in paper.agenda:
        yield from _item(paper.kind, item, alone=len(paper.agenda) == 1)
    if paper.dissent:
        yield heading(gettext("不同意见和说明"))
        yield from (Text(line) for line in _lines(paper.dissent))
    yield heading(gettext("谁来办"))
    yield _tasks(paper) if paper.tasks else Text(gettext("没有要办的事。"))
    yield heading(gettext("会签"))
    yield from _signing(found, paper)
    if names.is_consultation(paper.kind):
        yield Text(gettext("本纪要是会商意见，不是业主大会决定。"), flat=True)
    yield Heading(gettext("附：到会情况"), only="word")
    yield _people(paper)


def _facts(found: MinutesSheet, paper: Paper, convener: str) -> Iterator[tuple[Cell, ...]]:
    start, end = paper.started_at or paper.starts_at, paper.ended_at or paper.ends_at
    where = gettext("%(when)s，%(place)s", when=when(start, end), place=paper.place)
    yield fact(gettext("时间地点"), where)
    drafted = found.minutes.drafted_name if found.minutes else ""
    yield fact(gettext("召集"), gettext("%(who)s；记录 %(by)s", who=convener, by=drafted))
    small = sum(len(g.came) for g in paper.attendance) <= NAMED
    lines = [present_words(paper)]
    lines += [_came(g, paper.ended_at, small) for g in paper.attendance if g.due or g.came]
    yield fact(gettext("到会"), gettext("；").join(lines))


def _came(group: Group, ended_at: datetime | None, named: bool) -> str:
    name = names.group(group.body, group.name)
    head = f"{name} {group.present}/{group.due}" if group.due else name
    if not group.due and not named:
        return ngettext("%(name)s %(n)s 人", "%(name)s %(n)s 人", len(group.came), name=name)
    if not named:
        return head
    here = filters.listing(_with_times(p, ended_at) for p in group.came)
    gone = filters.listing(p.name for p in group.missing)
    line = gettext("%(body)s：%(names)s", body=head, names=here or gettext("没有人到会"))
    return gettext("%(words)s，缺席 %(names)s", words=line, names=gone) if gone else line


def _with_times(person: Person, ended_at: datetime | None) -> str:
    """The name, with the times of somebody who left before the end or came back."""
    left = any(s.out_at and ended_at and s.out_at < ended_at for s in person.stays)
    if not left:
        return person.name
    return gettext("%(name)s（%(why)s）", name=person.name, why=stays(person, ended_at))


def _item(kind: str, item: Item, *, alone: bool) -> Iterator[Text]:
    said = gettext("%(title)s：%(what)s", title=item.title, what=item.conclusion)
    yield Text(said if alone else gettext("（%(n)s）%(words)s", n=item.seq, words=said))
    for decided in item.decisions:
        yield from _vote(kind, decided)


def _vote(kind: str, d: Decided) -> Iterator[Text]:
    by_name = [
        gettext("%(choice)s：%(names)s", choice=gettext(label), names=found)
        for choice, label in names.CHOICES.items()
        if (found := voters(d, choice))
    ]
    said = gettext("表决“%(text)s”：%(figures)s", text=d.text, figures=figures(kind, d))
    yield Text(said + gettext("；").join(by_name))
    if d.barred:
        out = filters.listing(
            gettext("%(name)s（%(why)s）", name=b.name, why=b.reason) for b in d.barred
        )
        yield Text(gettext("回避、不计入应到的：%(names)s", names=out))


def _tasks(paper: Paper) -> Table:
    head = (gettext("事项"), gettext("负责"), gettext("期限"))
    rows = tuple(
        (
            Cell(t.text),
            Cell(f"{body_name(t.body, paper.name_of(t.body))} {t.person}".strip()),
            Cell(due_words(t)),
        )
        for t in paper.tasks
    )
    return Table("tasks", rows, (85, 45, 35), head)


def _signing(found: MinutesSheet, paper: Paper) -> Iterator[Block]:
    out = found.current
    if out is not None:
        yield Text(
            gettext("%(time)s 前（3 个工作日）各方签认。", time=filters.deadline(out.sign_by)),
            flat=True,
            strong=gettext("没有签的写“未签”，不当作同意。"),
        )
    rows = tuple(_sign_row(s, dict(paper.bodies), found) for s in sign_lines(found))
    head = (gettext("单位"), gettext("签名"), gettext("时间"), gettext("附言"))
    yield Table("signs", rows, (32, 48, 35, 50), head)


def _sign_row(line: SignLine, own: Mapping[str, str], found: MinutesSheet) -> tuple[Cell, ...]:
    name = Cell(body_name(line.body, own.get(line.body, "")), "head")
    if line.at is None:
        return (name, Cell(gettext("未签"), "box", silence(found)))
    signed = gettext("%(name)s（电子签认）", name=line.name)
    if line.state == "refused":
        signed = gettext("%(name)s 不签", name=line.name)
    return (name, Cell(signed), Cell(filters.daytime(line.at)), Cell(line.remark))


def silence(found: MinutesSheet) -> str:
    """Since when a body is silent: until its last day, or after it."""
    out, m = found.current, found.minutes
    if out is None:
        return ""
    until = filters.deadline(out.sign_by)
    if m and m.published_at:
        return gettext("%(time)s 期满，没有收到签认，也没有收到异议", time=until)
    sent = filters.daytime(out.circulated_at)
    return gettext("%(sent)s 送达，%(time)s 期满", sent=sent, time=until)


def _people(paper: Paper) -> Table:
    head = (gettext("单位"), gettext("姓名"), gettext("职务"), gettext("到会时间"))
    rows = tuple(
        (
            Cell(names.group(g.body, g.name), "head"),
            Cell(p.name),
            Cell(title_of(p.title) if p.title else ""),
            Cell(stays(p, paper.ended_at) or gettext("缺席")),
        )
        for g in paper.attendance
        for p in g.people
        if p.seat or p.stays
    )
    return Table("people", rows, (40, 40, 40, 45), head, only="word")


def _proof(found: MinutesSheet) -> Iterator[str]:
    m, out = found.minutes, found.current
    yield gettext("扫码核对原件、更正和补记")
    if m and m.published_at:
        yield gettext("公布：%(day)s", day=filters.full_date(m.published_at))
        yield gettext("指纹 %(digest)s", digest=m.digest[:16])
    elif out:
        yield gettext("正在会签，还没有公布")
        yield gettext("指纹 %(digest)s", digest=out.digest[:16])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
