"""A real Spark cluster on this machine: a master and workers out of the wheel of PySpark, as processes of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

PATIENCE = 120.0  # seconds


@dataclass
class Standalone:
    """`workers` may be killed one by one; whatever is left ends with the cluster."""

    folder: Path
    url: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _begun: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def begin(self, workers: int, memory: str) -> None:
        master = self._start("master", "master.Master", *_HERE, "--port", "0")
        self.url = self._said("master", r"Starting Spark master at (spark://\S+)", master)
        for number in range(workers):
            name = f"worker-{number}"
            where = (*_HERE, "--cores", "1", "--memory", memory, "--work-dir", str(self.folder / name))
            self.workers.append(self._start(name, "worker.Worker", *where, self.url))
        for number, worker in enumerate(self.workers):
            self._said(f"worker-{number}", r"(Successfully registered with master)", worker)

    def serve(self, settings: Mapping[str, str]) -> str:
        """The address of a Spark Connect server on the cluster."""
        conf = {
            **settings,
            "spark.ui.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": "0",
        }
        words = [part for name, value in conf.items() for part in ("--conf", f"{name}={value}")]
        server = "org.apache.spark.sql.connect.service.SparkConnectServer"
        process = self._start("connect", "SparkSubmit", "--master", self.url, *words, "--class", server, memory="1g")
        return f"sc://127.0.0.1:{self._said('connect', r'server started at: [0-9.]+:([0-9]+)', process)}"

    def kill(self, number: int) -> None:
        """Worker and executor are gone at once, as when a machine loses its power."""
        for pid in [self.workers[number].pid, *children(self.workers[number].pid)]:
            os.kill(pid, signal.SIGKILL)
        self.workers[number].wait()

    def executors(self, number: int) -> list[int]:
        return children(self.workers[number].pid)

    def is_idle(self, number: int) -> bool:
        """Whether what a worker began for others has ended with them; on a busy machine that takes a moment."""
        begun = time.monotonic()
        while self.executors(number) and time.monotonic() - begun < PATIENCE:
            time.sleep(0.1)
        return not self.executors(number)

    def end(self) -> None:
        for process in reversed(self._begun):
            if process.poll() is None:
                process.terminate()
            process.wait(PATIENCE)

    def _start(self, name: str, kind: str, *options: str, memory: str = "256m") -> subprocess.Popen[bytes]:
        command = [str(spark_home() / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}"]
        known = os.environ | SETTINGS | {"SPARK_DAEMON_MEMORY": memory}
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, *options],
                env=known, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self._begun.append(process)
        return process

    def _said(self, name: str, pattern: str, process: subprocess.Popen[bytes]) -> str:
        """Waits until the process has said it."""
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE and process.poll() is None:
            log = (self.folder / f"{name}.log").read_text(errors="replace")
            if found := re.search(pattern, log):
                return found.group(1)
            time.sleep(0.1)
        raise AssertionError(f"{name} did not come up:\n{(self.folder / f'{name}.log').read_text(errors='replace')}")


_HERE = ("--host", "127.0.0.1", "--webui-port", "0")
SETTINGS = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_NO_DAEMONIZE": "1",
    "PYSPARK_PYTHON": sys.executable,
}


@contextmanager
def standalone(folder: Path, workers: int, memory: str = "600m") -> Iterator[Standalone]:
    """Each worker has one core, and so much memory."""
    cluster = Standalone(folder)
    try:
        cluster.begin(workers, memory)
        yield cluster
    finally:
        cluster.end()


def spark_home() -> Path:
    found = find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def children(pid: int) -> list[int]:
    """The processes that a process has begun."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    of_threads = [path.read_text() for path in listed.parent.parent.glob("*/children")]
    return [int(child) for text in of_threads for child in text.split()]
