"""How figures, days and names are written, in both languages; all times in Asia/Shanghai."""

# ruff: noqa: S704  (markup is built here from numbers and our own words; the rest is escaped)
from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from flask import Flask
from markupsafe import Markup, escape

from hall import areas, clock
from hall.web.i18n import EN, N_, gettext, language, ngettext

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WEEKDAYS_ZH = "一二三四五六日"
_FIGURE = re.compile(r"\d[\d,]*(?:[.:]\d+)*%?")
# What stands in escaped text and is no text: tags, and signs like &#39;
_MARKUP_OR_FIGURE = re.compile(rf"<[^>]*>|&#?\w+;|{_FIGURE.pattern}")
_CLAUSE = re.compile(r"[^，。？！；：、]+[，。？！；：、”」）]*|[，。？！；：、]+")
_UNIT = re.compile(r"^(\w+?)栋(?:(\w+?)单元)?(\w+)$")


def square_metres() -> str:
    """The unit sign of the language."""
    return "m²" if language() == EN else "㎡"


def m2(area_cm2: int) -> str:
    """'12,919.30 ㎡' of an area in cm²; exact, with as many decimals as the figure has."""
    return f"{areas.format_m2(area_cm2, group=True)} {square_metres()}"


def group(n: int) -> str:
    """1,234."""
    return f"{n:,}"


def num(value: int | str) -> Markup:
    """Figures set in the figure face: an integer, or every figure inside a text."""
    if isinstance(value, int):
        return Markup('<span class="num">{}</span>').format(f"{value:,}")
    return Markup(_MARKUP_OR_FIGURE.sub(_set, str(escape(value))))


def _set(found: re.Match[str]) -> str:
    return found[0] if found[0][0] in "<&" else f'<span class="num">{found[0]}</span>'


def _as_day(value: date | datetime) -> date:
    return clock.local_date(value) if isinstance(value, datetime) else value


def full_date(value: date | datetime) -> str:
    """2026年12月9日 / 9 December 2026."""
    d = _as_day(value)
    if language() == EN:
        return f"{d.day} {_MONTHS[d.month - 1]} {d.year}"
    return f"{d.year}年{d.month}月{d.day}日"


def day(value: date | datetime) -> str:
    """Like full_date, without the year when it is this year."""
    d = _as_day(value)
    if d.year != clock.local_date(clock.now()).year:
        return full_date(d)
    if language() == EN:
        return f"{d.day} {_MONTHS[d.month - 1]}"
    return f"{d.month}月{d.day}日"


def weekday(value: date | datetime) -> str:
    """周五 / Friday."""
    n = _as_day(value).weekday()
    return _WEEKDAYS_EN[n] if language() == EN else f"周{_WEEKDAYS_ZH[n]}"


def clock_time(value: datetime) -> str:
    """20:00 on the Shanghai clock."""
    return value.astimezone(clock.SHANGHAI).strftime("%H:%M")


def full_datetime(value: datetime) -> str:
    """2026年12月9日 20:00 / 9 December 2026, 20:00."""
    return _join(full_date(value), clock_time(value))


def daytime(value: datetime) -> str:
    """Like full_datetime, without the year when it is this year."""
    return _join(day(value), clock_time(value))


def seconds(value: datetime) -> str:
    """daytime to the second: for receipts and stop screens that speak of a moment."""
    return _join(day(value), value.astimezone(clock.SHANGHAI).strftime("%H:%M:%S"))


def _join(d: str, t: str) -> str:
    return f"{d}, {t}" if language() == EN else f"{d} {t}"


def deadline(value: datetime) -> str:
    """12月9日（周五）20:00 / Friday 9 December, 20:00; midnight is told as the end of the day before."""
    local = value.astimezone(clock.SHANGHAI)
    time = local.strftime("%H:%M")
    d = local.date()
    if time == "00:00":
        d, time = d - timedelta(days=1), "24:00"
    if language() == EN:
        return f"{weekday(d)} {day(d)}, {time}"
    return f"{day(d)}（{weekday(d)}）{time}"


def daytime_range(start: datetime, end: datetime) -> str:
    """11月26日 08:00 至 12月9日 20:00 / 26 November, 08:00 to 9 December, 20:00."""
    word = " to " if language() == EN else " 至 "
    return f"{daytime(start)}{word}{daytime(end)}"


