"""What each sheet asks of the library, in the words of `sabai retention`, `sabai revenue` and so on. Only jobs come in.

Each function is named like its sheet, writes the sheet's tables to `folder`, and gives what it says in a language.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sabai.desk.insight.said import Said, Speaks
from sabai.facts.landed import Facts
from sabai.feedback.feedback import voiced
from sabai.language.language import Language
from sabai.metrics.calendar import last_known
from sabai.pipeline import Request
from sabai.proof.replay import Question as Foretold
from sabai.proving import proven
from sabai.receivables.receivables import receivables as receivables_in
from sabai.renewing import forecast, write
from sabai.report.feedback.feedback import feedback_page, write_feedback
from sabai.report.money.cohorts import cohorts_page, write_cohorts
from sabai.report.money.page import Page, render_main
from sabai.report.money.receivables import receivables_page, write_receivables
from sabai.report.money.renewals import renewals_page
from sabai.report.money.retention import retention_page, write_retention
from sabai.report.money.revenue import revenue_page, write_revenue
from sabai.report.money.survival import survival_page, write_survival
from sabai.report.money.value import value_page, write_value
from sabai.report.proof.page import render_proof
from sabai.report.proof.sentence import sentence
from sabai.report.proof.tables import proof_tables
from sabai.report.tables import write_scores_csv
from sabai.retention.cohorts.cohorts import cohorts as cohorts_in
from sabai.retention.cohorts.question import Question as Beginning
from sabai.retention.earned import earned
from sabai.retention.kept import kept
from sabai.retention.known import known_until
from sabai.retention.span import Span
from sabai.retention.survival.survival import ANY
from sabai.retention.survival.survival import survival as survival_in
from sabai.value.lifetime import Ask, lifetime_values

DRAWS = 1000
AHEAD_DAYS = 90
MONTHS = 12


def proof(request: Request, facts: Facts, folder: Path) -> Speaks:
    found = proven(request, Foretold(), DRAWS)
    for name, frame in proof_tables(found).items():
        write_scores_csv(frame, folder / f"{name}.csv")

    def speaks(language: Language) -> Said:
        answer = sentence(found.proof, language)
        return Said(language.gettext("Proof"), answer, render_proof(found, language, "proof_main.html.j2"))

    return speaks


def feedback(request: Request, facts: Facts, folder: Path) -> Speaks:
    found = voiced(
        facts, request.definitions, Span(every="quarter"), request.out / "snapshots", progress=request.progress
    )
    write_feedback(found, request.definitions, folder, "en")
    return _paged(lambda language: feedback_page(found, language))


def retention(request: Request, facts: Facts, folder: Path) -> Speaks:
    found = kept(facts, request.definitions, Span(), request.out / "snapshots")
    write_retention(found, request.definitions, folder, "en")
    return _paged(lambda language: retention_page(found, language))


def revenue(request: Request, facts: Facts, folder: Path) -> Speaks:
    found = earned(facts, request.definitions, Span())
    write_revenue(found, request.definitions, folder, "en")
    return _paged(lambda language: revenue_page(found, language))


def cohorts(request: Request, facts: Facts, folder: Path) -> Speaks:
    found = cohorts_in(facts, request.definitions, known_until(facts, None), Beginning(), request.progress)
    write_cohorts(found, request.definitions, folder, "en")
    return _paged(lambda language: cohorts_page(found, request.definitions, language))


def survival(request: Request, facts: Facts, folder: Path) -> Speaks:
    found = survival_in(facts, request.definitions, known_until(facts, None), ANY)
    write_survival(found, request.definitions, folder, "en")
    return _paged(lambda language: survival_page(found, language))


def value(request: Request, facts: Facts, folder: Path) -> Speaks:
    meaning, money = request.definitions, request.definitions.money
    ask = Ask(money.margin, money.discount_a_year)
    found = lifetime_values(facts, meaning, last_known(facts) + 1, ask, request.progress)
    write_value(found, meaning, folder, "en")
    return _paged(lambda language: value_page(found, language))


def renewals(request: Request, facts: Facts, folder: Path) -> Speaks:
    found = forecast(request, facts, None, AHEAD_DAYS)
    write(found, folder)
    return _paged(lambda language: renewals_page(found.renewals, found.names, None, language))


def receivables(request: Request, facts: Facts, folder: Path) -> Speaks:
    found = receivables_in(facts, request.definitions, last_known(facts) + 1, MONTHS, {})
    write_receivables(found, "segment", request.definitions, folder, "en")
    return _paged(lambda language: receivables_page(found, "segment", language))


def _paged(page_in: Callable[[Language], Page]) -> Speaks:
    def speaks(language: Language) -> Said:
        page = page_in(language)
        return Said(page.title, page.answer, render_main(page, language))

    return speaks
