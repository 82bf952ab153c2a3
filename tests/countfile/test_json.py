"""Reading and writing the JSON form: strict, with paths; the schema agrees."""

from __future__ import annotations

import json

import jsonschema
import pytest

from hall.countfile import CountFileError, count, dump, load
from hall.rulesets.rules import Clause, preset, to_document, with_clauses
from tests.countfile.documents import EXAMPLES, SCHEMA, by_sheets, encoded, put, renewal

VALID = jsonschema.Draft202012Validator(SCHEMA)
NAMES = sorted(path.name for path in EXAMPLES.glob("*.json"))


def problems(document) -> list[tuple[str, str]]:
    data = document if isinstance(document, bytes) else encoded(document)
    with pytest.raises(CountFileError) as caught:
        count(load(data))
    return [(p.path, p.code) for p in caught.value.problems]


@pytest.mark.parametrize("name", NAMES)
def test_examples_follow_the_schema_and_come_back_the_same(name):
    data = (EXAMPLES / name).read_bytes()
    VALID.validate(json.loads(data))
    file = load(data)
    text = dump(file)
    VALID.validate(json.loads(text))
    assert load(text.encode()) == file
    assert dump(load(text.encode())) == text
    mine, again = count(file), count(load(text.encode()))
    assert [q.outcome for q in mine.questions] == [q.outcome for q in again.questions]
    assert mine.agrees


@pytest.mark.parametrize(
    ("path", "value", "where", "code"),
    [
        (
            ("questions", 0, "options", 2, "area_m2"),
            840.0,
            "questions[0].options[2].area_m2",
            "area_not_text",
        ),
        (
            ("questions", 0, "options", 2, "area_m2"),
            840,
            "questions[0].options[2].area_m2",
            "area_not_text",
        ),
        (
            ("questions", 0, "options", 2, "area_m2"),
            "840.00001",
            "questions[0].options[2].area_m2",
            "not_area",
        ),
        (
            ("questions", 0, "options", 2, "area_m2"),
            "-1",
            "questions[0].options[2].area_m2",
            "not_area",
        ),
        (
            ("questions", 0, "options", 2, "area_m2"),
            "１２",
            "questions[0].options[2].area_m2",
            "not_area",
        ),
        (
            ("questions", 0, "options", 2, "heads"),
            7.0,
            "questions[0].options[2].heads",
            "not_whole",
        ),
        (
            ("questions", 0, "options", 2, "heads"),
            "7",
            "questions[0].options[2].heads",
            "not_whole",
        ),
        (
            ("questions", 0, "options", 2, "heads"),
            True,
            "questions[0].options[2].heads",
            "not_whole",
        ),
        (
            ("questions", 0, "options", 2, "heads"),
            -7,
            "questions[0].options[2].heads",
            "out_of_range",
        ),
        (
            ("questions", 0, "options", 2, "key"),
            "maybe",
            "questions[0].options[2].key",
            "not_one_of",
        ),
        (("questions", 0, "options", 2, "key"), "for", "questions[0].options[2].key", "repeated"),
        (("questions", 0, "options", 0, "heads"), 5, "questions[0].options[0].heads", "both_forms"),
        (("questions", 0, "method"), "ranked", "questions[0].method", "not_one_of"),
        (("questions", 0, "typo"), 1, "questions[0].typo", "unknown_key"),
        (
            ("questions", 0, "claimed", "verdict"),
            "passed",
            "questions[0].claimed.verdict",
            "not_one_of",
        ),
        (("ballot", "matter"), 10, "ballot.matter", "out_of_range"),
        (("ballot", "matter"), ..., "ballot.matter", "matter_missing"),
        (("ballot", "kind"), "advisory", "ballot.matter", "matter_not_advisory"),
        (("ballot", "date"), "2026-02-30", "ballot.date", "not_day"),
        (("ballot", "date"), "1999-01-01", "rules.preset", "no_rules_on"),
        (("ballot", "closes_at"), "2026-06-26 12:00", "ballot.closes_at", "not_instant"),
        (("ballot", "title"), ..., "ballot.title", "missing"),
        (("rules",), ..., "rules", "rules_missing"),
        (("rules", "preset"), "XX", "rules.preset", "not_one_of"),
        (("rules", "ruleset"), {"format": 1}, "rules.ruleset", "rules_malformed"),
        (("rules", "election_tiebreak"), ["HEADS"], "rules.election_tiebreak", "runoff_not_last"),
        (("roll",), ..., "roll", "missing"),
        (("roll",), [], "roll", "not_object"),
        (("roll", "heads"), 0, "roll.heads", "total_empty"),
        (("roll", "area_m2"), "0", "roll.area_m2", "total_empty"),
        (("roll", "heads"), 100, "questions[0]", "exceeds"),
        (("questions",), [], "questions", "missing"),
        (("questions",), {}, "questions", "not_list"),
        (("version",), 2, "format", "format_unknown"),
        (
            ("questions", 0, "participating"),
            {"heads": 160},
            "questions[0].participating.heads",
            "does_not_add_up",
        ),
        (
            ("questions", 0, "claimed", "winners"),
            ["x"],
            "questions[0].claimed.winners",
            "no_such_option",
        ),
        (
            ("questions", 0, "deemed"),
            {"policy": "FOLLOW_MAJORITY", "option": "x"},
            "questions[0].deemed.option",
            "no_such_option",
        ),
        (
            ("groups",),
            [{"name": "1栋", "total": {"heads": 1, "x": 2}}],
            "groups[0].total.x",
            "unknown_key",
        ),
    ],
)
def test_one_wrong_place_is_named(path, value, where, code):
    assert (where, code) in problems(put(renewal(), path, value))


