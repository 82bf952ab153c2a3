"""The demonstration's two rolls: as untidy as real ones, and read to the last square centimetre."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hall.roll.rules.preview import EstateFacts, Preview
from hall.roll.rules.reading import read_roll
from hall.sheets import read
from tests.data.roll import make

FOLDER = Path(make.__file__).parent
DEMO = FOLDER.parents[2] / "hall" / "cli" / "demo" / "data"


def preview(name: str, **facts: object) -> Preview:
    data = (FOLDER / name).read_bytes()
    return read_roll(read(data, name), estate_facts=EstateFacts(**facts))  # type: ignore[arg-type]


def told(found: Preview, severity: str) -> list[tuple[str, int, str]]:
    return [(p.code, p.row, p.column_letter) for p in found.problems if p.severity == severity]


@pytest.mark.parametrize(
    ("name", "build"), [("xiangcheng.xlsx", make.xiangcheng), ("qingyin.xlsx", make.qingyin)]
)
def test_the_files_are_what_the_script_writes(name: str, build: object) -> None:
    committed = (FOLDER / name).read_bytes()
    assert (DEMO / name).read_bytes() == committed
    assert read(build(), name).sheets == read(committed, name).sheets  # type: ignore[operator]


def test_xiangcheng() -> None:
    found = preview("xiangcheng.xlsx", households=238, site_area_cm2=14_930 * 10_000)
    assert not found.blocked
    # 238 flats; two owners have two each, the developer's last two are one head.
    assert (len(found.units), found.heads) == (238, 238 - 2 - 1)
    assert found.area_cm2 == 232_444_800
    assert [(b.name, b.units) for b in found.buildings] == [
        ("1栋", 44),
        ("2栋", 44),
        ("3栋", 42),
        ("4栋", 42),
        ("5栋", 44),
        ("6栋", 22),
    ]
    assert found.whole_total is not None
    assert (found.whole_total.units, found.whole_total.area_cm2) == (238, 232_444_800)
    assert all(t.agrees for t in found.file_totals)
    assert len(found.file_totals) == 7
    assert told(found, "warns") == [
        ("rows_hidden", 0, ""),
        ("co_owners_not_named", 91, "E"),
        ("owner_missing", 122, "E"),
        ("same_name_assumed", 142, "E"),
        ("owner_missing", 246, "E"),
        ("sheet_hidden", 0, ""),
    ]
    assert found.unverified_units == 3
    kinds = [e.kind for e in found.entries]
    assert (kinds.count("developer"), kinds.count("unverified")) == (1, 3)
    assert sum(len(u.holders) == 2 for u in found.units) == 9
    assert [p.name for p in found.persons if p.kind == "company"] == ["样本文化用品有限公司"]
    assert [c.role for c in found.columns if not c.read] == ["sequence", "id_number"]


def test_qingyin() -> None:
    found = preview("qingyin.xlsx", households=157)
    assert not found.blocked
    # 157 flats; one owner has two, a former works office has two.
    assert (len(found.units), found.heads) == (157, 155)
    assert found.area_cm2 == 100_600_000
    assert [b.units for b in found.buildings] == [36, 36, 36, 24, 25]
    assert found.whole_total is not None
    assert found.whole_total.agrees
    assert (found.whole_total.row, found.whole_total.units) == (2, 157)
    assert all(t.agrees for t in found.file_totals)
    assert told(found, "warns") == [("owner_deceased", 96, "B"), ("owner_missing", 134, "B")]


@pytest.mark.parametrize("name", ["xiangcheng.xlsx", "qingyin.xlsx"])
def test_nobody_in_them_exists(name: str) -> None:
    found = preview(name)
    for person in found.persons:
        invented = re.fullmatch(
            "[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥][样例本范示]", person.name
        )
        assert invented or "样本" in person.name, person.name
        assert re.fullmatch(r"(?:19900[0-9]{6}|0833000[0-9]{4})?", person.phone), person.phone
    sheet = read((FOLDER / name).read_bytes(), name).sheets[0]
    assert any("演示数据" in c.text for row in sheet.rows[:4] for c in row)
