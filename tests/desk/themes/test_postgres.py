"""Themes are counted alike, whatever the database."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from benchmarks.postgres import free_port
from tests.desk import test_postgres as grown_desk
from tests.desk.test_postgres import Grown

pytestmark = grown_desk.pytestmark
SAID = ["price 7 3 1 750", "speed 2 1 0 700"]
"""Theme, mentions, customers who are here, who left, and what the former pay: each counts once."""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    with grown_desk._server() as server:
        yield Grown(server, tmp_path_factory.mktemp("data"), f"http://127.0.0.1:{free_port()}")


def test_on_postgresql(grown: Grown) -> None:
    assert grown.run(sys.executable, "-m", "tests.desk.themes.counter").splitlines() == SAID


def test_on_sqlite(grown: Grown) -> None:
    counted = grown.run(sys.executable, "-m", "tests.desk.themes.counter", DATABASE_URL="")
    assert counted.splitlines() == SAID
