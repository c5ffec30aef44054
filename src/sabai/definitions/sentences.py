"""A metric as a sentence that its owner would say: 'how many events named "login" in the 28 days before the date'."""

from __future__ import annotations

from collections.abc import Mapping

from sabai.definitions.model import Basic, Condition, Derived, Metric, Scalar, Where
from sabai.facts.catalogue import TABLES

Metrics = Mapping[str, Metric]

_TABLES = {"dues": "invoices"}  # nobody but us has heard of dues
_VALUES = {
    "sum": "the sum of",
    "min": "the smallest",
    "max": "the largest",
    "mean": "the mean of",
    "last": "the latest",
}
_COMPARED = {
    "in": "",
    "not in": "not",
    ">=": "at least",
    "<=": "at most",
    ">": "above",
    "<": "below",
    "==": "",
    "!=": "not",
}
_KEYS = {"contact": "how many different contacts in", "name": "how many different names of",
         "day": "on how many different days there were"}  # fmt: skip


def sentence(metric: Metric, metrics: Metrics) -> str:
    """What the metric says, in words; hidden metrics are spelled out in place.

    >>> sentence(Basic("logins", "count", "events", where=(Where("name", "in", ("login",)),), window_days=28), {})
    'how many events named "login" in the 28 days before the date'
    """
    return _basic(metric) if isinstance(metric, Basic) else _derived(metric, metrics)


def condition_sentence(condition: Condition, metrics: Metrics) -> str:
    """
    >>> condition_sentence(Condition("people", ">=", 3.0), {})
    'people >= 3'
    """
    return f"{_named(condition.metric, metrics)} {condition.op} {condition.value:g}"


def _basic(metric: Basic) -> str:
    said = [_what(metric), " and ".join(map(_filter, metric.where)), _when(metric)]
    if metric.missing is not None:
        said.append(f"({metric.missing:g} where nothing was found)")
    return " ".join(filter(None, said))


def _what(metric: Basic) -> str:
    table = _TABLES.get(metric.table, metric.table)
    measured = TABLES[metric.table].measures[metric.measure]
    noun = f"{table}.{metric.measure}"
    match metric.how:
        case "count":
            return f"how many {table}" if metric.measure == "rows" else f"how many {table} with {metric.measure}"
        case "distinct":
            return f"{_KEYS[metric.key or 'contact']} {table}"
        case "held":
            return f"the {noun} held" if measured.value else f"how many {table} are {metric.measure}"
        case "days_since":
            return f"days since the latest of {table if metric.measure == 'rows' else noun}"
        case _:
            return f"{_VALUES[metric.how]} {noun}"


def _filter(where: Where) -> str:
    if where.column == "name" and where.op == "in":
        return f"named {_listed(where.values)}"
    said = f"whose {where.column} is {_COMPARED.get(where.op, where.op)}"
    return said if where.op in ("known", "unknown") else f"{said} {_listed(where.values)}".replace("  ", " ")


def _listed(values: tuple[Scalar, ...]) -> str:
    return " or ".join(_shown(value) for value in values) if values else "nothing"


def _shown(value: Scalar) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else f'"{value}"'


def _when(metric: Basic) -> str:
    date = f"the day {metric.shift_days} days before the date" if metric.shift_days else "the date"
    if metric.since_stage:
        return f"since the stage began, before {date}"
    if metric.how == "held":
        began = f", begun in the {metric.window_days} days before it" if metric.window_days else ""
        return f"at {date}{began}"
    return f"in the {metric.window_days} days before {date}" if metric.window_days else f"before {date}"


def _derived(metric: Derived, metrics: Metrics) -> str:
    parts = [_named(name, metrics) for name in metric.of]
    match metric.how:
        case "ratio":
            return f"{parts[0]} divided by {parts[1]}"
        case "difference":
            return f"{parts[0]} less {parts[1]}"
        case "change":
            return f"the change of {parts[0]} against {_before(metric.of[1])}, as a share of it"
        case "slope":
            return f"how much {parts[0]} rises from window to window, as a straight line through {len(parts)}"


def _before(twin: str) -> str:
    return f"the same {twin.rpartition('.before_')[2].removesuffix('d')} days before"


def _named(name: str, metrics: Metrics) -> str:
    return f"({sentence(metrics[name], metrics)})" if "." in name else name
