"""What the customer success team says against the scores, as `overrides.csv`: for a while, with a name and a reason."""

from __future__ import annotations

import numpy as np
import polars as pl

from sabai.dates import from_day
from sabai.demo.latent import NEVER, WEIGHTS
from sabai.demo.world import World

_SAID = (  # kind, language and rank of the account, band, reason, who, from and until in days after the calendar's end
    ("override", "th", 0.05, "at_risk", "ปิดปรับปรุงร้านถึงกลางเดือนหน้า ยอดใช้งานจะกลับมา", "kanya", -16, 15),
    ("override", "en", 0.9, "unhealthy", "Sold to a chain that runs its own tills", "james", -9, 61),
    ("override", "ja", 0.8, "at_risk", "決裁者が来月退職予定。後任は未定", "yuki", -22, 30),
    ("override", "ar", 0.1, "healthy", "إغلاق موسمي متفق عليه، وقد جُدّد العقد لعامين", "layla", -30, 20),
    ("override", "th", 0.5, "unhealthy", "ขู่ยกเลิกเรื่องใบแจ้งหนี้ผิด แก้ไขแล้ว", "mali", -120, -60),
    ("pulse", "th", 0.7, "at_risk", "สุภาพดี แต่ไม่มีใครถามอะไรอีกเลย", "thanawat", -12, 48),
    ("pulse", "ja", 0.8, "healthy", "後任も製品を気に入っている様子", "yuki", -5, 55),
)
_MISWRITTEN = {"kind": "override", "band": "green", "reason": "Great call on Monday", "who": "james"}


def overrides(world: World) -> pl.DataFrame:
    """One of them is over, two speak of the same account, and the band in the last line is none."""
    rows = [
        {
            "kind": kind,
            "account_id": world.who.ids[_at_rank(world, language, rank)],
            "band": band,
            "reason": reason,
            "who": who,
            "from": from_day(world.calendar.last + first).isoformat(),
            "until": from_day(world.calendar.last + until).isoformat(),
        }
        for kind, language, rank, band, reason, who, first, until in _SAID
    ]
    return pl.DataFrame([*rows, rows[1] | _MISWRITTEN])


def _at_rank(world: World, language: str, rank: float) -> int:
    """Of the settled customers who speak the language and stay, worst first, the one at that share of the row."""
    spoken = np.array([place.language == language for place in world.who.places])
    settled = world.who.paying & (world.who.started < world.calendar.last - 90) & (world.truth.notice == NEVER)
    fit = np.flatnonzero(settled & spoken) if (settled & spoken).any() else np.arange(len(world.who))
    worst_first = fit[np.argsort(world.truth.health[fit, -1] @ WEIGHTS, kind="stable")]
    return int(worst_first[int(rank * (len(fit) - 1))])
