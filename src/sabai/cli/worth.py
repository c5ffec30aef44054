"""What `sabai value` says on the terminal; the page says it with pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sabai.cli.columns import UNKNOWN, columns, share
from sabai.cli.pages import noted

if TYPE_CHECKING:
    from sabai.value.values import HeldOut, Values, Worth


def lines(found: Values, top: int) -> Iterator[str]:
    """What a person reads at a glance; money in the workspace's currency."""
    from sabai.dates import from_day

    family = "by contract, without end" if found.family == "contract" else f"in {found.horizon_months} months"
    shares = f"{100 * found.margin:.4g}% of revenue, discounted by {100 * found.discount_a_year:.4g}% a year"
    yield f"Lifetime value on {from_day(found.as_of)}, {family}: {shares}."
    yield f"All together {_span(found, found.total)}; naively {_money(found, found.naive_minor)}."
    yield ""
    yield from _segments(found)
    yield ""
    yield from _models(found)
    yield ""
    yield from _top(found, top)
    yield from _worth_of_points(found)
    yield from _held_out(found, found.held_out) if found.held_out else ()
    yield from _referred(found)
    yield from noted(found.notices)


def _segments(found: Values) -> Iterator[str]:
    heads = (
        "segment",
        "accounts",
        "mean",
        "95% interval",
        "naive",
        "a new one",
        "to win",
        "CLV : CAC",
        "to keep a month",
    )
    rows = [
        (
            each.segment, f"{each.valued:,} of {each.accounts:,}", _money(found, each.mean.value_minor),
            _ends(found, each.mean), _money(found, each.naive_mean_minor), _money(found, each.new_minor),
            _money(found, each.cost_to_win_minor), UNKNOWN if each.ratio is None else f"{each.ratio:.1f}",
            _money(found, each.cost_to_keep_minor),
        )
        for each in found.segments
    ]  # fmt: skip
    yield from columns(heads, rows)


def _models(found: Values) -> Iterator[str]:
    rows = [
        (
            each.of, each.model, ", ".join(f"{name} {number:.4g}" for name, number in each.parameters.items()),
            f"{each.customers:,}", f"{each.log_likelihood:.2f}", share(each.naive_rate),
        )
        for each in found.models
    ]  # fmt: skip
    yield from columns(("fitted to", "model", "parameters", "customers", "log-likelihood", "one rate"), rows, words=3)


def _top(found: Values, top: int) -> Iterator[str]:
    best = found.most_valuable(top)
    rows = [
        (
            f"{row['account_id']} {row['name'] or ''}".strip(), row["segment"], _money(found, row["value_minor"]),
            f"{_money(found, row['low_minor'])} – {_money(found, row['high_minor'])}",
            _money(found, row["naive_minor"]), share(row["share"]), share(row["together"]),
        )
        for row in best.to_dicts()
    ]  # fmt: skip
    heads = ("most valuable", "segment", "value", "95% interval", "naive", "share", "together")
    yield from columns(heads, rows, words=2)


def _worth_of_points(found: Values) -> Iterator[str]:
    for each in found.points:
        points = "1 point" if each.points == 1 else f"{each.points} points"
        yield f"{points} of yearly retention more: {_money(found, each.gain_minor)}, {each.share:+.1%} of all value."


def _held_out(found: Values, later: HeldOut) -> Iterator[str]:
    from sabai.dates import from_day

    def told(name: str, sum_minor: int, error_minor: int) -> str:
        off = f"{sum_minor / later.seen_minor - 1:+.1%}" if later.seen_minor else "nothing was seen"
        return f"{name} {_money(found, sum_minor)} ({off}), off by {_money(found, error_minor)} an account"

    span = f"{from_day(later.from_day)} to {from_day(later.until_day)}"
    yield f"Held out {span}: {later.accounts:,} accounts paid {_money(found, later.seen_minor)} of revenue."
    yield f"  {told('the model said', later.model_minor, later.model_error_minor)};"
    yield f"  {told('naively', later.naive_minor, later.naive_error_minor)}."


def _referred(found: Values) -> Iterator[str]:
    told = found.referrals
    if told:
        paid = "a month" if found.family == "contract" else "so far"
        brought = f"{told.accounts:,} accounts, {told.came:,} of them came, {told.here:,} are customers now"
        money = f"paying {_money(found, told.revenue_minor)} {paid}, worth {_span(found, told.total)}"
        yield f"Referred by customers: {brought}, {money}."


def _span(found: Values, worth: Worth) -> str:
    known = worth.low_minor is not None
    return _money(found, worth.value_minor) + (f" ({_ends(found, worth)})" if known else "")


def _ends(found: Values, worth: Worth) -> str:
    return f"{_money(found, worth.low_minor)} – {_money(found, worth.high_minor)}"


def _money(found: Values, minor: int | None) -> str:
    from sabai.language.language import speak

    return UNKNOWN if minor is None else speak("en").show.money(minor, found.currency)
