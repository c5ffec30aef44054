"""How health is written: factors by dimension, deductions, segments, bands, young accounts."""

from __future__ import annotations

from sabai.definitions.grammar.kinds import (
    CONDITION,
    COUNT,
    DATE,
    DAYS,
    NAME,
    NUMBER,
    SHARE,
    TEXT,
    Either,
    Key,
    Keys,
    Many,
    Named,
    Word,
    choice,
)

DIMENSIONS = {
    "usage": "what people do with the product, on the web, in the community",
    "engagement": "how we talk with each other, and how content they were",
    "return": "what the customer gains for what it costs",
    "advocacy": "what they say and do for us",
    "support": "what they need help with, and how it went",
    "sentiment": "what they feel: surveys, comments, our own pulse",
    "payment": "how they pay: early, on time, after a reminder, late",
}

FACTOR = Keys(
    "a factor",
    (
        Key("weight", NUMBER, "How much it counts beside the others.", required=True),
        Key("better", choice("higher", "lower"), "Points are the percentile in its segment, this way up."),
        Key(
            "curve",
            Named("a curve", NUMBER, Word("a value of the metric", NUMBER.read)),
            "Points for values, straight lines in between: { 0: 0, 10: 100 }.",
        ),
    ),
)
_FACTORS = Named("factors by metric", FACTOR, Word("the name of a metric"))

COMPARISONS = Named("a comparison by metric", CONDITION, Word("the name of a metric, or event"))
WHEN = Named("event: <name>, or a comparison by metric", TEXT, Word("event, or the name of a metric"))

DEDUCTION = Keys(
    "a deduction",
    (
        Key("when", WHEN, "An event, or a comparison of a metric.", required=True),
        Key("points", NUMBER, "How many points are taken away.", required=True),
        Key("for", DAYS, "How long an event is remembered: 30d, if nothing is said."),
    ),
)

BANDS = Keys(
    "bands",
    (
        Key(
            "cut",
            Either(
                "quartiles, or where healthy and at risk begin",
                (
                    choice("quartiles"),
                    Keys(
                        "cut points",
                        (
                            Key("healthy", NUMBER, "Healthy from here up.", required=True),
                            Key("at_risk", NUMBER, "At risk from here up, unhealthy below.", required=True),
                        ),
                    ),
                ),
            ),
            "Where the bands begin; quartiles: the best and the worst quarter of the reference.",
            "quartiles",
        ),
        Key(
            "hold",
            Keys(
                "a hold",
                (
                    Key("points", NUMBER, "How far past the border a score must go.", "2"),
                    Key("days", COUNT, "For how many days it must stay there.", "14"),
                ),
            ),
            "What keeps an account from flapping between bands.",
            "{ points: 2, days: 14 }",
        ),
    ),
)

YOUNG = Keys(
    "young accounts",
    (
        Key("until", DAYS, "How old an account is when its score begins.", required=True),
        Key(
            "milestones",
            Either(
                "names of events, or a condition by milestone",
                (Many("names of events", TEXT), Named("a condition by milestone", WHEN, NAME)),
            ),
            "What a new account should reach; its share is the score until then.",
            required=True,
        ),
    ),
)

SEGMENTS = Either(
    "columns of accounts, or rules by segment",
    (Many("columns of accounts", TEXT), Named("rules by segment", COMPARISONS, NAME)),
)

HEALTH = Keys(
    "health",
    (
        Key("segments", SEGMENTS, "With whom an account is compared."),
        Key(
            "reference",
            Keys(
                "a span of dates",
                (
                    Key("from", DATE, "Its first date.", required=True),
                    Key("to", DATE, "Its last date.", required=True),
                ),
            ),
            'What "usual" means, frozen: the weeks of this span.',
        ),
        Key("needs_coverage", SHARE, "The share of weight that must be known for a score.", "50%"),
        Key(
            "dimensions",
            Named("dimensions", _FACTORS, Word("a dimension"), DIMENSIONS),
            "The factors of the score, by dimension.",
            required=True,
        ),
        Key("deductions", Named("deductions", DEDUCTION, NAME), "Points taken away while something is so."),
        Key("deduction_cap", NUMBER, "How much all deductions together may take away.", "30"),
        Key("bands", BANDS, "Healthy, at risk, unhealthy."),
        Key("young", YOUNG, "Accounts too young for a score."),
        Key(
            "parents",
            choice("own", "mean", "revenue"),
            "The score of a parent account: its own, the mean of its children, or their mean by revenue.",
            "own",
        ),
    ),
)
