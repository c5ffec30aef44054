"""Product use, web visits and the community: how much of it follows from the hidden usage of each week."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.demo.latent import Floats, Ints
from sabai.demo.world import World

ACTIONS = ("login", "order_placed", "stock_counted", "recipe_shared", "report_exported", "roast_planned", "api_call")
_MIXES = np.array(  # from accounts that only take orders to those that run their business with us
    [
        [0.55, 0.40, 0.05, 0.00, 0.00, 0.00, 0.00],
        [0.42, 0.33, 0.12, 0.06, 0.07, 0.00, 0.00],
        [0.34, 0.27, 0.12, 0.09, 0.09, 0.05, 0.04],
    ]
)
_ACTIONS_PER_USER_WEEK = 2.3
_MICROSECONDS_PER_DAY = 86_400_000_000
VISITS = ("docs_read", "pricing_viewed", "webinar_joined", "forum_answered", "forum_asked")
_VISIT_SHARES = (0.52, 0.14, 0.12, 0.10, 0.12)
_FIRST_STEPS = (("till_connected", 3, 0.9), ("team_invited", 10, 0.75), ("first_report", 24, 0.6))


def product_events(world: World) -> pl.DataFrame:
    """One row for each action: event_id, shop, user, action, at (UTC, in time order), quantity, device."""
    rng = world.chance("usage")
    who = world.who
    rate = 1 / (1 + np.exp(-(0.1 + 0.9 * world.health("usage")))) * (1 - 0.55 * world.given_notice)
    inside = world.present * ~who.prospect[:, None]
    users = rng.binomial(who.seats[:, None], np.clip(rate, 0, 1)) * (inside > 0)
    account, week = np.divmod(np.repeat(np.arange(users.size), _actions(rng, users, inside).ravel()), users.shape[1])
    seat = (rng.random(len(account)) * users[account, week]).astype(np.int64)
    action, at = _choose_actions(rng, world, account, week), _instants(rng, world, account, week)
    daily = _frame(account, seat, action, at)
    steps = pl.concat([daily, _first_steps(world), _cancel_pages(world)])
    numbered = _within(world, steps).sort("at", "account", "seat", "action").with_row_index("number")
    return numbered.select(
        event_id=pl.format("evt-{}", pl.col("number").cast(pl.String).str.zfill(7)),
        shop=_named(who.shops),
        user=pl.format("u-{}-{}", _named(who.ids), "seat"),
        action="action",
        at="at",
        quantity=pl.Series(1 + rng.poisson(0.4, len(numbered))),
        device=pl.Series(rng.choice(["till", "web", "phone"], len(numbered), p=(0.5, 0.3, 0.2))),
    )


def web_events(world: World) -> pl.DataFrame:
    """One row for each visit: account (index), name, at (UTC, in time order). Prospects read too."""
    rng = world.chance("web")
    who = world.who
    pull = np.exp(-0.9 + 0.45 * world.health("engagement") + 0.2 * world.health("usage"))
    here = np.where(who.prospect[:, None], 0.6, world.present * ~who.test[:, None])
    counts = rng.poisson(pull * here)
    account, week = np.divmod(np.repeat(np.arange(counts.size), counts.ravel()), counts.shape[1])
    name = rng.choice(VISITS, len(account), p=_VISIT_SHARES)
    frame = _frame(account, np.zeros(len(account), dtype=np.int64), name, _instants(rng, world, account, week))
    return frame.filter(pl.col("at") < _instant(world.calendar.last + 1)).sort("at", "account", "action")


def _actions(rng: np.random.Generator, users: Ints, inside: Floats) -> Ints:
    return rng.poisson(users * inside * _ACTIONS_PER_USER_WEEK)


def _choose_actions(rng: np.random.Generator, world: World, account: Ints, week: Ints) -> NDArray[np.str_]:
    """Accounts that do well use more of the product."""
    breadth = np.digitize(world.health("usage"), (-0.7, 0.5))[account, week]
    place = (rng.random(len(account))[:, None] > np.cumsum(_MIXES, axis=1)[breadth]).sum(axis=1)
    actions: NDArray[np.str_] = np.array(ACTIONS)[np.minimum(place, len(ACTIONS) - 1)]
    return actions


def _instants(rng: np.random.Generator, world: World, account: Ints, week: Ints) -> Ints:
    """Microseconds since 1970, UTC, in the opening hours of the account's own place; Sundays are quiet."""
    weekday = rng.choice(7, size=len(account), p=(0.16, 0.15, 0.15, 0.16, 0.17, 0.14, 0.07))
    ahead = np.array([place.hours for place in world.who.places])[account]
    hour = np.clip(rng.normal(13, 3.2, len(account)), 6.5, 21.5) - ahead
    day = world.calendar.first + 7 * week + weekday
    at: Ints = (day * _MICROSECONDS_PER_DAY + hour * (_MICROSECONDS_PER_DAY / 24)).astype(np.int64)
    return at


