"""Presets, an estate's clauses, canonical JSON, legal reach."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.errors import Refused
from hall.rulesets.rules import (
    FLOOR,
    PRESETS,
    Base,
    Clause,
    LegalReach,
    MatterClass,
    Op,
    Threshold,
    applicable,
    clauses_from_json,
    clauses_to_json,
    digest,
    from_json,
    listing,
    missing_policies,
    online_blockers,
    preset,
    to_json,
    why_not_clause,
    with_clauses,
)
from hall.rulesets.rules.fields import BY_PATH, FIELDS

SHA = "ab" * 32
BASE = preset(FLOOR)


def clause(value: object, number: str = "第十二条", sha: str = SHA) -> Clause:
    return Clause(value, number, sha)


def codes(path: str, value: object, base=BASE, **kw: str) -> list[str]:
    return [b.code for b in why_not_clause(base, path, clause(value, **kw))]


# --- presets ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(PRESETS) - {"CN-2007"}))
def test_no_shipped_profile_is_below_the_floor_or_incomplete(name):
    rules = preset(name)
    for field in FIELDS:
        if field.form == "share" and field.move == "up":
            mine, floor = getattr(rules, field.name), getattr(BASE, field.name)
            assert not mine.weaker_than(floor)
    assert rules.matters == BASE.matters
    assert rules.base is Base.PARTICIPANTS
    assert missing_policies(rules) == ()


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("CN-2021", "quorum_area", Threshold(2, 3, Op.GE)),
        ("CN-2021", "ordinary_heads", Threshold(1, 2, Op.GT)),
        ("CN-2021", "special_area", Threshold(3, 4, Op.GE)),
        ("CN-2021", "notice_days", 15),
        ("CN-2021", "window_min_days", 7),
        ("CN-2021", "window_max_days", 60),
        ("CN-2021", "invalid_marks", "NOT_PARTICIPATING"),
        ("CN-2021", "nonreturn", "NOT_PARTICIPATING"),
        ("CN-2021", "duplicate", "FIRST_VALID_WINS"),
        ("CN-2021", "extension_allowed", False),
        ("CN-2021", "parking_counts", False),
        ("CN-2021", "online_must_use_official", None),
        ("CN-2021", "proxy_cap", 3),
        ("SC", "online_must_use_official", None),
        ("BJ", "online_must_use_official", True),
        ("BJ", "result_publish_days", 3),
        ("HZ", "notice_days_temporary", 7),
        ("HZ", "window_min_days", 5),
        ("HZ", "paper_on_request", True),
        ("HZ", "notice_days", 15),
        ("QY", "objection_days", 15),
        ("QY", "online_must_use_official", True),
        ("QY", "result_consult_start_days", 7),
        ("LC", "parallel_paper_required", True),
        ("WF", "online_must_use_official", True),
        ("ZS", "board_service_days", 7),
        ("SH", "scope_votes", True),
        ("CN-2007", "quorum_heads", Threshold(1, 2, Op.GT)),
        ("CN-2007", "special_heads", Threshold(2, 3, Op.GE)),
        ("CN-2007", "base", Base.TOTAL),
        ("CN-2007", "invalid_marks", None),
    ],
)
def test_preset_values_of_the_rule_book(name, field, value):
    assert getattr(preset(name), field) == value


@pytest.mark.parametrize(
    ("name", "on", "found"),
    [
        ("SC", date(2021, 1, 1), "SC"),
        ("SC", date(2020, 12, 31), "CN-2007"),
        ("CN-2021", date(2007, 10, 1), "CN-2007"),
        ("CN-2007", date(2026, 1, 1), "CN-2021"),
        ("CN-2007", date(2010, 1, 1), "CN-2007"),
    ],
)
def test_the_rules_of_that_day(name, on, found):
    assert applicable(name, on).id == found


def test_before_the_property_law_there_are_none():
    with pytest.raises(ValueError, match="no_rules_on"):
        applicable("SC", date(2007, 9, 30))
    with pytest.raises(ValueError, match="preset_unknown"):
        preset("XX")


# --- clauses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("quorum.heads", [3, 4, "GE"]),
        ("quorum.area", [2, 3, "GT"]),
        ("quorum.area", [4, 6, "GE"]),
        ("classes.ORDINARY.heads", [2, 3, "GE"]),
        ("classes.SPECIAL.area", [4, 5, "GE"]),
        ("base", "TOTAL"),
        ("matters.5", "SPECIAL"),
        ("notice_days", 20),
        ("notice_days_temporary", 15),
        ("window.min_days", 10),
        ("window.max_days", 30),
        ("objection_days", 15),
        ("result_publish_days", 1),
        ("extension.allowed", True),
        ("extension.max_days", 15),
        ("invalid_marks", "AS_ABSTAIN"),
        ("nonreturn", "FOLLOW_MAJORITY"),
        ("duplicate", "PAPER_PREVAILS"),
        ("parking_counts", True),
        ("election_tiebreak", ["AREA", "RUNOFF"]),
        ("paper_on_request", True),
        ("proxy.cap", 2),
        ("convene.heads", [1, 10, "GE"]),
    ],
)
def test_stricter_or_free_is_taken_with_its_source(path, value):
    rules = with_clauses(BASE, {path: clause(value)})
    assert codes(path, value) == []
    assert rules.source_of(path).kind == "clause"
    assert rules.source_of(path).ref == "第十二条"
    assert rules.source_of(path).file_sha256 == SHA
    assert from_json(to_json(rules)) == rules
    assert digest(rules) != digest(BASE)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("quorum.heads", [1, 2, "GE"]),
        ("quorum.heads", [66, 100, "GE"]),
        ("classes.ORDINARY.heads", [1, 2, "GE"]),
        ("classes.ORDINARY.area", [49, 100, "GT"]),
        ("classes.SPECIAL.heads", [2, 3, "GE"]),
        ("matters.6", "ORDINARY"),
        ("notice_days", 14),
        ("notice_days_temporary", 7),
        ("window.min_days", 5),
        ("window.max_days", 61),
        ("objection_days", 3),
        ("result_publish_days", 10),
        ("extension.max_days", 60),
        ("proxy.cap", 10),
        ("proxy.manager_staff", True),
        ("convene.heads", [1, 3, "GE"]),
    ],
)
def test_below_the_floor_is_refused(path, value):
    assert codes(path, value) == ["clause_below_floor"]
    with pytest.raises(Refused):
        with_clauses(BASE, {path: clause(value)})


def test_where_local_law_allows_a_shorter_notice_the_clause_may_lie_between():
    hangzhou = preset("HZ")
    assert codes("notice_days_temporary", 10, hangzhou) == []
    assert codes("notice_days_temporary", 6, hangzhou) == ["clause_below_floor"]


def test_a_total_base_cannot_be_given_up():
    old = preset("CN-2007")
    assert codes("base", "PARTICIPANTS", old) == ["clause_below_floor"]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("quorum", [2, 3, "GE"], ["clause_unknown_field"]),
        ("matters.10", "SPECIAL", ["clause_unknown_field"]),
        ("online_must_use_official", False, ["clause_reserved"]),
        ("contest_years", 2, ["clause_reserved"]),
        ("extension.times", 2, ["clause_reserved"]),
        ("heads.multi_unit", 15, ["clause_reserved"]),
        ("proxy.allowed", False, ["clause_reserved"]),
        ("quorum.heads", [2, 3], ["clause_value_malformed"]),
        ("quorum.heads", [2, 3, ">"], ["clause_value_malformed"]),
        ("quorum.heads", [2.0, 3, "GE"], ["clause_value_malformed"]),
        ("quorum.heads", [True, 3, "GE"], ["clause_value_malformed"]),
        ("quorum.heads", [4, 3, "GE"], ["clause_value_malformed"]),
        ("notice_days", "20", ["clause_value_malformed"]),
        ("notice_days", True, ["clause_value_malformed"]),
        ("extension.allowed", 1, ["clause_value_malformed"]),
        ("invalid_marks", "VALID", ["clause_value_malformed"]),
        ("election_tiebreak", ["HEADS", "LOT"], ["clause_value_malformed"]),
        ("election_tiebreak", ["RUNOFF", "HEADS"], ["clause_value_malformed"]),
        ("election_tiebreak", ["HEADS", "AREA"], ["clause_value_malformed"]),
    ],
)
def test_clauses_that_are_none(path, value, expected):
    assert codes(path, value) == expected


def test_a_clause_names_its_number_and_its_document():
    assert codes("notice_days", 20, number=" ") == ["clause_number_missing"]
    assert codes("notice_days", 20, sha="123") == ["clause_file_missing"]
    assert codes("notice_days", 14, number="", sha="") == [
        "clause_number_missing",
        "clause_file_missing",
        "clause_below_floor",
    ]


def test_every_wrong_clause_is_told_at_once():
    wrong = {"quorum.heads": clause([1, 2, "GE"]), "notice_days": clause(1), "x": clause(1)}
    with pytest.raises(Refused) as caught:
        with_clauses(BASE, wrong)
    assert [b.code for b in caught.value.blockers] == [
        "clause_below_floor",
        "clause_below_floor",
        "clause_unknown_field",
    ]


def test_a_window_needs_room():
    wrong = {"window.min_days": clause(40), "window.max_days": clause(30)}
    with pytest.raises(Refused) as caught:
        with_clauses(BASE, wrong)
    (found,) = caught.value.blockers
    assert (found.code, dict(found.facts)) == (
        "clause_window_empty",
        {"min_days": 40, "max_days": 30},
    )


def test_clauses_fill_what_an_old_rule_set_leaves_open():
    rules = with_clauses(preset("CN-2007"), {"invalid_marks": clause("AS_ABSTAIN")})
    assert "invalid_marks" not in missing_policies(rules)


def test_clauses_as_json():
    clauses = {"quorum.heads": clause([3, 4, "GE"]), "extension.allowed": clause(True)}
    assert clauses_from_json(clauses_to_json(clauses)) == clauses
    for bad in (
        "[]",
        "{",
        '{"x": 1}',
        '{"x": {"value": 1}}',
        '{"x":{"value":1,"clause_no":2,"file_sha256":""}}',
    ):
        with pytest.raises(ValueError, match=r"."):
            clauses_from_json(bad)


# --- canonical JSON --------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_json_there_and_back(name):
    rules = preset(name)
    text = to_json(rules)
    assert from_json(text) == rules
    assert text == json.dumps(
        json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert set(json.loads(text)["fields"]) == set(BY_PATH)


def test_presets_have_different_digests():
    assert len({digest(preset(name)) for name in PRESETS}) == len(PRESETS)


@given(
    st.sampled_from([field.path for field in FIELDS]),
    st.recursive(
        st.none() | st.booleans() | st.integers(-5, 70) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=4,
    ),
)
def test_any_other_value_is_refused_by_name_or_read_whole(path, value):
    document = json.loads(to_json(BASE))
    document["fields"][path] = value
    text = json.dumps(document)
    message = refusal(text)
    if message is None:
        assert json.loads(to_json(from_json(text)))["fields"][path] == value
    else:
        assert path in message or path.startswith(("quorum", "classes"))


def refusal(text: str) -> str | None:
    try:
        from_json(text)
    except ValueError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("format"),
        lambda d: d.update(id=""),
        lambda d: d.update(effective=["2021-01-01"]),
        lambda d: d.update(effective=["yesterday", None]),
        lambda d: d["fields"].pop("quorum.heads"),
        lambda d: d["fields"].update({"quorum.hedas": [2, 3, "GE"]}),
        lambda d: d["fields"].update({"matters.6": "EASY"}),
        lambda d: d.update(sources={"quorum.heads": {"kind": 1}}),
        lambda d: d.update(sources={"nothing": {"kind": "law"}}),
    ],
)
def test_a_broken_rule_set_is_refused(change):
    document = json.loads(to_json(BASE))
    change(document)
    with pytest.raises(ValueError, match=r"."):
        from_json(json.dumps(document))


# --- policies, listing, reach ----------------------------------------------------------------


def test_a_field_without_a_policy_blocks_the_notice():
    assert missing_policies(BASE) == ()
    document = json.loads(to_json(BASE))
    document["fields"]["invalid_marks"] = None
    document["fields"]["extension.allowed"] = True
    document["fields"]["extension.max_days"] = None
    assert missing_policies(from_json(json.dumps(document))) == (
        "invalid_marks",
        "extension.max_days",
    )


def test_listing_is_every_field_in_a_stable_order_with_its_source():
    rows = listing(with_clauses(preset("BJ"), {"notice_days": clause(20)}))
    assert [row.path for row in rows] == [field.path for field in FIELDS]
    by_path = {row.path: row for row in rows}
    assert by_path["quorum.heads"].source.kind == "law"
    assert by_path["online_must_use_official"].source.kind == "profile"
    assert by_path["notice_days"].source.kind == "clause"
    assert by_path["notice_days"].value == 20
    assert by_path["window.min_days"].source.kind == "default"
    assert by_path["matters.6"].value == MatterClass.SPECIAL.value
    assert by_path["invalid_marks"].required


FULL = LegalReach(False, "第十五条", "街道书面答复", date(2026, 3, 1))


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (FULL, []),
        (LegalReach(None, "第十五条", "街道书面答复", date(2026, 3, 1)), []),
        (LegalReach(True, "第十五条", "街道书面答复", date(2026, 3, 1)), ["must_use_official"]),
        (LegalReach(), ["online_clause_missing", "online_confirmation_missing"]),
        (LegalReach(False, "", "街道书面答复", date(2026, 3, 1)), ["online_clause_missing"]),
        (LegalReach(False, "第十五条", " ", date(2026, 3, 1)), ["online_confirmation_missing"]),
        (LegalReach(None, "第十五条", "街道书面答复"), ["online_confirmation_missing"]),
    ],
)
def test_online_sheets_need_law_clause_and_confirmation(reach, expected):
    assert [b.code for b in online_blockers(reach)] == expected
