"""What a person reads of a forecast of renewals: the headline, the sums, who is most at stake, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sabai.cli.columns import UNKNOWN, columns, share

if TYPE_CHECKING:
    from sabai.renewals.forecast import Renewals
    from sabai.renewals.renewal import Renewal
    from sabai.renewals.sums import Sum
    from sabai.renewing import Forecast

SHOWN = 10
APART = 0.3  # an owner and the forecast who differ by so much should talk


def lines(found: Forecast, by: str) -> Iterator[str]:
    """The headline first, then the sums by month, owner, segment or product, the riskiest, and where work pays most."""
    told = found.renewals
    yield from _headline(told)
    yield from _sums(told, by)
    yield from _at_stake(found)
    yield from _inaction(found)
    yield from _whales(found)
    yield from _calls(found)
    if told.notices:
        yield ""
        yield from told.notices


def _headline(told: Renewals) -> Iterator[str]:
    whole = told.total
    due = f"{_money(whole.due_minor, told)} due by {_date(told.until)}"
    if whole.p10_minor is None:
        yield f"{due}, {whole.renewals:,} renewals. What of it will come cannot be told."
    else:
        yield f"Of {due}, {_money(whole.expected_minor, told)} ({_span(whole, told)}, P10–P90) are expected to renew."
    yield told.chances.sentence
    yield from _how_sure(told)
    if told.naive is not None and whole.due_minor:
        same = told.naive * (whole.due_minor - told.notice_minor)
        yield f"At the rate of a year ago ({told.naive:.0%}) it would be {_money(same, told)}."
    if told.notice_minor:
        yield f"{_money(told.notice_minor, told)} of it has been given notice."
    rolling = told.rolling
    if rolling.accounts:
        left = f"; {rolling.notices:,} of them have given notice" if rolling.notices else ""
        paid = _money(rolling.monthly_minor, told)
        yield f"Not in it: {rolling.accounts:,} accounts that renew every month, for {paid} a month{left}."


def _how_sure(told: Renewals) -> Iterator[str]:
    """How the chances did on later renewals, and how much renewals move together."""
    judged, shock = told.chances.judged, told.shock
    if judged is not None:
        slope = f"slope {judged.slope.value:.2f} ({judged.slope.low:.2f} – {judged.slope.high:.2f}), 1 is right"
        error = f"off by {judged.error:.1%}, a right one stays below {judged.floor:.1%}"
        yield f"Checked on later renewals: Brier {judged.brier.value:.3f}, {slope}; {error}."
    if told.renewals:
        seen = f"from {shock.quarters:,} past quarters" if shock.quarters else "taken as usual"
        yield f"The span allows for what moves all customers together (τ {shock.tau:.2f}, {seen})."


def _sums(told: Renewals, by: str) -> Iterator[str]:
    groups = {"month": told.months, "owner": told.owners, "segment": told.segments, "product": told.products}[by]
    if groups:
        yield ""
        heads = (by, "renewals", "due", "expected", "share", "P10 – P90")
        yield from columns(heads, [_sum(each, told) for each in groups])


def _sum(each: Sum, told: Renewals) -> tuple[str, ...]:
    amounts = (_money(amount, told) for amount in (each.due_minor, each.expected_minor))
    return each.name or "unknown", f"{each.renewals:,}", *amounts, share(each.share, 0), _span(each, told)


def _at_stake(found: Forecast) -> Iterator[str]:
    """By what may be lost, in money: a sure loss of little matters less than a likely one of much."""
    known = [each for each in found.renewals.renewals if each.p is not None and each.value_minor]
    worst = sorted(known, key=lambda each: -((1 - (each.p or 0.0)) * each.value_minor))[:SHOWN]
    if worst:
        yield ""
        heads = ("most at stake", "name", "due on", "value", "renews", "score")
        table = list(columns(heads, [_one(each, found) for each in worst], words=3))
        told = ["what pulls its score down", *(", ".join(_why(each)) for each in worst)]
        yield from (f"{line}   {why}".rstrip() for line, why in zip(table, told, strict=True))


def _one(each: Renewal, found: Forecast) -> tuple[str, ...]:
    score = UNKNOWN if each.score is None else f"{each.score:.0f}"
    account, amount = each.due.account_id, _money(each.value_minor, found.renewals)
    return account, _name(account, found), _date(each.due.day), amount, share(each.p, 0), score


def _why(each: Renewal) -> Iterator[str]:
    if each.due.notice:
        yield "has given notice"
    for reason in each.reasons:
        if reason.points is None:
            yield f"deductions −{reason.costs:.0f}"
        else:
            yield f"{reason.factor} {reason.points:.0f} (usual {reason.usual:.0f})"


def _inaction(found: Forecast) -> Iterator[str]:
    told, saved = found.renewals, found.renewals.inaction[:SHOWN]
    if saved:
        gain = _money(sum(each.gain_minor for each in saved), told)
        yield ""
        yield f"The price of doing nothing: were these healthy, {gain} more would be expected."
        rows = [
            (each.account_id, _name(each.account_id, found), _money(each.gain_minor, told), share(each.p, 0),
             share(each.if_healthy, 0), _money(each.value_minor, told))
            for each in saved
        ]  # fmt: skip
        yield from columns(("account", "name", "gain", "renews", "healthy", "value"), rows, words=2)


def _whales(found: Forecast) -> Iterator[str]:
    told, whales = found.renewals, found.renewals.whales
    if not whales.largest or whales.effective is None:
        return
    first, rest = whales.largest[0], whales.without
    yield ""
    part = f"{_name(first.account_id, found) or first.account_id} is {first.share:.0%} of all that is due"
    yield f"{part}, which hangs on as few as {whales.effective:.0f} renewals of one size would."
    if rest and rest.p10_minor is not None:
        yield f"Were it lost, {_money(rest.expected_minor, told)} ({_span(rest, told)}) would be expected."


def _calls(found: Forecast) -> Iterator[str]:
    told, called = found.renewals, found.renewals.called
    if called is None:
        return
    yield ""
    expects = f"the forecast expects {_money(called.expected_minor, told)}, they {_money(called.called_minor, told)}"
    yield f"Owners have called {called.renewals:,} renewals: of {_money(called.due_minor, told)} {expects}."
    for each in told.renewals:
        if each.call and each.p is not None and abs(each.call.probability - each.p) >= APART:
            says = f"{each.call.who} says {each.call.call} ({each.call.probability:.0%}), the forecast {each.p:.0%}"
            yield f"  {each.due.account_id}: {says}."


def _name(account_id: str, found: Forecast) -> str:
    """Empty where it has none but its id."""
    named = found.names.get(account_id)
    return named.name if named and named.name != account_id else ""


def _span(each: Sum, told: Renewals) -> str:
    return f"{_money(each.p10_minor, told)} – {_money(each.p90_minor, told)}"


def _money(minor: float | None, told: Renewals) -> str:
    from sabai.language.language import speak

    return speak("en").show.money_short(minor, told.currency)


def _date(day: int) -> str:
    from sabai.language.language import speak

    return speak("en").show.date(day)
