"""Who began, renewed so many times, and left: cohorts of survivors out of subscriptions.

An account's subscriptions without a gap longer than the grace are one stay, whatever it was upgraded to in between. It
is asked at the end of every whole term whether it stays; a month is a calendar month, so what began on the 31st renews
on the last day of a shorter month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.dates import ALWAYS, NEVER
from sabai.definitions.model import Definitions
from sabai.facts.derive import INTERVALS
from sabai.facts.landed import Facts
from sabai.value.curve_fit import Renewals
from sabai.value.terms import Whole, months_later, renewal_number

SLACK_DAYS = 3
"""An end so shortly after a renewal is one at that renewal: tools disagree whether the last day belongs to the term."""
_LONGEST = 1_200  # months; a term beyond is a slip of the pen

_NEEDED = {"term_months": pl.Int64, "interval": pl.String, "status": pl.String, "recurring_minor": pl.Int64,
           "notice_day": pl.Int32, "cancel_at_period_end": pl.Boolean}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stays:
    """`rows`, one for each time that an account was a customer by contract, by account, then start:

    account_id, start, end (day, NEVER: open), term (months), renewed (times, so far), left (for sure), missed (left,
    and the renewal that it did not see has passed), here (a subscription runs at `as_of`), revenue_minor (a month at
    `as_of`; null: unknown or not here), noticed (all that runs is told to end), due (day of the next renewal), changed
    (its terms were of several lengths, the newest counts). `without_term`: accounts left out, since nobody says how
    long their terms are.
    """

    rows: pl.DataFrame
    as_of: int
    without_term: int = 0

    def __len__(self) -> int:
        return self.rows.height


def stays(facts: Facts, definitions: Definitions, as_of: int) -> Stays:
    """What was known at `as_of` of all stays so far; whoever is in the grace after an end has not left yet."""
    rows = _subscriptions(facts, as_of)
    termed = rows.filter(pl.col("term").is_not_null())["account_id"]
    without = rows.filter(~pl.col("account_id").is_in(termed.implode()))["account_id"].n_unique()
    grace = definitions.churn.grace_days
    joined = _joined(_numbered(rows.filter(pl.col("term").is_not_null()), grace), as_of)
    if definitions.churn.source == "churn" and facts.has("churn"):
        joined = _ended_by(joined, _churned(facts, as_of))
    return Stays(_counted(joined, as_of, grace), as_of, without)


def renewals(rows: pl.DataFrame, watched_from: int = ALWAYS) -> Renewals:
    """How many stays were asked at each renewal from `watched_from` on, and how many stayed.

    Whoever left in the middle of a term counts when the others who began then are asked, not before.

    >>> told = pl.DataFrame({"start": [0, 0], "term": [12, 12], "renewed": [2, 1], "missed": [False, True]})
    >>> seen = renewals(told)
    >>> seen.asked.tolist(), seen.renewed.tolist()
    ([2, 2], [2, 1])
    """
    renewed, left = _days(rows, "renewed"), rows["missed"].to_numpy()
    before = passed(_days(rows, "start"), _days(rows, "term"), watched_from)
    last = renewed + left
    size = int(last.max(initial=0)) + 2
    watched = last > before
    begun = np.bincount(before[watched], minlength=size) - np.bincount(last[watched], minlength=size)
    asked = np.cumsum(begun)[: size - 2]
    gone = np.bincount(renewed[left & watched], minlength=size)[: size - 2]
    return Renewals(asked, asked - gone)


def watched_from(rows: pl.DataFrame) -> int:
    """From which day leaving is seen: the first, if nobody leaving before it could not have been chance (below 5%).

    An export that holds only those who were still there when it began has no leavings before, and would say that
    everybody stays in the first years.
    """
    if not rows["left"].any():
        return ALWAYS
    first = int(_days(rows.filter("left"), "end").min())
    before = passed(_days(rows, "start"), _days(rows, "term"), first)
    seen = renewals(rows, first)
    return first if (seen.rate ** np.minimum(before, rows["renewed"].to_numpy()).sum()) < 0.05 else ALWAYS


def passed(start: Whole, term: Whole, day: int) -> Whole:
    """How many renewals of a stay lie before `day`.

    >>> passed(np.array([0, 0]), np.array([12, 1]), 366).tolist()  # 1971-01-02
    [1, 12]
    """
    if day == ALWAYS or not len(start):
        return np.zeros(len(start), dtype=np.int64)
    return np.where(start < day, renewal_number(start, term, day) - 1, 0)


def _subscriptions(facts: Facts, as_of: int) -> pl.DataFrame:
    """Newest versions known at `as_of` that had begun, with a term in months: the stated one, else the interval."""
    known = pl.col("superseded_day").is_null() & (pl.col("received_day").fill_null(as_of - 1) < as_of)
    rows = facts.scan("subscriptions").filter(known & (pl.col("starts_day") < as_of)).collect()
    lacking = [pl.lit(None, dtype=kind).alias(name) for name, kind in _NEEDED.items() if name not in rows.columns]
    rows = rows.with_columns(lacking)
    months = {word: round(1 / share) for word, share in INTERVALS.items() if 0 < share <= 1}
    term = pl.coalesce(
        pl.col("term_months").cast(pl.Int64),
        pl.col("interval").str.to_lowercase().replace_strict(months, default=None, return_dtype=pl.Int64),
    )
    return rows.filter(pl.col("status").fill_null("") != "trial").select(
        "account_id",
        start=pl.col("starts_day").cast(pl.Int64),
        end=pl.col("ends_day").cast(pl.Int64).fill_null(NEVER),
        term=pl.when(term.is_between(1, _LONGEST)).then(term),
        paid=pl.col("recurring_minor").cast(pl.Float64),
        noticed=(pl.col("notice_day") < as_of).fill_null(False) | pl.col("cancel_at_period_end").fill_null(False),
    ).filter(pl.col("end") > pl.col("start"))  # fmt: skip


def _numbered(rows: pl.DataFrame, grace: int) -> pl.DataFrame:
    """With the number of the stay that each subscription belongs to."""
    rows = rows.sort("account_id", "start", "end")
    so_far = pl.col("end").cum_max().shift(1).over("account_id")
    return rows.with_columns(stay=(pl.col("start") - so_far > grace).fill_null(True).cum_sum().over("account_id"))


def _joined(rows: pl.DataFrame, as_of: int = 0) -> pl.DataFrame:
    """One row for each stay; its term is that of the subscription that runs longest, of several the best paid."""
    held = pl.col("end") >= as_of
    paid = pl.col("paid").filter(held)
    newest = rows.sort("account_id", "stay", "end", "paid", nulls_last=False)
    return newest.group_by("account_id", "stay", maintain_order=True).agg(
        start=pl.col("start").min(),
        end=pl.col("end").max(),
        term=pl.col("term").last(),
        changed=pl.col("term").n_unique() > 1,
        noticed=held.any() & pl.col("noticed").filter(held).all(),
        revenue_minor=pl.when(held.any() & paid.is_not_null().all()).then(paid.sum()),
    )


def _churned(facts: Facts, as_of: int) -> pl.DataFrame:
    known = pl.col("superseded_day").is_null() & (pl.col("received_day").fill_null(as_of - 1) < as_of)
    rows = facts.scan("churn").filter(known & (pl.col("effective_day") < as_of))
    return rows.group_by("account_id").agg(gone=pl.col("effective_day").cast(pl.Int64).min()).collect()


def _ended_by(rows: pl.DataFrame, churned: pl.DataFrame) -> pl.DataFrame:
    """Whoever is said to have left has, though its subscription may still stand open."""
    rows = rows.join(churned, on="account_id", how="left", maintain_order="left")
    inside = (pl.col("gone") > pl.col("start")) & (pl.col("gone") < pl.col("end"))
    return rows.with_columns(end=pl.when(inside).then("gone").otherwise("end")).drop("gone")


def _counted(rows: pl.DataFrame, as_of: int, grace: int) -> pl.DataFrame:
    start, term, end = (_days(rows, name) for name in ("start", "term", "end"))
    here = end >= as_of
    number = renewal_number(start, term, np.where(here, as_of, end - SLACK_DAYS))
    due, left = months_later(start, number * term), ~here & (end < as_of - grace)
    return rows.with_columns(
        renewed=pl.Series(number - 1, dtype=pl.Int64),
        left=pl.Series(left, dtype=pl.Boolean),
        missed=pl.Series(left & (due < as_of), dtype=pl.Boolean),
        here=pl.Series(here, dtype=pl.Boolean),
        due=pl.Series(due, dtype=pl.Int64),
        revenue_minor=pl.when(pl.Series(here, dtype=pl.Boolean)).then("revenue_minor"),
    ).sort("account_id", "start")


def _days(rows: pl.DataFrame, name: str) -> Whole:
    return np.asarray(rows[name].to_numpy(), dtype=np.int64)
