"""What the billing tool exports: subscriptions, invoices, payments with reminders, and exchange rates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import polars as pl

from sabai.dates import from_day, to_day
from sabai.demo.calendar import first_of_next_month
from sabai.demo.customers import PLANS, SEAT_PRICE_BAHT
from sabai.demo.latent import NEVER
from sabai.demo.places import PLACES, Place
from sabai.demo.world import World

MONTHS_A_BILL = (1, 1, 3)  # by plan
_DUE_DAYS = (14, 14, 30)
_TERM_MONTHS = (1, 12, 12)
_VAT = 1.07
_STOPS_PAYING = {"cash trouble": -45, "low payment": -45, "bankruptcy": 0}
"""Days from notice after which nothing due is paid: money trouble shows before, a bankruptcy does not."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days [start, end) in which an account paid for the same number of seats."""

    account: int
    start: int
    end: int | None
    seats: int


@dataclass(slots=True)
class Ledger:
    invoices: list[dict[str, str]] = field(default_factory=list)
    payments: list[dict[str, str]] = field(default_factory=list)


def written(baht: float, place: Place) -> str:
    """An amount in the place's money, in major units with as many decimals as that money has.

    >>> written(1000, PLACES[0]), written(1000, PLACES[1]), written(1000, PLACES[4])
    ('1000.00', '4386', '9.050')
    """
    return f"{baht / place.rate:.{place.exponent}f}"


def stretches(world: World) -> list[Stretch]:
    """Most accounts keep their seats; at the turn of a year some take more and some fewer, as they are doing."""
    rng = world.chance("stretches")
    found: list[Stretch] = []
    for account in world.active_accounts():
        start, seats = int(world.who.started[account]), int(world.who.seats[account])
        left = int(world.truth.effective[account])
        for turn in (start + 365, start + 730, start + 1095):
            if not world.calendar.first < turn < min(left, world.calendar.last) or rng.random() > 0.5:
                continue
            found.append(Stretch(int(account), start, turn, seats))
            mood = world.health_on("return", account, turn) + world.health_on("usage", account, turn)
            seats = max(1, round(seats * float(np.clip(1.05 + 0.12 * mood + rng.normal(0, 0.1), 0.6, 1.6))))
            start = turn
        found.append(Stretch(int(account), start, left if left <= world.calendar.last + 120 else None, seats))
    return found


def subscriptions(world: World, spans: list[Stretch]) -> pl.DataFrame:
    """Two rows where an account also pays for the roasting planner: the plan, and the planner as an item of its own."""
    rows: list[dict[str, str]] = []
    for number, span in enumerate(spans):
        rows.append(_subscription(world, number, span, "plan", PLANS[world.who.plan[span.account]], 1.0))
        if world.who.plan[span.account] == 2 and span.account % 2 == 0:
            rows.append(_subscription(world, number, span, "planner", "Roasting planner", 0.15))
    return pl.DataFrame(rows)


def _subscription(world: World, number: int, span: Stretch, item: str, product: str, part: float) -> dict[str, str]:
    who, plan = world.who, int(world.who.plan[span.account])
    ends_for_good = span.end is not None and span.end == world.truth.effective[span.account]
    known = ends_for_good and world.truth.notice[span.account] <= world.calendar.last
    return {
        "Subscription": f"S-{number + 1:04d}",
        "Item": item,
        "Customer": who.ids[span.account],
        "Product": product,
        "First day": from_day(span.start).isoformat(),
        "Last day": from_day(span.end - 1).isoformat() if span.end and (known or not ends_for_good) else "",
        "Price": written(span.seats * SEAT_PRICE_BAHT[plan] * part * MONTHS_A_BILL[plan], who.places[span.account]),
        "Every": ("month", "month", "quarter")[plan],
        "Currency": who.places[span.account].currency,
        "Seats": str(span.seats) if item == "plan" else "",
        "Term (months)": str(_TERM_MONTHS[plan]),
        "Auto renew": "no" if known else "yes",
        "Status": "cancelled" if span.end and span.end <= world.calendar.last else "active",
        "Notice": from_day(int(world.truth.notice[span.account])).isoformat() if known else "",
    }


