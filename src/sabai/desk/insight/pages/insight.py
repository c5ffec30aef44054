"""What can be said of all customers: health over time, and the answer to each question in one sentence."""

from __future__ import annotations

from datetime import date

import numpy as np
from django.http import HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from sabai.dates import to_day
from sabai.desk.insight.queries import health_over_time, sheets
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.health.scores import BANDS
from sabai.language.language import Language
from sabai.report.charts import bands_over_time
from sabai.report.words import BAND_WORDS

SHOWN = 26  # of the last weeks, in numbers


@page("read")
def insight(request: Speaking, member: Membership) -> HttpResponse:
    language = request.language
    days, counts = health_over_time(member.workspace)
    shown = {
        "sheets": sheets(member, language.code),
        "days": days,
        "most": max((sum(of_day) for of_day in counts), default=0),
        "bands": list(zip(BANDS, counts[-1], strict=True)) if counts else [],
        "lately": list(zip(days, counts, strict=True))[: -SHOWN - 1 : -1],
        "band_words": BAND_WORDS,
        "chart": _drawn(days, counts, language) if counts else "",
    }
    return render(request, "insight/insight.html", shown)


def _drawn(days: list[date], counts: list[list[int]], language: Language) -> Markup:
    title = language.gettext("Customers by band over time")
    words = ", ".join(
        f"{language.gettext(BAND_WORDS[band])} {language.show.fixed(count)}"
        for band, count in zip(BANDS, counts[-1], strict=True)
    )
    about = f"{language.show.date(days[-1])}: {words}"
    at = np.array([to_day(day) for day in days], dtype=np.int32)
    return bands_over_time(at, np.array(counts, dtype=np.int64), title, about, language.rtl)
