"""Values of accounts without a contract, put together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from sabai.metrics.grid import Floats
from sabai.value.by_purchases import MODELS, FittedBuyers, average, discounted, naive, purchases_ahead
from sabai.value.customers import NEW
from sabai.value.fitting import Fit
from sabai.value.gammagamma import Amounts, expected_average
from sabai.value.purchases import Buyers, Buying
from sabai.value.uncertain import product
from sabai.value.valued import Part, Valued, minor
from sabai.value.values import ModelTold

_DETAILS = ("account_id", "name", "segment", "model", "repeats", "last_weeks", "age_weeks", "alive", "purchases",
            "average_minor", "spent_minor", "naive_minor", "why")  # fmt: skip
FEWEST_BACK = 30
"""So many must have come back before anything is fitted."""
_HANGS_TOGETHER = 0.3


def valued(
    bought: Buying,
    seen: Buyers,
    fitted: FittedBuyers | None,
    who: pl.DataFrame,
    kept: float,
    a_year: float,
    months: int,
) -> Valued:
    """What everybody who ever bought will spend within the horizon. `kept`: margin × minor units of a major."""
    frame, parts, new = _frame(bought, seen, who, kept, months), list[Part](), dict[str, float]()
    if fitted:
        ahead, mean = purchases_ahead(fitted, seen, months, a_year), average(fitted, seen)
        parts = [(product(ahead, mean).times(np.full(len(seen), kept)), np.arange(len(seen)))]
        frame = frame.with_columns(
            model=pl.lit(fitted.name),
            alive=pl.Series(_alive(fitted, seen), nan_to_null=True),
            purchases=pl.Series(ahead.values, nan_to_null=True),
            average_minor=minor("average_minor", mean.values * bought.minor),
            why=pl.when(pl.Series(np.isnan(ahead.values))).then(pl.lit("began on the last day")),
        )
        new = dict.fromkeys(frame["segment"].unique().to_list(), kept * _new(fitted, months, a_year))
    won = bought.days.group_by("account_id").agg(pl.col("day").min().cast(pl.Int64))
    return Valued(
        frame.select(_DETAILS), parts, _models(fitted, seen), new, won, tuple(_notices(bought, fitted, months))
    )


def _frame(bought: Buying, seen: Buyers, who: pl.DataFrame, kept: float, months: int) -> pl.DataFrame:
    """What is known without any model."""
    told = pl.DataFrame(
        {
            "account_id": seen.account_ids,
            "model": pl.Series([None] * len(seen), dtype=pl.String),
            "repeats": seen.customers.repeats.astype(np.int64),
            "last_weeks": seen.customers.last,
            "age_weeks": seen.customers.age,
            "spent_minor": minor("spent_minor", seen.spent * bought.minor),
            "naive_minor": minor("naive_minor", naive(seen, months) * kept),
        },
        schema_overrides={"account_id": pl.String},
    )
    unknown = {"alive": pl.Float64, "purchases": pl.Float64, "average_minor": pl.Int64}
    told = told.with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in unknown.items())
    why = pl.lit("too few customers came back").alias("why")
    return told.join(who, on="account_id", how="left", maintain_order="left").with_columns(why)


def _alive(fitted: FittedBuyers, seen: Buyers) -> Floats:
    if fitted.buying.problem:
        return np.full(len(seen), np.nan)
    found: Floats = MODELS[fitted.model].probability_alive(fitted.buying.values, seen.customers)
    return found


def _new(fitted: FittedBuyers, months: int, a_year: float) -> float:
    """The first purchase, and those that a new customer makes within the horizon, each at the mean of all."""
    if fitted.buying.problem or fitted.spending.problem:
        return float("nan")
    of = MODELS[fitted.model].conditional_expected_transactions
    later = discounted(lambda weeks: of(fitted.buying.values, NEW, weeks), months, a_year)
    nobody = Amounts(np.zeros(1), np.full(1, np.nan))
    return float((1 + later[0]) * expected_average(fitted.spending.values, nobody)[0])


def _models(fitted: FittedBuyers | None, seen: Buyers) -> tuple[ModelTold, ...]:
    if fitted is None:
        return ()
    back = int((seen.amounts.paid > 0).sum())
    buying = _told("all who ever bought", fitted.model, fitted.buying, len(seen))
    return buying, _told("all who came back and paid", "gammagamma", fitted.spending, back)


def _told(of: str, model: str, fit: Fit, customers: int) -> ModelTold:
    errors = dict(zip(fit.names, np.sqrt(np.diag(fit.covariance)).tolist(), strict=True))
    problem = (fit.problem,) if fit.problem else ()
    return ModelTold(of, model, fit.by_name, errors, fit.log_likelihood, customers, notices=problem)


def _notices(bought: Buying, fitted: FittedBuyers | None, months: int) -> Iterator[str]:
    yield (
        f"Purchases are read from {bought.table}; all of one day are one. Values are what is expected within {months} "
        "months, discounted. Intervals come from the covariance of the fitted parameters, and are those of the "
        "expectation: what one account does varies more."
    )
    yield from bought.notices
    if fitted is None:
        yield f"Fewer than {FEWEST_BACK} customers came back: no model is fitted, and nobody has a value."
        return
    yield from (f"{notice}." for notice in fitted.notices)
    if abs(fitted.correlation) > _HANGS_TOGETHER:
        yield (
            f"How often and how much customers buy hang together (correlation {fitted.correlation:.2f}); Gamma-Gamma "
            "takes them to be apart, so values of frequent buyers lean to one side."
        )
