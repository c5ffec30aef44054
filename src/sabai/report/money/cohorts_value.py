"""Time to value as a table: each milestone, and how long half of the customers waited for it."""

from __future__ import annotations

from math import isnan

from sabai.language.language import Language
from sabai.report.cells import name
from sabai.report.money.page import Table
from sabai.report.money.survival_words import days_said
from sabai.retention.cohorts.value import Value


def value_table(values: tuple[Value, ...], language: Language) -> Table:
    """All customers, milestone by milestone; cohort by cohort it is in time_to_value.csv."""
    _, show = language.gettext, language.show
    rows = (
        (name(language.called(each.name)), show.fixed(each.customers), show.fixed(each.reached),
         _median(each, language))
        for each in values if not each.cohort
    )  # fmt: skip
    return Table((_("milestone"), _("customers"), _("have had it"), _("half had it after")), tuple(rows))


def _median(value: Value, language: Language) -> str:
    if isnan(value.median.value):
        return language.gettext("not half of them yet")
    return days_said(value.median, language)
