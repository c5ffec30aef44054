"""How long it takes from the acknowledgement of an event until the customer's live score has heard of it.

    python -m benchmarks.live             prints it; `python -m benchmarks live` keeps the figure too

The desk as it runs, two web workers and the process of its jobs, with the demo company of 400 customers: once it has
heard of a first event, it is sent 500 a second; twice a second one of them speaks of a customer of whom nothing else is
sent.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from benchmarks.intake import DESK, MAKE, _around, _served

RATE, SECONDS, EVERY, PATIENCE = 500, 30, 0.5, 60.0
COMPANY = (
    MAKE.replace('"web", "events"', '"app", "events"')
    + """
from datetime import date
from sabai.dates import to_day
from sabai.demo.make import make_company, weeks_until
from sabai.desk.scoring import jobs
from sabai.desk.scoring.company import Company
company = Company.of(workspace)
exports = company.folder / "exports"
weeks = weeks_until(to_day(date.today()) - 1)
company.definitions.write_bytes(make_company(exports, weeks_later=weeks).read_bytes())
jobs.land_folder.call_local(workspace.pk, str(exports))
"""
)
JOBS = "from sabai.desk.start import run_jobs; run_jobs()"


def delays() -> list[float]:
    """Seconds, sorted; one for each customer. SystemExit where a customer is never heard of."""
    with tempfile.TemporaryDirectory(prefix="sabai-live-", ignore_cleanup_errors=True) as folder:
        around = _around(Path(folder))
        made = subprocess.run(
            [sys.executable, "-c", COMPANY], env=around, check=True, stdout=subprocess.PIPE, text=True
        )
        key = next(word for word in made.stdout.split() if word.startswith("sabai_write_"))
        known = [
            account for (account,) in _asked(folder, "SELECT account_id FROM scoring_account WHERE here ORDER BY 1")
        ]
        spoken, others = known[: int(SECONDS / EVERY)], known[int(SECONDS / EVERY) :]
        with _served(DESK, around) as (port, _), _working(around):
            _heard(folder, _sent(port, key, others[:1], others))  # it runs
            sent = _sent(port, key, spoken, others)
            heard = _heard(folder, sent)
    return sorted(heard[account] - at for account, at in sent.items())


@contextmanager
def _working(around: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-c", JOBS], env=around, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _sent(port: int, key: str, spoken: Sequence[str], others: Sequence[str]) -> dict[str, float]:
    """When the event of each customer was acknowledged."""
    headers = {"Authorization": "Basic " + b64encode(f"{key}:".encode()).decode()}
    acknowledged: dict[str, float] = {}
    begun, each = time.perf_counter(), int(RATE * EVERY)
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as asking:
        for number, account in enumerate(spoken):
            time.sleep(max(0.0, begun + number * EVERY - time.perf_counter()))
            whose = [account, *(others[n % len(others)] for n in range(each - 1))]
            batch = [_message(f"{account}-{n}", group) for n, group in enumerate(whose)]
            asking.request("POST", "/v1/batch", json.dumps({"batch": batch}), headers)
            answer = asking.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"answered {answer.status}")
            acknowledged[account] = time.time()
    return acknowledged


def _message(name: str, account: str) -> dict[str, object]:
    told = {"type": "track", "messageId": name, "userId": f"u-{account}", "event": "login"}
    return told | {"context": {"groupId": account}}


def _heard(folder: str, sent: dict[str, float]) -> dict[str, float]:
    """When the live score of each was there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        rows = _asked(folder, "SELECT account_id, live_at FROM scoring_account WHERE live_at IS NOT NULL")
        heard = {account: datetime.fromisoformat(f"{at}+00:00").timestamp() for account, at in rows}
        if heard.keys() >= sent.keys():
            return heard
        time.sleep(0.5)
    raise SystemExit(f"{len(sent.keys() - heard.keys())} customers were never heard of")


def _asked(folder: str, question: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(Path(folder, "desk.sqlite3"), timeout=30)) as database:
        return database.execute(question).fetchall()


def at(delays: Sequence[float], share: float) -> float:
    return delays[min(int(share * len(delays)), len(delays) - 1)]


if __name__ == "__main__":
    found = delays()
    print(f"p50 {at(found, 0.5):.1f} s, p95 {at(found, 0.95):.1f} s, of {len(found)} customers")
