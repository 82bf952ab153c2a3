"""清音路: how the branch got its name, from a telephone call to the sign on the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hall.actions import service as actions
from hall.cli.demo import talk
from hall.cli.demo.stage import at
from hall.cli.demo.talk import Agenda, Heard, Matter, Said, Speaker
from hall.meetings.rules.drafting import MeetingDraft
from hall.meetings.rules.minutes import TaskDraft
from hall.permissions import Actor
from hall.proposals import service as proposals
from hall.proposals.rules.wording import Wording
from hall.proposals.service.writing import Origin, Plan
from hall.resolutions import service as resolutions
from hall.resolutions.service.follow import Task

TITLE = "给小区党支部取名"
TEXT = (
    "第一条 取名范围：小区党支部的名称，不改小区名，不改路名。\n"
    "第二条 征集办法：先听大家说，再合并相近的，最后每户选一个。\n"
    "第三条 定名办法：征询结果报白龙社区党委，由党委和支部研究后定名，并说明理由。"
)
FIRST = Wording(
    TITLE,
    what="小区党支部刚成立，叫什么名字，听大家的。",
    cost="不花住户的钱，门牌由服务站做。",
    how_long="长期用。",
    unhappy="定名以后有意见，随时找支部或社区说。",
    if_not="先用“清音路小区党支部”办事，名字慢慢议。",
    text=TEXT,
)
SECOND = Wording(
    TITLE,
    what="第一轮提了 8 个名字，合并成 4 个，请您说说看好哪个。",
    cost=FIRST.cost,
    how_long=FIRST.how_long,
    unhappy=FIRST.unhappy,
    if_not=FIRST.if_not,
    text=TEXT
    + "\n第四条 第二轮的名字：302小区党支部、清音小区党支部、白龙清音党支部、地质家园党支部。",
)
THIRD = Wording(
    TITLE,
    what="剩下两个名字：302小区党支部、清音小区党支部。还有别的想法也可以写。",
    cost=FIRST.cost,
    how_long=FIRST.how_long,
    unhappy=FIRST.unhappy,
    if_not=FIRST.if_not,
    text=TEXT + "\n第四条 第三轮的名字：302小区党支部、清音小区党支部，另留一项其他名字。",
)
FINAL = Wording(
    TITLE,
    what="小区党支部取名“302小区党支部”，门头同时标“清音路小区”，方便外人找。",
    cost=FIRST.cost,
    how_long=FIRST.how_long,
    unhappy=FIRST.unhappy,
    if_not=FIRST.if_not,
    text=TEXT
    + "\n第四条 拟定名称：302小区党支部。\n第五条 门头并列标出“清音路小区”，公告栏同步更换。",
)


@dataclass(frozen=True, slots=True)
class People:
    """Who plays in this story."""

    community: Speaker
    branch: Speaker
    committee: Speaker
    grid: Speaker
    company: Speaker
    neighbours: Sequence[Actor]

    @property
    def five(self) -> tuple[Speaker, ...]:
        """One of each body, in the fixed order."""
        return (self.community, self.branch, self.committee, self.grid, self.company)


def propose(estate_id: int, who: People, today: date) -> Matter:
    """A call in the grid worker's ear becomes a proposal of the branch; the community takes it up."""
    n = proposals.draft(
        who.branch.actor,
        estate_id,
        FIRST,
        Plan("advisory", None, "name_something", "branch"),
        origin=Origin(
            "voice",
            "1 栋一位老住户打电话说：新支部的名字里要是有“302”就好了，我们在这里住了几十年。",
            today - timedelta(days=86),
        ),
        post_id=who.branch.post_id,
        now=at(today - timedelta(days=84), 10),
    )
    proposals.submit(who.branch.actor, estate_id, n, now=at(today - timedelta(days=84), 11))
    proposals.screen(
        who.community.actor,
        estate_id,
        n,
        accept=True,
        reason="名字关系到大家的感情，社区党委同意征求意见。",
        post_id=who.community.post_id,
        plan_rounds=False,
        now=at(today - timedelta(days=82), 15),
    )
    return talk.matter(estate_id, n, who.branch, who.neighbours)


