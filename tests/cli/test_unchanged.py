"""The same again of the same files is answered at once, and anything else is computed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest

from sabai.cli import unchanged
from sabai.cli.answer import Answer
from sabai.cli.place import Place
from sabai.health.overrides import NAME as OVERRIDES
from tests.acceptance.conftest import CUSTOMERS, DEFINITIONS, USAGE
from tests.cli.conftest import Say

FILES = {"sabai.yaml": DEFINITIONS, "customers.csv": CUSTOMERS, "usage.csv": USAGE}
VERBS = (
    ("score",),
    ("report", "--lang", "th"),
    ("explain", "C1"),
    ("changes", "--top", "2"),
)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Gets a line whenever something is computed, by a Sabai that nobody is writing meanwhile."""
    from sabai import pipeline

    seen, real = [], pipeline.compute

    def noted(*given: object, **more: object) -> pipeline.Run:
        seen.append("computed")
        return real(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "compute", noted)
    monkeypatch.setattr(unchanged, "SABAI", tmp_path / "no code")
    return seen


@pytest.mark.parametrize("words", VERBS)
def test_the_same_again_says_the_same_and_computes_nothing(say: Say, computed: list[str], words: tuple[str]) -> None:
    first, again = (say(*words, "--json") for _ in range(2))
    assert (first, computed) == (again, ["computed"])
    assert first.code == 0


def test_a_person_reads_since_when_and_every_notice(say: Say, computed: list[str], tmp_path: Path) -> None:
    (tmp_path / OVERRIDES).write_text(
        "account_id,band,reason,who,from,until\nnobody,healthy,a,b,2025-01-01,2026-01-01\n"
    )
    first, again = say("score"), say("score")
    assert first.err.startswith("HLT-022")
    assert first.err == again.err
    since, _, rest = again.out.partition("\n")
    assert since.startswith("Nothing has changed since 20")
    assert since.endswith(" UTC; results stand in sabai-out.")
    assert (rest, computed) == (first.out, ["computed"])


def _touch(path: Path) -> None:
    known = path.stat()
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns + 1))


class Desk:
    """Files of a person, and results that are quickly made."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.times = folder, 0
        for name, content in FILES.items():
            (folder / name).write_text(content, encoding="utf-8")

    def asks(self, *, out: str = "sabai-out", again: bool = False, **options: object) -> Answer:
        here = Place(self.folder, self.folder / "sabai.yaml", self.folder / out)
        with click.Context(click.Command("score"), info_name="score") as context:
            context.params = options
            return unchanged.asked(here, unchanged.RUN).answered(lambda: self._computed(here.out), again=again)

    def _computed(self, out: Path) -> Answer:
        self.times += 1
        for name in (*unchanged.RUN, "snapshots/_delta_log/00000000000000000000.json"):
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_text("made")
        return Answer({"accounts": 2, "as_of": date(2025, 6, 1), "score": float("nan")}, "2 accounts.")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(unchanged, "SABAI", tmp_path / "no code")
    return Desk(tmp_path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "more facts": lambda at: (at / "usage.csv").write_text(USAGE + "C2,login,2025-05-24T09:00:00\n"),
    "a file told again": lambda at: _touch(at / "usage.csv"),
    "a new file": lambda at: (at / "more.csv").write_text("x"),
    "a file taken away": lambda at: (at / "customers.csv").unlink(),
    "other weights": lambda at: (at / "sabai.yaml").write_text(DEFINITIONS.replace("60", "50")),
    "a line of a comment": lambda at: (at / "sabai.yaml").write_text("# Since 2026\n" + DEFINITIONS),
    "an override": lambda at: (at / OVERRIDES).write_text("account_id,band,reason,who,from,until\n"),
    "scores taken away": lambda at: (at / "sabai-out/scores.csv").unlink(),
    "scores touched": lambda at: _touch(at / "sabai-out/scores.csv"),
    "a page written otherwise": lambda at: (at / "sabai-out/report.html").write_text("mine"),
    "no workbook": lambda at: (at / "sabai-out/scores.xlsx").unlink(),
    "no rejects": lambda at: (at / "sabai-out/rejects.csv").unlink(),
    "other facts landed": lambda at: _touch(at / "sabai-out/facts/manifest.json"),
    "a newer snapshot": lambda at: (at / "sabai-out/snapshots/_delta_log/00000000000000000001.json").write_text("x"),
    "an answer cut": lambda at: (at / "sabai-out/standing/score.json").write_text("{"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_twin_whatever_changed_it_is_computed_again(desk: Desk, change: str) -> None:
    first, again = desk.asks(), desk.asks()
    assert (first.as_json(), desk.times) == (again.as_json(), 1)
    CHANGES[change](desk.folder)
    desk.asks()
    assert desk.times == 2


@pytest.mark.parametrize("question", [{"again": True}, {"days": (date(2025, 6, 2),)}, {"strict": True}, {"out": "x"}])
def test_twin_another_question_is_computed(desk: Desk, question: dict[str, Any]) -> None:
    desk.asks(days=(), strict=False)
    desk.asks(**{"days": (), "strict": False, **question})
    assert desk.times == 2


@pytest.mark.parametrize("what", ["__version__", "SABAI"])
def test_twin_another_sabai_computes(desk: Desk, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    desk.asks()
    monkeypatch.setattr(unchanged, what, {"__version__": "another", "SABAI": Path(unchanged.__file__).parent}[what])
    desk.asks()
    assert desk.times == 2


def test_results_that_another_question_wrote_over_are_computed(desk: Desk) -> None:
    for strict in (False, True, False):
        desk.asks(strict=strict)
    assert desk.times == 3


def test_overrides_are_found_where_health_looks_for_them() -> None:
    assert unchanged.OVERRIDES == OVERRIDES


def test_what_could_not_be_answered_is_asked_again(say: Say, computed: list[str]) -> None:
    first, again = say("explain", "C9"), say("explain", "C9")
    assert first == again
    assert (first.code, computed) == (2, ["computed"] * 2)


class TestStore:
    def test_it_stands_until_something_lands(self, say: Say, computed: list[str], tmp_path: Path) -> None:
        say("land", ".", "--store", "store")
        score = ("score", "store", "--definitions", "sabai.yaml", "--json")
        assert say(*score) == say(*score)
        assert computed == ["computed"]
        say("land", ".", "--store", "store")
        say(*score)
        assert computed == ["computed"]
        (tmp_path / "usage.csv").write_text(USAGE + "C2,login,2025-05-24T09:00:00\n")
        say("land", ".", "--store", "store")
        say(*score)
        assert computed == ["computed"] * 2

    def test_what_was_scored_last_is_always_asked(self, say: Say, computed: list[str]) -> None:
        say("land", ".", "--store", "store")
        since_last = ("score", "store", "--definitions", "sabai.yaml", "--since-last")
        say(*since_last)
        say(*since_last)
        say("score", "store", "--definitions", "sabai.yaml")
        assert computed == ["computed"] * 3


def test_nothing_heavy_is_imported_for_it(say: Say, tmp_path: Path) -> None:
    say("score")
    code = "import sys; from sabai.cli import sabai; sabai(['score'], standalone_mode=False); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("Nothing has changed since ")
    assert not {"numpy", "polars", "pyarrow", "deltalake", "ruamel", "numba"} & set(ended.stdout.split())
