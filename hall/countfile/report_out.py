"""A recount as plain values: codes and numbers only, for 'hall count --json'."""

from __future__ import annotations

from typing import Any

from hall.areas import CM2_PER_M2, format_m2
from hall.countfile.model import DeemedCount
from hall.countfile.report import QuestionReport, Report
from hall.counting import Deemed, Gate, Outcome, Weight


def as_document(report: Report) -> dict[str, Any]:
    """The recount; areas as text in m², a figure that is not known as null."""
    file = report.file
    found: dict[str, Any] = {
        "estate": file.estate,
        "title": file.title,
        "number": file.number,
        "kind": file.kind,
        "matter": file.matter,
        "rules": file.rules.id if file.rules else None,
        "by": "sheets" if report.tally else "totals",
        "roll": _weight(file.roll),
        "questions": [_question(question) for question in report.questions],
        "agrees": report.agrees,
    }
    done = report.tally
    if done is not None:
        found["sheets"] = {
            "counted": len(done.counted),
            "returned": _weight(Weight.of(done.returned)),
            "set_aside": [
                {"sheet": a.sheet, "entry": a.entry, "reason": a.reason, "kept": a.kept}
                for a in done.set_aside
            ],
            "contested": list(done.contested),
            "disputed": list(done.disputed),
        }
    return found


def _weight(weight: Weight) -> dict[str, Any]:
    return {"heads": weight.heads, "area_m2": _m2(weight.area_cm2)}


def _m2(area: int | None) -> str | None:
    return None if area is None else format_m2(area)


def _gate(gate: Gate) -> dict[str, Any]:
    heads = gate.weight == "heads"
    figures = (gate.part, gate.whole, gate.least, gate.missing)
    part, whole, least, missing = figures if heads else map(_m2, figures)
    return {
        "test": gate.test,
        "weight": gate.weight,
        "unit": "heads" if heads else f"m2 ({CM2_PER_M2} cm2)",
        "numerator": part,
        "denominator": whole,
        "line": [gate.line.num, gate.line.den, gate.line.op.value],
        "least": least,
        "missing": missing,
        "passed": gate.passed,
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "verdict": outcome.verdict.value,
        "winners": list(outcome.winners),
        "leading": list(outcome.leading),
        "tied": [list(group) for group in outcome.tied],
        "vacancies": outcome.vacancies,
        "reasons": list(outcome.reasons),
        "gates": [_gate(gate) for gate in outcome.quorum],
        "options": [
            {
                "key": option.key,
                "rank": option.rank,
                "passed": option.passed,
                "gates": [_gate(gate) for gate in option.gates],
            }
            for option in outcome.options
        ],
    }


def _question(report: QuestionReport) -> dict[str, Any]:
    outcome = report.outcome
    return {
        "key": report.item.question.key,
        "text": report.item.text,
        "method": report.item.question.method,
        "class": report.rule.matter_class.value if report.rule else None,
        **_outcome(outcome),
        "total": _weight(report.total),
        "participating": _weight(report.participating),
        "counts": [
            {
                "key": key,
                **_weight(weight),
                "channels": [{"channel": c, **_weight(w)} for c, w in parts],
            }
            for key, weight, parts in report.options
        ],
        "abstain": _weight(report.abstain),
        "invalid": [{"reason": reason, **_weight(weight)} for reason, weight in report.invalid],
        "deemed": _deemed(report.deemed),
        "without_deemed": _outcome(outcome.actual) if outcome.actual else None,
        "other_invalid_marks_policy": {
            "policy": report.sensitivity.invalid_marks,
            **_outcome(report.sensitivity.outcome),
        }
        if report.sensitivity
        else None,
        "cautions": [{"code": c.code, **c.facts} for c in report.cautions],
        "cannot_be_established": list(report.unknown),
        "not_stated": list(report.not_stated),
        "claimed": report.item.claimed.verdict if report.item.claimed else None,
        "agrees": report.agrees,
    }


def _deemed(deemed: Deemed | DeemedCount | None) -> dict[str, Any] | None:
    if deemed is None:
        return None
    if isinstance(deemed, Deemed):
        target, weight, reason = deemed.target, Weight.of(deemed.pile), deemed.reason
    else:
        target, weight, reason = deemed.option or None, deemed.weight, deemed.reason
    return {"policy": deemed.policy, "option": target, **_weight(weight), "reason": reason}
