"""Sentences of the positions room."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    "stance_missing": N_("请选一个态度。"),
    "stance_reason_missing": N_("有条件赞成、有保留、不赞成，都要写一句为什么。"),
    "body_can_only_recuse": N_("%(body)s和这件事有利害关系，只能选“回避”。"),
    "person_has_interest": N_("您声明过和这件事有利害关系，请贵方另一位来表态。"),
    "proposal_not_let_in": N_("这个议案还没有受理，受理以后再表态。"),
    "proposal_over": N_("这个议案已经了结，不再表态。"),
    "interest_whose_missing": N_("请选是整个组织有利害关系，还是只是您自己。"),
    "interest_kind_missing": N_("请选是哪一种利害关系。"),
    "interest_text_missing": N_("请写明是什么利害关系，写了会公开。"),
    "interest_already_declared": N_("已经声明过了，不用再写。"),
    "interest_ended": N_("这项利害关系已经在 %(ended_at)s 撤销。"),
    "interest_of_own_body": N_("这是%(body)s自己的利害关系，要由别的一方来撤销。"),
    "interest_end_reason_missing": N_("请写为什么不再有利害关系。"),
}
