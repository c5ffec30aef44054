"""Lists of what customers are worth: segments with their costs, the most valuable, hold-out, referrals, models."""

from __future__ import annotations

import polars as pl

from sabai.language.language import Language
from sabai.report.cells import name
from sabai.report.money.page import Table
from sabai.report.money.value_words import ends_of, model_name, model_of, segment_called, short_money, worth_of
from sabai.value.values import HeldOut, Referrals, Values, Worth

MOST_VALUABLE, MOST_REFERRERS = 25, 15


def tables(found: Values) -> dict[str, pl.DataFrame]:
    """By the name of their file: every account, and every parameter of every model."""
    rows = [
        {"of": each.of, "model": each.model, "parameter": name, "value": number, "error_of_log": each.errors[name],
         "log_likelihood": each.log_likelihood, "customers": each.customers, "naive_rate": each.naive_rate,
         "notices": " ".join(each.notices)}
        for each in found.models
        for name, number in each.parameters.items()
    ]  # fmt: skip
    return {"accounts": found.accounts, "models": pl.DataFrame(rows, schema_overrides={"naive_rate": pl.Float64})}


def segments(found: Values, language: Language) -> Table:
    """Each with the value of its customers, now and of a new one."""
    _, show = language.gettext, language.show
    heads = (
        _("segment"), _("customers"), _("with a value"), _("worth in all"), _("a customer"), _("naively"),
        _("a new one"),
    )  # fmt: skip
    rows = (
        (segment_called(each.segment, language), show.fixed(each.accounts), show.fixed(each.valued),
         short_money(each.total.value_minor, found, language), worth_of(each.mean, found, language),
         short_money(each.naive_mean_minor, found, language), short_money(each.new_minor, found, language))
        for each in found.segments
    )  # fmt: skip
    return Table(heads, tuple(rows))


def costs(found: Values, language: Language) -> Table:
    """What it costs to win a customer and to keep one, where anybody says so."""
    _, show = language.gettext, language.show
    rows = (
        (segment_called(each.segment, language), short_money(each.new_minor, found, language),
         short_money(each.cost_to_win_minor, found, language), show.fixed(each.ratio, 1),
         short_money(each.cost_to_keep_minor, found, language))
        for each in found.segments
        if each.cost_to_win_minor is not None or each.cost_to_keep_minor is not None
    )  # fmt: skip
    heads = (_("segment"), _("a new one is worth"), _("to win one"), _("CLV : CAC"), _("to keep one a month"))
    return Table(heads, tuple(rows))


def most_valuable(found: Values, language: Language) -> Table:
    """With the share of all value that each has, and all up to it together."""
    _, show = language.gettext, language.show
    heads = (
        _("customer"), _("segment"), _("worth"), _("may well be"), _("naively"), _("share"), _("together"),
    )  # fmt: skip
    rows = []
    for row in found.most_valuable(MOST_VALUABLE).to_dicts():
        worth = Worth(*(row[f"{end}_minor"] for end in ("value", "low", "high")))
        value, naive = (short_money(minor, found, language) for minor in (worth.value_minor, row["naive_minor"]))
        rows.append(
            (name(row["name"] or row["account_id"]), segment_called(row["segment"], language), value,
             ends_of(worth, found, language) or show.unknown, naive, show.percent(row["share"], 1),
             show.percent(row["together"], 1))
        )  # fmt: skip
    return Table(heads, tuple(rows), words=2)


def held_out(later: HeldOut, found: Values, language: Language) -> Table:
    """What was foretold, by how much it was off in all, and for one customer on average."""
    _, show = language.gettext, language.show
    ways = (
        (_("by the model"), later.model_minor, later.model_error_minor),
        (_("naively"), later.naive_minor, later.naive_error_minor),
    )
    rows = (
        (way, short_money(minor, found, language),
         show.percent(minor / later.seen_minor - 1 if later.seen_minor else None, 1),
         short_money(error, found, language))
        for way, minor, error in ways
    )  # fmt: skip
    return Table((_("how"), _("foretold"), _("off in all"), _("off for a customer")), tuple(rows))


def referrers(told: Referrals, found: Values, language: Language) -> Table:
    """Who brought customers, those first whose are worth most."""
    _, show = language.gettext, language.show
    names = dict(found.accounts.select("account_id", "name").iter_rows())
    best = told.by_referrer.head(MOST_REFERRERS).to_dicts()
    rows = (
        (name(names.get(row["account_id"]) or row["account_id"]), show.fixed(row["brought"]),
         short_money(row["revenue_minor"], found, language), short_money(row["value_minor"], found, language))
        for row in best
    )  # fmt: skip
    paid = _("they pay a month") if found.family == "contract" else _("they spent")
    return Table((_("customer"), _("brought"), paid, _("they are worth")), tuple(rows))


def models(found: Values, language: Language) -> Table:
    """Every model with its parameters."""
    _, show = language.gettext, language.show
    heads = (_("fitted to"), _("model"), _("parameters"), _("customers"), _("log-likelihood"), _("one rate for all"))
    rows = (
        (model_of(each, language), model_name(each, language),
         ", ".join(f"{word}\u00a0=\u00a0{show.number(number, 3)}" for word, number in each.parameters.items()),
         show.fixed(each.customers), show.number(each.log_likelihood, 2), show.percent(each.naive_rate, 1))
        for each in found.models
    )  # fmt: skip
    return Table(heads, tuple(rows), words=3)
