"""The key that signs sign-ins and links: drawn once, and kept where the database is."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sabai.store.aside import aside


def secret_key(data: Path) -> str:
    """The key of this folder; only its owner may read the file."""
    path = data / "secret.key"
    if not path.exists():
        with aside(path) as unfinished:
            unfinished.touch(mode=0o600)
            unfinished.write_text(secrets.token_urlsafe(48))
            os.chmod(unfinished, 0o600)
    return path.read_text()
