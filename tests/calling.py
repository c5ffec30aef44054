"""sabai called as on a command line, within this process."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, NoReturn

import pytest

from sabai.cli import sabai
from sabai.cli.outcome import run


class Said(NamedTuple):
    """How a command ended, what it said, and what it complained of."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its answer, by a reader that takes no NaN."""
        return json.loads(self.out, parse_constant=_no_number)


def called(capsys: pytest.CaptureFixture[str], *words: str) -> Said:
    """What `sabai WORDS` says; what was said before is forgotten."""
    capsys.readouterr()
    return Said(run(sabai, words), *capsys.readouterr())


def _no_number(name: str) -> NoReturn:
    raise AssertionError(f"{name} is not JSON")
