"""A count just made becomes a document that gives the same verdict, whatever the vote was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.countfile import CountFile, count, counted_question, dump, load
from hall.counting import Entry, Pile, Policy, Question, Sheet, Weight, decide, results, tally
from hall.counting.piles import totals_of
from hall.rulesets.rules import preset, to_json
from tests.countfile.documents import SCHEMA

AT = datetime(2026, 6, 16, 1, 0, tzinfo=UTC)
RULES = preset("CN-2021")
CHOICES = ("a", "b", "c")
METHODS = st.sampled_from(["motion", "single", "approval", "election"])
MARKS = st.sets(
    st.sampled_from(["for", "against", "abstain", "none", "unreadable", *CHOICES]), max_size=3
)


@given(
    METHODS,
    st.sampled_from([3, 6]),
    st.sampled_from(["NOT_PARTICIPATING", "AS_ABSTAIN"]),
    st.sampled_from(["NOT_PARTICIPATING", "FOLLOW_MAJORITY", "ABSTAIN"]),
    st.lists(st.tuples(st.integers(1, 10**9), st.none() | MARKS), min_size=1, max_size=12),
    st.sets(st.integers(0, 11), max_size=3),
    st.sets(st.integers(0, 11), max_size=3),
)
def test_the_document_of_any_count_gives_its_verdict(
    method, matter, invalid, nonreturn, people, contested, disputed
):
    rules = replace(RULES, invalid_marks=invalid, nonreturn=nonreturn)
    question = Question("q", method, () if method == "motion" else CHOICES, 2, matter)
    if method != "election":
        question = replace(question, seats=1)
    entries = [
        Entry(str(n), str(n), 1, area, contested=n in contested, delivered=n % 2 == 0)
        for n, (area, _) in enumerate(people)
    ]
    sheets = [
        Sheet(str(n), str(n), "paper", AT, {"q": tuple(marks)}, disputed=n in disputed)
        for n, (_, marks) in enumerate(people)
        if marks is not None
    ]
    rule = rules.rule_for(matter)
    done = tally(entries, sheets, [question], Policy.of(rules), [rule])
    (found,) = results(done, [rule])
    item = counted_question(
        found.totals,
        found.outcome,
        text="?",
        labels=[("for", "赞成"), ("against", "反对")]
        if method == "motion"
        else [(c, c) for c in CHOICES],
        clause_no="第十八条",
        contested=done.open_contested[0],
        disputed=done.open_disputed[0],
    )
    file = CountFile(
        estate="样例",
        title="样例",
        kind="statutory",
        roll=Weight.of(done.total),
        questions=(item,),
        matter=matter,
        rules=rules,
    )
    text = dump(file)
    again = load(text.encode())
    assert again == file
    report = count(again)
    assert report.agrees
    mine = report.questions[0]
    assert mine.outcome.verdict is found.outcome.verdict
    assert mine.outcome.winners == found.outcome.winners
    assert mine.outcome.gates == found.outcome.gates
    assert mine.sensitivity == found.sensitivity
    told = [c.code for c in found.cautions]
    assert [c.code for c in mine.cautions] == told


def test_channels_must_add_up():
    question = Question("q", "motion", matter=4)
    totals = totals_of(question, Pile(3, 30), {("for",): Pile(2, 20)}, "AS_ABSTAIN")
    outcome = decide(totals, RULES.rule_for(4))
    labels = [("for", "赞成"), ("against", "反对")]
    split = {"for": [("online", Pile(1, 10)), ("paper", Pile(1, 10))]}
    item = counted_question(totals, outcome, text="", labels=labels, channels=split)
    assert [(c.channel, c.weight) for c in item.counts if c.key == "for"] == [
        ("online", Weight(1, 10)),
        ("paper", Weight(1, 10)),
    ]
    with pytest.raises(ValueError, match="channels_do_not_add_up"):
        counted_question(
            totals, outcome, text="", labels=labels, channels={"for": [("online", Pile(1, 10))]}
        )


def test_a_poll_claims_who_is_in_front():
    question = Question("q", "single", CHOICES)
    totals = totals_of(question, Pile(9, 0), {("a",): Pile(3, 0), ("b",): Pile(2, 0)}, "AS_ABSTAIN")
    item = counted_question(totals, decide(totals, None), text="", labels=[(c, c) for c in CHOICES])
    file = CountFile(
        estate="样例", title="样例", kind="advisory", roll=Weight(9, None), questions=(item,)
    )
    assert item.claimed is not None
    assert item.claimed.winners == ("a",)
    assert count(load(dump(file).encode())).agrees


def test_the_rule_set_in_a_document_is_the_frozen_one():
    rules = preset("SC")
    question = Question("q", "motion", matter=4)
    totals = totals_of(question, Pile(3, 30), {("for",): Pile(2, 20)}, "AS_ABSTAIN")
    item = counted_question(
        totals, decide(totals, rules.rule_for(4)), text="", labels=[("for", ""), ("against", "")]
    )
    file = CountFile("样例", "样例", "statutory", Weight(3, 30), (item,), matter=4, rules=rules)
    text = dump(file)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(text))
    again = load(text.encode()).rules
    assert again is not None
    assert to_json(again) == to_json(rules)
