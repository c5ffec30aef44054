"""Pictures that somebody uploads."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from sabai.desk.surveys.logo import MOST_BYTES, NotAPicture, shown


def picture(form: str, size: tuple[int, int] = (600, 300)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "teal").save(written, form)
    return written.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_written_anew_and_small(form: str) -> None:
    hidden = b"<script>alert(1)</script>"
    kept = shown(picture(form) + hidden)
    assert hidden not in kept
    with Image.open(BytesIO(kept)) as found:
        assert found.format == "PNG"
        assert found.width <= 480
        assert found.height <= 120


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        picture("GIF"),
        picture("BMP"),
        picture("PNG", (6000, 3000)),
        picture("PNG") + b"\0" * MOST_BYTES,
        picture("PNG")[:60],
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        shown(data)
