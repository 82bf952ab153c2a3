"""Sentences of the proposals room."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    "proposal_wrong_state": N_("这份议案%(proposal_state)s，现在不能这样办。"),
    # writing
    "proposal_field_too_long": N_(
        "“%(proposal_part)s”最多 %(most)s 个字，现在有 %(length)s 个。您写的都还在，请删短一点。"
    ),
    "proposal_field_missing": N_("请写“%(proposal_part)s”。"),
    "track_unknown": N_("请选走哪条路：法定表决，还是意见征询。"),
    "proposal_matter_missing": N_("法定表决要选是《民法典》第二百七十八条的第几项。"),
    "proposal_matter_needless": N_("意见征询不对应法定事项，请去掉第 %(matter)s 项。"),
    "lead_body_unknown": N_("请选由谁牵头：业委会、小区党支部，或者社区党委。"),
    "procedure_unknown": N_("没有这个办事模板，请重新选。"),
    "proposal_scope_unknown": N_("范围只能按楼栋选，或者按单元选。"),
    "proposal_scope_empty": N_("您选了只关系到几栋或几个单元，请勾上是哪几栋、哪几个单元。"),
    "origin_unknown": N_("请选这件事是怎么来的。"),
    "origin_text_missing": N_("请写上原话是怎么说的。"),
    "origin_in_future": N_("说这话的日子不能晚于今天。"),
    "too_many_files": N_("附件最多 %(most)s 个。"),
    "file_unknown": N_("有一个附件找不到了，请去掉它，重新传。"),
    "draft_stale": N_("您在别处又存过这份草稿。两边写的都在下面，看过再存一次。"),
    # screening
    "own_proposal_screened": N_("自己提的议案，要由别人受理。"),
    "decline_reason_missing": N_("不列入要写明理由，所有人都看得到。"),
    # versions
    "version_stale": N_(
        "您改的是第 %(base)s 稿，别人已经交了第 %(newest)s 稿。您写的没有丢，请对照着再交一次。"
    ),
    "version_same": N_("和上一稿一字不差，没有可交的。"),
    "change_note_missing": N_("请用一句话写明这一稿改了什么。"),
    "round_running": N_("第 %(round)s 轮正在征求意见，改动大的要等 %(not_before)s 收完再交。"),
    "change_text_missing": N_("有一处改动没有写改了什么。"),
    "too_many_changes": N_("一稿最多列 %(most)s 处改动。"),
    "change_comment_unknown": N_("改动所连的意见里，有一条不是这份议案的。"),
    # standing behind it
    "own_proposal_joined": N_("这是您自己提的，不用再联名。"),
    "already_co_sponsor": N_("您已经联名。"),
    "not_co_sponsor": N_("您没有联名。"),
    "no_owner_set": N_("名册上没有您的房屋，或者您的房屋不在这份议案的范围里。附议要由业主来。"),
    "already_endorsed": N_("您家已经附议。一户只算一次，共有人附议过的也算。"),
    "not_endorsed": N_("您没有附议，没有可撤的。"),
    # rounds
    "round_unsettled": N_("第 %(round)s 轮还没有办结。一轮办结，才能走下一步。"),
    "round_window_missing": N_("请写明哪天开始、哪天截止。"),
    "round_opens_in_past": N_("开始的时间已经过了。"),
    "round_too_short": N_("一轮至少 %(days)s 天，最早 %(earliest)s 截止。"),
    "round_too_long": N_("一轮最多 %(days)s 天。"),
    "round_settled": N_("这一轮 %(at)s 已经办结。"),
    "round_not_ended": N_("这一轮还在征求意见，%(closes_at)s 截止以后才能办结。"),
    "round_began": N_("这一轮已经开始，不能改开始的时间，也不能取消。"),
    "round_shortened": N_("已经开始的一轮不能提前截止（原定 %(closes_at)s）。"),
    "round_not_last": N_("只能从最后一轮取消起。"),
    "points_open": N_("还有 %(count)s 条意见没有处理结果。条条有回音，才能办结。"),
    "heard_missing": N_("请写“我们听到了什么”。"),
    "something_changed": N_("有 %(count)s 处改动是因为这一轮的意见，不能写“没有改”。"),
    "change_unlinked": N_("请把改动和引起它的意见连起来；确实没有改，就勾“这一轮没有改”。"),
    # the end
    "round_never": N_("还没有征求过意见。至少要有一轮。"),
    "material_unheard": N_("第 %(version)s 稿改动大，要再征求一轮意见。"),
    "reopen_reason_missing": N_("请写明为什么重新商量，所有人都看得到。"),
    "withdraw_reason_missing": N_("请写明为什么撤回，所有人都看得到。"),
    "ballot_noticed_on_it": N_("这一稿已经发了表决公告。要改先作废那次表决，再重新公告。"),
    "owners_put_it_on": N_("业主附议过线（%(at)s），已经列入议程，不能由一个人撤回。"),
}
