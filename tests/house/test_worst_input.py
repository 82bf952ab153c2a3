"""The worst that can be typed into every form: a clear answer, nothing lost, no fault of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

import pytest

from hall.proposals.queries import get
from tests.house.world import says
from tests.proposals.scene import WORDING

TEXTS = {
    "nothing": "",
    "blanks": " \u3000\t\r\n ",
    "ten thousand": "甲乙丙丁" * 2500,
    "a hundred thousand": "word\n" * 20_000,  # Chinese takes Python 0.1 s to read from a form
    "emoji": "👨\u200d👩\u200d👧\u200d👦🏠 好",
    "right to left": "\u202eمرحبا\u202c بالجميع",
    "controls": "甲\x00乙\x07丙\x1b[31m丁\ufffe",
    "pasted": "“第一条”\r\n— 甲\u00ad乙\u00a0丙\x0b丁…\r\n\r\n\r\n\r\n\r\n戊",
    "one word": "x" * 3000,
    "markup": "<script>alert('1')</script> &amp; {{ 7*7 }} %(n)s %",
}
NUMBERS = ("-1", "0", "99999999999999999999", "9" * 5000, "1.5", "一", "１２", "²", "")
DAYS = ("2026-02-30", "0001-01-01", "9999-12-31", "0001-01-01T00:00", "9999-12-31T23:59",
        "2026-13-01T25:61", "下周", "2026-05-06T10:00+23:59", "\x00", "")  # fmt: skip
# Signs that no text keeps: controls, turns of the reading order, soft hyphens, odd blanks.
_UNKEPT = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u200e\u200f\u2028-\u202e\u2066-\u2069\u3000\ufeff\ufffe\ufffd]"
)


@dataclass(frozen=True)
class Form:
    """A form filled in well (data), and its fields of each sort; # in lists stands for any."""

    who: str
    path: str
    data: dict
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


def form(who, path, data, texts="", numbers="", days=""):
    return Form(who, path, data, *(tuple(x.split()) for x in (texts, numbers, days)))


CHAIR, BRANCH, GRID, COMMUNITY, COMPANY = ("chair", "branch", "grid", "community", "property")
PROPOSAL = {"title": WORDING.title, "what": "改", "text": "改", "_track": "advisory",
            "_lead": "committee", "_revision": "{revision}", "_base": "1", "note": "改"}  # fmt: skip
WORDS = "title what cost how_long unhappy if_not text"
AGENDA = {"title": "会", "kind": "council", "bodies": ["committee", "branch"], "starts": "2026-05-20T19:00",
          "place": "2栋", "item_title": "一项", "item_lead": "", "item_minutes": "20",
          "item_kind": "decide", "item_proposal": "", "revision": "1"}  # fmt: skip
