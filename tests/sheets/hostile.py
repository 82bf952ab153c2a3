"""The forty bad inputs of the import's test plan (T25), built when they are needed.

Each is (name, file name, bytes, what must come of it): a refusal code, or the problems that must be
told as (code, row, column letter), with the number of units that are read all the same.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook

HEADER = ("楼栋", "房号", "业主", "建筑面积")
ROWS = (("1栋", "101", "甲子样", "89.32"), ("1栋", "102", "乙丑样", "90.10"))


@dataclass(frozen=True)
class Bad:
    """One input. refused: exact code; else told: problems that must be among those found."""

    name: str
    filename: str
    data: bytes
    refused: str = ""
    told: tuple[tuple[str, int, str], ...] = ()
    blocked: bool = False
    units: int | None = None


def csv(rows: Iterable[Sequence[str]], *, encoding: str = "utf-8", end: str = "\n") -> bytes:
    return "".join(",".join(row) + end for row in rows).encode(encoding)


def xlsx(
    rows: Iterable[Sequence[object]], change: Callable[[Workbook], None] | None = None
) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(data: bytes, parts: dict[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """The same archive with parts replaced, changed or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            change = parts.get(name)
            body = old.read(name)
            new.writestr(
                name, body if change is None else change(body) if callable(change) else change
            )
        for name in parts.keys() - set(old.namelist()):
            body = parts[name]
            assert isinstance(body, bytes)
            new.writestr(name, body)
    return out.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def by_hand(rows: str, strings: Sequence[str] = (), *, main: str = MAIN) -> bytes:
    """A workbook as office programs write it: texts in a table of shared strings.

    rows: the inside of sheetData; strings: the inside of each si element.
    """
    relation = '<Relationship Id="{}" Type="' + OFFICE + '/{}" Target="{}"/>'
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{packages}">'
        + relation.format("r1", "officeDocument", "/xl/workbook.xml")
        + "</Relationships>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}">'
        + relation.format("r1", "worksheet", "worksheets/sheet1.xml")
        + relation.format("r2", "sharedStrings", "sharedStrings.xml")
        + "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="名册" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">'
        + "".join(f"<si>{s}</si>" for s in strings)
        + "</sst>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def plain() -> bytes:
    return xlsx([HEADER, *ROWS])


def ole(stream: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)
    )


