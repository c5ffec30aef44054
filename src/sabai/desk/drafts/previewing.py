"""The preview of a draft, as `sabai preview` computes it. Only jobs come in here."""

from __future__ import annotations

from typing import Any

import msgspec

from sabai.definitions.reader import read_text
from sabai.desk.drafts.models import Draft
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.door import request_of
from sabai.language.catalogues import LANGUAGES
from sabai.language.language import speak
from sabai.preview.told import told_preview
from sabai.proof.replay import Question
from sabai.proving import previewed
from sabai.report.proof.flow import migration


def previewed_draft(draft: Draft) -> dict[str, Any]:
    """What `sabai.preview.told` says of it, and `pictures`: who would change the band, as SVG in each language."""
    request = request_of(draft.workspace)
    other = read_text(draft.text, Company.of(draft.workspace).definitions)
    found = previewed(request, other, Question())
    drawn = {code: migration(found.migration, other.workspace.currency, speak(code)) for code in LANGUAGES}
    told: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(told_preview(found)))  # NaN becomes null
    return told | {"pictures": {code: str(picture.inline) for code, picture in drawn.items() if picture}}
