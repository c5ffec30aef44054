"""The made company of thirty accounts, as the tests of scoring have it."""

from __future__ import annotations

from tests.desk.scoring.conftest import company, made, scored

__all__ = ["company", "made", "scored"]
