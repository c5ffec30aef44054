"""Web workers answer pages and never compute: what computes is not even loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("polars", "pyarrow", "numba", "deltalake", "scipy", "pandas", "lifelines", "sabai.pipeline")
LOADED = "import sabai.desk.wsgi, sabai.desk.urls, sys; print(*[name for name in {names} if name in sys.modules])"


def loaded(names: tuple[str, ...]) -> list[str]:
    script = LOADED.format(names=names)
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()


ASKED = """
from benchmarks import desk_pages
for client, address in desk_pages._desk(300).values():
    assert client.get(address).status_code == 200
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""Its own peak: what `getrusage` tells begins with what the process that started it held."""
MOST_KB = 200_000


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells the peak of a process alone")
def test_a_worker_that_has_answered_all_kinds_of_pages_is_small() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 50_000 < int(done.stdout.split()[-2]) < MOST_KB


def test_pages_load_no_engine_and_what_is_loaded_would_be_seen() -> None:
    assert loaded((*HEAVY, "django", "jinja2")) == ["django", "jinja2"]
