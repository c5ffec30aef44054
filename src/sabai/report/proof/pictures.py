"""The pictures of a proof, in the order in which they are told."""

from __future__ import annotations

from sabai.language.language import Language
from sabai.report.picture import Picture
from sabai.report.proof.curves import capture, lead, reliability
from sabai.report.proof.rows import churn_by_band, rivals, weights
from sabai.report.proof.told import ProofTold
from sabai.report.proof.yearly import by_year

DRAWN = {
    "churn-by-band": churn_by_band,
    "lead-time": lead,
    "reliability": reliability,
    "capture": capture,
    "rivals": rivals,
    "weights": weights,
    "stability": by_year,
}


def pictures(told: ProofTold, language: Language) -> dict[str, Picture]:
    """By name, those for which there is something to draw."""
    drawn = {name: draw(told, language) for name, draw in DRAWN.items()}
    return {name: picture for name, picture in drawn.items() if picture}