def time_left(until: datetime) -> str:
    """还剩 7 天 / 7 days left; hours below two days, minutes below two hours."""
    left = int((until - clock.now()).total_seconds())
    if left <= 0:
        return gettext("已截止")
    if left >= 2 * 86400:
        return ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", left // 86400)
    if left >= 2 * 3600:
        return ngettext("还剩 %(n)s 小时", "还剩 %(n)s 小时", left // 3600)
    return ngettext("还剩 %(n)s 分钟", "还剩 %(n)s 分钟", max(1, left // 60))


def percent(part: int, whole: int) -> str:
    """part of whole, truncated to two decimals, never rounded up to a line."""
    return areas.percent(part, whole)


def listing(items: Iterable[object]) -> str:
    """甲、乙、丙 / A, B, C."""
    return (", " if language() == EN else "、").join(str(i) for i in items)


def mask_name(name: str) -> str:
    """胡**: the first character and no hint of the length."""
    return f"{name[0]}**" if name else ""


def mask_phone(phone: str) -> str:
    """138****2071; a short number is hidden but for its last two digits."""
    if len(phone) >= 8:
        return f"{phone[:3]}****{phone[-4:]}"
    return f"****{phone[-2:]}" if phone else ""


def clauses(text: str) -> Markup:
    """A title whose lines break at its punctuation: each clause is kept in one piece."""
    if language() == EN and text.isascii():
        return escape(text)
    parts = _CLAUSE.findall(str(text) if isinstance(text, Markup) else str(escape(text)))
    if len(parts) < 2 or "<" in text:
        return escape(text)
    return Markup("".join(f'<span class="cl">{p}</span>' for p in parts))


def unit_label(label: str) -> str:
    """A unit's official words; in English 2栋1单元502 reads 'Building 2, entrance 1, 502'."""
    if language() != EN:
        return label
    found = _UNIT.match(label)
    if not found or not found[1].isascii():
        return label
    building, entrance, room = found.groups()
    if entrance is None:
        return gettext("%(building)s栋%(room)s", building=building, room=room)
    return gettext(
        "%(building)s栋%(entrance)s单元%(room)s", building=building, entrance=entrance, room=room
    )


def zh(text: str) -> Markup:
    """Chinese content (names, titles) on an English page says its language."""
    if language() == EN and not str(text).isascii():
        return Markup('<span lang="zh-CN">{}</span>').format(text)
    return escape(text)


# The answers that the system itself puts on a sheet; what a chair typed is nobody's to translate.
_ANSWERS = {
    "同意": N_("同意（票面）"),
    "反对": N_("反对（票面）"),
    "弃权": N_("弃权（票面）"),
    "都不同意": N_("都不同意（票面）"),
    "以上都不合适": N_("以上都不合适（票面）"),
    "都不选": N_("都不选（票面）"),
}


def answer(label: str) -> Markup:
    """An option as it stands on the sheet; on an English page its meaning before the words that count."""
    if language() != EN or label not in _ANSWERS:
        return zh(label)
    return Markup('{} <span lang="zh-CN">{}</span>').format(gettext(_ANSWERS[label]), label)


def tel(phone: str) -> str:
    """A telephone number as a tel: link wants it: digits and a leading plus."""
    return re.sub(r"(?!^\+)[^0-9]", "", phone)


FILTERS: dict[str, Callable[..., object]] = {
    "m2": m2,
    "group": group,
    "num": num,
    "date": full_date,
    "day": day,
    "weekday": weekday,
    "clock_time": clock_time,
    "datetime": full_datetime,
    "daytime": daytime,
    "seconds": seconds,
    "deadline": deadline,
    "daytime_range": daytime_range,
    "time_left": time_left,
    "percent": percent,
    "listing": listing,
    "mask_name": mask_name,
    "mask_phone": mask_phone,
    "clauses": clauses,
    "unit_label": unit_label,
    "answer": answer,
    "zh": zh,
    "tel": tel,
}


def init_app(app: Flask) -> None:
    """Give templates the filters and the unit sign."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(square_metres=square_metres)
