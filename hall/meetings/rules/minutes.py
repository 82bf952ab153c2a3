"""Minutes 纪要: who may still change, correct, sign and publish them, and why not (R-4.05)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from hall.bodies.rules import SPEAKERS, Body, Title
from hall.clock import add_days, day_start, local_date
from hall.errors import Blocker
from hall.meetings.rules.holidays import WorkCalendar

SIGN_DAYS = 3  # working days for co-signing
MAX_TEXT = 20_000
MAX_CONCLUSION = 2_000
MAX_TASKS = 40
_MAX_TASK = {"text": 200, "person": 60, "agency": 60}


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """Something to carry out. external: it waits for an agency outside and is asked about on check_on."""

    text: str
    body: str
    person: str = ""
    due_on: date | None = None
    external: bool = False
    agency: str = ""
    check_on: date | None = None
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class MinutesDraft:
    """Everything that the writer of the minutes types, saved in one piece.

    conclusions: text by id of the agenda item. no_tasks: "nothing to carry out", said on purpose.
    """

    text: str = ""
    dissent: str = ""
    conclusions: Mapping[int, str] = field(default_factory=dict)
    tasks: tuple[TaskDraft, ...] = ()
    no_tasks: bool = False


@dataclass(frozen=True, slots=True)
class MinutesState:
    """Where minutes stand. digest, version_n: of the text out for signing ('' and 0 before).

    bodies: those that take part; answered: those that signed or refused exactly this text.
    """

    started: bool
    ended: bool
    cancelled: bool
    revision: int  # 0: nothing written yet
    circulated: bool
    sign_by: datetime | None
    published: bool
    version_n: int
    digest: str
    bodies: tuple[str, ...]
    answered: frozenset[str]
    open_corrections: int
    taken_not_in: int  # corrections taken up of the very text that is out
    open_decisions: tuple[str, ...]
    without_conclusion: tuple[str, ...]
    tasks: tuple[TaskDraft, ...]
    no_tasks: bool
    meeting_on: date


def sign_by(circulated_at: datetime, calendar: WorkCalendar) -> datetime:
    """End of the third working day after the day of circulation, as a UTC instant (R-4.05)."""
    last = calendar.add(local_date(circulated_at), SIGN_DAYS)
    return day_start(add_days(last, 1))


def why_not_write(state: MinutesState, revision: int) -> tuple[Blocker, ...]:
    """Why a draft cannot be saved. revision: what the writer's page was made from."""
    found = _not_held(state)
    if state.published:
        found.append(Blocker("minutes_published"))
    elif state.circulated:
        found.append(Blocker("minutes_out_for_signing"))
    elif state.revision != revision:
        found.append(Blocker("minutes_changed", {"revision": state.revision}))
    return tuple(found)


def draft_faults(draft: MinutesDraft, items: Iterable[int]) -> tuple[Blocker, ...]:
    """What cannot even be kept as a draft: too long, or about an item of another meeting."""
    found = []
    longest = max([len(draft.text), len(draft.dissent)])
    if longest > MAX_TEXT:
        found.append(Blocker("minutes_too_long", {"limit": MAX_TEXT, "n": longest}))
    longest = max([0, *(len(c) for c in draft.conclusions.values())])
    if longest > MAX_CONCLUSION:
        found.append(Blocker("conclusion_too_long", {"limit": MAX_CONCLUSION, "n": longest}))
    if len(draft.tasks) > MAX_TASKS:
        found.append(Blocker("tasks_too_many", {"limit": MAX_TASKS}))
    known = set(items)
    named = {*draft.conclusions, *(t.item_id for t in draft.tasks if t.item_id is not None)}
    if named - known:
        found.append(Blocker("item_not_of_meeting"))
    for n, task in enumerate(draft.tasks, 1):
        if task.body not in set(Body):
            found.append(Blocker("task_body_unknown", {"n": n}))
        for name, limit in _MAX_TASK.items():
            if len(getattr(task, name)) > limit:
                found.append(Blocker("task_too_long", {"n": n, "limit": limit}))
    return tuple(found)


