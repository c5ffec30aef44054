"""A preview for programs."""

from __future__ import annotations

from dataclasses import asdict

from sabai.dates import from_day
from sabai.preview.movers import Mover
from sabai.preview.preview import Preview


def told_preview(found: Preview) -> dict[str, object]:
    """Money counts minor units; null is unknown."""
    migration = found.migration
    return {
        "as_of": from_day(migration.as_of),
        "accounts": migration.accounts,
        "moved": migration.moved,
        "revenue_moved_minor": migration.revenue_moved_minor,
        "flows": [asdict(flow) for flow in migration.flows],
        "movers": [_told(mover) for mover in found.movers],
        "only_before": found.only_before,
        "only_after": found.only_after,
        "proof": {**asdict(found.proof), "sentence": found.proof.sentence},
    }


def _told(mover: Mover) -> dict[str, object]:
    """`reasons` in English, and `why` the same as numbers."""
    told = asdict(mover)
    return {**told, "points": mover.points, "why": told["reasons"], "reasons": [str(each) for each in mover.reasons]}
