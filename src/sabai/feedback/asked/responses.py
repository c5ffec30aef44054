"""Who was asked what and when, and what they answered, as known at a day; what cannot be counted, counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from sabai.facts.landed import Facts
from sabai.feedback.asked.known import columns_of, known_at
from sabai.feedback.numbers.scales import NPS_SCALE
from sabai.retention.stays import made_up

Kind = type[pl.DataType] | pl.DataType
COLUMNS: dict[str, Kind] = {
    "account_id": pl.String,
    "contact_id": pl.String,
    "survey": pl.String,
    "kind": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
    "asked_day": pl.Int32,
    "answered_day": pl.Int32,
    "score": pl.Float64,
    "comment": pl.String,
    "reason": pl.String,
    "language": pl.String,
    "response_id": pl.String,
    "received_day": pl.Int32,
    "fits": pl.Boolean,
}
_OURS = {"low": "scale_min", "high": "scale_max"}
_RATINGS = ("csat", "ces")
_SAME = ("account_id", "contact_id", "survey", "kind", "answered_at", "score", "comment")


@dataclass(frozen=True, slots=True)
class Responses:
    """`rows` has COLUMNS, sorted by account and the day of asking; `score` is null where it fits no scale."""

    rows: pl.DataFrame
    notices: tuple[str, ...]


def days_of(facts: Facts) -> tuple[int, int] | None:
    """The first day on which anybody was asked, and the last of which any answer tells."""
    if not facts.has("responses"):
        return None
    first, last = pl.min_horizontal("asked_day", "answered_day"), pl.max_horizontal("received_day", "answered_day")
    found = facts.scan("responses").select(first.min().alias("first"), last.max().alias("last")).collect().row(0)
    return None if None in found else found


def responses(facts: Facts, until: int) -> Responses:
    """All that was known at the day `until`; answers of later are not there yet. Test accounts do not count."""
    if not facts.has("responses"):
        return Responses(
            pl.DataFrame(schema=COLUMNS), ("There are no responses: nobody was asked, or no source says so.",)
        )
    rows = _known(facts, until)
    again = rows.with_columns(again=_again(rows)).filter(~pl.col("again")).drop("again", "answered_at")
    whole = _on_its_scale(again)
    said = (*_twice(rows.height - again.height), *_unfit(whole), *_elsewhere(facts, whole))
    fitting = whole.with_columns(score=pl.when(pl.col("fits")).then("score"))
    return Responses(fitting.select(*COLUMNS), said)


def _known(facts: Facts, until: int) -> pl.DataFrame:
    """An answer that came later is not known yet: then somebody was asked, and is silent so far."""
    scan = known_at(facts, "responses", until)
    given = columns_of(facts, "responses")
    empty: dict[str, Kind] = {"answered_at": pl.Datetime("us", "UTC"), **COLUMNS}
    columns = [_column(name, kind, given) for name, kind in empty.items() if name != "fits"]
    day = pl.coalesce("asked_day", "answered_day")
    rows = scan.select(columns).with_columns(asked_day=day).filter(day < until)
    late = pl.col("answered_day") >= until
    kept = [pl.when(~late).then(name).alias(name) for name in ("answered_day", "answered_at", "score", "comment")]
    answered = pl.col("answered_day").is_not_null() | (pl.col("score").is_not_null() & pl.col("answered_at").is_null())
    rows = rows.with_columns(kept).with_columns(
        answered_day=pl.when(answered & ~late.fill_null(value=False)).then(pl.coalesce("answered_day", "asked_day"))
    )
    return rows.join(made_up(facts).lazy(), on="account_id", how="anti").sort("account_id", "asked_day").collect()


def _column(name: str, kind: Kind, given: list[str]) -> pl.Expr:
    own = _OURS.get(name, name)
    found = pl.col(own) if own in given else pl.lit(None, dtype=kind)
    return found.str.to_lowercase().fill_null("").alias(name) if name == "kind" else found.alias(name)


def _again(rows: pl.DataFrame) -> pl.Series:
    """The same person's same answer under another id; of people without a name nobody knows."""
    first = pl.struct(_SAME).is_first_distinct()
    named = pl.col("contact_id").is_not_null() & pl.col("answered_day").is_not_null()
    return rows.select(named & ~first).to_series()


def _on_its_scale(rows: pl.DataFrame) -> pl.DataFrame:
    """NPS is asked from 0 to 10, whether somebody says so or not; of all others the scale must be said."""
    nps = pl.col("kind") == "nps"
    ends = [
        pl.when(nps).then(pl.coalesce(end, pl.lit(value))).otherwise(end).alias(end)
        for end, value in zip(("low", "high"), NPS_SCALE, strict=True)
    ]
    spanned = (pl.col("low") < pl.col("high")).fill_null(value=False)
    proper = pl.when(nps).then((pl.col("low") == NPS_SCALE[0]) & (pl.col("high") == NPS_SCALE[1])).otherwise(spanned)
    inside = pl.col("score").is_between("low", "high").fill_null(value=True)
    rows = rows.with_columns(ends).with_columns(spanned=proper, inside=inside)
    return rows.with_columns(fits=pl.col("spanned") & pl.col("inside"))


def _twice(rows: int) -> Iterator[str]:
    if rows:
        yield f"Answers that came again under another id, of the same person, word for word: {rows:,}. They count once."


def _unfit(rows: pl.DataFrame) -> Iterator[str]:
    """Scores alone; a comment stays a comment."""
    scored = rows.filter(pl.col("score").is_not_null())
    nps = scored.filter(pl.col("kind") == "nps", ~pl.col("spanned")).height
    if nps:
        yield f"NPS answers on another scale than 0–10: {nps:,}. They are left out: another scale is another question."
    without = scored.filter(pl.col("kind").is_in(["nps", "exit"]).not_(), ~pl.col("spanned")).height
    if without:
        yield f"Ratings of which nobody says the scale: {without:,}. They are left out."
    beyond = scored.filter(pl.col("spanned"), ~pl.col("inside")).height
    if beyond:
        yield f"Scores outside their scale: {beyond:,}. They are left out."


def _elsewhere(facts: Facts, rows: pl.DataFrame) -> Iterator[str]:
    """Who answers for two accounts, by their id or by their address."""
    known = rows.filter(pl.col("contact_id").is_not_null(), pl.col("answered_day").is_not_null())
    people = known.select("account_id", "contact_id").unique()
    if "email" in columns_of(facts, "contacts"):
        mails = facts.scan("contacts").filter(pl.col("superseded_day").is_null(), pl.col("email").is_not_null())
        named = mails.select("contact_id", mail=pl.col("email").str.strip_chars().str.to_lowercase()).collect()
        people = people.join(named.unique("contact_id"), on="contact_id", how="left")
        people = people.with_columns(contact_id=pl.coalesce("mail", "contact_id")).drop("mail").unique()
    several = people.group_by("contact_id").len().filter(pl.col("len") > 1).height
    if several:
        yield f"People who answered for more than one customer: {several:,}. They count once for each."


def asked_kinds(rows: pl.DataFrame) -> pl.DataFrame:
    """What it was about: nps, csat, ces, or a rating of its own; exit surveys are told with the reasons."""
    kind = pl.when(pl.col("kind").is_in(["nps", *_RATINGS])).then("kind").otherwise(pl.lit("rating"))
    return rows.filter(pl.col("kind") != "exit").with_columns(kind=kind)