def why_not_circulate(state: MinutesState, revision: int) -> tuple[Blocker, ...]:
    """Why the draft cannot go out for signing: everything that is missing, all at once."""
    found = list(why_not_write(state, revision))
    if state.revision == 0:
        found.append(Blocker("minutes_not_written"))
    if not state.ended and not state.cancelled:
        found.append(Blocker("minutes_before_end"))
    found += _incomplete(state)
    if state.open_corrections:
        found.append(Blocker("corrections_unanswered", {"n": state.open_corrections}))
    return tuple(found)


def why_not_revise(state: MinutesState, reason: str) -> tuple[Blocker, ...]:
    """Why the circulated text cannot be taken back into draft; its signatures then no longer hold."""
    found = _not_out(state)
    if not reason.strip():
        found.append(Blocker("minutes_revise_reason_missing"))
    elif len(reason) > 200:
        found.append(Blocker("minutes_remark_too_long", {"limit": 200}))
    return tuple(found)


def why_not_correct(state: MinutesState, *, attended: bool) -> tuple[Blocker, ...]:
    """Why somebody cannot file a correction: only who was there, only while the text is out."""
    found = _not_out(state)
    if not attended:
        found.append(Blocker("correction_only_by_attendee"))
    return tuple(found)


def correction_faults(passage: str, text: str) -> tuple[Blocker, ...]:
    """What is wrong with a correction as typed."""
    found = []
    if not text.strip():
        found.append(Blocker("correction_missing"))
    if len(text) > MAX_CONCLUSION:
        found.append(Blocker("correction_too_long", {"limit": MAX_CONCLUSION}))
    if len(passage) > 200:
        found.append(Blocker("passage_too_long", {"limit": 200}))
    return tuple(found)


def why_not_answer(
    state: MinutesState, *, answered: bool, reply: str, taken: bool
) -> tuple[Blocker, ...]:
    """Why a correction cannot be answered; one that is not taken up needs a reason."""
    found = []
    if state.published:
        found.append(Blocker("minutes_published"))
    if answered:
        found.append(Blocker("correction_answered"))
    if not taken and not reply.strip():
        found.append(Blocker("correction_reply_missing"))
    if len(reply) > MAX_CONCLUSION:
        found.append(Blocker("correction_too_long", {"limit": MAX_CONCLUSION}))
    return tuple(found)


def may_sign_for(body: str, title: str) -> bool:
    """Whether a post of this title speaks for its body."""
    try:
        return Title(title) in SPEAKERS[Body(body)]
    except ValueError:
        return False


def why_not_sign(
    state: MinutesState, *, body: str, title: str, digest: str, signed: bool, remark: str
) -> tuple[Blocker, ...]:
    """Why a body cannot sign or refuse: one answer a body and text, given by who may speak for it."""
    found = _not_out(state)
    if body not in state.bodies:
        found.append(Blocker("minutes_not_your_meeting", {"body": body}))
    if not may_sign_for(body, title):
        found.append(Blocker("minutes_post_may_not_speak", {"body": body, "title": title}))
    if state.circulated and digest != state.digest:
        found.append(Blocker("minutes_text_changed"))
    if body in state.answered:
        found.append(Blocker("minutes_already_answered", {"body": body}))
    if not signed and not remark.strip():
        found.append(Blocker("minutes_refusal_reason_missing"))
    if len(remark) > 200:
        found.append(Blocker("minutes_remark_too_long", {"limit": 200}))
    return tuple(found)


