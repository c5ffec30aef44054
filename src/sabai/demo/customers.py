"""Who the customers of the made company are: plan, place, size, start, parents, prospects and test accounts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.demo.calendar import Calendar
from sabai.demo.names import STEMS, companies
from sabai.demo.places import PLACES, Place

Ints = NDArray[np.int64]

PLANS = ("Drip", "Pour Over", "Roastery")
_PLAN_SHARES = (0.45, 0.35, 0.20)
_SEATS = ((2, 7), (6, 25), (20, 60))
SEAT_PRICE_BAHT = (390, 350, 310)
INDUSTRIES = ("Café", "Roastery", "Bakery", "Hotel", "Office catering", "Franchise")
_FAMILIES = 0.03  # share of accounts that are a parent of two to four others


@dataclass(frozen=True, slots=True)
class Customers:
    """One entry for each account. `started` is a day; `paying` is false for prospects and test accounts."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[Place, ...]
    plan: Ints
    industry: Ints
    seats: Ints
    started: Ints
    parent: Ints  # index of the parent account, -1: none
    prospect: NDArray[np.bool_]
    test: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def paying(self) -> NDArray[np.bool_]:
        return ~(self.prospect | self.test)

    @property
    def shops(self) -> tuple[str, ...]:
        """What the product itself calls them; only `identities` knows both names."""
        return tuple(f"shop_{(index * 7919 + 104729) % 1000003:06x}" for index in range(len(self)))


def customers(rng: np.random.Generator, calendar: Calendar, count: int) -> Customers:
    places = _places(rng, count)
    plan = rng.choice(len(PLANS), size=count, p=_PLAN_SHARES)
    low, high = np.array(_SEATS).T
    kind = _kinds(rng, count)
    return Customers(
        ids=tuple(f"A-{1001 + index}" for index in range(count)),
        names=_names(rng, places),
        places=places,
        plan=plan,
        industry=rng.integers(len(INDUSTRIES), size=count),
        seats=rng.integers(low[plan], high[plan]),
        started=_starts(rng, calendar, count),
        parent=_parents(rng, places, kind == 0),
        prospect=kind == 1,
        test=kind == 2,
    )


def _places(rng: np.random.Generator, count: int) -> tuple[Place, ...]:
    shares = np.array([place.share for place in PLACES])
    return tuple(PLACES[index] for index in rng.choice(len(PLACES), size=count, p=shares / shares.sum()))


def _names(rng: np.random.Generator, places: tuple[Place, ...]) -> tuple[str, ...]:
    spoken = [place.language for place in places]
    waiting = {language: iter(companies(rng, language, spoken.count(language))) for language in STEMS}
    return tuple(next(waiting[language]) for language in spoken)


def _kinds(rng: np.random.Generator, count: int) -> Ints:
    """0 customer, 1 prospect, 2 test account."""
    return rng.choice(3, size=count, p=(0.95, 0.035, 0.015))


def _starts(rng: np.random.Generator, calendar: Calendar, count: int) -> Ints:
    """Three in five were customers before the calendar begins; nobody starts in its last two months."""
    before = rng.integers(calendar.first - 900, calendar.first - 30, size=count)
    within = rng.integers(calendar.first, max(calendar.last - 60, calendar.first + 1), size=count)
    return np.where(rng.random(count) < 0.6, before, within)


def _parents(rng: np.random.Generator, places: tuple[Place, ...], paying: NDArray[np.bool_]) -> Ints:
    """A parent and its children share a country; children have no children."""
    parent = np.full(len(places), -1)
    heads = np.flatnonzero(paying)[: max(1, int(len(places) * _FAMILIES))]
    free = [index for index in rng.permutation(np.flatnonzero(paying)) if index not in set(heads)]
    for head in heads:
        same = [index for index in free if places[index].country == places[head].country]
        for child in same[: rng.integers(2, 5)]:
            parent[child] = head
            free.remove(child)
    return parent
