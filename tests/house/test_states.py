"""Every posting route of a proposal, a meeting, an action and a comment, tried in every state of it.

The tables are read off the rules and docs/actions, not off the program. A letter says what a state
answers to a form that is filled in well:
Y  done, and the journal has it       n  refused with every reason in words (409 or 422)
-  not there for this person (404)    x  not for this person, who was not called (403)
=  nothing left to do: the second tap of a button (303)
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.house.world import says
from tests.proposals.scene import WORDING

WORDS = {
    "title": WORDING.title,
    "what": "在活动室西侧设一座充电棚。",
    "text": WORDING.text,
    "note": "换到西侧",
    "_track": "advisory",
    "_lead": "committee",
    "_revision": "{revision}",
    "_base": "1",
}
# The clock stands at 10:00 on Wednesday 6 May 2026; # is the object's own name in World.ids.
CHAIR = {"_as": "{chair}", "post": "{chair}", "post_id": "{chair}"}
BRANCH = {"post": "{branch}"}
GRID = {"post": "{grid}", "post_id": "{grid}"}
COMPANY = {"post": "{property}"}
COMMUNITY = {"_as": "{community}"}


@dataclass(frozen=True)
class Try:
    """A filled-in form. answers: one letter a state, in the order of the table's head."""

    name: str
    who: str
    path: str
    answers: str
    data: dict = field(default_factory=dict)


P, PD = "/e/~/proposals/{#}", "/desk/~/proposals/{#}"
ROUND = PD + "/rounds/1"
PROPOSAL = (
    "p_draft p_submitted p_declined p_accepted p_planned p_open p_answering p_heard p_ready "
    "p_settled p_withdrawn"
)
DECIDED = {"text": "就这么办", "basis": "听过各方", "decided": "一、照办", "no_action": "已经办好"}
PROPOSALS = (
    Try("edit", "owner", P + "/edit", "Y Y n Y Y Y Y Y n n n", WORDS),
    Try("change a lot", "owner", P + "/edit", "Y Y n Y Y n Y Y n n n", WORDS | {"_material": "1"}),
    Try("hand in", "owner", P + "/submit", "Y = = = = = = = = = ="),
    Try("take back", "owner", P + "/withdraw", "Y Y Y Y Y Y Y Y Y n n", {"reason": "换个办法"}),
    Try("let in", "chair", PD + "/screen", "- Y n n n n n n n n n", CHAIR | {"_do": "accept"}),
    Try("decline", "chair", PD + "/screen", "- Y n n n n n n n n n", CHAIR | {"reason": "不归我们管"}),
    Try("endorse", "owner2", P + "/endorse", "- Y Y Y Y Y Y Y n n n"),
    Try("endorse no more", "owner2", P + "/endorse", "- = = = = = = = n n n", {"_take": "1"}),
    Try("propose too", "owner2", P + "/join", "- Y n Y Y Y Y Y n n n"),
    Try("propose no more", "owner2", P + "/join", "- = = = = = = = = = =", {"_take": "1"}),
    Try("open a round", "chair", PD + "/rounds", "- n n Y n n n Y n n n",
        CHAIR | {"question": "哪条要改", "_now": "1", "closes_at": "2026-05-14T10:00"}),
    Try("move a round", "chair", ROUND + "/move", "- - - - Y n n n n n -",
        {"question": "哪条要改", "opens_at": "2026-05-08T10:00", "closes_at": "2026-05-20T10:00"}),
    Try("strike a round", "chair", ROUND + "/move", "- - - - Y n n n n n -", {"_drop": "1"}),
    Try("settle a round", "chair", ROUND, "- - - - n n Y n n n -",
        CHAIR | {"heard": "都赞成", "_nothing": "1"}),
    Try("make final", "chair", PD + "/ready", "- n n n n n n Y n n n", CHAIR),
    Try("take up again", "chair", PD + "/reopen", "- n n n n n n n Y n n", CHAIR | {"reason": "有误"}),
    Try("position", "branch", P + "/positions", "- n n Y Y Y Y Y Y n n", BRANCH | {"stance": "support"}),
    Try("declare", "branch", P + "/interests", "- n n Y Y Y Y Y Y n n",
        BRANCH | {"interest": "me", "kind": "family", "text": "亲属是供货方"}),
    Try("interest over", "grid", P + "/interests/{interest}/end", "- - - - - Y - - - - -",
        GRID | {"reason": "合同已到期"}),
    Try("decide", "chair", PD + "/decide", "- n n Y n n n Y Y n n", CHAIR | DECIDED),
)  # fmt: skip

