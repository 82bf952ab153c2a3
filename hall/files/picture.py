"""A picture decoded and drawn anew: nothing of the old file is left but what one sees."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageFile, ImageOps

from hall.errors import Blocker, Refused
from hall.files.rules import LONGEST_SIDE, MAX_PIXELS

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85
# A drawing stays a PNG, whose lines are sharp; a photo saved as PNG would be many megabytes.
PNG_UP_TO = 1024 * 1024
_WHITE = (255, 255, 255)


def prepare() -> None:
    """Load the decoders, all others stay away; broken data is never filled up."""
    Image.preinit()
    Image.init()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False


def redraw(data: bytes) -> tuple[dict[str, object], bytes]:
    """JPEG, PNG or WebP in, JPEG or PNG out: upright, at most 2,000 pixels, without EXIF (and GPS).

    Of an animation the first frame. Raises Refused: file_broken, file_too_many_pixels.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the size is checked below; odd metadata goes anyway
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                width, height = image.size
                if width * height > MAX_PIXELS:
                    raise Refused(Blocker("file_too_many_pixels", {"most": MAX_PIXELS}))
                is_png = image.format == "PNG"
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                image.load()
                drawn = _upright(image)
        except (Refused, MemoryError):
            raise
        except Image.DecompressionBombError:
            raise Refused(Blocker("file_too_many_pixels", {"most": MAX_PIXELS})) from None
        except Exception:  # a decoder fed with rubbish may raise anything
            raise Refused(Blocker("file_broken")) from None
    extension, content = _encode(drawn, is_png)
    facts = {"extension": extension, "width": drawn.width, "height": drawn.height, "pages": None}
    return facts, content


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held, made small, flat on white, and free of everything attached."""
    small = image.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    turned = ImageOps.exif_transpose(small)
    if turned.has_transparency_data:
        over = turned.convert("RGBA")
        flat = Image.new("RGB", over.size, _WHITE)
        flat.paste(over, mask=over.getchannel("A"))
    else:
        flat = turned.convert("RGB")
    clean = Image.new("RGB", flat.size, _WHITE)
    clean.paste(flat)
    return clean


def _encode(image: Image.Image, is_png: bool) -> tuple[str, bytes]:
    if is_png:
        out = io.BytesIO()
        image.save(out, "PNG", optimize=True)
        if out.tell() <= PNG_UP_TO:
            return "png", out.getvalue()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return "jpg", out.getvalue()