def bomb() -> bytes:
    """A member of 300 MB of spaces inside the sheet, about 300 KB zipped."""
    body = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain())) as old:
        before, after = old.read(SHEET).split(b"<sheetData>")
    with (
        zipfile.ZipFile(io.BytesIO(plain())) as old,
        zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
        with new.open(SHEET, "w") as stream:
            stream.write(before + b"<sheetData>")
            for _ in range(300):
                stream.write(b" " * 1024 * 1024)
            stream.write(after)
    return body.getvalue()


def row_of(cells: str) -> Callable[[bytes], bytes]:
    return lambda body: body.replace(b"</sheetData>", cells.encode() + b"</sheetData>")


def declared(text: str) -> Callable[[bytes], bytes]:
    return lambda body: (
        text.encode() + body[body.index(b"?>") + 2 :]
        if b"?>" in body[:100]
        else text.encode() + body
    )


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _dates(book: Workbook) -> None:
    book.active["B2"] = dt.date(2001, 2, 3)


def _date_area(book: Workbook) -> None:
    book.active["D2"] = dt.date(1989, 3, 2)


def _formulas(book: Workbook) -> None:
    book.active["D2"] = "=1+1"


def _hidden(book: Workbook) -> None:
    old = book.create_sheet("旧表")
    old.sheet_state = "hidden"
    for row in (HEADER, ("9栋", "901", "旧样", "90")):
        old.append(row)
    notes = book.create_sheet("说明")
    notes.append(["只读第一张表"])


def _merged(book: Workbook) -> None:
    book.active.merge_cells("A2:A3")


AREAS = ("-1", "0", "1e309", "NaN", "89.32㎡", "８９.３２", '"89,32"', "89.325")


def forty() -> tuple[Bad, ...]:
    """All of them, in the order of the plan."""
    two = csv([HEADER, *ROWS])
    areas = [
        HEADER,
        *(("1栋", f"{n}01", f"{'甲乙丙丁戊己庚辛'[n - 1]}子样", a) for n, a in enumerate(AREAS, 1)),
    ]
    many = "".join(f"<c><v>{n}</v></c>" for n in range(1_000_000))
    return (
        Bad("01 empty", "a.csv", b"", refused="empty"),
        Bad(
            "02 header only",
            "a.csv",
            csv([HEADER]),
            told=(("no_units", 0, ""),),
            blocked=True,
            units=0,
        ),
        Bad(
            "03 wrong header",
            "a.csv",
            csv([("水果", "数量"), ("桃", "3")]),
            told=(("header_not_found", 0, ""),),
            blocked=True,
            units=0,
        ),
        Bad(
            "04 duplicate header",
            "a.csv",
            csv([(*HEADER, "建筑面积"), (*ROWS[0], "90.00")]),
            told=(("column_repeated", 1, "E"),),
            blocked=True,
        ),
        Bad(
            "05 header with BOM and no-break space",
            "a.csv",
            b"\xef\xbb\xbf" + csv([("\u00a0楼栋", "房\u00a0号", "业主 ", "建筑面积\u00a0"), *ROWS]),
            units=2,
        ),
        Bad(
            "06 UTF-16",
            "a.txt",
            "\ufeff".encode("utf-16-le") + csv([HEADER, *ROWS], encoding="utf-16-le"),
            units=2,
        ),
        Bad("07 GB18030", "a.csv", csv([HEADER, *ROWS], encoding="gb18030"), units=2),
        Bad(
            "08 broken UTF-8",
            "a.csv",
            two + b"1\xe6\xa0,103,\xe4\xb8\x99,88\n",
            refused="bad_encoding",
        ),
        Bad("09 NUL bytes", "a.csv", two.replace(b"101", b"1\x0001"), refused="nul_bytes"),
        Bad(
            "10 mixed CR and LF",
            "a.csv",
            csv([HEADER], end="\r\n") + csv(ROWS[:1], end="\r") + csv(ROWS[1:]),
            units=2,
        ),
        Bad(
            "11 unclosed quote",
            "a.csv",
            two + '1栋,103,"丙寅样,88\n1栋,104,丁卯样,88\n'.encode(),
            refused="unclosed_quote",
        ),
        Bad(
            "12 a cell of 1 MB",
            "a.csv",
            two + b"x" * 1024 * 1024 + b",1,2,3\n",
            refused="cell_too_long",
        ),
        Bad("13 100,000 columns", "a.csv", csv([["x"] * 100_000]), refused="too_many_columns"),
        Bad("14 1,000,000 rows", "a.csv", b"1\n" * 1_000_000, refused="too_many_rows"),
        Bad(
            "15 ragged rows",
            "a.csv",
            two + "1栋,103\n1栋,104,丁卯样,88,多,出\n".encode(),
            told=(("area_missing", 4, "D"), ("owner_missing", 4, "C")),
            blocked=True,
            units=4,
        ),
        Bad(
            "16 formula cells",
            "a.xlsx",
            xlsx([HEADER, *ROWS], _formulas),
            told=(("formula_without_value", 2, "D"),),
            blocked=True,
            units=2,
        ),
        Bad(
            "17 DDE",
            "a.csv",
            two + "1栋,103,=cmd|' /C calc'!A0,88\n".encode(),
            told=(("formula_without_value", 4, "C"),),
            blocked=True,
            units=3,
        ),
        Bad(
            "18 external link",
            "a.xlsx",
            edited(plain(), {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
            refused="external_links",
        ),
        Bad(
            "19 macro renamed",
            "a.xlsx",
            edited(plain(), {"xl/vbaProject.bin": b"\x00"}),
            refused="macro",
        ),
        Bad("20 old .xls", "a.xls", ole("Workbook"), refused="old_xls"),
        Bad(
            "21 HTML named .xls",
            "a.xls",
            b"<html><table><tr><td>1</td></tr></table></html>",
            refused="html_not_xls",
        ),
        Bad("22 password", "a.xlsx", ole("EncryptedPackage"), refused="encrypted"),
        Bad("23 truncated zip", "a.xlsx", plain()[:-300], refused="broken_zip"),
        Bad("24 zip bomb", "a.xlsx", bomb(), refused="too_big_unzipped"),
        Bad(
            "25 far cell",
            "a.xlsx",
            edited(
                plain(), {SHEET: row_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')}
            ),
            refused="too_many_rows",
        ),
        Bad(
            "26 a million cells in a row",
            "a.xlsx",
            edited(plain(), {SHEET: row_of(f'<row r="4">{many}</row>')}),
            refused="too_many_columns",
        ),
        Bad(
            "27 lying dimension",
            "a.xlsx",
            edited(plain(), {SHEET: lambda b: b.replace(b'ref="A1:D3"', b'ref="A1:XFD1048576"')}),
            units=2,
        ),
        Bad(
            "28 entity bomb",
            "a.xlsx",
            edited(plain(), {SHEET: declared(ENTITIES)}),
            refused="has_doctype",
        ),
        Bad(
            "29 external entity",
            "a.xlsx",
            edited(plain(), {"xl/workbook.xml": declared(XXE)}),
            refused="has_doctype",
        ),
        Bad(
            "30 zip slip",
            "a.xlsx",
            edited(plain(), {"../../etc/cron.d/x": b"x"}),
            refused="unsafe_names",
        ),
        Bad(
            "31 two sheets, one hidden",
            "a.xlsx",
            xlsx([HEADER, *ROWS], _hidden),
            told=(("sheet_hidden", 0, ""), ("sheet_not_a_roll", 0, "")),
            units=2,
        ),
        Bad(
            "32 merged cells in keys",
            "a.xlsx",
            xlsx([HEADER, ROWS[0], (None, *ROWS[1][1:])], _merged),
            units=2,
        ),
        Bad(
            "33 areas",
            "a.csv",
            csv(areas),
            told=(
                ("area_not_positive", 2, "D"),
                ("area_not_positive", 3, "D"),
                ("area_not_number", 4, "D"),
                ("area_not_number", 5, "D"),
                ("decimal_comma", 8, "D"),
            ),
            blocked=True,
            units=8,
        ),
        Bad(
            "34 area as date",
            "a.xlsx",
            xlsx([HEADER, *ROWS], _date_area),
            told=(("area_is_date", 2, "D"),),
            blocked=True,
            units=2,
        ),
        Bad(
            "35 unit as date",
            "a.xlsx",
            xlsx([HEADER, *ROWS], _dates),
            told=(("unit_is_date", 2, "B"),),
            blocked=True,
            units=1,
        ),
        Bad(
            "36 leading zero lost",
            "a.xlsx",
            xlsx([HEADER, ("1栋", "0101", "甲子样", "89"), ("1栋", 101, "乙丑样", "90")]),
            told=(("leading_zeros", 0, ""), ("unit_repeated", 3, "B")),
            blocked=True,
            units=1,
        ),
        Bad(
            "37 duplicate unit",
            "a.csv",
            two + "1栋,101,甲子样,91.00\n".encode(),
            told=(("unit_repeated", 4, "B"),),
            blocked=True,
            units=2,
        ),
        Bad(
            "38 same unit, different owner",
            "a.csv",
            two + "1栋,101,丙寅样,89.32\n".encode(),
            told=(("unit_repeated", 4, "B"),),
            blocked=True,
            units=2,
        ),
        Bad(
            "39 area sum differs",
            "a.csv",
            two + "合计,2户,,180.00\n".encode(),
            told=(("total_differs", 4, "D"),),
            units=2,
        ),
        Bad(
            "40 odd names",
            "a.csv",
            csv(
                [
                    HEADER,
                    ("1栋", "101", "甲\u202e子样", "89"),
                    ("1栋", "102", "乙\u200b丑样", "89"),
                    ("1栋", "103", "丙😀样", "89"),
                    ("1栋", "104", "𠮷卯样", "89"),
                ]
            ),
            told=(
                ("invisible_characters", 2, "C"),
                ("invisible_characters", 3, "C"),
                ("odd_characters", 4, "C"),
            ),
            units=4,
        ),
    )
