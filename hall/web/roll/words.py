"""What the codes of a roll are called, and every problem of a file in words."""

from __future__ import annotations

from collections.abc import Mapping

from hall.roll.rules.problems import Problem
from hall.web.i18n import N_, gettext
from hall.web.messages import fact
from hall.web.messages.roll import PROBLEMS

KINDS = {
    "home": N_("住宅"),
    "shop": N_("商铺"),
    "parking": N_("车位"),
    "other": N_("其他"),
}
STATUSES = {"sold": N_("已售"), "unsold": N_("未售"), "undelivered": N_("未交付")}
SOURCES = {"register": N_("不动产登记"), "survey": N_("实测报告"), "contract": N_("购房合同")}
ROLES = {
    "building": N_("楼栋"),
    "entrance": N_("单元"),
    "unit": N_("房号"),
    "zone": N_("期、组团"),
    "floor": N_("楼层"),
    "owner": N_("业主"),
    "co_owner": N_("共有人"),
    "phone": N_("联系电话"),
    "area": N_("专有部分面积"),
    "area_inside": N_("套内面积"),
    "area_source": N_("面积来源"),
    "share": N_("共有份额"),
    "status": N_("房屋状态"),
    "kind": N_("用途"),
    "note": N_("备注（只看户别说明）"),
}


def named(table: Mapping[str, str], code: str) -> str:
    """A code's name, the code itself when it is new."""
    return gettext(table[code]) if code in table else code


class _Facts(dict[str, str]):
    """Facts of a sentence; one that a file did not state reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def problem(found: Problem) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    what, do = PROBLEMS.get(found.code, (found.code, ""))
    facts = _Facts({name: fact(name, value) for name, value in found.facts.items()})
    return gettext(what) % facts, gettext(do) % facts if do else ""
