"""What the desk calls matters, methods, fields of the rules, acts of the journal and their sources."""

from __future__ import annotations

from collections.abc import Callable

from hall.ballots.rules import Phase
from hall.rulesets.rules import FieldRow, MatterClass, Op, RuleSet, Source, Threshold
from hall.web import figures, messages
from hall.web.ballots.words import CHANNELS, ELECTORATES, MATTERS
from hall.web.i18n import N_, gettext
from hall.web.threads.words import REASONS

__all__ = [
    "ACTS",
    "CHANNELS",
    "CLASSES",
    "ELECTORATES",
    "FIELDS",
    "MATTERS",
    "METHODS",
    "PHASES",
]

CLASSES = {MatterClass.ORDINARY: N_("一般事项"), MatterClass.SPECIAL: N_("特别事项")}
METHODS = {
    "motion": N_("同意、反对、弃权"),
    "single": N_("几个方案选一个"),
    "approval": N_("几个方案，能接受的都勾"),
    "election": N_("选人"),
}
PHASES: dict[Phase, tuple[str, str]] = {
    Phase.DRAFT: ("line", N_("草稿")),
    Phase.NOTICED: ("wait", N_("公告中，还没开始投")),
    Phase.OPEN: ("law", N_("正在投票")),
    Phase.CLOSED: ("wait", N_("已截止，等计票")),
    Phase.COUNTED: ("wait", N_("已计票，等公布")),
    Phase.PROVISIONAL: ("wait", N_("已公布，异议期")),
    Phase.FINAL: ("done", N_("已定")),
    Phase.VOID: ("off", N_("已作废")),
}
FIELDS: dict[str, str] = {
    "quorum.heads": N_("参加人数的线"),
    "quorum.area": N_("参加面积的线"),
    "classes.ORDINARY.heads": N_("一般事项：同意人数"),
    "classes.ORDINARY.area": N_("一般事项：同意面积"),
    "classes.SPECIAL.heads": N_("特别事项：同意人数"),
    "classes.SPECIAL.area": N_("特别事项：同意面积"),
    "base": N_("同意按什么算"),
    **{f"matters.{n}": text for n, text in MATTERS.items()},
    "notice_days": N_("公告满几天才能投"),
    "notice_days_temporary": N_("临时会议公告几天"),
    "window.min_days": N_("投票最短"),
    "window.max_days": N_("投票最长"),
    "roll_publicity_days": N_("名册公示几天"),
    "objection_days": N_("结果异议期"),
    "result_publish_days": N_("几天内公布结果"),
    "result_consult_start_days": N_("几天内开始听取意见"),
    "board_service_days": N_("委员会工作几天"),
    "extension.allowed": N_("可以延期"),
    "extension.max_days": N_("延期最长"),
    "extension.times": N_("可以延期几次"),
    "invalid_marks": N_("多选、看不清的"),
    "nonreturn": N_("没交票的"),
    "duplicate": N_("手机和纸质都交了"),
    "parking_counts": N_("车位计入面积"),
    "election_tiebreak": N_("票数一样"),
    "online_must_use_official": N_("网上投票只能用官方系统"),
    "official_system": N_("官方系统"),
    "paper_on_request": N_("有人要就给纸质票"),
    "parallel_paper_required": N_("必须同时有纸质票"),
    "scope_votes": N_("可以只由一栋、一个单元投"),
    "proxy.allowed": N_("可以请人代投"),
    "proxy.cap": N_("一人最多代几户"),
    "proxy.manager_staff": N_("物业人员可以代投"),
    "convene.heads": N_("提议开会的人数"),
    "convene.area": N_("提议开会的面积"),
    "contest_years": N_("可以起诉撤销的年数"),
    "heads.multi_unit": N_("一人多套算几人"),
    "heads.developer_pool": N_("没卖出的房屋一共算几人"),
    "heads.co_owners": N_("共有一套算几人"),
    "area_source": N_("面积依据的先后"),
}
_VALUES = {
    "PARTICIPANTS": N_("参加的人"),
    "TOTAL": N_("全体业主"),
    "ORDINARY": N_("一般事项"),
    "SPECIAL": N_("特别事项"),
    "NOT_PARTICIPATING": N_("不算参加"),
    "AS_ABSTAIN": N_("算弃权"),
    "FOLLOW_MAJORITY": N_("随多数"),
    "ABSTAIN": N_("算弃权"),
    "FIRST_VALID_WINS": N_("先收到的有效票为准"),
    "PAPER_PREVAILS": N_("纸质票为准"),
    "ONLINE_PREVAILS": N_("网上的票为准"),
    "HEADS": N_("看人数"),
    "AREA": N_("看面积"),
    "RUNOFF": N_("再投一次"),
    "REGISTER": N_("不动产登记"),
    "SURVEY": N_("实测报告"),
    "CONTRACT": N_("购房合同"),
}
_SOURCES = {
    "law": N_("法律：%(ref)s"),
    "profile": N_("地方规定：%(ref)s"),
    "clause": N_("本小区规则%(ref)s"),
}
_PLAIN_SOURCES = {
    "law": N_("法律规定"),
    "default": N_("通用规则，本小区可以另定"),
    "none": N_("没有规定"),
}
# What a law is called in Chinese; the rules carry the short English keys.
_LAWS = (
    ("CC ", N_("民法典")),
    ("PMR ", N_("物业管理条例")),
    ("SPC ", N_("建筑物区分所有权解释")),
    ("G ", N_("业主大会和业主委员会指导规则")),
)


