"""Sentences of minutes: writing, correcting, signing, publishing."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    # writing
    "minutes_before_meeting": N_("会还没有开始，开始以后再写纪要。"),
    "minutes_of_cancelled": N_("这次会取消了，没有纪要。"),
    "minutes_changed": N_(
        "您写的时候，别人存过这份纪要（现在是第 %(revision)s 次修改）。两份都在下面，请合成一份再存。"
    ),
    "minutes_out_for_signing": N_("纪要已经送各方会签，文字定了。要改，先收回修改。"),
    "minutes_published": N_("纪要已经公布，文字不再变。有话要补，写在后面的补记里。"),
    "minutes_too_long": N_("最多 %(limit)s 个字，现在有 %(n)s 个。请删短一些。"),
    "conclusion_too_long": N_("一项议题的结论最多 %(limit)s 个字，现在有 %(n)s 个。"),
    "item_not_of_meeting": N_("有一项不是这次会的议题。请刷新，看过再写。"),
    "tasks_too_many": N_("一次会最多记 %(limit)s 件要办的事。"),
    "task_body_unknown": N_("第 %(n)s 件事：请选由哪一方负责。"),
    "task_too_long": N_("第 %(n)s 件事：有一格超过 %(limit)s 个字。"),
    # sending round
    "minutes_not_written": N_("纪要还没有写。"),
    "minutes_before_end": N_("会还没有结束。"),
    "minutes_decision_open": N_("“%(text)s”还没有表决完。请在会议页面结束表决。"),
    "item_without_conclusion": N_(
        "这些议题还没有写结论：%(titles)s。没有结论，就写“没有结论，下次再议”。"
    ),
    "tasks_missing": N_("会后谁办什么？请至少写一件，确实没有，就勾“没有要办的事”。"),
    "tasks_and_none": N_("写了要办的事，又勾了“没有要办的事”。请留一样。"),
    "task_text_missing": N_("第 %(n)s 件事：写清楚办什么。"),
    "task_due_missing": N_("第 %(n)s 件事：写最晚哪天办完。"),
    "task_agency_missing": N_("第 %(n)s 件事：写在等哪个单位。"),
    "task_check_missing": N_("第 %(n)s 件事：写下次哪天去问。"),
    "task_before_meeting": N_("第 %(n)s 件事：日期早于开会那天。"),
    "minutes_revise_reason_missing": N_("请写明为什么收回修改，各方都看得到。"),
    "minutes_remark_too_long": N_("这里最多 %(limit)s 个字。"),
    # corrections
    "minutes_not_circulated": N_("纪要还没有送各方会签。"),
    "correction_only_by_attendee": N_("到过会的人才能提更正。没有到会，可以在下面留言。"),
    "correction_missing": N_("写清楚哪里不对，应该是什么。"),
    "correction_too_long": N_("最多 %(limit)s 个字。"),
    "passage_too_long": N_("原文抄一小段就够，最多 %(limit)s 个字。"),
    "corrections_unanswered": N_("还有 %(n)s 条更正没有答复。"),
    "correction_answered": N_("这条更正已经答复过了。"),
    "correction_reply_missing": N_("不采纳，要写明原因。"),
    "correction_not_worked_in": N_(
        "采纳了 %(n)s 条更正，纪要的文字还没有改。请收回修改，改好再送会签。"
    ),
    # signing
    "minutes_not_your_meeting": N_("%(body)s没有参加这次会，不用签。"),
    "minutes_post_may_not_speak": N_("%(body)s的%(title)s不能代表本方表态。请能代表的人来签。"),
    "minutes_text_changed": N_("您看的那一稿已经改过了。请看新的一稿再签。"),
    "minutes_already_answered": N_("%(body)s对这一稿已经表过态了。"),
    "minutes_refusal_reason_missing": N_("不签，要写明原因，大家看得到。"),
    "signatures_awaited": N_("%(body)s还没有签。各方都签了可以公布；到期不签的，写“未签”再公布。"),
    # afterwards
    "minutes_not_published": N_("纪要还没有公布。"),
    "minutes_note_missing": N_("写上要补记的话。"),
}
STATUS = {"minutes_changed": 409}