M, MD = "/e/~/meetings/{#}", "/desk/~/meetings/{#}"
PUT = M + "/decisions/{#_decision}"
MEETING = "m_draft m_noticed m_due m_running m_idle m_ended m_written m_out m_ripe m_published m_cancelled"
AGENDA = {
    "title": "会商会",
    "kind": "council",
    "post": "{chair}",
    "bodies": ["committee", "branch"],
    "starts": "2026-05-20T19:00",
    "place": "2栋",
    "item_title": "一项",
    "item_lead": "",
    "item_minutes": "20",
    "item_kind": "decide",
    "item_proposal": "",
    "revision": "1",
}
MINUTES = {"text": "大家都说了", "tasks": "0", "no_tasks": "1", "revision": "{#_revision}"}
MEETINGS = (
    Try("edit", "chair", MD + "/edit", "Y n n n n n n n n n n", AGENDA),
    Try("discard", "chair", MD + "/discard", "Y n n n n n n n n n n"),
    Try("send", "chair", MD + "/send", "Y n n n n n n n n n n", {"revision": "1"}),
    Try("put off", "chair", MD + "/move", "- Y Y n n n n n n n n",
        {"place": "2栋", "starts": "2026-05-20T19:00"}),
    Try("call off", "chair", MD + "/cancel", "- Y Y n n n n n n n n", {"reason": "停电"}),
    Try("I come", "grid", M + "/rsvp", "x Y Y n n n n n n n n", {"invitee": "{#_grid}", "answer": "yes"}),
    Try("check in", "resident", M + "/checkin", "- n Y Y Y n n n n n n", {"k": "{#_key}"}),
    Try("I leave", "grid", M + "/leave", "- n n Y Y n n n n n n"),
    Try("enter a guest", "chair", M + "/guests", "n n Y Y Y n n n n n n", {"name": "丙样本"}),
    Try("he left", "chair", M + "/out", "- n n Y Y n n n n n n", {"invitee": "{#_grid}"}),
    Try("begin", "chair", M + "/start", "n n Y n n n n n n n n"),
    Try("end", "chair", M + "/end", "n n n n Y n n n n n n"),
    Try("take up", "chair", M + "/items/{#_item1}/start", "n n n n Y n n n n n n"),
    Try("end item", "chair", M + "/items/{#_item}/end", "n n n n Y n n n n n n"),
    Try("on the list", "chair", M + "/speakers", "n n n Y Y n n n n n n",
        {"invitee": "{#_member}", "minutes": "3"}),
    Try("may I speak", "member", M + "/speak", "- n n Y Y n n n n n n"),
    Try("floor", "chair", M + "/speakers/{speech}/start", "n n n Y - n n n n n n"),
    Try("floor back", "chair", M + "/speakers/{speech}/end", "n n n n - n n n n n n"),
    Try("a minute more", "chair", M + "/speakers/{speech}/extend", "n n n n - n n n n n n"),
    Try("off the list", "chair", M + "/speakers/{speech}/withdraw", "- - - Y - - - - - - -"),
    Try("put to vote", "chair", M + "/decisions", "n n n n Y n n n n n n",
        {"item": "{#_item}", "text": "改到周六"}),
    Try("hands", "chair", PUT + "/hands", "- - - Y - n n n n n -", {"v-{#_grid}": "for"}),
    Try("bar", "chair", PUT + "/bar", "- - - Y - n n n n n -", {"invitee": "{#_member}", "reason": "亲属"}),
    Try("close", "chair", PUT + "/close", "- - - Y - n n n n n -", {"rest": "1"}),
    Try("drop", "chair", PUT + "/drop", "- - - Y - n n n n n -"),
    Try("vote", "grid", M + "/vote", "x - - Y - n n n n n -",
        {"decision": "{#_decision}", "choice": "for"}),
    Try("write", "chair", MD + "/minutes", "n n n Y Y Y Y n n n n", MINUTES),
    Try("send round", "chair", MD + "/minutes/circulate", "n n n n n n Y n n n n",
        {"revision": "{#_revision}"}),
    Try("call in", "chair", MD + "/minutes/revise", "n n n n n n n Y Y n n", {"reason": "人数写错"}),
    Try("answer", "chair", MD + "/minutes/corrections/{#_correction}", "- - - - - - - Y - n -",
        {"reply": "录音是周六"}),
    Try("publish", "chair", MD + "/minutes/publish", "n n n n n n n n Y n n"),
    Try("correct", "grid", M + "/minutes/corrections", "- - - - - - - Y Y n -", {"text": "是周日"}),
    Try("sign", "grid", M + "/minutes/sign", "- - - - - - - Y Y n -",
        GRID | {"digest": "{#_digest}", "signed": "1"}),
    Try("note", "grid", M + "/minutes/notes", "- - - - - - - n n Y -", GRID | {"text": "已补签"}),
)  # fmt: skip

A = "/desk/~/actions/{#}"
ACTION = "a_open a_late a_waiting a_done a_verified a_dropped"
SAID = {"text": "去看过了"}
ACTIONS = (
    Try("progress", "property", A + "/progress", "Y Y Y n n n", COMPANY | SAID | {"percent": "50"}),
    Try("milestone", "property", A + "/milestone", "Y Y Y n n n", COMPANY | SAID),
    Try(
        "news", "property", A + "/news", "n n Y n n n", COMPANY | SAID | {"check_on": "2026-05-20"}
    ),
    Try("explain", "property", A + "/explain", "n Y n n n n", COMPANY | SAID),
    Try("done", "property", A + "/done", "Y Y Y n n n", COMPANY | SAID),
    Try("seen", "grid", A + "/verify", "n n n Y n n", GRID | SAID),
    Try("send back", "grid", A + "/send_back", "n n n Y n n", GRID | SAID),
    Try("drop", "chair", A + "/drop", "Y Y Y Y n n", CHAIR | SAID),
)

