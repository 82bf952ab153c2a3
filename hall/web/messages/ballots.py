"""Sentences of the ballots room and of the rule sets it freezes."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    # any step
    "ballot_void": N_("这次投票 %(at)s 已宣布作废。"),
    "ballot_not_noticed": N_("公告还没有发，什么都还没开始。"),
    # drafting
    "already_noticed": N_("公告已经发出，内容冻结了。要改只能作废，重新公告。"),
    "draft_changed": N_("别人刚存过这份草稿（现在是第 %(revision)s 次修改）。请刷新，看过再改。"),
    "unknown_choice": N_("“%(value)s”不在可选的范围里。请在页面上重新选。"),
    "scope_mixed": N_("范围只能按楼栋选，或者按单元选，不能混着选。"),
    "scope_unknown": N_("选的楼栋或单元不在本小区。请重新选范围。"),
    # notice: what kind it is
    "kind_unknown": N_("请选：法定表决，还是意见征集。"),
    "advisory_has_matter": N_(
        "意见征集不对应法定事项。请去掉“第 %(matter)s 项”，或者改成法定表决。"
    ),
    "advisory_uses_legal_words": N_(
        "意见征集里不能出现“%(word)s”，免得让人当成法定表决。请换个说法。"
    ),
    "electorate_not_owners": N_("法定表决只能由业主投。请把投票人改成业主。"),
    "matter_missing": N_("请选这是《民法典》第二百七十八条的第几项。"),
    "matter_unknown": N_("《民法典》第二百七十八条没有第 %(matter)s 项。请重新选。"),
    "election_not_matter_3": N_("第 %(question)s 题是选举，事项要选第 3 项（选举业主委员会）。"),
    "not_an_owners_matter": N_("“%(word)s”不是业主大会能定的事。请改用意见征集。"),
    "contact_missing": N_("请写上有疑问找谁、打什么电话。"),
    # notice: the wording it puts to the vote (I16)
    "origin_ended": N_("这个议案已经了结或者撤回，不能再投。"),
    "origin_not_ready": N_("这个议案还没有定稿。请先定稿，再起草投票。"),
    "ballot_in_preparation": N_("这个议案已经有第 %(n)s 次投票在准备或者在投，先办完那一次。"),
    "item_of_another_version": N_("会上议的是第 %(version)s 稿，不是定稿。请从议案页起草。"),
    "version_not_final": N_("投票写的是第 %(version)s 稿，它不是定稿。请先定稿，或者重新起草。"),
    "material_change_after": N_(
        "第 %(version)s 稿之后，第 %(newer)s 稿有重大修改。请再征求一轮意见，定稿后重新起草。"
    ),
    "wording_publicity_too_short": N_("定稿要公示满 %(needed)s 天，%(until)s 起才能发公告。"),
    "text_not_of_version": N_("全文和议案第 %(version)s 稿不一样。全文要一字不改，请改回来。"),
    # who keeps his hands off it (rules §4.6)
    "body_recused": N_("%(body)s和这件事有利害关系，要回避：不能发公告、计票、延期、作废。"),
    "person_recused": N_("您和这件事有利害关系，要回避：不能发公告、计票、延期、作废。"),
    # notice: wording
    "title_missing": N_("请写标题。"),
    "questions_missing": N_("至少要有一道题。"),
    "question_text_missing": N_("第 %(question)s 题还没写题目。"),
    "method_unknown": N_("第 %(question)s 题的计票方法不认识，请重新选。"),
    "abstain_missing": N_("第 %(question)s 题缺“弃权”。法定表决必须能弃权。"),
    "choices_too_few": N_("第 %(question)s 题只有 %(choices)s 个选项，至少要 %(needed)s 个。"),
    "choice_text_missing": N_("第 %(question)s 题有一个选项是空的。"),
    "choice_repeated": N_("第 %(question)s 题的“%(choice)s”写了两遍。"),
    "none_of_these_missing": N_("第 %(question)s 题缺“都不同意”。"),
    "seats_wrong": N_("第 %(question)s 题要选 %(seats)s 位，候选人有 %(candidates)s 位，对不上。"),
    # notice: rules
    "ruleset_missing": N_("本小区还没有定计票规则。请先定规则，再发公告。"),
    "ruleset_not_confirmed": N_("计票规则 %(ruleset)s 还没有第二个人确认。"),
    "ruleset_not_in_force": N_("计票规则 %(ruleset)s 今天不在有效期内。"),
    "policy_missing": N_("计票规则里“%(field)s”一项还空着。投票前必须写死。"),
    "ruleset_confirmed_already": N_("这版规则 %(at)s 已经确认过。"),
    "preset_unknown": N_("没有“%(preset)s”这套规则。请重新选。"),
    "clause_unknown_field": N_("“%(field)s”不是规则里的一项。"),
    "clause_number_missing": N_("“%(field)s”要写明是议事规则第几条。"),
    "clause_file_missing": N_("“%(field)s”要附上业主大会通过的议事规则文件。"),
    "clause_reserved": N_("“%(field)s”由法律定，小区不能改。"),
    "clause_value_malformed": N_("“%(field)s”填的值认不出来，请检查。"),
    "clause_below_floor": N_("“%(field)s”低于法律的底线，只能从严，不能放宽。"),
    "clause_window_empty": N_("投票最短的天数比最长的还多，请检查。"),
    # notice: roll
    "roll_empty": N_("名册里还没有能投票的业主。请先导入名册。"),
    "roll_without_area": N_("名册里没有面积。法定表决要按面积和人数两样算。"),
    "roll_not_published": N_("业主名册还没有公示。请先公示，让业主核对。"),
    "roll_publicity_too_short": N_("名册要公示满 %(needed)s 天，到 %(until)s 才满。"),
    "roll_corrections_open": N_("名册还在公示，%(until)s 前业主可以提更正。"),
    "roll_corrections_unanswered": N_("还有 %(count)s 份名册更正没有答复。"),
    "roll_changed_since_publication": N_("名册在 %(at)s 公示后又改过。请重新公示。"),
    # notice: window
    "open_missing": N_("请定什么时候开始投。"),
    "close_missing": N_("请定什么时候截止。"),
    "open_too_early": N_("公告要满 %(notice_days)s 天，最早 %(earliest)s 才能开始投。"),
    "close_not_after_open": N_("截止要晚于开始（%(open)s）。"),
    "window_too_short": N_("至少要投 %(min_days)s 天，最早 %(earliest_close)s 截止。"),
    "window_too_long": N_("最多投 %(max_days)s 天，最晚 %(latest_close)s 截止。"),
    # notice: channels
    "channel_missing": N_("请选怎么投。"),
    "channel_unknown": N_("“%(channel)s”这种投法不认识。"),
    "paper_register_missing": N_("这个版本还不能登记和清点纸质票，请不要选纸质。"),
    "paper_required": N_("按规则 %(ruleset)s，必须同时发纸质票。"),
    "must_use_official": N_("当地规定业主网上投票只能用政府的系统，这里不能投法定表决。"),
    "online_clause_missing": N_("议事规则里还没有写可以网上投票。请先补这一条。"),
    "online_confirmation_missing": N_("街道还没有书面确认本小区可以网上投票。"),
    # casting
    "voting_not_open": N_("还没开始投，%(open_at)s 开始。"),
    "voting_closed": N_("投票 %(closed_at)s 已截止。"),
    "channel_not_offered": N_("这次没有这种投法。请看公告上写的怎么投。"),
    "not_on_roll": N_("这次冻结的名册上没有您。"),
    "entry_not_yours": N_("%(entry)s 不在您名下，不能由您投。"),
    "entry_represented_by_other": N_("%(entry)s 的共有人已推举别人来投。"),
    "entry_unverified": N_("%(entry)s 的业主身份还没有核实。请带产权证明找业委会。"),
    "entry_contested": N_("%(entry)s 的共有人意见不一，请先一起推举由谁来投。"),
    "already_cast": N_("%(entry)s 已在 %(at)s 投过了，一户只算一次。"),
    "sheet_changed": N_("您手里的票旧了，票没有交出。请看新的票，重新选。"),
    "answer_missing": N_("第 %(question)s 题还没选。"),
    "answer_invalid": N_("第 %(question)s 题选得不对：选多了，或者互相矛盾。请重新选。"),
    # co-owners
    "nothing_to_contest": N_("这一户还没有人投，没有可提的票。"),
    "own_sheet": N_("这一票就是您自己投的，不用提。"),
    "already_contested": N_("这一票已经有人提出来，正在核对。"),
    "not_contested": N_("没有人对这一票提出不同意见。"),
    "nominee_not_holder": N_("被推举的人不是这一户的共有人。"),
    # extension, void, count, publication
    "already_extended": N_("已经延长过一次（原定 %(from)s），不能再延。"),
    "extension_not_allowed": N_("规则没有写可以延长。"),
    "new_close_not_later": N_("新的截止要晚于原来的 %(close_at)s。"),
    "extension_too_long": N_("最多延长 %(max_days)s 天，最晚到 %(latest_close)s。"),
    "extension_reason_missing": N_("请写明为什么延长，所有人都看得到。"),
    "ballot_final": N_("结果已经生效，不能再作废。"),
    "void_reason_missing": N_("请写明为什么作废，所有人都看得到。"),
    "voting_not_closed": N_("投票还没截止，%(close_at)s 才能开票。"),
    "already_counted": N_("%(at)s 已经计过票。要重计，请写明原因。"),
    "recount_reason_missing": N_("请写明为什么重新计票。"),
    "sheets_unread": N_("还有 %(count)s 张纸质票没有录完。"),
    "deliveries_pending": N_("还有 %(count)s 份票没有送达记录。"),
    "roll_digest_differs": N_("名册和公告时冻结的不一样，不能计票。请马上查清。"),
    "not_counted": N_("还没有计票。"),
    "already_published": N_("%(at)s 已经公布。"),
    "recount_differs": N_("两次计票的结果不一样，不能公布。请监票人核对。"),
    "sheets_disputed": N_("还有 %(count)s 张有争议的票会影响结果，请监票人书面认定。"),
    # objections and corrections
    "result_not_published": N_("结果还没有公布，公布后才能提异议。"),
    "objections_closed": N_("异议期 %(until)s 已过。"),
    "text_missing": N_("请写明哪里不对。"),
    "text_too_long": N_("请不要超过 %(most)s 个字。"),
    "already_answered": N_("这条异议 %(at)s 已经答复。"),
    "answer_text_missing": N_("请写答复。"),
    "own_objection": N_("自己提的异议，要由别人答复。"),
}

WHO = {
    "street": N_("街道办事处"),
    "co_owners": N_("共有人一起"),
}
