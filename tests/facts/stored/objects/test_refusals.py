"""What object stores and the network say, in our own words; what an address may look like."""

from __future__ import annotations

from pathlib import Path

import pytest
from obstore.exceptions import GenericError, PermissionDeniedError, UnauthenticatedError

from sabai.errors import UsageError
from sabai.store.objects import door
from sabai.store.objects.copies import copy_at, copy_of, wrong_with
from sabai.store.objects.refusals import refused
from tests.calling import called

SAID = {
    "<Code>NoSuchBucket</Code>": "there is no such bucket",
    "Generic S3 error: Missing AccessKeyId": "nobody said who asks",
    "Generic MicrosoftAzure error: Account must be specified": "nobody said who asks",
    "returned non-2xx status code: 403 Forbidden: <Code>InvalidAccessKeyId</Code>": "you may not read or write there",
    "returned non-2xx status code: 301 Moved: <Code>PermanentRedirect</Code>": "the bucket lies in another region",
    "HTTP error: builder error": "its endpoint is not encrypted",
    "status code: 501 Not Implemented: <Code>NotImplemented</Code>": "only if nobody else has",
    "after 5 retries - HTTP error: error sending request": "it does not answer",
    "status code: 503 Service Unavailable: <Code>SlowDown</Code>": "it does not answer",
    "performing GET http://h/timeout-403/NoSuchBucket in 3ms - NoSuchKey?\nDebug": "performing GET",
    "something quite new\nDebug source: ...": "something quite new.",
}


@pytest.mark.parametrize("said", SAID)
def test_each_refusal_is_said_plainly(said: str) -> None:
    issue = refused("s3://bucket/store", GenericError(said))
    assert SAID[said] in issue.what
    assert "Debug" not in str(issue)
    assert issue.hint


@pytest.mark.parametrize("kind", [PermissionDeniedError, UnauthenticatedError])
def test_refused_by_kind_alone(kind: type[Exception]) -> None:
    assert "you may not read or write there" in refused("s3://bucket/store", kind("no")).what


@pytest.mark.parametrize(
    "address",
    ["s3://", "s3:///store", "http://host/store", "s3://b/a//b", "s3://b/../a", "s3://b/a?x=1", "s3://b/a\nb"],
)
def test_what_is_no_address_of_a_store_is_2(address: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert wrong_with(address)
    said = called(capsys, "erase", address, "--account", "a")
    assert said.code == 2
    assert "cannot be the address of a store" in said.err


def test_twin_addresses_of_stores() -> None:
    for address in ("s3://bucket", "s3://bucket/", "gs://b/store", "az://container/my store", "s3://b/لوحة/店"):
        assert wrong_with(address) == ""


def test_each_address_has_a_copy_of_its_own(tmp_path: Path) -> None:
    addresses = ("s3://b/store", "s3://b/Store", "s3://b-store", "gs://b/store", "s3://b/店", "s3://b/舗")
    copies = [copy_at(address, tmp_path).begin() for address in addresses]
    assert len({copy.home for copy in copies}) == len(copies)
    assert [copy_of(copy.folder) for copy in copies] == copies
    assert copy_at("s3://b/store/", tmp_path) == copies[0]
    assert {copy.home.stat().st_mode & 0o777 for copy in copies} == {0o700}
    assert copy_of(tmp_path / "store") is None


def test_without_the_package_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("SABAI_CACHE", str(tmp_path))
    monkeypatch.setattr(door, "find_spec", lambda name: None)
    said = called(capsys, "score", "s3://bucket/store")
    assert said.code == 2
    assert said.err.startswith("STO-007")
    assert 'pip install "sabai[object-store]"' in said.err


def test_a_variable_that_says_neither_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ALLOW_HTTP", "maybe")
    with pytest.raises(UsageError, match="STO-013"):
        door.opened("s3://bucket/store")
