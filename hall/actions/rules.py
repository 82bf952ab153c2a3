"""When an action is late, who may say it is done, who may say it is seen: facts in, decision out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hall.bodies.rules import Body
from hall.clock import local_date
from hall.errors import Blocker

LONGEST_TEXT = 200
LONGEST_NEWS = 1000
LONGEST_WHO = 60
FULL = 100


class State(StrEnum):
    """Where an action stands. Derived from facts and the day, stored nowhere."""

    OPEN = "open"
    LATE = "late"
    WAITING = "waiting"  # for somebody outside the estate
    ASK_AGAIN = "ask_again"  # the day to ask the outside again has come
    DONE = "done"  # the responsible body says so
    VERIFIED = "verified"  # another body has seen it
    DROPPED = "dropped"


RUNNING = frozenset({State.OPEN, State.LATE, State.WAITING, State.ASK_AGAIN})


@dataclass(frozen=True, slots=True)
class Facts:
    """What an action's state hangs on. due_on is the last day in time; external has check_on."""

    body: str
    due_on: date | None
    external: bool
    check_on: date | None
    done_at: datetime | None
    done_account: int | None
    verified_at: datetime | None
    dropped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An action as somebody wants it opened."""

    text: str
    body: str
    person: str
    due_on: date | None
    external: bool
    agency: str
    check_on: date | None


def state(facts: Facts, today: date) -> State:
    """The state on a Shanghai day. The due day itself is in time."""
    if facts.dropped_at is not None:
        return State.DROPPED
    if facts.verified_at is not None:
        return State.VERIFIED
    if facts.done_at is not None:
        return State.DONE
    if facts.external:
        due = facts.check_on is not None and today >= facts.check_on
        return State.ASK_AGAIN if due else State.WAITING
    return State.LATE if late_days(facts, today) else State.OPEN


def late_days(facts: Facts, today: date) -> int:
    """Whole days past the due day: until it was done or dropped, else until today.

    Nothing takes them back: no explanation, no later completion (2.03: late is derived, not set).
    """
    if facts.due_on is None:
        return 0
    ended = facts.done_at or facts.dropped_at
    last = local_date(ended) if ended is not None else today
    return max(0, (last - facts.due_on).days)


def percent(facts: Facts, reported: int | None) -> int | None:
    """Progress in per cent: what was last reported, and 100 once it is said to be done."""
    return FULL if facts.done_at is not None else reported


def add_blockers(draft: Draft) -> list[Blocker]:
    """Why an action cannot be written down, whatever the day (a minute may come after its due day)."""
    found = []
    if not draft.text:
        found.append(Blocker("action_text_missing"))
    if len(draft.text) > LONGEST_TEXT or max(len(draft.person), len(draft.agency)) > LONGEST_WHO:
        found.append(Blocker("text_too_long", {"most": _most(draft)}))
    if draft.body not in {b.value for b in Body}:
        found.append(Blocker("body_unknown", {"body": draft.body}))
    if not draft.external:
        return found if draft.due_on is not None else [*found, Blocker("action_due_missing")]
    if draft.due_on is not None:
        found.append(Blocker("action_external_has_no_due"))
    if not draft.agency:
        found.append(Blocker("action_agency_missing"))
    if draft.check_on is None:
        found.append(Blocker("action_check_missing"))
    return found


def open_blockers(draft: Draft, today: date) -> list[Blocker]:
    """Why an action cannot be opened today: all of add_blockers, and days already past."""
    found = add_blockers(draft)
    if not draft.external and draft.due_on is not None and draft.due_on < today:
        found.append(Blocker("action_due_past", {"due_on": draft.due_on}))
    if draft.external:
        found += check_day_blockers(draft.check_on, today)
    return found


def check_day_blockers(check_on: date | None, today: date) -> list[Blocker]:
    """Why a day to ask the outside again will not do: it has to come after today."""
    if check_on is not None and check_on <= today:
        return [Blocker("action_check_past", {"check_on": check_on})]
    return []


def report_blockers(facts: Facts, by_body: str, text: str, reached: int | None) -> list[Blocker]:
    """Why this body cannot add a line of progress. Per cent may go down: walls crack again."""
    found = _own_blockers(facts, by_body) + text_blockers(text)
    if reached is not None and not 0 <= reached <= FULL:
        found.append(Blocker("action_percent_wrong"))
    return found


def news_blockers(
    facts: Facts, by_body: str, text: str, check_on: date | None, today: date
) -> list[Blocker]:
    """Why this body cannot add news from the outside."""
    found = _own_blockers(facts, by_body) + text_blockers(text)
    if not facts.external:
        found.append(Blocker("action_not_external"))
    if check_on is None:
        found.append(Blocker("action_check_missing"))
    return found + check_day_blockers(check_on, today)


def explain_blockers(facts: Facts, by_body: str, text: str, today: date) -> list[Blocker]:
    """Why there is nothing to explain. Explaining moves no day."""
    found = _own_blockers(facts, by_body) + text_blockers(text)
    if not late_days(facts, today):
        found.append(Blocker("action_not_late"))
    return found


def done_blockers(facts: Facts, by_body: str, text: str) -> list[Blocker]:
    """Why this body cannot say that it is done; it has to say how."""
    return _own_blockers(facts, by_body) + text_blockers(text)


def verify_blockers(facts: Facts, by_body: str, account_id: int | None) -> list[Blocker]:
    """Why this body cannot confirm or send back: it must be another body, another person, and done."""
    found = []
    if facts.verified_at is not None or facts.dropped_at is not None:
        found.append(Blocker("action_closed"))
    elif facts.done_at is None:
        found.append(Blocker("action_not_done", who=facts.body))
    if by_body == facts.body:
        found.append(Blocker("action_own_body_cannot_verify", {"body": facts.body}))
    elif facts.done_at is not None and account_id == facts.done_account:
        found.append(Blocker("action_doer_cannot_verify"))
    return found


def drop_blockers(facts: Facts, by_body: str, reason: str) -> list[Blocker]:
    """Why it cannot be dropped: with a reason only, never by the body that owes it."""
    found = text_blockers(reason)
    if facts.verified_at is not None or facts.dropped_at is not None:
        found.append(Blocker("action_closed"))
    if by_body == facts.body:
        found.append(Blocker("action_own_body_cannot_drop", {"body": facts.body}))
    return found


def text_blockers(text: str) -> list[Blocker]:
    """A line of the history says something, in at most 1,000 characters."""
    if not text:
        return [Blocker("action_words_missing")]
    if len(text) > LONGEST_NEWS:
        return [Blocker("text_too_long", {"most": LONGEST_NEWS})]
    return []


def _own_blockers(facts: Facts, by_body: str) -> list[Blocker]:
    found = []
    if facts.dropped_at is not None or facts.verified_at is not None:
        found.append(Blocker("action_closed"))
    elif facts.done_at is not None:
        found.append(Blocker("action_already_done"))
    if by_body != facts.body:
        found.append(Blocker("action_of_another_body", {"body": facts.body}, who=facts.body))
    return found


def _most(draft: Draft) -> int:
    return LONGEST_TEXT if len(draft.text) > LONGEST_TEXT else LONGEST_WHO
