"""Web workers answer pages and never compute: what computes is not even loaded."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("polars", "pyarrow", "numba", "deltalake", "scipy", "pandas", "lifelines", "sabai.pipeline")
LOADED = "import sabai.desk.wsgi, sabai.desk.urls, sys; print(*[name for name in {names} if name in sys.modules])"


def loaded(names: tuple[str, ...]) -> list[str]:
    script = LOADED.format(names=names)
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()


def test_pages_load_no_engine() -> None:
    assert loaded(HEAVY) == []


def test_what_is_loaded_would_be_seen() -> None:
    assert loaded(("django", "jinja2")) == ["django", "jinja2"]
