"""sabai as a process of its own: with limits, signals, and outputs that nobody reads."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from sabai.cli import sabai
from sabai.cli.outcome import run
from tests.acceptance.conftest import CUSTOMERS, DEFINITIONS, HEADER

SABAI = (sys.executable, "-B", "-c", "from sabai.cli import main; main()")
"""-B, because Python 3.11 leaves half a cache of what it compiled where files may not grow."""
PATIENCE = 600
"""Seconds after which a command is taken to hang: on a machine that has much else to do one takes minutes."""


def few_of(*values: object, every: int) -> list[Any]:
    """One in `every` of the values in every run of the tests, the others in the long ones."""
    slow = pytest.mark.long
    return [pytest.param(value, marks=() if at % every == 1 else slow) for at, value in enumerate(values)]


def begin(where: Path, *words: str, **more: Any) -> subprocess.Popen[str]:
    """sabai as it runs, with its outputs in pipes unless told otherwise."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([*SABAI, *words], cwd=where, **{**pipes, **more})


def call(where: Path, *words: str, **more: Any) -> tuple[int, str, str]:
    """How it ended, what it said, and what it complained of; never a traceback."""
    with begin(where, *words, **more) as process:
        out, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in f"{out}{err}", err
    return process.returncode, out or "", err or ""


def call_within(where: Path, *words: str) -> tuple[int, str, str]:
    """The same in this process, which has loaded everything: for what comes before and after what a test is about."""
    with chdir(where), redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = run(sabai, words)
    return code, out.getvalue(), err.getvalue()


def limited(kind: int, most: int) -> Callable[[], None]:
    """For `preexec_fn`: the process may not have more than this."""
    return lambda: resource.setrlimit(kind, (most, most))


def company(folder: Path, customers: int = 300) -> Path:
    """Exports of so many customers, enough that a run takes a moment and its files have some size."""
    rows = [f"C{who},login,2025-05-{day:02d}T09:00:00" for who in range(customers) for day in range(1, 29)]
    (folder / "sabai.yaml").write_text(DEFINITIONS)
    (folder / "usage.csv").write_text(HEADER + "\n".join(rows) + "\n")
    (folder / "customers.csv").write_text(
        CUSTOMERS.splitlines()[0] + "\n" + "".join(f"C{who},Company {who},2024-01-01\n" for who in range(customers))
    )
    return folder
