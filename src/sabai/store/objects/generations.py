"""What a store in an object store is at one moment: a generation names every file of it, and the head names one.

`head.json` is the only object that is ever written again, and only by whoever saw it last; all others are written once
under names that never come back. So whoever is killed leaves the store as it was, and of two who change it at once one
is told so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sabai.progress import quiet
from sabai.store.objects.names import belongs, is_ours
from sabai.store.objects.refusals import damaged, newer, something_else, unconditional

if TYPE_CHECKING:
    from sabai.store.objects.door import Objects, Tag

FORMAT = 1
HEAD = "head.json"
_STORE = "store.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the store: its bytes, when it was written (nanoseconds since 1970), and the name of its object."""

    size: int
    written: int
    name: str


@dataclass(frozen=True, slots=True)
class Generation:
    """`files` by their path in the store. `name` is that of the object that says all this; "" before the first."""

    number: int = 0
    name: str = ""
    files: Mapping[str, Kept] = field(default_factory=dict)

    def after(self, files: Mapping[str, Kept]) -> Generation:
        number = self.number + 1
        return Generation(number, f"generations/{number:010}-{uuid4().hex}.json", files)

    def told(self) -> bytes:
        files = {path: [kept.size, kept.written, kept.name] for path, kept in sorted(self.files.items())}
        return _json({"format": FORMAT, "number": self.number, "files": files})

    def head(self) -> bytes:
        return _json({"format": FORMAT, "generation": self.name})


@dataclass(frozen=True, slots=True)
class Head:
    """The generation that counts, and the tag of the head that says so; None: there is no head yet."""

    generation: Generation
    tag: Tag | None


def head_of(objects: Objects, known: Generation) -> Head:
    """What counts now; the generation that is `known` is not fetched again.

    FileNotFoundError where another came in between. A store that somebody copied there counts as it lies.
    """
    try:
        told, tag = objects.read(HEAD)
    except FileNotFoundError:
        return Head(_as_it_lies(objects), None)
    name = _said(objects, HEAD, told).get("generation")
    if not name:
        return Head(_as_it_lies(objects), tag)
    return Head(known if known.name == name else _fetched(objects, str(name)), tag)


def begun(objects: Objects) -> Head:
    """The head of a store that gets its first generation; before that it is seen whether conditions are heeded there.

    SabaiError STO-012 where they are not.
    """
    words = [_json({"format": FORMAT, "begun": uuid4().hex}) for _ in range(3)]
    first = objects.write_if(HEAD, words[0], None)
    if first is not None:
        again = objects.write_if(HEAD, words[1], None)
        second = None if again else objects.write_if(HEAD, words[1], first)
        stale = second and objects.write_if(HEAD, words[2], first)
        if again or stale:
            objects.remove([HEAD], quiet)
            raise unconditional(objects.address)
    return head_of(objects, Generation())


def remembered(told: str) -> Generation:
    """What `noted` wrote."""
    said = json.loads(told)
    return Generation(said["number"], said["name"], {path: Kept(**kept) for path, kept in said["files"].items()})


def noted(generation: Generation) -> str:
    return json.dumps(asdict(generation))


def _as_it_lies(objects: Objects) -> Generation:
    """The files of a store that was copied there by other means; none where nothing but remains of ours lie there.

    SabaiError STO-011 where something else lies there.
    """
    lying = objects.listed()
    foreign = next((name for name in sorted(lying) if name != HEAD and not is_ours(name)), None)
    if foreign is not None:
        raise something_else(objects.address, foreign)
    if _STORE not in lying:
        return Generation()
    files = {name: Kept(each.size, each.written, name) for name, each in lying.items() if belongs(name)}
    return Generation(files=files)


def _fetched(objects: Objects, name: str) -> Generation:
    told = _said(objects, name, objects.read(name)[0])
    try:
        files = {str(path): Kept(int(size), int(at), str(of)) for path, (size, at, of) in told["files"].items()}
        number = int(told["number"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise damaged(objects.address, name, "it does not say which files there are") from error
    if strange := [path for path in files if not belongs(path)]:
        raise damaged(objects.address, name, f"no store has a file {strange[0]}")
    return Generation(number, name, files)


def _said(objects: Objects, name: str, told: bytes) -> dict[str, Any]:
    """What an object of ours says. SabaiError STO-008 where it is of a newer format, STO-009 where it is damaged."""
    try:
        said = json.loads(told)
    except ValueError as error:
        raise damaged(objects.address, name, "it is not JSON") from error
    if not isinstance(said, dict) or not isinstance(said.get("format"), int):
        raise damaged(objects.address, name, "it has no format")
    if said["format"] > FORMAT:
        raise newer(objects.address, said["format"], FORMAT)
    return said


def _json(told: Mapping[str, object]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode()
