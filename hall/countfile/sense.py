"""Whether a well-formed document makes sense: names that exist, sums that add up, forms not mixed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hall.countfile.lanes import HEADS, LANES, known_sum, lane, paper_counts
from hall.countfile.model import CountFile, FileQuestion, Problem
from hall.counting import ABSTAIN, METHODS, Weight, options_of

STATED = {"heads": "heads", "area_cm2": "area_m2"}


def check_sense(file: CountFile, problems: list[Problem]) -> None:
    """Note everything that contradicts itself."""

    def wrong(path: str, code: str, **facts: object) -> None:
        problems.append(Problem(path, code, facts))

    if file.kind == "statutory" and file.matter is None:
        wrong("ballot.matter", "matter_missing")
    if file.kind == "advisory" and file.matter is not None:
        wrong("ballot.matter", "matter_not_advisory")
    if not file.questions:
        wrong("questions", "missing")
    for n, key in _repeated(q.question.key for q in file.questions):
        wrong(f"questions[{n}].key", "repeated", value=key)
    for n, item in enumerate(file.questions):
        problems.extend(_question(f"questions[{n}]", item))
    if file.sheets is None:
        problems.extend(_totals(file))
    else:
        problems.extend(_sheets(file))
    problems.extend(_roll(file))


def _repeated(keys: Iterable[str]) -> list[tuple[int, str]]:
    seen: set[str] = set()
    found = []
    for n, key in enumerate(keys):
        if key in seen:
            found.append((n, key))
        seen.add(key)
    return found


def _question(path: str, item: FileQuestion) -> list[Problem]:
    found: list[Problem] = []
    question, known = item.question, {*options_of(item.question), ABSTAIN}
    if question.method != "motion" and not question.choices:
        found.append(Problem(f"{path}.options", "choices_missing"))
    if question.method == "election" and question.seats > max(1, len(question.choices)):
        found.append(Problem(f"{path}.seats", "out_of_range", {"most": len(question.choices)}))
    named = (
        [(f"{path}.deemed.option", item.deemed.option)]
        if item.deemed and item.deemed.option
        else []
    )
    for n, one in enumerate(item.left_open):
        named += [(f"{path}.left_open[{n}].options", key) for key in one.options]
        if one.weight.heads is None or one.weight.area_cm2 is None:
            found.append(Problem(f"{path}.left_open[{n}]", "missing"))
    if item.claimed:
        named += [(f"{path}.claimed.winners", key) for key in item.claimed.winners]
    for place, key in named:
        if key not in known:
            found.append(Problem(place, "no_such_option", {"value": key}))
    return found


def _roll(file: CountFile) -> list[Problem]:
    found: list[Problem] = []
    for name in LANES:
        stated = lane(file.roll, name)
        if stated == 0 and not (file.kind == "advisory" and name != HEADS):
            found.append(Problem(f"roll.{STATED[name]}", "total_empty"))
        if file.entries is None:
            continue
        summed = sum(e.heads if name == HEADS else e.area_cm2 for e in file.entries)
        if stated is not None and stated != summed:
            facts: dict[str, object] = {"stated": stated, "found": summed, "weight": name}
            found.append(Problem(f"roll.{STATED[name]}", "does_not_add_up", facts))
        if stated is None and summed == 0 and not (file.kind == "advisory" and name != HEADS):
            found.append(Problem("roll.entries", "total_empty"))
    ids = [entry.id for entry in file.entries or ()]
    found += [
        Problem(f"roll.entries[{n}].id", "repeated", {"value": key}) for n, key in _repeated(ids)
    ]
    return found


def _sheets(file: CountFile) -> list[Problem]:
    found: list[Problem] = []
    if file.entries is None:
        found.append(Problem("roll.entries", "entries_missing"))
    sheets = file.sheets or ()
    for n, item in enumerate(file.questions):
        if item.counts or item.participating or item.invalid is not None or item.deemed:
            found.append(Problem(f"questions[{n}]", "both_forms"))
    entries = {entry.id for entry in file.entries or ()}
    questions = {item.question.key for item in file.questions}
    for n, sheet in enumerate(sheets):
        if file.entries is not None and sheet.entry not in entries:
            found.append(Problem(f"sheets[{n}].entry", "no_such_entry", {"value": sheet.entry}))
        for key in sheet.answers:
            if key not in questions:
                place = f"sheets[{n}].answers.{key}"
                found.append(Problem(place, "no_such_question", {"value": key}))
    for n, key in _repeated(sheet.id for sheet in sheets):
        found.append(Problem(f"sheets[{n}].id", "repeated", {"value": key}))
    if file.rules is not None:
        for name in ("invalid_marks", "duplicate", "nonreturn"):
            if getattr(file.rules, name) is None:
                found.append(Problem(f"rules.{name}", "policy_missing", {"field": name}))
    return found


def _totals(file: CountFile) -> list[Problem]:
    found: list[Problem] = []
    if not any(item.counts or item.participating for item in file.questions):
        found.append(Problem("questions", "no_votes"))
    for n, item in enumerate(file.questions):
        place = f"questions[{n}]"
        if item.invalid and file.rules is not None and file.rules.invalid_marks is None:
            facts: dict[str, object] = {"field": "invalid_marks"}
            found.append(Problem("rules.invalid_marks", "policy_missing", facts))
        found += [p for name in LANES for p in _lane_adds_up(place, item, file, name)]
    return found


def _lane_adds_up(place: str, item: FileQuestion, file: CountFile, name: str) -> list[Problem]:
    counts = paper_counts(item, file.rules)
    options = [(key, lane(weight, name)) for key, weight in counts.options]
    others = [lane(counts.abstain, name), lane(counts.invalid_taking_part, name)]
    summed = known_sum([value for _, value in options] + others)
    stated = lane(item.participating, name) if item.participating else None
    exclusive = METHODS[item.question.method].exclusive
    found: list[Problem] = []
    if exclusive and stated is not None and summed is not None and stated != summed:
        facts: dict[str, object] = {"stated": stated, "found": summed, "weight": name}
        found.append(Problem(f"{place}.participating.{STATED[name]}", "does_not_add_up", facts))
    part = stated if stated is not None else (summed if exclusive else None)
    for key, value in [*options, (ABSTAIN, others[0])]:
        if value is not None and part is not None and value > part:
            facts = {"option": key, "part": value, "whole": part, "weight": name}
            found.append(Problem(f"{place}.options", "exceeds", facts))
    extra = lane(item.deemed.weight, name) if item.deemed else 0
    aside = lane(counts.invalid_left_out, name)
    whole = lane(file.roll, name)
    returned = known_sum([part, aside, extra])
    at_least = returned if returned is not None else part
    if whole is not None and at_least is not None and at_least > whole:
        facts = {"option": "", "part": at_least, "whole": whole, "weight": name}
        found.append(Problem(place, "exceeds", facts))
    return found


def unstated(weights: Sequence[tuple[str, Weight]]) -> list[str]:
    """The paths of weights that are not stated."""
    return [
        f"{path}.{STATED[name]}" for path, w in weights for name in LANES if lane(w, name) is None
    ]
