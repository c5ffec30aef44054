"""The one door to an object store: a few verbs over names under an address. All of `obstore` that we use is here."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sabai.progress import Progress
from sabai.store.aside import aside
from sabai.store.objects.refusals import answering, neither, not_installed

if TYPE_CHECKING:
    from obstore import ObjectMeta, PutResult, UpdateVersion
    from obstore.store import ClientConfig, ObjectStore, RetryConfig

    Tag = UpdateVersion

Thing = TypeVar("Thing")

_AT_ONCE = 8
_PIECE = 32 << 20  # bytes; larger files go up in pieces
_LISTED = 1000
ALLOWS_HTTP = "AWS_ALLOW_HTTP"
_PATIENCE = timedelta(seconds=30)  # for an answer at all; a file may take longer to go up or come down
_FOR_A_FILE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Lying:
    """An object as the list tells of it: bytes, and when it was written, in nanoseconds since 1970."""

    size: int
    written: int


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects under `address`. What it refuses is a SabaiError (STO-006), what is not there FileNotFoundError."""

    address: str
    under: ObjectStore

    def listed(self) -> dict[str, Lying]:
        """Every object under the address."""
        with answering(self.address):
            stream = self.under.list(chunk_size=_LISTED)
            return {meta["path"]: _lying(meta) for chunk in stream for meta in chunk}

    def read(self, name: str) -> tuple[bytes, Tag]:
        """What an object says, and the tag of just that."""
        with answering(self.address, name):
            found = self.under.get(name)
            return bytes(found.bytes()), _tag(found.meta)

    def fetch(self, name: str, path: Path) -> None:
        """Writes an object to a durable file, which takes its name when it is whole."""
        with answering(self.address, name):
            stream = self.under.get(name).stream()
            with aside(path) as unfinished, unfinished.open("wb") as file:
                for chunk in stream:
                    file.write(chunk)

    def send(self, name: str, path: Path) -> None:
        """Acknowledged means durable; nobody else ever writes an object of this name."""
        with answering(self.address):
            self.under.put(name, path, chunk_size=_PIECE, max_concurrency=2)

    def write(self, name: str, told: bytes) -> None:
        with answering(self.address):
            self.under.put(name, told, use_multipart=False)

    def write_if(self, name: str, told: bytes, tag: Tag | None) -> Tag | None:
        """Writes only if the object is still the one with this tag, or if there is none (None); the new tag.

        None where it is another by now. An answer that was lost on the way is no loss: what lies there decides.
        """
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        with answering(self.address):
            try:
                return _tag(self.under.put(name, told, mode=tag or "create", use_multipart=False))
            except FileNotFoundError:
                return None
            except (AlreadyExistsError, PreconditionError):
                lies, tag_of_it = self.read(name)
                return tag_of_it if lies == told else None

    def remove(self, names: Collection[str], progress: Progress) -> None:
        """Takes them away; who is gone already is no matter."""
        some = sorted(names)
        for first in range(0, len(some), _LISTED):
            self._remove(some[first : first + _LISTED])
            progress("removing", min(first + _LISTED, len(some)), len(some))

    def _remove(self, names: Sequence[str]) -> None:
        with answering(self.address):
            try:
                self.under.delete(names)
            except FileNotFoundError:  # some kinds end there
                for name in names:
                    with suppress(FileNotFoundError):
                        self.under.delete(name)


def opened(address: str) -> Objects:
    """By the variables of the environment that the AWS, Google and Azure tools know. UsageError STO-007 where the
    package is not installed."""
    if find_spec("obstore") is None:
        raise not_installed(address)
    from obstore.store import from_url

    patience: ClientConfig = {"timeout": _FOR_A_FILE, "connect_timeout": _PATIENCE / 3, "allow_http": _allows_http()}
    with answering(address):
        retries: RetryConfig = {"max_retries": 5, "retry_timeout": _PATIENCE}
        return Objects(address, from_url(address, retry_config=retries, client_options=patience))


def _allows_http() -> bool:
    """What we say of time hides this variable from obstore. UsageError STO-013 where it is neither true nor false."""
    told = os.environ.get(ALLOWS_HTTP, "")
    if told.lower() not in ("", "0", "1", "true", "false"):
        raise neither(ALLOWS_HTTP, told)
    return told.lower() in ("1", "true")


def at_once(what: str, do: Callable[[Thing], None], things: Sequence[Thing], progress: Progress) -> None:
    """Does it to all of them, some at a time; the first that fails ends it."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        waited = [threads.submit(do, thing) for thing in things]
        try:
            for done, each in enumerate(as_completed(waited), 1):
                each.result()
                progress(what, done, len(things))
        except BaseException:
            threads.shutdown(cancel_futures=True)
            raise


def _tag(told: ObjectMeta | PutResult) -> Tag:
    """Without what this kind of object store does not tell."""
    tag: Tag = {}
    if told["e_tag"] is not None:
        tag["e_tag"] = told["e_tag"]
    if told["version"] is not None:
        tag["version"] = told["version"]
    return tag


def _lying(meta: ObjectMeta) -> Lying:
    return Lying(meta["size"], int(meta["last_modified"].timestamp() * 1e9))
