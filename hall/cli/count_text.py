"""A recount as lines for a terminal or a printer, aligned also where characters are two wide."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from hall.areas import format_m2, percent
from hall.cli.count_words import EN, PROBLEMS_EN, PROBLEMS_ZH, ZH
from hall.cli.roll_words import refused
from hall.countfile import Problem, QuestionReport, Report
from hall.counting import Caution, Deemed, Gate, Outcome, Verdict, Weight
from hall.rulesets.rules import Rule

_COLUMNS = ("test", "part", "whole", "share", "line", "least", "passed")
_TESTS = ("参与", "同意")


class Words:
    """The sentences of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.said = EN if lang == "en" else ZH
        self.problems = PROBLEMS_EN if lang == "en" else PROBLEMS_ZH

    def __call__(self, key: str, **facts: object) -> str:
        return self.said.get(key, key).format(**facts)

    def problem(self, problem: Problem) -> str:
        """A problem of a file in a sentence; an unknown code stands for itself."""
        said = self.problems.get(problem.code)
        if said is None:
            why = refused(problem.code, problem.facts, self.lang)
            if why != problem.code:  # what to do about it is said to who brings a roll
                return re.split("(?<=。)|(?<=\\.) ", why)[0]
            facts = ", ".join(f"{key}={value}" for key, value in problem.facts.items())
            return f"{problem.code} {facts}".strip()
        return said.format_map(_Facts(self._named(problem.facts)))

    def _named(self, facts: Mapping[str, object]) -> dict[str, object]:
        """Facts with a weight by its name, and its figures with their unit."""
        weight = facts.get("weight")
        if weight not in ("heads", "area_cm2"):
            return dict(facts)
        show = self.heads if weight == "heads" else self.area
        shown = {k: show(v) if type(v) is int else v for k, v in facts.items()}
        return {**shown, "weight": self("heads" if weight == "heads" else "area")}

    def heads(self, n: int | None) -> str:
        """159 人."""
        return self("unstated") if n is None else self("n_heads", n=f"{n:,}")

    def area(self, cm2: int | None) -> str:
        """19,080.00 ㎡."""
        return self("unstated") if cm2 is None else self("n_area", n=format_m2(cm2, group=True))

    def names(self, keys: Iterable[str], labels: dict[str, str]) -> str:
        """Options by their labels."""
        return self("join").join(labels.get(key) or self(key) for key in keys)


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def as_text(report: Report, words: Words) -> list[str]:
    """The whole recount."""
    lines = _heading(report, words)
    for n, question in enumerate(report.questions, 1):
        lines += ["", f"{words('question', n=n)}  {question.item.text}".rstrip()]
        lines += _question(question, words)
    lines += _set_aside(report, words)
    return [line.rstrip() for line in lines]


def _heading(report: Report, words: Words) -> list[str]:
    file = report.file
    kind = words("statutory") if file.kind == "statutory" else words("advisory_note")
    nature = [kind, file.scope]
    if file.matter is not None:
        nature.append(words("matter", n=file.matter))
    if report.questions and report.questions[0].rule and file.rules:
        nature.append(_class(report.questions[0].rule, words))
        nature.append(words("rules", id=file.rules.id))
    done = report.tally
    by = words("by_totals")
    if done is not None:
        by = words("by_sheets", n=len(done.counted), aside=len(done.set_aside))
    area = (
        "" if file.kind == "advisory" and not file.roll.area_cm2 else words.area(file.roll.area_cm2)
    )
    roll = words("roll", heads=words.heads(file.roll.heads), area=area).rstrip("，, ")
    return [
        f"{file.estate}  {file.title}".strip(),
        *([file.number] if file.number else []),
        " · ".join(part for part in nature if part),
        roll,
        by,
    ]


def _class(rule: Rule, words: Words) -> str:
    """'特别事项（四分之三以上）': the class with its own line of approval, of whichever whole."""
    line = rule.approve_heads
    known = words(f"{line.op.value} {line.num}/{line.den}")
    if known not in words.said.values():
        known = words(line.op.value, num=line.num, den=line.den)
    return words(rule.matter_class.value, line=words(f"of_{rule.base.value}", line=known))


def _labels(question: QuestionReport, words: Words) -> dict[str, str]:
    found = {key: label or words(key) for key, label in question.item.labels}
    for key in ("for", "against", "abstain", "none"):
        found.setdefault(key, words(key))
    return found


