"""The desk of a later version."""

from __future__ import annotations

from sabai.desk.conf import *  # noqa: F403
from sabai.desk.conf import INSTALLED_APPS

INSTALLED_APPS += ["tests.desk.keeping.later"]