def choices(names: dict[str, str]) -> list[tuple[str, str]]:
    """Values and translated names, for a select."""
    return [(value, gettext(name)) for value, name in names.items()]


def line(share: Threshold) -> str:
    """三分之二, 过半, 四分之三."""
    return figures.line_name(share)


def matter_line(rules: RuleSet | None, number: int) -> str:
    """'第 8 项 …（特别事项：参加三分之二，同意四分之三）'."""
    if rules is None:
        return gettext("第 %(n)s 项 %(matter)s", n=number, matter=gettext(MATTERS[number]))
    rule = rules.rule_for(number)
    return gettext(
        "第 %(n)s 项 %(matter)s（%(class)s：参加%(quorum)s，同意%(approve)s）",
        n=number,
        matter=gettext(MATTERS[number]),
        quorum=line(rule.quorum_heads),
        approve=line(rule.approve_heads),
        **{"class": gettext(CLASSES[rule.matter_class])},
    )


def value(row: FieldRow) -> str:
    """A field's value as a person says it."""
    return _SAY.get(row.form, _text)(row.value) if row.value is not None else gettext("没有定")


def source(found: Source) -> str:
    """Where a value comes from."""
    ref = found.ref
    for short, name in _LAWS:
        ref = ref.replace(short, f"{gettext(name)} ")
    if ref and found.kind in _SOURCES:
        return gettext(_SOURCES[found.kind], ref=ref)
    if found.kind in _PLAIN_SOURCES:
        return gettext(_PLAIN_SOURCES[found.kind])
    return ref


def field_name(path: str) -> str:
    """Name of a field of the rules."""
    return gettext(FIELDS[path]) if path in FIELDS else path


messages.name_fact("field", field_name)


def _share(found: object) -> str:
    if not isinstance(found, list):
        return str(found)
    num, den, op = found
    return figures.line_name(Threshold(int(num), int(den), Op(op)))


def _days(found: object) -> str:
    return gettext("%(n)s 天", n=found)


def _flag(found: object) -> str:
    return gettext("是") if found else gettext("否")


def value_name(code: str) -> str:
    """What a coded value is called."""
    return gettext(_VALUES[code]) if code in _VALUES else code


def _choice(found: object) -> str:
    return value_name(str(found))


def _order(found: object) -> str:
    items = found if isinstance(found, list) else [found]
    return gettext("、").join(_choice(i) for i in items)


def _text(found: object) -> str:
    return str(found)


