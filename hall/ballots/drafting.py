"""What a chair types: shared by the service that stores it and the query that reads it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

KINDS = ("statutory", "advisory")
ELECTORATES = ("owners", "households", "persons")
METHODS = ("motion", "single", "approval", "election")
CHANNELS = ("online", "paper")


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """An option as typed; motions need none."""

    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as typed. for_/against/abstain details explain a motion's three answers."""

    text: str
    method: str = "motion"
    detail: str = ""
    seats: int = 1
    options: tuple[OptionDraft, ...] = ()
    motion_details: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class BallotDraft:
    """A whole draft as typed by the chair. Instants UTC; scope {} is the whole estate."""

    kind: str
    title: str
    questions: tuple[QuestionDraft, ...] = ()
    summary: str = ""
    details: str = ""
    matter: int | None = None
    scope: Mapping[str, list[int]] = field(default_factory=dict)
    electorate: str = "owners"
    channels: tuple[str, ...] = ("online",)
    convener: str = ""
    contact: str = ""
    replaceable: bool = False
    round: int | None = None
    previous_n: int | None = None
    open_at: datetime | None = None
    close_at: datetime | None = None
