"""A person in a folder with the FILES of the test's module, and sabai."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.calling import Said, called

Say = Callable[..., Said]


@pytest.fixture
def say(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Say:
    """Calls sabai in that folder; gives the exit code, what it said, and what it complained of."""
    for name, content in request.module.FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return partial(called, capsys)
