"""Who can sign in to the demo. The password is public: whoever runs the demo is meant to try it."""

from __future__ import annotations

from typing import NamedTuple

PASSWORD = "yishiting-demo"  # noqa: S105 (printed at every start of the demo)


class Account(NamedTuple):
    """A login with what its holder is, in both languages."""

    login: str
    zh: str
    en: str


ACCOUNTS = (
    Account("owner1", "象城外滩业主，还没投票", "owner who has not voted yet"),
    Account("owner2", "象城外滩业主，有两套房，算 1 人", "owner of two flats: one head"),
    Account("owner3", "象城外滩共有人，另一位共有人已投", "co-owner whose flat has voted"),
    Account("chair", "象城外滩业委会主任", "chair of the owners' committee"),
    Account("member", "象城外滩业委会委员，复核导入", "committee member, second person"),
    Account("clerk", "象城外滩录入员", "clerk, imports the roll"),
    Account("scrutineer", "象城外滩监票人", "scrutineer"),
    Account("community", "桑园社区，授予职务", "community office, grants posts"),
    Account("branch", "象城外滩党支部书记，开轮次、召集会议", "secretary of the branch"),
    Account("grid", "网格员，上门记意见", "grid worker"),
    Account("steward", "象城外滩楼长", "building steward"),
    Account("property", "物业公司", "property company"),
    Account("owner4", "清音路业主", "owner at the other estate"),
    Account("organizer", "清音路居民自治小组组长", "organiser of the estate without a committee"),
    Account("bailong", "白龙社区", "community office of the other estate"),
)
