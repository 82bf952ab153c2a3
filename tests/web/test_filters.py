"""How figures, days and names are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from markupsafe import Markup

from hall.errors import Blocker
from hall.web import filters, messages
from hall.web.access import here
from hall.web.i18n import EN, ZH, in_language

CLOSE = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)  # 20:00 in Shanghai


@pytest.fixture(params=["zh", "en"])
def lang(request, app):
    with app.test_request_context(f"/a/b?lang={request.param}"):
        yield request.param


def both(lang, zh, en):
    return zh if lang == "zh" else en


def test_areas(lang):
    assert filters.m2(924600) == both(lang, "92.46 ㎡", "92.46 m²")
    assert filters.m2(129190001) == both(lang, "12,919.0001 ㎡", "12,919.0001 m²")


def test_days(lang):
    assert filters.full_date(CLOSE) == both(lang, "2026年12月9日", "9 December 2026")
    assert filters.day(date(2026, 1, 2)) == both(lang, "1月2日", "2 January")
    assert filters.day(date(2025, 1, 2)) == both(lang, "2025年1月2日", "2 January 2025")
    assert filters.weekday(date(2026, 12, 9)) == both(lang, "周三", "Wednesday")


def test_a_day_is_the_day_in_shanghai(lang):
    assert filters.full_date(datetime(2026, 12, 8, 16, 0, tzinfo=UTC)).startswith(
        both(lang, "2026年12月9日", "9 December")
    )


def test_times(lang):
    assert filters.full_datetime(CLOSE) == both(
        lang, "2026年12月9日 20:00", "9 December 2026, 20:00"
    )
    assert filters.seconds(CLOSE + timedelta(seconds=52)) == both(
        lang, "12月9日 20:00:52", "9 December, 20:00:52"
    )
    assert filters.daytime_range(CLOSE, CLOSE + timedelta(days=1)) == both(
        lang, "12月9日 20:00 至 12月10日 20:00", "9 December, 20:00 to 10 December, 20:00"
    )


def test_a_deadline_at_midnight_is_the_end_of_the_day_before(lang):
    midnight = datetime(2026, 12, 9, 16, 0, tzinfo=UTC)
    assert filters.deadline(midnight) == both(
        lang, "12月9日（周三）24:00", "Wednesday 9 December, 24:00"
    )
    assert filters.deadline(CLOSE) == both(
        lang, "12月9日（周三）20:00", "Wednesday 9 December, 20:00"
    )


@pytest.mark.parametrize(
    ("left", "zh", "en"),
    [
        (timedelta(days=7, hours=5), "还剩 7 天", "7 days left"),
        (timedelta(hours=47), "还剩 47 小时", "47 hours left"),
        (timedelta(minutes=119), "还剩 119 分钟", "119 minutes left"),
        (timedelta(seconds=20), "还剩 1 分钟", "1 minute left"),
        (timedelta(0), "已截止", "Closed"),
    ],
)
def test_time_left(lang, now, left, zh, en):
    assert filters.time_left(now + left) == both(lang, zh, en)


def test_shares_are_cut_off_never_rounded_up():
    assert filters.percent(2, 3) == "66.66%"
    assert filters.percent(199999, 200000) == "99.99%"
    assert filters.percent(0, 0) == "—"


@pytest.mark.parametrize(("name", "masked"), [("胡大样", "胡**"), ("欧", "欧**"), ("", "")])
def test_names_are_masked_without_their_length(name, masked):
    assert filters.mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"), [("13800002071", "138****2071"), ("62345", "****45"), ("", "")]
)
def test_phones_are_masked(phone, masked):
    assert filters.mask_phone(phone) == masked


def test_figures_get_their_face_and_the_rest_is_escaped():
    assert filters.num(1234) == Markup('<span class="num">1,234</span>')
    assert filters.num("the council's 3") == Markup('the council&#39;s <span class="num">3</span>')
    assert filters.num(Markup('<a href="/e/1">2</a>')) == Markup(
        '<a href="/e/1"><span class="num">2</span></a>'
    )
    assert filters.num("<2栋> 12:30") == Markup(
        '&lt;<span class="num">2</span>栋&gt; <span class="num">12:30</span>'
    )


def test_titles_break_at_punctuation():
    assert filters.clauses("续聘物业，合同两年") == Markup(
        '<span class="cl">续聘物业，</span><span class="cl">合同两年</span>'
    )
    assert filters.clauses("续聘") == "续聘"
    assert filters.clauses("甲<b>，乙") == Markup("甲&lt;b&gt;，乙")


def test_units_in_english(lang):
    assert filters.unit_label("2栋1单元502") == both(
        lang, "2栋1单元502", "Building 2, entrance 1, 502"
    )
    assert filters.unit_label("3栋502") == both(lang, "3栋502", "Building 3, 502")
    assert filters.unit_label("东区商铺5") == "东区商铺5"


def test_telephone_links():
    assert filters.tel("+86 (021) 0000-0000") == "+8602100000000"


def test_blockers_read_as_sentences(lang, now):
    found = Blocker("password_too_short", {"least": 8})
    assert messages.sentence(found) == both(
        lang,
        "密码太短，至少 8 位。可以用一句话。",
        "The password is too short: at least 8 characters. A sentence is fine.",
    )
    later = Blocker("throttled", not_before=CLOSE)
    assert "12月9日 20:00" in messages.sentence(later) or "9 December, 20:00" in messages.sentence(
        later
    )
    codes = Blocker("posts_exclude_each_other", {"wanted": "scrutineer", "held": "chair"})
    assert both(lang, "监票人", "scrutineer") in messages.sentence(codes)
    day = Blocker("post_ends_in_past", {"today": "2026-05-06"})
    assert both(lang, "5月6日", "6 May") in messages.sentence(day)


def test_facts_by_name():
    assert messages.fact("gap_cm2", 25_780_500) == "2,578.05 ㎡"
    assert messages.fact("list", ["甲", "乙"]) == "甲、乙"
    assert messages.fact("n", 1234) == "1,234"


def test_an_unknown_code_is_not_swallowed(lang):
    assert "never_heard_of" in messages.sentence(Blocker("never_heard_of"))


def test_a_refusal_takes_the_status_its_codes_agree_on():
    assert messages.status((Blocker("throttled"),)) == 429
    assert messages.status((Blocker("throttled"), Blocker("login_taken"))) == 409


def test_here_is_path_and_query(lang):
    assert here() == f"/a/b?lang={lang}"


def test_an_answer_says_what_it_means_before_the_words_that_count(app):
    def english(label):
        return in_language(EN, lambda: filters.answer(label))

    with app.test_request_context("/"):
        assert english("同意") == 'For <span lang="zh-CN">同意</span>'
        assert english("都不选") == 'None of them <span lang="zh-CN">都不选</span>'
        assert english("甲方案") == '<span lang="zh-CN">甲方案</span>'
        assert in_language(ZH, lambda: filters.answer("同意")) == "同意"
