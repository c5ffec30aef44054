"""Peers that need what is in no list of ours, or what not every machine has: their ways are left out without it."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from benchmarks.postgres import INSTALLED

LIFETIMES = ("lifetimes_bgnbd", "lifetimes_pareto_nbd", "lifetimes_gamma_gamma")
SPARK = ("spark_one_worker", "spark_two_workers", "spark_shuffled")


def missing(way: str) -> str:
    """What the way needs and is not installed; empty where nothing is missing."""
    if way in LIFETIMES and find_spec("lifetimes") is None:
        return "lifetimes"
    if way in SPARK and find_spec("pyspark") is None:
        return "pyspark (make spark)"
    if way in SPARK and shutil.which("java") is None:
        return "Java 17"
    if way == "postgres" and not INSTALLED:
        return "the server of PostgreSQL (apt-get install postgresql)"
    return ""