def why_not_publish(state: MinutesState, now: datetime) -> tuple[Blocker, ...]:
    """Why the minutes cannot be published. A silent body holds them up until sign_by, not longer;
    then they go out and say 未签: silence is never a signature (R-4.05, I14)."""
    found = _not_out(state)
    if not state.ended and not state.cancelled:
        found.append(Blocker("minutes_before_end"))
    found += _incomplete(state)
    if state.open_corrections:
        found.append(Blocker("corrections_unanswered", {"n": state.open_corrections}))
    if state.taken_not_in:
        found.append(Blocker("correction_not_worked_in", {"n": state.taken_not_in}))
    silent = [b for b in state.bodies if b not in state.answered]
    if state.circulated and silent and state.sign_by is not None and now < state.sign_by:
        found.append(Blocker("signatures_awaited", {"body": silent}, not_before=state.sign_by))
    return tuple(found)


def why_not_note(state: MinutesState, text: str, *, body: str, title: str) -> tuple[Blocker, ...]:
    """Why a body cannot append a note: it belongs to minutes that are out and stay as they are."""
    found = []
    if body not in state.bodies:
        found.append(Blocker("minutes_not_your_meeting", {"body": body}))
    if not may_sign_for(body, title):
        found.append(Blocker("minutes_post_may_not_speak", {"body": body, "title": title}))
    if not state.published:
        found.append(Blocker("minutes_not_published"))
    if not text.strip():
        found.append(Blocker("minutes_note_missing"))
    if len(text) > MAX_CONCLUSION:
        found.append(Blocker("correction_too_long", {"limit": MAX_CONCLUSION}))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Signature:
    """A body's answer to one text."""

    body: str
    signed: bool
    remark: str
    title: str
    name: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Signing:
    """Where one body stands: signed | refused | silent, with its answer to the present text.

    void: its answers to earlier texts, which no longer count.
    """

    body: str
    state: str
    given: Signature | None
    void: tuple[Signature, ...]


def signing(
    bodies: Sequence[str], signatures: Iterable[Signature], digest: str
) -> tuple[Signing, ...]:
    """Every body that takes part in the fixed order of all pages; none is ever left out."""
    given = tuple(signatures)
    rows = []
    for body in in_order(bodies):
        own = [s for s in given if s.body == body]
        now = next((s for s in own if s.digest == digest), None)
        state = "silent" if now is None else "signed" if now.signed else "refused"
        rows.append(Signing(body, state, now, tuple(s for s in own if s is not now)))
    return tuple(rows)


def in_order(bodies: Iterable[str]) -> tuple[str, ...]:
    """党 支 业 网 物, each once."""
    named = set(bodies)
    return tuple(b.value for b in Body if b.value in named)


def _not_held(state: MinutesState) -> list[Blocker]:
    if state.cancelled:
        return [Blocker("minutes_of_cancelled")]
    return [] if state.started else [Blocker("minutes_before_meeting")]


def _not_out(state: MinutesState) -> list[Blocker]:
    if state.published:
        return [Blocker("minutes_published")]
    return [] if state.circulated else [Blocker("minutes_not_circulated")]


def _incomplete(state: MinutesState) -> list[Blocker]:
    found = [Blocker("minutes_decision_open", {"text": text}) for text in state.open_decisions]
    if state.without_conclusion:
        found.append(Blocker("item_without_conclusion", {"titles": list(state.without_conclusion)}))
    if not state.tasks and not state.no_tasks:
        found.append(Blocker("tasks_missing"))  # I17
    if state.tasks and state.no_tasks:
        found.append(Blocker("tasks_and_none"))
    for n, task in enumerate(state.tasks, 1):
        found += _task(n, task, state.meeting_on)
    return found


def _task(n: int, task: TaskDraft, meeting_on: date) -> list[Blocker]:
    found = []
    if not task.text.strip():
        found.append(Blocker("task_text_missing", {"n": n}))
    if task.external:
        if not task.agency.strip():
            found.append(Blocker("task_agency_missing", {"n": n}))
        if task.check_on is None:
            found.append(Blocker("task_check_missing", {"n": n}))
    elif task.due_on is None:
        found.append(Blocker("task_due_missing", {"n": n}))
    day = task.check_on if task.external else task.due_on
    if day is not None and day < meeting_on:
        found.append(Blocker("task_before_meeting", {"n": n}))
    return found
