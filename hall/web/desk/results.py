"""After the close: counting again, publishing, correcting, and answering objections."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.ballots import queries as ballots
from hall.ballots import service
from hall.ballots.queries import BallotRow, QuestionRow, ResultRow
from hall.ballots.rules import Phase
from hall.counting.figures import Totals
from hall.counting.outcome import Outcome
from hall.errors import Blocker, NotFound, Refused
from hall.permissions import Action
from hall.resolutions import queries as resolutions
from hall.resolutions import service as publishing
from hall.web.access import allowed, current_actor
from hall.web.desk import words
from hall.web.desk.blueprint import bp, posted
from hall.web.desk.running import noticed
from hall.web.resolutions.verdicts import sentence

OVER = (Phase.CLOSED, Phase.COUNTED, Phase.PROVISIONAL, Phase.FINAL, Phase.VOID)


@bp.get("/desk/<slug>/ballots/<int:n>/result")
@allowed(
    Action.COUNT_BALLOT,
    Action.PUBLISH_RESOLUTION,
    Action.CORRECT_RESOLUTION,
    Action.ANSWER_OBJECTION,
)
def result(n: int) -> str:
    """What is done after the close, and what waits."""
    return _page(noticed(n))


@bp.post("/desk/<slug>/ballots/<int:n>/count")
@allowed(Action.COUNT_BALLOT)
def count(n: int) -> AnyResponse:
    """Count now; otherwise time does it."""
    row = noticed(n)
    service.count(current_actor(), row.estate_id, n, now=clock.now())
    return redirect(url_for("desk.result", n=n), 303)


@bp.post("/desk/<slug>/ballots/<int:n>/recount")
@allowed(Action.COUNT_BALLOT)
def recount(n: int) -> AnyResponse:
    """Count again, with a reason; the earlier count stays."""
    row = noticed(n)
    reason = posted("reason", 2000)
    try:
        service.recount(current_actor(), row.estate_id, n, reason, now=clock.now())
    except Refused as error:
        return Response(_page(row, {"recount": error.blockers}, reason=reason), 422)
    return redirect(url_for("desk.result", n=n), 303)


@bp.post("/desk/<slug>/ballots/<int:n>/publish")
@allowed(Action.PUBLISH_RESOLUTION)
def publish(n: int) -> AnyResponse:
    """Publish the counted result with what follows from it."""
    row = noticed(n)
    decided = posted("decided", 8000)
    try:
        publishing.publish(current_actor(), row.estate_id, n, decided=decided, now=clock.now())
    except Refused as error:
        return Response(_page(row, {"publish": error.blockers}, decided=decided), 409)
    return redirect(url_for("desk.result", n=n), 303)


@bp.post("/desk/<slug>/ballots/<int:n>/correct")
@allowed(Action.CORRECT_RESOLUTION)
def correct(n: int) -> AnyResponse:
    """Publish a corrected version; the earlier ones stay readable."""
    row = noticed(n)
    docno = resolutions.of_ballot(row.id)
    if docno is None:
        raise NotFound("resolution")
    reason, decided = posted("reason", 2000), posted("decided", 8000)
    try:
        publishing.correct(
            current_actor(), row.estate_id, docno, reason=reason, decided=decided, now=clock.now()
        )
    except Refused as error:
        page = _page(row, {"correct": error.blockers}, correction=reason, decided=decided)
        return Response(page, 422)
    return redirect(url_for("desk.result", n=n), 303)


@bp.post("/desk/<slug>/ballots/<int:n>/objections/<int:number>")
@allowed(Action.ANSWER_OBJECTION)
def answer_objection(n: int, number: int) -> AnyResponse:
    """Answer an objection in public."""
    row = noticed(n)
    answer = posted("answer", 4000)
    upheld = posted("upheld", 3)
    try:
        if upheld not in ("yes", "no"):
            raise Refused(Blocker("answer_choice_missing"))
        service.answer_objection(
            current_actor(), row.estate_id, n, number, upheld == "yes", answer, now=clock.now()
        )
    except Refused as error:
        return Response(_page(row, {f"o{number}": error.blockers}, answers={number: answer}), 422)
    return redirect(url_for("desk.result", n=n), 303)


def _page(
    row: BallotRow,
    why: dict[str, tuple[Blocker, ...]] | None = None,
    *,
    reason: str = "",
    correction: str = "",
    decided: str | None = None,
    answers: dict[int, str] | None = None,
) -> str:
    now = clock.now()
    phase = row.phase(now)
    if phase not in OVER:
        raise Refused(Blocker("voting_not_closed", {"close_at": row.close_at}, None, row.close_at))
    counted = ballots.result(row.id)
    docno = resolutions.of_ballot(row.id)
    document = resolutions.find(row.estate_id, docno) if docno else None
    if decided is None:
        decided = "\n".join(document.decided) if document else ""
    return render_template(
        "desk/result.html",
        ballot=row,
        phase=phase,
        chip_look=words.PHASES[phase],
        Phase=Phase,
        result=counted,
        pairs=_pairs(row, counted),
        count_why=service.count_blockers(row.estate_id, row.n, now, current_actor())
        if counted is None
        else (),
        publish_why=publishing.publish_blockers(row.estate_id, row.n, now),
        publish_due=publishing.publish_due(row) if counted and not row.published_at else None,
        document=document,
        objections=ballots.objections(row.id),
        why=why or {},
        words=words,
        reason=reason,
        correction=correction,
        decided=decided,
        answers=answers or {},
    )


def _pairs(
    row: BallotRow, counted: ResultRow | None
) -> list[tuple[QuestionRow | None, Outcome, Totals, str]]:
    """Each question beside its outcome, its figures and the verdict; empty before the count."""
    if counted is None:
        return []
    questions = {f"q{q.seq}": q for q in row.questions}
    found = []
    for t, o in zip(counted.totals, counted.outcomes, strict=True):
        question = questions.get(t.question.key)
        labels = {x.key: question.label_of(x.key) for x in o.options} if question else {}
        found.append((question, o, t, sentence(o, labels)))
    return found
