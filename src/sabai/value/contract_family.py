"""Values of accounts under contract, put together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from sabai.dates import ALWAYS, from_day
from sabai.metrics.grid import Floats
from sabai.value.by_contract import FEWEST_ASKED, FEWEST_LEFT, Group, discount_of_term, months_worth, naive_months
from sabai.value.renewing import Stays
from sabai.value.valued import Part, Valued, minor
from sabai.value.values import ModelTold

_DETAILS = ("account_id", "name", "segment", "model", "term", "renewed", "due_on", "revenue_minor", "naive_minor",
            "why")  # fmt: skip
_MANY = 0.1  # of all contracts that end on one day: more than customers do by themselves
_MUCH = 0.4  # of a value that nobody has seen: worth saying


def valued(known: Stays, parts: list[Group], margin: float, a_year: float) -> Valued:
    """What accounts that are here will yet pay, of which `margin` is kept."""
    frames = [_frame(group, margin) for group in parts]
    begins = np.cumsum([0, *(frame.height for frame in frames)])
    told: list[Part] = []
    for group, begin in zip(parts, begins, strict=False):
        worth = months_worth(group, known.as_of, a_year).times(margin * _revenue(group))
        told.append((worth, np.arange(begin, begin + group.rows.height)))
    frame = pl.concat(frames) if frames else pl.DataFrame(schema=dict.fromkeys(_DETAILS, pl.String))
    won = known.rows.select("account_id", day="start").unique("account_id", keep="first", maintain_order=True)
    models = tuple(_told(group) for group in parts if group.fitted)
    new, seen = new_customers(parts, margin, a_year), {group.name: group.seen for group in parts if group.fitted}
    return Valued(frame, told, models, new, won, tuple(_notices(known, parts, a_year)), seen)


def new_customers(parts: list[Group], margin: float, a_year: float) -> dict[str, float]:
    """By segment: margin × mean revenue of a term × DEL, over lengths of term as they are found there."""
    found: dict[str, list[tuple[int, float]]] = {}
    for group in parts:
        if group.fitted is None:
            continue
        months = group.term_months * group.fitted.curve.lifetime(discount_of_term(a_year, group.term_months))
        paying = group.rows.drop_nulls("revenue_minor").group_by("segment", maintain_order=True)
        for segment, size, revenue in paying.agg(pl.len(), pl.col("revenue_minor").mean()).iter_rows():
            found.setdefault(segment, []).append((size, margin * months * revenue))
    return {name: sum(n * each for n, each in of) / sum(n for n, _ in of) for name, of in found.items()}


def _frame(group: Group, margin: float) -> pl.DataFrame:
    why = pl.when(pl.lit(group.fitted is None)).then(pl.lit(f"too few renewals of {group.name} seen"))
    return group.rows.with_columns(
        minor("naive_minor", margin * _revenue(group) * naive_months(group)),
        due_on=pl.col("due").cast(pl.Int32).cast(pl.Date),
        model=pl.lit(group.fitted.curve.model if group.fitted else None, dtype=pl.String),
        revenue_minor=pl.col("revenue_minor").cast(pl.Int64),
        why=why.when(pl.col("revenue_minor").is_null())
        .then(pl.lit("revenue unknown"))
        .when("noticed")
        .then(pl.lit("has given notice")),
    ).select(*_DETAILS)


def _revenue(group: Group) -> Floats:
    return np.asarray(group.rows["revenue_minor"].cast(pl.Float64).fill_null(np.nan).to_numpy(), dtype=np.float64)


def _told(group: Group) -> ModelTold:
    assert group.fitted is not None
    curve, fit = group.fitted.curve, group.fitted.fit
    errors = dict(zip(fit.names, np.sqrt(np.diag(fit.covariance)).tolist(), strict=True))
    asked = int(group.seen.asked.max(initial=0))
    return ModelTold(
        group.name, curve.model, fit.by_name, errors, fit.log_likelihood, asked, group.seen.rate, group.fitted.notices
    )


def _far(group: Group, a_year: float) -> float:
    """The share of a new customer's value that lies beyond the last renewal that anybody has come to."""
    assert group.fitted is not None
    curve, discount = group.fitted.curve, discount_of_term(a_year, group.term_months)
    terms = np.arange(float(group.seen.last) + 1)
    within = curve.survival(terms) * (1 + discount) ** -terms
    return float(1 - within.sum() / curve.lifetime(discount))


def _notices(known: Stays, parts: list[Group], a_year: float) -> Iterator[str]:
    yield (
        "Values are what is expected from the next renewal on, without end, if revenue stays as it is; what the "
        "running term still brings is not in them. Intervals come from the covariance of the fitted parameters, and "
        "are those of the expectation: what one account does varies more."
    )
    if known.without_term:
        yield f"{known.without_term:,} accounts have subscriptions without a term or an interval and are left out."
    changed = int(known.rows.filter("here")["changed"].sum())
    if changed:
        yield f"{changed:,} accounts had terms of several lengths; their renewals are counted in the newest."
    yield from _ended_lately(known)
    for group in parts:
        yield from _about(group, a_year)


def _ended_lately(known: Stays) -> Iterator[str]:
    """Where many ended on one day, it may be that of the export, and nothing that customers did."""
    waiting = known.rows.filter(~pl.col("here") & ~pl.col("left"))["end"]
    if not len(waiting):
        return
    lately = "have ended so lately that their accounts may still come back: no value, not left"
    yield f"{len(waiting):,} contracts {lately}."
    last, count = waiting.value_counts().sort("count", "end", descending=True).row(0)
    if count >= _MANY * (known.rows.filter("here").height + len(waiting)):
        yield (
            f"{count:,} of these ended on {from_day(last)}, perhaps only because the facts end there: ask --as-of that "
            "day, when they still ran."
        )


def _about(group: Group, a_year: float) -> Iterator[str]:
    if group.fitted is None:
        short = f"{int(group.seen.asked.sum())} renewals and {int(group.seen.left.sum())} leavings were seen"
        need = f"at least {FEWEST_ASKED} and {FEWEST_LEFT} are needed"
        yield f"{group.name}: {short}, {need}; {group.rows.height:,} accounts have no value."
        return
    if group.watched_from != ALWAYS:
        since = f"nobody is seen to leave before {from_day(group.watched_from)}"
        yield f"{group.name}: {since}; renewals before are not counted, since only those who stayed seem to be here."
    if (far := _far(group, a_year)) > _MUCH:
        seen = f"the {group.seen.last} renewals seen"
        yield f"{group.name}: {far:.0%} of what a new customer is worth lies beyond {seen}."
    yield from (f"{group.name}: {notice}." for notice in group.fitted.notices)
    if group.fitted.curve.model == "naive":
        yield f"{group.name}: no curve could be fitted; a constant rate is used, and marked naive."
