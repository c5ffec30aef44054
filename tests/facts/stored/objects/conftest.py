from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from subprocess import DEVNULL, Popen
from time import monotonic, sleep

import pytest

PATIENCE = 120
"""Seconds; a machine that has much else to do takes its time."""
_BEGIN = "import sys; from moto.server import main; main(['-H', '127.0.0.1', '-p', sys.argv[1]])"


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """Of an S3 server on this machine, which has the bucket `bucket`."""
    with closing(socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = Popen([sys.executable, "-c", _BEGIN, str(port)], stdout=DEVNULL, stderr=DEVNULL)
    try:
        _make_bucket(port)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE)


@pytest.fixture
def over_http(port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An address there at which nothing lies; this machine may ask, and keeps its working copies here."""
    settings = {
        "AWS_ACCESS_KEY_ID": "who",
        "AWS_SECRET_ACCESS_KEY": "asks",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ALLOW_HTTP": "true",
        "SABAI_CACHE": str(tmp_path / "cache"),
        "NO_PROXY": "127.0.0.1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return f"s3://bucket/{tmp_path.name}/store"


def _make_bucket(port: int) -> None:
    until = monotonic() + PATIENCE
    while True:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as there:
                there.request("PUT", "/bucket")
                assert there.getresponse().status == 200
                return
        except ConnectionError:
            if monotonic() > until:
                raise
            sleep(0.05)