def _question(question: QuestionReport, words: Words) -> list[str]:
    labels = _labels(question, words)
    lines = [f"{words('verdict')}{verdict(question.outcome, labels, words)}"]
    lines += after_verdict(question.outcome, labels, words)
    if question.agrees is not None and question.item.claimed is not None:
        claimed = words(f"v_{question.item.claimed.verdict}")
        agreed = "claimed_ok" if question.agrees else "claimed_differs"
        if verdict(question.outcome, labels, words) == words("not_stated") and not _settled(
            question
        ):
            agreed = "claimed_open"
        lines.append(words(agreed, claimed=claimed))
    if question.outcome.gates:
        lines += ["", *_gates(question.outcome, labels, words)]
    actual = question.outcome.actual
    if actual is not None:
        lines += ["", words("sheets_alone") + verdict(actual, labels, words)]
        lines += _gates(actual, labels, words)
    lines += ["", *_piles(question, labels, words)]
    lines += _cautions(question, words)
    lines += _unknown(question, words)
    return lines


def _settled(question: QuestionReport) -> bool:
    """Whether the figures that are there already contradict the claim."""
    claimed = question.item.claimed
    never = "not_adopted_in_any_case" in question.outcome.reasons
    return never and claimed is not None and claimed.verdict == Verdict.ADOPTED.value


# --- the verdict in one sentence -------------------------------------------------------------


def verdict(outcome: Outcome, labels: dict[str, str], words: Words) -> str:
    """The one sentence."""
    if outcome.verdict is Verdict.ADVISORY:
        if outcome.leading:
            return words("advisory_first", names=words.names(outcome.leading, labels))
        if outcome.tied:
            return words("advisory_tied", names=words.names(outcome.tied[0], labels))
        return words("advisory_none")
    method = outcome.question.method
    if outcome.verdict is Verdict.ADOPTED:
        key = {"motion": "adopted_motion", "election": "elected"}.get(method, "adopted_options")
        return words(key, names=words.names(outcome.winners, labels))
    if outcome.verdict is Verdict.NO_QUORUM:
        return words("no_quorum", gap=_gap(outcome.quorum, words))
    if outcome.verdict is Verdict.NOT_ADOPTED:
        return _not_adopted(outcome, words)
    return _open(outcome, labels, words)


def _not_adopted(outcome: Outcome, words: Words) -> str:
    if "none_of_these_prevails" in outcome.reasons:
        return words("not_adopted_none")
    if outcome.question.method == "election":
        return words("nobody_elected")
    gates = outcome.gates[2:] if outcome.question.method == "motion" else ()
    return words("not_adopted", gap=_gap(gates, words))


def _open(outcome: Outcome, labels: dict[str, str], words: Words) -> str:
    if "unresolved_sheets_decide" in outcome.reasons:
        return words("unresolved")
    if outcome.tied:
        key = "tie" if "runoff_needed" in outcome.reasons else "several_pass"
        return words(key, names=words.names(outcome.tied[0], labels))
    return words("not_stated")


def _gap(gates: Sequence[Gate], words: Words) -> str:
    parts = []
    for gate in gates:
        if gate.missing:
            shown = words.heads if gate.weight == "heads" else words.area
            parts.append(shown(gate.missing))
    return words("gap", parts=words("join").join(parts)) if parts else ""


def after_verdict(outcome: Outcome, labels: dict[str, str], words: Words) -> list[str]:
    """What still has to happen, or is certain all the same."""
    lines = []
    if outcome.verdict is Verdict.ADOPTED and outcome.tied:
        lines.append(words("runoff", names=words.names(outcome.tied[0], labels)))
    if "by_election_needed" in outcome.reasons:
        lines.append(words("by_election", n=outcome.vacancies - sum(map(len, outcome.tied))))
    if "not_adopted_in_any_case" in outcome.reasons:
        lines.append(words("anyway"))
    return lines


# --- tables ----------------------------------------------------------------------------------


def width(text: str) -> int:
    """Columns a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def table(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Rows as aligned columns; those in `right` are set flush right."""
    columns = max(map(len, rows))
    wide = [max(width(row[c]) if c < len(row) else 0 for row in rows) for c in range(columns)]
    lines = []
    for row in rows:
        cells = []
        for c, text in enumerate(row):
            pad = " " * (wide[c] - width(text))
            cells.append(pad + text if c in right else text + pad)
        lines.append("  " + "  ".join(cells))
    return lines


def _gates(outcome: Outcome, labels: dict[str, str], words: Words) -> list[str]:
    rows = [[words(f"col_{key}") for key in _COLUMNS]]
    method = outcome.question.method
    shown = outcome.options[:1] if method == "motion" else outcome.options
    rows += [_gate(gate, words(gate.test), words) for gate in outcome.quorum]
    for option in shown:
        if option.key == "none" and method != "single":
            continue  # rejecting every candidate elects nobody; there is no line to reach
        name = words("approval") if method == "motion" else labels.get(option.key, option.key)
        rows += [_gate(gate, name, words) for gate in option.gates]
    return table(rows, right=frozenset({1, 2, 3, 5}))