TASK = {"tasks": "1", "t1-text": "开门", "t1-body": "property", "t1-due_on": "2026-06-30"}
E, D = "/e/~", "/desk/~"
FORMS = {
    "say": form("owner2", E + "/threads/{thread}/write", {"text": "好"}, "text", "_to _as"),
    "record": form(CHAIR, E + "/threads/{thread}/record",
                   {"text": "好", "name": "某", "source": "phone", "spoken_on": "2026-05-05"},
                   "text name place source", "_as", "spoken_on"),
    "edit": form("owner", E + "/threads/{thread}/c/{shown}/edit", {"text": "好"}, "text"),
    "report": form("resident", E + "/threads/{thread}/c/{shown}/report", {"reason": "other", "text": "好"},
                   "text"),
    "appeal": form("owner", E + "/threads/{thread}/c/{hidden}/appeal", {"text": "好"}, "text"),
    "answer": form(CHAIR, D + "/answers/{shown}", {"_outcome": "explained", "text": "好"}, "text landed", "_as"),
    "refer": form(CHAIR, D + "/answers/{shown}/refer", {"_body": "branch", "reason": "好"}, "reason", "_as"),
    "moderate": form(COMMUNITY, D + "/moderation/{shown}", {"_act": "mask", "reason": "好", "masked_text": "█"},
                     "reason masked_text", "_as"),
    "decide appeal": form(COMMUNITY, D + "/moderation/appeals/{appeal}", {"_act": "leave", "reason": "好"},
                          "reason", "_as"),
    "propose": form("owner", E + "/proposals/new", PROPOSAL | {"_origin": "voice", "origin_text": "好", "_origin_on": "2026-05-01"}, WORDS + " origin_text",
                    "_matter _comment _as _seen _file _buildings", "_origin_on"),
    "draft": form("owner", E + "/proposals/{p_draft}/edit", PROPOSAL, WORDS, "_revision _matter _file"),
    "revise": form("owner", E + "/proposals/{p_open}/edit", PROPOSAL | {"change-1": "改"},
                   WORDS + " note change-1", "_base _because-1 _as _file"),
    "withdraw": form("owner", E + "/proposals/{p_open}/withdraw", {"reason": "好"}, "reason"),
    "screen": form(CHAIR, D + "/proposals/{p_submitted}/screen", {"reason": "好"}, "reason", "_as _matter"),
    "round": form(CHAIR, D + "/proposals/{p_heard}/rounds",
                  {"question": "好", "opens_at": "2026-05-07", "closes_at": "2026-05-20"},
                  "question", "_as", "opens_at closes_at"),
    "move round": form(CHAIR, D + "/proposals/{p_planned}/rounds/1/move",
                       {"question": "好", "opens_at": "2026-05-08T10:00", "closes_at": "2026-05-20"},
                       "question", "", "opens_at closes_at"),
    "settle": form(CHAIR, D + "/proposals/{p_answering}/rounds/1", {"heard": "好", "_nothing": "1"},
                   "heard", "_as"),
    "reopen": form(CHAIR, D + "/proposals/{p_ready}/reopen", {"reason": "好"}, "reason", "_as"),
    "position": form(BRANCH, E + "/proposals/{p_open}/positions", {"stance": "object", "reason": "好"},
                     "reason", "post"),
    "interest": form(BRANCH, E + "/proposals/{p_open}/interests",
                     {"interest": "me", "kind": "family", "text": "好"}, "text", "post"),
    "interest ends": form(GRID, E + "/proposals/{p_open}/interests/{interest}/end", {"reason": "好"},
                          "reason", "post"),
    "convene": form(CHAIR, D + "/meetings/new", AGENDA, "title place remark item_title item_lead names",
                    "post item_minutes item_proposal parties proposal", "starts"),
    "agenda": form(CHAIR, D + "/meetings/{m_draft}/edit", AGENDA, "title place remark item_title item_lead names",
                   "item_minutes item_proposal parties revision", "starts"),
    "send": form(CHAIR, D + "/meetings/{m_draft}/send", {"revision": "1"}, "", "revision"),
    "put off": form(CHAIR, D + "/meetings/{m_noticed}/move", {"place": "2栋", "starts": "2026-05-20T19:00"},
                    "place reason", "", "starts"),
    "call off": form(CHAIR, D + "/meetings/{m_noticed}/cancel", {"reason": "好"}, "reason"),
    "rsvp": form(GRID, E + "/meetings/{m_noticed}/rsvp", {"invitee": "{m_noticed_grid}", "answer": "no"},
                 "remark", "invitee"),
    "check in": form("resident", E + "/meetings/{m_due}/checkin", {"code": "{m_code}"}, "", "code k"),
    "guest": form(CHAIR, E + "/meetings/{m_running}/guests", {"name": "丙样本"}, "name place"),
    "admit": form(CHAIR, E + "/meetings/{m_running}/admit", {"who": "{m_running_grid}"}, "", "who"),
    "speaker": form(CHAIR, E + "/meetings/{m_running}/speakers",
                    {"invitee": "{m_running_member}", "minutes": "3"}, "", "invitee minutes"),
    "put to vote": form(CHAIR, E + "/meetings/{m_idle}/decisions", {"item": "{m_idle_item}", "text": "好"},
                        "text", "item"),
    "bar": form(CHAIR, E + "/meetings/{m_running}/decisions/{m_running_decision}/bar",
                {"invitee": "{m_running_member}", "reason": "好"}, "reason", "invitee"),
    "hands": form(CHAIR, E + "/meetings/{m_running}/decisions/{m_running_decision}/hands",
                  {"v-{m_running_grid}": "against", "r-{m_running_grid}": "好"}, "r-{m_running_grid}"),
    "vote": form(GRID, E + "/meetings/{m_running}/vote",
                 {"decision": "{m_running_decision}", "choice": "against", "reason": "好"}, "reason", "decision"),
    "minutes": form(CHAIR, D + "/meetings/{m_written}/minutes", TASK | {"revision": "1", "text": "好"},
                    "text dissent c{m_written_item} t1-text t1-person t1-agency", "revision tasks t1-item",
                    "t1-due_on t1-check_on"),
    "call in": form(CHAIR, D + "/meetings/{m_out}/minutes/revise", {"reason": "好"}, "reason"),
    "correct": form(GRID, E + "/meetings/{m_out}/minutes/corrections", {"text": "好"}, "text passage",
                    "invitee_id"),
    "answer correction": form(CHAIR, D + "/meetings/{m_out}/minutes/corrections/{m_out_correction}",
                              {"reply": "好"}, "reply"),
    "sign": form(GRID, E + "/meetings/{m_out}/minutes/sign",
                 {"digest": "{m_out_digest}", "remark": "好"}, "remark", "post_id digest"),
    "note": form(GRID, E + "/meetings/{m_published}/minutes/notes", {"text": "好"}, "text", "post_id"),
    "action": form(CHAIR, D + "/actions/new", {"text": "好", "body": "grid", "due_on": "2026-06-01"},
                   "text person", "post", "due_on"),
    "outside": form(CHAIR, D + "/actions/new",
                    {"text": "好", "body": "grid", "external": "1", "agency": "局", "check_on": "2026-06-01"},
                    "text agency", "", "check_on"),
    "progress": form(COMPANY, D + "/actions/{a_open}/progress", {"text": "好"}, "text", "percent post"),
    "news": form(COMPANY, D + "/actions/{a_waiting}/news", {"text": "好", "check_on": "2026-06-01"},
                 "text", "", "check_on"),
    "done": form(COMPANY, D + "/actions/{a_open}/done", {"text": "好"}, "text"),
    "drop": form(CHAIR, D + "/actions/{a_open}/drop", {"text": "好"}, "text"),
    "body": form(COMMUNITY, D + "/bodies/name", {"body": "grid", "name": "好"}, "name phone"),
    "rung": form(BRANCH, D + "/bodies/line", {"level": "2", "group_name": "好"}, "group_name group_contact",
                 "level building_id"),
    "party": form(BRANCH, D + "/bodies/parties", {"kind": "legal", "party_name": "好"},
                  "party_name party_contact kind"),
    "publish": form(CHAIR, D + "/decisions/{m_ended_decision}/publish",
                    {"decided": "好", "t1-text": "开门", "t1-body": "grid", "t1-day": "2026-06-01"},
                    "decided t1-text t1-person t1-agency no_action", "post_id", "t1-day"),
    "decide": form(CHAIR, D + "/proposals/{p_ready}/decide",
                   {"text": "好", "basis": "好", "no_action": "无"}, "text basis decided no_action", "post_id"),
    "follow": form(CHAIR, D + "/resolutions/{docno}/follow",
                   {"item": "1", "t1-text": "开门", "t1-body": "grid", "t1-day": "2026-06-01"},
                   "t1-text t1-person t1-agency", "item", "t1-day"),
    "amend": form(CHAIR, D + "/resolutions/{docno}/amend", {"reason": "好", "decided": "好"},
                  "reason decided", "post_id"),
}  # fmt: skip
FINE = {303, 400, 403, 404, 409, 413, 422, 429}


