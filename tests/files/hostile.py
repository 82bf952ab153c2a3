"""Bytes as strangers hand them in: pictures, papers, and what only claims to be one."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)


def image(kind="JPEG", size=(60, 40), mode="RGB", colour=(200, 30, 30), **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def photo_with_place(orientation=6) -> bytes:
    """A photo held upright, with the camera's name and the place it was taken at."""
    picture = Image.new("RGB", (60, 40), (200, 30, 30))
    picture.paste((30, 30, 200), (0, 0, 10, 40))  # a blue edge at the left
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRETCAMERA"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (29.0, 33.0, 7.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, quality=95)
    return out.getvalue()


def bomb(width=60_000, height=60_000) -> bytes:
    """A PNG that claims 3.6 thousand million pixels in a few hundred bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pdf(pages=1, build=None, **options) -> bytes:
    writer = PdfWriter()
    for n in range(pages):
        page = writer.add_blank_page(200, 300)
        text = StreamObject()
        text.set_data(f"BT /F1 12 Tf 20 {100 + n} Td (page {n + 1}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(text)
        font = dictionary(Type=name("/Font"), Subtype=name("/Type1"), BaseFont=name("/Helvetica"))
        page[NameObject("/Resources")] = dictionary(Font=dictionary(F1=font))
    if build is not None:
        build(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def name(value: str) -> NameObject:
    return NameObject(value)


def dictionary(**values) -> DictionaryObject:
    return DictionaryObject({name("/" + k): v for k, v in values.items()})


def script(code="app.alert('SECRETSCRIPT')") -> DictionaryObject:
    return dictionary(S=name("/JavaScript"), JS=TextStringObject(code))


def armed(writer: PdfWriter) -> None:
    """Everything that acts: on opening, on a page, in a field, on a link; and a program inside."""
    writer.root_object[name("/OpenAction")] = script()
    writer.root_object[name("/AA")] = dictionary(WC=script())
    tree = dictionary(Names=ArrayObject([TextStringObject("a"), writer._add_object(script())]))
    writer.root_object[name("/Names")] = dictionary(JavaScript=writer._add_object(tree))
    writer.add_attachment("SECRETPROGRAM.exe", b"MZ" + b"x" * 200)
    page = writer.pages[0]
    page[name("/AA")] = dictionary(O=script())
    link = dictionary(
        Type=name("/Annot"), Subtype=name("/Link"),
        Rect=ArrayObject([NumberObject(n) for n in (0, 0, 50, 50)]),
        A=dictionary(S=name("/URI"), URI=TextStringObject("http://SECRETLINK.example/")),
    )  # fmt: skip
    launch = dictionary(
        Type=name("/Annot"), Subtype=name("/Widget"), FT=name("/Btn"),
        Rect=ArrayObject([NumberObject(n) for n in (0, 0, 50, 50)]),
        A=dictionary(S=name("/Launch"), F=TextStringObject("SECRETLAUNCH.exe")), AA=dictionary(E=script()),
    )  # fmt: skip
    look = StreamObject()
    look.update(dictionary(Type=name("/XObject"), Subtype=name("/Form")))
    look[name("/BBox")] = ArrayObject([NumberObject(n) for n in (0, 0, 80, 80)])
    look[name("/PieceInfo")] = dictionary(X=TextStringObject("SECRETPIECE"))
    look.set_data(b"1 0 0 rg 0 0 80 80 re f % THESEAL")
    seal = dictionary(
        Type=name("/Annot"), Subtype=name("/Widget"), FT=name("/Sig"),
        Rect=ArrayObject([NumberObject(n) for n in (100, 100, 180, 180)]),
        AP=dictionary(N=writer._add_object(look)), AA=dictionary(E=script()),
    )  # fmt: skip
    fields = [writer._add_object(a) for a in (link, launch, seal)]
    page[name("/Annots")] = ArrayObject(fields)
    writer.root_object[name("/AcroForm")] = dictionary(Fields=ArrayObject(fields[1:]))
    # A false page in the resources, to smuggle an action past a reader that trusts /Type.
    smuggled = dictionary(Type=name("/Page"), AA=dictionary(O=script()))
    page["/Resources"][name("/Properties")] = dictionary(P1=writer._add_object(smuggled))
    writer.add_metadata({"/Author": "SECRETAUTHOR"})


def encrypted() -> bytes:
    def build(writer: PdfWriter) -> None:
        writer.encrypt("", "owner", algorithm="RC4-128")

    return pdf(build=build)


def pages_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
