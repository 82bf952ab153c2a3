"""The public record of a published result: every number on the page, recountable by anyone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hall import countfile
from hall.ballots.queries import BallotRow, ResultRow
from hall.ballots.queries.piles import count_piles
from hall.clock import iso, local_date
from hall.countfile import Claim, CountFile, FileGroup, FileQuestion, OpenCount, OptionCount
from hall.counting.decision import Verdict
from hall.counting.figures import ABSTAIN, Weight
from hall.estates.queries import EstateRow


def canonical(document: Mapping[str, Any]) -> str:
    """Canonical JSON: sorted keys, no white space, UTF-8; the form every digest is taken of."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def title_of(ballot: BallotRow, counted: ResultRow) -> str:
    """关于…的决定, 表决结果 where nothing was decided; a poll's is 征集结果 (R-0.3, R-1.4)."""
    if ballot.kind == "statutory":
        decided = any(outcome.verdict is Verdict.ADOPTED for outcome in counted.outcomes)
        return f"关于{ballot.title}的{'决定' if decided else '表决结果'}"
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
    """The record as published: a count file (docs/count-format.md) that `hall count` reads.

    It holds sums only, never a household: piles for the whole ballot, participation per building.
    """
    doc = counted.document
    particulars = {
        "number": number,
        "version": version,
        "title": title_of(ballot, counted),
        "decided": decided.splitlines(),
        "correction_reason": reason,
        "published": iso(now),
        "notice": ballot.notice_number,
        "convener": ballot.convener,
        "street": estate.street,
        "community": estate.community,
        "counted": doc["counted"],
        "counted_by": counted.counted_by,
        "scrutineers": counted.scrutineers,
        "entries": doc["total"]["entries"],
        "sheets": doc["returned"]["sheets"],
        "channels": doc["channels"],
        "ballot_digest": ballot.digest,
        "roll_digest": ballot.roll_digest,
        "result_version": counted.version,
        "result_digest": counted.digest,
    }
    statutory = ballot.kind == "statutory"
    file = CountFile(
        estate=estate.name,
        title=title_of(ballot, counted),
        kind=ballot.kind,
        number=number,
        matter=ballot.matter if statutory else None,
        scope="、".join(ballot.scope_names),
        on=local_date(ballot.close_at) if ballot.close_at else None,
        rules=ballot.ruleset if statutory else None,
        opens_at=ballot.open_at,
        closes_at=ballot.close_at,
        roll=Weight(ballot.heads, ballot.area_cm2 or None),  # persons bring no area
        questions=tuple(_question(ballot, counted, n) for n in range(len(counted.totals))),
        groups=tuple(
            FileGroup(b["name"], _weight(b["total"]), _weight(b["returned"]))
            for b in doc["buildings"]
        ),
        document=canonical(particulars),
    )
    return countfile.document(file)


def _question(ballot: BallotRow, counted: ResultRow, n: int) -> FileQuestion:
    totals, outcome, asked = counted.totals[n], counted.outcomes[n], ballot.questions[n]
    piles = [*totals.options, (ABSTAIN, totals.abstain)]
    labels = tuple((o.key, o.label) for o in asked.options)
    known = {key for key, _ in labels}
    contested = counted.document["contested"]
    left_open: tuple[OpenCount, ...] = ()
    if contested["entries"]:
        every = tuple(key for key, _ in labels)
        left_open = (OpenCount("contested", every, True, _weight(contested)),)
    return FileQuestion(
        question=totals.question,
        text=asked.text,
        labels=labels,
        counts=tuple(OptionCount(k, "", Weight.of(p)) for k, p in piles if k in known),
        invalid=(),
        participating=Weight.of(totals.participating),
        left_open=left_open,
        claimed=Claim(outcome.verdict.value, outcome.winners),
    )


def _weight(value: Mapping[str, int]) -> Weight:
    return Weight(value["heads"], value["area_cm2"])
