"""The menus: what each role finds in the top bar, the tab bar and the desk's rail."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, g, request

from hall.permissions import Action, may
from hall.web.access import is_staff, known_actor, known_estate
from hall.web.addresses import url_for
from hall.web.i18n import N_, gettext, language


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a menu."""

    key: str
    label: str
    href: str
    icon: str
    current: bool


# (blueprint, label, endpoint, icon); an entry appears when its endpoint exists.
RESIDENT = (
    ("home", N_("首页"), "home.estate", "home"),
    ("proposals", N_("议事"), "proposals.index", "talk"),
    ("ballots", N_("表决"), "ballots.index", "check"),
    ("resolutions", N_("公示"), "resolutions.index", "doc"),
    ("accounts", N_("我的"), "accounts.me", "user"),
)
DESK: tuple[tuple[str, str, str, str, Action], ...] = (
    ("desk", N_("今天"), "desk.today", "list", Action.SEE_DESK),
    ("desk_proposals", N_("议案"), "proposals.desk", "pen", Action.SEE_DESK),
    ("desk_ballots", N_("表决"), "desk.ballots", "check", Action.SEE_TURNOUT),
    ("desk_resolutions", N_("公布"), "resolutions.desk", "doc", Action.PUBLISH_BODY_DECISION),
    ("desk_meetings", N_("会议"), "meetings.desk", "cal", Action.SEE_DESK),
    ("desk_answers", N_("意见答复"), "threads.desk", "talk", Action.ANSWER_COMMENT),
    ("desk_moderation", N_("审核"), "threads.moderation", "shield", Action.MODERATE),
    ("desk_actions", N_("落实"), "actions.desk", "flag", Action.UPDATE_ACTION),
    ("desk_bodies", N_("五方"), "bodies.desk", "users", Action.SET_PARTIES),
    ("desk_roll", N_("业主名册"), "roll.index", "users", Action.SEE_ROLL),
    ("desk_rules", N_("议事规则"), "desk.rules", "flag", Action.SEE_TURNOUT),
    ("desk_facts", N_("小区信息"), "desk.facts", "home", Action.SET_LEGAL_REACH),
    ("desk_posts", N_("任职"), "desk.posts", "key", Action.GRANT_POST),
    ("desk_journal", N_("操作日志"), "desk.journal", "hist", Action.SEE_JOURNAL),
)
# The pages where a matter is talked through; they share one row of tabs below the top bar.
TALK = (
    ("proposals", N_("议案"), "proposals.index", "pen"),
    ("meetings", N_("会议"), "meetings.index", "cal"),
    ("threads", N_("意见答复"), "threads.answers", "talk"),
    ("actions", N_("落实"), "actions.index", "flag"),
    ("bodies", N_("五方"), "bodies.index", "users"),
)


def _exists(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def main_menu() -> list[Item]:
    """Top bar and tab bar of an estate's pages; empty outside an estate."""
    estate = known_estate()
    if estate is None:
        return []
    key = (estate.id, known_actor().signed_in, language())
    kept: dict[object, list[Item]] = g.setdefault("main_menus", {})  # both bars show it
    if key not in kept:
        kept[key] = _main_menu()
    return kept[key]


def _main_menu() -> list[Item]:
    signed_in = known_actor().signed_in
    items = []
    for blueprint, label, endpoint, icon in RESIDENT:
        if not _exists(endpoint):
            continue
        href = url_for(endpoint)
        if endpoint == "accounts.me" and not signed_in:
            label, href = N_("登录"), url_for("accounts.login", next=href)
        current = request.blueprint == blueprint or (
            blueprint == "proposals" and request.blueprint in {key for key, *_ in TALK}
        )
        items.append(Item(blueprint, gettext(label), href, icon, current))
    return items


def desk_menu(current: str = "") -> list[Item]:
    """The rail of the desk: what this actor may do here."""
    estate = known_estate()
    if estate is None:
        return []
    return [
        Item(key, gettext(label), url_for(endpoint), icon, key == current)
        for key, label, endpoint, icon, action in DESK
        if _exists(endpoint) and may(known_actor(), action, estate.id)
    ]


def talk_menu() -> list[Item]:
    """The tabs above proposals, meetings, answers, actions and bodies."""
    if known_estate() is None:
        return []
    return [
        Item(key, gettext(label), url_for(endpoint), icon, request.blueprint == key)
        for key, label, endpoint, icon in TALK
        if _exists(endpoint)
    ]


def desk_link() -> str | None:
    """Address of the desk for who holds a post in this estate."""
    estate = known_estate()
    if estate is None or not is_staff(known_actor(), estate.id) or not _exists("desk.today"):
        return None
    return url_for("desk.today")


def init_app(app: Flask) -> None:
    """The menus as template globals."""
    app.jinja_env.globals.update(
        main_menu=main_menu, talk_menu=talk_menu, desk_menu=desk_menu, desk_link=desk_link
    )