def _first_steps(world: World) -> pl.DataFrame:
    """What a new account does in its first weeks, sooner where it is well."""
    rng = world.chance("first steps")
    rows: list[tuple[int, int, str, int]] = []
    for account in np.flatnonzero(~world.who.prospect & (world.who.started >= world.calendar.first)).tolist():
        start = int(world.who.started[account])
        for action, days, chance in _FIRST_STEPS:
            well = 0.12 * world.health_on("usage", account, start)
            day = start + days * rng.gamma(4, 0.25)
            if rng.random() < chance + well:
                rows.append((account, 0, action, int(day * _MICROSECONDS_PER_DAY)))
    return _listed(rows)


def _cancel_pages(world: World) -> pl.DataFrame:
    """Most who leave look at the page where one leaves; some look and stay."""
    rng = world.chance("cancel pages")
    rows: list[tuple[int, int, str, int]] = []
    for account in world.active_accounts().tolist():
        if world.truth.seen[account] and rng.random() < 0.6:
            day = world.truth.notice[account] - rng.uniform(1, 21)
            rows.append((account, 0, "cancel_page_viewed", int(day * _MICROSECONDS_PER_DAY)))
        if rng.random() < 0.08:
            day = rng.uniform(world.calendar.first, world.calendar.last)
            rows.append((account, 0, "cancel_page_viewed", int(day * _MICROSECONDS_PER_DAY)))
    return _listed(rows)


def _listed(rows: list[tuple[int, int, str, int]]) -> pl.DataFrame:
    schema = {"account": pl.Int64, "seat": pl.Int64, "action": pl.String, "at": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col("at").cast(pl.Datetime("us", "UTC")))


def _frame(account: Ints, seat: Ints, action: NDArray[np.str_], at: Ints) -> pl.DataFrame:
    return pl.DataFrame({"account": account, "seat": seat, "action": action.tolist(), "at": at}).with_columns(
        pl.col("at").cast(pl.Datetime("us", "UTC"))
    )


def _instant(day: int) -> pl.Expr:
    return pl.lit(day * _MICROSECONDS_PER_DAY).cast(pl.Datetime("us", "UTC"))


def _within(world: World, events: pl.DataFrame) -> pl.DataFrame:
    """Nothing happens before an account starts, after it left, or after the calendar ends."""
    spans = pl.DataFrame(
        {
            "account": np.arange(len(world.who)),
            "opens": np.maximum(world.who.started, world.calendar.first) * _MICROSECONDS_PER_DAY,
            "closes": np.minimum(world.truth.effective, world.calendar.last + 1) * _MICROSECONDS_PER_DAY,
        }
    ).with_columns(pl.col("opens", "closes").cast(pl.Datetime("us", "UTC")))
    inside = (pl.col("at") >= pl.col("opens")) & (pl.col("at") < pl.col("closes"))
    return events.join(spans, on="account").filter(inside).drop("opens", "closes")


def _named(names: tuple[str, ...]) -> pl.Expr:
    return pl.col("account").replace_strict(dict(enumerate(names)), return_dtype=pl.String)
