"""Standing pages, readable without signing in."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from hall.counting.decision import Gate
from hall.estates import queries as estates
from hall.permissions import TABLE, Action
from hall.rulesets.rules import Op, Threshold
from hall.web import messages
from hall.web.access import public
from hall.web.i18n import N_, gettext

bp = Blueprint("pages", __name__)

_TWO_THIRDS = Threshold(2, 3, Op.GE)
_HALF = Threshold(1, 2, Op.GT)
_M2 = 10_000
EXAMPLE = (
    Gate("participation", "heads", 170, 240, _TWO_THIRDS),
    Gate("participation", "area", 16_800 * _M2, 24_000 * _M2, _TWO_THIRDS),
    Gate("approval", "heads", 100, 170, _HALF),
    Gate("approval", "area", 9_000 * _M2, 16_800 * _M2, _HALF),
)
# Civil Code 278 ¶1 in its order; True: three quarters (¶2).
MATTERS = (
    (N_("制定和修改业主大会议事规则"), False),
    (N_("制定和修改管理规约"), False),
    (N_("选举业主委员会或者更换业主委员会成员"), False),
    (N_("选聘和解聘物业服务企业或者其他管理人"), False),
    (N_("使用建筑物及其附属设施的维修资金"), False),
    (N_("筹集建筑物及其附属设施的维修资金"), True),
    (N_("改建、重建建筑物及其附属设施"), True),
    (N_("改变共有部分的用途或者利用共有部分从事经营活动"), True),
    (N_("有关共有和共同管理权利的其他重大事项"), False),
)
ROOMS = {
    "proposals": N_("议案和征求意见"),
    "threads": N_("意见"),
    "positions": N_("五方表态"),
    "meetings": N_("会议和纪要"),
    "actions": N_("落实"),
    "files": N_("附件"),
    "ballots": N_("表决"),
    "resolutions": N_("决定和异议"),
    "roll": N_("业主名册"),
    "rulesets": N_("计票规则"),
    "people": N_("任职"),
    "bodies": N_("五方和受邀单位"),
    "estates": N_("小区"),
    "journal": N_("操作日志"),
    "desk": N_("工作台"),
}
ACTS = {
    Action.SEE_DESK: N_("看工作台"),
    Action.SEE_ROLL: N_("看名册上的姓名"),
    Action.IMPORT_ROLL: N_("导入名册"),
    Action.CONFIRM_IMPORT: N_("确认别人导入的名册"),
    Action.PUBLISH_ROLL: N_("公示名册"),
    Action.ANSWER_CORRECTION: N_("答复更正"),
    Action.REQUEST_CORRECTION: N_("对名册提更正"),
    Action.RECORD_TRANSFER: N_("登记过户"),
    Action.RECORD_REPRESENTATIVE: N_("登记推举人、监护人、单位代表"),
    Action.ISSUE_CODES: N_("发入户信"),
    Action.DRAFT_RULES: N_("起草计票规则"),
    Action.CONFIRM_RULES: N_("确认别人起草的计票规则"),
    Action.SET_LEGAL_REACH: N_("登记街道对网上投票的答复"),
    Action.DRAFT_BALLOT: N_("起草表决"),
    Action.NOTICE_BALLOT: N_("发公告"),
    Action.EXTEND_BALLOT: N_("按规则延期一次"),
    Action.VOID_BALLOT: N_("作废一次表决，写明理由"),
    Action.COUNT_BALLOT: N_("截止后计票"),
    Action.SEE_TURNOUT: N_("看哪家还没投（楼长只看本楼）"),
    Action.CAST: N_("投票"),
    Action.CONTEST_ENTRY: N_("对共有人投的票提出不同意见"),
    Action.PUBLISH_RESOLUTION: N_("公布决定"),
    Action.CORRECT_RESOLUTION: N_("更正决定，旧版保留"),
    Action.OBJECT: N_("对结果提异议"),
    Action.ANSWER_OBJECTION: N_("答复异议"),
    Action.GRANT_POST: N_("授予和终止职务"),
    Action.SEE_JOURNAL: N_("看操作日志"),
    Action.SET_PARTIES: N_("登记受邀单位和四级组织"),
    Action.HAND_IN_FILE: N_("交附件"),
    Action.COMMENT: N_("发表意见、说“我也这么想”、举报"),
    Action.RECORD_VOICE: N_("代录电话里、会上说的意见"),
    Action.ANSWER_COMMENT: N_("以所在一方的名义答复意见"),
    Action.MODERATE: N_("审核被举报的意见（不能审核批评自己一方的）"),
    Action.PROPOSE: N_("提议案"),
    Action.ENDORSE: N_("附议"),
    Action.SCREEN_PROPOSAL: N_("受理议案，写明理由"),
    Action.RUN_ROUNDS: N_("开一轮征求意见、逐条处理、定稿"),
    Action.TAKE_POSITION: N_("代表所在一方表态"),
    Action.DECLARE_INTEREST: N_("申报利害关系"),
    Action.CONVENE_MEETING: N_("召集会议、发通知"),
    Action.RUN_MEETING: N_("主持会议：签到、发言、表决记名"),
    Action.WRITE_MINUTES: N_("写纪要"),
    Action.SIGN_MINUTES: N_("代表所在一方会签纪要"),
    Action.PUBLISH_MINUTES: N_("公布纪要"),
    Action.ATTEND: N_("回执、签到、要求发言、对纪要提更正"),
    Action.OPEN_ACTION: N_("立一项落实事项"),
    Action.UPDATE_ACTION: N_("报告所在一方事项的进展"),
    Action.VERIFY_ACTION: N_("核对别的一方办完的事"),
    Action.PUBLISH_BODY_DECISION: N_("公布会议决定和组织决定"),
}


@bp.get("/robots.txt")
@public
def robots() -> Response:
    """Published documents may be found; desks, sign-in and one's own pages need no crawler."""
    lines = ["User-agent: *", *(f"Disallow: {p}" for p in ("/desk/", "/login", "/me", "/l/")), ""]
    return Response("\n".join(lines), mimetype="text/plain")


@bp.get("/help")
@public
def help_() -> str:
    """What to do and whom to call."""
    return render_template("pages/help.html", estates=estates.every())


@bp.get("/accessibility")
@public
def accessibility() -> str:
    """What works for whom, and what does not yet."""
    return render_template("pages/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> str:
    """What is kept, for how long, and who sees it."""
    return render_template("pages/privacy.html")


@bp.get("/rules")
@public
def rules() -> str:
    """How votes are counted, with the law's fractions and a worked example."""
    matters = [(gettext(text), special) for text, special in MATTERS]
    return render_template("pages/rules.html", example=EXAMPLE, matters=matters)


@bp.get("/who-may")
@public
def who_may() -> str:
    """Who may do what, from the table the program itself obeys."""
    groups: dict[str, list[tuple[str, list[str]]]] = {}
    for action, roles in TABLE.items():
        room = action.value.split(":")[0]
        who = [messages.who(role.value) for role in type(next(iter(roles))) if role in roles]
        groups.setdefault(room, []).append((gettext(ACTS[action]), who))
    shown = [(gettext(ROOMS[r]), groups[r]) for r in ROOMS if r in groups]
    return render_template("pages/who_may.html", groups=shown)
