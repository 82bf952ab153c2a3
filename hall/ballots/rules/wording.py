"""Whether the questions are well formed, and the words each kind of ballot must not use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hall.counting.methods import METHODS
from hall.errors import Blocker

LEGAL_WORDS = ("表决", "通过", "决议")  # an advisory poll never uses them


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A drafted question. choices: labels of the real choices, without none-of-these and abstention."""

    seq: int
    text: str
    method: str
    choices: tuple[str, ...] = ()
    has_none: bool = False
    has_abstain: bool = False
    seats: int = 1

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands on the paper itself: the question and its choices."""
        return (self.text, *self.choices)


def legal_words(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each (where, word) in which a text speaks like a legal vote (R-0.3)."""
    for where, text in texts:
        for word in LEGAL_WORDS:
            if word in text:
                yield where, word


def outside_owners_powers(text: str) -> str | None:
    """The words by which a text plainly lies outside the owners' powers, or None (R-0.1, PMR 19).

    Only the case the rules name is recognised, a branch's name; everything else is for the chair.
    """
    if "支部" in text:
        for word in ("命名", "取名", "起名", "更名", "改名", "名称", "名字"):
            if word in text:
                return word
    return None


def why_not_worded(
    title: str, questions: tuple[QuestionFacts, ...], *, statutory: bool
) -> tuple[Blocker, ...]:
    """What is wrong with the title and the questions as they are written."""
    found: list[Blocker] = []
    if not title.strip():
        found.append(Blocker("title_missing", {}, "committee"))
    if not questions:
        found.append(Blocker("questions_missing", {}, "committee"))
    for question in questions:
        found.extend(_question(question, statutory))
    if statutory:
        texts = [title, *(text for q in questions for text in q.texts)]
        for word in filter(None, map(outside_owners_powers, texts)):
            found.append(Blocker("not_an_owners_matter", {"word": word}, "committee"))
            break
    return tuple(found)


def _question(question: QuestionFacts, statutory: bool) -> Iterator[Blocker]:
    where = {"question": question.seq}
    if not question.text.strip():
        yield Blocker("question_text_missing", where, "committee")
    if question.method not in METHODS:
        yield Blocker("method_unknown", {**where, "method": question.method}, "committee")
        return
    # Abstaining takes part and must be possible in a legal vote.
    if statutory and not question.has_abstain:
        yield Blocker("abstain_missing", where, "committee")
    if question.method == "motion":
        return
    yield from _choices(question)


def _choices(question: QuestionFacts) -> Iterator[Blocker]:
    where = {"question": question.seq}
    labels = [label.strip() for label in question.choices]
    needed = 1 if question.method == "election" else 2
    if len(labels) < needed:
        facts = {**where, "choices": len(labels), "needed": needed}
        yield Blocker("choices_too_few", facts, "committee")
    if "" in labels:
        yield Blocker("choice_text_missing", where, "committee")
    for label in sorted({label for label in labels if label and labels.count(label) > 1}):
        yield Blocker("choice_repeated", {**where, "choice": label}, "committee")
    if not question.has_none:
        yield Blocker("none_of_these_missing", where, "committee")
    if question.method == "election" and not 1 <= question.seats <= max(1, len(labels)):
        facts = {**where, "seats": question.seats, "candidates": len(labels)}
        yield Blocker("seats_wrong", facts, "committee")
