"""The rules against asking too often, where PostgreSQL keeps them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from benchmarks.postgres import free_port
from tests.desk import test_postgres as grown_desk
from tests.desk.test_postgres import Grown

pytestmark = grown_desk.pytestmark
SENDER = (sys.executable, "-m", "tests.desk.asking.sender")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    with grown_desk._server() as server:
        yield Grown(server, tmp_path_factory.mktemp("data"), f"http://127.0.0.1:{free_port()}")


def test_two_who_plan_at_once_ask_nobody_twice(grown: Grown) -> None:
    assert grown.run(*SENDER, "fill", "2000") == "2000"
    assert grown.run(*SENDER, "again") == "0", "all of them rest"
    grown.run(*SENDER, "forget")
    both = [
        subprocess.Popen([*SENDER, "at_once", name], env=grown.around(), stdout=subprocess.PIPE, text=True)
        for name in ("A", "B")
    ]
    asked = [int(process.communicate(timeout=120)[0]) for process in both]
    assert sum(asked) == 2000
    assert grown.run(*SENDER, "twice") == "0"


def test_a_row_that_comes_too_early_is_refused(grown: Grown) -> None:
    assert grown.run(*SENDER, "overlap") == "IntegrityError 1"
