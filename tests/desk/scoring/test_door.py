"""One door to the engine, which only jobs open."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import sabai.desk

DESK = Path(sabai.desk.__file__).parent
HEAVY = ("polars", "pyarrow", "numba", "deltalake", "sabai.pipeline", "sabai.facts.stored", "sabai.engines")
LIGHT = ("company", "queries", "models", "story", "sources", "door", "jobs", "actions", "demo", "alone")
AROUND = ("insight/jobs.py", "drafts/previewing.py", "keeping/")
"""Who may come through the door besides: jobs of other apps."""


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def test_no_page_comes_through_the_door() -> None:
    inside = ("door", "computing", "landing", "tray", "overlay", "asked", "telling")
    ours = {f"sabai.desk.scoring.{name}" for name in inside}
    strangers = [
        path.relative_to(DESK).as_posix()
        for path in DESK.rglob("*.py")
        if "scoring" not in path.parts
        and any(name.startswith(tuple(ours)) for name in imported(path))
        and not path.relative_to(DESK).as_posix().startswith(AROUND)
        and path.name != "jobs.py"
    ]
    assert strangers == []


def test_what_pages_may_import_loads_no_engine() -> None:
    script = (
        "import django, sys; django.setup();"
        f"[__import__('sabai.desk.scoring.' + name) for name in {LIGHT}];"
        f"print(*[name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
