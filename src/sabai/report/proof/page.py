"""The proof as one HTML file that opens anywhere: the one sentence, the pictures, and every number behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import isnan
from pathlib import Path

from markupsafe import Markup

from sabai.intervals import Interval
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language, speak
from sabai.proof.parts import Kind
from sabai.proof.prove import Verdict
from sabai.proof.stability import SMALL, Drift
from sabai.report.environment import environment, own
from sabai.report.proof.alarms import DRIFTS, VERDICTS, alarmed
from sabai.report.proof.pictures import pictures
from sabai.report.proof.sentence import sentence
from sabai.report.proof.told import ProofTold, Written
from sabai.report.said_again import said_again
from sabai.store.aside import aside

VERDICT_WORDS: dict[Verdict, tuple[str, str]] = {
    "foretells": ("healthy", gettext_noop("it foretells")),
    "no evidence": ("at_risk", gettext_noop("no evidence")),
    "wrong way round": ("unhealthy", gettext_noop("wrong way round")),
    "too few": ("unknown", gettext_noop("too few to say")),
    "nobody stayed": ("unknown", gettext_noop("nobody stayed")),
}
PART_WORDS: dict[Kind, str] = {
    "young": gettext_noop("in onboarding"),
    "grown": gettext_noop("past onboarding"),
    "exposed": gettext_noop("a renewal due in the window"),
    "not exposed": gettext_noop("no renewal due in the window"),
    "by revenue": gettext_noop("all, counted by revenue"),
}


def write_proof_page(told: ProofTold, path: Path, lang: str = "en") -> Path:
    """Writes the page to `path` in one of LANGUAGES; UsageError for another language."""
    html = render_proof(told, speak(lang).calling(told.proof.replay.definitions.labels))
    with aside(path) as unfinished:
        unfinished.write_text(html, encoding="utf-8")
    return path


def render_proof(told: ProofTold, language: Language, template: str = "proof.html.j2") -> str:
    """The whole page as text; with "proof_main.html.j2", only what stands in its `<main>`."""
    alarms = alarmed(told.alarms, language)
    return (
        environment(language.code)
        .get_template(template)
        .render(
            language=language,
            told=told,
            proof=told.proof,
            replay=told.proof.replay,
            sentence=sentence(told.proof, language),
            verdict=VERDICT_WORDS[told.proof.verdict],
            pictures={name: _framed(each.inline, each.caption) for name, each in pictures(told, language).items()},
            written=Written(language),
            fired=[alarm for alarm in alarms if alarm.fired],
            quiet=[alarm for alarm in alarms if not alarm.fired],
            said=lambda text: said_again(text, VERDICTS, language),
            part_words=PART_WORDS,
            measures=list(_measures(told, language)),
            of_revenue=list(_of_revenue(told, language)),
            shifted=[said_again(each.sentence, DRIFTS, language) for each in _shifted(told, language)],
            missing_years=_missing_years(told),
            style=Markup(own("report.css") + own("picture.css") + own("proof.css")),
        )
    )


def _framed(svg: Markup, caption: str) -> Markup:
    return Markup('<figure class="drawn">{}<figcaption>{}</figcaption></figure>').format(svg, caption)


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table of every number, and what it is read beside."""

    name: str
    value: str | None  # None: too few left to say
    beside: str


def _measures(told: ProofTold, language: Language) -> Iterator[Measure]:
    """All of them; what is not known says so."""
    _, show, written, proof = language.gettext, language.show, Written(language), told.proof
    yield Measure(_("AUC"), written.plain(proof.auc), _("%(value)s is chance", value=show.fixed(0.5, 1)))
    yield Measure(
        _("Average precision"), written.plain(proof.average_precision),
        _("%(value)s is chance", value=show.fixed(proof.rows.base_rate, 3)),
    )  # fmt: skip
    chance = _("%(value)s is chance", value=show.fixed(1))
    for worst, lift in proof.lift.items():
        yield Measure(_("Lift at %(share)s", share=show.percent(worst / 100)), written.times(lift), chance)
    for worst, caught in proof.capture.items():
        share = show.percent(worst / 100)
        yield Measure(
            _("Capture at %(share)s", share=share), written.share(caught), _("%(value)s is chance", value=share)
        )
    yield Measure(
        _("Red against green"), written.times(proof.red_to_green), _("%(value)s is no difference", value=show.fixed(1))
    )
    yield Measure(_("Rise with each worse band"), written.share(proof.bands.trend()), "")
    yield Measure(_("Precision of red"), written.share(proof.bands.precision()), "")
    yield Measure(_("Recall of red"), written.share(proof.bands.recall()), "")
    yield from _of_forecast(told, language)


def _of_revenue(told: ProofTold, language: Language) -> Iterator[Measure]:
    found, _, show, written = told.proof.by_revenue, language.gettext, language.show, Written(language)
    if found is None:
        return
    chance = _("%(value)s is chance", value=show.fixed(1))
    rows: tuple[tuple[str, Interval, Callable[[Interval], str], str], ...] = (
        (_("AUC"), found.auc, written.plain, _("%(value)s is chance", value=show.fixed(0.5, 1))),
        (_("Average precision"), found.average_precision, written.plain,
         _("%(value)s is chance", value=show.fixed(found.base_rate, 3))),
        *((_("Lift at %(share)s", share=show.percent(worst / 100)), lift, written.times, chance)
          for worst, lift in found.lift.items()),
    )  # fmt: skip
    for name, interval, write, beside in rows:
        yield Measure(name, None if isnan(interval.value) else write(interval), beside)


def _of_forecast(told: ProofTold, language: Language) -> Iterator[Measure]:
    found, _, show, written = told.proof.forecast, language.gettext, language.show, Written(language)
    if found is None:
        return
    rows: tuple[tuple[str, Interval, Callable[[Interval], str], str], ...] = (
        (_("Brier score"), found.brier, written.plain, ""),
        (_("Brier skill"), found.skill, written.plain, _("%(value)s is no skill", value=show.fixed(0))),
        (_("Calibration slope"), found.slope, written.plain, _("%(value)s is perfect", value=show.fixed(1))),
        (_("Calibration intercept"), found.intercept, written.plain, _("%(value)s is perfect", value=show.fixed(0))),
    )
    for name, interval, write, beside in rows:
        yield Measure(name, write(interval), beside)
    floor = _("a perfect forecast stays below %(value)s", value=show.fixed(found.floor, 3))
    yield Measure(_("Calibration error (ECE)"), show.fixed(found.error, 3), "" if isnan(found.floor) else floor)


def _shifted(told: ProofTold, language: Language) -> list[Drift]:
    """Factors that are surely not spread as they were, as readers call them, the farthest first."""
    drifts = told.stability.drift if told.stability else ()
    moved = [each for each in drifts if each.psi is not None and each.psi >= max(SMALL, each.chance or 0)]
    moved.sort(key=lambda each: -(each.psi or 0))
    return [replace(each, factor=language.called(each.factor)) for each in moved]


def _missing_years(told: ProofTold) -> list[int]:
    missing = told.stability.missing if told.stability else ()
    return sorted({year for each in missing for year, _ in each.by_year})