_SAY: dict[str, Callable[[object], str]] = {
    "share": _share,
    "days": _days,
    "flag": _flag,
    "choice": _choice,
    "order": _order,
    "number": _text,
    "text": _text,
}

ACTS: dict[str, str] = {
    "people.post_granted": N_("登记了任职"),
    "people.post_ended": N_("结束了任职"),
    "ballots.draft": N_("起草了表决"),
    "ballots.revise": N_("改表决草稿"),
    "ballots.discard": N_("删掉表决草稿"),
    "ballots.notice": N_("发了公告"),
    "ballots.extend": N_("延长了投票"),
    "ballots.void": N_("作废表决"),
    "ballots.count": N_("计了票"),
    "ballots.recount": N_("重新计了票"),
    "ballots.contest": N_("共有人提出争议"),
    "ballots.settle_contest": N_("登记共有人的决定"),
    "ballots.look": N_("查看未投名单"),
    "ballots.object": N_("提出异议"),
    "ballots.answer_objection": N_("答复了异议"),
    "resolutions.publish": N_("公布了决定"),
    "resolutions.correct": N_("更正决定"),
    "resolutions.decision_published": N_("公布了会上定的事"),
    "resolutions.organisation_published": N_("公布了组织的决定"),
    "resolutions.action_attached": N_("写明了一件要办的事"),
    "resolutions.no_action_said": N_("写明了没有要办的事"),
    "people.linked": N_("核实业主身份"),
    "people.password_by_letter": N_("凭入户码重设密码"),
    "people.password_changed": N_("改了密码"),
    "people.signed_out_everywhere": N_("退出全部设备"),
    "roll.upload": N_("上传名册"),
    "roll.confirm_import": N_("复核并导入名册"),
    "roll.cancel_import": N_("撤回名册导入"),
    "roll.publish": N_("公示了名册"),
    "roll.request_correction": N_("提出名册更正"),
    "roll.answer_correction": N_("答复名册更正"),
    "roll.issue_codes": N_("打印入户码"),
    "roll.record_transfer": N_("登记了过户"),
    "roll.record_representative": N_("登记代表人"),
    "roll.end_representative": N_("结束代表"),
    "rulesets.draft": N_("起草了议事规则"),
    "rulesets.confirm": N_("确认议事规则"),
    "estates.legal_reach": N_("登记网上表决的依据"),
    "estates.added": N_("添加小区"),
    "estates.facts": N_("改小区资料"),
    "bodies.named": N_("登记组织名称"),
    "bodies.party_group_set": N_("登记了一级党组织"),
    "bodies.party_group_removed": N_("撤下一级党组织"),
    "bodies.party_added": N_("登记受邀单位"),
    "bodies.party_retired": N_("撤下受邀单位"),
    "files.handed_in": N_("上传附件"),
    "meetings.convened": N_("起草一次会"),
    "meetings.revised": N_("改会议草稿"),
    "meetings.discarded": N_("丢掉会议草稿"),
    "meetings.noticed": N_("发会议通知"),
    "meetings.moved": N_("改会议的时间或地点"),
    "meetings.cancelled": N_("取消一次会"),
    "meetings.responded": N_("登记到不到会"),
    "meetings.started": N_("宣布开会"),
    "meetings.ended": N_("宣布散会"),
    "meetings.checked_in": N_("签到"),
    "meetings.admitted": N_("代签到"),
    "meetings.guest_added": N_("登记旁听"),
    "meetings.left": N_("登记离场"),
    "meetings.item_started": N_("开始一项议程"),
    "meetings.item_ended": N_("结束一项议程"),
    "meetings.asked_to_speak": N_("要求发言"),
    "meetings.speech_started": N_("开始发言"),
    "meetings.speech_ended": N_("发言结束"),
    "meetings.speech_extended": N_("延长发言"),
    "meetings.speech_withdrawn": N_("取消发言"),
    "meetings.decision_opened": N_("提请举手"),
    "meetings.decision_dropped": N_("撤下提请举手的事"),
    "meetings.barred": N_("登记回避"),
    "meetings.unbarred": N_("取消登记的回避"),
    "meetings.voted": N_("记名表态（不记选了什么）"),
    "meetings.hands_read": N_("登记举手"),
    "meetings.decided": N_("宣布举手结果"),
    "proposals.drafted": N_("起草议案"),
    "proposals.draft_updated": N_("改议案草稿"),
    "proposals.submitted": N_("提出议案"),
    "proposals.accepted": N_("受理议案"),
    "proposals.declined": N_("不受理议案"),
    "proposals.revised": N_("出新一稿"),
    "proposals.co_sponsored": N_("联名"),
    "proposals.co_sponsor_left": N_("退出联名"),
    "proposals.endorsed": N_("附议了"),
    "proposals.endorsement_withdrawn": N_("收回附议"),
    "proposals.on_agenda": N_("附议过线，列入议程"),
    "proposals.round_opened": N_("开一轮征求意见"),
    "proposals.round_moved": N_("改一轮的时间或问题"),
    "proposals.round_dropped": N_("取消还没开始的一轮"),
    "proposals.round_settled": N_("办结一轮征求意见"),
    "proposals.ready": N_("定了稿"),
    "proposals.reopened": N_("重新打开定稿"),
    "proposals.withdrawn": N_("撤回了议案"),
    "actions.opened": N_("记下要办的事"),
    "actions.progressed": N_("报了进度"),
    "actions.reached_milestone": N_("报办到一步"),
    "actions.heard_from_outside": N_("记下了外面的消息"),
    "actions.delay_explained": N_("说明了为什么晚"),
    "actions.done": N_("报了办完"),
    "actions.verified": N_("核对办完"),
    "actions.sent_back": N_("退回没办好的"),
    "actions.dropped": N_("定了不办"),
    "positions.taken": N_("代表一方表态"),
    "positions.interest_declared": N_("声明利害关系"),
    "positions.interest_ended": N_("撤销利害关系声明"),
    "threads.commented": N_("说了一条意见"),
    "threads.voice_recorded": N_("替别人记下一条意见"),
    "threads.edited": N_("改了自己的意见"),
    "threads.withdrawn": N_("撤回自己的意见"),
    "threads.echoed": N_("同意一条意见"),
    "threads.echo_taken_back": N_("不再同意一条意见"),
    "threads.answered": N_("答复一条意见"),
    "threads.referred": N_("转给别的一方答复"),
    "threads.reported": N_("举报了一条意见"),
    "threads.moderated": N_("处理了一条意见"),
    "threads.appealed": N_("要求了复核"),
    "threads.appeal_decided": N_("复核有了结果"),
    "people.password_reissued": N_("重发一次性密码"),
    "meetings.minutes_written": N_("存纪要草稿"),
    "meetings.minutes_circulated": N_("纪要送会签"),
    "meetings.minutes_revised": N_("收回纪要修改"),
    "meetings.minutes_corrected": N_("提出纪要更正"),
    "meetings.correction_answered": N_("答复纪要更正"),
    "meetings.minutes_signed": N_("签认纪要"),
    "meetings.minutes_refused": N_("不签纪要"),
    "meetings.minutes_published": N_("公布了纪要"),
    "meetings.note_appended": N_("补记纪要"),
    "meetings.calendar_renewed": N_("换日历网址"),
}


def act(code: str) -> str:
    """What an act of the journal is called; its code when it has no name."""
    return gettext(ACTS[code]) if code in ACTS else code


def fact(value: object) -> str:
    """A fact of the journal as a reader reads it: why a comment was reported in words, not as a code."""
    text = str(value)
    return gettext(REASONS[text]) if text in REASONS else text


VERDICTS: dict[str, str] = {
    "adopted": N_("通过"),
    "not_adopted": N_("没有通过：同意的没到线"),
    "no_quorum": N_("没有开成：参加的没到线，不等于被否决"),
    "inconclusive": N_("还定不下来"),
    "advisory": N_("意见征询，只供参考"),
}
