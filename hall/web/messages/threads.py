"""Sentences of the threads room."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    # writing
    "thread_not_open": N_("还没开始，%(not_before)s 起可以说。"),
    "thread_closed": N_("征求意见 %(closes_at)s 已截止。"),
    "comment_missing": N_("还没写字。"),
    "comment_too_long": N_(
        "太长了：现在 %(now)s 个字，最多 %(most)s 个字。请删短一些，或者分两条说。"
    ),
    "alignment_unknown": N_("请重新选您的倾向。"),
    "too_deep": N_("这里已经是第三层，不能再往下回复。请回复上面一层。"),
    "parent_gone": N_("您要回复的那条已经撤回或隐去了。"),
    "too_many_comments": N_("%(hours)s 小时内最多说 %(most)s 条，%(not_before)s 之后再说。"),
    "speak_as_company": N_("您在这里是物业公司的人，请以物业公司的名义说话。"),
    "edit_late": N_("写出来超过 %(minutes)s 分钟就不能改了。可以撤回，或者再说一条。"),
    "point_answered": N_("这条已经有答复。"),
    "comment_masked": N_("这条被遮去了部分文字，不能再改。可以要求复核，或者撤回。"),
    "comment_hidden": N_("这条意见已隐去。"),
    "comment_withdrawn": N_("本人已经撤回了这条意见。"),
    "own_comment": N_("这是您自己的意见。"),
    # voices taken down
    "speaker_missing": N_("请写说话的人怎么称呼，比如胡阿姨。"),
    "speaker_too_long": N_("称呼最多 %(most)s 个字。"),
    "source_missing": N_("请选怎么听到的。"),
    "spoken_day_missing": N_("请写哪天说的。"),
    "spoken_in_future": N_("说话的日子还没到，请核对。"),
    # answers
    "answer_first_level": N_("正式答复只写在第一层意见下面。"),
    "not_your_answer": N_("这条由%(body)s答复。"),
    "answered_by_other": N_("这条%(body)s已经答复，要由他们更正。"),
    "answer_settled": N_("答复满 %(hours)s 小时后不能再改。"),
    "outcome_missing": N_("请选怎么处理。"),
    "landed_too_long": N_("“改在哪里”最多 %(most)s 个字。"),
    "refer_to_same": N_("本来就由%(body)s答复。"),
    "refer_reason_missing": N_("请写为什么转，所有人都看得到。"),
    # reports, decisions, appeals
    "report_reason_missing": N_("请选怎么了。"),
    "report_text_missing": N_("选“别的原因”，要写一两句。"),
    "too_many_reports": N_("一天最多举报 %(most)s 条。急事请打电话给社区。"),
    "about_own_body": N_("这条意见和%(body)s有关，%(body)s不能处理。"),
    "party_to_it": N_("您是写的人或者举报的人，要由别人处理。"),
    "act_missing": N_("请选怎么办。"),
    "appeal_waits": N_("本人要求复核，请在复核里决定。"),
    "nothing_to_restore": N_("这条意见本来就公开着。"),
    "nothing_masked": N_("文字没有变，请遮去要遮的字。"),
    "moderation_reason_missing": N_("请写理由，本人和大家都看得到。"),
    "nothing_to_appeal": N_("没有可以复核的决定。"),
    "appealed_already": N_("已经复核过，或者正在复核。"),
    "appeal_same_person": N_("复核要由另一个人来做，不能是原来决定的人。"),
    "appeal_decided": N_("这次复核已经有结果。"),
}

STATUS = {"too_many_comments": 429, "too_many_reports": 429}
