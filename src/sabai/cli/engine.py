"""Where a command computes: on this machine, or on a Spark cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.errors import Issue, UsageError

if TYPE_CHECKING:
    from sabai.metrics.looks import EachRun
    from sabai.progress import Progress


@dataclass(frozen=True, slots=True)
class Engine:
    """`master`: of Spark; None as spark-submit says, else this machine."""

    name: str
    master: str | None

    @contextmanager
    def computing(self, progress: Progress) -> Iterator[EachRun]:
        """The engine, which ends with the block. UsageError where it cannot be had."""
        if self.name == "local":
            if self.master is not None:
                raise UsageError(_nobody_asks(self.master))
            from sabai.engines.local import each_run

            yield each_run
            return
        from sabai.engines.spark.cluster import Cluster
        from sabai.engines.spark.session import started

        progress("starting Spark", 0, 1)
        with started(self.master) as session:
            progress("starting Spark", 1, 1)
            yield Cluster(session).each_run


def engine_options(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """`--engine` and `--master`, as `engine`."""

    @click.option(
        "--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
        help="Where to compute; spark reads a store.",
    )  # fmt: skip
    @click.option(
        "--master", metavar="URL",
        help="Of Spark: local[2], spark://host:7077, sc://host. Default: as spark-submit says, else this machine.",
    )  # fmt: skip
    @wraps(function)
    def computed(engine: str, master: str | None, **given: object) -> Answer:
        return function(engine=Engine(engine, master), **given)

    return computed


def _nobody_asks(master: str) -> Issue:
    return Issue(
        "CLI-012",
        "--master is for Spark, and this would be computed here.",
        master,
        "Whoever names a cluster wants it used.",
        "Write  --engine spark  beside it, or leave it out.",
    )
