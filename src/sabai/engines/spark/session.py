"""A Spark session: one that is at hand, or one that we start and stop."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sabai.engines.spark.words import in_short
from sabai.errors import Issue, SabaiError, UsageError

HERE = "127.0.0.1"
NEEDED = ("pyspark", "pandas")
REMOTE = "sc://"
"""How the address of a Spark Connect server begins; its client needs no Java."""

_ALWAYS = {"spark.sql.session.timeZone": "UTC"}  # any other would shift days
_OWN = {  # of a session that is begun here, and not by a Spark Connect server
    "spark.driver.maxResultSize": "0",  # results come in waves that fit
    "spark.executorEnv.POLARS_MAX_THREADS": "1",  # a task has one core
}
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.defaultJavaOptions": f'-Dlog4j2.configurationFile="{Path(__file__).with_name("log4j2.properties")}"',
}
_HERE_ONLY = {"spark.driver.host": HERE, "spark.driver.bindAddress": HERE}


@contextmanager
def started(master: str | None = None, settings: Mapping[str, str] | None = None) -> Iterator[Any]:
    """A SparkSession that is stopped at the end of the block; one that is active already is taken, and left alone.

    `master`: local[2], spark://host:7077, sc://host:15002 of a Spark Connect server, or what else Spark knows. None:
    what spark-submit was told, else every core of this machine. `settings` are added to ours, and win.

        with started("local[2]") as session:
            score(..., each_run=Cluster(session).each_run)

    Raises UsageError ENG-001 without PySpark, ENG-002 without Java, and SabaiError ENG-003 where Spark does not start.
    """
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise UsageError(_not_installed(missing))
    from pyspark.sql import SparkSession

    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)  # we hand it none
    active = SparkSession.getActiveSession()
    if active is not None:
        yield active
        return
    session = _begin(SparkSession.builder.appName("Sabai"), master, settings or {})
    try:
        yield session
    finally:
        with suppress(Exception):  # a cluster that went away cannot be left any more
            session.stop()


def _begin(builder: Any, master: str | None, settings: Mapping[str, str]) -> Any:
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ  # by spark-submit, which has settled all that is not ours
    master = master or (None if submitted else "local[*]")
    remote = master is not None and master.startswith(REMOTE)
    if not (submitted or remote or _java()):
        raise UsageError(_no_java())
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    wanted = _ALWAYS | ({} if remote else _OWN) | ({} if remote or submitted else _QUIET)
    if master is not None and _is_here(master):
        wanted |= _HERE_ONLY
    for name, value in {**wanted, **settings}.items():
        builder = builder.config(name, value)
    if master is not None:
        builder = builder.remote(master) if remote else builder.master(master)
    try:
        return builder.getOrCreate()
    except Exception as error:  # of py4j, gRPC or Spark, whichever saw it first
        raise SabaiError(_not_started(master, error)) from error


def _is_here(master: str) -> bool:
    """
    >>> _is_here("local[2]"), _is_here("spark://127.0.0.1:7077"), _is_here("spark://big:7077")
    (True, True, False)
    """
    return master.startswith(("local", f"spark://{HERE}:"))


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin") if home else None)


def _not_installed(missing: list[str]) -> Issue:
    return Issue(
        "ENG-001",
        f"The Spark engine needs {' and '.join(missing)}, which this Python does not have.",
        sys.executable,
        "Only who computes on a cluster needs it, so Sabai comes without.",
        'Run  pip install "sabai[spark]"  or leave out --engine spark.',
    )


def _no_java() -> Issue:
    return Issue(
        "ENG-002",
        "Spark needs Java 17 or newer, and none was found.",
        os.environ.get("JAVA_HOME", ""),
        "Spark runs on it; Sabai itself does not.",
        "Install a Java runtime, or set JAVA_HOME to the one that you have.",
    )


def _not_started(master: str | None, error: Exception) -> Issue:
    return Issue(
        "ENG-003",
        f"Spark did not start: {in_short(error)}",
        master or "",
        "Nothing was computed, and nothing written.",
        "See whether the master runs and can be reached from here; local[2] needs none.",
    )
