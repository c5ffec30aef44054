"""What a list is to show, read from its address and written back to it: nothing about a list is kept elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from sabai.desk.portfolio.columns import COLUMNS, SORTS, USUAL
from sabai.health.scores import BANDS

SIZES = (25, 50, 100)
HERE = ("customers", "former", "all")
BLANK = "-"  # as the value of a filter: those of whom it is not known
LONGEST = 200  # characters of a value; also years, were a number of days so long
MOST_DAYS = 3650
TEXTS = ("owner", "segment", "country", "stage", "product")
MARKS = ("fell", "rose", "grew", "paid", "call", "overdue", "young")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`sort` is the key of a column, with - before it from the greatest down.

    >>> Wanted(q="カフェ", band=("at_risk", "unknown"), renews=60).query()
    'q=%E3%82%AB%E3%83%95%E3%82%A7&band=at_risk&band=unknown&renews=60'
    """

    q: str = ""
    band: tuple[str, ...] = ()
    owner: str = ""
    segment: str = ""
    country: str = ""
    stage: str = ""
    product: str = ""
    renews: int = 0
    silent: int = 0
    fell: bool = False
    rose: bool = False
    grew: bool = False
    paid: bool = False
    call: bool = False
    overdue: bool = False
    young: bool = False
    here: str = "customers"
    sort: str = "band"
    column: tuple[str, ...] = USUAL
    size: int = 50
    page: int = 1

    @classmethod
    def read(cls, asked: QueryDict) -> Self:
        """What is asked for; values that mean nothing are left out as if nobody had written them."""
        return cls(**{name: found for name, read in _READ.items() if (found := read(asked, name)) is not None})

    def query(self, **other: Any) -> str:
        """The part of an address after the question mark, with these things otherwise; what is usual is left out.

        Whatever changes what is listed leads to the first page of it.
        """
        asked = replace(self, **{"page": 1} | other)
        return urlencode(list(asked.pairs()), doseq=True)

    def pairs(self) -> Iterator[tuple[str, str | int | tuple[str, ...]]]:
        """Name and value of everything that is not as usual."""
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                yield field.name, 1 if value is True else value

    @property
    def filters(self) -> dict[str, Any]:
        """What narrows the list, by name."""
        shown = ("sort", "column", "size", "page")
        return {name: value for name, value in self.pairs() if name not in shown}

    @property
    def narrowed(self) -> str:
        """The address with nothing but what narrows the list."""
        return urlencode(self.filters, doseq=True)

    def without(self, name: str, value: str = "") -> str:
        """The address without one filter, or one of the bands."""
        left = tuple(band for band in self.band if band != value) if name == "band" else ()
        usual = next(field.default for field in fields(self) if field.name == name)
        return self.query(**{name: left if name == "band" else usual})

    def toggled(self, band: str) -> str:
        """The address with this band chosen as well, or no longer."""
        chosen = set(self.band) ^ {band}
        return self.query(band=tuple(each for each in BANDS if each in chosen))

    def sorted_by(self, key: str) -> str:
        """The address of the list by that column; by the one it is sorted by already, the other way around."""
        first = SORTS[key].first + key
        other = key if first != key else f"-{key}"
        return self.query(sort=other if self.sort == first else first)


def _text(asked: QueryDict, name: str) -> str | None:
    value = " ".join(asked.get(name, "").replace("\0", " ").split())[:LONGEST].strip()
    return value or None


def _days(asked: QueryDict, name: str) -> int | None:
    value = asked.get(name, "")
    known = value.isascii() and value.isdigit() and len(value) < LONGEST
    return min(int(value), MOST_DAYS) if known and int(value) else None


def _mark(asked: QueryDict, name: str) -> bool | None:
    return True if asked.get(name) == "1" else None


def _sort(asked: QueryDict, name: str) -> str | None:
    value = asked.get(name, "")
    return value if value.removeprefix("-") in SORTS and not value.startswith("--") else None


def _size(asked: QueryDict, name: str) -> int | None:
    return next((size for size in SIZES if str(size) == asked.get(name)), None)


def _among(known: tuple[str, ...]) -> Callable[[QueryDict, str], tuple[str, ...] | None]:
    """Some of these, in their order."""
    return lambda asked, name: tuple(each for each in known if each in asked.getlist(name)) or None


_READ: dict[str, Callable[[QueryDict, str], Any]] = {
    "q": _text,
    "band": _among(BANDS),
    **dict.fromkeys(TEXTS, _text),
    "renews": _days,
    "silent": _days,
    **dict.fromkeys(MARKS, _mark),
    "here": lambda asked, name: asked.get(name) if asked.get(name) in HERE else None,
    "sort": _sort,
    "column": _among(tuple(COLUMNS)),
    "size": _size,
    "page": _days,
}
