"""Health over time: how many customers stood in each band, from the counts that every scoring keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from markupsafe import Markup

from sabai.dates import to_day
from sabai.desk.people.models import User, Workspace
from sabai.desk.scoring.models import Count, OwnCount
from sabai.health.scores import BANDS
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report import charts

SPAN_DAYS = 183
ALL = gettext_noop("Health of all customers over the last half year")
MINE = gettext_noop("Health of my customers over the last half year")
FEWEST = 3  # dates; two make no course


@dataclass(frozen=True, slots=True)
class OverTime:
    """`most` is the top of the scale."""

    chart: Markup
    first: date
    last: date
    most: int


def over_time(workspace: Workspace, as_of: date, language: Language, owner: User | None = None) -> OverTime | None:
    """The last half year of all, or of the customers that `owner` answers for; None where too few dates are known."""
    since = as_of - timedelta(days=SPAN_DAYS)
    counts = OwnCount.of(workspace).filter(owner=owner) if owner else Count.of(workspace)
    rows = counts.filter(as_of__gt=since).order_by("as_of")
    dates: dict[date, list[int]] = {}
    for day, band, accounts in rows.values_list("as_of", "band", "accounts"):
        dates.setdefault(day, [0] * len(BANDS))[BANDS.index(band)] = accounts
    if len(dates) < FEWEST:
        return None
    stood = np.array(list(dates.values()), dtype=np.int64)
    days = np.array([to_day(day) for day in dates], dtype=np.int32)
    first, last = min(dates), max(dates)
    title = language.gettext(MINE if owner else ALL)
    about = language.gettext(
        "Healthy on %(first)s: %(before)s; on %(last)s: %(after)s.",
        first=language.show.date(first),
        before=language.show.fixed(stood[0][0]),
        last=language.show.date(last),
        after=language.show.fixed(stood[-1][0]),
    )
    chart = charts.bands_over_time(days, stood, title, about, language.rtl)
    return OverTime(chart, first, last, int(stood.sum(axis=1).max()))
