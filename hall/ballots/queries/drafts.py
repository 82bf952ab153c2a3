"""A stored draft as it was typed, for filling the form again."""

from __future__ import annotations

from hall.ballots.drafting import BallotDraft, OptionDraft, QuestionDraft
from hall.ballots.queries.facts import BallotRow, QuestionRow


def draft_of(ballot: BallotRow) -> BallotDraft:
    """The draft behind a ballot; options added by the system are left out."""
    return BallotDraft(
        kind=ballot.kind,
        title=ballot.title,
        questions=tuple(_question(q) for q in ballot.questions),
        summary=ballot.summary,
        details=ballot.details,
        matter=ballot.matter,
        scope={k: list(v) for k, v in ballot.scope.items()},
        electorate=ballot.electorate,
        channels=ballot.channels,
        convener=ballot.convener,
        contact=ballot.contact,
        replaceable=ballot.replaceable,
        round=ballot.round,
        previous_n=ballot.previous_n,
        open_at=ballot.open_at,
        close_at=ballot.close_at,
    )


def _question(q: QuestionRow) -> QuestionDraft:
    if q.method == "motion":
        by_key = {o.key: o.detail for o in q.options}
        details = (by_key.get("for", ""), by_key.get("against", ""), by_key.get("abstain", ""))
        return QuestionDraft(q.text, q.method, q.detail, 1, (), details)
    typed = tuple(OptionDraft(o.label, o.detail) for o in q.options if o.kind == "choice")
    return QuestionDraft(q.text, q.method, q.detail, q.seats, typed)
