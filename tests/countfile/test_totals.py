"""Counting from totals: what is not stated, deemed votes, open entries, claims."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

from hall.countfile import CountFileError, count, dump, load
from hall.counting import Weight
from tests.countfile.documents import SCHEMA, encoded, put, renewal

VALID = jsonschema.Draft202012Validator(SCHEMA)


def problems(document) -> list[tuple[str, str]]:
    data = document if isinstance(document, bytes) else encoded(document)
    with pytest.raises(CountFileError) as caught:
        count(load(data))
    return [(p.path, p.code) for p in caught.value.problems]


# --- what is not stated ----------------------------------------------------------------------


def test_a_missing_area_leaves_the_heads_lines():
    document = put(renewal(), ("questions", 0, "options", 0, "channels", 1, "area_m2"), ...)
    report = count(load(encoded(document)))
    question = report.questions[0]
    assert question.outcome.verdict == "inconclusive"
    assert [gate.passed for gate in question.outcome.gates] == [True, None, True, None]
    assert question.unknown == ("participation_area", "approval_area")
    assert question.not_stated == ("questions[0].options[0].area_m2",)
    assert question.agrees is False


def test_null_is_not_zero():
    stated = put(renewal(), ("questions", 0, "options", 2, "heads"), 0)
    unstated = put(renewal(), ("questions", 0, "options", 2, "heads"), None)
    # Without the seven abstentions 152 of 238 take part: known to be too few.
    assert count(load(encoded(stated))).questions[0].outcome.verdict == "no_quorum"
    assert count(load(encoded(unstated))).questions[0].outcome.verdict == "inconclusive"


def test_an_option_that_is_not_on_the_paper_is_zero():
    document = put(renewal(), ("questions", 0, "options", 2), ...)
    document["questions"][0]["options"][1]["channels"][0]["heads"] = 47
    document["questions"][0]["options"][1]["channels"][0]["area_m2"] = "5640.00"
    assert count(load(encoded(document))).questions[0].outcome.verdict == "adopted"


def test_participation_stated_stands_for_missing_piles():
    document = put(renewal(), ("questions", 0, "options", 1, "channels"), ...)
    document["questions"][0]["participating"] = {"heads": 159, "area_m2": "19080.00"}
    question = count(load(encoded(document))).questions[0]
    assert question.outcome.verdict == "adopted"
    assert question.not_stated == (
        "questions[0].options[1].heads",
        "questions[0].options[1].area_m2",
    )


def test_silence_about_invalid_marks_matters_only_where_they_would_take_part():
    document = put(renewal(), ("questions", 0, "invalid"), ...)
    assert count(load(encoded(document))).questions[0].outcome.verdict == "adopted"
    document["rules"]["invalid_marks"] = "AS_ABSTAIN"
    question = count(load(encoded(document))).questions[0]
    assert question.outcome.verdict == "inconclusive"
    assert "questions[0].invalid.heads" in question.not_stated


def test_invalid_marks_and_the_other_policy():
    """E10 from totals."""
    document = renewal()
    document["roll"] = {"heads": 100, "area_m2": "10000"}
    document["questions"][0] = {
        "key": "1",
        "method": "motion",
        "options": [
            {"key": "for", "heads": 36, "area_m2": "3560"},
            {"key": "against", "heads": 30, "area_m2": "3080"},
        ],
        "invalid": [{"reason": "blank", "heads": 4, "area_m2": "360"}],
    }
    question = count(load(encoded(document))).questions[0]
    assert question.outcome.verdict == "no_quorum"
    assert question.sensitivity is not None
    assert question.sensitivity.outcome.verdict == "adopted"
    document["rules"]["invalid_marks"] = "AS_ABSTAIN"
    assert count(load(encoded(document))).questions[0].outcome.verdict == "adopted"


# --- deemed votes in a document --------------------------------------------------------------


def deemed(**changes):
    document = renewal()
    question = document["questions"][0]
    del question["claimed"]
    question["options"] = [
        {"key": "for", "heads": 80, "area_m2": "9600.00"},
        {"key": "against", "heads": 72, "area_m2": "8640.00"},
        {"key": "abstain", "heads": 0, "area_m2": "0"},
    ]
    question["deemed"] = {
        "policy": "FOLLOW_MAJORITY",
        "option": "for",
        "clause_no": "第十八条",
        "heads": 50,
        "area_m2": "6000.00",
        **changes,
    }
    return document


def test_deemed_votes_are_counted_apart():
    question = count(load(encoded(deemed()))).questions[0]
    assert question.participating == Weight(152, 182_400_000)
    assert question.outcome.verdict == "adopted"
    assert question.outcome.actual is not None
    assert question.outcome.actual.verdict == "no_quorum"
    assert [c.code for c in question.cautions] == ["deemed_decides"]
    assert load(dump(load(encoded(deemed()))).encode()) == load(encoded(deemed()))


@pytest.mark.parametrize(
    ("changes", "matter", "reason"),
    [
        ({"clause_no": ""}, 4, "no_clause"),
        ({"option": "against"}, 4, "not_the_majority"),
        ({"option": "abstain"}, 4, "not_the_majority"),
        ({"policy": "ABSTAIN"}, 4, "not_an_abstention"),
        ({}, 6, "special_matter"),
    ],
)
def test_deemed_votes_that_no_rule_allows_are_shown_and_not_counted(changes, matter, reason):
    document = put(deemed(**changes), ("ballot", "matter"), matter)
    question = count(load(encoded(document))).questions[0]
    assert question.outcome.verdict == "no_quorum"
    assert question.outcome.actual is None
    told = [c for c in question.cautions if c.code == "deemed_not_counted"]
    assert [c.facts["reason"] for c in told] == [reason]


def test_a_document_whose_deemed_votes_exceed_the_roll_is_refused():
    document = deemed(heads=87)
    assert ("questions[0]", "exceeds") in problems(document)


# --- open entries, buildings, the document's own particulars --------------------------------


def test_open_entries_warn_as_in_the_full_count():
    document = renewal()
    question = document["questions"][0]
    question["options"][2] = {"key": "abstain", "heads": 6, "area_m2": "720.00"}
    del question["claimed"]
    question["left_open"] = [
        {"state": "contested", "options": ["for"], "either": True, "heads": 1, "area_m2": "120.00"}
    ]
    found = count(load(encoded(document))).questions[0]
    assert found.outcome.verdict == "no_quorum"
    assert [c.code for c in found.cautions] == ["contested_decides_quorum"]
    question["left_open"][0]["state"] = "disputed"
    found = count(load(encoded(document))).questions[0]
    assert found.outcome.verdict == "inconclusive"
    assert [c.code for c in found.cautions] == ["disputed_decides"]


def test_what_a_published_document_says_about_itself_is_kept():
    document = renewal()
    document["document"] = {"number": "样例〔2026〕3号", "published": "2026-06-29T00:00:00Z"}
    document["groups"] = [
        {"name": "1栋", "total": {"heads": 60}, "returned": {"heads": 41, "area_m2": "4920.00"}}
    ]
    VALID.validate(document)
    file = load(encoded(document))
    assert load(dump(file).encode()) == file
    assert json.loads(dump(file))["document"] == document["document"]


def test_a_wrong_claim_is_found():
    document = put(renewal(), ("questions", 0, "claimed"), {"verdict": "not_adopted"})
    report = count(load(encoded(document)))
    assert report.questions[0].agrees is False
    assert report.agrees is False


def test_dump_is_canonical():
    file = load(encoded(renewal()))
    text = dump(file)
    assert ": " not in text.replace("：", "")
    assert text == json.dumps(
        json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert dump(replace(file, title="x")) != text
