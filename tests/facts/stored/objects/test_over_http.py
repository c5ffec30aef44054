"""The commands, against a server on this machine that speaks S3."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from subprocess import Popen, run

import polars as pl
import pytest
from deltalake import DeltaTable

from tests.acceptance.programs import company
from tests.calling import called

KILLED_AT_THE_HEAD = """
import os, signal
from sabai.store.objects.door import Objects
def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
Objects.write_if = killed
from sabai.cli import main
main()
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The exports of a company, in two parts."""
    (tmp_path / "exports").mkdir()
    (tmp_path / "later").mkdir()
    folder = company(tmp_path / "exports", 20)
    (folder / "sabai.yaml").rename(tmp_path / "sabai.yaml")
    rows = (folder / "usage.csv").read_text().splitlines()
    later = [row.replace("2025-05", "2025-06") for row in rows[1:]]
    (tmp_path / "later" / "usage.csv").write_text("\n".join([rows[0], *later]) + "\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def on(cache: str) -> dict[str, str]:
    """The environment of another machine."""
    return {**os.environ, "SABAI_CACHE": cache}


def landing(data: str, store: str) -> list[str]:
    return ["land", data, "--definitions", "sabai.yaml", "--store", store, "--buckets", "2"]


def snapshots(out: Path) -> pl.DataFrame:
    return pl.read_delta(str(out / "snapshots")).drop("computed_at").sort("account_id", "as_of")


def program(code: str, *words: str) -> list[str]:
    return [sys.executable, "-c", code, *words]


def test_every_bit_of_every_score_is_that_of_a_store_on_a_disk(
    here: Path, over_http: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for store in (over_http, "disk"):
        for data in ("exports", "later"):
            said = called(capsys, *landing(data, store), "--json")
            assert said.code == 0, said.err
            assert said.json["store"] == store
    assert "just these files were landed into " + over_http in called(capsys, *landing("later", over_http)).out
    days = ["--as-of", "2025-06-02", "--as-of", "2025-06-16"]
    for more in (days, ["--since-last"]):
        for store, out in ((over_http, "there"), ("disk", "here")):
            said = called(capsys, "score", store, "--definitions", "sabai.yaml", *more, "--out", out)
            assert said.code == 0, said.err
        assert (here / "there/scores.csv").read_bytes() == (here / "here/scores.csv").read_bytes()
        there, at_home = (snapshots(here / out) for out in ("there", "here"))
        assert there.height
        assert there.equals(at_home)


def test_other_tools_open_its_tables_where_they_are(
    here: Path, over_http: str, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    for data in ("exports", "later"):
        assert called(capsys, *landing(data, over_http)).code == 0
    rows = pl.read_delta(f"{over_http}/facts/events")
    assert (rows.height, rows["key"].n_unique()) == (2 * 20 * 28, 2 * 20 * 28)
    table = DeltaTable(f"{over_http}/facts/accounts").to_pandas()
    assert sorted(table["account_id"]) == sorted(f"C{who}" for who in range(20))


def test_killed_before_the_head_the_store_is_as_it_was(
    here: Path, over_http: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(capsys, *landing("exports", over_http)).code == 0
    ended = run(program(KILLED_AT_THE_HEAD, *landing("later", over_http)), capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    explain = ["explain", "C7", "--as-of", "2025-07-01", "--definitions", "sabai.yaml", "--data"]
    before = called(capsys, *explain, "exports")
    assert called(capsys, *explain, over_http).out == before.out
    with pytest.MonkeyPatch.context() as another:
        another.setenv("SABAI_CACHE", "another")
        assert called(capsys, *explain, over_http).out == before.out
    assert called(capsys, *landing("later", over_http)).code == 0
    assert called(capsys, *explain, over_http).out != before.out


def test_of_two_machines_that_land_at_once_nothing_is_lost_and_nothing_doubled(
    here: Path, over_http: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "from sabai.cli import main; main()"
    landers = [
        Popen(program(code, *landing(data, over_http)), env=on(f"cache-{at}"))
        for at, data in enumerate(("exports", "later", "exports"))
    ]
    assert [lander.wait(300) for lander in landers] == [0, 0, 0]
    said = called(capsys, "score", over_http, "--as-of", "2025-07-01", "--definitions", "sabai.yaml", "--json")
    assert said.code == 0, said.err
    (events,) = [tally for tally in said.json["tallies"] if tally["table"] == "events"]
    assert events["facts"] == 2 * 20 * 28


def test_whoever_is_erased_is_gone_from_there(here: Path, over_http: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(capsys, *landing("exports", over_http)).code == 0
    said = called(capsys, "erase", over_http, "--account", "C7", "--json")
    assert said.code == 0, said.err
    assert said.json["receipt"] == f"{over_http}/erasures/000002.json"
    assert said.json["gone"] == {"accounts": 1, "events": 28}
    assert "C7" not in set(pl.read_delta(f"{over_http}/facts/events")["account_id"])


@pytest.mark.parametrize(
    ("store", "settings", "what"),
    [
        ("s3://no-such-bucket/store", {}, "there is no such bucket"),
        ("", {"AWS_ALLOW_HTTP": "false"}, "its endpoint is not encrypted"),
        ("", {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "it does not answer"),
        ("s3://bucket/nothing/here", {}, "There is no store at s3://bucket/nothing/here"),
    ],
)
def test_what_cannot_be_reached_is_a_sentence(
    here: Path, over_http: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    store: str, settings: dict[str, str], what: str,
) -> None:  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    said = called(capsys, "score", store or over_http, "--definitions", "sabai.yaml")
    assert said.code in (1, 2)
    assert what in said.err
    assert "Traceback" not in said.err
    assert not (here / "sabai-out" / "scores.csv").exists()
