"""A picture that somebody uploads, as the picture that we show: decoded, made small, written anew."""

from __future__ import annotations

from io import BytesIO

MOST_BYTES = 1_000_000
MOST_PIXELS = 12_000_000
SHOWN = (480, 120)  # pixels of width and height; twice as many as on screen, for screens that are finer


class NotAPicture(Exception):
    """No PNG or JPEG, or too large a one."""


def shown(data: bytes) -> bytes:
    """A PNG that holds nothing but the picture; NotAPicture where there is none. SVG is none: it may hold scripts."""
    from PIL import Image, UnidentifiedImageError

    if len(data) > MOST_BYTES:
        raise NotAPicture
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPicture
            plain = picture.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise NotAPicture from error
    plain.thumbnail(SHOWN)
    bare, written = Image.new("RGBA", plain.size), BytesIO()
    bare.paste(plain)
    bare.save(written, "PNG", optimize=True)
    return written.getvalue()