def kept(text: str) -> str:
    """A text less what no form keeps."""
    return _UNKEPT.sub("", text)


def fault(world, one: Form, changed: dict, texts=()) -> str:
    """What is wrong with the answer to a form in which these fields are changed; '' when nothing is."""
    data = {k.format(**world.ids): v for k, v in (one.data | changed).items()}
    hat = str(world.hats.get(one.who, ""))
    for name in ("_as", "post", "post_id"):
        if hat:
            data.setdefault(name, hat)
    answer, wrote, blockers = world.post(one.who, one.path, data)
    status = answer.status_code
    if status not in FINE and not (status == 200 and one.path.endswith("/new")):
        return f"{status}"
    if status in (403, 404) and texts:
        return f"{status} for a text"
    if status in (409, 422):
        if wrote:
            return f"{status}, yet written"
        if blockers and not says(world.app, answer.text, blockers):
            return f"{status} does not say {[b.code for b in blockers]}"
    if status in (409, 413, 422):
        page = kept(unescape(answer.text))
        lost = [n for n in texts if kept(changed[n]) not in page]
        if lost:
            return f"{status} lost {lost}"
    return ""


@pytest.mark.parametrize("name", FORMS)
def test_the_worst_that_can_be_typed(world, name):
    one, wrong = FORMS[name], []
    tries = []
    for label, text in TEXTS.items():
        # One field of the longest is enough: nine of them are more than a form may send (413).
        fields = one.texts[:1] if "hundred" in label else one.texts
        if fields:
            tries.append((label, dict.fromkeys(fields, text), fields))
    for sort, fields, values in (("number", one.numbers, NUMBERS), ("day", one.days, DAYS)):
        tries += [(f"{sort} {v[:9]!r}", dict.fromkeys(fields, v), ()) for v in values if fields]
    for label, changed, texts in tries:
        found = fault(world, one, changed, texts)
        if found:
            wrong.append(f"{label}: {found}")
    if missing := fault(world, Form(one.who, one.path, {}), {}):
        wrong.append(f"no fields at all: {missing}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", FORMS)
