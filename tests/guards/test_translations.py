"""English is complete and clean; Chinese is written with Chinese punctuation."""

from __future__ import annotations

import pytest

from hall.web.i18n import catalog
from tests.guards import texts

USED = texts.used()
ENGLISH = texts.catalogs("en")


def test_every_message_has_english():
    known = {m for file in ENGLISH.values() for m, text in file.items() if _whole(text)}
    missing = [f"{m.id!r} ({m.places[0]})" for m in USED.values() if m.id not in known]
    assert not missing, "\n".join(missing)


def test_no_english_without_a_message():
    stale = [f"{file}: {m!r}" for file, texts_ in ENGLISH.items() for m in texts_ if m not in USED]
    assert not stale, "\n".join(stale)


def test_plural_messages_have_both_forms():
    flat = {m: text for file in ENGLISH.values() for m, text in file.items()}
    wrong = [m.id for m in USED.values() if m.plural and not isinstance(flat.get(m.id), tuple)]
    assert not wrong, wrong


def test_files_agree():
    seen: dict[str, tuple[str, object]] = {}
    wrong = []
    for file, entries in ENGLISH.items():
        for message, text in entries.items():
            other, before = seen.setdefault(message, (file, text))
            if type(before) is type(text) and before != text:
                wrong.append(f"{message!r}: {before!r} in {other}, {text!r} in {file}")
    assert not wrong, "\n".join(wrong)
    assert set(catalog("en")) == set(seen)


@pytest.mark.parametrize("file", ENGLISH)
def test_placeholders_match(file):
    wrong = []
    for message, text in ENGLISH[file].items():
        for form in text if isinstance(text, tuple) else [text]:
            # A singular form may say "one" instead of the number.
            spare = {"n"} if isinstance(text, tuple) else set()
            if (
                texts.placeholders(form) ^ texts.placeholders(message) > spare
                or (texts.placeholders(form) ^ texts.placeholders(message)) - spare
            ):
                wrong.append((message, form))
    assert not wrong, wrong


@pytest.mark.parametrize("file", ENGLISH)
def test_no_chinese_left_in_english(file):
    wrong = [
        (message, form)
        for message, text in ENGLISH[file].items()
        for form in (text if isinstance(text, tuple) else [text])
        if texts.CJK.search(form)
    ]
    assert not wrong, wrong


def test_no_text_out_of_reach_of_translation():
    allowed = {
        "hall/web/filters.py",  # writes dates and lists in both languages itself
        "hall/web/assets.py",
    }
    wrong = [t for t in texts.untranslatable() if t.split(":")[0] not in allowed]
    assert not wrong, "\n".join(wrong)


def test_chinese_takes_full_width_punctuation():
    wrong = [f"{m.id} ({m.places[0]})" for m in USED.values() if texts.HALF_WIDTH.search(m.id)]
    assert not wrong, "\n".join(wrong)


def _whole(text: str | tuple[str, ...]) -> bool:
    return all(text) if isinstance(text, tuple) else bool(text)


def test_the_guards_see():
    assert texts.HALF_WIDTH.search("已投,还差")
    assert texts.HALF_WIDTH.search("时间:12:00")
    assert not texts.HALF_WIDTH.search("时间：12:00")
    assert texts.HALF_WIDTH.search("面积(含公摊)")
    assert not texts.HALF_WIDTH.search("面积（含公摊）")
    assert texts.placeholders("还差 %(n)s 人，100%%，%(m)s") == {"n", "m"}
    assert texts.placeholders("100% 的") == {"%"}
    env = texts.Environment()
    assert texts._bare_in_template(env, "<p>你好</p>{{ _('好') }}{{ x('坏') }}") == ["坏", "你好"]
    assert texts._bare_in_python(texts.ast.parse("'''说明'''\nx = N_('好')\ny = '坏'")) == ["坏"]
