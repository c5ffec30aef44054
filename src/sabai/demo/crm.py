"""What the sales tool exports: accounts, contacts, owners, and the table that knows each account's other names."""

from __future__ import annotations

import numpy as np
import polars as pl

from sabai.dates import from_day
from sabai.demo.customers import INDUSTRIES, PLANS
from sabai.demo.latent import NEVER
from sabai.demo.names import person
from sabai.demo.world import World

OWNERS = ("kanya", "thanawat", "yuki", "layla", "james", "mali")
_OWNERS_BY_LANGUAGE = {"th": ("kanya", "thanawat", "mali"), "ja": ("yuki",), "ar": ("layla",), "en": ("james",)}
_ROLES = ("Owner", "Operations manager", "Shop manager", "Finance", "Head barista", "IT")
_MOST_CONTACTS = 5


def accounts(world: World) -> pl.DataFrame:
    who, truth = world.who, world.truth
    ended = np.minimum(truth.effective, NEVER)
    return pl.DataFrame(
        {
            "Account ID": who.ids,
            "Account Name": who.names,
            "Parent Account": [who.ids[parent] if parent >= 0 else "" for parent in who.parent],
            "Type": _types(world),
            "Is Test": ["TRUE" if test else "FALSE" for test in who.test],
            "Plan": [PLANS[plan] for plan in who.plan],
            "Industry": [INDUSTRIES[industry] for industry in who.industry],
            "Billing Country": [place.country for place in who.places],
            "Language": [place.language for place in who.places],
            "Customer Since": [from_day(day).isoformat() for day in who.started],
            "Last Day as Customer": [
                from_day(day - 1).isoformat() if day <= world.calendar.last else "" for day in ended
            ],
        }
    )


def _types(world: World) -> list[str]:
    gone = world.truth.effective <= world.calendar.last
    return [
        "Prospect" if prospect else "Former Customer" if left else "Customer"
        for prospect, left in zip(world.who.prospect, gone, strict=True)
    ]


def contacts_of(world: World, account: int) -> int:
    return int(min(_MOST_CONTACTS, 1 + world.who.seats[account] // 5))


def contact_id(world: World, account: int, number: int) -> str:
    return f"C-{world.who.ids[account][2:]}-{number}"


def contacts(world: World) -> pl.DataFrame:
    rng = world.chance("contacts")
    rows: list[dict[str, str]] = []
    for account, place in enumerate(world.who.places):
        for number in range(contacts_of(world, account)):
            somebody = person(rng, place.language)
            rows.append(
                {
                    "Contact ID": contact_id(world, account, number),
                    "Account ID": world.who.ids[account],
                    "Name 1": somebody.names[0],
                    "Name 2": somebody.names[1],
                    "E-mail": f"{somebody.latin}@{world.who.ids[account].lower()}.example",
                    "Title": _ROLES[0] if number == 0 else _ROLES[rng.integers(1, len(_ROLES))],
                    "Decides": "yes" if number == 0 or rng.random() < 0.15 else "no",
                    "Language": place.language,
                    "Time Zone": place.time_zone,
                }
            )
    return pl.DataFrame(rows)


def owners(world: World) -> pl.DataFrame:
    """One account in six changed hands; the owner from before is a row of its own."""
    rng = world.chance("owners")
    rows: list[dict[str, str]] = []
    for account, place in enumerate(world.who.places):
        names = _OWNERS_BY_LANGUAGE[place.language]
        start, first = int(world.who.started[account]), names[rng.integers(len(names))]
        hands: list[tuple[str, int, int | None]] = [(first, start, None)]
        if rng.random() < 1 / 6 and start < world.calendar.last - 120:
            turn = int(rng.integers(max(start, world.calendar.first) + 30, world.calendar.last - 30))
            hands = [(OWNERS[rng.integers(len(OWNERS))], start, turn), (first, turn, None)]
        for user, since, until in hands:
            rows.append(
                {
                    "Account ID": world.who.ids[account],
                    "User": user,
                    "Role": "CSM",
                    "From": from_day(since).isoformat(),
                    "Until": from_day(until).isoformat() if until else "",
                }
            )
    return pl.DataFrame(rows)


def identities(world: World) -> pl.DataFrame:
    """Product names of the accounts."""
    who = world.who
    return pl.DataFrame({"Tool": ["product"] * len(who), "ID there": who.shops, "Account ID": who.ids})
