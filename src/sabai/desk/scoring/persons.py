"""One person is one person, at however many accounts, and is known again after their name is gone."""

from __future__ import annotations

from hashlib import blake2b
from unicodedata import normalize


def person_of(salt: str, email: str, contact_id: str) -> str:
    """A digest of the address, whatever its case and width; of the contact's id where there is no address.

    >>> person_of("a", "Noi@Example.com ", "c-1") == person_of("a", "noi@example.com", "c-2")
    True
    >>> person_of("a", "", "c-1") == person_of("a", "", "c-2")
    False
    """
    known = normalize("NFKC", email).strip().casefold() or f"\0{contact_id}"
    return blake2b(known.encode(), key=salt.encode(), digest_size=16).hexdigest()
