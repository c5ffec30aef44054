"""Secrets that are shown once: what is kept is a hash, because what is stolen must open nothing."""

from __future__ import annotations

import secrets
from hashlib import sha256


def drawn(begins: str = "") -> str:
    """A new secret of 256 bits; `begins` says what it is for, so that scanners of leaked keys know it.

    >>> len(drawn("sabai_")) > 43, drawn() == drawn()
    (True, False)
    """
    return begins + secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """Of 256 random bits a plain hash is enough: there is nothing to guess.

    >>> hashed("a")[:8]
    'ca978112'
    """
    return sha256(secret.encode()).hexdigest()