def test_filled_in_well_it_is_taken(world, name):
    """Else the test above would try nothing but refusals."""
    one = FORMS[name]
    data = {k.format(**world.ids): v for k, v in one.data.items()}
    hat = str(world.hats.get(one.who, ""))
    answer, wrote, blockers = world.post(
        one.who, one.path, ({"_as": hat, "post": hat, "post_id": hat} if hat else {}) | data
    )
    assert (answer.status_code, wrote) == (303, True), blockers


ADDRESSES = ("/e/~/proposals/%s", "/e/~/meetings/%s", "/e/~/actions/%s", "/e/~/threads/%s",
             "/e/~/threads/{thread}/c/%s", "/desk/~/proposals/%s", "/desk/~/moderation/%s",
             "/desk/~/answers/%s", "/desk/~/decisions/%s/publish", "/files/%s/gate.png",
             "/e/~/proposals?before=%s", "/e/~/answers?after=2026-05-06T00:00:00Z.%s",
             "/e/~/threads/{thread}?after=%s", "/e/~/threads/{thread}/write?to=%s", "/e/~/inbox?before=%s",
             "/e/~/proposals/new?comment=%s", "/desk/~/meetings/new?proposal=%s", "/e/~/meetings?page=%s",
             "/e/~/actions?page=%s", "/e/~/resolutions?year=%s", "/e/~/resolutions?q=%s",
             "/e/~/proposals?q=%s", "/desk/~/meetings/{m_draft}/edit?starts=%s",
             "/e/~/resolutions/%s", "/calendar/%s.ics", "/r/%s",
             "/e/~/answers?after=%s.1", "/e/~/proposals/similar?title=%s&what=%s")  # fmt: skip
PARTS = ("99999999999999999999", "9" * 5000, "-1", "%00", "%ff%fe", "%F0%9F%8F%A0", "0001-01-01T00:00",
         "0001-01-01T00:00:00Z")  # fmt: skip


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_worst_address(world, path):
    for part in PARTS:
        url = world.url(path).replace("%s", part)
        status = world.client("chair").get(url).status_code
        assert status in (200, 400, 404, 409), (url[:120], status)


def test_two_people_save_at_once(world):
    """The second is told, keeps his words, and sees the other's."""
    for who, path, data, field in (
        ("owner", "/e/~/proposals/{p_draft}/edit",
         {"title": "二", "what": "第二个人写的", "_lead": "committee", "_revision": "99"}, "what"),
        ("owner", "/e/~/proposals/{p_open}/edit",
         {"title": "二", "what": "第二个人写的", "text": "改", "note": "改", "_base": "9"}, "what"),
        ("chair", "/desk/~/meetings/{m_draft}/edit", {"title": "第二个人写的", "revision": "9"}, "title"),
        ("chair", "/desk/~/meetings/{m_written}/minutes", {"text": "第二个人写的", "revision": "9"}, "text"),
    ):  # fmt: skip
        answer, wrote, blockers = world.post(who, path, data)
        assert answer.status_code in (409, 422), path
        assert not wrote
        assert says(world.app, answer.text, blockers)
        assert {"draft_stale", "version_stale", "meeting_draft_changed", "minutes_changed"} & {
            b.code for b in blockers
        }, path
        assert data[field] in unescape(answer.text)
    assert get(world.id, world.ids["p_draft"]).wording.title == WORDING.title