def ledger(world: World, spans: list[Stretch]) -> Ledger:
    """Bills in advance for every month or quarter of a stretch, and how each was paid."""
    rng = world.chance("ledger")
    book = Ledger()
    for span in spans:
        plan = int(world.who.plan[span.account])
        bill = from_day(max(span.start, world.calendar.first))
        until = from_day(min(span.end or world.calendar.last, world.calendar.last))
        while bill < until:
            _bill(rng, world, book, span, bill)
            for _ in range(MONTHS_A_BILL[plan]):
                bill = first_of_next_month(bill)
    return book


def _bill(rng: np.random.Generator, world: World, book: Ledger, span: Stretch, issued: date) -> None:
    account, plan = span.account, int(world.who.plan[span.account])
    due = issued + timedelta(days=_DUE_DAYS[plan])
    baht = span.seats * SEAT_PRICE_BAHT[plan] * MONTHS_A_BILL[plan] * _VAT
    disputed = rng.random() < 0.01 + 0.02 * (world.health_on("support", account, to_day(issued)) < -1.5)
    number = f"INV-{issued:%Y%m}-{len(book.invoices) + 1:05d}"
    book.invoices.append(
        {
            "No.": number,
            "Customer": world.who.ids[account],
            "Date": issued.isoformat(),
            "Due": due.isoformat(),
            "Amount": written(baht, world.who.places[account]),
            "Currency": world.who.places[account].currency,
            "Disputed": (due + timedelta(days=3)).isoformat() if disputed else "",
            "Dispute settled": (due + timedelta(days=24)).isoformat() if disputed else "",
        }
    )
    _settle(rng, world, book, account, number, due, baht)


def _settle(
    rng: np.random.Generator, world: World, book: Ledger, account: int, number: str, due: date, baht: float
) -> None:
    """Early, on time, late or after a reminder; in one part or two; or never, where the money ran out."""
    mood = world.health_on("payment", account, to_day(due))
    late = max(round(float(rng.normal(-1 - 7 * mood, 5))), -13)
    never = to_day(due) > world.truth.notice[account] + _STOPS_PAYING.get(world.truth.cause[account], NEVER)
    for after, kind in ((2, "failed attempt"), (7, "reminder"), (21, "reminder")):
        if (never or late > after) and (kind == "reminder" or account % 3 == 0):
            _pay(world, book, account, number, due + timedelta(days=after), 0.0, kind)
    if never:
        return
    parts = (0.6, 0.4) if rng.random() < 0.04 else (1.0,)
    for place, part in enumerate(parts):
        _pay(world, book, account, number, due + timedelta(days=late + 12 * place), baht * part, "payment")
    if rng.random() < 0.008:
        _pay(world, book, account, number, due + timedelta(days=late + 30), -0.1 * baht, "refund")


def _pay(world: World, book: Ledger, account: int, number: str, when: date, baht: float, kind: str) -> None:
    if to_day(when) > world.calendar.last:
        return
    book.payments.append(
        {
            "Payment": f"P-{len(book.payments) + 1:06d}",
            "Invoice": number,
            "Customer": world.who.ids[account],
            "Date": when.isoformat(),
            "Amount": written(baht, world.who.places[account]),
            "Currency": world.who.places[account].currency,
            "Kind": kind,
        }
    )


def rates(world: World) -> pl.DataFrame:
    """Baht for one unit of each foreign currency, on the first of every month since the oldest subscription."""
    rng = world.chance("rates")
    month = from_day(int(world.who.started.min())).replace(day=1)
    now = {place.currency: place.rate for place in PLACES if place.currency != "THB"}
    rows: list[dict[str, str]] = []
    while to_day(month) <= world.calendar.last:
        for currency, rate in now.items():
            rows.append({"Day": month.isoformat(), "Currency": currency, "THB": f"{rate:.5f}"})
            now[currency] = rate * float(np.exp(rng.normal(0, 0.006)))
        month = first_of_next_month(month)
    return pl.DataFrame(rows)
