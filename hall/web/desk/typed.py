"""The draft of a ballot as typed into one page: texts in, a BallotDraft out, and back again.

Nothing typed is lost: what cannot be read is kept as it stands and named in `unread`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from werkzeug.datastructures import MultiDict

from hall import clock
from hall.ballots.service import BallotDraft, OptionDraft, QuestionDraft
from hall.web.forms import FormError
from hall.web.i18n import N_, gettext

WHEN = "%Y-%m-%dT%H:%M"
DETAIL_MARK, WIDE_MARK = "|", chr(0xFF5C)
MAX_QUESTIONS = 20
# The three answers to a motion, as the ballots room words them on every sheet.
MOTION = (N_("同意"), N_("反对"), N_("弃权"))
MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class TypedQuestion:
    """One question as typed. options: one a line, label|explanation."""

    text: str = ""
    method: str = "motion"
    detail: str = ""
    options: str = ""
    seats: str = "1"


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything in the form, as text."""

    kind: str = "statutory"
    title: str = ""
    summary: str = ""
    details: str = ""
    matter: str = ""
    scope: str = "all"
    buildings: tuple[str, ...] = ()
    entrances: tuple[str, ...] = ()
    electorate: str = "owners"
    channels: tuple[str, ...] = ("online",)
    convener: str = ""
    contact: str = ""
    replaceable: bool = False
    round: str = ""
    previous_n: str = ""
    open_at: str = ""
    close_at: str = ""
    questions: tuple[TypedQuestion, ...] = field(default_factory=lambda: (TypedQuestion(),))

    def more(self) -> Typed:
        """With one empty question at the end."""
        if len(self.questions) >= MAX_QUESTIONS:
            return self
        return replace(self, questions=(*self.questions, TypedQuestion()))

    def without(self, seq: int) -> Typed:
        """Without the question of this running number from 1; one always stays."""
        left = tuple(q for i, q in enumerate(self.questions, 1) if i != seq)
        return replace(self, questions=left or (TypedQuestion(),))


def read(form: MultiDict[str, str]) -> Typed:
    """The posted form; line ends as one newline."""

    def text(name: str) -> str:
        return form.get(name, "").replace("\r\n", "\n").strip()[:MAX_TEXT]

    count = min(MAX_QUESTIONS, _number(text("questions")) or 1)
    return Typed(
        kind=text("kind") or "statutory",
        title=text("title"),
        summary=text("summary"),
        details=text("details"),
        matter=text("matter"),
        scope=text("scope") or "all",
        buildings=tuple(form.getlist("buildings")),
        entrances=tuple(form.getlist("entrances")),
        electorate=text("electorate") or "owners",
        channels=tuple(form.getlist("channels")),
        convener=text("convener"),
        contact=text("contact"),
        replaceable=bool(text("replaceable")),
        round=text("round"),
        previous_n=text("previous_n"),
        open_at=text("open_at"),
        close_at=text("close_at"),
        questions=tuple(
            TypedQuestion(
                text(f"q{i}-text"),
                text(f"q{i}-method") or "motion",
                text(f"q{i}-detail"),
                text(f"q{i}-options"),
                text(f"q{i}-seats") or "1",
            )
            for i in range(1, count + 1)
        ),
    )


def of_draft(draft: BallotDraft) -> Typed:
    """A stored draft as it would stand in the form."""
    scope = next(iter(draft.scope), "all")
    ids = tuple(str(i) for i in draft.scope.get(scope, ()))
    return Typed(
        kind=draft.kind,
        title=draft.title,
        summary=draft.summary,
        details=draft.details,
        matter=str(draft.matter or ""),
        scope=scope,
        buildings=ids if scope == "buildings" else (),
        entrances=ids if scope == "entrances" else (),
        electorate=draft.electorate,
        channels=draft.channels,
        convener=draft.convener,
        contact=draft.contact,
        replaceable=draft.replaceable,
        round=str(draft.round or ""),
        previous_n=str(draft.previous_n or ""),
        open_at=local_text(draft.open_at),
        close_at=local_text(draft.close_at),
        questions=tuple(
            TypedQuestion(
                q.text,
                q.method,
                q.detail,
                "\n".join(_line(o) for o in _lines(q)),
                str(q.seats),
            )
            for q in draft.questions
        )
        or (TypedQuestion(),),
    )


