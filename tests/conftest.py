"""What holds for every test: nothing is timed, and the fast run draws the same examples every time."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("fast", deadline=None, derandomize=True, database=None)
settings.register_profile("long", deadline=None)
settings.load_profile("fast")
