"""What people do with a matter, each through the pages as they are: one function, one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.browser.people import People, choose, follow, press, says


def propose(
    who: People, login: str, words: Mapping[str, str], procedure: str, *, as_body: str = ""
) -> None:
    """Somebody writes a proposal along a template and hands it in; it is number 1."""
    page = who.on(login, "/e/proposals/new")
    page.select_option("select[name=_procedure]", procedure)
    press(page, "用这个办法")
    for part, text in words.items():
        page.fill(f"main [name={part}]", text)
    if as_body:
        page.select_option("select[name=_as]", label=as_body)
    press(page, "看一遍，交出")
    says(page, "交出去了，大家都能看到。")
    assert page.url.split("?")[0].endswith("/proposals/1")


def screen(who: People, login: str, reason: str) -> None:
    """A body takes the proposal up; the rounds of its template are planned at once."""
    page = who.on(login, "/desk/proposals/1")
    page.fill("main textarea[name=reason]", reason)
    press(page, "列入商量")


def comment(who: People, login: str, text: str, side: str = "") -> None:
    """Somebody says what he thinks, on the page of the proposal."""
    page = who.on(login, "/e/proposals/1")
    page.fill("main textarea[name=text]", text)
    if side:
        choose(page, "_alignment", side)
    press(page, "提交意见")
    says(page, text)


def take_down(who: People, login: str, text: str, *, name: str, place: str, day: str) -> None:
    """A call is written down as it was said, read back, and is public at once."""
    page = who.on(login, "/e/proposals/1")
    follow(page, "替别人记一条")
    for field, value in (("name", name), ("place", place), ("spoken_on", day), ("text", text)):
        page.fill(f"main [name={field}]", value)
    page.select_option("select[name=source]", "phone")
    page.check("input[name=read_back]")
    choose(page, "_alignment", "for")
    press(page, "记下来，公开")
    says(page, text, "记完念给本人听过。")


def answer(who: People, login: str, point: str, outcome: str, text: str, landed: str = "") -> None:
    """A body answers one point from its list of points that wait."""
    page = who.on(login, "/desk/answers")
    follow(page, "答复", within=page.locator("main .todo li").filter(has_text=point))
    choose(page, "_outcome", outcome)
    page.fill("main textarea[name=text]", text)
    page.fill("main input[name=landed]", landed)
    press(page, "公开答复")


def revise(
    who: People,
    login: str,
    words: Mapping[str, str],
    *,
    note: str,
    material: bool,
    because: Sequence[tuple[str, str]],
) -> None:
    """The next wording, each change ticked to the comment that caused it (words of it)."""
    page = who.on(login, "/e/proposals/1/edit")
    for part, text in words.items():
        page.fill(f"main [name={part}]", text)
    page.fill("main input[name=note]", note)
    if material:
        page.check("input[name=_material]")
    for i, (change, said) in enumerate(because, 1):
        if i > 1:
            page.locator("main summary", has_text=f"改动 {i}").click()
        page.fill(f"main [name=change-{i}]", change)
        page.locator(f"main label:has([name=_because-{i}])", has_text=said).locator("input").check()
    press(page, "交出这一稿")


def settle_round(who: People, login: str, r: int, heard: str, *, nothing: bool = False) -> None:
    """A round is closed with what was heard and what changed."""
    page = who.on(login, f"/desk/proposals/1/rounds/{r}")
    says(page, "都有处理结果")
    page.fill("main textarea[name=heard]", heard)
    if nothing:
        page.check("input[name=_nothing]")
    press(page, "办结这一轮")


def make_final(who: People, login: str, version: int) -> None:
    """The newest wording becomes the final one."""
    page = who.on(login, "/desk/proposals/1")
    press(page, f"定第 {version} 稿")
    says(page, f"第 {version} 稿已定")


def take_position(who: People, login: str, stance: str, reason: str) -> None:
    """Somebody says how his body stands."""
    page = who.on(login, "/e/proposals/1")
    follow(page, "代表本方表态")
    choose(page, "stance", stance)
    page.fill("main textarea[name=reason]", reason)
    press(page, "公开这个态度")
    says(page, reason)