def to_draft(typed: Typed) -> BallotDraft:
    """What the service takes. Raises ValueError where unread() has something to say."""
    scope: Mapping[str, list[int]] = {}
    if typed.scope == "buildings":
        scope = {"buildings": [int(i) for i in typed.buildings]}
    elif typed.scope == "entrances":
        scope = {"entrances": [int(i) for i in typed.entrances]}
    return BallotDraft(
        kind=typed.kind,
        title=typed.title,
        questions=tuple(_question(q) for q in typed.questions if q.text or q.options),
        summary=typed.summary,
        details=typed.details,
        matter=int(typed.matter) if typed.matter else None,
        scope=scope,
        electorate=typed.electorate,
        channels=typed.channels,
        convener=typed.convener,
        contact=typed.contact,
        replaceable=typed.replaceable,
        round=int(typed.round) if typed.round else None,
        previous_n=int(typed.previous_n) if typed.previous_n else None,
        open_at=instant(typed.open_at),
        close_at=instant(typed.close_at),
    )


def unread(typed: Typed) -> list[FormError]:
    """What cannot be read at all, each at its field."""
    found = []
    if not typed.title:
        found.append(("f-title", N_("写上这次表决叫什么")))
    elif len(typed.title) > 120:
        found.append(("f-title", N_("标题最多 120 个字")))
    for name, text in (("open_at", typed.open_at), ("close_at", typed.close_at)):
        if text and instant_or_none(text) is None:
            found.append((f"f-{name}", N_("日期写成 2026-12-29T08:00 这样")))
    for name, text in (
        ("matter", typed.matter),
        ("round", typed.round),
        ("previous_n", typed.previous_n),
    ):
        if text and _number(text) is None:
            found.append((f"f-{name}", N_("这里要填数字")))
    if typed.scope == "buildings" and not typed.buildings:
        found.append(("f-scope-buildings", N_("选出由哪几栋投")))
    if typed.scope == "entrances" and not typed.entrances:
        found.append(("f-scope-entrances", N_("选出由哪几个单元投")))
    if any(_number(i) is None for i in (*typed.buildings, *typed.entrances)):
        found.append(("f-scope-all", N_("选的楼栋或单元认不出来，请重新选")))
    for i, q in enumerate(typed.questions, 1):
        if q.method == "election" and not _number(q.seats):
            found.append((f"f-q{i}-seats", N_("写上选几个人")))
    return [FormError(at, gettext(words)) for at, words in found]


def instant(text: str) -> datetime | None:
    """A Shanghai wall-clock time as an instant; None when empty. Raises ValueError."""
    if not text:
        return None
    local = datetime.strptime(text[:16].replace(" ", "T"), WHEN)  # noqa: DTZ007  made Shanghai below
    return clock.local_instant(local.date(), local.time())


def instant_or_none(text: str) -> datetime | None:
    """Like instant, None for what cannot be read."""
    try:
        return instant(text)
    except ValueError:
        return None


def local_text(at: datetime | None) -> str:
    """An instant as the value of a datetime-local field."""
    return at.astimezone(clock.SHANGHAI).strftime(WHEN) if at else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _line(option: OptionDraft) -> str:
    return f"{option.label}{DETAIL_MARK}{option.detail}" if option.detail else option.label


def _lines(q: QuestionDraft) -> tuple[OptionDraft, ...]:
    """The options as typed; of a motion only the answers that were given an explanation."""
    if q.method != "motion":
        return q.options
    pairs = zip(MOTION, q.motion_details, strict=True)
    return tuple(OptionDraft(label, detail) for label, detail in pairs if detail)


def _question(q: TypedQuestion) -> QuestionDraft:
    options = []
    for line in q.options.splitlines():
        label, _, detail = line.replace(WIDE_MARK, DETAIL_MARK).partition(DETAIL_MARK)
        if label.strip():
            options.append(OptionDraft(label.strip(), detail.strip()))
    election = q.method == "election"
    if q.method == "motion":
        said = {o.label: o.detail for o in options}
        yes, no, abstain = (said.get(answer, "") for answer in MOTION)
        return QuestionDraft(text=q.text, detail=q.detail, motion_details=(yes, no, abstain))
    return QuestionDraft(
        text=q.text,
        method=q.method,
        detail=q.detail,
        seats=int(q.seats) if election else 1,
        options=tuple(options),
    )
