"""Files without end: lines of gigabytes, archives that unpack to them. Refused in seconds, and in little memory."""

from __future__ import annotations

import gzip
import resource
from pathlib import Path

import pytest

from tests.acceptance.conftest import DEFINITIONS, HEADER, Folder
from tests.acceptance.programs import call, limited

pytestmark = pytest.mark.long
MOST_MEMORY = 2_500 << 20  # of addresses; libraries that are only mapped take the larger part


def sparse(path: Path, start: bytes = HEADER.encode()) -> None:
    """Two gigabytes on one line, of which the disk holds only the start."""
    with path.open("wb") as file:
        file.write(start)
        file.truncate(2 << 30)


def refused(where: Path, file: str, code: str, peak: int = 1_000) -> None:
    """`sabai score` ends with this code, in at most `peak` MB."""
    (where / "sabai.yaml").write_text(DEFINITIONS.replace("files: usage.csv", f"files: {file}"))
    ended, _, err = call(where, "score", preexec_fn=limited(resource.RLIMIT_AS, MOST_MEMORY))
    assert ended == 1, err
    assert code in err
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < peak << 10


@pytest.mark.parametrize("file", ["endless.csv", "endless.tsv", "endless.jsonl"])
def test_two_gigabytes_on_one_line(folder: Folder, file: str) -> None:
    sparse(folder.root / file)
    refused(folder.root, file, "FCT-007")


def test_two_gigabytes_that_are_no_parquet_file(folder: Folder) -> None:
    sparse(folder.root / "endless.parquet", b"PAR1")
    refused(folder.root, "endless.parquet", "FCT-005")


def test_two_gigabytes_that_are_no_workbook(folder: Folder) -> None:
    sparse(folder.root / "endless.xlsx", b"PK\x03\x04")
    refused(folder.root, "endless.xlsx", "FCT-005")


@pytest.mark.parametrize("file", ["packed.csv.gz", "packed.jsonl.gz"])
def test_an_archive_that_unpacks_to_one_line_of_200_megabytes(folder: Folder, file: str) -> None:
    with gzip.open(folder.root / file, "wb") as packed:
        packed.write(HEADER.encode())
        for _ in range(200):
            packed.write(b"x" * (1 << 20))
    refused(folder.root, file, "FCT-007")


def test_definitions_of_two_gigabytes(folder: Folder) -> None:
    sparse(folder.root / "endless.yaml")
    ended, _, err = call(folder.root, "check", "endless.yaml", preexec_fn=limited(resource.RLIMIT_AS, MOST_MEMORY))
    assert ended == 1
    assert "DEF-003" in err


def test_json_that_is_nested_without_end(folder: Folder) -> None:
    bomb = '{"customer":"C1","action":' + "[" * 30_000_000 + "}\n"
    folder.file("deep.jsonl", '{"customer":"C1","action":"login","at":"2025-05-01"}\n' + bomb)
    (folder.root / "sabai.yaml").write_text(DEFINITIONS.replace("files: usage.csv", "files: deep.jsonl"))
    ended, out, err = call(folder.root, "facts", preexec_fn=limited(resource.RLIMIT_AS, MOST_MEMORY))
    assert ended == 0, err
    assert "1" in next(line for line in out.splitlines() if line.startswith("events")).split()[-2]
