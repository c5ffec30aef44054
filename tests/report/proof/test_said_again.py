"""What the proof writes in English is known here, message by message, so that it can be said in other languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

import sabai.proof.alarms
from sabai.intervals import Interval
from sabai.language.catalogues import LANGUAGES, SOURCE
from sabai.language.language import speak
from sabai.metrics.grid import Floats
from sabai.proof.alarms.alarm import Alarm, Named
from sabai.proof.draws import Drawn
from sabai.proof.enough import judged
from sabai.proof.stability import Drift
from sabai.proof.verdict import verdict
from sabai.report.proof.alarms import ALARMS, DRIFTS, VERDICTS, alarmed
from sabai.report.said_again import said_again
from tests.proof.twins import MUST_FAIL

TRANSLATED = [code for code in LANGUAGES if code != SOURCE]
SAYS = {"quiet": (1,), "unchecked": (1,), "Alarm": (1, 2)}


def written() -> set[str]:
    """Every sentence that the code of the alarms can make, with 7 for what is filled in."""
    folder = Path(str(sabai.proof.alarms.__file__)).parent
    return {said for path in folder.glob("*.py") if path.name != "alarm.py" for said in _said_in(path)} - {""}


def _said_in(path: Path) -> Iterator[str]:
    module = ast.parse(path.read_text(encoding="utf-8"))
    for function in (each for each in ast.walk(module) if isinstance(each, ast.FunctionDef)):
        for call in (each for each in ast.walk(function) if isinstance(each, ast.Call)):
            places = SAYS.get(call.func.id, ()) if isinstance(call.func, ast.Name) else ()
            above = [each for each in ast.walk(function) if isinstance(each, ast.Assign) and each.lineno < call.lineno]
            known = _named(module.body) | _named(sorted(above, key=lambda each: each.lineno))
            yield from (_filled(call.args[place], known) for place in places)


def _named(nodes: Sequence[ast.stmt]) -> dict[str, ast.expr]:
    """Name -> the last that was put into it."""
    found = [each for each in nodes if isinstance(each, ast.Assign)]
    return {each.targets[0].id: each.value for each in found if isinstance(each.targets[0], ast.Name)}


def _filled(node: ast.expr, known: dict[str, ast.expr]) -> str:
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(parts):
            return "".join(_filled(part, known) for part in parts)
        case ast.FormattedValue(ast.Name(name)) | ast.Name(name) if name in known:
            return _filled(known[name], {key: of for key, of in known.items() if key != name})
    return "7"


def verdicts() -> list[str]:
    gains = [Drawn(0.02, 0.02 + 0.01 * spread) for spread in _spreads()]
    told = [Interval(0.7, 0.6, 0.8), Interval(0.55, 0.4, 0.6)]
    found = [verdict(gain, churned, auc).sentence for gain in gains for churned in (1, 12, 40) for auc in told]
    return [*found, verdict(Drawn(float("nan"), _spreads()[0]), 40, told[0]).sentence,
            judged(8, 0.1, 56).sentence, judged(8, 0.1, 560).sentence]  # fmt: skip


def _spreads() -> list[Floats]:
    return [np.linspace(low, high, 99) for low, high in ((-1, 1), (-3, 9), (-9, 9), (-9, -3))]


def test_the_code_of_the_alarms_is_read() -> None:
    found = written()
    assert len(found) > 25
    assert "The score does not foretell too well: AUC 7." in found
    assert "Export the accounts that have left too, with the day on which they did." in found


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("known", [ALARMS, pytest.param(ALARMS[1:], marks=MUST_FAIL)], ids=("all", "one-fewer"))
def test_every_alarm_is_said_in_each_language(code: str, known: tuple[str, ...]) -> None:
    assert sorted(said for said in written() if said_again(said, known, speak(code)) == said) == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_verdicts_and_drift_are_too(code: str) -> None:
    shifts = [Drift("nps", 2026, psi, 0.05, 41.0, 60.0).sentence for psi in (0.2, 0.7)]
    assert [said for said in verdicts() if said_again(said, VERDICTS, speak(code)) == said] == []
    assert [said for said in shifts if said_again(said, DRIFTS, speak(code)) == said] == []


def test_no_message_is_left_that_nobody_writes() -> None:
    """Each is the first that fits some sentence."""
    used = {message for said in written() for message in ALARMS if said_again(said, (message,), speak("ja")) != said}
    assert used == set(ALARMS)


def test_what_is_filled_in_keeps_its_sign_before_its_digits() -> None:
    said = said_again("AUC +0.1 to x.", ("AUC %(gain)s to %(name)s.",), speak("ar"))
    assert said == "AUC \u2066+0.1\u2069 to \u2068x\u2069."


@pytest.mark.parametrize(
    ("code", "listed"),
    [
        ("en", "seats, nps and use"),
        ("th", "\u2068\u2068seats\u2069, \u2068nps\u2069 และ \u2068use\u2069\u2069"),
        ("ar", "\u2068\u2068seats\u2069 و\u2068nps\u2069 و\u2068use\u2069\u2069"),
        ("ja", "\u2068\u2068seats\u2069、\u2068nps\u2069、\u2068use\u2069\u2069"),
    ],
)
def test_names_are_joined_as_the_language_does(code: str, listed: str) -> None:
    assert listed in _leaking(Named.of(["seats", "nps", "use"]), code)


@pytest.mark.parametrize("code", TRANSLATED)
def test_more_names_than_are_shown_are_counted_in_the_language(code: str) -> None:
    said = _leaking(Named.of([f"factor {each}" for each in range(7)]), code)
    assert " and " not in said
    assert "more" not in said
    assert speak(code).gettext("%(count)s more", count="2") in said


def _leaking(names: Named, code: str) -> str:
    text = f"What enters the score is made of columns that say who left: {names}."
    return alarmed([Alarm("LEAK-07", text, "", 3.0, fired=True, names=names)], speak(code))[0].sentence
