"""What comes in hostile goes out harmless, or does not come in."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hall.errors import Forbidden, NotFound, Refused
from hall.files import queries, rules, service
from hall.files.child import answer
from hall.files.models import StoredFile
from hall.files.reader import remake
from hall.journal import queries as journal
from hall.permissions import Role
from tests import make
from tests.files import hostile


def refused(call):
    with pytest.raises(Refused) as error:
        call()
    return [b.code for b in error.value.blockers]


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


# --- pictures ----------------------------------------------------------------------------------


def test_a_photo_loses_place_and_camera_and_stands_upright():
    made = remake(hostile.photo_with_place())
    assert (made.extension, made.media, made.width, made.height) == ("jpg", "image/jpeg", 40, 60)
    picture = opened(made.content)
    assert dict(picture.getexif()) == {}
    assert "exif" not in picture.info
    assert b"SECRETCAMERA" not in made.content
    # Turned by a quarter clockwise, the left edge is on top.
    red, _, blue = picture.getpixel((20, 2))
    assert blue > 150 > red


@pytest.mark.parametrize(
    ("data", "extension", "size"),
    [
        (hostile.image("JPEG", (3000, 1500)), "jpg", (2000, 1000)),
        (hostile.image("PNG", (30, 20)), "png", (30, 20)),
        (hostile.image("WEBP", (30, 20)), "jpg", (30, 20)),
        (hostile.image("JPEG", (30, 20), "CMYK", (0, 0, 0, 0)), "jpg", (30, 20)),
        (hostile.image("PNG", (30, 20), "I;16", 900), "png", (30, 20)),
    ],
)
def test_pictures_taken(data, extension, size):
    head, content = answer(data)
    assert (head["extension"], head["width"], head["height"]) == (extension, *size)
    assert opened(content).size == size


def test_what_is_clear_becomes_white():
    _, content = answer(hostile.image("PNG", (9, 9), "RGBA", (255, 0, 0, 0)))
    assert opened(content).convert("RGB").getpixel((4, 4)) == (255, 255, 255)


def test_of_a_moving_picture_the_first_frame_stays():
    frames = [Image.new("RGB", (20, 20), c) for c in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    _, content = answer(out.getvalue())
    assert opened(content).getpixel((10, 10))[0] > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_hung_on_to_a_picture_survives(kind):
    tail = b"<script>alert('SECRETTAIL')</script>PK\x03\x04"
    options = {"comment": b"<script>SECRETTAIL"} if kind == "JPEG" else {}
    head, content = answer(hostile.image(kind, **options) + tail)
    assert head["extension"]
    assert b"SECRETTAIL" not in content
    assert b"<script" not in content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused(kind):
    whole = hostile.image(kind, (400, 300), colour=(3, 90, 200))
    noisy = Image.effect_noise((400, 300), 90).convert("RGB")
    out = io.BytesIO()
    noisy.save(out, kind)
    assert answer(out.getvalue()[: out.tell() // 2])[0]["refused"] == "file_broken"
    assert answer(whole[:40])[0]["refused"] == "file_broken"


def test_a_bomb_is_refused_before_it_is_opened():
    assert refused(lambda: remake(hostile.bomb())) == ["file_too_many_pixels"]
    # 49 million pixels of which next to nothing is there: within bounds, but broken.
    assert refused(lambda: remake(hostile.bomb(7000, 7000))) == ["file_broken"]


# --- papers ------------------------------------------------------------------------------------


def test_a_paper_keeps_its_pages_and_loses_what_acts():
    data = hostile.pdf(3, hostile.armed)
    assert data.count(b"SECRET") >= 8
    made = remake(data)
    assert (made.extension, made.media, made.pages) == ("pdf", "application/pdf", 3)
    assert hostile.pages_of(made.content) == ["page 1", "page 2", "page 3"]
    for word in (b"SECRET", b"JavaScript", b"/JS", b"/AA", b"/OpenAction", b"/Launch", b"/URI"):
        assert word not in made.content, word
    for word in (b"/EmbeddedFile", b"/AcroForm", b"/Names", b"/Link", b"/Widget", b"/Metadata"):
        assert word not in made.content, word
    assert b"THESEAL" in made.content  # the red seal of a contract is still there


def test_a_paper_hidden_layer_stays_hidden():
    def build(writer):
        layer = writer._add_object(hostile.dictionary(Type=hostile.name("/OCG")))
        state = hostile.dictionary(OFF=hostile.ArrayObject([layer]))
        layers = hostile.dictionary(OCGs=hostile.ArrayObject([layer]), D=state)
        writer.root_object[hostile.name("/OCProperties")] = layers

    _, content = answer(hostile.pdf(1, build))
    assert b"/OFF" in content


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (hostile.encrypted(), "file_encrypted"),
        (hostile.pdf(rules.MAX_PAGES + 1), "file_too_many_pages"),
        (hostile.pdf(0), "file_broken"),
        (b"%PDF-1.7\nnothing of the kind", "file_broken"),
        (hostile.pdf(2)[:150], "file_broken"),
        (b"%PDF-1.7\n" + b"[" * 200_000, "file_broken"),
    ],
    ids=["locked", "too long", "no page", "words only", "half", "nested"],
)
def test_papers_refused(data, code):
    assert answer(data)[0].get("refused") in (code, "file_too_costly")


# --- everything else ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a/*" + b"x" * 50 + b"*/=1;alert(1)",
        b"PK\x03\x04" + b"\0" * 60,
        b"MZ\x90\0",
        b"\n%PDF-1.7\n",
        b"<html>%PDF-1.7 two things at once",
        b"RIFF\0\0\0\0WAVEfmt ",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"BM" + b"\0" * 60,
        "只是一句话".encode(),
    ],
)
def test_other_kinds_are_refused_whatever_they_are_called(data):
    assert [b.code for b in rules.hand_in_blockers(data)] == ["file_kind_refused"]


def test_bounds_of_size():
    assert [b.code for b in rules.hand_in_blockers(b"")] == ["file_empty"]
    big = b"\xff\xd8\xff" + b"\0" * rules.MAX_BYTES
    assert [b.code for b in rules.hand_in_blockers(big)] == ["file_too_large"]
    assert rules.hand_in_blockers(big[: rules.MAX_BYTES]) == []


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("门口.jpeg", "门口.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\x\\合同 终稿.PDF", "合同 终稿.jpg"),
        ("a\r\nSet-Cookie: x=1.png", "aSet-Cookie x=1.jpg"),
        ("exe.\u202egnp.jpg", "exe.gnp.jpg"),
        ('"><script>.png', "script.jpg"),
        ("", "附件.jpg"),
        ("....", "附件.jpg"),
        ("长" * 300 + ".png", "长" * 80 + ".jpg"),
        ("🚪门\u200b.png", "🚪门.jpg"),
    ],
)
def test_names(given_name, shown):
    assert rules.clean_name(given_name, "jpg") == shown


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_name_becomes_a_harmless_one(text):
    name = rules.clean_name(text, "pdf")
    assert name.endswith(".pdf")
    assert 0 < len(name) - 4 <= rules.LONGEST_NAME
    assert not set(name) & set('<>:"|?*\\/\r\n\0\u202e')
    assert name == rules.clean_name(name, "pdf")


@settings(max_examples=40)
@given(st.binary(max_size=60), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"]))
def test_rubbish_after_a_right_beginning_is_refused_and_nothing_else(tail, head):
    assert answer(head + tail)[0].get("refused") == "file_broken"


# --- handing in --------------------------------------------------------------------------------


def test_handing_in(app, now):
    e = make.estate()
    actor = make.actor(e.id, Role.RESIDENT)
    data = hostile.photo_with_place()
    first = service.hand_in(actor, e.id, "../东门.jpeg", data, now=now)
    row = queries.get(first, e.id)
    assert (row.name, row.kind, row.media, row.width) == ("东门.jpg", "image", "image/jpeg", 40)
    content = queries.content(first)
    assert len(content) == row.size
    assert service.hand_in(actor, e.id, "again.jpg", data, now=now) == first
    assert [j.action for j in journal.page(e.id)] == ["files.handed_in"]
    with pytest.raises(NotFound):
        queries.get(first, make.estate().id)
    with pytest.raises(NotFound):
        queries.get(999999)
    with pytest.raises(NotFound):
        queries.content(999999)
    with pytest.raises(Forbidden):
        service.hand_in(make.actor(make.estate().id, Role.OWNER), e.id, "x.jpg", data, now=now)
    assert refused(lambda: service.hand_in(actor, e.id, "x.jpg", b"<svg/>", now=now)) == [
        "file_kind_refused"
    ]


def test_a_flood_is_stopped_and_told_when_it_ends(app, now):
    e = make.estate()
    actor = make.actor(e.id, Role.RESIDENT)
    for i in range(rules.A_DAY):
        values = {"name": "x.jpg", "kind": "image", "media": "image/jpeg", "size": 1}
        values |= {"digest": str(i), "content": b"x", "account_id": actor.account_id}
        make.save(StoredFile(estate_id=e.id, created_at=now - timedelta(hours=2), **values))
    with pytest.raises(Refused) as error:
        service.hand_in(actor, e.id, "x.png", hostile.image("PNG"), now=now)
    (blocker,) = error.value.blockers
    assert (blocker.code, blocker.not_before) == ("file_too_many_a_day", now + timedelta(hours=22))
    later = now + timedelta(hours=22)
    assert service.hand_in(actor, e.id, "x.png", hostile.image("PNG"), now=later)