def _gate(gate: Gate, name: str, words: Words) -> list[str]:
    figure = words.heads if gate.weight == "heads" else words.area
    share = "—"
    if gate.part is not None and gate.whole is not None:
        share = percent(gate.part, gate.whole)
    passed = {True: words("yes"), False: words("no"), None: words("unknown")}[gate.passed]
    return [
        name + (" " if words("space") or name not in _TESTS else "") + words(gate.weight),
        figure(gate.part),
        figure(gate.whole),
        share,
        words(gate.line.op.value, num=gate.line.num, den=gate.line.den),
        figure(gate.least),
        passed,
    ]


def _piles(question: QuestionReport, labels: dict[str, str], words: Words) -> list[str]:
    channels = sorted({name for _, _, parts in question.options for name, _ in parts})
    with_area = question.rule is not None or bool(question.total.area_cm2)
    areas = [words("area")] if with_area else []
    rows = [[words("col_option"), words("heads"), *areas, *map(words, channels)]]

    def row(name: str, weight: Weight, parts: Sequence[tuple[str, Weight]] = ()) -> None:
        by = dict(parts)
        split = [words.heads(by[c].heads) if c in by else "" for c in channels]
        area = [words.area(weight.area_cm2)] if with_area else []
        rows.append([name, words.heads(weight.heads), *area, *split])

    listed = {key for key, _ in question.item.labels}
    for key, weight, parts in question.options:
        if key != "none" or key in listed or weight.heads:
            row(labels.get(key, key), weight, parts)
    if "abstain" in listed or question.abstain.heads:
        row(labels["abstain"], question.abstain)
    for reason, weight in question.invalid:
        row(words("invalid", reason=words(reason)), weight)
    row(words("participating"), question.participating)
    row(words("silent"), _rest(question))
    for name, weight in _deemed(question, labels, words):
        row(name, weight)
    return table(rows, right=frozenset(range(1, 3 + len(channels))))


def _deemed(
    question: QuestionReport, labels: dict[str, str], words: Words
) -> list[tuple[str, Weight]]:
    deemed = question.deemed
    if deemed is None:
        return []
    if isinstance(deemed, Deemed):
        if deemed.target is None:
            return []
        name = words("deemed", option=labels.get(deemed.target, deemed.target))
        return [(name, Weight.of(deemed.pile))]
    if not deemed.option:
        return []
    name = words("deemed", option=labels.get(deemed.option, deemed.option))
    return [(f"{name} {deemed.clause_no}", deemed.weight)]


def _rest(question: QuestionReport) -> Weight:
    def left(whole: int | None, part: int | None) -> int | None:
        return None if whole is None or part is None else whole - part

    total, part = question.total, question.participating
    return Weight(left(total.heads, part.heads), left(total.area_cm2, part.area_cm2))


# --- what must be said beside it -------------------------------------------------------------


def caution(one: Caution, words: Words) -> str:
    """A caution in a sentence."""
    facts = dict(one.facts)
    if "verdict" in facts:
        facts["verdict"] = words(f"v_{facts['verdict']}")
    if "policy" in facts:
        facts["policy"] = words(str(facts["policy"]))
    if "reason" in facts:
        facts["reason"] = words(f"r_{facts['reason']}")
    if isinstance(facts.get("heads"), int):
        facts["heads"] = words.heads(int(str(facts["heads"])))
    if isinstance(facts.get("area_cm2"), int):
        facts["area"] = words.area(int(str(facts["area_cm2"])))
    return words(f"c_{one.code}", **facts)


def _cautions(question: QuestionReport, words: Words) -> list[str]:
    if not question.cautions:
        return []
    return ["", words("cautions"), *(f"  - {caution(c, words)}" for c in question.cautions)]


def _unknown(question: QuestionReport, words: Words) -> list[str]:
    lines: list[str] = []
    if question.unknown:
        names = [words("space").join(map(words, code.split("_"))) for code in question.unknown]
        lines += ["", words("cannot", names=words("join").join(names))]
    if question.not_stated:
        lines += [words("missing_figures"), *(f"  - {path}" for path in question.not_stated)]
    return lines


def _set_aside(report: Report, words: Words) -> list[str]:
    if report.tally is None or not report.tally.set_aside:
        return []
    found = Counter(one.reason for one in report.tally.set_aside)
    rows = [[words(f"s_{reason}"), words("n_sheets", n=n)] for reason, n in sorted(found.items())]
    return ["", words("set_aside"), *table(rows)]
