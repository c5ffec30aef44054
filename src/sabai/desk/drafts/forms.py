"""The numbers that the form sends."""

from __future__ import annotations

from collections.abc import Mapping

from sabai.definitions.model import Health
from sabai.desk.drafts.checked import Numbers


def numbers_of(posted: Mapping[str, str], health: Health) -> Numbers:
    """What was left empty stays as it is. ValueError names what is no number."""
    return Numbers(
        _those(posted, "weight", [factor.name for factor in health.factors]),
        _those(posted, "points", [deduction.name for deduction in health.deductions]),
        _cut(posted),
        _share(_number(posted.get("needs_coverage", ""))),
        _number(posted.get("deduction_cap", "")),
    )


def _those(posted: Mapping[str, str], kind: str, names: list[str]) -> dict[str, float]:
    found = {name: _number(posted.get(f"{kind}.{name}", "")) for name in names}
    return {name: number for name, number in found.items() if number is not None}


def _cut(posted: Mapping[str, str]) -> tuple[float, float] | None:
    healthy, at_risk = (_number(posted.get(name, "")) for name in ("cut.healthy", "cut.at_risk"))
    return None if healthy is None or at_risk is None else (healthy, at_risk)


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _number(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        return float(text)
    except ValueError:
        raise ValueError(text) from None
