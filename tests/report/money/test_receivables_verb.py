"""`sabai receivables` leaves a page behind, in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calling import called
from tests.receivables.exports import write
from tests.receivables.test_verb import CALL, ROWS


@pytest.mark.parametrize(("lang", "name"), [("en", "receivables.html"), ("th", "receivables.th.html")])
def test_the_page_stands_beside_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, name: str
) -> None:
    write(tmp_path / "books", **ROWS)
    monkeypatch.chdir(tmp_path)
    said = called(capsys, *CALL, "--by", "owner", "--lang", lang)
    assert said.code == 0
    assert f"{name}, {Path(name).with_suffix('.xlsx')}, pictures, invoices.csv" in said.out
    folder = tmp_path / "sabai-out" / "receivables"
    assert f'<html lang="{lang}"' in (folder / name).read_text(encoding="utf-8")
    assert {each.suffix for each in (folder / "pictures").iterdir()} == {".svg"}


def test_a_language_that_nobody_speaks_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert called(capsys, *CALL, "--lang", "xx").code == 2
