"""The offline count document: what 'hall count' reads and a published resolution is exported as.

    load(data, filename) -> CountFile     JSON or XLSX; raises CountFileError with every problem
    count(file) -> Report                 the recount, without a database
    dump(file) -> str                     canonical JSON; load(dump(file)) is the same document
    to_xlsx(file) -> bytes                the same for a person with a spreadsheet
    counted_question(totals, outcome, …)  a question of a document from a count just made

Format: docs/count-format.md and docs/count-file.schema.json.
"""

from __future__ import annotations

from hall.countfile.build import counted_question
from hall.countfile.json_in import parse_json, read_document
from hall.countfile.json_out import document, dump
from hall.countfile.model import (
    Claim,
    CountFile,
    CountFileError,
    DeemedCount,
    FileGroup,
    FileQuestion,
    InvalidCount,
    OpenCount,
    OptionCount,
    Problem,
)
from hall.countfile.report import QuestionReport, Report, count

__all__ = [
    "Claim",
    "CountFile",
    "CountFileError",
    "DeemedCount",
    "FileGroup",
    "FileQuestion",
    "InvalidCount",
    "OpenCount",
    "OptionCount",
    "Problem",
    "QuestionReport",
    "Report",
    "count",
    "counted_question",
    "document",
    "dump",
    "load",
    "read_document",
    "to_xlsx",
]


def load(data: bytes, filename: str = "") -> CountFile:
    """A count document from JSON or XLSX bytes, told apart by content. Raises CountFileError."""
    if data[:4] == b"PK\x03\x04" or filename.lower().endswith((".xlsx", ".xls", ".csv")):
        from hall.countfile.xlsx_in import read_workbook

        return read_workbook(data, filename)
    return read_document(parse_json(data))


def to_xlsx(file: CountFile) -> bytes:
    """The document as a workbook; what only JSON can hold is left out."""
    from hall.countfile.xlsx_out import to_xlsx as write

    return write(file)
