"""Sentences of the people room, and what the posts are called."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    "wrong_credentials": N_("手机号、用户名或密码不对。再看一眼，或者用信上的码。"),
    "throttled": N_("试得太多了，%(not_before)s 之后再试。急用请打楼长或社区电话。"),
}

STATUS = {"throttled": 429}

WHO = {
    "resident": N_("住户"),
    "owner": N_("业主"),
    "chair": N_("业委会主任"),
    "member": N_("业委会委员"),
    "clerk": N_("录入员"),
    "scrutineer": N_("监票人"),
    "branch": N_("小区支部"),
    "community": N_("社区党委"),
    "grid": N_("网格员"),
    "steward": N_("楼长"),
    "property": N_("物业公司"),
    "committee": N_("业委会"),
    "vice_chair": N_("业委会副主任"),
    "secretary": N_("书记"),
    "worker": N_("网格员"),
    "staff": N_("工作人员"),
}
