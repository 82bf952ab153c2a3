"""Moderation: published first, looked at after; never by who is criticised; appeals by another."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hall.bodies.rules import Body
from hall.errors import Blocker
from hall.threads.rules.text import text_blockers

REASONS = ("abuse", "privacy", "spam", "false", "other")
ACTS = ("keep", "mask", "hide", "restore")
# Bodies that may look at reports, in the order they are asked; the property company never.
MODERATING = (Body.COMMITTEE.value, Body.BRANCH.value, Body.COMMUNITY.value)
LONGEST_REASON = 500
REPORTS_A_DAY = 20
# Mobile numbers, identity numbers, landlines with area code: what privacy reports are mostly about.
_NUMBERS = re.compile(
    r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-?\d{7,8})(?!\d)"
)


@dataclass(frozen=True, slots=True)
class ModerationFacts:
    """A comment as a moderator meets it.

    barred: bodies that must not handle it; parties: accounts that are part of the quarrel
    (author, reporters); appeal_open: an appeal against the last decision waits.
    """

    state: str
    text: str
    barred: Collection[str] = ()
    parties: Collection[int] = ()
    appeal_open: bool = False


# What residents call the bodies. The community comes last among those who moderate: where a comment
# names all three, it is the one that looks at it.
_CALLED = {
    Body.COMMITTEE.value: ("业委会", "业主委员会", "自治小组"),
    Body.BRANCH.value: ("支部", "支书"),
    Body.COMMUNITY.value: ("社区", "居委"),
    Body.GRID.value: ("网格",),
    Body.PROPERTY.value: ("物业",),
}


def named_in(text: str) -> tuple[str, ...]:
    """The bodies that a comment names."""
    return tuple(body for body, words in _CALLED.items() if any(w in text for w in words))


def barred_bodies(owed_by: str, about: Sequence[str | None], text: str = "") -> tuple[str, ...]:
    """Bodies that may not handle a comment: whose answers the thread wants, and whom it is about.

    about: what the reports say, oldest first; after them whom the comment's text names. One
    moderating body always remains, so that nobody can keep a comment from every moderator by
    naming all of them.
    """
    barred = {owed_by, Body.PROPERTY.value}
    for body in (*about, *named_in(text)):
        if body is not None and set(MODERATING) - barred - {body}:
            barred.add(body)
    return tuple(b.value for b in Body if b.value in barred)


def report_blockers(
    *, state: str, own: bool, reason: str, text: str, about_body: str | None, today: int
) -> tuple[Blocker, ...]:
    """Every reason why a comment cannot be reported. today: reports of this account in 24 hours."""
    found = []
    if own:
        found.append(Blocker("own_comment"))
    if state in ("withdrawn", "hidden"):
        found.append(Blocker("comment_withdrawn" if state == "withdrawn" else "comment_hidden"))
    if reason not in REASONS:
        found.append(Blocker("report_reason_missing"))
    if reason == "other" and not text:
        found.append(Blocker("report_text_missing"))
    if len(text) > LONGEST_REASON:
        found.append(Blocker("comment_too_long", {"most": LONGEST_REASON, "now": len(text)}))
    if about_body is not None and about_body not in {b.value for b in Body}:
        found.append(Blocker("body_unknown", {"body": about_body}))
    if today >= REPORTS_A_DAY:
        found.append(Blocker("too_many_reports", {"most": REPORTS_A_DAY}))
    return tuple(found)


def moderate_blockers(
    facts: ModerationFacts, *, body: str, account_id: int, act: str, reason: str, masked_text: str
) -> tuple[Blocker, ...]:
    """Every reason why this decision cannot be taken by this moderator."""
    found = list(_handler_blockers(facts, body, account_id))
    if act not in ACTS:
        found.append(Blocker("act_missing"))
    if facts.appeal_open:
        found.append(Blocker("appeal_waits"))
    if facts.state == "withdrawn":
        found.append(Blocker("comment_withdrawn"))
    elif act == "restore" and facts.state == "shown":
        found.append(Blocker("nothing_to_restore"))
    elif act in ("mask", "hide") and facts.state == "hidden":
        found.append(Blocker("comment_hidden"))
    if act == "mask":
        found.extend(text_blockers(masked_text))
        if masked_text == facts.text:
            found.append(Blocker("nothing_masked"))
    found.extend(_reason_blockers(reason))
    return tuple(found)


def appeal_blockers(
    *, act: str | None, state: str, appealed: bool, text: str
) -> tuple[Blocker, ...]:
    """Every reason why an author cannot appeal. act: of the decision in force, None without one."""
    found = []
    if act not in ("mask", "hide") or state not in ("masked", "hidden"):
        found.append(Blocker("nothing_to_appeal"))
    elif appealed:
        found.append(Blocker("appealed_already"))
    found.extend(text_blockers(text, LONGEST_REASON))
    return tuple(found)


def decide_appeal_blockers(
    facts: ModerationFacts,
    *,
    body: str,
    account_id: int,
    first_account: int,
    decided: bool,
    reason: str,
) -> tuple[Blocker, ...]:
    """Every reason why an appeal cannot be decided by this person: never by who decided first."""
    found = list(_handler_blockers(facts, body, account_id))
    if account_id == first_account:
        found.append(Blocker("appeal_same_person"))
    if decided:
        found.append(Blocker("appeal_decided"))
    if facts.state == "withdrawn":
        found.append(Blocker("comment_withdrawn"))
    found.extend(_reason_blockers(reason))
    return tuple(found)


def suggest_mask(text: str) -> str:
    """The text with telephone and identity numbers blacked out, for a moderator to begin from."""
    return _NUMBERS.sub(lambda m: "█" * len(m[0]), text)


def _handler_blockers(facts: ModerationFacts, body: str, account_id: int) -> tuple[Blocker, ...]:
    found = []
    if body not in MODERATING or body in facts.barred:
        found.append(Blocker("about_own_body", {"body": body}))
    if account_id in facts.parties:
        found.append(Blocker("party_to_it"))
    return tuple(found)


def _reason_blockers(reason: str) -> tuple[Blocker, ...]:
    if not reason:
        return (Blocker("moderation_reason_missing"),)
    if len(reason) > LONGEST_REASON:
        return (Blocker("comment_too_long", {"most": LONGEST_REASON, "now": len(reason)}),)
    return ()
