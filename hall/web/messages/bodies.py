"""Sentences of the bodies room."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    "party_level_unknown": N_("党组织分四级，没有第 %(level)s 级。"),
    "party_building_missing": N_("楼栋党小组要选是哪一栋。"),
    "party_kind_unknown": N_("请选是哪一类单位。"),
    "party_already_there": N_("%(name)s已经在名单上。"),
    "party_already_retired": N_("已经从名单上撤下。"),
}