@pytest.mark.parametrize(
    ("path", "value", "where", "code"),
    [
        (("sheets", 0, "entry"), "9-999", "sheets[0].entry", "no_such_entry"),
        (("sheets", 1, "id"), "S1", "sheets[1].id", "repeated"),
        (("sheets", 0, "answers"), {"9": "for"}, "sheets[0].answers.9", "no_such_question"),
        (("sheets", 0, "answers"), {"1": 1}, "sheets[0].answers.1", "not_list"),
        (
            ("sheets", 0, "received_at"),
            "2026-06-16T02:00:00",
            "sheets[0].received_at",
            "not_instant",
        ),
        (("sheets", 0, "channel"), "phone", "sheets[0].channel", "not_one_of"),
        (("sheets", 0, "disputed"), "yes", "sheets[0].disputed", "not_flag"),
        (("roll", "entries", 1, "id"), "1-101", "roll.entries[1].id", "repeated"),
        (("roll", "entries", 0, "heads"), 2, "roll.entries[0].heads", "out_of_range"),
        (("roll", "entries"), ..., "roll.entries", "entries_missing"),
        (("roll", "area_m2"), "620.51", "roll.area_m2", "does_not_add_up"),
        (("roll", "heads"), 7, "roll.heads", "does_not_add_up"),
        (("questions", 0, "invalid"), [], "questions[0]", "both_forms"),
        (("questions", 1, "seats"), 9, "questions[1].seats", "out_of_range"),
        (
            ("questions", 1, "options", 0, "key"),
            "for",
            "questions[1].options[0].key",
            "reserved_key",
        ),
        (("questions", 1, "key"), "1", "questions[1].key", "repeated"),
        (("rules", "preset"), "CN-2007", "rules.duplicate", "policy_missing"),
    ],
)
def test_one_wrong_place_among_sheets_is_named(path, value, where, code):
    document = by_sheets()
    if value == "CN-2007":
        document["ballot"]["date"] = "2015-06-01"
    assert (where, code) in problems(put(document, path, value))


def test_every_problem_is_told_at_once():
    document = renewal()
    document["questions"][0]["options"][2]["area_m2"] = "eight"
    document["roll"]["heads"] = "many"
    document["ballot"]["kind"] = "secret"
    found = problems(document)
    assert {where for where, _ in found} >= {
        "questions[0].options[2].area_m2",
        "roll.heads",
        "ballot.kind",
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe{", "not_json"),
        (b"[]", "not_object"),
        (b'{"format": "hall-count", "format": "hall-count"}', "key_repeated"),
        (b"[" * 100_000, "not_json"),
        (b'{"format": ' + b"9" * 10_000 + b"}", "not_json"),
    ],
)
def test_what_is_no_document_is_refused_in_one_word(data, code):
    assert [c for _, c in problems(data)] == [code]


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"1e309", b"7.0"])
def test_no_number_ever_becomes_a_float(number):
    data = encoded(renewal()).replace(b'"heads": 238', b'"heads": ' + number)
    assert ("roll.heads", "not_whole") in problems(data)


def test_a_byte_order_mark_is_no_problem():
    assert load(b"\xef\xbb\xbf" + encoded(renewal())) == load(encoded(renewal()))


# --- rules -----------------------------------------------------------------------------------


def test_the_ballots_day_decides_between_old_and_new_law():
    document = renewal()
    document["ballot"]["date"] = "2019-06-26"
    del document["questions"][0]["claimed"]
    file = load(encoded(document))
    assert file.rules is not None
    assert file.rules.id == "CN-2007"
    assert count(file).questions[0].outcome.verdict == "not_adopted"  # E1 d


def test_a_whole_rule_set_travels_with_the_document():
    rules = with_clauses(preset("SC"), {"quorum.heads": Clause([3, 4, "GE"], "第九条", "a" * 64)})
    document = put(renewal(), ("rules",), {"ruleset": to_document(rules)})
    file = load(encoded(document))
    assert file.rules == rules
    assert load(dump(file).encode()).rules == rules
    report = count(file)
    assert report.questions[0].outcome.verdict == "no_quorum"  # 159 of 238 is under three quarters
    assert report.agrees is False


def test_policies_beside_a_preset():
    document = put(renewal(), ("rules", "invalid_marks"), "AS_ABSTAIN")
    file = load(encoded(document))
    assert file.rules is not None
    assert file.rules.invalid_marks == "AS_ABSTAIN"
    assert file.rules.source_of("invalid_marks").kind == "document"
    assert load(dump(file).encode()) == file
