"""What the customer success team itself writes down: contacts, pulses, goals, returns, praise, and who left why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from sabai.dates import from_day
from sabai.demo.crm import OWNERS, contact_id
from sabai.demo.latent import UNSEEN
from sabai.demo.money import written
from sabai.demo.voices import farewell
from sabai.demo.world import World

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CHANNELS = ("mail", "chat", "phone", "meeting", "social")
_PRAISE = ("referral", "review", "case study", "reference", "mention")
_GOALS = (
    ("goal", "Count stock in half the time", "days"),
    ("goal", "Open a second shop", "months"),
    ("promise at sale", "Tills connected within two weeks", "days"),
    ("goal", "Waste under 3%", "percent"),
    ("response-time promise", "First reply within four hours", "hours"),
)


def touchpoints(world: World) -> pl.DataFrame:
    """Contacts in both directions; who is engaged writes to us, and finds it good."""
    rng = world.chance("touchpoints")
    mood = world.health("engagement")
    here = np.where(world.who.prospect[:, None], 0.4, world.present * world.who.paying[:, None])
    rows: list[dict[str, str]] = []
    for way, rate in (("from them", 0.16 * np.exp(0.6 * np.clip(mood, -3, 2))), ("from us", np.full(mood.shape, 0.13))):
        counts = rng.poisson(rate * here)
        for spot in np.repeat(np.arange(counts.size), counts.ravel()):
            account, week = divmod(int(spot), world.calendar.weeks)
            day = world.calendar.first + 7 * week + rng.uniform(0.1, 0.6) + rng.integers(0, 5)
            if world.who.started[account] <= day <= world.last_day(account):
                rows.append(_touchpoint(rng, world, account, way, float(day), float(mood[account, week])))
    rows.sort(key=lambda row: (row["When"], row["Account"]))
    return pl.DataFrame([{"Activity": f"TP{number + 1:05d}", **row} for number, row in enumerate(rows)])


def _touchpoint(
    rng: np.random.Generator, world: World, account: int, way: str, day: float, mood: float
) -> dict[str, str]:
    felt = mood + rng.normal(0, 0.8)
    known = rng.random() < 0.5
    return {
        "Account": world.who.ids[account],
        "Contact": contact_id(world, account, 0),
        "User": OWNERS[rng.integers(len(OWNERS))],
        "Channel": _CHANNELS[rng.choice(5, p=(0.4, 0.2, 0.2, 0.12, 0.08))],
        "Way": way,
        "When": (_EPOCH + timedelta(days=day)).replace(microsecond=0).isoformat(),
        "Went": ("good" if felt > 0.3 else "bad" if felt < -1.2 else "so-so") if known else "",
    }


def pulses(world: World) -> pl.DataFrame:
    """What the owner felt, about every other month, 1 to 5."""
    rng = world.chance("pulses")
    rows: list[dict[str, str]] = []
    for account in world.active_accounts():
        begin = max(int(world.who.started[account]), world.calendar.first) + int(rng.integers(60))
        for day in range(begin, world.last_day(int(account)), 61):
            felt = 3.3 + 0.7 * world.health_on("sentiment", int(account), day) + float(rng.normal(0, 0.7))
            rows.append(
                {
                    "Pulse": f"PU{len(rows) + 1:05d}",
                    "Account": world.who.ids[account],
                    "User": OWNERS[rng.integers(len(OWNERS))],
                    "Day": from_day(day).isoformat(),
                    "Rating": str(int(np.clip(round(felt), 1, 5))),
                }
            )
    return pl.DataFrame(rows)


def goals(world: World) -> pl.DataFrame:
    """One or two for each account that began inside the calendar; met sooner where the return is good."""
    rng = world.chance("goals")
    rows: list[dict[str, str]] = []
    for account in world.active_accounts():
        agreed = max(int(world.who.started[account]), world.calendar.first) + 7
        for _ in range(rng.integers(1, 3)):
            kind, text, measure = _GOALS[rng.integers(len(_GOALS))]
            need = 60 * np.exp(-0.35 * world.health_on("return", int(account), agreed) + rng.normal(0, 0.5))
            met = agreed + int(need)
            rows.append(
                {
                    "Goal": f"G{len(rows) + 1:04d}",
                    "Account": world.who.ids[account],
                    "Kind": kind,
                    "Text": text,
                    "Measure": measure,
                    "Agreed": from_day(agreed).isoformat(),
                    "Due": from_day(agreed + 90).isoformat(),
                    "Met": from_day(met).isoformat() if met < min(world.last_day(int(account)), agreed + 200) else "",
                }
            )
    return pl.DataFrame(rows)


def returns(world: World) -> pl.DataFrame:
    """What customers gained and what it cost them, as they told us at the quarterly review."""
    rng = world.chance("returns")
    rows: list[dict[str, str]] = []
    for account in world.active_accounts():
        begin = max(int(world.who.started[account]) + 80, world.calendar.first) + int(rng.integers(91))
        for day in range(begin, world.last_day(int(account)), 91):
            cost = float(world.who.seats[account] * 350 * 3)
            gain = cost * float(np.exp(0.45 + 0.4 * world.health_on("return", int(account), day) + rng.normal(0, 0.25)))
            place = world.who.places[account]
            rows.append(
                {
                    "Review": f"Q{len(rows) + 1:05d}",
                    "Account": world.who.ids[account],
                    "Day": from_day(day).isoformat(),
                    "Gained": written(gain, place),
                    "Spent": written(cost, place),
                    "Currency": place.currency,
                }
            )
    return pl.DataFrame(rows)


def advocacy(world: World) -> pl.DataFrame:
    """Good words and deeds of customers; referrals name a prospect."""
    rng = world.chance("advocacy")
    mood = world.health("advocacy")
    counts = rng.poisson(0.016 * np.exp(0.9 * np.clip(mood, -3, 2)) * world.present * world.who.paying[:, None])
    prospects = [*np.flatnonzero(world.who.prospect)] or [0]
    rows: list[dict[str, str]] = []
    for spot in np.repeat(np.arange(counts.size), counts.ravel()):
        account, week = divmod(int(spot), world.calendar.weeks)
        day = world.calendar.first + 7 * week + int(rng.integers(7))
        kind = _PRAISE[rng.choice(5, p=(0.25, 0.35, 0.05, 0.1, 0.25))]
        if world.who.started[account] <= day <= world.last_day(account):
            rows.append(
                {
                    "Deed": f"AD{len(rows) + 1:04d}",
                    "Account": world.who.ids[account],
                    "Kind": kind,
                    "Day": from_day(day).isoformat(),
                    "Referred": world.who.ids[prospects[rng.integers(len(prospects))]] if kind == "referral" else "",
                    "Worth (THB)": str(int(rng.integers(2, 40)) * 1000) if kind == "referral" else "",
                }
            )
    return pl.DataFrame(rows)


def churn(world: World) -> pl.DataFrame:
    """Who said goodbye until the end of the calendar, and the reason as it was written down."""
    rows: list[dict[str, str]] = []
    for account in np.flatnonzero(world.truth.notice <= world.calendar.last):
        cause = world.truth.cause[account]
        rows.append(
            {
                "Account": world.who.ids[account],
                "Notice": from_day(int(world.truth.notice[account])).isoformat(),
                "Effective": from_day(int(world.truth.effective[account])).isoformat(),
                "Reason": reason(cause),
                "How": "failed payment" if cause in ("cash trouble", "low payment") else "voluntary",
                "Words": farewell(world.who.places[account].language, cause),
            }
        )
    return pl.DataFrame(rows)


def reason(cause: str) -> str:
    """What the team writes down, which is coarser than the truth.

    >>> reason("champion left"), reason("low usage")
    ('people', 'not used')
    """
    words = {"champion left": "people", "bad rollout": "support", "price rise": "price", "cash trouble": "did not pay"}
    words |= {"low usage": "not used", "low payment": "did not pay", "low support": "support", "low return": "price"}
    return words.get(cause, cause if cause in (*UNSEEN, "competitor") else "other")
