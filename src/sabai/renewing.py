"""The path looked ahead upon: facts → scores of the past and of today → what will renew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import polars as pl

from sabai.dates import as_of_dates, from_day, to_day
from sabai.definitions.model import Definitions
from sabai.errors import Issue
from sabai.facts.landed import Facts
from sabai.health.scores import Scores
from sabai.metrics.calendar import first_known, last_known
from sabai.pipeline import Request, walk
from sabai.proof.leaving import leavings, settle_days
from sabai.proof.replay import Question, replayed
from sabai.renewals.calls_file import calls_beside
from sabai.renewals.forecast import Renewals, forecast_renewals
from sabai.renewals.issued import issued
from sabai.renewals.judge import judge
from sabai.renewals.judgement import Judgement
from sabai.renewals.renewal import Renewal
from sabai.renewals.sums import Sum
from sabai.report.names import Named, account_names
from sabai.report.tables import write_scores_csv


@dataclass(frozen=True, slots=True)
class Forecast:
    """`names` of the accounts; `left_out` are lines of calls.csv that were not understood."""

    renewals: Renewals
    names: dict[str, Named]
    left_out: tuple[Issue, ...]


def forecast(request: Request, facts: Facts, as_of: date | None, horizon_days: int | None) -> Forecast:
    """What renews within the horizon after a date, by default the day after the last fact; no horizon: to the end of
    its quarter. `facts` are those of the request. Raises FactsError where there are no dated facts."""
    definitions = request.definitions
    day = to_day(as_of) if as_of else last_known(facts) + 1
    days = horizon_days or until_quarter_end(from_day(day))

    def scored(judged: Definitions, facts: Facts, asked: Sequence[int]) -> Iterable[Scores]:
        return walk(judged, facts, asked, request.progress, request.each_run)[0]

    asked = [*_month_ends(facts, day), from_day(day)]
    past = replayed(Question(days, label="effective"), definitions, facts, asked, scored).past
    calls, left_out = calls_beside(definitions, facts.account_ids)
    request.progress("forecasting", 0, 1)
    found = forecast_renewals(facts, definitions, day, days, past, calls)
    request.progress("forecasting", 1, 1)
    return Forecast(found, dict(account_names(facts, day)), left_out)


def judgement(facts: Facts, definitions: Definitions, out: Path) -> Judgement:
    """The forecasts that were issued to `out`/forecasts, beside what happened."""
    until = last_known(facts) + 1
    left = leavings(facts, definitions, until)
    return judge(issued(out), left, facts.account_ids, until, settle_days(definitions, left))


def until_quarter_end(day: date) -> int:
    """Days left of the calendar quarter, its last day and `day` itself included.

    >>> until_quarter_end(date(2026, 10, 1)), until_quarter_end(date(2026, 12, 31))
    (92, 1)
    """
    month = day.month + 2 - (day.month - 1) % 3
    following = date(day.year + month // 12, month % 12 + 1, 1)
    return (following - day).days


def as_data(found: Forecast) -> dict[str, object]:
    """For programs, in English: money in minor units, null is unknown."""
    told = found.renewals
    return {
        "as_of": from_day(told.as_of), "until": from_day(told.until), "horizon_days": told.horizon_days,
        "currency": told.currency, "definitions_version": told.version, "total": told.total,
        "months": told.months, "owners": told.owners, "segments": told.segments, "products": told.products,
        "rolling": told.rolling, "notice_minor": told.notice_minor, "called": told.called,
        "whales": told.whales, "inaction": [{**asdict(each), "day": from_day(each.day)} for each in told.inaction],
        "chances": told.chances.sentence, "past_rate": told.chances.rate, "past_renewals": told.chances.renewals,
        "judged": told.chances.judged, "shock": told.shock, "last_year_rate": told.naive,
        "renewals": [_due(each, found.names) for each in told.renewals], "notices": told.notices,
    }  # fmt: skip


def write(found: Forecast, folder: Path) -> tuple[Path, ...]:
    """due.csv, months.csv and owners.csv in `folder`; text that a spreadsheet would run is made harmless."""
    all_due = found.renewals
    frames = {
        "due.csv": pl.DataFrame([_due(each, found.names) for each in all_due.renewals], infer_schema_length=None),
        "months.csv": pl.DataFrame([_sum("month", each) for each in all_due.months]),
        "owners.csv": pl.DataFrame([_sum("owner", each) for each in all_due.owners]),
    }
    for name, frame in frames.items():
        write_scores_csv(frame, folder / name)
    return tuple(folder / name for name in frames)


def _due(each: Renewal, names: dict[str, Named]) -> dict[str, object]:
    due, call = each.due, each.call
    named = names.get(due.account_id)
    return {
        "account_id": due.account_id, "name": named.name if named else due.account_id, "due_on": from_day(due.day),
        "days_left": due.days_left, "monthly_minor": due.monthly_minor, "value_minor": due.value_minor,
        "term_months": due.term_months, "auto_renew": due.auto_renew, "notice": due.notice,
        "product": " + ".join(name for name, _ in due.products), "owner": due.owner, "segment": due.segment,
        "score": each.score, "p": each.p, "p_from": each.how, "expected_minor": each.expected_minor,
        "reasons": "; ".join(reason.factor for reason in each.reasons),
        "call": call.call if call else None, "p_called": call.probability if call else None,
        "called_by": call.who if call else None,
    }  # fmt: skip


def _sum(name: str, each: Sum) -> dict[str, object]:
    return {
        name: each.name, "renewals": each.renewals, "accounts": each.accounts, "due_minor": each.due_minor,
        "expected_minor": each.expected_minor, "p10_minor": each.p10_minor, "p50_minor": each.p50_minor,
        "p90_minor": each.p90_minor,
    }  # fmt: skip


def _month_ends(facts: Facts, before: int) -> list[date]:
    """From four weeks after the first fact, as proof looks back from them."""
    first = from_day(first_known(facts) + 28)
    start = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return [day for day in as_of_dates(start, from_day(before), "month") if to_day(day) < before]
