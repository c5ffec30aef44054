"""What finance tells each month: what it cost to win customers, by marketing, sales and vouchers, and to keep them."""

from __future__ import annotations

import numpy as np
import polars as pl

from sabai.dates import to_day
from sabai.demo.calendar import first_of_next_month
from sabai.demo.customers import PLANS
from sabai.demo.latent import Floats
from sabai.demo.programme import vouchers
from sabai.demo.world import World

_TO_WIN_BAHT = {"marketing": (14_000, 31_000, 52_000), "sales": (4_000, 24_000, 71_000)}
"""Meant for one new customer of each plan; what is spent follows the plan of the year, not who came."""
_TO_KEEP_BAHT = (380, 1_120, 2_650)  # a month for a customer of each plan
_UNEVEN = 0.12  # months differ by so much


def marketing(world: World) -> pl.DataFrame:
    """Advertisements and fairs."""
    return _by_plan(world, "marketing", _to_win(world, "marketing"))


def sales(world: World) -> pl.DataFrame:
    """The people who sell, and their way to the shops; drip coffee sells itself."""
    return _by_plan(world, "sales", _to_win(world, "sales"))


def care(world: World) -> pl.DataFrame:
    """Support, hosting and the success team: what it takes to keep those who are here."""
    here = [_here(world, to_day(month)) for month in world.calendar.months()]
    return _by_plan(world, "care", np.array(here) * np.array(_TO_KEEP_BAHT))


def gifts(world: World) -> pl.DataFrame:
    """What vouchers of the referral programme cost a month; no plan has them for itself."""
    given = vouchers(world).select(
        month=pl.col("Day").str.slice(0, 7) + "-01", baht=pl.col("Worth (THB)").cast(pl.Int64)
    )
    by_month = given.group_by("month").agg(pl.col("baht").sum()).sort("month")
    return by_month.select(Month="month", Spent=pl.format("{}.00", "baht"))


def _to_win(world: World, way: str) -> Floats:
    """(month, plan)"""
    months = len(list(world.calendar.months()))
    before = world.who.paying & (world.who.started >= world.calendar.first)
    came = np.bincount(world.who.plan[before], minlength=len(PLANS)) / months
    return np.tile(came * np.array(_TO_WIN_BAHT[way]), (months, 1))


def _here(world: World, month: int) -> Floats:
    """Customers of each plan on the last day of the month that begins on that day."""
    who = world.who
    here = who.paying & (who.started <= month + 27) & (world.truth.effective > month + 27)
    return np.bincount(who.plan[here], minlength=len(PLANS)).astype(np.float64)


def _by_plan(world: World, what: str, meant: Floats) -> pl.DataFrame:
    """Month, Plan, Spent: around what was meant, shape (month, plan); baht and satang."""
    spent = meant * np.exp(world.chance(f"spent on {what}").normal(0, _UNEVEN, meant.shape))
    rows = [
        {"Month": month.isoformat(), "Plan": plan, "Spent": f"{baht:.2f}"}
        for month, plans in zip(world.calendar.months(), spent, strict=True)
        for plan, baht in zip(PLANS, plans, strict=True)
        if to_day(first_of_next_month(month)) <= world.calendar.last + 1 and baht > 0
    ]
    return pl.DataFrame(rows, schema={"Month": pl.String, "Plan": pl.String, "Spent": pl.String})
