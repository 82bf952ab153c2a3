"""The public record of a published result: every number on the page, recountable by anyone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hall.ballots.queries import BallotRow, ResultRow
from hall.ballots.queries.piles import count_piles
from hall.clock import iso
from hall.estates.queries import EstateRow


def canonical(document: Mapping[str, Any]) -> str:
    """Canonical JSON: sorted keys, no white space, UTF-8; the form every digest is taken of."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def title_of(ballot: BallotRow) -> str:
    """关于…的决定; a poll's document is called 征集结果, never a decision (R-0.3)."""
    if ballot.kind == "statutory":
        return f"关于{ballot.title}的决定"
    return f"{ballot.title}：意见征集结果"


def still_counts_to(ballot: BallotRow, counted: ResultRow) -> bool:
    """Whether the sheets on file still give the stored totals: a second count before publishing."""
    return count_piles(ballot).totals == counted.totals


def public_record(
    estate: EstateRow,
    ballot: BallotRow,
    counted: ResultRow,
    *,
    number: str,
    version: int,
    decided: str,
    reason: str,
    now: datetime,
) -> dict[str, Any]:
    """The record as published: a count file with the document's own particulars around it."""
    return {
        "document": {
            "number": number,
            "version": version,
            "title": title_of(ballot),
            "decided": decided.splitlines(),
            "correction_reason": reason,
            "published": iso(now),
            "notice": ballot.notice_number,
            "convener": ballot.convener,
            "counted_by": counted.counted_by,
            "scrutineers": counted.scrutineers,
            "result_version": counted.version,
            "result_digest": counted.digest,
        },
        "estate": {"name": estate.name, "street": estate.street, "community": estate.community},
        "result": dict(counted.document),
    }
