"""Pages and workbooks call things by their labels, or in words; what is given back keeps its id."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sabai.definitions.model import Definitions
from sabai.language.language import speak
from sabai.report.money.words import amounts_short, group_called
from sabai.report.page import write_page
from sabai.report.proof.page import write_proof_page
from sabai.report.weights_back import read_edits
from sabai.report.workbook import write_workbook
from tests.report.made import made
from tests.report.proof.made import made_told
from tests.report.recalculation import open_quietly
from tests.report.workbook_made import LAST, definitions, names, scores

SAID = {"en": "Sign-ins", "ar": "مرات الدخول"}
LABELS = {"logins": SAID, "business": {"en": "Firms", "ar": "شركات"}, "use": SAID, "Roastery": {"": "Roasters"}}


def labelled(of: Definitions) -> Definitions:
    return replace(of, labels=LABELS)


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_report_calls_factors_and_segments_by_their_labels(tmp_path: Path, code: str) -> None:
    run = made(tmp_path)
    plain = write_page(run, tmp_path / "plain.html", code).read_text(encoding="utf-8")
    html = write_page(replace(run, definitions=labelled(run.definitions)), tmp_path / "report.html", code).read_text(
        encoding="utf-8"
    )
    for said in (SAID[code], LABELS["business"][code]):
        assert f"<bdi>{said}</bdi>" in html
        assert said not in plain
    assert "<bdi>logins</bdi>" in plain, "the twin"
    assert "<bdi>logins</bdi>" not in html
    for page in (html, plain):
        assert "<bdi>seat use</bdi>" in page
        assert "<bdi>seat_use</bdi>" not in page


@pytest.mark.parametrize("code", ["en", "ar"])
def test_so_does_the_proof(tmp_path: Path, code: str) -> None:
    told = made_told()
    replay = replace(told.proof.replay, definitions=labelled(told.proof.replay.definitions))
    named = replace(told, proof=replace(told.proof, replay=replay))
    html, plain = (
        write_proof_page(each, tmp_path / "proof.html", code).read_text(encoding="utf-8") for each in (named, told)
    )
    for said in (SAID[code], "Roasters"):
        assert said in html
        assert said not in plain


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_workbook_says_both_and_is_read_back(tmp_path: Path, code: str) -> None:
    made_scores, meaning = scores(30), labelled(definitions())
    write_workbook(made_scores, meaning, names(made_scores), tmp_path / "scores.xlsx", LAST, code)
    summary, weights, shown, curves = (
        [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        for sheet in open_quietly(tmp_path / "scores.xlsx", data_only=True)
    )
    assert SAID[code] in summary
    assert "logins" not in summary + shown
    assert {"logins", SAID[code], "seat_use", "seat use", "silent_twice", "silent twice"} <= {*weights}
    assert {"seat_use", "seat use", SAID[code]} <= {*curves}
    edits = read_edits(tmp_path / "scores.xlsx", meaning)
    assert edits.weights == {factor.name: factor.weight for factor in meaning.health.factors}
    assert set(edits.deduction_points) == {"asked_to_cancel", "silent_twice", "never_pays"}
    assert set(edits.curves) == {"seat_use", "nps", "days_late"}


def test_groups_are_called_by_labels_owners_by_their_names_and_others_by_their_own() -> None:
    here = speak("ar").calling(LABELS).naming({"james": "James Okello"})
    assert group_called("segment", "business", here) == "شركات"
    assert group_called("segment", "mid_market", here) == "mid market"
    assert group_called("owner", "James", here) == "James Okello"
    assert group_called("owner", "mali_k", here) == "mali_k"
    assert group_called("country", "business", here) == "business"


@pytest.mark.parametrize(
    ("written", "said"), [("9 of 3,386.57 THB.", "9 of THB 3.4K."), ("Since 1,009 USD", "Since $1K")]
)
def test_amounts_are_as_short_as_the_others_of_the_page(written: str, said: str) -> None:
    assert amounts_short(written, speak("en")).replace("\N{NO-BREAK SPACE}", " ") == said


def test_what_is_no_amount_stays() -> None:
    assert amounts_short("3 of 12 XYZ, 5 rows.", speak("en")) == "3 of 12 XYZ, 5 rows."
