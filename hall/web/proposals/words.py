"""What proposals call things."""

from __future__ import annotations

from hall.proposals.queries import Byline
from hall.proposals.rules.procedures import FollowUpPlan, Procedure
from hall.web.filters import mask_name
from hall.web.i18n import N_, gettext
from hall.web.organiser import called as who

PARTS = {
    "title": N_("标题"),
    "what": N_("要定什么"),
    "cost": N_("花多少钱，谁出"),
    "how_long": N_("管多久"),
    "unhappy": N_("不满意怎么办"),
    "if_not": N_("没通过会怎样"),
    "text": N_("正文"),
    "reason": N_("理由"),
    "note": N_("改了什么"),
    "change": N_("改动"),
    "heard": N_("我们听到了什么"),
    "question": N_("这一轮问什么"),
    "origin_text": N_("原话"),
}
HINTS = {
    "title": N_("说清要做什么，20 字左右"),
    "what": N_("一句话，别人读了知道要不要来"),
    "cost": N_("写总数和每户；不知道就写“待测算”"),
    "how_long": "",
    "unhappy": "",
    "if_not": "",
}
# state: (kind of chip, icon, word, "this proposal …")
STATES = {
    "draft": ("line", "pen", N_("草稿"), N_("还是草稿")),
    "submitted": ("wait", "clock", N_("等受理"), N_("还没有受理")),
    "declined": ("off", "dash", N_("没有列入"), N_("没有列入")),
    "discussing": ("ask", "talk", N_("商量中"), N_("还在商量")),
    "ready": ("done", "check", N_("定稿"), N_("已经定稿")),
    "settled": ("done", "flag", N_("已有结果"), N_("已有结果")),
    "withdrawn": ("off", "cross", N_("已撤回"), N_("已经撤回")),
}
STEPS = (
    N_("提出"),
    N_("征集意见"),
    N_("五方会商"),
    N_("定稿公示"),
    N_("投票表决"),
    N_("公布结果"),
    N_("落实跟踪"),
)
STEP_SAYS = (
    N_("刚提出"),
    N_("正在征集意见"),
    N_("五方正在会商"),
    N_("定稿公示中"),
    N_("正在投票表决"),
    N_("已经有结果"),
    N_("正在落实"),
)
ROUND_PHASES = {
    "planned": ("line", "clock", N_("还没开始")),
    "open": ("ask", "talk", N_("正在征求意见")),
    "answering": ("wait", "pen", N_("逐条答复中")),
    "settled": ("done", "check", N_("已办结")),
}
WHICH = (
    ("all", N_("全部")),
    ("running", N_("商量中的")),
    ("settled", N_("已有结果")),
    ("ended", N_("没列入或撤回")),
)
HOW = {
    "ballot": N_("由投票定了"),
    "meeting": N_("由会议定了"),
    "organisation": N_("由组织定了"),
}
ORIGINS = {
    "own": (N_("我自己想的"), N_("或者我们几家商量的")),
    "voice": (N_("别人当面、电话里说的"), N_("写上原话，他没有手机也算数")),
    "comment": (N_("一条意见引出来的"), N_("从意见那里点过来")),
}
LEADS = ("committee", "branch", "community")
PROCEDURES = {
    "hire_manager": N_("选聘物业公司"),
    "renew_manager": N_("续聘物业公司"),
    "dismiss_manager": N_("解聘物业公司"),
    "use_fund": N_("使用维修资金"),
    "add_lift": N_("加装电梯"),
    "elect_committee": N_("选举业主委员会"),
    "name_something": N_("征集名字"),
    "apply_renewal": N_("申报老旧小区改造"),
}
METHODS = {
    "motion": N_("同意、反对、弃权三选一"),
    "single": N_("几个里选一个"),
    "approval": N_("可以选几个"),
    "election": N_("从候选人里选"),
}
SCOPES = {
    "estate": N_("全体业主"),
    "building": N_("共用这栋楼的业主"),
    "entrance": N_("共用这个单元的业主"),
}
ELECTORATES = {
    "owners": N_("按人数和面积算"),
    "households": N_("一户一份"),
    "persons": N_("一人一份"),
}
# Texts that a template puts into the records, so that an English page can say what they mean.
TEMPLATE_TEXTS = (
    N_("对物业服务有什么要求，最多愿意付多少物业费？"),
    N_("选聘方案和合同草案，哪一条要改？"),
    N_("这几年服务得怎么样，续不续，条件是什么？"),
    N_("续聘合同草案，哪一条要改？"),
    N_("物业公司哪里没做到，有什么证据？"),
    N_("解聘以后怎么过渡，谁来接？"),
    N_("修什么、修多大、花多少，您怎么看？"),
    N_("本单元要不要装电梯，各层有什么顾虑？"),
    N_("设计图和分摊方案，哪一条要改？"),
    N_("推荐谁当委员，任职条件怎么定？"),
    N_("叫什么名字好，为什么？"),
    N_("合并以后的名字里，您看好哪个？"),
    N_("最后几个名字，还有什么要说的？"),
    N_("最想改什么，愿不愿意出一部分钱？"),
    N_("改造方案草案，哪一项要改？"),
    N_("您是否同意按本方案选聘物业服务企业？"),
    N_("您是否同意按本合同续聘现在的物业公司？"),
    N_("您是否同意解聘现在的物业公司？"),
    N_("您是否同意按本方案使用维修资金？"),
    N_("您是否同意本单元按本方案加装电梯？"),
    N_("请选出业主委员会委员。"),
    N_("您看好哪个名字？"),
    N_("您家愿不愿意申报老旧小区改造？"),
    N_("和选定的物业公司签合同，合同全文公示"),
    N_("合同签订后向物业主管部门备案"),
    N_("新老物业交接，清单公示"),
    N_("签续聘合同，合同全文公示"),
    N_("第一次服务评议，结果公示"),
    N_("提前 60 日书面通知物业公司"),
    N_("交接用房、图纸、账册，清单公示"),
    N_("选聘新的物业公司"),
    N_("向维修资金管理部门申请拨付"),
    N_("施工，进度和变更逐次公示"),
    N_("业主代表参加验收"),
    N_("决算和每户分摊公示"),
    N_("方案在单元门口公示满期，异议逐条答复"),
    N_("占用到的每一户书面同意存档"),
    N_("办理规划和施工手续"),
    N_("施工和验收，资料公示"),
    N_("七日内开第一次会，推选主任、副主任"),
    N_("三十日内向街道备案"),
    N_("和上一届交接档案、印章、账册"),
    N_("由所在组织作出决定，写明为什么选这个名字"),
    N_("做牌子、挂牌"),
    N_("向住建部门申报，附问题清单和征询记录"),
    N_("请住建部门现场勘察"),
    N_("动用业主资金、改建、改用途的，另开业主大会表决"),
    N_("验收时请居民代表参加，缺陷列清单"),
    N_("《民法典》第二百七十八条第一款第四项"),
    N_("《民法典》第九百四十六条至第九百五十条"),
    N_("《物业管理条例》第十四条（提前 15 日通知）"),
    N_("《民法典》第九百四十六条（提前 60 日通知）"),
    N_("《民法典》第二百七十八条第一款第五项"),
    N_("《民法典》第二百八十一条"),
    N_("《住宅专项维修资金管理办法》第二十二条、第二十三条"),
    N_("《民法典》第二百七十八条第一款第七项"),
    N_("四川省既有住宅加装电梯规定（参与三分之二，同意四分之三）"),
    N_("《民法典》第二百七十八条第一款第三项"),
    N_("《物业管理条例》第十六条（30 日内备案）"),
    N_("《业主大会和业主委员会指导规则》第三十一条、第三十二条"),
    N_("《物业管理条例》第十九条（与物业管理无关的事，业主大会不作决定）"),
    N_("国办发〔2020〕23号（全面推进城镇老旧小区改造）"),
)


