"""hall people: what only whoever runs the server can do for an account."""

from __future__ import annotations

import argparse
from typing import Any


def add_to(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Describe the commands."""
    top = subparsers.add_parser("people", help="accounts / 账号")
    verbs = top.add_subparsers(metavar="VERB", required=True)
    password = verbs.add_parser(
        "password", help="give an account a new one-time password / 给账号发一次性密码"
    )
    password.add_argument("login", help="mobile number or user name / 手机号或用户名")
    password.set_defaults(run=password_command)
    posts = verbs.add_parser("posts", help="who holds a post today / 今天谁在任")
    posts.add_argument("slug", help="the estate's name in addresses / 网址里的小区名")
    posts.set_defaults(run=posts_command)


def password_command(args: argparse.Namespace) -> int:
    """hall people password: shown once, here; every session of the account ends."""
    from hall import clock
    from hall.app import create_app
    from hall.errors import NotFound
    from hall.people import service

    with create_app().app_context():
        try:
            password = service.reissue_password_at_server(args.login, now=clock.now())
        except NotFound:
            print(f"没有这个账号 / no such account: {args.login}")
            return 1
    print(f"一次性密码，十四天内有效 / one-time password, fourteen days: {password}")
    return 0


def posts_command(args: argparse.Namespace) -> int:
    """hall people posts."""
    from hall import clock
    from hall.app import create_app
    from hall.estates import queries as estates
    from hall.people import queries

    with create_app().app_context():
        estate = estates.find_by_slug(args.slug)
        if estate is None:
            print(f"没有这个小区 / no such estate: {args.slug}")
            return 1
        for p in queries.posts(estate.id, clock.local_date(clock.now())):
            print(f"{p.body}\t{p.title}\t{p.name}\t{p.from_on}\t{p.to_on or ''}")
    return 0
