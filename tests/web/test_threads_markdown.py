"""A few marks, made safe: what was typed never becomes a tag."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.web.threads.markdown import render

P = '<p dir="auto">{}</p>'
LINK = '<a href="{}" rel="nofollow ugc noopener noreferrer">{}</a> <small>{}</small>'


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("一段\n换行", P.format("一段<br>换行")),
        ("一段\n\n两段", P.format("一段") + "\n" + P.format("两段")),
        ("很**重要**的", P.format("很<strong>重要</strong>的")),
        ("**没有完", P.format("**没有完")),
        (
            "要点：\n- 一\n- 二",
            P.format("要点：")
            + '\n<ul class="md"><li dir="auto">一</li><li dir="auto">二</li></ul>',
        ),
        ("3. 第三条", '<ul class="md md--n"><li dir="auto">3. 第三条</li></ul>'),
        (
            "看[合同](https://example.org/a?b=1&c=2)",
            P.format(
                "看" + LINK.format("https://example.org/a?b=1&amp;c=2", "合同", "example.org")
            ),
        ),
        ("https://example.org", P.format("https://example.org")),
        ("[x](javascript:alert(1))", P.format("[x](javascript:alert(1))")),
        ("[x](https://)", P.format("[x](https://)")),
        ("![图](https://example.org/a.png)", None),
        ("<script>alert(1)</script>", P.format("&lt;script&gt;alert(1)&lt;/script&gt;")),
        ("**<b>**", P.format("<strong>&lt;b&gt;</strong>")),
        ('[<i>](https://e.org/"onx=1)', P.format("[&lt;i&gt;](https://e.org/&#34;onx=1)")),
        ("مرحبا بالعالم", P.format("مرحبا بالعالم")),
        ("", ""),
    ],
)
def test_marks(typed, html):
    if html is not None:
        assert str(render(typed)) == html
    assert "<img" not in render(typed)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, tuple(k for k, _ in attrs)))


ALLOWED = {
    ("p", ("dir",)),
    ("br", ()),
    ("strong", ()),
    ("ul", ("class",)),
    ("li", ("dir",)),
    ("a", ("href", "rel")),
    ("small", ()),
}


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "<b>",
                "**",
                "[",
                "](",
                "https://e.org",
                ")",
                "- ",
                "1. ",
                "\n",
                '"',
                "'",
                "&",
                "x ",
                "<",
                ">",
                "`",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_only_these_tags_ever(typed):
    seen = Tags()
    seen.feed(str(render(typed)))
    assert set(seen.seen) <= ALLOWED
