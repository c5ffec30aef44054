"""Accounts that look like one customer under two ids: one name, and something else that strangers seldom share.

A name alone says little. A mail domain that nobody of another name has says much. That both began on one day, or that
one began when the other ended, strangers share too, now and then: it counts where namesakes share it more often.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.stats import binom

from sabai.facts.landed import Facts
from sabai.proof.draws import Flags
from sabai.proof.leaving import Leavings

MOST_OF_A_NAME = 5  # accounts: a name of more is a chain of shops, or a "John Smith"
FOLLOWS_DAYS = 31
STRANGERS = 20_000  # pairs that are drawn
SURE = 0.005  # that chance does it, for each of two ways to meet
SEED = 7

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TwoIds:
    """`pairs` (pairs, 2) are places in `Facts.account_ids` of accounts that look like one customer, `names` how each
    pair is called. `namesakes`: pairs that share a name and nothing that says more. `named`: whether any has a name.
    """

    pairs: Places
    names: tuple[str, ...]
    namesakes: int
    named: bool

    def customer(self, accounts: int) -> Places:
        """For each account the place of the first one that is the same customer: its own, where it has one id."""
        one, other = self.pairs.T
        seen_as = sparse.coo_array((np.ones(len(one)), (one, other)), shape=(accounts, accounts))
        _, group = connected_components(seen_as, directed=False)
        _, first = np.unique(group, return_index=True)
        return np.asarray(first[group], dtype=np.int64)


def two_ids(facts: Facts, left: Leavings) -> TwoIds:
    """Parents, children and siblings are never taken for one."""
    known = _accounts(facts, left)
    pairs = _namesakes(known)
    one = _share_a_domain(known, pairs, facts)
    strangers, unsure = _strangers(known), pairs[~one]
    for meet in (_begin_together, _follow):
        if _more_often(meet(known, unsure), _one_country(known, unsure), meet(known, strangers)):
            one |= meet(known, pairs)
    found = pairs[one]
    names = tuple(known["name"].gather(found[:, 0]).to_list())
    return TwoIds(found, names, len(pairs) - len(found), known["name"].count() > 0)


def same_name(name: str) -> str:
    """A name in the one form in which it is compared.

    >>> same_name("  Ｂａａｎ  COFFEE "), same_name("Straße 7")
    ('baan coffee', 'strasse 7')
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _accounts(facts: Facts, left: Leavings) -> pl.DataFrame:
    """One row for each of `Facts.account_ids`, in their order: name, key, parent_id, country, first and last day."""
    places = pl.DataFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String}).with_row_index("place")
    last = pl.DataFrame({"place": left.account, "left": left.effective}).group_by("place").agg(pl.col("left").max())
    said = _newest(facts, "accounts", ["name", "parent_id", "country", "started_day", "ended_day"])
    rows = places.join(said.unique("account_id", keep="first", maintain_order=True), on="account_id", how="left")
    rows = rows.join(last.cast({"place": pl.UInt32}), on="place", how="left").sort("place")
    return rows.with_columns(
        key=pl.col("name").map_elements(same_name, return_dtype=pl.String),
        first=pl.col("started_day").cast(pl.Float64),
        last=pl.coalesce("left", "ended_day").cast(pl.Float64),
    )


def _newest(facts: Facts, table: str, columns: list[str]) -> pl.DataFrame:
    wanted = ["account_id", *columns]
    if not facts.has(table):
        return pl.DataFrame(schema={each: pl.Int32 if each.endswith("_day") else pl.String for each in wanted})
    return facts.scan(table).filter(pl.col("superseded_day").is_null()).select(wanted).collect()


def _namesakes(known: pl.DataFrame) -> Places:
    """Pairs (pairs, 2) that share a name which few have, and that are not of one family."""
    named = known.filter(pl.col("key").str.len_chars() > 0, pl.len().over("key") <= MOST_OF_A_NAME)
    one = named.select("key", "place", "account_id", "parent_id")
    pairs = one.join(one, on="key", suffix="_2").filter(pl.col("place") < pl.col("place_2"))
    family = (
        pl.col("parent_id").eq(pl.col("account_id_2"))
        | pl.col("parent_id_2").eq(pl.col("account_id"))
        | pl.col("parent_id").eq(pl.col("parent_id_2"))
    )
    return (
        pairs.filter(~family.fill_null(False))
        .sort("place", "place_2")
        .select("place", "place_2")
        .to_numpy()
        .astype(np.int64)
    )


def _share_a_domain(known: pl.DataFrame, pairs: Places, facts: Facts) -> Flags:
    """Whether both have contacts at one mail domain that only accounts of their name have: not that of a provider."""
    mails = _newest(facts, "contacts", ["email"]).filter(pl.col("email").str.contains("@"))
    domains = mails.with_columns(domain=pl.col("email").str.to_lowercase().str.split("@").list.last())
    of = domains.join(known.select("account_id", "place", "key"), on="account_id").unique(["place", "domain"])
    own = of.filter(pl.col("key").fill_null(pl.col("account_id")).n_unique().over("domain") == 1)
    own = own.filter(pl.col("place").is_in(np.unique(pairs).tolist()))
    shared = own.join(own, on="domain", suffix="_2").filter(pl.col("place") < pl.col("place_2"))
    found = set(shared.select("place", "place_2").iter_rows())
    return np.array([(one, other) in found for one, other in pairs.tolist()], dtype=np.bool_)


def _strangers(known: pl.DataFrame) -> Places:
    """Pairs of one country and other names, drawn with a seed."""
    drawn = np.random.default_rng(SEED).integers(0, max(len(known), 1), (STRANGERS if len(known) else 0, 2))
    key = known["key"].fill_null(known["account_id"]).to_numpy()
    drawn = drawn[key[drawn[:, 0]] != key[drawn[:, 1]]]
    return np.asarray(drawn[_one_country(known, drawn)])


def _more_often(met: Flags, near: Flags, strangers_met: Flags) -> bool:
    """Whether so many of the namesakes that are `near` have met that chance does not do it, by what strangers do."""
    by_chance = (strangers_met.sum() + 1) / (len(strangers_met) + 1)
    return bool(met.any() and binom.sf(met.sum() - 1, near.sum(), by_chance) < SURE)


def _one_country(known: pl.DataFrame, pairs: Places) -> Flags:
    country = known["country"].fill_null("").to_numpy()
    return np.asarray(country[pairs[:, 0]] == country[pairs[:, 1]])


def _begin_together(known: pl.DataFrame, pairs: Places) -> Flags:
    """On one day, in one country."""
    first = known["first"].fill_null(np.nan).to_numpy()
    return np.asarray(_one_country(known, pairs) & (first[pairs[:, 0]] == first[pairs[:, 1]]))


def _follow(known: pl.DataFrame, pairs: Places) -> Flags:
    """One begun about when the other ended, in one country."""
    first, last = (known[name].fill_null(np.nan).to_numpy() for name in ("first", "last"))
    one, other = pairs.T
    gap = np.fmin(np.abs(first[other] - last[one]), np.abs(first[one] - last[other]))
    return np.asarray(_one_country(known, pairs) & (gap <= FOLLOWS_DAYS))
