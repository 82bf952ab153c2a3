"""Sentences of the actions room."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    "action_text_missing": N_("请写要办什么事。"),
    "action_due_missing": N_("请写最晚哪天办完。要等外面单位的事，请勾“要等外面”。"),
    "action_due_past": N_("期限 %(due_on)s 已经过了，请写今天或以后的日子。"),
    "action_external_has_no_due": N_("要等外面的事不编期限，只写下次哪天问。请把期限空着。"),
    "action_agency_missing": N_("请写在等哪个单位。"),
    "action_check_missing": N_("请写下次哪天去问。"),
    "action_check_past": N_("下次问的日子 %(check_on)s 要在今天之后。"),
    "action_closed": N_("这件事已经了结，不再添记录。"),
    "action_already_done": N_("已经报了办完，等别的一方核对。"),
    "action_of_another_body": N_("这件事由%(body)s负责，进度由他们来报。"),
    "action_words_missing": N_("请写一句说明，大家看得到。"),
    "action_percent_wrong": N_("进度填 0 到 100 的整数。"),
    "action_not_external": N_("这件事不用等外面，请报进度。"),
    "action_not_late": N_("没有超期，不用说明。"),
    "action_not_done": N_("负责的一方还没有报办完。"),
    "action_own_body_cannot_verify": N_("这件事由%(body)s办，要请别的一方来核对。"),
    "action_doer_cannot_verify": N_("办完是您报的，要请另一个人来核对。"),
    "action_own_body_cannot_drop": N_("这件事由%(body)s负责，不能自己说不办，要由别的一方来决定。"),
}
