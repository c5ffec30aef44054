"""How a metric is written: one form for each way of measuring."""

from __future__ import annotations

from sabai.definitions.grammar.kinds import (
    DAYS,
    NUMBER,
    TEXT,
    WHOLE,
    WINDOW,
    Again,
    Either,
    Forms,
    Key,
    Keys,
    Kind,
    Many,
    Named,
    Word,
    choice,
)
from sabai.definitions.vocabulary import MEASURED, measures

VALUE = Word('a value, a comparison such as ">= 3", known or unknown')
NOT = Keys("a negation", (Key("not", Many("values", TEXT), "Everything but this.", required=True),))
WHERE = Named(
    "conditions on columns",
    Either("a value, a list of values, or [not: value]", (VALUE, Many("values", Either("a value", (TEXT, NOT))), NOT)),
    Word("a column, or properties.<name>"),
)
TABLE = Word("a fact table", schema={"enum": list(MEASURED)})
MEASURE = Word(
    "a fact table, or table.measure", schema={"enum": [name for table in MEASURED for name in measures(table)]}
)
METRIC_OR_NAME: Kind = Either("the name of a metric, or a metric", (Word("the name of a metric"), Again("metric")))

_WHERE = Key("where", Again("where"), "Only rows whose columns have these values.")
_WINDOW = Key("window", WINDOW, "How far back rows count.", "lifetime")
_MISSING = Key("missing", NUMBER, "What stands where nothing was found.", "unknown")
_COMMON = (_WHERE, _WINDOW, _MISSING)


def _form(how: str, argument: Kind, doc: str, *options: Key) -> Keys:
    return Keys(f'a metric "{how}"', (Key(how, argument, doc, required=True), *options))


METRIC = Forms(
    "a metric",
    (
        _form("count", Again("measure"), "How many rows.", *_COMMON),
        _form("sum", Again("measure"), "The sum of a measure.", *_COMMON),
        _form("min", Again("measure"), "The smallest value of a measure.", *_COMMON),
        _form("max", Again("measure"), "The largest value of a measure.", *_COMMON),
        _form("mean", Again("measure"), "The mean of a measure over its known values.", *_COMMON),
        _form(
            "last",
            Again("measure"),
            "The latest known value of a measure.",
            _WHERE,
            Key("stale_after", DAYS, "When the value is too old to say anything.", "never"),
            _MISSING,
        ),
        _form(
            "distinct",
            choice("contact", "name"),
            "How many different ones.",
            Key("of", Again("table"), "The fact table in which they are told apart.", required=True),
            *_COMMON,
        ),
        _form("active_days", Again("table"), "On how many different days something happened.", *_COMMON),
        _form("held", Again("measure"), "What is held at the date: seats, an amount unpaid.", *_COMMON),
        _form("open", Again("table"), "How many are open at the date.", *_COMMON),
        _form("days_since", Again("measure"), "Days since the latest one.", _WHERE, _MISSING),
        _form("ratio", Many("two metrics", METRIC_OR_NAME, alone=False), "The first divided by the second."),
        _form(
            "share",
            Again("measure"),
            "The share of rows for which `where` holds.",
            *_COMMON[:2],
            Key("among", Again("where"), "Only these rows at all."),
        ),
        _form(
            "change",
            METRIC_OR_NAME,
            "The change against the window before, as a share of it.",
            Key("over", DAYS, "How long before, where the metric has no window of its own.", "its window"),
        ),
        _form("per_seat", METRIC_OR_NAME, "Divided by the seats subscribed."),
        _form(
            "slope",
            METRIC_OR_NAME,
            "How much it rises per window, as a straight line through the last ones.",
            Key("over", WHOLE, "How many windows, two at least.", "6"),
            Key("every", DAYS, "How far apart they lie, where the metric has no window of its own.", "its window"),
        ),
    ),
)
