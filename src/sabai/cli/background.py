"""A server that goes on when its command has ended."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from sabai.errors import Issue, SabaiError

WAITS_SECONDS = 180  # a small machine that is busy takes its time; one that cannot start says so at once


def started(arguments: Sequence[str], ready: str, log: Path) -> int:
    """Starts `sabai` with these arguments apart from this terminal; its pid, once the address `ready` answers.

    Raises SabaiError CLI-016 where it ends before, or does not answer in three minutes.
    """
    command = [sys.executable, "-c", "from sabai.cli import main; main()", *arguments]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    until = time.monotonic() + WAITS_SECONDS
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.2)
        if _answers(ready) and process.poll() is None:  # else somebody else answers there
            return process.pid
    process.terminate()
    raise SabaiError(_silent(ready, log))


def _answers(address: str) -> bool:
    direct = build_opener(ProxyHandler({}))  # the server is on this machine
    try:
        return bool(direct.open(address, timeout=2).status == 200)
    except (URLError, OSError):
        return False


def _silent(address: str, log: Path) -> Issue:
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
    return Issue(
        "CLI-016",
        f"Nothing answers at {address}.",
        str(log),
        "Nobody could open the desk.",
        " ".join(last) or "Is something else at that address? SABAI_LISTEN and SABAI_URL say another one.",
    )
