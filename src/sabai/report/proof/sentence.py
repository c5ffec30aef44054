"""The one sentence that a proof comes to, in the reader's language."""

from __future__ import annotations

import numpy as np

from sabai.intervals import Interval
from sabai.language.language import Language
from sabai.language.numbers import LEFT_TO_RIGHT
from sabai.proof.prove import Proof


def sentence(proof: Proof, language: Language) -> str:
    """What the data says of the score, or that it says nothing."""
    if proof.verdict == "too few":
        return language.gettext(
            "Too few churned accounts (%(churned)s) to say.", churned=language.show.fixed(proof.rows.churned)
        )
    if proof.verdict == "nobody stayed":
        return language.gettext(
            "Everybody left (%(churned)s accounts): there is nobody to compare them with.",
            churned=language.show.fixed(proof.rows.churned),
        )
    return {"foretells": _foretells, "no evidence": _no_evidence, "wrong way round": _wrong_way}[proof.verdict](
        proof, language
    )


def span(low: str, high: str) -> str:
    """From one end of an interval to the other, as text."""
    return f"{alone(low)}–{alone(high)}"


def alone(number: str) -> str:
    """A number behind a left-to-right mark is kept apart from what follows: the mark would turn that too.

    >>> alone("\u200e-1.5") == "\u2066\u200e-1.5\u2069", alone("1.5")
    (True, '1.5')
    """
    return f"\u2066{number}\u2069" if number.startswith(LEFT_TO_RIGHT) else number


def where(proof: Proof, language: Language) -> str:
    """How many rows of which months the proof speaks of."""
    _, show = language.gettext, language.show
    num, as_of = len(proof.rows), proof.as_of
    if proof.replay.question.cross_section:
        return language.ngettext("On %(num)s account", "On %(num)s accounts", num)
    if proof.replay.question.every == "week":
        counted = language.ngettext("On %(num)s account-week", "On %(num)s account-weeks", num)
    else:
        counted = language.ngettext("On %(num)s account-month", "On %(num)s account-months", num)
    first, last = show.month(as_of[0] - 1), show.month(as_of[1] - 1)  # an as-of date ends the day before it
    if first == last:
        return _("%(counted)s of %(month)s", counted=counted, month=first)
    return _("%(counted)s from %(first)s to %(last)s", counted=counted, first=first, last=last)


def _foretells(proof: Proof, language: Language) -> str:
    _, show, ratio = language.gettext, language.show, proof.red_to_green
    if np.isfinite([ratio.value, ratio.low, ratio.high]).all() and ratio.low > 1:
        return _(
            "%(where)s, red accounts left %(times)s times as often as green (%(span)s).",
            where=where(proof, language), times=show.fixed(ratio.value, 1),
            span=span(show.fixed(ratio.low, 1), show.fixed(ratio.high, 1)),
        )  # fmt: skip
    return _(
        "%(where)s, the score put an account that left below one that stayed in %(share)s of pairs (%(span)s); "
        "chance is 50%%.",
        where=where(proof, language), share=show.percent(proof.auc.value), span=shares(proof.auc, language),
    )  # fmt: skip


def _no_evidence(proof: Proof, language: Language) -> str:
    return language.gettext(
        "This data gives no evidence that the score foretells churn: %(where)s, it put an account that left below one "
        "that stayed in %(share)s of pairs (%(span)s), and chance is 50%%.",
        where=_inside(where(proof, language)), share=language.show.percent(proof.auc.value),
        span=shares(proof.auc, language),
    )  # fmt: skip


def _wrong_way(proof: Proof, language: Language) -> str:
    return language.gettext(
        "The score stands the wrong way round: %(where)s, accounts that left had the better score in %(share)s of "
        "pairs (%(span)s).",
        where=_inside(where(proof, language)), share=language.show.percent(1 - proof.auc.value),
        span=shares(Interval(1 - proof.auc.value, 1 - proof.auc.high, 1 - proof.auc.low), language),
    )  # fmt: skip


def shares(interval: Interval, language: Language) -> str:
    return span(language.show.percent(interval.low), language.show.percent(interval.high))


def _inside(words: str) -> str:
    """In the middle of a sentence."""
    return words[:1].lower() + words[1:]