def state_phrase(code: str) -> str:
    """What a refusal says of the state."""
    return gettext(STATES[code][3]) if code in STATES else code


def part_name(code: str) -> str:
    """A field by its label."""
    return gettext(PARTS[code]) if code in PARTS else code


def spoke(by: Byline) -> str:
    """Who, in plain words: 业委会 样本华 主任, or 3栋 胡**."""
    if by.standing == "body":
        return " ".join(w for w in (who(by.body), by.name) if w)
    if by.standing == "offline":
        return f"{by.place} {by.name}".strip()
    return f"{by.place} {mask_name(by.name)}".strip()


def procedure_name(code: str) -> str:
    """A template by its name; '' for none."""
    return gettext(PROCEDURES[code]) if code in PROCEDURES else ""


def ballot_line(p: Procedure) -> str:
    """What kind of ballot follows, in one line."""
    return gettext("；").join(
        (
            gettext(SCOPES[p.ballot.scope])
            if p.track == "statutory"
            else gettext(ELECTORATES[p.ballot.electorate]),
            gettext(METHODS[p.ballot.method]),
        )
    )


def follow_line(f: FollowUpPlan) -> str:
    """Who does it within how many days."""
    return gettext("%(who)s，%(days)s 天内", who=who(f.body), days=f.days)
