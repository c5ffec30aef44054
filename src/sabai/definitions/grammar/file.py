"""The whole file: its sections, and the kinds that other kinds refer to by name."""

from __future__ import annotations

from sabai.definitions.grammar.health import HEALTH
from sabai.definitions.grammar.kinds import (
    DAYS,
    NAME,
    NUMBER,
    SHARE,
    TEXT,
    WHOLE,
    Again,
    Either,
    Key,
    Keys,
    Kind,
    Many,
    Named,
    choice,
)
from sabai.definitions.grammar.labels import LABELS
from sabai.definitions.grammar.metrics import MEASURE, METRIC, TABLE, WHERE
from sabai.definitions.grammar.sources import SOURCES
from sabai.definitions.grammar.themes import THEMES

FORMAT = 1
"""The version of the grammar that this Sabai reads: the number behind `sabai:`."""

WORKSPACE = Keys(
    "a workspace",
    (
        Key("name", TEXT, "Your company.", required=True),
        Key("time_zone", TEXT, "Where days begin: an IANA name such as Asia/Bangkok.", "UTC"),
        Key("currency", TEXT, "The currency of sums: an ISO 4217 code.", "USD"),
        Key("languages", Many("languages", TEXT), "Languages of your pages and reports.", "[en]"),
    ),
)

STAGES = Named(
    "stages by name",
    Either(
        "start, or an event",
        (choice("start"), Keys("an event", (Key("event", TEXT, "The event that begins it.", required=True),))),
    ),
    NAME,
)

CHURN = Keys(
    "churn",
    (
        Key(
            "from", choice("churn", "subscriptions"), "The churn table, or subscriptions that ended for good.", "churn"
        ),
        Key("grace", DAYS, "How long an ended subscription may pause before it counts as churn.", "30d"),
    ),
)

BENCHMARKS = {
    "churn": "Customers lost in a month, of those there at its start.",
    "retention": "Customers kept over a year.",
    "gross_retention": "Gross revenue retention over a year.",
    "net_retention": "Net revenue retention over a year.",
    "days_sales_outstanding": "How long bills stay unpaid, in days.",
}

MONEY = Keys(
    "what revenue is worth",
    (
        Key("margin", SHARE, "The share of revenue that is left after serving a customer.", "100%"),
        Key("discount", SHARE, "What money is worth less for each year that it comes later.", "10%"),
        Key(
            "exchange",
            choice("signed", "dated"),
            "What `sabai revenue` counts a contract in another currency at: the rate of the day on which it began, or "
            "the rate of each day, with what exchange moved as a movement of its own.",
            "signed",
        ),
        Key(
            "benchmarks",
            Named(
                "benchmarks by name",
                Keys(
                    "a benchmark",
                    (
                        Key("value", NUMBER, "The figure, such as 2%.", required=True),
                        Key("source", TEXT, "Who says so, of whom, and when.", required=True),
                    ),
                ),
                choice(*BENCHMARKS),
                BENCHMARKS,
            ),
            "Figures of others to hold your own against.",
        ),
    ),
)

FILE = Keys(
    "sabai.yaml",
    (
        Key("sabai", WHOLE, "The version of this format.", required=True),
        Key("workspace", WORKSPACE, "Your company, its time zone, currency and languages.", required=True),
        Key("sources", SOURCES, "Where facts come from, and how foreign columns are called."),
        Key(
            "metrics",
            Named("metrics", Again("metric"), NAME),
            "One number per account per date; unknown stays unknown.",
        ),
        Key("health", HEALTH, "How metrics become a score.", required=True),
        Key("stages", STAGES, "The journey of an account, in order."),
        Key("churn", CHURN, "Where outcomes come from."),
        Key("money", MONEY, "What revenue is worth, and whom to compare with."),
        Key("themes", THEMES, "What comments speak of, beyond the shipped themes or instead of them."),
        Key(
            "labels",
            LABELS,
            "What pages call a metric, deduction, milestone, segment, stage or event: in every language, "
            "or by language.",
        ),
    ),
)

AGAIN: dict[str, Kind] = {"metric": METRIC, "where": WHERE, "table": TABLE, "measure": MEASURE}
"""Kinds that others refer to by name."""
