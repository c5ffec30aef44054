"""The exit survey: since the first autumn, most who give notice are asked why, and some answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from sabai.demo.crm import contact_id
from sabai.demo.goodbyes import GOODBYES, REASONS
from sabai.demo.latent import UNSEEN
from sabai.demo.success import reason
from sabai.demo.world import World

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BEGINS_AFTER = 95  # days of the calendar; nobody was asked before
_ASKED, _ANSWERS = 0.78, 0.52
_ANSWERS_WHOSE_SHOP_IS_GONE = 0.15
_SAY_THE_SAME = 0.75  # what the customer gives as the reason is what the team wrote down
_WRITE = 0.7  # of those who answer, in words too
_COLUMNS = ("Answer", "Account", "Contact", "Sent", "Answered", "Why", "Words", "Language")


def exits(world: World) -> pl.DataFrame:
    """One row for each who was asked; Answered, Why and Words are empty where nobody answered."""
    rng = world.chance("exit surveys")
    begins = world.calendar.first + _BEGINS_AFTER
    rows: list[dict[str, str]] = []
    for account in np.flatnonzero((world.truth.notice >= begins) & (world.truth.notice < world.calendar.last - 1)):
        if rng.random() < _ASKED:
            rows.append(_asked(rng, world, int(account)))
    rows.sort(key=lambda row: (row["Sent"], row["Account"]))
    told = [{"Answer": f"X{number:03d}", **row} for number, row in enumerate(rows, 1)]
    return pl.DataFrame(told, schema=dict.fromkeys(_COLUMNS, pl.String))


def _asked(rng: np.random.Generator, world: World, account: int) -> dict[str, str]:
    cause = world.truth.cause[account]
    sent = _EPOCH + timedelta(days=int(world.truth.notice[account]) + 1, hours=4)
    answered = sent + timedelta(hours=float(rng.gamma(1.5, 30)))
    willing = rng.random() < (_ANSWERS_WHOSE_SHOP_IS_GONE if cause in UNSEEN else _ANSWERS)
    in_time = answered < _EPOCH + timedelta(days=world.calendar.last + 1)
    row = {
        "Account": world.who.ids[account],
        "Contact": contact_id(world, account, 0),
        "Sent": sent.isoformat(),
        "Language": world.who.places[account].language,
    }
    return row | _answer(rng, row["Language"], cause, answered if willing and in_time else None)


def _answer(rng: np.random.Generator, language: str, cause: str, answered: datetime | None) -> dict[str, str]:
    if answered is None:
        return {"Answered": "", "Why": "", "Words": ""}
    why = reason(cause) if rng.random() < _SAY_THE_SAME else REASONS[int(rng.integers(len(REASONS)))]
    said = GOODBYES[language][why]
    return {
        "Answered": answered.replace(microsecond=0).isoformat(),
        "Why": why,
        "Words": said[int(rng.integers(len(said)))] if rng.random() < _WRITE else "",
    }
