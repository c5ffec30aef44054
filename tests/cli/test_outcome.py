"""How commands end: exit codes 0, 1, 2 and 3, a sentence instead of a traceback, JSON for programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from sabai.cli import VERBS, sabai
from sabai.cli.answer import Answer
from sabai.cli.outcome import run, verb
from sabai.errors import Issue, SabaiError, UsageError


def ending(how: Callable[[], Answer]) -> click.Command:
    def ends() -> Answer:
        return how()

    return verb(ends)


def fails(error: BaseException) -> click.Command:
    def how() -> Answer:
        raise error

    return ending(how)


def test_fine_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ending(lambda: Answer({}, "done")), []) == 0
    assert capsys.readouterr().out == "done\n"


@pytest.mark.parametrize(("error", "code"), [(SabaiError, 1), (UsageError, 2)])
def test_problems_are_1_and_wrong_use_is_2(
    error: type[SabaiError], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(fails(error(Issue("FCT-001", "Nothing is known."))), []) == code
    said = capsys.readouterr()
    assert said.err == "FCT-001  Nothing is known.\n"
    assert said.out == ""


def test_an_option_that_does_not_exist_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sabai, ["score", "--nonsense"]) == 2
    assert "--nonsense" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["score", ".", "--out", "s3://bucket/results"], ["score", ".", "--definitions", "gs://bucket/sabai.yaml"]]
)
def test_an_address_where_only_a_disk_will_do_is_2_and_no_folder_of_that_name(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(sabai, words) == 2
    assert f"{words[-1]} is an address" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_our_own_fault_is_3_with_a_sentence_and_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(fails(ZeroDivisionError("division by zero")), []) == 3
    said = capsys.readouterr().err
    assert said.startswith("CLI-900  Sabai made a mistake of its own: ZeroDivisionError in ")
    assert "Traceback" not in said
    assert "Traceback" in (tmp_path / "sabai-fault.log").read_text()


def test_whoever_debugs_sees_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SABAI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(fails(ZeroDivisionError()), [])


def test_stopped_by_hand_is_130_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(fails(KeyboardInterrupt()), []) == 130
    assert "Stopped" in capsys.readouterr().err


def test_problems_are_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(fails(SabaiError(Issue("FCT-001", "Nothing is known.", hint="Say more."))), ["--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["issues"] == [
        {"code": "FCT-001", "what": "Nothing is known.", "where": "", "why": "", "hint": "Say more."}
    ]


@pytest.mark.parametrize("name", [command.name for command in VERBS])
def test_every_verb_speaks_json_and_helps(name: str) -> None:
    command = sabai.commands[name]
    assert any(parameter.name == "as_json" for parameter in command.params)
    assert command.help


def test_a_reader_who_has_read_enough_hears_nothing() -> None:
    code = (
        "from sabai.cli import sabai; from sabai.cli.outcome import run; import sys; sys.exit(run(sabai, ['--help']))"
    )
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run([sys.executable, "-c", code], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (ended.returncode, ended.stderr) == (0, "")


HEAVY = {"numpy", "numba", "polars", "pyarrow", "deltalake", "pandas", "jinja2", "rich", "ruamel", "babel"}


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from sabai.cli import sabai; sabai(['--help'], standalone_mode=False); print(*sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    modules = {module.partition(".")[0] for module in printed.splitlines()[-1].split()}
    assert "click" in modules
    assert not modules & HEAVY


@pytest.mark.parametrize("say_json", [False, True])
def test_what_the_computer_refuses_an_engine_is_1_in_our_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], say_json: bool
) -> None:
    import polars as pl

    (tmp_path / "full").symlink_to("/dev/full")

    def reads() -> Answer:
        return Answer({"rows": pl.scan_parquet(tmp_path / "events.parquet").collect().height})

    def fills() -> Answer:
        pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "full")
        return Answer({})

    for how, what in ((reads, "a file or folder is gone that should be there"), (fills, "there is no room left")):
        assert run(ending(how), ["--json"] if say_json else []) == 1
        said = capsys.readouterr()
        told = said.out if say_json else said.err
        assert f"The computer refused: {what}" in told
        assert "os error" not in told
        assert (str(tmp_path / "events.parquet") in told) == (how is reads)
        assert not say_json or json.loads(told)["issues"][0]["code"] == "CLI-008"


def test_twin_an_engine_that_fails_otherwise_is_our_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import polars as pl

    monkeypatch.chdir(tmp_path)
    assert run(fails(pl.exceptions.ColumnNotFoundError("score")), []) == 3
    assert capsys.readouterr().err.startswith("CLI-900")
