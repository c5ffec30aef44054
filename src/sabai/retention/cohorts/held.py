"""Who was still a customer at which age, and what they paid then: states, looked at on the first day of each age."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sabai.dates import NEVER
from sabai.metrics.grid import Days
from sabai.retention.cohorts.ages import Ages
from sabai.retention.cohorts.members import Members
from sabai.retention.cohorts.question import Question
from sabai.retention.cohorts.seen import Flags, Seen, Watched
from sabai.retention.revenue import Minor, Subscribed
from sabai.retention.stays import Stays


def still_customers(question: Question, ages: Ages, members: Members, stays: Stays, watched: Watched) -> Seen:
    """On day N: customers on the first day of the age. On or after: on that day or later. In a bracket: on any day."""
    account = np.flatnonzero(members.zero != NEVER)
    zero = members.zero[account]
    columns = [_there(question, ages, stays, members.zero, span)[account] for span in ages.spans]
    active = np.stack(columns, axis=1) if columns else np.zeros((len(account), 0), dtype=np.bool_)
    names, cohort = members.named(zero, account)
    whole = question.on == "bracket"
    reached = watched.reached(ages, zero) if whole else watched.reached_first_days(ages, zero)
    return Seen(names, cohort, active, reached)


def _there(question: Question, ages: Ages, stays: Stays, zero: Days, span: tuple[int, int]) -> Flags:
    """Whether a stay of each account holds on a day of the span: shape (accounts,)."""
    began = np.where(zero == NEVER, 0, zero).astype(np.int32)
    opens = ages.begins(began, span[0])[stays.account]
    closes = {
        "day": opens + 1,
        "bracket": ages.begins(began, span[1] + 1)[stays.account],
        "after": np.full_like(opens, NEVER),
    }[question.on]
    holds = (stays.start < closes) & (stays.end > opens)
    there = np.zeros(len(zero), dtype=np.bool_)
    there[stays.account[holds]] = True
    return there


def paid_at(ages: Ages, zero: Days, subscribed: Subscribed) -> Minor:
    """What each account paid a month on the first day of each age; shape (accounts, ages). 0 before it began."""
    began = np.where(zero == NEVER, 0, zero).astype(np.int32)
    columns = [_paid(subscribed, ages.begins(began, first), zero) for first, _ in ages.spans]
    return np.stack(columns, axis=1) if columns else np.zeros((len(zero), 0), dtype=np.int64)


def first_revenue(zero: Days, subscribed: Subscribed) -> Minor:
    """What each account paid a month on the day on which it first paid; 0 for those who never did."""
    return _paid(subscribed, zero, zero)


def _paid(subscribed: Subscribed, day: Days, zero: Days) -> NDArray[np.int64]:
    on = day[subscribed.account]
    holds = (subscribed.start <= on) & (subscribed.end > on) & (zero[subscribed.account] != NEVER)
    paid = np.zeros(len(day), dtype=np.int64)
    np.add.at(paid, subscribed.account[holds], subscribed.monthly[holds])
    return paid
