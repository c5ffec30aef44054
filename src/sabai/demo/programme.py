"""The referral programme: who brings another café gets a voucher."""

from __future__ import annotations

import numpy as np
import polars as pl

from sabai.dates import from_day
from sabai.demo.world import World

_BEGINS_AFTER = 70  # days of the calendar
_SHARE = 0.24  # of the new customers who come by it
_WORTH_BAHT = (1_500, 4_000, 9_000)  # by the plan of whom they bring


def vouchers(world: World) -> pl.DataFrame:
    """One for each new customer that somebody of the same language brought, three to forty days before it began."""
    rng = world.chance("referral programme")
    who, begins = world.who, world.calendar.first + _BEGINS_AFTER
    rows: list[dict[str, str]] = []
    for account in np.flatnonzero(who.paying & (who.started >= begins + 40) & (rng.random(len(who)) < _SHARE)):
        day = int(who.started[account]) - int(rng.integers(3, 40))
        friends = _friends(world, int(account), day)
        if friends:
            rows.append(
                {
                    "Voucher": "",
                    "Given to": who.ids[friends[int(rng.integers(len(friends)))]],
                    "Brought": who.ids[account],
                    "Day": from_day(day).isoformat(),
                    "Worth (THB)": str(_WORTH_BAHT[who.plan[account]]),
                }
            )
    rows.sort(key=lambda row: (row["Day"], row["Brought"]))
    told = [row | {"Voucher": f"V-{number:03d}"} for number, row in enumerate(rows, 1)]
    return pl.DataFrame(told, schema=dict.fromkeys(_COLUMNS, pl.String))


_COLUMNS = ("Voucher", "Given to", "Brought", "Day", "Worth (THB)")


def _friends(world: World, account: int, day: int) -> list[int]:
    """Customers who may have known it: the last sixth of the names that were customers for a season, and were well."""
    who = world.who
    there = world.active_accounts()
    here = there[(who.started[there] + 90 <= day) & (world.truth.notice[there] > day)]
    alike = [int(each) for each in here if who.places[each].language == who.places[account].language]
    alike.sort(key=lambda each: (-world.health_on("advocacy", each, day), each))
    return alike[: max(1, len(alike) // 6)]
