"""Revenue retention of a company: every movement, every group, and every row behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.dates import from_day
from sabai.definitions.model import Benchmark, Definitions, Exchange
from sabai.facts.landed import Facts
from sabai.proof.contracts import contracts
from sabai.retention.exchange import Exchanged, exchanged
from sabai.retention.groups import Groups, grouped
from sabai.retention.kept import names_of
from sabai.retention.movements import Movements, movements
from sabai.retention.periods import Periods, label_of
from sabai.retention.rates import Concentration, Rates, concentration, rates
from sabai.retention.revenue import Subscribed, subscribed
from sabai.retention.span import Span, known
from sabai.retention.stays import Stays, stays
from sabai.retention.variants import Figure, as_others_say


@dataclass(frozen=True, slots=True)
class Earned:
    """`each` has the rates of each of `periods`; `lately`, `groups` and `others` speak of `year`, the last twelve
    months or what was asked for. Amounts are minor units of `currency` a month. `largest`: account, name, and share of
    the revenue at the end. `exchange`: where it is dated, amounts stand at the rates of each day. `foreign`:
    whether any contract is in another currency. `whole` are the movements of `year`.
    """

    currency: str
    exchange: Exchange
    foreign: bool
    periods: Periods
    year: Periods
    each: tuple[Rates, ...]
    lately: Rates
    groups: tuple[tuple[str, Rates], ...]
    by: str | None
    largest: tuple[tuple[str, str, float], ...]
    concentration: Concentration
    others: tuple[Figure, ...]
    benchmarks: tuple[Benchmark, ...]
    notices: tuple[str, ...]
    subscriptions: Subscribed
    moves: Movements
    whole: Movements
    names: dict[str, str]

    def movements(self, periods: Sequence[int] | None = None) -> pl.DataFrame:
        """One row for each customer whose revenue moved: account_id, name, period, kind, and the minor units a month at
        the start, at the end, and between them. Those of a kind add up to the figure of that kind."""
        wanted = range(len(self.periods)) if periods is None else periods
        frames = [frame for period in wanted for frame in self._moved(period)]
        return pl.concat(frames) if frames else pl.DataFrame(schema=_MOVED)

    def _moved(self, period: int) -> Iterator[pl.DataFrame]:
        label = label_of(self.periods, period)
        for kind, amounts in (*self.moves, ("exchange", self.moves.exchange)):
            moved = np.flatnonzero(amounts[:, period])
            ids = [self.subscriptions.accounts[place] for place in moved]
            yield pl.DataFrame(
                {
                    "account_id": ids,
                    "name": [self.names.get(account, account) for account in ids],
                    "period": [label] * len(ids),
                    "kind": [kind] * len(ids),
                    "start_minor": self.moves.start[moved, period],
                    "end_minor": self.moves.end[moved, period],
                    "moved_minor": amounts[moved, period],
                },
                schema=_MOVED,
            )


_MOVED = {
    "account_id": pl.String, "name": pl.String, "period": pl.String, "kind": pl.String,
    "start_minor": pl.Int64, "end_minor": pl.Int64, "moved_minor": pl.Int64,
}  # fmt: skip


def earned(facts: Facts, definitions: Definitions, span: Span, exchange: Exchange | None = None) -> Earned:
    """`exchange` goes before what the definitions say of it.

    Raises UsageError RET-001 or RET-002, FactsError where there is nothing dated.
    """
    asked = known(span, facts, definitions)
    bounds, rows = asked.periods, subscribed(facts, asked.until)
    way, own = exchange or definitions.money.exchange, definitions.workspace.currency
    foreign = exchanged(facts, rows, own)
    dated = foreign if way == "dated" else None
    moves, whole = (_moves(rows, dated, of) for of in (bounds, asked.lately))
    who = stays(facts, definitions, asked.until)
    groups = grouped(facts, who, span.by, asked.lately.bounds) if span.by else None
    few, names = concentration(moves.end[:, -1]), names_of(facts)
    accounts = rows.accounts
    return Earned(
        own,
        way,
        foreign is not None,
        bounds,
        asked.lately,
        rates(moves),
        rates(whole)[0],
        tuple(_by_group(whole, groups)) if groups else (),
        span.by,
        tuple((accounts[at], names.get(accounts[at], accounts[at]), part)
              for at, part in zip(few.largest, few.shares, strict=True)),
        few,
        tuple(as_others_say(rates(whole, draws=0)[0], _due(facts, whole, asked.lately), dated=way == "dated")),
        definitions.money.benchmarks,
        (*rows.notices, *_notices(who, moves, bounds), *_unseen(None if dated else foreign, moves, bounds)),
        rows,
        moves,
        whole,
        names,
    )  # fmt: skip


def _moves(rows: Subscribed, dated: Exchanged | None, bounds: Periods) -> Movements:
    """What moved, as signed or at the rates of each day."""
    if dated is None:
        return movements(rows.at(bounds), rows.first_paid(), bounds)
    monthly = dated.at(bounds)
    return movements(monthly, rows.first_paid(), bounds, dated.unchanged(monthly, bounds))


def _by_group(whole: Movements, groups: Groups) -> Iterator[tuple[str, Rates]]:
    """A customer belongs where it stood at the start; one that came, where it stands at the end."""
    stood = np.where(whole.start > 0, groups.code[:, [0]], groups.code[:, [-1]])
    for place, name in enumerate(groups.names):
        of_group = rates(whole.only(stood == place))[0]
        if of_group.start_minor or of_group.end_minor:
            yield name, of_group


def _due(facts: Facts, whole: Movements, bounds: Periods) -> Rates | None:
    """Of those alone whose contract came up for renewal; None where no contract says its term."""
    start, end = int(bounds.bounds[0]), int(bounds.bounds[-1])
    until = contracts(facts, np.array([start], dtype=np.int32)).renewal_in
    if np.isnan(until).all():
        return None
    return rates(whole.only(until < end - start), draws=0)[0]


def _notices(who: Stays, moves: Movements, bounds: Periods) -> Iterator[str]:
    """Where revenue and customers are counted apart, and why."""
    present = who.present(bounds.bounds)
    paused = (moves.churn > 0) & present[:, 1:]
    if paused.any():
        yield (
            f"Stopped paying and was a customer all the same: {int(paused.sum()):,}. Revenue counts "
            "churn, customer retention does not (a pause within the grace, or a contract without a price)."
        )


def _unseen(foreign: Exchanged | None, moves: Movements, bounds: Periods) -> Iterator[str]:
    """What exchange has moved since contracts were signed, where nobody asked for it."""
    last, signed = int(bounds.bounds[-1]), int(moves.end[:, -1].sum())
    gained = foreign.since_signed(last) if foreign else 0
    if gained and signed:
        yield (
            "Contracts in another currency count at the exchange rate of the day on which they began; at the rates of "
            f"{from_day(last)} the revenue would differ by {gained / signed:+.1%}. `exchange: dated` under money shows "
            "what it moved."
        )


def rows_behind(facts: Facts, account: str, start: int, end: int) -> pl.DataFrame:
    """The subscriptions of one account that held at either of two days, as they landed: the last step down."""
    if not facts.has("subscriptions"):
        return pl.DataFrame()
    days = (pl.col("starts_day") < end, pl.col("ends_day").is_null() | (pl.col("ends_day") >= start))
    rows = facts.scan("subscriptions").filter(
        pl.col("account_id") == account, pl.col("superseded_day").is_null(), *days
    )
    wanted = (
        "subscription_id", "item_id", "product", "starts_at", "ends_at", "amount_minor", "currency", "interval",
        "recurring_minor", "source", "key",
    )  # fmt: skip
    given = rows.collect_schema().names()
    return rows.select(name for name in wanted if name in given).collect()
