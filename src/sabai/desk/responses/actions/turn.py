"""One sheet of a survey, filled in: kept as far as it can be, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sabai.desk.responses.actions.answer import answer
from sabai.desk.responses.given import Told, fitting, merged, missing
from sabai.desk.responses.models import Response
from sabai.desk.responses.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Turned:
    """`step` is the next sheet, None after the last; with something `wrong` it is the sheet that it is wrong on."""

    response: Response | None
    step: int | None
    wrong: Mapping[str, str] = field(default_factory=dict)


def turn(sitting: Sitting, step: int, told: Told, at: datetime, *, suspicion: str = "") -> Turned:
    """Keeps what fits of `told`, and sends the answer off where this was the last sheet and nothing is missing."""
    good, wrong = fitting(sitting.form, told)
    given = merged(sitting.form, sitting.given, good)
    lacking = {question.key: "missing" for question in missing(sitting.form, given)}
    here = [question.key for question in sitting.on_sheet(step, given)]
    wrong |= {key: why for key, why in lacking.items() if key in here and key not in wrong}
    following = sitting.after(step, given)
    if following is None and not given:
        wrong = {sitting.form.first.key: "missing"} | wrong
    whole = following is None and not wrong and not lacking
    response = keep(sitting, good, at, complete=whole, suspicion=suspicion)
    if not wrong and following is None:
        wrong = lacking
    if wrong:
        return Turned(response, _sheet_of(sitting, next(iter(wrong))), wrong)
    return Turned(response, following)


def keep(sitting: Sitting, good: Told, at: datetime, *, complete: bool = False, suspicion: str = "") -> Response | None:
    """What was answered on the way; nothing where nobody has answered anything yet."""
    if sitting.own is None and not any(value not in (None, "", []) for value in good.values()):
        return sitting.own
    return answer(
        sitting.asked, good, channel=sitting.channel, at=at, language=sitting.tongue, key=sitting.key,
        complete=complete, visit=sitting.visit, suspicion=suspicion,
    )  # fmt: skip


def _sheet_of(sitting: Sitting, key: str) -> int:
    found = (at for at, sheet in enumerate(sitting.sheets) if key in [question.key for question in sheet])
    return next(found, 0)
