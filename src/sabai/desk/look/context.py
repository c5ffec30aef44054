"""What every template may use."""

from __future__ import annotations

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from sabai.desk.look.spoken import spoken
from sabai.language.language import Language


def around(request: HttpRequest) -> dict[str, Any]:
    """The reader's language and formatter; who they are here (`member`, None outside of a workspace).

    `day_of(moment)`: the day that it was there, where the workspace is; stored moments are of no place. `today` is the
    day that it is there.
    """
    language: Language = getattr(request, "language", spoken(None))
    member = getattr(request, "member", None)
    zone = ZoneInfo(member.workspace.time_zone) if member else timezone.get_default_timezone()

    return {
        "language": language,
        "show": language.show,
        "member": member,
        "workspace": member and member.workspace,
        "zone": zone,
        "day_of": partial(timezone.localdate, timezone=zone),
        "today": SimpleLazyObject(lambda: timezone.localdate(timezone=zone)),
        "path": request.path,
        "boosted": getattr(request, "htmx", False),
    }
