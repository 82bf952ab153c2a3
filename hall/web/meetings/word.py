"""Papers as Word files: A4, real headings and tables, Chinese fonts named for East Asian text.

Formal papers take the margins and faces of GB/T 9704 (37/35/28/26 mm, 仿宋 16 pt, titles 22 pt);
tables to be filled in by hand take small margins. The only module that knows python-docx.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from hall.web.meetings.blocks import Block, Cell, Heading, Sheet, Table, Text

FORMAL = (37, 35, 28, 26)  # top, bottom, left, right in mm
NARROW = (13, 11, 15, 15)
WIDTH = 165  # mm that the widths of a table's columns are given for
RED = RGBColor(0xB9, 0x2C, 0x22)
SONG, FANG, HEI = "SimSun", "FangSong", "SimHei"
_LATIN = "Times New Roman"


def write(sheet: Sheet, author: str, now: datetime) -> bytes:
    """The paper as a .docx file. author: the estate."""
    document = Document()
    _page(document, NARROW if sheet.narrow else FORMAL)
    _styles(document, 10.5 if sheet.narrow else 16)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = sheet.title, author, author
    about.comments, about.language = "", "zh-CN"
    about.created = about.modified = now.replace(tzinfo=None, microsecond=0)
    _head(document, sheet)
    for block in sheet.blocks:
        _block(document, block, sheet)
    _foot(document, sheet)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Paper, margins: tuple[int, int, int, int]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(margins[0]), Mm(margins[1])
    section.left_margin, section.right_margin = Mm(margins[2]), Mm(margins[3])


def _styles(document: Paper, size: float) -> None:
    _face(document.styles["Normal"], FANG, size)
    _face(document.styles["Title"], SONG, 22 if size > 12 else 16)
    _face(document.styles["Heading 1"], HEI, size)
    normal: Any = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(0)
    title: Any = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(12)
    borders = title.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:  # the built-in title has a blue line under it
        title.element.pPr.remove(borders)
    heading: Any = document.styles["Heading 1"]
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(8), Pt(2)


def _face(style: Any, chinese: str, size: float) -> None:
    """Font of a style, for Latin and, in its own attribute, for East Asian text."""
    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.font.bold = False
    _fonts(style.element.get_or_add_rPr(), chinese)


def _fonts(properties: Any, chinese: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)  # a theme's font would win over the named one
    fonts.set(qn("w:ascii"), _LATIN)
    fonts.set(qn("w:hAnsi"), _LATIN)
    fonts.set(qn("w:eastAsia"), chinese)


def _head(document: Paper, sheet: Sheet) -> None:
    if not sheet.narrow:
        organ = document.add_paragraph()
        organ.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = organ.add_run(sheet.organ)
        run.font.size, run.font.color.rgb = Pt(26), RED
        _fonts(run._element.get_or_add_rPr(), SONG)
        number = document.add_paragraph(sheet.number)
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _rule(number)
    document.add_paragraph(sheet.title, style="Title")


def _rule(paragraph: Paragraph) -> None:
    """The red double rule under head and number."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (
        ("val", "thickThinSmallGap"),
        ("sz", "18"),
        ("space", "6"),
        ("color", "B92C22"),
    ):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._element.get_or_add_pPr().append(borders)


def _block(document: Paper, block: Block, sheet: Sheet) -> None:
    if isinstance(block, Heading):
        document.add_heading(block.text, level=1)
    elif isinstance(block, Text):
        paragraph = document.add_paragraph(block.text)
        if not block.flat:
            size = 10.5 if sheet.narrow else 16
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        if block.strong:
            paragraph.add_run(block.strong).bold = True
    else:
        _table(document, block, sheet)


def _table(document: Paper, table: Table, sheet: Sheet) -> None:
    made: Any = document.add_table(rows=0, cols=len(table.widths), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    room = 180 if sheet.narrow else 156
    widths = [Mm(w * room / WIDTH) for w in table.widths]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width  # the grid; some word processors look at it alone
    size = 10.5 if sheet.narrow else 12
    if table.head:
        row = made.add_row()
        _repeat(row)
        for cell, text, width in zip(row.cells, table.head, widths, strict=True):
            cell.width = width
            _fill(cell, Cell(text, "head"), size)
    for cells in table.rows:
        row = made.add_row()
        row.height = Mm(9) if table.kind == "signin" else None
        _keep(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
        places = row.cells
        if len(cells) < len(widths):  # the last one takes what is left of the row
            last = places[len(cells) - 1].merge(places[-1])
            places = (*places[: len(cells) - 1], last)
        for place, cell in zip(places, cells, strict=False):
            _fill(place, cell, size)
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _fill(place: Any, cell: Cell, size: float) -> None:
    lines = cell.text.split("\n")
    for i, line in enumerate(lines):
        paragraph = place.paragraphs[0] if i == 0 else place.add_paragraph()
        run = paragraph.add_run(line)
        run.font.size = Pt(size)
        run.bold = True if cell.mark in ("head", "box") else None
        if cell.mark == "head":
            _fonts(run._element.get_or_add_rPr(), HEI)
        if cell.mark == "box":
            _boxed(run)
            paragraph.add_run(f" {cell.more}").font.size = Pt(size)


def _boxed(run: Run) -> None:
    """A frame around a word, as around 未签 on the printed sheet."""
    border = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "0"), ("color", "000000")):
        border.set(qn(f"w:{name}"), value)
    run._element.get_or_add_rPr().append(border)


def _repeat(row: Any) -> None:
    """The heading row comes again on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep(row: Any) -> None:
    """A row is not torn apart between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _foot(document: Paper, sheet: Sheet) -> None:
    for line in sheet.signed:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if sheet.qr_url:
        image = BytesIO()
        segno.make(sheet.qr_url, error="m", micro=False).save(image, kind="png", scale=8, border=1)
        image.seek(0)
        document.add_picture(image, width=Mm(26))
        for line in (*sheet.qr_lines, sheet.qr_url):
            run = document.add_paragraph().add_run(line)
            run.font.size = Pt(10.5)
