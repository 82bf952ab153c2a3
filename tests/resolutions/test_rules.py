"""Numbers, due times and search folding of resolutions; dates worked out by hand on a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.folding import fold, terms
from hall.resolutions import rules


def at(day: int, hour: int, minute: int = 0, *, month: int = 5, year: int = 2026) -> datetime:
    """A Shanghai wall-clock time as UTC (Shanghai is UTC+8 all year)."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("committee", "kind", "expected"),
    [
        (True, "statutory", "象外业决〔2026〕3号"),
        (True, "advisory", "象外业询〔2026〕3号"),
        (False, "advisory", "象外议询〔2026〕3号"),
    ],
)
def test_a_poll_is_never_numbered_as_a_decision(committee, kind, expected):
    assert rules.number("象外", committee, kind, 2026, 3) == expected


@given(st.sampled_from(["committee", "branch"]), st.integers(2000, 2999), st.integers(1, 99999))
def test_the_name_in_the_url_reads_back(body, year, seq):
    assert rules.parse_docno(rules.docno(body, year, seq)) == (body, year, seq)


@pytest.mark.parametrize(
    "text", ["", "committee-2026", "committee-2026-0", "a-2026-1", "committee-26-1", "../2026-1"]
)
def test_a_wrong_name_is_no_document(text):
    assert rules.parse_docno(text) is None


def test_objections_have_whole_days_and_the_day_of_publication_does_not_count():
    # Published Wednesday 6 May at noon; seven days are 7 to 13 May; over at 00:00 of 14 May.
    assert rules.objections_until(at(6, 12), 7) == at(14, 0)
    assert rules.objections_until(at(6, 12), None) == at(14, 0)
    assert rules.objections_until(at(6, 23, 59), 15) == at(22, 0)


def test_the_right_to_revocation_is_presumed_for_a_year():
    assert rules.contest_until(at(6, 12), "statutory") == date(2027, 5, 6)
    assert rules.contest_until(at(29, 12, month=2, year=2028), "statutory") == date(2029, 2, 28)
    assert rules.contest_until(at(6, 12), "advisory") is None


def test_time_publishes_a_day_after_the_count_and_never_past_the_rule():
    closed, counted = at(6, 20), at(6, 20, 1)
    assert rules.publish_due(counted, closed, 3) == at(7, 20, 1)
    # Counted late on the second day: within three days means before 00:00 of 10 May.
    assert rules.publish_due(at(9, 20), closed, 3) == max(at(9, 20), at(9, 12))
    assert rules.publish_due(at(8, 20), closed, 3) == at(9, 12)


def test_search_ignores_width_case_and_spaces():
    text = fold(["关于 续聘 ＡＢＣ 物业的决定"])
    assert all(term in text for term in terms("续聘　abc"))
    assert terms("   ") == ()
    assert len(terms("一 二 三 四 五 六 七 八 九 十")) == 8


def test_one_word_for_several_questions():
    assert rules.verdict_of(["adopted", "adopted"]) == "adopted"
    assert rules.verdict_of(["adopted", "no_quorum"]) == "several"