def first_round(about: Matter, who: People, today: date) -> None:
    """Free suggestions, offline ones too; eight names become four."""
    a, b, c, d, e = who.neighbours[:5]
    begin = today - timedelta(days=76)
    talk.round_of(
        about, "您想叫什么名字？为什么？", at(begin, 9), at(today - timedelta(days=64), 20),
        (
            Said(a, "叫 302 吧。这里原来是 302 地质队的宿舍，这个数字住了几十年。", "for", 0, 14,
                 ("adopted", "列入第二轮，排在前面。", "第2稿第四条")),
            Said(b, "跟着路名叫清音，外面的人一听就知道在哪里。", "for", 1, 6,
                 ("adopted", "列入第二轮。", "第2稿第四条"), "路名好找，可是没有感情。"),
            Heard(who.grid, "一位老住户", "1栋", "phone",
                  "留下 302 这个数，我们这一辈人听着踏实。", "for", 1,
                  ("adopted", "和前面几位的意见合并，列入第二轮。", "第2稿第四条")),
            Said(c, "夕阳红党支部怎么样？小区里老人多。", "", 2, 3,
                 ("not_adopted", "有几位年轻住户说不愿意叫夕阳红，没有列入。", "")),
            Heard(who.grid, "两位住户", "3栋", "visit",
                  "叫地质家园也行，都是一个意思。", "neutral", 4,
                  ("partly", "列入第二轮，和“302”是同一个来由。", "第2稿第四条")),
            Said(d, "同心、邻里、清风，哪里都能用，看不出是我们小区。", "against", 5, 8,
                 ("adopted", "这三个名字合并掉，不进第二轮。", "第2稿第四条")),
            Said(e, "污水管什么时候修？天一热就返味。", "neutral", 6, 19,
                 ("out_of_scope", "不属于取名。已经转给社区，和老旧小区改造一起办。", "")),
        ),
    )  # fmt: skip
    talk.next_version(
        about, SECOND, material=True, note="八个名字合并成四个。",
        because={
            "“302”列在最前": ("住了几十年", "听着踏实"),
            "“清音”按路名保留": ("跟着路名叫清音",),
            "同心、邻里、清风三个通用名字合并掉": ("看不出是我们小区",),
        },
        at=at(today - timedelta(days=62), 10),
    )  # fmt: skip
    talk.settle(
        about, 1,
        "收到 7 条意见，其中 2 条是网格员上门、接电话记下的。提得最多的是“302”。通用的名字大家不喜欢；"
        "有一条说的是污水管，转给社区另办。",
        at(today - timedelta(days=62), 11),
    )  # fmt: skip


def second_round(about: Matter, who: People, today: date) -> None:
    """Four names become two."""
    a, b, c = who.neighbours[3:6]
    talk.round_of(
        about, "四个名字里，您看好哪个？", at(today - timedelta(days=59), 9),
        at(today - timedelta(days=47), 20),
        (
            Said(a, "还是 302。地质家园和它是一个意思，就合成一个吧。", "for", 0, 11,
                 ("adopted", "两个名字合并为“302”。", "第3稿第四条")),
            Said(b, "白龙清音太长，写门牌不好看。", "against", 1, 5,
                 ("adopted", "不进第三轮。", "第3稿第四条")),
            Said(c, "清音好听，年轻人也接受。", "for", 3, 7,
                 ("adopted", "进第三轮。", "第3稿第四条")),
            Heard(who.grid, "一位住户", "2栋", "visit",
                  "叫什么都行，快点定下来办正事。", "neutral", 4,
                  ("explained", "第三轮以后就报社区党委定名，不再拖。", "")),
        ),
    )  # fmt: skip
    talk.state_positions(
        about,
        (
            (who.branch, "support", "四个名字都可以，先听居民的。"),
            (who.committee, "support", "多数老住户是地质队职工和家属。"),
            (who.grid, "conditional", "名字要方便外人找，门头上要有路名。"),
        ),
        at(today - timedelta(days=52), 16),
    )
    talk.next_version(
        about, THIRD, material=True, note="四个名字剩下两个，另留一项其他名字。",
        because={
            "地质家园并入“302”": ("合成一个",),
            "白龙清音不再列": ("写门牌不好看",),
            "清音进第三轮": ("年轻人也接受",),
        },
        at=at(today - timedelta(days=45), 10),
    )  # fmt: skip
    talk.settle(
        about, 2, "收到 4 条意见。两个来由相同的名字合并；太长的不再列。大家希望快点定。",
        at(today - timedelta(days=45), 11),
    )  # fmt: skip


