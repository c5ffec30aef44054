"""Where the working copy of a store lies that is named by an address, `s3://bucket/store`.

It is a cache: deleted, it is fetched again. Each address has a folder of its own, on each machine.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

SCHEMES = ("s3", "gs", "az", "abfs", "abfss")
_ADDRESS = re.compile(r"([a-z][a-z0-9+]+)://(.*)", re.DOTALL)
_MARK, _STORE = "object-store.json", "store"


@dataclass(frozen=True, slots=True)
class Copy:
    """The working copy of the store at `address`; whoever changes or refreshes it holds the folder `home`."""

    address: str
    home: Path

    @property
    def folder(self) -> Path:
        """The store itself, laid out as any other."""
        return self.home / _STORE

    def begin(self) -> Copy:
        """Makes its folder, into which nobody else may look."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark = self.home / _MARK
        if not mark.exists():
            mark.write_text(json.dumps({"address": self.address}) + "\n", encoding="utf-8")
        return self


def is_address(text: str) -> bool:
    """
    >>> is_address("s3://bucket/store"), is_address("./s3/store")
    (True, False)
    """
    return _ADDRESS.match(text) is not None


def wrong_with(address: str) -> str:
    """What is wrong with an address as that of a store; "" where nothing is.

    >>> wrong_with("s3://bucket/store"), wrong_with("ftp://host/store")
    ('', 'ftp:// is none of s3://, gs://, az://, abfs://, abfss://')
    """
    found = _ADDRESS.fullmatch(address)
    scheme, rest = found.groups() if found else ("", address)
    if scheme not in SCHEMES:
        return f"{scheme}:// is none of {', '.join(f'{each}://' for each in SCHEMES)}"
    bucket, *folders = rest.rstrip("/").split("/")
    if not bucket:
        return "it names no bucket"
    if set(rest) & set("?#\\") or not rest.isprintable():
        return "it has signs that no name there may have"
    if any(part in ("", ".", "..") for part in folders):
        return "one of its parts is empty, . or .."
    return ""


def copy_at(address: str, cache: Path) -> Copy:
    """The working copy, in a folder of `cache`; nothing is made yet.

    >>> copy_at("s3://bucket/store/", Path("cache")).home.name
    's3-bucket-store-1ac35ceb'
    """
    address = address.rstrip("/")
    told = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")[:60]
    return Copy(address, cache / f"{told}-{sha256(address.encode()).hexdigest()[:8]}")


def copy_of(folder: Path) -> Copy | None:
    """Whose working copy a folder is; None for a folder that is a store by itself, or none."""
    if folder.name != _STORE:
        return None
    try:
        told = json.loads((folder.parent / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Copy(told["address"], folder.parent)


def spoken(folder: Path) -> str:
    """How people call the folder: of a working copy the address.

    >>> spoken(Path("exports"))
    'exports'
    """
    copy = copy_of(folder)
    return copy.address if copy else str(folder)


def spoken_file(path: Path, folder: Path) -> str:
    """How people call a file of the store in `folder`."""
    copy = copy_of(folder)
    return f"{copy.address}/{path.relative_to(folder).as_posix()}" if copy else str(path)
