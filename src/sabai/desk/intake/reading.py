"""From the bytes of a request to JSON that nothing later trips over."""

from __future__ import annotations

import zlib
from typing import TypeVar

import msgspec
from django.http import HttpRequest

from sabai.desk.intake import refusals
from sabai.desk.intake.limits import BODY_BYTES, DEPTH, ITEM_BYTES

T = TypeVar("T")


def body_of(request: HttpRequest) -> bytes:
    """The body, unpacked; never more than BODY_BYTES of it are held."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    if said.isdecimal() and int(said) > BODY_BYTES:
        raise refusals.too_large("The body", "4 MB")
    body: bytes = request.read(BODY_BYTES + 1)
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding == "gzip":
        body = _unpacked(body)
    elif coding != "identity":
        raise refusals.unreadable("only gzip is unpacked")
    if len(body) > BODY_BYTES:
        raise refusals.too_large("The body", "4 MB")
    try:
        body.decode()
    except UnicodeDecodeError:
        raise refusals.unreadable("text is not UTF-8") from None
    return body


def _unpacked(packed: bytes) -> bytes:
    """No more than BODY_BYTES and one: what is larger is refused without being unpacked."""
    unpacking = zlib.decompressobj(31)
    try:
        body = unpacking.decompress(packed, BODY_BYTES + 1)
    except zlib.error:
        raise refusals.unreadable("gzip is damaged") from None
    if len(body) <= BODY_BYTES and not unpacking.eof:
        raise refusals.unreadable("gzip ends too early")
    return body


def decoded(raw: bytes, decoder: msgspec.json.Decoder[T]) -> T:
    """What `raw` says, or a Refusal."""
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as wrong:
        raise refusals.misshapen(str(wrong)) from None
    except msgspec.DecodeError as wrong:
        raise refusals.unreadable(str(wrong)) from None
    except RecursionError:
        raise refusals.too_deep(DEPTH) from None


def harmless(raw: bytes) -> None:
    """Refuses an item that is too large, too deep, or holds NUL."""
    if len(raw) > ITEM_BYTES:
        raise refusals.too_large("An item", "32 kB")
    # Few brackets cannot lie deep; only what has many is walked through.
    if raw.count(b"{") + raw.count(b"[") > DEPTH and _deep(raw):
        raise refusals.too_deep(DEPTH)
    if b"\\u0000" in raw and "\0" in _texts(msgspec.json.decode(raw)):
        raise refusals.with_nul()


def _deep(raw: bytes) -> bool:
    depth, quoted, after = 0, False, False
    for byte in raw:
        if quoted:
            quoted, after = after or byte != 0x22, byte == 0x5C and not after
        elif byte == 0x22:
            quoted = True
        elif byte in b"{[":
            depth += 1
            if depth > DEPTH:
                return True
        elif byte in b"}]":
            depth -= 1
    return False


def _texts(value: object) -> str:
    """All texts and names in it, joined."""
    if isinstance(value, dict):
        return "".join(key + _texts(inner) for key, inner in value.items())
    if isinstance(value, list):
        return "".join(map(_texts, value))
    return value if isinstance(value, str) else ""
