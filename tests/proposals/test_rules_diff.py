"""What changed between two wordings: readable, exact, and done in bounded work."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hall.proposals.rules.diff import compare, segments, with_end, words

TEXT = st.text(alphabet="第一二条合同期限三年，。\n 1.35a%👨‍👩‍👧שב", max_size=120)


def pieces(old, new):
    return [(s.kind, s.text) for s in segments(old, new)]


@settings(max_examples=60)
@given(TEXT, TEXT)
def test_both_texts_come_back(old, new):
    found = compare(old, new)
    assert "".join(c.old for c in found) == with_end(old)
    assert "".join(c.new for c in found) == with_end(new)
    assert "".join(words(old)) == old


@settings(max_examples=30)
@given(TEXT)
def test_nothing_changed_says_so(text):
    assert all(c.kind == "same" for c in compare(text, text))


def test_a_figure_is_one_word():
    assert pieces("每月 1.35 元", "每月 1.10 元") == [
        ("same", "每月 "),
        ("del", "1.35"),
        ("ins", "1.10"),
        ("same", " 元"),
    ]


def test_neighbouring_characters_are_one_change():
    assert pieces("合同期限三年，自签字起", "合同期限两年半，自签字起") == [
        ("same", "合同期限"),
        ("del", "三年"),
        ("ins", "两年半"),
        ("same", "，自签字起"),
    ]


def test_clauses_keep_their_partners():
    old = "第一条 服务范围。\n第二条 合同期限三年。\n第三条 报修及时处理。"
    new = "第一条 服务范围。\n第二条 合同期限两年。\n第三条 报修及时处理。\n第四条 每季度公布收支。"
    assert [c.kind for c in compare(old, new)] == ["same", "changed", "same", "added"]
    back = [c.kind for c in compare(new, old)]
    assert back == ["same", "changed", "same", "removed"]


def test_work_is_bounded():
    """Counted, not timed: these would take the square or worse of 20,000."""
    for old, new in (
        ("的" * 20_000, "的" * 19_999 + "了"),
        ("a\n" * 10_000, "b\n" + "a\n" * 9_000 + "c"),
        ("a。b。" * 5_000, "b。a。a。" * 3_333),
        ("甲乙" * 5_000, "乙丙" * 5_000),
    ):
        found = compare(old, new)
        assert "".join(c.old for c in found) == with_end(old)
        assert "".join(c.new for c in found) == with_end(new)
