"""Pure rules of publishing: numbers, due times, what the archive searches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from hall import clock

DEFAULT_PUBLISH_DAYS = 3  # BJ 37, SD 32; taken for polls as well
DEFAULT_OBJECTION_DAYS = 7  # rules §3.3
CHAIRS_DAY = timedelta(days=1)  # the chair's time to add the decided items before time publishes

_DOCNO = re.compile(r"^(?P<body>[a-z]{3,12})-(?P<year>[0-9]{4})-(?P<seq>[1-9][0-9]{0,4})$")


def docno(body: str, year: int, seq: int) -> str:
    """The document's name in URLs: committee-2026-3."""
    return f"{body}-{year}-{seq}"


def parse_docno(text: str) -> tuple[str, int, int] | None:
    """body, year and number of a document's name; None when it is none."""
    m = _DOCNO.match(text)
    return (m["body"], int(m["year"]), int(m["seq"])) if m else None


def number(short_name: str, has_committee: bool, kind: str, year: int, seq: int) -> str:
    """象外业决〔2026〕3号: estate, body, kind of document, year, number. A poll decides nothing: 询."""
    body = "业" if has_committee else "议"
    return f"{short_name}{body}{'决' if kind == 'statutory' else '询'}〔{year}〕{seq}号"


def publish_due(counted_at: datetime, close_at: datetime, publish_days: int | None) -> datetime:
    """When time publishes a result nobody has published: a day after the count, never past the rule.

    R-2.40: within publish_days calendar days of the close, that day included.
    """
    days = DEFAULT_PUBLISH_DAYS if publish_days is None else publish_days
    last = clock.day_start(clock.add_days(clock.local_date(close_at), days + 1))
    return max(counted_at, min(counted_at + CHAIRS_DAY, last - timedelta(hours=12)))


def objections_until(published_at: datetime, objection_days: int | None) -> datetime:
    """End of the objection window: whole Shanghai days, the day of publication not counted (CC 201)."""
    days = DEFAULT_OBJECTION_DAYS if objection_days is None else objection_days
    return clock.day_start(clock.add_days(clock.local_date(published_at), days + 1))


def contest_until(published_at: datetime, kind: str) -> date | None:
    """Presumed end of the right to revocation, one year on (Civil Code 280, SPC 12); none for polls."""
    if kind != "statutory":
        return None
    day = clock.local_date(published_at)
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def fold(parts: Iterable[str]) -> str:
    """Text as the archive compares it: compatibility forms, lower case, no white space at all."""
    text = unicodedata.normalize("NFKC", "\n".join(parts)).lower()
    return re.sub(r"[^\S\n]+", "", text)


def terms(text: str) -> tuple[str, ...]:
    """The words of a search, at most eight; Chinese needs no word breaks, each is matched as it stands."""
    found = (fold([word]).replace("\n", "") for word in text.split())
    return tuple(word for word in found if word)[:8]


def verdict_of(verdicts: Iterable[str]) -> str:
    """One word for a document: the questions' common verdict, or 'several'."""
    kinds = set(verdicts)
    return kinds.pop() if len(kinds) == 1 else "several"
