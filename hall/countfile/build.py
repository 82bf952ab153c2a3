"""A count document from a count just made: what a published resolution is exported as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hall.countfile.model import (
    Claim,
    DeemedCount,
    FileQuestion,
    InvalidCount,
    OpenCount,
    OptionCount,
)
from hall.counting import ABSTAIN, EMPTY, Outcome, Pile, Totals, Unresolved, Weight, options_of

Channels = Mapping[str, Sequence[tuple[str, Pile]]]  # option or abstain -> (channel, pile)


def counted_question(
    totals: Totals,
    outcome: Outcome,
    *,
    text: str,
    labels: Sequence[tuple[str, str]],
    channels: Channels | None = None,
    clause_no: str = "",
    contested: Sequence[Unresolved] = (),
    disputed: Sequence[Unresolved] = (),
) -> FileQuestion:
    """A question of a count document with the result it claims.

    labels: what the paper calls its options, in its order. clause_no: of the clause by which
    silent entries were deemed. Raises ValueError when channel piles do not add up to an option's.
    """
    on_paper = dict(labels)
    piles = {**dict(totals.options), ABSTAIN: totals.abstain}
    for key in (*options_of(totals.question), ABSTAIN):
        if piles[key] != EMPTY:
            on_paper.setdefault(key, "")
    left_open = [*(_open("contested", one) for one in contested)]
    left_open += [_open("disputed", one) for one in disputed]
    deemed = totals.deemed
    return FileQuestion(
        question=totals.question,
        text=text,
        labels=tuple(on_paper.items()),
        counts=tuple(
            count for key in on_paper for count in _counts(key, piles[key], channels or {})
        ),
        invalid=tuple(InvalidCount(r, Weight.of(p)) for r, p in totals.invalid_reasons),
        participating=Weight.of(totals.participating),
        deemed=DeemedCount(
            deemed.policy, deemed.target or "", clause_no, Weight.of(deemed.pile), deemed.reason
        )
        if deemed
        else None,
        left_open=tuple(left_open),
        claimed=Claim(outcome.verdict.value, outcome.winners or outcome.leading),
    )


def _counts(key: str, pile: Pile, channels: Channels) -> list[OptionCount]:
    parts = channels.get(key)
    if not parts:
        return [OptionCount(key, "", Weight.of(pile))]
    whole = EMPTY
    for _, part in parts:
        whole = whole + part
    if whole != pile:
        raise ValueError("channels_do_not_add_up")
    return [OptionCount(key, channel, Weight.of(part)) for channel, part in parts]


def _open(state: str, one: Unresolved) -> OpenCount:
    return OpenCount(state, one.options, one.either, Weight.of(one.pile))
