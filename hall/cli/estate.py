"""hall estate: put a real estate in, and its first official. Everything after that is done on the pages."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any

SLUG = re.compile(r"^[a-z][a-z0-9-]{1,39}$")


def add_to(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Describe the commands."""
    top = subparsers.add_parser("estate", help="add an estate and its first official / 添加小区")
    verbs = top.add_subparsers(metavar="VERB", required=True)
    add = verbs.add_parser("add", help="add an estate / 添加小区")
    add.add_argument("slug", help="its name in addresses, such as yangben / 网址里的名字")
    add.add_argument("--name", required=True, help="样本小区")
    add.add_argument("--short", required=True, help="prefix of document numbers / 文号简称：样本")
    add.add_argument("--street", required=True, help="样本街道")
    add.add_argument("--community", required=True, help="样本社区")
    add.add_argument("--households", type=int, required=True, help="number of homes / 户数")
    add.add_argument("--organizer", required=True, help="who convenes / 召集人：样本小区业主委员会")
    add.add_argument(
        "--no-committee", action="store_true", help="no owners' committee / 没有业委会"
    )
    add.add_argument("--profile", default="CN-2021", help="rule set: CN-2021, SC, BJ … / 规则")
    add.add_argument("--built", type=int, help="year / 建成年份")
    add.add_argument("--phone", default="", help="for questions / 咨询电话")
    add.add_argument("--theme", default="", help="一区一策一主题")
    add.set_defaults(run=add_command)
    first = verbs.add_parser(
        "official", help="let the community's first official in / 给社区第一位工作人员开通账号"
    )
    first.add_argument("slug")
    first.add_argument("--name", required=True)
    first.add_argument("--phone", required=True)
    first.add_argument("--evidence", required=True, help="document of appointment / 任职文件")
    first.set_defaults(run=official_command)
    verbs.add_parser("list", help="list the estates / 列出小区").set_defaults(run=list_command)


def why_not(args: argparse.Namespace) -> list[str]:
    """What is wrong with the words typed, a sentence each."""
    from hall.rulesets.rules import PRESETS

    found = []
    if not SLUG.fullmatch(args.slug):
        found.append("网址名用小写字母、数字和连字符 / the slug takes a-z, 0-9 and -")
    if args.profile not in PRESETS:
        found.append(f"规则只能是 / the profile is one of {', '.join(PRESETS)}")
    if args.households < 1:
        found.append("户数从 1 起 / at least one household")
    found += [
        f"--{option} 不能为空 / is empty"
        for option in ("name", "short", "street", "community", "organizer")
        if not getattr(args, option).strip()
    ]
    return found


def add_command(args: argparse.Namespace) -> int:
    """hall estate add."""
    from hall import clock
    from hall.app import create_app
    from hall.estates import queries

    faults = why_not(args)
    with create_app().app_context():
        if not faults and queries.find_by_slug(args.slug) is not None:
            faults.append(f"{args.slug} 已存在 / exists already")
        for fault in faults:
            print(fault, file=sys.stderr)
        if faults:
            return 1
        add_estate(
            args.street.strip(),
            args.community.strip(),
            slug=args.slug,
            name=args.name.strip(),
            short_name=args.short.strip(),
            households=args.households,
            organizer=args.organizer.strip(),
            has_committee=not args.no_committee,
            profile=args.profile,
            built_year=args.built,
            phone=args.phone.strip(),
            theme=args.theme.strip(),
            created_at=clock.now(),
        )
    print(f"已添加 / added: /e/{args.slug}/")
    print(f"下一步 / next: hall estate official {args.slug} --name … --phone … --evidence …")
    return 0


def official_command(args: argparse.Namespace) -> int:
    """hall estate official: its password is shown once, here, and works for fourteen days."""
    from hall import clock
    from hall.app import create_app
    from hall.estates import queries
    from hall.people import service

    with create_app().app_context():
        estate = queries.find_by_slug(args.slug)
        if estate is None:
            print(f"没有这个小区 / no such estate: {args.slug}", file=sys.stderr)
            return 1
        now = clock.now()
        granted = service.grant_first_post(
            estate.id,
            name=args.name,
            phone=args.phone,
            body="community",
            title="secretary",
            from_on=clock.local_date(now),
            to_on=None,
            evidence=args.evidence,
            username="",
            now=now,
        )
    if granted.password is None:
        print("已任职，用原来的密码登录 / granted; the old password stays")
    else:
        print(f"登录 / login: {args.phone}\n一次性密码 / one-time password: {granted.password}")
    return 0


def list_command(_args: argparse.Namespace) -> int:
    """hall estate list."""
    from hall.app import create_app
    from hall.estates import queries

    with create_app().app_context():
        for e in queries.every():
            print(f"{e.slug}\t{e.name}\t{e.community}\t{e.households}")
    return 0


def add_estate(street: str, community: str, **values: Any) -> int:
    """Write an estate, its street and community where they are new; gives its id."""
    from hall.estates import service

    return service.add_estate(street, community, **values)
