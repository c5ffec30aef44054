"""Feedback as plain data, for programs."""

from __future__ import annotations

from dataclasses import asdict

from sabai.dates import from_day
from sabai.feedback.drivers import Contact, Together
from sabai.feedback.exits import ExitReason
from sabai.feedback.feedback import Feedback
from sabai.feedback.numbers.cells import Cell
from sabai.feedback.numbers.changes import Change
from sabai.feedback.numbers.scales import Question
from sabai.feedback.rate import Rate, ResponseRate
from sabai.feedback.results import Results
from sabai.feedback.silent import Reweighted
from sabai.feedback.wished import Wish
from sabai.feedback.words.leaving import Left
from sabai.feedback.words.themes import Theme
from sabai.retention.periods import label_of


def told_feedback(found: Feedback) -> dict[str, object]:
    """Everything that `sabai feedback --json` says."""
    days = found.asked
    return {
        "from": from_day(days.first),
        "to": from_day(days.until),
        "lately_from": from_day(days.lately[0]),
        "every": days.periods.every,
        "by": days.by,
        "customers": found.customers,
        "questions": [_results(each, found) for each in found.questions],
        "response_rates": [_rates(each, found) for each in found.rates],
        "health": [asdict(each) for each in found.standings],
        "reweighted": told_reweighted(found.reweighted),
        "touchpoints_before": [told_contact(each) for each in found.contacts],
        "rises_with": [told_together(each) for each in found.rising],
        "texts": dict(found.words.where),
        "unread": found.words.unread or None,
        "themes": [told_theme(each) for each in found.words.themes],
        "exit_reasons": [told_exit(each) for each in found.exits],
        "wishes": [told_wish(each) for each in found.wishes],
        "currency": found.currency,
        "notices": list(found.notices),
    }


def question_name(question: Question) -> str:
    """NPS, or the kind with its scale; an own question by the name of its survey.

    >>> question_name(Question("nps", 0, 10)), question_name(Question("ces", 1, 7))
    ('NPS', 'CES 1–7')
    """
    if question.kind == "nps":
        return "NPS"
    name = question.survey if question.kind == "rating" and question.survey else question.kind.upper()
    return f"{name} {question.low:g}–{question.high:g}"


def told_cell(cell: Cell) -> dict[str, object]:
    """How many, what is read first, and what else can be said of such a question."""
    said: dict[str, object] = {"n": cell.n, "accounts": cell.accounts, cell.question.main: asdict(cell.main)}
    if cell.question.main == "nps":
        return said | {"promoters": cell.votes.promoters, "passives": cell.votes.passives,
                       "detractors": cell.votes.detractors}  # fmt: skip
    return said | {"mean": asdict(cell.mean), "share": asdict(cell.share)}


def told_change(change: Change) -> dict[str, object]:
    return {**asdict(change.difference), "p": change.p, "p_of_many": change.p_of_many}


def _results(of: Results, found: Feedback) -> dict[str, object]:
    periods = found.asked.periods
    return {
        "question": question_name(of.question),
        **asdict(of.question),
        "lately": told_cell(of.lately),
        "by_account": asdict(of.by_account),
        "by_revenue": asdict(of.by_revenue),
        "periods": [
            {"period": label_of(periods, place), **told_cell(cell), "change": told_change(change)}
            for place, (cell, change) in enumerate(zip(of.each, of.changes, strict=True))
        ],
        "groups": {
            by: [
                {"name": each.name or None, **told_cell(each.cell), "against_others": told_change(each.against_others)}
                for each in groups
            ]
            for by, groups in of.groups.items()
        },
    }


def told_rate(rate: Rate) -> dict[str, object]:
    return {"asked": rate.asked, "answered": rate.answered, "share": asdict(rate.share)}


def _rates(of: ResponseRate, found: Feedback) -> dict[str, object]:
    periods = found.asked.periods
    return {
        "kind": of.kind,
        "lately": told_rate(of.lately),
        "periods": [{"period": label_of(periods, at), **told_rate(each)} for at, each in enumerate(of.each)],
        "groups": {
            by: [{"name": name or None, **told_rate(each)} for name, each in groups] for by, groups in of.groups.items()
        },
    }


def told_reweighted(of: Reweighted | None) -> dict[str, object] | None:
    return None if of is None else {**asdict(of), "nps": asdict(of.nps)}


def told_contact(of: Contact) -> dict[str, object]:
    return {"what": of.what, "with": told_cell(of.cell), "without": told_cell(of.without), **told_change(of.change)}


def told_together(of: Together) -> dict[str, object]:
    return {"name": of.name, "dimension": of.dimension, "n": of.n, **told_change(of.change)}


def told_left(of: Left) -> dict[str, object]:
    return {**asdict(of), "share": asdict(of.share), "others_share": asdict(of.others_share),
            "difference": told_change(of.change)}  # fmt: skip


def told_theme(of: Theme) -> dict[str, object]:
    return {
        "theme": of.id,
        "names": dict(of.names),
        "mentions": of.mentions,
        "accounts": of.accounts,
        "sure": of.sure,
        "negative": asdict(of.negative),
        "with": told_cell(of.score) if of.score else None,
        "without": told_cell(of.without) if of.without else None,
        "effect": told_change(of.effect),
        "left": told_left(of.left),
        "periods": of.each,
        "rise": told_change(of.rise),
        "segments": [{"segment": name, "mentions": n, "texts": texts} for name, n, texts in of.segments],
        "quotes": [asdict(each) for each in of.quotes],
    }


def told_exit(of: ExitReason) -> dict[str, object]:
    return {**asdict(of), "reason": of.reason or None}


def told_wish(of: Wish) -> dict[str, object]:
    return {**asdict(of), "left": told_left(of.left)}
