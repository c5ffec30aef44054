"""What was noticed on the way is said in the reader's language, though other rooms wrote it in English."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sabai.definitions.model import Source
from sabai.errors import Issue
from sabai.facts import files
from sabai.facts.strays import Strays, strayed
from sabai.health.overrides import read_overrides
from sabai.health.reference import notices, take_reference
from sabai.language.catalogues import LANGUAGES, SOURCE
from sabai.language.language import speak
from sabai.report.notices import noticed
from sabai.report.page import render
from sabai.report.view import view
from tests.report.made import DEFINITIONS, HEALTH, Made, made

LINES = """account_id,band,reason,who,from,until,kind
nobody,green,,,yesterday,2026-01-01,wish
A00001,healthy,they said so,Pim,2026-01-02,2026-01-01,pulse
"""
TRANSLATED = [code for code in LANGUAGES if code != SOURCE]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("facts"), accounts=6, weeks=4)


@pytest.fixture(scope="module")
def written(run: Made, tmp_path_factory: pytest.TempPathFactory) -> tuple[Issue, ...]:
    """Every kind of notice, from those who write them."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "overrides.csv").write_text(LINES, encoding="utf-8")
    (folder / "usage.csv").write_text("when\n")
    nobody = replace(run.scores.grid, alive=np.zeros_like(run.scores.grid.alive))
    unset = replace(DEFINITIONS, health=replace(HEALTH, reference=None))
    tables = {"usage.csv": "events", "clicks.csv": "events", "bills.csv": "dues"}
    sources = {name: Source(name, (name,), table, {}) for name, table in tables.items()}
    return (
        *notices(take_reference(nobody, HEALTH), (np.nan, np.nan), unset, {}),
        *notices(take_reference(nobody, HEALTH), (62, 42), replace(DEFINITIONS, sources=sources), {}),
        *read_overrides(folder / "overrides.csv", {"A00001"})[1],
        strayed(Strays("events", "app", ("e1",), (10,), 5_000), 150, 5_000),
        *files.find(folder, sources)[1],
        *files.find(folder, {name: sources[name] for name in ("usage.csv", "bills.csv")})[1],
    )


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_of_every_notice_is_said_in_its_language(written: tuple[Issue, ...], code: str) -> None:
    assert {issue.code for issue in written} == {
        "FCT-002", "FCT-095", "HLT-001", "HLT-002", "HLT-003", "HLT-022", "HLT-023", "HLT-024", "HLT-025", "HLT-026",
        "HLT-027",
    }  # fmt: skip
    for was, now in zip(written, noticed(written, speak(code)), strict=True):
        assert (was.code, was.where) == (now.code, now.where)
        for one, other in ((was.what, now.what), (was.why, now.why), (was.hint, now.hint)):
            assert (one != other) == bool(one), one


def test_what_was_filled_in_is_kept_and_kept_apart(written: tuple[Issue, ...]) -> None:
    said = [issue.what for issue in noticed(written, speak("ar"))]
    assert "«\u2068green\u2069» ليس مستوى." in said
    assert "لا يوجد حساب عميل «\u2068nobody\u2069»." in said


def test_a_sentence_that_nobody_knows_stays_as_it_was_written() -> None:
    issue = Issue("HLT-900", "100% of %(nothing)s", "x:1", "", "")
    assert list(noticed((issue,), speak("th"))) == [issue]


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_page_says_them(run: Made, written: tuple[Issue, ...], code: str) -> None:
    html = render(replace(view(run), notices=written), speak(code))
    assert speak(code).gettext("The line was left out.") in html
    assert "The line was left out." not in html
