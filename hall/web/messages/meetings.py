"""Sentences of the meetings room, from the form to the end of the meeting day."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    # the form
    "meeting_kind_unknown": N_("请选是哪种会。"),
    "meeting_title_missing": N_("请写会的名字。"),
    "meeting_time_missing": N_("请写开会的日期和时间。"),
    "meeting_place_missing": N_("请写开会的地点。"),
    "meeting_text_too_long": N_("有一处写得太长，最多 %(most)s 个字。"),
    "agenda_missing": N_("请至少写一项议程。"),
    "too_many_items": N_("议程最多 %(most)s 项。请并一并，或者分两次开。"),
    "too_many_names": N_("点名请的人最多 %(most)s 位。"),
    "item_kind_unknown": N_("第 %(item)s 项议程：请选做什么。"),
    "item_title_missing": N_("第 %(item)s 项议程：请写内容。"),
    "item_too_long": N_("第 %(item)s 项议程太长：内容最多 %(most)s 个字，谁讲最多 %(lead)s 个字。"),
    "item_minutes_wrong": N_("第 %(item)s 项议程：请写几分钟，1 到 %(most)s。"),
    "party_unknown": N_("有一个列席的单位不在名单里。请刷新，重新选。"),
    "proposal_unknown": N_("有一个议案找不到。请刷新，重新选。"),
    "not_yours_to_convene": N_("这种会由%(bodies)s召集。请换一种会，或者请他们召集。"),
    "wrong_bodies": N_("这种会只请%(bodies)s。请去掉别的。"),
    "bodies_number": N_("这种会要请 %(least)s 到 %(most)s 方。请核对勾选。"),
    "meeting_draft_changed": N_(
        "别人刚存过这份草稿（现在是第 %(revision)s 次修改）。请刷新，看过再改。"
    ),
    # the notice
    "meeting_already_noticed": N_(
        "通知 %(at)s 已经发出，内容定了。只能改地点、往后改时间，或者取消。"
    ),
    "meeting_too_early": N_(
        "要提前 %(days)s 天通知。今天发通知，会最早 %(earliest)s 开，可以定在 %(suggested)s。"
    ),
    "talk_decides_nothing": N_("第 %(item)s 项议程写着表决。恳谈会只听意见，请改成商量。"),
    "nobody_to_call": N_("开会那天一席也没有，通知发不出去。请核对请谁来，或者先登记任职。"),
    "rsvp_missing": N_("请选来还是请假。"),
    "move_not_later": N_("时间只能从 %(at)s 往后改。要提前，请取消这次会，重新召集。"),
    "move_changes_nothing": N_("时间和地点都没变，不用重新通知。"),
    "cancel_reason_missing": N_("请写为什么取消。"),
    # its state
    "meeting_not_noticed": N_("通知还没发，这次会还是草稿。"),
    "meeting_not_started": N_("会还没有开始。"),
    "meeting_already_started": N_("会 %(at)s 已经开始了。"),
    "meeting_ended": N_("会 %(at)s 已经结束了。"),
    "meeting_cancelled": N_("这次会 %(at)s 取消了。"),
    "start_too_early": N_("还没到点。%(at)s 以后才能开始。"),
    "meeting_day_over": N_("会定在 %(day)s，那一天过了。请重新召集。"),
    # coming and going
    "checkin_not_open": N_("签到 %(at)s 开始，开会前 1 小时。"),
    "checkin_key_wrong": N_("这个码不是这次会的。请再扫门口的码。"),
    "checkin_code_wrong": N_("签到码不对，或者已经换了。请看大屏上现在的 6 位数。"),
    "nobody_chosen": N_("请先选人。"),
    "guest_name_missing": N_("请写来的人叫什么。"),
    "not_in_room": N_("这个人现在不在场。"),
    # the agenda and the speakers
    "item_already_taken": N_("第 %(item)s 项已经开始过了。"),
    "item_not_running": N_("这一项现在没有在进行。"),
    "decision_still_open": N_("“%(text)s”还在表决。请先结束表决。"),
    "speaker_not_present": N_("这个人不在场。请先签到。"),
    "already_on_list": N_("这个人已经排上了。"),
    "turn_length_wrong": N_("发言请定 1 到 %(most)s 分钟。"),
    "turn_over": N_("这次发言已经开始、讲完或者划掉了。"),
    # the vote
    "kind_decides_nothing": N_("恳谈会只听意见，不表决。"),
    "item_not_for_decision": N_("这一项议程没有写表决，不能举手。"),
    "item_has_decision": N_("这一项已经表决过了。"),
    "another_decision_open": N_("还有一件事在表决。请先结束它。"),
    "decision_text_missing": N_("请写对什么举手。"),
    "decision_text_too_long": N_("表决的话最多 %(most)s 个字。"),
    "quorum_missing": N_(
        "人数不够：应到 %(due)s 席，在场 %(present)s 席，要 %(needed)s 席才能表决。"
    ),
    "no_seats_due": N_("要表决的席位都回避了，没有人能表决。"),
    "decision_closed": N_("表决 %(at)s 已经结束，结果定了。"),
    "vote_without_seat": N_("%(name)s 在这次会没有席位，不举手。"),
    "vote_barred": N_("%(name)s 这一项回避，不举手。"),
    "vote_not_present": N_("%(name)s 现在不在场。请先签到。"),
    "vote_choice_missing": N_("请选 %(name)s 的态度：赞成、不赞成，或者不表态。"),
    "vote_reason_missing": N_("请写 %(name)s 的理由。不赞成、不表态都要写。"),
    "vote_reason_too_long": N_("理由最多 %(most)s 个字。"),
    "voted_himself": N_("%(name)s 已经自己表过态，别人不能改。"),
    "votes_missing": N_("还有 %(n)s 席没表态：%(names)s。在场的都记下了才能结束。"),
    "bar_reason_missing": N_("请写为什么回避。"),
    "bar_is_declared": N_("这是在议案上声明过的回避，在这里不能撤销。"),
}
