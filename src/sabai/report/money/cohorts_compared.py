"""Do newer customers stay longer? The older half of those that came to an age, held against the newer half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import hypot

from sabai.intervals import Interval, wilson
from sabai.report.money.cohorts_age import told_age
from sabai.retention.cohorts.cohorts import Cohorts
from sabai.retention.cohorts.question import STARTS
from sabai.retention.cohorts.seen import from_the_start

Counts = dict[str, list[tuple[int, int]]]  # of each cohort, age by age: how many came to it, how many were there


@dataclass(frozen=True, slots=True)
class Half:
    """From the cohort `first` to the cohort `last`; `shares` are those that were there, age by age."""

    first: str
    last: str
    shares: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """At the age with number `place`, to which `came` of both came: `more` is by how much the newer share is above the
    older one."""

    place: int
    came: int
    both: Interval
    older: Half
    newer: Half
    more: Interval


def compared(found: Cohorts) -> Compared | None:
    """None where cohorts are not ordered in time, or fewer than two came to the age. Money has no such comparison.

    Only cohorts count that were watched from their first age on: of others, those that had left by then may not be in
    the data, and those that stayed would flatter the older ones. Of first actions the first cohort is left out, as many
    of it had begun before anybody watched.
    """
    if found.question.of == "revenue" or found.question.by not in STARTS:
        return None
    counts = {name: ages for name, ages in _counts(found).items() if from_the_start([came for came, _ in ages])}
    if found.question.from_first_action and counts:
        del counts[min(counts)]
    each_age = zip(*([came for came, _ in ages] for ages in counts.values()), strict=True)
    came = [sum(each) if sum(map(bool, each)) > 1 else 0 for each in each_age]
    place = told_age(came)
    there = [name for name in sorted(counts) if place is not None and counts[name][place][0]]
    if place is None:
        return None
    cut = _middle([counts[name][place][0] for name in there])
    both, older, newer = (_half(counts, names) for names in (there, there[:cut], there[cut:]))
    more = _difference(older.shares[place], newer.shares[place])
    return Compared(place, came[place], both.shares[place], older, newer, more)


def _counts(found: Cohorts) -> Counts:
    counts: Counts = {name: [] for name in found.names if name}
    for name, reached, active in found.triangle.select("cohort", "reached", "active").iter_rows():
        if name:
            counts[name].append((reached, active or 0))
    return counts


def _middle(sizes: Sequence[int]) -> int:
    """Where to cut so that both halves are as large as they can be.

    >>> _middle([1, 1, 1, 9]), _middle([5, 5])
    (3, 1)
    """
    whole = sum(sizes)
    uneven = [abs(whole - 2 * so_far) for so_far in accumulate(sizes)][:-1]
    return uneven.index(min(uneven)) + 1


def _half(counts: Counts, names: Sequence[str]) -> Half:
    ages = zip(*(counts[name] for name in names), strict=True)
    shares = (wilson(sum(active for _, active in age), sum(reached for reached, _ in age)) for age in ages)
    return Half(names[0], names[-1], tuple(shares))


def _difference(older: Interval, newer: Interval) -> Interval:
    """Of two shares, out of their intervals (Newcombe 1998, method 10).

    >>> from sabai.intervals import wilson
    >>> more = _difference(wilson(48, 80), wilson(56, 70))
    >>> round(more.value, 4), round(more.low, 4), round(more.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    more = newer.value - older.value
    low = more - hypot(newer.value - newer.low, older.high - older.value)
    return Interval(more, low, more + hypot(newer.high - newer.value, older.value - older.low))
