"""What docs/count-format.md says is so: its example counts, its tables name what the reader knows."""

from __future__ import annotations

import json
import re

import jsonschema

from hall.countfile import count, read_document, words
from hall.rulesets.rules import PRESETS
from tests.countfile.documents import EXAMPLES, ROOT, SCHEMA

TEXT = (ROOT / "docs" / "count-format.md").read_text(encoding="utf-8")


def test_the_example_counts_and_follows_the_schema():
    (block,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    document = json.loads(block)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    report = count(read_document(document))
    assert report.questions[0].outcome.verdict == "adopted"
    assert report.agrees


def test_every_column_the_reader_knows_is_described():
    for columns in (words.INFO, words.QUESTIONS, words.TOTALS, words.ROLL, words.VOTES):
        for chinese, english in columns.values():
            assert chinese in TEXT, chinese
            assert english in TEXT, english


def test_every_member_of_the_schema_is_described():
    names = set(SCHEMA["properties"]) | set(SCHEMA["properties"]["rules"]["properties"])
    for part in ("entry", "question", "sheet", "option"):
        names |= set(SCHEMA["$defs"][part]["properties"])
    for name in names - {"label"}:
        assert name in TEXT, name


def test_every_preset_is_in_the_schema_and_the_text():
    assert set(SCHEMA["properties"]["rules"]["properties"]["preset"]["enum"]) == set(PRESETS)
    for name in PRESETS:
        assert name in TEXT


def test_linked_files_exist():
    for target in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (ROOT / "docs" / target).exists(), target
    assert len(list(EXAMPLES.iterdir())) >= 7


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
