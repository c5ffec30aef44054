"""What the survey tool exports: NPS every quarter, CSAT twice a year; who is unwell answers less and says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from sabai.demo.crm import contact_id, contacts_of
from sabai.demo.voices import MOODS, comment
from sabai.demo.world import World

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NPS_EVERY, _CSAT_EVERY = 91, 182


def responses(world: World) -> pl.DataFrame:
    rng = world.chance("responses")
    rows: list[dict[str, str]] = []
    for account in world.active_accounts():
        for kind, every, scale in (("nps", _NPS_EVERY, (0, 10)), ("csat", _CSAT_EVERY, (1, 5))):
            begin = max(int(world.who.started[account]) + 30, world.calendar.first)
            for day in range(begin + int(rng.integers(every)), world.last_day(int(account)), every):
                rows.append(_asked(rng, world, int(account), kind, scale, day))
    rows.sort(key=lambda row: (row["Sent"], row["Account"], row["Survey"]))
    return pl.DataFrame([{"Response": f"R{number + 1:05d}", **row} for number, row in enumerate(rows)])


def _asked(
    rng: np.random.Generator, world: World, account: int, kind: str, scale: tuple[int, int], day: int
) -> dict[str, str]:
    language = world.who.places[account].language
    sent = _EPOCH + timedelta(days=day, hours=3)
    answered = sent + timedelta(hours=float(rng.gamma(1.5, 20)))
    willing = 1 / (1 + np.exp(-(0.1 + 0.6 * world.health_on("engagement", account, day))))
    answers = rng.random() < willing and answered < _EPOCH + timedelta(days=world.calendar.last + 1)
    row = {
        "Account": world.who.ids[account],
        "Contact": contact_id(world, account, int(rng.integers(contacts_of(world, account)))),
        "Survey": f"{kind.upper()} {sent:%Y-%m}",
        "Kind": kind,
        "Lowest": str(scale[0]),
        "Highest": str(scale[1]),
        "Sent": sent.isoformat(),
        "Language": language,
    }
    return row | _answer(rng, world, account, scale, day, answered if answers else None)


def _answer(
    rng: np.random.Generator, world: World, account: int, scale: tuple[int, int], day: int, answered: datetime | None
) -> dict[str, str]:
    if answered is None:
        return {"Answered": "", "Score": "", "Comment": ""}
    felt = 0.69 + 0.17 * world.health_on("sentiment", account, day) + float(rng.normal(0, 0.1))
    share = min(max(felt, 0.0), 1.0)
    mood = MOODS[int(share > 0.5) + int(share > 0.78)]
    language = world.who.places[account].language
    return {
        "Answered": answered.replace(microsecond=0).isoformat(),
        "Score": str(round(scale[0] + share * (scale[1] - scale[0]))),
        "Comment": comment(rng, language, mood) if rng.random() < 0.55 else "",
    }
