"""The roll through its pages: who sees what, a file from upload to roll, publicity, letters, sales."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from hall.journal import queries as journal
from hall.roll import queries as roll
from hall.roll.queries import listing
from hall.roll.rules.problems import SEVERITY
from hall.web.messages.roll import PROBLEMS
from tests import make
from tests.pages import Pages, sign_in
from tests.web.staff import stage

ROLES = [
    "chair",
    "member",
    "clerk",
    "scrutineer",
    "community",
    "steward",
    "property",
    "owner",
    None,
    "stranger",
]
KEEPERS = {"chair", "member", "clerk"}
MATRIX = {
    "roll/": KEEPERS,
    "roll/import": KEEPERS,
    "roll/publish": {"chair"},
    "roll/corrections": {"chair", "member"},
    "roll/letters": KEEPERS,
}


@pytest.fixture
def staff(app, now):
    return stage(app, now)


@pytest.mark.parametrize("path", MATRIX)
def test_who_may_open(staff, path):
    expected = {r: 200 if r in MATRIX[path] else 303 if r is None else 403 for r in ROLES}
    assert {r: staff.status(r, staff.url(path)) for r in ROLES} == expected


def test_the_published_roll_is_for_owners(staff):
    url = f"/e/{staff.estate.slug}/roll"
    expected = {r: 200 if r in KEEPERS | {"owner"} else 303 if r is None else 403 for r in ROLES}
    assert {r: staff.status(r, url) for r in ROLES} == expected


def test_another_estates_unit_and_import_are_not_there(staff, now):
    elsewhere = make.estate()
    building = make.building(elsewhere.id)
    unit, _ = make.home(elsewhere.id, building.id)
    assert staff.status("chair", staff.url(f"roll/units/{unit.id}")) == 404
    assert staff.status("chair", staff.url("roll/imports/1")) == 404


# --- a file comes in ----------------------------------------------------------------------------

SAMPLE = Path(__file__).resolve().parents[2] / "static/roll-sample.csv"
HEADER = ("楼栋", "单元", "房号", "业主", "联系电话", "建筑面积")


def xlsx(rows) -> bytes:
    """A workbook of one sheet with inline strings, as small as one can be."""

    def cell(value):
        if isinstance(value, (int, float)):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    body = "".join(f"<row>{''.join(cell(v) for v in row)}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="名册" sheetId="1" '
            'r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(name, text)
    return out.getvalue()


GOOD = [
    HEADER,
    ("1栋", "1单元", "101", "样本甲", "13800000001", 92.46),
    ("1栋", "1单元", "102", "样本乙", "13800000002", 118.35),
    ("1栋", "1单元", "201", "样本甲", "13800000001", 92.46),
    ("合计", "", "", "", "", 303.27),
]


@pytest.fixture
def empty(app, now):
    """An estate without a roll, with a clerk and a chair: (url, clerk's pages, chair's pages, id)."""
    estate = make.estate()
    people = {}
    for role in ("clerk", "chair"):
        person = make.person(estate.id)
        make.post(person, "committee", role)
        account = make.account(name=person.name)
        make.link(account.id, person)
        client = app.test_client()
        sign_in(client, account.id, now)
        people[role] = Pages(client)
    return f"/desk/{estate.slug}/roll/", people["clerk"], people["chair"], estate.id


def upload(pages, url, data, name="名册.xlsx"):
    return pages.get(f"{url}import").submit(
        "/import", button="读一遍", files={"file": (io.BytesIO(data), name)}
    )


def test_from_a_file_to_the_roll_by_two_people(empty):
    url, clerk, chair, estate_id = empty
    page = upload(clerk, url, xlsx(GOOD))
    assert "文件读好了，请核对" in page.h1
    assert "303.27" in page.text
    assert "一致" in page.text
    assert "上传的人不能自己确认" in page.text
    assert roll.entry_totals(estate_id).entries == 0  # nothing is written until then
    today = chair.get(url.replace("roll/", ""))
    page = today.follow("复核名册：名册.xlsx")
    assert page.submit("/confirm", button="复核无误").status == 409  # not ticked
    page = chair.get(page.url).submit("/confirm", button="复核无误", checked="1")
    assert "已经导入" in page.h1
    totals = roll.entry_totals(estate_id)
    # Two owners, one with two flats: 2 heads; 92.46 + 118.35 + 92.46 m².
    assert (totals.heads, totals.area_cm2) == (2, 3_032_700)
    page = chair.get(url)
    assert "1栋1单元101" in page.text
    assert "样本甲" in page.text


def test_a_file_again_shows_only_what_is_different(empty):
    url, clerk, chair, _ = empty
    first = upload(clerk, url, xlsx(GOOD))
    chair.get(first.url).submit("/confirm", button="复核无误", checked="1")
    changed = [list(r) for r in GOOD]
    changed[2][3] = "样本丙"
    page = upload(clerk, url, xlsx(changed))
    text = page.text
    assert "和现在的名册比" in text
    assert "1栋1单元102" in text
    assert "没变 2 户" in text


def test_what_must_be_changed_names_row_column_value_and_what_to_do(empty):
    url, clerk, chair, _estate_id = empty
    wrong = [HEADER, ("1栋", "1单元", "101", "样本甲", "", "九十二")]
    page = upload(clerk, url, xlsx(wrong))
    must = page.root.all("li", class_="is-must")
    assert len(must) == 1
    assert "第 2 行" in must[0].text
    assert "F 列" in must[0].text
    assert "九十二" in must[0].text
    assert "只写数字" in must[0].text
    page = chair.get(page.url)
    assert not page.root.all("input", name="checked")
    assert "处必须改" in page.text


def test_a_refused_file_says_why_and_that_the_roll_is_untouched(empty):
    url, clerk, *_ = empty
    page = upload(clerk, url, b"%PDF-1.7 not a roll", "名册.pdf")
    assert page.status == 422
    assert page.title.startswith("出错：")
    assert "这份文件没有导入" in page.h1
    assert "没有变" in page.text
    page = upload(clerk, url, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(5000), "名册.xls")
    assert "这不是表格。请传 xlsx 或 csv。" in page.text  # an old container of nothing known
    page = clerk.get(f"{url}import").submit("/import", button="读一遍")
    assert page.status == 422
    assert "还没有选文件" in page.text


def test_cancelling_leaves_the_roll_alone(empty):
    url, clerk, _, estate_id = empty
    page = upload(clerk, url, xlsx(GOOD))
    clerk.get(page.url).submit("/cancel", button="撤回")
    assert "已经撤回" in clerk.get(page.url).h1
    assert roll.entry_totals(estate_id).entries == 0


def test_the_sample_can_be_imported_as_it_is(empty):
    url, clerk, *_ = empty
    data = SAMPLE.read_bytes()
    page = upload(clerk, url, data, "roll-sample.csv")
    assert "文件读好了，请核对" in page.h1
    assert not page.root.all("li", class_="is-must")


def test_every_problem_has_words():
    assert set(PROBLEMS) == set(SEVERITY)


# --- publicity ---------------------------------------------------------------------------------


def test_publicity_correction_and_answer(staff, travel):
    page = staff.pages("chair").get(staff.url("roll/")).follow("公示名册")
    page = page.submit("/publish", button="公示", days="0")
    assert page.status == 422
    assert "要在 1 到 60 天之间" in page.text
    page = page.submit("/publish", button="公示", days="7")
    assert "正在公示" in page.text
    owner = staff.pages("owner")
    page = owner.get(f"/e/{staff.estate.slug}/roll")
    assert "样**" in page.text
    assert "样本业主" not in page.root.one("main").text
    page = page.submit("/roll", button="提更正", text="产权证上是 99.00 ㎡")
    assert "等答复" in page.text
    member = staff.pages("member")
    page = member.get(staff.url("")).follow("答复 1 份名册更正")
    assert page.submit(button="答复", answer="已核对").status == 422  # neither yes nor no
    page = page.submit(button="答复", accepted="yes", answer="已核对，重新导入")
    assert "采纳" in page.text
    assert "已核对，重新导入" in owner.get(f"/e/{staff.estate.slug}/roll").text
    travel(timedelta(days=9))
    page = staff.pages("owner").get(f"/e/{staff.estate.slug}/roll")
    assert "更正期已过" in page.text
    assert not page.root.all("textarea")


# --- letters -----------------------------------------------------------------------------------


def test_codes_are_shown_once_and_not_in_the_qr(staff, now):
    page = staff.pages("clerk").get(staff.url("roll/letters"))
    page = page.submit("/letters", button="出码", which="some", units=[staff.units[0].id])
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"
    sheets = page.root.all("article", class_="cl")
    assert len(sheets) == 1
    code = sheets[0].one(class_="cl__num").text
    assert len(code.replace("-", "")) == 16
    assert page.html.count(code) == 1
    assert code.replace("-", "") not in page.html.replace(code, "")
    assert code not in sheets[0].one(class_="pb__stub").text
    assert code not in str(journal.page(staff.estate.id))
    row = listing.units(staff.estate.id, now, [staff.units[0].id])[0]
    assert row.letter
    again = staff.pages("clerk").get(staff.url("roll/letters"))
    assert code not in again.html


def test_letters_for_nobody_are_refused(staff):
    page = staff.pages("clerk").get(staff.url("roll/letters"))
    page = page.submit("/letters", button="出码", which="some")
    assert page.status == 422
    assert "没有要出码的房屋" in page.text


# --- sales and representatives -----------------------------------------------------------------


def test_a_sale_asks_about_namesakes_first(staff, now):
    unit = staff.units[0]
    page = staff.pages("clerk").get(staff.url(f"roll/units/{unit.id}"))
    page = page.submit(
        "/transfer", button="登记过户", **{"h1-name": "样本业主", "evidence": "证末 1234"}
    )
    assert page.status == 422
    assert "同名" in page.text
    before = roll.entry_totals(staff.estate.id).heads
    page = page.submit("/transfer", button="登记过户", **{"h1-person": str(staff.owner_person.id)})
    assert page.status == 200
    assert "记好了" in page.text
    row = listing.units(staff.estate.id, now, [unit.id])[0]
    assert [h.person_id for h in row.holders] == [staff.owner_person.id]
    assert roll.entry_totals(staff.estate.id).heads == before - 1  # one owner, two flats


def test_a_sale_needs_its_evidence(staff):
    page = staff.pages("clerk").get(staff.url(f"roll/units/{staff.units[0].id}"))
    page = page.submit("/transfer", button="登记过户", **{"h1-name": "样本新"})
    assert page.status == 422
    assert "请写明凭据" in page.text
    assert page.root.one("input", name="h1-name").attrs["value"] == "样本新"


def test_co_owners_name_one_of_them(staff, now):
    unit, holders = make.home(staff.estate.id, staff.building.id, owners=2)
    page = staff.pages("member").get(staff.url(f"roll/units/{unit.id}"))
    page = page.submit(
        "/representative", button="登记代表", person=holders[1].id, evidence="推举书"
    )
    assert "记好了" in page.text
    assert listing.units(staff.estate.id, now, [unit.id])[0].representatives == (holders[1].name,)
    page = page.submit("/end", button="结束代表")
    assert "代表已经结束" in page.text
    assert listing.units(staff.estate.id, now, [unit.id])[0].representatives == ()


def test_only_this_units_representative_is_ended_here(staff, now):
    page = staff.pages("clerk").get(staff.url(f"roll/units/{staff.units[0].id}"))
    token = page.root.all("input", name="csrf_token")[0].attrs["value"]
    url = staff.url(f"roll/units/{staff.units[0].id}/representatives/1/end")
    assert page.pages.client.post(url, data={"csrf_token": token}).status_code == 404


def test_a_guardian_must_be_known_here(staff, now):
    unit = staff.units[0]
    holder = listing.units(staff.estate.id, now, [unit.id])[0].holders[0]
    page = staff.pages("member").get(staff.url(f"roll/units/{unit.id}"))
    page = page.submit(
        "/representative",
        button="登记代表",
        kind="guardian",
        for_person=holder.person_id,
        name="无此人",
        evidence="判决",
    )
    assert page.status == 422
    assert "没有“无此人”" in page.text
    page = page.submit("/representative", button="登记代表", name="样本业主")
    assert listing.units(staff.estate.id, now, [unit.id])[0].representatives == ("样本业主",)


def test_the_list_finds_by_room_and_name_and_counts(staff):
    page = staff.pages("clerk").get(staff.url("roll/?q=样本业主"))
    assert "找到 1 户" in page.text
    page = staff.pages("clerk").get(staff.url(f"roll/?building={staff.other.id}"))
    assert "找到 2 户" in page.text
