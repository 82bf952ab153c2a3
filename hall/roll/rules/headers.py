"""Which row is the header and what each column means, under title rows and merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hall.roll.rules.text import compact
from hall.sheets import Cell, Sheet, column_letter

SEARCH_ROWS = 40
_MAX_HEADER_CHARS = 24

# The first pattern that matches wins, so the narrower stand first. Roles in capitals are
# recognised in order to be left alone.
_ROLES: tuple[tuple[str, str], ...] = (
    ("ID_NUMBER", r"身份证|证件号|证件编号|身份号码|信用代码|护照"),
    ("CERTIFICATE", r"产权证|权证号|房产证|不动产证|不动产权证|证书号|合同编号|合同号"),
    (
        "IGNORED",
        r"签字|签名|盖章|签收|按手印|投票|表决|日期|时间|年限|物业费|单价|金额|价款|总价|人口|人数",
    ),
    ("AREA_SITE", r"占地|用地|土地|宗地|基底|红线"),
    ("AREA_SHARED", r"公摊|分摊|共有面积|公共面积"),
    ("IGNORED", r"(?:花园|阳台|露台|赠送|绿化|车位|车库|储藏).*面积"),
    ("area_source", r"面积.*(?:来源|依据)|^(?:来源|依据|面积性质)$"),
    ("area_inside", r"(?:套内|使用).*面积"),
    ("area", r"面积|^(?:平方米|平方|平米|m2|㎡)$"),
    ("phone", r"电话|手机|联系方式|联系号码|联系$"),
    ("status", r"销售状态|销售情况|出售|是否售|交付|交房|房屋状态|房屋现状|^状态$"),
    ("share", r"份额|比例|占比|共有情况|共有方式|共有类型|共有关系"),
    ("co_owner", r"共有人|共有产权人|共同产权人|配偶|第二业主"),
    (
        "unit",
        r"房号|房产名称|房屋全称|房产编号|门牌|室号|户号|坐落|座落|房间号|单元房|房屋编号|房屋地址|房屋名称|房屋信息|^(?:房屋|房间|户室|地址|住址|户名)$",
    ),
    ("kind", r"用途|性质|房屋类型|房屋类别|业态|规划|^类型$|^类别$"),
    ("IGNORED", r"(?:业主|产权人).*(?:编号|类型|类别|序号)"),
    ("owner", r"业主|产权人|所有权人|权利人|姓名|户主|房主|客户(?:姓名|名称)|买受人|购房人|所有人"),
    ("zone", r"^(?:期|期数|分期|区|区域|组团|苑区)$"),
    (
        "building",
        r"^(?:楼栋号?|栋号?|栋数|幢号?|楼号|楼幢号?|楼座|座号|座|楼|号楼|楼宇|楼房|楼栋名称|楼栋编号)$",
    ),
    ("entrance", r"^(?:单元号?|单元门|门洞号?|门栋|梯号|梯)$"),
    ("floor", r"^(?:楼层|层|层数|所在层|所在楼层|层次)$"),
    ("unit", r"^(?:室|号|房|房室|户)$"),
    ("note", r"备注|说明|注释|其他"),
    ("SEQUENCE", r"^(?:序号?|编号|序列|no\.?|n)$"),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_RANKED_AREAS: tuple[tuple[str, str], ...] = (
    ("专有", ""),
    ("登记|产权|证载|不动产", "register"),
    ("建筑|房屋", ""),
    ("实测|测绘|测量", "survey"),
    ("合同|预测|预售|暂测", "contract"),
)
READ_ROLES = frozenset(
    ("unit", "zone", "building", "entrance", "floor", "owner", "co_owner", "phone", "share", "area")
) | frozenset(("area_inside", "area_source", "kind", "status", "note"))
_PLACE = frozenset(("unit", "building", "entrance"))
_AREAS = frozenset(("area", "area_inside", "AREA_SITE", "AREA_SHARED"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: number from 1, its header's words, its role ("" when unknown).

    joined: its header cell is merged with the one on its left, so that both hold one value.
    """

    number: int
    name: str
    role: str
    joined: bool = False

    @property
    def letter(self) -> str:
        """The column's letter in the spreadsheet."""
        return column_letter(self.number)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: first and last row it takes, and its columns."""

    first: int
    last: int
    columns: tuple[Column, ...]

    def having(self, role: str) -> tuple[Column, ...]:
        """The columns of a role, from left to right."""
        return tuple(c for c in self.columns if c.role == role)


def role_of(header: str) -> str:
    """The role a column header stands for; "" when it is none we know."""
    whole = compact(header).lower().rstrip(":*")
    bare = re.sub(r"\(.*?\)|\[.*?\]|[:*/\\]", "", whole)
    for text in (bare, whole):
        if not text or len(text) > _MAX_HEADER_CHARS:
            continue
        for role, pattern in _COMPILED:
            if pattern.search(text):
                return role
    return ""


def area_rank(name: str) -> tuple[int, str]:
    """How well an area column serves (0 best, R-2.02) and the source its name states, or ""."""
    plain = compact(name)
    for rank, (words, source) in enumerate(_RANKED_AREAS):
        if re.search(words, plain):
            return rank, source
    return 2, ""


def find_header(sheet: Sheet) -> Header | None:
    """The best header within the first rows: it names a room, and an owner or an area."""
    best: Header | None = None
    best_score = (0, 0)  # the same columns in fewer rows are better: a title is no header
    for row in range(1, min(len(sheet.rows), SEARCH_ROWS) + 1):
        for depth in (1, 2, 3):
            columns = _columns(sheet, row, depth)
            if columns is None:
                break
            score = (_score(columns), -depth)
            if score[0] and score > best_score:
                best = Header(row, row + depth - 1, columns)
                best_score = score
    return best


def _columns(sheet: Sheet, row: int, depth: int) -> tuple[Column, ...] | None:
    """Columns when the header takes rows row … row+depth-1; None if the last is plainly data."""
    if row + depth - 1 > len(sheet.rows):
        return None
    lines = [sheet.rows[row + k - 1] for k in range(depth)]
    if depth > 1 and not _is_header_line(lines[-1], lines[-2]):
        return None
    width = max(len(line) for line in lines)
    found: list[Column] = []
    for number in range(1, width + 1):
        cells = [sheet.cell(row + k, number) for k in range(depth)]
        texts = _stack(cells)
        name = " ".join(texts)
        if name:
            same = bool(found) and found[-1].name == name and all(c.merged for c in cells)
            found.append(Column(number, name, _role_of_stack(texts), same))
    return tuple(found)


def _stack(cells: Sequence[Cell]) -> list[str]:
    """The header words of one column from top to bottom, a merged cell once."""
    texts: list[str] = []
    for cell in cells:
        text = compact(cell.text)
        if text and (not texts or texts[-1] != text):
            texts.append(text)
    return texts


def _role_of_stack(texts: Sequence[str]) -> str:
    if len(texts) > 1:
        # 建筑 under 面积, or 姓名 under 共有人
        joined = role_of("".join(reversed(texts))) or role_of("".join(texts))
        lowest = role_of(texts[-1])
        if joined in ("co_owner", "area_inside", "AREA_SITE", "AREA_SHARED") or not lowest:
            return joined
        return lowest
    return role_of(texts[0])


def _is_header_line(line: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Whether a row continues the header: words only, and at least one that we know."""
    known = 0
    for number, cell in enumerate(line):
        if not cell:
            continue
        upper = above[number] if number < len(above) else None
        if cell.merged and upper is not None and compact(upper.text) == compact(cell.text):
            continue
        text = compact(cell.text)
        if cell.kind != "text" or re.search(r"[0-9]{2,}", text) or len(text) > _MAX_HEADER_CHARS:
            return False
        over = compact(upper.text) if upper is not None else ""
        if role_of(text) or (over and role_of(text + over)):
            known += 1
    return known > 0


def _score(columns: Sequence[Column]) -> int:
    """How many different things the columns name; 0 when they could not head a roll."""
    roles: set[str] = set()
    previous = ""
    for column in columns:
        if column.name != previous and column.role:
            roles.add(column.role)
        previous = column.name
    if not roles & _PLACE or not roles & (_AREAS | {"owner"}) or len(roles) < 2:
        return 0
    return len(roles)
