"""What was acknowledged stays, however the process ends."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
import zlib
from base64 import b64encode
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import msgspec
import pytest

from sabai.desk.intake.actions.again import PRINT
from tests.desk.intake.conftest import track
from tests.desk.intake.serving import kill, made, serving

KILLS = 20


@pytest.mark.long
def test_no_acknowledged_event_is_lost(tmp_path: Path) -> None:
    key, told = made(tmp_path), set[str]()
    lot = random.Random(7)
    for turn in range(KILLS):
        before = len(told)
        with serving(tmp_path) as (port, process):
            senders = [threading.Thread(target=_send, args=(port, key, f"{turn}-{n}", told)) for n in range(4)]
            for sender in senders:
                sender.start()
            while len(told) == before and any(sender.is_alive() for sender in senders):
                time.sleep(0.01)
            time.sleep(lot.uniform(0, 0.5))
            kill(process)
            for sender in senders:
                sender.join()
        assert len(told) > before, "nothing was sent before the kill, so nothing is shown"
    kept = _kept(tmp_path)
    assert told <= set(kept)
    assert len(kept) == len(set(kept)), "and nothing is there twice"


def _send(port: int, key: str, name: str, told: set[str]) -> None:
    """Sends until the desk is gone; notes what it acknowledged. What it did not is sent twice, as a client does."""
    headers = {"Authorization": "Basic " + b64encode(f"{key}:".encode()).decode()}
    number = 0
    with suppress(OSError, HTTPException), closing(HTTPConnection("127.0.0.1", port, timeout=30)) as asking:
        while True:
            ids = [f"{name}-{number + each // 2}" for each in range(40)]
            batch = {"batch": [track(messageId=each) for each in ids]}
            asking.request("POST", "/v1/batch", msgspec.json.encode(batch), headers)
            answer = asking.getresponse()
            answer.read()
            if answer.status == 200:
                told.update(ids)
                number += 20


def _kept(data: Path) -> list[str]:
    with sqlite3.connect(data / "desk.sqlite3") as database:
        blobs = [zlib.decompress(blob) for (blob,) in database.execute("SELECT blob FROM intake_batch")]
        lately = database.execute("SELECT sum(length(prints)) FROM intake_latelyseen").fetchone()[0]
    ids = [message["messageId"] for blob in blobs for message in msgspec.json.decode(blob)["items"]]
    assert lately == PRINT.size * len(ids)
    return ids
