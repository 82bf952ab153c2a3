"""象城外滩: a committee, rules that admit online sheets, a decision of last year and a voting that runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from hall.ballots import service as ballots_service
from hall.ballots.service import BallotDraft, QuestionDraft
from hall.cli.demo import living, renewal, stage, talk
from hall.cli.demo.stage import Entry, Official, Voters, at
from hall.clock import local_date
from hall.estates import queries as estates
from hall.permissions import Actor
from hall.resolutions import service as resolutions

FILE = "xiangcheng.xlsx"
CONTACT = "甲一明（业委会主任），0833-000 0000"
BODIES = {
    "community": "桑园社区党委",
    "branch": "象城外滩小区党支部",
    "committee": "象城外滩小区业主委员会",
    "grid": "桑园社区第三网格",
    "property": "样本物业服务公司",
}
SECRETARY = Official("community", "样社宁", "community", "secretary")
OFFICIALS = (
    Official("chair", "甲一明", "committee", "chair"),
    Official("member", "乙二样", "committee", "member"),
    Official("clerk", "丙三例", "committee", "clerk"),
    Official("scrutineer", "丁小样", "branch", "scrutineer"),
    Official("branch", "样支书", "branch", "secretary"),
    Official("grid", "样格员", "grid", "worker"),
    Official("property", "样物业", "property", "staff"),
    Official("member2", "戊四样", "committee", "member"),
    Official("member3", "己五例", "committee", "member"),
    Official("member4", "庚六样", "committee", "member"),
    Official("branch2", "样党员", "branch", "member"),
)
PARTIES = (
    ("legal", "样本律师事务所（演示），免费法律顾问"),
    ("police", "辖区派出所（演示）"),
    ("partner", "共建单位样本学校（演示）"),
    ("volunteers", "桑园志愿服务队（演示）"),
)
STEWARD = "样楼长"
CLAUSES = {
    "extension.allowed": (True, "第十五条（演示）"),
    "extension.max_days": (15, "第十五条（演示）"),
}
ROAD = "使用专项维修资金更换路灯、修补道路"


def load(now: datetime) -> None:
    """Everything of the estate, with dates counted back from now."""
    today = local_date(now)
    notice = date(today.year - 1, 8, 15)
    begin = notice - timedelta(days=60)
    estate_id = stage.estate(
        "桑园社区",
        BODIES,
        slug="xiangcheng",
        name="象城外滩小区",
        short_name="象外",
        theme="法治",
        policy="社区牵头办物业，每栋楼有楼长和联络人；小区里设法治墙和免费法律顾问。",
        households=238,
        site_area_cm2=14_930 * 10_000,
        built_year=2011,
        phone="0833-000 0000",
        has_committee=True,
        organizer=BODIES["committee"],
        organizer_basis="演示：业主委员会由业主大会选举产生，已向街道备案。",
        profile="SC",
        online_must_use_official=False,
        online_clause="《象城外滩业主大会议事规则（演示）》第十二条：业主大会可以使用本系统进行网上表决。",
        street_confirmation="胜利街道办事处书面确认（演示）：该小区可以使用本系统表决。",
        street_confirmed_on=begin - timedelta(days=1),
        created_at=at(begin, 8),
    )
    staff = _officials(estate_id, begin)
    stage.rules(estate_id, staff["member"], staff["chair"], CLAUSES, begin + timedelta(days=1))
    imported = begin + timedelta(days=5)
    stage.import_roll(estate_id, staff["clerk"], staff["member"], staff["chair"], FILE, imported)
    _steward(estate_id, staff["community"], imported)
    voters = Voters(estate_id, "xc", at(imported, 18))
    homes = stage.households(estate_id)
    visitors = _visitors(voters, homes)
    voters.everyone(homes)
    who = _people(estate_id, staff, voters, homes, today)
    talk.around(
        staff["community"], estate_id, ("胜利街道党工委", "桑园社区党委", BODIES["branch"]), PARTIES,
        at(imported, 19),
    )  # fmt: skip
    docno, published = _road(estate_id, staff, voters, notice, visitors)
    living.road(estate_id, docno, who, published)
    matter = renewal.propose(estate_id, who, today)
    renewal.first_round(matter, who, today)
    renewal.second_round(matter, who, today)
    renewal.council(estate_id, matter, who, today)
    _renewal(estate_id, matter.n, staff, voters, now, visitors)
    living.load(estate_id, who, who.neighbours[10:], now)


def _people(
    estate_id: int,
    staff: Mapping[str, Actor],
    voters: Voters,
    homes: Sequence[Entry],
    today: date,
) -> renewal.People:
    day = today - timedelta(days=80)
    of = {name: talk.speaker(a, estate_id, day) for name, a in staff.items()}
    neighbours = [voters.actor(*h.holders[0]) for h in homes[5:230:7]]
    return renewal.People(
        of["community"], of["branch"], of["chair"], of["member2"], of["grid"], of["property"],
        neighbours,
    )  # fmt: skip


def _officials(estate_id: int, begin: date) -> dict[str, Actor]:
    made = {
        "community": stage.first_official(estate_id, SECRETARY, 1, begin, at(begin, 9)),
    }
    for n, who in enumerate(OFFICIALS, 2):
        made[who.login] = stage.official(
            made["community"], estate_id, who, n, from_on=begin, now=at(begin, 10)
        )
    return made


def _steward(estate_id: int, community: Actor, on: date) -> None:
    second = estates.buildings(estate_id)[1]
    who = Official("steward", STEWARD, "committee", "steward")
    stage.official(community, estate_id, who, 20, from_on=on, now=at(on, 17), building_id=second.id)


def _road(
    estate_id: int,
    staff: dict[str, Actor],
    voters: Voters,
    notice: date,
    visitors: frozenset[int],
) -> tuple[str, datetime]:
    """A decision of last year, final; the demo's visitors took no part in it."""
    opening, closing = notice + timedelta(days=18), notice + timedelta(days=32)
    draft = BallotDraft(
        kind="statutory",
        title=ROAD,
        summary="更换路灯 42 盏，修补道路 310 平方米，从专项维修资金列支，总费用不超过 68,400 元。",
        details=(
            "东门至 6 栋沿线有 42 盏路灯不亮或闪烁，3 栋与 4 栋之间的道路破损。\n"
            "业委会拟公开比选施工单位，费用从专项维修资金列支，总费用不超过 68,400 元，"
            "验收后公示结算。"
        ),
        matter=5,
        questions=(
            QuestionDraft(
                "您是否同意使用专项维修资金更换路灯 42 盏、修补道路 310 平方米，总费用不超过 68,400 元？",
                motion_details=("今年修好，费用不超过 68,400 元", "这次不修", ""),
            ),
        ),
        contact=CONTACT,
        open_at=at(opening, 8),
        close_at=at(closing, 20),
    )
    ballot = stage.noticed(
        staff["chair"], estate_id, draft, at(notice - timedelta(days=2), 9), at(notice, 10)
    )
    found = stage.entries(ballot)
    part = stage.pick(found, 78, 5, {e.id for e in _of(found, visitors)})
    shares = (("for", len(part) * 84 // 100), ("against", len(part) * 10 // 100), ("abstain", 99))
    stage.cast_all(voters, ballot, part, stage.motion(shares, len(part), 6), at(closing, 20), 7)
    ballots_service.count(staff["scrutineer"], estate_id, ballot.n, now=at(closing, 20, 5))
    published = closing + timedelta(days=1)
    docno = resolutions.publish(
        staff["chair"],
        estate_id,
        ballot.n,
        decided=(
            "更换东门至 6 栋沿线路灯 42 盏，修补 3 栋、4 栋之间道路 310 平方米。\n"
            "费用从专项维修资金列支，不超过 68,400 元，由业委会公开比选施工单位。\n"
            "完工后由五方验收，并公示结算。"
        ),
        now=at(published, 10),
    )
    _objection(estate_id, ballot.n, staff, voters, published)
    return docno, at(published, 10)


def _objection(
    estate_id: int, n: int, staff: dict[str, Actor], voters: Voters, published: date
) -> None:
    owner = voters.of_login("owner2")
    docket = ballots_service.object(
        owner,
        estate_id,
        n,
        "我有两套房，公示里是按一人计的吗？请说明面积是不是都算进去了。",
        now=at(published + timedelta(days=2), 19),
    )
    ballots_service.answer_objection(
        staff["member"],
        estate_id,
        n,
        docket,
        False,
        "同一位业主有几套房，人数按 1 人计，面积全部相加。核对过票册，您的面积没有漏算。",
        now=at(published + timedelta(days=3), 15),
    )


def _renewal(
    estate_id: int,
    proposal_n: int,
    staff: dict[str, Actor],
    voters: Voters,
    now: datetime,
    visitors: frozenset[int],
) -> None:
    today = local_date(now)
    notice, opening, closing = (today + timedelta(days=d) for d in (-21, -5, 7))
    draft = BallotDraft(
        kind="statutory",
        title=renewal.TITLE,
        summary="物业费不变，合同两年。服务内容和考核办法见议案全文。",
        matter=4,
        questions=(
            QuestionDraft(
                "您是否同意续聘样本物业服务公司，合同两年，物业费不变？",
                motion_details=("按定稿续聘两年", "不续聘，另外选", ""),
            ),
        ),
        contact=CONTACT,
        open_at=at(opening, 8),
        close_at=at(closing, 20),
    )
    ballot = stage.noticed(
        staff["chair"], estate_id, draft, at(notice - timedelta(days=3), 9), at(notice, 10),
        proposal_n=proposal_n,
    )  # fmt: skip
    found = stage.entries(ballot)
    theirs = _of(found, visitors)
    part = stage.pick(found, 55, 8, {e.id for e in theirs})
    part += [e for e in theirs if len(e.holders) == 2]  # the first of two owners has voted
    shares = (("for", len(part) * 71 // 100), ("against", len(part) * 19 // 100), ("abstain", 99))
    stage.cast_all(voters, ballot, part, stage.motion(shares, len(part), 9), now, 10)


def _visitors(voters: Voters, found: Sequence[Entry]) -> frozenset[int]:
    """The persons of the demo's three owners: of one flat, of two flats, the second of two owners."""
    one = next(e for e in found if e.units == 1 and len(e.holders) == 1)
    two = next(e for e in found if e.units == 2 and len(e.holders) == 1)
    shared = next(e for e in found if e.units == 1 and len(e.holders) == 2)
    people = one.holders[0], two.holders[0], shared.holders[1]
    for login, person in zip(("owner1", "owner2", "owner3"), people, strict=True):
        voters.actor(*person, login=login)
    return frozenset(person_id for person_id, _ in people)


def _of(found: Sequence[Entry], persons: frozenset[int]) -> list[Entry]:
    return [e for e in found if any(p in persons for p, _ in e.holders)]