def third_round(about: Matter, who: People, today: date) -> None:
    """The last word of everybody; the poll of households runs beside it."""
    a, b, c = who.neighbours[8:11]
    talk.round_of(
        about, "两个名字，还有什么要说的？", at(today - timedelta(days=39), 9),
        at(today - timedelta(days=27), 20),
        (
            Said(a, "302 小区党支部，听着像回到了从前。", "for", 0, 16,
                 ("adopted", "按第三轮结果，拟定“302小区党支部”。", "第4稿第四条")),
            Said(b, "快递和亲戚找不到 302，门头上要写清音路。", "against", 2, 9,
                 ("adopted", "门头并列标出“清音路小区”。", "第4稿第五条")),
            Said(c, "公告栏也一起换，别换一半。", "for", 3, 4,
                 ("adopted", "公告栏同步更换。", "第4稿第五条")),
        ),
    )  # fmt: skip
    talk.next_version(
        about, FINAL, material=False, note="按三轮征询的结果定稿，门头加路名。",
        because={
            "拟定“302小区党支部”": ("像回到了从前",),
            "门头并列标出“清音路小区”": ("要写清音路",),
            "公告栏同步更换": ("别换一半",),
        },
        at=at(today - timedelta(days=25), 9),
    )  # fmt: skip
    talk.settle(
        about, 3,
        "收到 3 条意见；第三轮征询 157 户有 131 户填了，84 户选“302”。想叫清音的，主要是怕外人找不到路。",
        at(today - timedelta(days=25), 10),
    )  # fmt: skip
    proposals.make_ready(
        who.branch.actor, about.estate_id, about.n,
        post_id=who.branch.post_id, now=at(today - timedelta(days=25), 15),
    )  # fmt: skip


def agenda(about: Matter) -> tuple[Agenda, ...]:
    """The council's evening."""
    return (
        Agenda("签到，宣布到会情况", 5, "社区工作人员", 6, "report",
               conclusion="五方到齐，居民代表 3 人到会。"),
        Agenda("三轮意见汇报", 10, "小区党支部（筹备组）", 10, "report", about,
               conclusion="三轮收到意见 14 条，逐条有答复；第三轮征询 131 户，84 户选“302”。"),
        Agenda("居民代表发言，每人 3 分钟", 20, "居民代表", 24, "discuss", about,
               conclusion="2 人主张留下“302”，1 人希望名字里有路名。"),
        Agenda("五方逐一表态", 15, "五方", 14, "discuss", about,
               conclusion="五方都赞成“302小区党支部”。"),
        Agenda("形成会商意见", 10, "召集人", 9, "decide", about,
               "赞成小区党支部取名“302小区党支部”，门头并列标出“清音路小区”",
               "会商意见报白龙社区党委定名。"),
        Agenda("下一件事：污水管网改造", 5, "网格员", 5, "report",
               conclusion="住建部门已到现场勘测，等结果；社区每两周问一次。"),
    )  # fmt: skip


