"""Texts without what tells who wrote them, or whom they name: nothing else may leave this computer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from unicodedata import normalize

from msgspec import Struct

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account, Contact

NAME, MAIL, PHONE, LINK = "[name]", "[mail]", "[number]", "[link]"
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.[^\s@<>()\[\],;:]+")
_HANDLE = re.compile(r"(?<!\w)@[\w.]{2,}")
_PHONE = re.compile(r"[+(]?\d(?:[\s().\-–—/]{0,3}\d){5,}")
"""Six digits and more are a telephone, an account, a card or an order: each may be somebody's."""
_ALPHABETS = "a-zà-ɏͰ-ϿЀ-ӿ"
_SPACED = re.compile(f"^[{_ALPHABETS}0-9 .'&-]+$", re.IGNORECASE)
"""Names in alphabets whose words stand apart; in Thai, Arabic and Japanese something may be written on to a name."""
FEWEST = 3
FEWEST_TOGETHER = 2  # letters of a name in a script that writes words together


class Mask(Struct, frozen=True, dict=True):
    """Whatever is called by one of the names is taken out, whole or in part, whatever stands around it.

    >>> mask = Mask(("Anna Bird", "สมชาย ใจดี", "田中"))
    >>> mask.masked("Ask anna, +66 81 234 5678 or anna@x.example: คุณสมชายบอก 田中様")
    'Ask [name], [number] or [mail]: คุณ[name]บอก [name]様'
    """

    names: tuple[str, ...]

    def masked(self, text: str) -> str:
        found = normalize("NFKC", text)
        for what, said in ((_LINK, LINK), (_MAIL, MAIL), (_HANDLE, NAME), (_PHONE, PHONE)):
            found = what.sub(said, found)
        small = found.casefold()
        there = [part for part in self._parts if part in small]
        return _pattern(there).sub(NAME, found) if there else found

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """Every name whole and each of its words, the longest first."""
        wholes = {normalize("NFKC", name).casefold().strip() for name in self.names}
        parts = wholes | {part.strip(".,()") for whole in wholes for part in whole.split()}
        return tuple(sorted((part for part in parts if _long_enough(part)), key=lambda part: (-len(part), part)))


def mask_of(workspace: Workspace) -> Mask:
    """By everybody whom the workspace knows: its customers, people there, and its own people."""
    return Mask(tuple(dict.fromkeys(name for name in _names(workspace) if name)))


def masked(workspace: Workspace, texts: Sequence[str]) -> list[str]:
    mask = mask_of(workspace)
    return [mask.masked(text) for text in texts]


def _names(workspace: Workspace) -> Iterable[str]:
    for account in Account.of(workspace).values_list("name", "account_id", "owner_name").iterator():
        yield from account
    for contact in Contact.of(workspace).values_list("name", "contact_id").iterator():
        yield from contact
    for member in Membership.of(workspace).values_list("user__name", "known_as"):
        yield from member
    yield workspace.name


def _long_enough(part: str) -> bool:
    return len(part) >= (FEWEST if _SPACED.match(part) else FEWEST_TOGETHER)


def _pattern(parts: Sequence[str]) -> re.Pattern[str]:
    written = (
        rf"(?<![{_ALPHABETS}0-9]){re.escape(part)}(?![{_ALPHABETS}0-9])" if _SPACED.match(part) else re.escape(part)
        for part in parts
    )
    return re.compile("|".join(written), re.IGNORECASE)