C, CD, CM = "/e/~/threads/{t}/c/{#}", "/desk/~/answers/{#}", "/desk/~/moderation/{#}"
COMMENT = "shown reply deep answered withdrawn late masked hidden appealed reported shut"
TEXT = {"text": "改两年"}
HIDE = COMMUNITY | {"_act": "hide", "reason": "有门牌"}
MASK = COMMUNITY | {"_act": "mask", "reason": "有门牌", "masked_text": "██"}
COMMENTS = (
    Try("edit", "owner", C + "/edit", "Y Y Y n n n n n n Y n", TEXT),
    Try("withdraw", "owner", C + "/withdraw", "Y Y Y Y n Y Y n n Y Y"),
    Try("echo", "owner2", C + "/echo", "Y Y Y Y n Y Y n n Y n"),
    Try("reply", "owner2", "/e/~/threads/{t}/write", "Y Y n Y n Y Y n n Y n", TEXT | {"_to": "{#}"}),
    Try("report", "resident", C + "/report", "Y Y Y Y n Y Y n n Y Y", {"reason": "abuse"}),
    Try("appeal", "owner", C + "/appeal", "n n n n n n Y Y n n n", {"text": "没有骂人"}),
    Try("answer", "chair", CD, "Y - - Y n Y Y n n Y Y", CHAIR | TEXT | {"_outcome": "explained"}),
    Try("refer", "chair", CD + "/refer", "Y - - n n Y Y n n Y Y",
        CHAIR | {"_body": "branch", "reason": "归支部管"}),
    Try("hide", "community", CM, "Y Y Y Y n Y Y n n Y Y", HIDE),
    Try("mask", "community", CM, "Y Y Y Y n Y Y n n Y Y", MASK),
    Try("restore", "community", CM, "n n n n n n Y Y n n n", COMMUNITY | {"_act": "restore", "reason": "可以"}),
)  # fmt: skip

TABLES = {
    "proposal": (PROPOSAL, PROPOSALS),
    "meeting": (MEETING, MEETINGS),
    "action": (ACTION, ACTIONS),
    "comment": (COMMENT, COMMENTS),
}
REVISIONS = {"m_written": 1, "m_out": 1, "m_ripe": 1, "m_published": 1}


def names_of(world, state: str) -> dict:
    """What # stands for in this state; what a state does not have is nobody's number."""
    own = {f"#{k[len(state) :]}": v for k, v in world.ids.items() if k.startswith(f"{state}_")}
    nothing = dict.fromkeys(("#_decision", "#_correction", "#_grid", "#_member"), 999999)
    nothing |= {"#_key": "x", "#_digest": "x", "#_revision": REVISIONS.get(state, 0)}
    thread = world.ids["shut_thread" if state == "shut" else "thread"]
    return nothing | own | {"#": world.ids[state], "t": thread, **world.hats}


def filled(text, names):
    for key, value in names.items():
        text = text.replace(f"{{{key}}}", str(value))
    return text


def letter(world, one: Try, state: str) -> str:
    """What became of trying it; anything odd is told in words instead of a letter."""
    names = names_of(world, state)
    data = {
        filled(k, names): [filled(x, names) for x in v] if isinstance(v, list) else filled(v, names)
        for k, v in one.data.items()
    }
    answer, wrote, blockers = world.post(one.who, filled(one.path, names), data)
    status = answer.status_code
    if status == 303:
        return "Y" if wrote else "="
    if status in (403, 404) and not wrote:
        return "x" if status == 403 else "-"
    if status in (409, 422):
        if wrote or not blockers:
            return f"{status} without a reason" if not wrote else f"{status}, yet written"
        return (
            "n"
            if says(world.app, answer.text, blockers)
            else f"unsaid: {[b.code for b in blockers]}"
        )
    return f"{status}"


@pytest.mark.parametrize("table", TABLES)
def test_every_form_in_every_state(world, table):
    head, tries = TABLES[table]
    wrong = []
    for one in tries:
        for state, expected in zip(head.split(), one.answers.split(), strict=True):
            if expected in "n-x" and world.kind == "postgresql":
                continue  # a refusal is a rule's and the same on either; what is written may differ
            found = letter(world, one, state)
            if found != expected:
                wrong.append(f"{one.name} when {state}: {found}, expected {expected}")
    assert not wrong, "\n".join(wrong)


def test_an_appeal_is_decided_once_and_by_a_second_person(world):
    one = "/desk/~/moderation/appeals/{appeal}"
    data = {"_act": "restore", "reason": "可以"}
    first = world.post("branch", one, data | {"_as": str(world.hats["branch"])})
    assert [b.code for b in first[2]] == ["appeal_same_person"]
    assert says(world.app, first[0].text, first[2])
    second = world.post("community", one, data | {"_as": str(world.hats["community"])})
    assert (second[0].status_code, second[1]) == (303, True)
