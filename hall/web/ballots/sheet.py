"""What a voter handed in on the two forms of a sheet, and how it is shown again."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import BadRequest

from hall.ballots.queries import BallotRow, OptionRow, QuestionRow

KEY_BYTES = 24
MAX_KEY = 64
MAX_SEEN = 2000
MAX_QUESTIONS = 60
_QUESTION = re.compile(r"q[0-9]{1,18}")
ONE_TAP = ("motion", "single")


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of a sheet: for which entry, option ids by question id, and the page they were on.

    seen: the questions as that page worded them, shown back to the voter when they have changed.
    """

    entry_id: int
    answers: Mapping[int, tuple[int, ...]]
    digest: str
    key: str
    seen: tuple[str, ...]

    def marked(self, question: QuestionRow) -> tuple[OptionRow, ...]:
        """The options marked under a question, in paper order."""
        chosen = set(self.answers.get(question.id, ()))
        return tuple(o for o in question.options if o.id in chosen)


def new_key() -> str:
    """A fresh request key: the same key twice is the same sheet."""
    return secrets.token_urlsafe(KEY_BYTES)


def field(question: QuestionRow) -> str:
    """Name of a question's form field."""
    return f"q{question.id}"


def wording(question: QuestionRow) -> str:
    """A question and its answers as one line, to compare what was shown with what stands."""
    return f"{question.text} [{' / '.join(o.label for o in question.options)}]"


def one_tap(ballot: BallotRow) -> bool:
    """One question with one mark: every answer is a button of its own."""
    return len(ballot.questions) == 1 and ballot.questions[0].method in ONE_TAP


def read() -> Posted:
    """The posted sheet. Raises BadRequest when a field is not what our form sends.

    Whether its questions and options are this ballot's is for the service to say.
    """
    form = request.form
    return Posted(
        entry_id=number(form.get("sheet", "")),
        answers={
            number(name[1:]): tuple(number(v) for v in values)
            for name, values in form.lists()
            if _QUESTION.fullmatch(name)
        },
        digest=form.get("digest", "")[:MAX_KEY],
        key=form.get("key", ""),
        seen=tuple(text[:MAX_SEEN] for text in form.getlist("_seen")[:MAX_QUESTIONS]),
    )


def number(text: str) -> int:
    """A plain whole number. Raises BadRequest."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadRequest
    return int(text)


def changes(ballot: BallotRow, seen: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """(question number, as shown, as it stands) of every question that reads differently now."""
    now = [wording(q) for q in ballot.questions]
    size = max(len(now), len(seen))
    before = [*seen, *[""] * (size - len(seen))]
    after = [*now, *[""] * (size - len(now))]
    return [(i, b, a) for i, (b, a) in enumerate(zip(before, after, strict=True), 1) if a != b]
