"""清音路: no committee, no clause; a poll of households in three rounds, and a draft that cannot start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from hall.ballots import service as ballots_service
from hall.ballots.service import BallotDraft, OptionDraft, QuestionDraft
from hall.cli.demo import naming, stage, talk
from hall.cli.demo.stage import Choose, Entry, Official, Voters, at
from hall.clock import local_date
from hall.permissions import Actor
from hall.resolutions import service as resolutions

FILE = "qingyin.xlsx"
CONTACT = "己六样（居民自治小组），0833-000 0001"
BODIES = {
    "community": "白龙社区党委",
    "branch": "小区党支部（筹备组）",
    "committee": "清音路居民自治小组",
    "grid": "白龙社区第二网格",
    "property": "白龙管家服务站",
}
SECRETARY = Official("bailong", "样白宁", "community", "secretary")
OFFICIALS = (
    Official("organizer", "己六样", "committee", "chair"),
    Official("organizer2", "庚七例", "committee", "member"),
    Official("witness", "辛八样", "community", "scrutineer"),
    Official("qybranch", "癸支样", "branch", "secretary"),
    Official("qygrid", "子格样", "grid", "worker"),
    Official("qyproperty", "壬九样", "property", "staff"),
)
NAMES = (
    ("302小区党支部", "留住 302 地质队宿舍的记忆"),
    ("清音小区党支部", "跟路名，外人好找"),
    ("白龙清音党支部", "社区名加路名"),
    ("地质家园党支部", "记住从前的单位"),
    ("夕阳红党支部", "小区里老人多"),
    ("同心党支部", ""),
    ("邻里党支部", ""),
    ("清风党支部", ""),
)
PARTIES = (
    ("volunteers", "白龙帮帮志愿队（演示）"),
    ("social_work", "白龙管家社工（演示）"),
    ("social_org", "牵手夕阳互助会（演示）"),
    ("police", "辖区派出所（演示）"),
)
WORDS = "小区党支部叫什么名字好"
FIRST = (62, 35, 24, 22, 16, 12, 10, 7)  # of a hundred answers, how many mark each name
SECOND = (
    ("302小区党支部", 71),
    ("清音小区党支部", 27),
    ("白龙清音党支部", 9),
    ("地质家园党支部", 6),
)
# Rule book E16: 157 asked, 131 answer.
THIRD = (("302小区党支部", 84), ("清音小区党支部", 31), ("其他名字", 9), ("以上都不合适", 7))


def load(now: datetime) -> None:
    """Everything of the estate, with dates counted back from now."""
    today = local_date(now)
    begin = today - timedelta(days=160)
    estate_id = stage.estate(
        "白龙社区",
        BODIES,
        slug="qingyin",
        name="清音路小区",
        short_name="清音",
        theme="银龄",
        policy="白龙管家进小区，先听居民怎么说；结对照看老人，申报老旧小区改造。",
        households=157,
        site_area_cm2=None,
        built_year=None,
        phone="0833-000 0001",
        has_committee=False,
        organizer="白龙社区居民委员会（清音路居民自治小组承办）",
        organizer_basis="演示：本小区还没有业主委员会，由居民委员会组织业主商议。",
        profile="SC",
        created_at=at(begin, 8),
    )
    community = stage.first_official(estate_id, SECRETARY, 31, begin, at(begin, 9))
    staff = [
        stage.official(community, estate_id, who, n, from_on=begin, now=at(begin, 10))
        for n, who in enumerate(OFFICIALS, 32)
    ]
    organizer, second = staff[0], staff[1]
    stage.import_roll(estate_id, second, organizer, organizer, FILE, begin + timedelta(days=5))
    stage.rules(estate_id, second, organizer, {}, begin + timedelta(days=6))
    voters = Voters(estate_id, "qy", at(begin + timedelta(days=5), 18))
    homes = stage.households(estate_id)
    voters.actor(*homes[0].holders[0], login="owner4")
    voters.everyone(homes)
    who = _people(estate_id, community, staff, voters, homes, today)
    talk.around(
        community, estate_id, ("胜利街道党工委", "白龙社区党委", "302小区党支部"), PARTIES,
        at(today - timedelta(days=90), 9),
    )  # fmt: skip
    matter = naming.propose(estate_id, who, today)
    poll = _first_poll(estate_id, matter.n, organizer, voters, today)
    naming.first_round(matter, who, today)
    poll = _second_poll(estate_id, matter.n, organizer, voters, today, poll)
    naming.second_round(matter, who, today)
    _third_poll(estate_id, matter.n, organizer, voters, today, poll)
    naming.third_round(matter, who, today)
    naming.council(estate_id, matter, who, today)
    naming.decide_and_do(estate_id, matter, who, today)
    _renovation(estate_id, organizer, today)


def _people(
    estate_id: int,
    community: Actor,
    staff: Sequence[Actor],
    voters: Voters,
    homes: Sequence[Entry],
    today: date,
) -> naming.People:
    day = today - timedelta(days=150)
    organizer, branch, grid, company = staff[0], staff[3], staff[4], staff[5]
    return naming.People(
        community=talk.speaker(community, estate_id, day),
        branch=talk.speaker(branch, estate_id, day),
        committee=talk.speaker(organizer, estate_id, day),
        grid=talk.speaker(grid, estate_id, day),
        company=talk.speaker(company, estate_id, day),
        neighbours=[voters.actor(*h.holders[0]) for h in homes[3:100:5]],
    )


def _first_poll(
    estate_id: int, proposal_n: int, organizer: Actor, voters: Voters, today: date
) -> int:
    return _round(
        estate_id, proposal_n, organizer, voters, (1, None), today - timedelta(days=75),
        QuestionDraft(f"{WORDS}？觉得可以的都选上", "approval", options=_options(NAMES)),
        lambda _many: stage.approvals(FIRST, 21), 108,
    )  # fmt: skip


def _second_poll(
    estate_id: int, proposal_n: int, organizer: Actor, voters: Voters, today: date, before: int
) -> int:
    return _round(
        estate_id, proposal_n, organizer, voters, (2, before), today - timedelta(days=58),
        QuestionDraft(f"前四个名字里，{WORDS}？", "single", options=_options(NAMES[:4])),
        lambda many: stage.by_label(SECOND, many, 22), sum(k for _, k in SECOND),
    )  # fmt: skip


def _third_poll(
    estate_id: int, proposal_n: int, organizer: Actor, voters: Voters, today: date, before: int
) -> int:
    last = (*NAMES[:2], ("其他名字", "下一步请您说说是什么"))
    return _round(
        estate_id, proposal_n, organizer, voters, (3, before), today - timedelta(days=38),
        QuestionDraft(f"{WORDS}？", "single", options=_options(last)),
        lambda many: stage.by_label(THIRD, many, 23), 131,
    )  # fmt: skip


def _options(names: Sequence[tuple[str, str]]) -> tuple[OptionDraft, ...]:
    return tuple(OptionDraft(label, detail) for label, detail in names)


def _round(
    estate_id: int,
    proposal_n: int,
    organizer: Actor,
    voters: Voters,
    number: tuple[int, int | None],
    begin: date,
    question: QuestionDraft,
    answers: object,
    many: int,
) -> int:
    """One round of ten days, counted and published; gives its ballot's number."""
    which, previous = number
    closing = begin + timedelta(days=11)
    draft = BallotDraft(
        kind="advisory",
        title=f"给小区党支部取名（第{'一二三'[which - 1]}轮）",
        summary="每户填一份。这是征求意见，名字由社区党委和支部研究后定，并说明理由。",
        questions=(question,),
        electorate="households",
        contact=CONTACT,
        replaceable=True,
        round=which,
        previous_n=previous,
        open_at=at(begin + timedelta(days=1), 8),
        close_at=at(closing, 20),
    )
    ballot = stage.noticed(
        organizer, estate_id, draft, at(begin - timedelta(days=1), 9), at(begin, 9, 30),
        proposal_n=proposal_n,
    )  # fmt: skip
    found = stage.entries(ballot)
    part = stage.pick(found, 100, 30 + which, set())[:many]
    choose: Choose = answers(len(part))  # type: ignore[operator]
    stage.cast_all(voters, ballot, part, choose, at(closing, 20), 40 + which)
    ballots_service.count(organizer, estate_id, ballot.n, now=at(closing, 20, 5))
    published = at(closing + timedelta(days=1), 10)
    docno = resolutions.publish(
        organizer, estate_id, ballot.n, decided=DECIDED[which], now=published
    )
    resolutions.say_no_action(
        organizer, estate_id, docno, "结果用在下一步商量，不用另外办事。",
        now=published + timedelta(minutes=10),
    )  # fmt: skip
    return ballot.n


DECIDED = {
    1: "前四个名字进入第二轮。",
    2: "前两个名字进入第三轮，另留一项“其他名字”。",
    3: "征集结果报白龙社区党委，由党委和支部研究定名，并公布理由。",
}


def _renovation(estate_id: int, organizer: Actor, today: date) -> None:
    """A statutory draft on paper: nothing here admits an online sheet, and its page says why."""
    opening = today + timedelta(days=30)
    draft = BallotDraft(
        kind="statutory",
        title="申请老旧小区改造",
        summary="污水管网、室内下水管道、绿化和飞线充电一并申报改造。",
        details=(
            "改造内容：污水管网疏通，室内下水管道更换，绿化修整，集中充电。\n"
            "现场已经勘测。业主是否出资，另行表决。"
        ),
        matter=9,
        questions=(QuestionDraft("您是否同意申请老旧小区改造？"),),
        channels=("paper",),
        contact=CONTACT,
        open_at=at(opening, 8),
        close_at=at(opening + timedelta(days=14), 20),
    )
    ballots_service.create(organizer, estate_id, draft, now=at(today - timedelta(days=3), 9))
