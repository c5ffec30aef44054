"""How long the server takes for the pages of a desk with 10,000 customers, and how much it sends.

    python -m benchmarks.desk_pages [CUSTOMERS]

On SQLite in an empty folder, one request after the other, the whole of Django around each; the network is left out.
Beside each page stands how many times as much work it is as `/healthz`, which does nothing, in the same run.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass
from functools import cache

from django.core.management import call_command
from django.test import Client

from benchmarks.desk_begun import FOLDER
from benchmarks.desk_filled import filled
from sabai.desk.scoring.models import Account

CUSTOMERS = 10_000
RUNS = 40
PEER = "/healthz"
LISTS = {
    "list": "accounts/",
    "list, 100 rows": "accounts/?size=100",
    "list, page 150": "accounts/?page=150",
    "list, found by a Thai word": "accounts/?q=ช้าง",
    "list, found by a Japanese word": "accounts/?q=さくら&sort=name",
    "list, found by an Arabic word": "accounts/?q=الياسمين&sort=-revenue",
    "list, two bands, renewals": "accounts/?band=at_risk&band=unhealthy&renews=60&sort=renews",
    "list, to call": "accounts/?call=1",
    "list, silent, by owner": "accounts/?silent=28&sort=owner",
    "list, of one owner": "accounts/?owner=2",
    "morning, everybody's": "?whose=all",
    "morning, mine": "?whose=me",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of the server, those of them that it worked, and the bytes of the page before it is packed.

    On a machine that others use, only `work` says anything.
    """

    p50: float
    p95: float
    work: float
    size: int

    def said(self, name: str) -> str:
        return f"{name}: p50 {self.p50:.0f} ms, {self.work:.1f} ms of processor, {self.size / 1000:.0f} kB"


def main(customers: int = CUSTOMERS) -> None:
    pages = _desk(customers)
    found = {name: _measured(client, address) for name, (client, address) in pages.items()}
    peer = found[PEER]
    print(f"{customers:,} customers, {RUNS} requests each\n")
    print(f"{'page':34}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'kB':>7}{'× bare':>8}")
    for name, page in found.items():
        times = f"{page.p50:9.1f}{page.p95:9.1f}{page.work:9.1f}"
        print(f"{name:34}{times}{page.size / 1000:7.0f}{page.work / peer.work:8.1f}")


def slowest(names: str) -> tuple[str, Measured]:
    """Of the pages whose names begin so, the one with the greatest p95."""
    asked = {name: page for name, page in _desk(CUSTOMERS).items() if name.startswith(names)}
    found = {name: _measured(client, address) for name, (client, address) in asked.items()}
    return max(found.items(), key=lambda each: each[1].p95)


@cache
def _desk(customers: int) -> dict[str, tuple[Client, str]]:
    """A desk with that many customers, and what to ask it for: an administrator asks, who sees everybody."""
    for command in (("migrate",), ("createcachetable",), ("collectstatic", "--no-input")):
        call_command(*command, verbosity=0)
    admin, manager, *_ = filled(customers)
    clients = {member.role: Client(SERVER_NAME="127.0.0.1") for member in (admin, manager)}
    for member in (admin, manager):
        clients[member.role].force_login(member.user)
    below = f"/w/{admin.workspace.slug}/"
    asked = {
        name: (clients["manager" if "mine" in name else "admin"], below + address) for name, address in LISTS.items()
    }
    account = Account.of(admin.workspace).order_by("pk")[customers // 2]
    return {PEER: (clients["admin"], PEER)} | asked | {"account": (clients["admin"], f"{below}accounts/{account.pk}/")}


def _measured(client: Client, address: str) -> Measured:
    size = _size(client, address)
    took = [_once(client, address) for _ in range(RUNS)]
    walls = sorted(wall for wall, _ in took)
    work = statistics.median(work for _, work in took)
    return Measured(statistics.median(walls), walls[int(0.95 * (RUNS - 1))], work, size)


def _size(client: Client, address: str) -> int:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return len(answer.content)


def _once(client: Client, address: str) -> tuple[float, float]:
    begun, worked = time.perf_counter(), time.process_time()
    client.get(address)
    return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000


if __name__ == "__main__":
    with FOLDER:
        main(*(int(number) for number in sys.argv[1:2]))