def council(estate_id: int, about: Matter, who: People, today: date) -> int:
    """Convened, held, minuted, signed by all five, published; gives the meeting's number."""
    starts = at(today - timedelta(days=20), 19)
    plan = agenda(about)
    draft = MeetingDraft(
        kind="council", title=f"{TITLE}：五方协商会",
        bodies=tuple(b for b in ("community", "branch", "committee", "grid", "property")),
        starts_at=starts, place="清音路小区活动室（1 栋底层）", items=talk.items(plan),
        names=("样代表一", "样代表二", "样代表三"),
    )  # fmt: skip
    n = talk.call(
        who.community, estate_id, draft,
        at(today - timedelta(days=26), 10), at(today - timedelta(days=25), 18),
    )  # fmt: skip
    held = talk.hold(
        who.community, estate_id, n, plan, starts,
        positions_at="五方逐一表态",
        said=(
            (who.community, "support", "名字要听居民的。赞成保留 302。"),
            (who.branch, "support", "党员全部赞成。"),
            (who.committee, "support", "多数老住户是地质队职工和家属。"),
            (who.grid, "support", "门头加路名以后，上门征询没有遇到反对的。"),
            (who.company, "support", "公告栏和门头同步更换。"),
        ),
        against={"样代表三": "还是希望用路名，外人好找。"},
        guests=(("样旁听", "2栋"),),
    )  # fmt: skip
    talk.minute(
        who.grid, estate_id, n, plan,
        text="会议由白龙社区党委召集，五方到齐。先汇报三轮意见，再由居民代表发言，五方逐一表态，最后举手形成会商意见。",
        dissent="1 位居民代表认为名字应体现“清音路”，便于外人找路。回应：门头并列标出“清音路小区”。",
        tasks=(
            TaskDraft("名称报上级党组织批复", "community", "样白宁", today - timedelta(days=8), item_id=5),
            TaskDraft("整理 302 老照片墙", "committee", "己六样", today + timedelta(days=20), item_id=5),
            TaskDraft("污水管网改造：等住建部门的勘测结果", "community", "样白宁",
                      external=True, agency="市住建部门", check_on=today + timedelta(days=5), item_id=6),
        ),
        signing=who.five, publisher=who.community,
        at=at(today - timedelta(days=19), 9), published=at(today - timedelta(days=17), 10),
    )  # fmt: skip
    (decision,) = held.decisions
    resolutions.publish_decision(
        who.community.actor, estate_id, decision.id, post_id=who.community.post_id,
        decided="会商意见报白龙社区党委，由党委定名并公布。",
        no_action="要办的事写在本次会议纪要里，逐项落实。",
        now=at(today - timedelta(days=17), 11),
    )  # fmt: skip
    return n


def decide_and_do(estate_id: int, about: Matter, who: People, today: date) -> str:
    """The organisation decides; the sign goes up and another body has seen it."""
    docno = resolutions.publish_organisation_decision(
        who.community.actor, estate_id, about.n, post_id=who.community.post_id,
        text="同意清音路小区党支部定名为“302小区党支部”。",
        basis="党支部的设置和名称由上级党组织批准；定名前已三轮征求居民意见，并经五方会商。",
        decided="小区党支部定名为“302小区党支部”。\n门头和公告栏并列标出“清音路小区”。",
        tasks=(
            Task("更换门头和公告栏，并列标出“清音路小区”", "property", "壬九样",
                 today - timedelta(days=2), item=2),
        ),
        now=at(today - timedelta(days=11), 10),
    )  # fmt: skip
    _approve(estate_id, who, today)
    _sign(estate_id, who, today)
    actions.milestone(
        who.committee.actor, estate_id, 2, post_id=who.committee.post_id,
        text="收到老照片 37 张，选出 20 张在翻印。", percent=60, now=at(today - timedelta(days=4), 17),
    )  # fmt: skip
    actions.external_news(
        who.community.actor, estate_id, 3, post_id=who.community.post_id,
        text="住建部门答复：勘测报告在汇总，下周再问。", check_on=today + timedelta(days=6),
        now=at(today - timedelta(days=8), 11),
    )  # fmt: skip
    return docno


def _approve(estate_id: int, who: People, today: date) -> None:
    actions.mark_done(
        who.community.actor, estate_id, 1, post_id=who.community.post_id,
        text="批复已收到，原件在社区备查。", now=at(today - timedelta(days=12), 15),
    )  # fmt: skip
    actions.verify(
        who.branch.actor, estate_id, 1, post_id=who.branch.post_id,
        text="看过批复原件。", now=at(today - timedelta(days=11), 9),
    )  # fmt: skip


def _sign(estate_id: int, who: People, today: date) -> None:
    actions.report_progress(
        who.company.actor, estate_id, 4, post_id=who.company.post_id,
        text="门头字样大家看过了，开始做。", percent=40, now=at(today - timedelta(days=8), 10),
    )  # fmt: skip
    actions.mark_done(
        who.company.actor, estate_id, 4, post_id=who.company.post_id,
        text="门头和公告栏昨天装好，两行字都亮。", now=at(today - timedelta(days=4), 16),
    )  # fmt: skip
    actions.verify(
        who.branch.actor, estate_id, 4, post_id=who.branch.post_id,
        text="去门口看过，字对，灯亮。", now=at(today - timedelta(days=3), 9),
    )  # fmt: skip
