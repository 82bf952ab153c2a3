"""The draft of minutes as typed into one page: texts in, a MinutesDraft out, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from hall.meetings.rules.minutes import MAX_TASKS, MinutesDraft, TaskDraft
from hall.web.forms import FormError
from hall.web.i18n import gettext

SPARE = 1  # empty rows under the tasks already there
MORE = 2  # as many again on request
MAX_TEXT = 30_000


@dataclass(frozen=True, slots=True)
class TypedTask:
    """One task as typed. item: id of its agenda item, '' for none."""

    text: str = ""
    body: str = ""
    person: str = ""
    due_on: str = ""
    external: bool = False
    agency: str = ""
    check_on: str = ""
    item: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed; a body alone is not yet a task."""
        return not (self.text or self.person or self.due_on or self.agency or self.check_on)


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything in the form. revision: of the draft the page was made from."""

    text: str = ""
    dissent: str = ""
    conclusions: Mapping[int, str] = field(default_factory=dict)
    tasks: tuple[TypedTask, ...] = ()
    no_tasks: bool = False
    revision: int = 0

    def spaced(self, more: bool = False) -> Typed:
        """With an empty row at the end to go on typing; more: two beside those already there."""
        kept = tuple(t for t in self.tasks if not t.empty)
        empty = max(SPARE, len(self.tasks) - len(kept) + MORE) if more else SPARE
        return replace(self, tasks=kept + (TypedTask(),) * min(empty, MAX_TASKS - len(kept)))


def read(form: MultiDict[str, str], items: list[int]) -> Typed:
    """The posted form; line ends as one newline."""

    def text(name: str) -> str:
        return form.get(name, "").replace("\r\n", "\n").strip()[:MAX_TEXT]

    rows = min(MAX_TASKS, _number(text("tasks")))
    return Typed(
        text=text("text"),
        dissent=text("dissent"),
        conclusions={i: text(f"c{i}") for i in items},
        tasks=tuple(
            TypedTask(
                text(f"t{i}-text"),
                text(f"t{i}-body"),
                text(f"t{i}-person"),
                text(f"t{i}-due_on"),
                bool(text(f"t{i}-external")),
                text(f"t{i}-agency"),
                text(f"t{i}-check_on"),
                text(f"t{i}-item"),
            )
            for i in range(1, rows + 1)
        ),
        no_tasks=bool(text("no_tasks")),
        revision=_number(text("revision")),
    )


def of_draft(draft: MinutesDraft, revision: int) -> Typed:
    """A stored draft as it stands in the form."""
    return Typed(
        draft.text,
        draft.dissent,
        draft.conclusions,
        tuple(
            TypedTask(
                t.text,
                t.body,
                t.person,
                t.due_on.isoformat() if t.due_on else "",
                t.external,
                t.agency,
                t.check_on.isoformat() if t.check_on else "",
                str(t.item_id or ""),
            )
            for t in draft.tasks
        ),
        draft.no_tasks,
        revision,
    )


def to_draft(typed: Typed) -> MinutesDraft:
    """What the service takes; days that unread() complains of are left out."""
    return MinutesDraft(
        typed.text,
        typed.dissent,
        typed.conclusions,
        tuple(
            TaskDraft(
                t.text,
                t.body,
                t.person,
                _day(t.due_on),
                t.external,
                t.agency,
                _day(t.check_on),
                int(t.item) if t.item.isascii() and t.item.isdigit() and len(t.item) < 10 else None,
            )
            for t in typed.tasks
            if not t.empty
        ),
        typed.no_tasks,
    )


def unread(typed: Typed) -> list[FormError]:
    """What cannot be read at all, each at its field."""
    found = []
    for i, task in enumerate(typed.tasks, 1):
        for name in ("due_on", "check_on"):
            value = getattr(task, name)
            if value and _day(value) is None:
                words = gettext("第 %(n)s 件事：日期写成 2026-12-29 这样", n=i)
                found.append(FormError(f"f-t{i}-{name}", words))
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
