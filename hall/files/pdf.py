"""A PDF written anew from its pages alone: what is seen stays, what acts goes.

Kept: page boxes, contents, fonts and pictures, and the appearance of stamps and signatures (a
contract without its red seal would be another paper). Dropped: scripts, actions, links, forms,
embedded files, metadata, everything outside the pages.
"""

from __future__ import annotations

import io
import logging
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from hall.errors import Blocker, Refused
from hall.files.rules import MAX_PAGES, MAX_STORED

_PAGE_KEYS = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
# Seen on paper: stamps, handwriting, marks, fields as they are filled in. Not links, files, sounds, films.
_SEEN = frozenset(
    [
        "/Stamp",
        "/FreeText",
        "/Ink",
        "/Highlight",
        "/Underline",
        "/StrikeOut",
        "/Squiggly",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
        "/PolyLine",
        "/Widget",
        "/Watermark",
    ]
)
_HIDDEN_FLAGS = 1 << 1 | 1 << 5  # hidden, no view
_PRINT = 4
# Whatever hangs on a page's resources under these names acts, fetches or tells of its author.
_ACTS = frozenset(
    [
        "/JS",
        "/JavaScript",
        "/AA",
        "/OpenAction",
        "/EmbeddedFiles",
        "/EF",
        "/AF",
        "/XFA",
        "/AcroForm",
        "/Names",
        "/Ref",
        "/OPI",
        "/RichMediaContent",
        "/RichMediaSettings",
        "/PieceInfo",
        "/Metadata",
        "/StructParent",
        "/StructParents",
        "/Parent",
        "/Annots",
        "/URI",
        "/Launch",
    ]
)
_EXTERNAL_STREAM = ("/F", "/FFilter", "/FDecodeParms")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def rewrite(data: bytes) -> tuple[dict[str, object], bytes]:
    """Raises Refused: file_encrypted, file_broken, file_too_many_pages, file_grows."""
    try:
        content, pages = _rewritten(data)
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception:  # a reader fed with rubbish may raise anything
        raise Refused(Blocker("file_broken")) from None
    if len(content) > MAX_STORED:
        raise Refused(Blocker("file_grows", {"most_mb": MAX_STORED // 1024 // 1024}))
    return {"extension": "pdf", "width": None, "height": None, "pages": pages}, content


def _rewritten(data: bytes) -> tuple[bytes, int]:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise Refused(Blocker("file_encrypted"))
    pages = len(reader.pages)
    if not pages:
        raise Refused(Blocker("file_broken"))
    if pages > MAX_PAGES:
        raise Refused(Blocker("file_too_many_pages", {"pages": pages, "most": MAX_PAGES}))
    writer = PdfWriter()
    writer.metadata = None
    writer.pdf_header = "%PDF-1.7"
    for page in reader.pages:
        new = writer.add_blank_page(width=1, height=1)
        for key in _PAGE_KEYS:
            if key in page:
                new[NameObject(key)] = _copied(page.raw_get(key), writer)
        seals = _seals(page, writer)
        if seals:
            new[NameObject("/Annots")] = ArrayObject(seals)
    root: Any = reader.trailer["/Root"]
    if "/OCProperties" in root:  # which layers are switched off: what was hidden stays so
        layers = _copied(root.raw_get("/OCProperties"), writer)
        writer.root_object[NameObject("/OCProperties")] = layers
    _disarm(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), pages


def _copied(value: PdfObject, writer: PdfWriter) -> PdfObject:
    """The object and what it draws with, copied once however many pages share it."""
    return value.clone(writer, ignore_fields=tuple(_ACTS))


def _at(holder: DictionaryObject, key: str) -> Any:
    """The value itself, wherever it is kept; None without one."""
    return holder[key] if key in holder else None  # noqa: SIM401  (.get gives the reference)


def _seals(page: Any, writer: PdfWriter) -> list[PdfObject]:
    """Annotations that are seen, each as a mere stamp: its place and how it looks."""
    found: list[PdfObject] = []
    for item in _at(page, "/Annots") or ():
        old = item.get_object()
        if not isinstance(old, DictionaryObject) or _at(old, "/Subtype") not in _SEEN:
            continue
        look = _look(old)
        if look is None or int(_at(old, "/F") or 0) & _HIDDEN_FLAGS or "/Rect" not in old:
            continue
        rect = ArrayObject([FloatObject(float(n)) for n in _at(old, "/Rect")])
        stamp = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Stamp"),
                NameObject("/Rect"): rect,
                NameObject("/F"): NumberObject(_PRINT),
                NameObject("/AP"): DictionaryObject({NameObject("/N"): _copied(look, writer)}),
            }
        )
        found.append(writer._add_object(stamp))
    return found


def _look(annotation: DictionaryObject) -> PdfObject | None:
    """The reference to its normal appearance in its present state."""
    look = _at(annotation, "/AP")
    if not isinstance(look, DictionaryObject) or "/N" not in look:
        return None
    normal: PdfObject = look.raw_get("/N")
    if isinstance(normal.get_object(), StreamObject):
        return normal
    state = _at(annotation, "/AS")
    states = normal.get_object()
    if state is None or not isinstance(states, DictionaryObject) or state not in states:
        return None
    chosen: PdfObject = states.raw_get(state)
    return chosen if isinstance(chosen.get_object(), StreamObject) else None


def _disarm(writer: PdfWriter) -> None:
    """Walk over everything that will be written and take away what acts, whatever led to it."""
    own = {id(writer.root_object), *(id(page) for page in writer.flattened_pages or ())}
    own.add(id(writer.root_object["/Pages"]))
    seen: set[int] = set()
    todo: list[Any] = list(writer._objects)
    while todo:
        value = todo.pop()
        if value is None or isinstance(value, IndirectObject) or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, DictionaryObject):
            if id(value) not in own:  # /Parent and /Annots of those are ours
                _strip(value)
            todo += [value.raw_get(k) for k in value]
        elif isinstance(value, ArrayObject):
            todo += list(value)


def _strip(value: DictionaryObject) -> None:
    for key in _ACTS & set(value):
        del value[key]
    if isinstance(value, StreamObject):
        for key in _EXTERNAL_STREAM:
            value.pop(key, None)
    if _at(value, "/S") in (
        "/JavaScript",
        "/Launch",
        "/URI",
        "/SubmitForm",
        "/ImportData",
        "/GoToR",
    ):
        value.clear()
