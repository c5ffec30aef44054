"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from sabai.desk.look.spoken import spoken
from sabai.language.language import Language


def around(request: HttpRequest) -> dict[str, Any]:
    """The reader's language and formatter; who they are here (`member`, None outside of a workspace)."""
    language: Language = getattr(request, "language", spoken(None))
    member = getattr(request, "member", None)
    return {
        "language": language,
        "show": language.show,
        "member": member,
        "workspace": member and member.workspace,
        "today": SimpleLazyObject(timezone.localdate),
        "path": request.path,
        "boosted": getattr(request, "htmx", False),
    }
