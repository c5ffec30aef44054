"""How much one request may bring: Segment's own limits for messages, ours for the request around them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

BODY_BYTES = 4 * 2**20  # packed and unpacked
ITEM_BYTES = 32 * 1024
ITEMS = 2_500
DEPTH = 32
ID_CHARACTERS = 300
AHEAD = timedelta(days=1)  # clocks are wrong by hours at most; what lies further ahead is a mistake
FIRST_TIME = datetime(1970, 1, 1, tzinfo=UTC)
KEEP_TOLD = 20  # refused items of one request that are kept to be looked at
KEEP_CHARACTERS = 500  # of each
