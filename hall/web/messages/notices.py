"""Sentences of the inbox: NEWS for who is concerned himself, ASKS for who may speak for a body."""

from __future__ import annotations

from hall.web.i18n import N_

NEWS = {
    "proposals.accepted": N_("议案受理了：%(title)s"),
    "proposals.declined": N_("议案没有受理，理由写在上面：%(title)s"),
    "proposals.on_agenda": N_("附议够了，列入议程：%(title)s"),
    "proposals.round_opened": N_("开始征求意见：%(title)s"),
    "proposals.round_settled": N_("这一轮意见办结，看改了什么：%(title)s"),
    "proposals.revised": N_("议案改了一稿：%(title)s"),
    "proposals.ready": N_("议案定稿了：%(title)s"),
    "proposals.reopened": N_("定稿重新打开修改：%(title)s"),
    "proposals.withdrawn": N_("议案撤回了：%(title)s"),
    "positions.taken": N_("%(body)s表了态：%(title)s"),
    "threads.answered": N_("您的意见有答复了：%(title)s"),
    "threads.moderated": N_("一条意见审核过了，看结果和理由：%(title)s"),
    "threads.appeal_decided": N_("复核有结果了：%(title)s"),
    "meetings.noticed": N_("请您开会：%(title)s"),
    "meetings.moved": N_("会议改了时间或地点：%(title)s"),
    "meetings.cancelled": N_("会议取消了：%(title)s"),
    "meetings.minutes_circulated": N_("会议纪要在会签，有错可以提更正：%(title)s"),
    "meetings.minutes_published": N_("会议纪要公布了：%(title)s"),
    "meetings.correction_answered": N_("您提的纪要更正有答复了：%(title)s"),
    "roll.answer_correction": N_("您提的名册更正有答复了"),
    "ballots.notice": N_("投票公告出来了：%(title)s"),
    "ballots.extend": N_("投票延期了：%(title)s"),
    "ballots.void": N_("投票作废了，看原因：%(title)s"),
    "resolutions.publish": N_("结果公布了：%(title)s"),
    "resolutions.correct": N_("公布的文件更正了：%(title)s"),
    "resolutions.decision_published": N_("会上定的事公布了：%(title)s"),
    "resolutions.organisation_published": N_("组织的决定公布了：%(title)s"),
    "actions.progressed": N_("办事有进展：%(title)s"),
    "actions.reached_milestone": N_("办到一个节点：%(title)s"),
    "actions.heard_from_outside": N_("外面单位有消息：%(title)s"),
    "actions.delay_explained": N_("超期的事说明了原因：%(title)s"),
    "actions.done": N_("说办完了，等别的一方查看：%(title)s"),
    "actions.verified": N_("办完了，别的一方看过：%(title)s"),
    "actions.sent_back": N_("查看不合格，退回再办：%(title)s"),
    "actions.dropped": N_("不办了，看原因：%(title)s"),
}

ASKS = {
    "actions.opened": N_("有事归%(body)s办：%(title)s"),
    "actions.sent_back": N_("查看不合格，退回%(body)s再办：%(title)s"),
    "resolutions.action_attached": N_("定下的事归%(body)s办：%(title)s"),
    "threads.referred": N_("一条意见转给%(body)s答复：%(title)s"),
    "proposals.submitted": N_("有人提了议案，等%(body)s回话：%(title)s"),
    "meetings.noticed": N_("要开会，%(body)s参加：%(title)s"),
    "meetings.minutes_circulated": N_("会议纪要等%(body)s会签：%(title)s"),
    "meetings.minutes_published": N_("纪要公布了，里面有事归%(body)s办：%(title)s"),
}
