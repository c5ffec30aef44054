"""What a draft would do: two replays of the past, which take minutes of a large company."""

from __future__ import annotations

from huey.contrib.djhuey import db_task

from sabai.desk.drafts.models import Draft
from sabai.errors import SabaiError


@db_task()
def preview_draft(draft_id: int) -> None:
    """Fills the draft's preview, or says why there is none."""
    from sabai.desk.drafts.checked import fingerprint
    from sabai.desk.drafts.previewing import previewed_draft

    draft = Draft.everywhere.select_related("workspace").filter(pk=draft_id).first()
    if draft is None:  # thrown away in the meantime
        return
    draft.problem, draft.preview = "", None
    try:
        draft.preview = previewed_draft(draft)
    except SabaiError as error:
        draft.problem = str(error)
    draft.previewed, draft.asked_at = fingerprint(draft.text), None
    draft.save(update_fields=["preview", "previewed", "problem", "asked_at"])
