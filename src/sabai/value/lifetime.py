"""Customer lifetime value, by contract or purchase by purchase: the door of this room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import polars as pl

from sabai.definitions.model import Definitions
from sabai.errors import Issue, UsageError
from sabai.facts.landed import Facts
from sabai.facts.money import exponents
from sabai.progress import Progress, quiet
from sabai.value import contract_family, held_out, purchase_family
from sabai.value.by_contract import groups
from sabai.value.by_purchases import Buying as BuyingModel
from sabai.value.by_purchases import fit_buyers
from sabai.value.costs import costs
from sabai.value.curve import Model
from sabai.value.points import points
from sabai.value.purchases import buyers, buying
from sabai.value.referrals import referrals
from sabai.value.renewing import stays
from sabai.value.segments import segments
from sabai.value.valued import Valued
from sabai.value.values import Family, HeldOut, PointWorth, Values
from sabai.value.who import accounts, segment_column

Asked = Literal["auto", "sbg", "bdw", "bgnbd", "pareto"]

_NAIVE = (
    "The naive value, revenue × margin ÷ churn, stands beside it as a warning: it takes churn to be one constant "
    "number, but those who are left leave ever less, and money far away is worth less."
)
_NAIVE_PURCHASES = (
    "The naive value carries on what each spent a week so far, as a warning: nobody ever leaves in it, and who bought "
    "much by chance goes on so for ever."
)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: shares for margin and discount a year; `by` a column of accounts; `model` by name, or "auto".

    `times_quantity`: the value of an event is the price of one piece of its quantity.
    """

    margin: float
    discount_a_year: float
    horizon_months: int = 36
    by: str | None = None
    model: Asked = "auto"
    times_quantity: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    family: Family
    valued: Valued
    points: tuple[PointWorth, ...]
    held_out: HeldOut | None


def lifetime_values(
    facts: Facts, definitions: Definitions, as_of: int, ask: Ask, progress: Progress = quiet
) -> Values:  # fmt: skip
    """What each account is still worth at the start of day `as_of`.

    By contract where subscriptions are known, else by purchases; the model asked for can say which: "sbg" or "bdw" by
    contract, "bgnbd" or "pareto" by purchases. Raises UsageError for a margin or a discount out of reach, for a column
    `by` that accounts have not, and where nothing at all tells of money.
    """
    _check(ask)
    column = segment_column(facts, ask.by)
    who = accounts(facts, as_of, column)
    family = _family(facts, as_of, ask.model)
    progress("fitting", 0, 2)
    found = {"contract": _by_contract, "purchases": _by_purchases}[family](facts, definitions, who, as_of, ask)
    progress("fitting", 1, 2)
    told = _put_together(facts, definitions, who, as_of, ask, column, found)
    progress("fitting", 2, 2)
    return told


def _family(facts: Facts, as_of: int, model: Asked) -> Family:
    contracts = facts.has("subscriptions") and bool(
        facts.scan("subscriptions").select((pl.col("starts_day") < as_of).any()).collect().item()
    )
    if model in ("sbg", "bdw") and not contracts:
        raise UsageError(_nothing("subscriptions", model))
    return "contract" if model in ("sbg", "bdw") or (model == "auto" and contracts) else "purchases"


def _by_contract(facts: Facts, definitions: Definitions, who: pl.DataFrame, as_of: int, ask: Ask) -> _Found:
    model: Model | None = ask.model if ask.model in ("sbg", "bdw") else None
    known = stays(facts, definitions, as_of)
    parts = groups(known, who, model)
    valued = contract_family.valued(known, parts, ask.margin, ask.discount_a_year)
    later = held_out.of_contracts(facts, definitions, who, as_of, model)
    return _Found("contract", valued, points(parts, as_of, ask.margin, ask.discount_a_year), later)


def _by_purchases(facts: Facts, definitions: Definitions, who: pl.DataFrame, as_of: int, ask: Ask) -> _Found:
    minor = 10 ** exponents()[definitions.workspace.currency]
    bought = buying(facts, as_of, minor, times_quantity=ask.times_quantity)
    if bought.table is None:
        raise UsageError(_nothing("invoices, payments or events with a value", ask.model))
    bought = bought.of(who["account_id"])
    seen = buyers(bought.days, as_of)
    model: BuyingModel = "pareto" if ask.model == "pareto" else "bgnbd"
    enough = int((seen.amounts.paid > 0).sum()) >= purchase_family.FEWEST_BACK
    fitted = fit_buyers(seen, model) if enough else None
    kept = ask.margin * minor
    valued = purchase_family.valued(bought, seen, fitted, who, kept, ask.discount_a_year, ask.horizon_months)
    return _Found("purchases", valued, (), held_out.of_purchases(bought, as_of, model))


def _put_together(
    facts: Facts, definitions: Definitions, who: pl.DataFrame, as_of: int, ask: Ask, by: str | None, found: _Found
) -> Values:
    valued, currency = found.valued, definitions.workspace.currency
    cost = costs(facts, who, valued.won, valued.frame["account_id"], as_of, currency)
    naive = valued.frame["naive_minor"].filter(pl.Series(valued.known))
    told = segments(valued, cost)
    return Values(
        as_of=as_of,
        family=found.family,
        currency=currency,
        margin=ask.margin,
        discount_a_year=ask.discount_a_year,
        horizon_months=ask.horizon_months if found.family == "purchases" else None,
        by=by,
        accounts=valued.with_values(),
        models=valued.models,
        total=told[0].total,
        naive_minor=int(naive.sum()) if naive.drop_nulls().len() else None,
        segments=told,
        points=found.points,
        held_out=found.held_out,
        referrals=referrals(facts, valued, as_of),
        renewals=valued.seen,
        notices=(*valued.notices, *_about(found), *cost.notices),
    )


def _about(found: _Found) -> Iterator[str]:
    yield _NAIVE if found.family == "contract" else _NAIVE_PURCHASES
    if found.held_out is None:
        yield "There is too little history to hold a part of it out: nobody knows how well the models foretell."
    elif found.held_out.model_error_minor > found.held_out.naive_error_minor:
        yield "Over the part held out, the naive forecast was nearer than the model: trust these values the less."
    if found.family == "purchases":
        yield "What a point of retention is worth cannot be told: without contracts nobody is asked to renew."


def _check(ask: Ask) -> None:
    if not 0 < ask.margin <= 1:
        raise UsageError(_out_of_reach("margin", ask.margin, "above 0 and at most 1 (100%)", "--margin 75%"))
    if not 0 < ask.discount_a_year <= 1:
        raise UsageError(_out_of_reach("discount", ask.discount_a_year, "above 0 and at most 1", "--discount 10%"))
    if not 1 <= ask.horizon_months <= 600:
        raise UsageError(_out_of_reach("horizon", ask.horizon_months, "1 to 600 months", "--horizon 36"))


def _out_of_reach(what: str, given: float, reach: str, hint: str) -> Issue:
    why = "A value without end has no sum otherwise." if what == "discount" else "No value could be told from it."
    return Issue("VAL-002", f"The {what} is {given:g}; it must be {reach}.", why=why, hint=hint)


def _nothing(what: str, model: str) -> Issue:
    return Issue(
        "VAL-003", f"No {what} are known before that day.", why=f"Lifetime values ({model}) are computed from them.",
        hint="Map them, choose a later --as-of, or another --model.",
    )  # fmt: skip
