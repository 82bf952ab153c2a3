"""Sentences of the people room, and what roles, bodies and titles are called."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    # signing in
    "wrong_credentials": N_("手机号、用户名或密码不对。再看一眼，或者用信上的码登录。"),
    "throttled": N_("试错太多了，%(not_before)s 之后再试。急用请打电话给楼长或社区。"),
    "handed_password_expired": N_("发给您的初始密码过期了。请找业委会重发一个。"),
    "login_format": N_("请填 11 位手机号，或者字母开头的用户名。"),
    "login_taken": N_("这个手机号或用户名已经有人用了。是您的就直接登录，不是就换一个。"),
    "wrong_password": N_("现在的密码不对。"),
    "password_too_short": N_("密码太短，至少 %(least)s 位。可以用一句话。"),
    "password_too_long": N_("密码太长，最多 %(most)s 位。"),
    "password_too_common": N_("这个密码太常见，一猜就中。请换一个，比如一句只有您知道的话。"),
    "password_is_login": N_("密码不能和手机号、用户名一样。"),
    # who somebody is
    "name_missing": N_("请填姓名。"),
    "person_has_account": N_(
        "这位业主登录过。是您忘了密码，请填原来的手机号或用户名，并用一封没用过的新信；不是您登录的，请马上找业委会。"
    ),
    "account_is_someone_else": N_("这个手机号或用户名登记的是另一个人。请核对。"),
    # posts
    "evidence_missing": N_("请写明任职依据，比如哪天的哪次会议、哪份文件。"),
    "no_such_title": N_("%(body)s没有“%(title)s”这个职务。"),
    "steward_needs_building": N_("楼长要选是哪一栋。"),
    "no_such_building": N_("没有这一栋，或者这个职务不分楼栋。"),
    "term_is_empty": N_("到期日要在开始日之后。"),
    "post_already_held": N_("这个人在这段时间已经担任这个职务。"),
    "posts_exclude_each_other": N_("同一个人不能同时是%(wanted)s和%(held)s。"),
    "post_ends_in_past": N_("结束日不能早于今天（%(today)s）。已经办过的事仍然有效。"),
    "post_already_ended": N_("这个职务已经定在 %(to_on)s 结束。"),
    "post_not_active": N_("这个人今天不在任，不能重发密码。"),
    "own_password": N_("自己的密码自己改，不用重发。"),
    # the estate and its bodies
    "estate_exists": N_("网址名 %(slug)s 已经有小区在用。"),
    "households_wrong": N_("户数从 1 起。"),
    "site_area_wrong": N_("占地面积只写数字，比如 14930 或 14930.5。"),
    "built_year_wrong": N_("建成年份写四位数字，%(from)s 到 %(to)s。"),
    "organizer_missing": N_("请写明由谁召集。"),
    "body_unknown": N_("没有“%(body)s”这个组织。"),
    "body_name_missing": N_("请写上组织的名称。"),
}

STATUS = {"throttled": 429}

# Roles, bodies and titles share one list: a code means the same wherever it stands.
WHO = {
    "resident": N_("住户"),
    "owner": N_("业主"),
    "chair": N_("业委会主任"),
    "vice_chair": N_("业委会副主任"),
    "member": N_("业委会委员"),
    "clerk": N_("录入员"),
    "scrutineer": N_("监票人"),
    "steward": N_("楼长"),
    "secretary": N_("书记"),
    "worker": N_("网格员"),
    "staff": N_("工作人员"),
    "community": N_("社区党委"),
    "branch": N_("小区党支部"),
    "committee": N_("业委会"),
    "grid": N_("网格员"),
    "property": N_("物业公司"),
}
