"""What `sabai.yaml` means once it is read: frozen, checked, and free of the short forms that people write.

Short forms are spelled out by the reader, so that nobody downstream needs to know them: a deduction on an event becomes
a hidden metric and a condition, `change` becomes a metric and its twin shifted by one window, and so on. Hidden metrics
have a dot in their name ("logins.before_28d"); names that users write have none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Scalar = str | float | bool
Op = Literal["in", "not in", ">", ">=", "<", "<=", "known", "unknown"]


@dataclass(frozen=True, slots=True)
class Where:
    """A filter on one column of a fact table, or on one property of an event ("properties.plan")."""

    column: str
    op: Op
    values: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True)
class Basic:
    """A measure, a window and a rule for missing: a number that comes straight from one fact table.

    `how` is one of count, sum, min, max, last, mean, distinct, held, days_since. Measures are named in
    `facts/catalogue.py`; "rows" counts the rows, "open" is the row's own interval (an open ticket).
    `key` says what is told apart by "distinct": contact, name or day.
    With `shift_days` the number speaks of that many days earlier, as known at the as-of date itself.
    """

    name: str
    how: Literal["count", "sum", "min", "max", "last", "mean", "distinct", "held", "days_since"]
    table: str
    measure: str = "rows"
    key: Literal["contact", "name", "day"] | None = None
    where: tuple[Where, ...] = ()
    window_days: int | None = None  # None: as long as there are facts; "held" with one: begun in it and still held
    since_stage: bool = False
    shift_days: int = 0
    missing: float | None = None  # what stands where nothing was found; None: unknown (counts and sums: 0 once covered)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Derived:
    """Arithmetic on other metrics; unknown in, unknown out.

    ratio = a / b, unknown where b is 0 · change = (a - b) / b, unknown where b is 0 · difference = a - b ·
    slope = least-squares slope per window over `of`, newest first.
    """

    name: str
    how: Literal["ratio", "change", "difference", "slope"]
    of: tuple[str, ...]
    line: int = 0


Metric = Basic | Derived


@dataclass(frozen=True, slots=True)
class Condition:
    """A metric compared with a number: `people >= 3`. Not met where the metric is unknown."""

    metric: str
    op: Literal[">", ">=", "<", "<=", "==", "!="]
    value: float


@dataclass(frozen=True, slots=True)
class Factor:
    """A metric turned into points 0-100. `curve` empty: percentile in its segment, and then `better` says which way."""

    name: str  # the metric's name
    dimension: str
    weight: float
    better: Literal["higher", "lower"] | None = None
    curve: tuple[tuple[float, float], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Deduction:
    """Negative points while a condition holds; listed apart from the factors, capped together."""

    name: str
    when: Condition
    points: float  # positive: how much is taken away
    line: int = 0


@dataclass(frozen=True, slots=True)
class Bands:
    """Where healthy and at risk begin. `cut` None: quartiles of the scores in the reference."""

    cut: tuple[float, float] | None = None  # (healthy from, at risk from)
    hold_points: float = 2.0
    hold_days: int = 14


@dataclass(frozen=True, slots=True)
class Milestone:
    name: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Young:
    """Accounts younger than `until_days` get the share of milestones reached (0-100) as their score."""

    until_days: int
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """A named group of accounts at a date; the first rule that holds wins. No conditions: everybody else."""

    name: str
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Health:
    factors: tuple[Factor, ...]
    dimensions: tuple[str, ...]
    deductions: tuple[Deduction, ...] = ()
    deduction_cap: float = 30.0
    segments: tuple[str, ...] = ()  # columns of accounts whose values together name the segment
    segment_rules: tuple[SegmentRule, ...] = ()
    reference: tuple[date, date] | None = None  # [from, to]: whose weeks say what "usual" is
    needs_coverage: float = 0.5
    bands: Bands = Bands()
    young: Young | None = None
    parents: Literal["own", "mean", "revenue"] = "own"  # how a parent account's score comes from its children's


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the journey, entered at the account's start (`event` None) or by the first event of that name."""

    name: str
    event: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How one column of ours comes from the columns of a foreign file.

    Exactly one of `columns` (joined by `glue` if several), `value` (the same for every row) and `row_number` (the name
    of the file and the number of the row in it, joined by `glue`) is set.
    """

    columns: tuple[str, ...] = ()
    glue: str = "-"
    value: Scalar | None = None
    row_number: bool = False
    format: str | None = None  # strptime format of dates and times
    decimal: str = "."
    thousands: str = ""
    unit: str | None = None  # "minor" or "major" for money; "seconds", "minutes", "hours", "days" for durations
    nulls: tuple[str, ...] = ()
    through: str | None = None  # a source id, to be resolved by `identities` of this source
    days_from: str | None = None  # the column is a day offset from this other *column or ISO date* ("day -159")
    offsets: Mapping[str, date] = field(default_factory=dict)  # ... or from a date chosen by the value of `days_from`
    scale: Mapping[str, float | str | bool] = field(default_factory=dict)  # words to values: good -> 1
    inclusive: bool = False  # an end date that still belongs to the time: one day is added
    time_zone: str | None = None  # zone of times that carry none; default the source's, then the workspace's
    line: int = 0


@dataclass(frozen=True, slots=True)
class Join:
    """Columns looked up in another file of the same folder, as in a spreadsheet."""

    file: str
    on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Files of one shape that fill one fact table. One file may stand in several sources."""

    name: str
    files: tuple[str, ...]  # names or globs, relative to the data folder
    table: str
    columns: Mapping[str, ColumnMap]
    joins: tuple[Join, ...] = ()
    where: tuple[Where, ...] = ()  # on foreign columns: only these rows are meant for this table
    lag_seconds: int = 0  # for data without a received time: how long after the fact we would have known
    since: date | None = None  # from when this source is complete; default: from its first fact
    history: Literal["last", "every"] = "last"  # several rows of one thing: take the last, or each is a version
    separator: str | None = None  # None: found out
    encoding: str = "utf-8"
    sheet: str | None = None
    nulls: tuple[str, ...] = ("", "NA", "N/A", "NULL", "null", "None")
    time_zone: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Workspace:
    name: str
    time_zone: str = "UTC"
    currency: str = "USD"
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class Churn:
    """Where outcomes come from: the churn table, or subscriptions that ended and did not come back in `grace_days`."""

    source: Literal["churn", "subscriptions"] = "churn"
    grace_days: int = 30


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A figure of others to hold one's own against: a share, and who says so."""

    name: str
    value: float
    source: str


Exchange = Literal["signed", "dated"]


@dataclass(frozen=True, slots=True)
class Money:
    """What revenue is worth: the share that is left after serving, and what a year of waiting costs.

    `exchange`: whether a contract in another currency counts at the rate of the day on which it began, or of each day.
    It moves no score, so it is not part of the version.
    """

    margin: float = 1.0
    discount_a_year: float = 0.10
    exchange: Exchange = "signed"
    benchmarks: tuple[Benchmark, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnTheme:
    """What a company says about a theme of comments: a new one, or an addition to a shipped one, by its name.

    Names and words by language. `dropped`: the shipped one is not looked for; `replaces`: nothing of it stays.
    Themes move no score, so they are not part of the version.
    """

    id: str
    name: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()
    dropped: bool = False
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Definitions:
    """All that a company says about itself; `path` is where it stands, `version` a hash of its meaning."""

    path: str
    version: str
    workspace: Workspace
    sources: Mapping[str, Source]
    metrics: Mapping[str, Metric]  # hidden ones too, in an order in which each needs only those before it
    health: Health
    stages: tuple[Stage, ...] = ()
    churn: Churn = Churn()
    money: Money = Money()
    themes: tuple[OwnTheme, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # name -> language, or "" for all -> text
