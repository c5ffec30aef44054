"""The HTTP API of Segment, so that what speaks it already need not be changed."""

from __future__ import annotations

from functools import partial

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from sabai.desk.intake.actions.receive import Brought
from sabai.desk.intake.api import described
from sabai.desk.intake.api.said import answer
from sabai.desk.intake.api.taking import admitted, sorted_out, taken, taken_alone
from sabai.desk.intake.at_once import all_good
from sabai.desk.intake.checking import alone, checked, surrounding
from sabai.desk.intake.clocks import in_utc
from sabai.desk.intake.keys import key_of, source_of
from sabai.desk.intake.messages import KINDS, Envelope
from sabai.desk.intake.reading import body_of, decoded

ENVELOPE = msgspec.json.Decoder(Envelope)
router = Router(tags=["Segment"])


@router.post("/batch", summary="Many messages", response=described.RECEIVED, openapi_extra=described.BATCH)
def batch(request: HttpRequest) -> HttpResponse:
    """Takes what is good of up to 2,500 messages, and says of the others why not, by index."""
    received, key = timezone.now(), key_of(request)
    source = source_of(key) if key else None
    envelope = decoded(body_of(request), ENVELOPE)
    source = source or source_of(envelope.write_key or "")
    admitted(source, len(envelope.batch))
    context, sent = surrounding(bytes(envelope.context)), in_utc(envelope.sent_at)
    raws = list(map(bytes, envelope.batch))
    items = all_good(raws, sent, received)
    good, bad = (items, []) if items else sorted_out(raws, partial(checked, sent=sent, received=received))
    return answer(taken(Brought(source, received, good, bad, sent_at=sent, context=context)))


def single(request: HttpRequest, kind: str) -> HttpResponse:
    """Takes one message, or says why not."""
    received, key = timezone.now(), key_of(request)
    source = source_of(key) if key else None
    raw, written, sent = alone(kind, body_of(request))
    source = source or source_of(written)
    admitted(source, 1)
    taken_alone(source, received, raw, partial(checked, sent=sent, received=received), sent)
    return answer({"success": True})


def _spoken(kind: str) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return single(request, kind)

    view.__name__ = kind
    view.__doc__ = single.__doc__
    extra = described.SINGLE[kind]
    router.post(f"/{kind}", summary=f"One {kind} message", response=described.TAKEN, openapi_extra=extra)(view)


for _kind in KINDS:
    _spoken(_kind)
