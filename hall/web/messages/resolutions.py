"""Sentences of the resolutions room."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    "reason_missing": N_("请写明为什么更正，所有人都看得到。"),
    "nothing_to_correct": N_("和上一版一样，没有可更正的。先重新计票，或者改决定事项。"),
    # what follows (I17)
    "actions_missing": N_("请至少写一件谁办、哪天前办完；没有要办的，写明为什么。"),
    "actions_and_none": N_("写了要办的事，就不要再写“没有要办的事”。请去掉一样。"),
    "none_reason_missing": N_("请写明为什么没有要办的事，所有人都看得到。"),
    "nothing_planned": N_("办法里没有还没记下的事。"),
    "has_actions": N_("这份文件已经有要办的事了，不能再写没有。"),
    "none_said": N_("已经写明没有要办的事。"),
    "task_item_unknown": N_("这份文件没有这一项，请重新选。"),
    "task_item_taken": N_("这一项已经有人办了，请到“落实”里看。"),
    # decisions of bodies
    "decision_open": N_("这项还没有表决完，等会议主持人结束表决。"),
    "nothing_decided": N_("到会的人不够，这项没有形成结果，没有可公布的。"),
    "document_exists": N_("已经公布过了，文号是 %(number)s。要改请出更正。"),
    "organisation_text_missing": N_("请写定下了什么。"),
    "basis_missing": N_("请写依据：为什么由这个组织定，听了哪些意见。"),
    "owners_decide": N_("这是业主共同决定的事，要业主投票，不能由哪一方直接定。"),
    "no_matter_to_settle": N_("这一项没有连着议案，没有可以了结的事。"),
    "matter_not_accepted": N_("这个议案还没有受理。"),
    "matter_withdrawn": N_("这个议案已经撤回。"),
    "matter_settled": N_("这个议案已经有结果了。"),
    "matter_round_open": N_("第 %(round)s 轮征求意见还没办结，先逐条答复、办结这一轮。"),
}
