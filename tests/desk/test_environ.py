"""Settings are read strictly, and every one is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sabai.desk.environ import VARIABLES, read
from sabai.errors import UsageError
from tests.house.tree import ROOT


def test_without_anything_there_are_defaults() -> None:
    settings = read({})
    assert settings["SABAI_LISTEN"] == ("127.0.0.1", 8321)
    assert settings.data == Path("sabai-data").absolute()
    assert not settings.secure


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("SABAI_WORKERS", "many"),
        ("SABAI_WORKERS", "0"),
        ("SABAI_JOBS", "true"),
        ("SABAI_URL", "desk.example.com"),
        ("SABAI_URL", "https://desk.example.com/below"),
        ("SABAI_LISTEN", "8321"),
        ("SABAI_LISTEN", "127.0.0.1:99999"),
        ("DATABASE_URL", "mysql://here"),
        ("SABAI_MAIL", "mail.example.com"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_write(name: str, wrong: str) -> None:
    with pytest.raises(UsageError) as said:
        read({name: wrong})
    (issue,) = said.value.issues
    assert issue.code == "DSK-002"
    assert name in issue.what
    assert issue.hint.startswith("Write ")


def test_every_wrong_value_is_said_at_once() -> None:
    with pytest.raises(UsageError) as said:
        read({"SABAI_WORKERS": "x", "SABAI_JOBS": "x"})
    assert len(said.value.issues) == 2


def test_a_secret_is_not_repeated() -> None:
    with pytest.raises(UsageError) as said:
        read({"DATABASE_URL": "mysql://me:hunter2@here"})
    assert "hunter2" not in str(said.value)


def test_a_name_that_nobody_reads_is_refused() -> None:
    with pytest.raises(UsageError, match=r"SABAI_WORKER\b") as said:
        read({"SABAI_WORKER": "2"})
    assert said.value.issues[0].hint == 'Did you mean "SABAI_WORKERS"?'


def test_other_variables_are_nobodys_business() -> None:
    assert read({"HOME": "/root", "SABAI_STORE": "store"}).values == read({}).values


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)`", page, re.MULTILINE) == [variable.name for variable in VARIABLES]
