"""Metrics: nested ones get a name with a dot, and come before those that need them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, get_args

from sabai.definitions import words
from sabai.definitions.model import Basic, Derived, Metric
from sabai.definitions.spelling.wheres import wheres
from sabai.definitions.vocabulary import Place, closing_word, place
from sabai.definitions.written import Entries, Items, Text, Written

How = Literal["count", "sum", "min", "max", "last", "mean", "distinct", "held", "days_since"]
Key = Literal["contact", "name", "day"]

MOST_METRICS = 2_000
DEFAULT_SLOPE = 6


class TooManyMetrics(ValueError):
    """Changes of changes need the metrics below once for every window before; the one at `line` asks too many."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Metrics:
    """The metrics spelled out so far, in an order in which each needs only those before it."""

    def __init__(self) -> None:
        self.metrics: dict[str, Metric] = {}
        self._earlier: dict[str, tuple[str, int]] = {}  # hidden metric -> the metric it repeats, how many days earlier
        self._windows: dict[str, int] = {}

    def spell(self, name: str, node: Entries) -> None:
        """Adds the metric `name`; those it names must have been added before."""
        key, argument = next((key, value) for key, value in node if key.text in _FORMS)
        _FORMS[key.text](self, name, node, argument)

    def add(self, metric: Metric) -> str:
        if len(self.metrics) >= MOST_METRICS:
            raise TooManyMetrics(metric.line)
        self.metrics[metric.name] = metric
        if isinstance(metric, Basic):
            self._windows[metric.name] = metric.window_days or 0
        else:
            self._windows[metric.name] = max(self._windows[part] for part in metric.of)
        return metric.name

    def part(self, name: str, node: Written) -> str:
        """The name of a metric that stands inside another: its own, or for a nested one the hidden `name`."""
        if isinstance(node, Text):
            return node.text
        if isinstance(node, Entries):
            self.spell(name, node)
        return name

    def window(self, name: str) -> int:
        """The longest window in days that a metric looks through; 0 if it has none."""
        return self._windows[name]

    def earlier(self, name: str, days: int) -> str:
        """The same metric as it stood `days` before, as known today."""
        root, before = self._earlier.get(name, (name, 0))
        twin = f"{root}.before_{before + days}d"
        if twin not in self.metrics:
            metric = self.metrics[name]
            if isinstance(metric, Basic):
                self.add(replace(metric, name=twin, shift_days=metric.shift_days + days))
            else:
                self.add(replace(metric, name=twin, of=tuple(self.earlier(part, days) for part in metric.of)))
            self._earlier[twin] = (root, before + days)
        return twin

    def rows(self, name: str, node: Entries, at: Place, where: Entries | None, how: How = "count") -> None:
        """A measure over a window; `where: { answered: no }` counts those still open among them."""
        closing, others = _closing(at.table, where) if how == "count" else (None, where)
        basic = _basic(name, how, node, at, others)
        if closing is None:
            self.add(basic)
        elif not words.flag(closing):
            self.add(replace(basic, how="held", measure="open"))
        else:
            every = self.add(replace(basic, name=f"{name}.all"))
            still = self.add(replace(basic, name=f"{name}.open", how="held", measure="open"))
            self.add(Derived(name, "difference", (every, still), node.line))


def _basic(name: str, how: How, node: Entries, at: Place, where: Entries | None) -> Basic:
    window = node.text("stale_after") or node.text("window", "lifetime")
    missing = node.get("missing")
    return Basic(
        name,
        how,
        at.table,
        at.measure,
        where=at.where + wheres(where, at.table),
        window_days=words.window(window),
        since_stage=window == "stage",
        missing=words.number(missing.text) if isinstance(missing, Text) else None,
        line=node.line,
    )


def _closing(table: str, where: Entries | None) -> tuple[str | None, Entries | None]:
    word = closing_word(table)
    if where is None or word is None or word not in where:
        return None, where
    return where.text(word), Entries(where.line, tuple(entry for entry in where if entry[0].text != word))


def _where(node: Entries) -> Entries | None:
    return node.section("where") if "where" in node else None


def _measured(into: Metrics, name: str, node: Entries, argument: Written) -> None:
    how = next(how for how in get_args(How) if how in node)
    into.rows(name, node, place(_text(argument)), _where(node), how)


def _open(into: Metrics, name: str, node: Entries, argument: Written) -> None:
    into.add(_basic(name, "held", node, Place(_text(argument), "open"), _where(node)))


def _distinct(into: Metrics, name: str, node: Entries, argument: Written) -> None:
    key: Key = "contact" if _text(argument) == "contact" else "name"
    into.add(replace(_basic(name, "distinct", node, place(node.text("of")), _where(node)), key=key))


def _active_days(into: Metrics, name: str, node: Entries, argument: Written) -> None:
    into.add(replace(_basic(name, "distinct", node, place(_text(argument)), _where(node)), key="day"))


def _ratio(into: Metrics, name: str, node: Entries, argument: Written) -> None:
    above, below = argument.items if isinstance(argument, Items) else ()
    parts = (into.part(f"{name}.part", above), into.part(f"{name}.whole", below))
    into.add(Derived(name, "ratio", parts, node.line))


def _share(into: Metrics, name: str, node: Entries, argument: Written) -> None:
    at, among = place(_text(argument)), node.section("among")
    implied = Place(at.table, at.measure)
    into.rows(f"{name}.part", node, at, Entries(node.line, among.entries + node.section("where").entries))
    into.rows(f"{name}.whole", node, implied, among)
    into.add(Derived(name, "ratio", (f"{name}.part", f"{name}.whole"), node.line))


def _change(into: Metrics, name: str, node: Entries, argument: Written) -> None:
    of = into.part(f"{name}.of", argument)
    days = words.days(node.text("over")) if "over" in node else into.window(of)
    into.add(Derived(name, "change", (of, into.earlier(of, days)), node.line))


def _per_seat(into: Metrics, name: str, node: Entries, argument: Written) -> None:
    of = into.part(f"{name}.of", argument)
    seats = into.add(Basic(f"{name}.seats", "held", "subscriptions", "seats", line=node.line))
    into.add(Derived(name, "ratio", (of, seats), node.line))


def _slope(into: Metrics, name: str, node: Entries, argument: Written) -> None:
    of = into.part(f"{name}.of", argument)
    days = words.days(node.text("every")) if "every" in node else into.window(of)
    count = words.whole(node.text("over", str(DEFAULT_SLOPE)))
    earlier = tuple(into.earlier(of, days * back) for back in range(1, count))
    into.add(Derived(name, "slope", (of, *earlier), node.line))


def _text(node: Written) -> str:
    return node.text if isinstance(node, Text) else ""


_FORMS: dict[str, Callable[[Metrics, str, Entries, Written], None]] = {
    **dict.fromkeys(("count", "sum", "min", "max", "last", "mean", "held", "days_since"), _measured),
    "open": _open,
    "distinct": _distinct,
    "active_days": _active_days,
    "ratio": _ratio,
    "share": _share,
    "change": _change,
    "per_seat": _per_seat,
    "slope": _slope,
}
