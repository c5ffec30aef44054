"""A score that was chosen in the mail. Mail scanners open links too, so it is a guess until a person does something.

What only opened the page is kept as `machine` and counts nowhere: not in numbers, not in facts, not for a reply. Once
somebody sends the page, or (with a script) touches, types or scrolls on it, their own answer takes its place.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sabai.desk.responses.actions.answer import answer
from sabai.desk.responses.given import fitting
from sabai.desk.responses.models import Response
from sabai.desk.responses.sitting import Sitting

TOGETHER = timedelta(minutes=1)  # nobody chooses two scores within so much; who opens all links of a mail does


def click(sitting: Sitting, score: int, at: datetime) -> Response | None:
    """Keeps it where nobody has answered; two different scores at once are none."""
    before, first = sitting.response, sitting.form.first.key
    if before is not None and before.suspicion != "machine":
        return before
    fits, _ = fitting(sitting.form, {first: score})
    if not fits or (before is not None and before.given.get(first) == score):
        return before
    at_once = before is not None and at - before.changed_at < TOGETHER
    return answer(
        sitting.asked, {first: None if at_once else score}, channel=sitting.channel, at=at, language=sitting.tongue,
        key=sitting.key, suspicion="machine",
    )  # fmt: skip
