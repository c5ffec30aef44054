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
import resource, sys
from benchmarks import desk_pages
for client, address in desk_pages._desk(300).values():
    assert client.get(address).status_code == 200
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6)
"""
MOST_MB = 200


@pytest.mark.long
def test_a_worker_that_has_answered_all_kinds_of_pages_is_small() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 50 < float(done.stdout.split()[-1]) < MOST_MB


def test_pages_load_no_engine_and_what_is_loaded_would_be_seen() -> None:
    assert loaded((*HEAVY, "django", "jinja2")) == ["django", "jinja2"]
