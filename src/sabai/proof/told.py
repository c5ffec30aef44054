"""A proof as plain data, for programs: what `sabai prove --json` says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sabai.dates import from_day
from sabai.intervals import Interval
from sabai.proof.alarms.alarm import Alarm
from sabai.proof.by_band import BandChurn
from sabai.proof.by_revenue import ByRevenue
from sabai.proof.forecast import Forecast
from sabai.proof.prove import Proof
from sabai.proof.rivals import Kind, Rival


def told(proof: Proof, alarms: Sequence[Alarm], sentence: str) -> dict[str, object]:
    """Measures as numbers; the intervals of those that stand alone are under `intervals`. NaN is unknown."""
    best = proof.best_factor
    return {
        "sentence": sentence,
        "verdict": proof.verdict,
        **_asked(proof),
        **_measures(proof),
        **_forecast(proof.forecast),
        "intervals": _intervals(proof),
        "bands": [_band(each) for each in proof.bands.churn],
        "red_to_green": asdict(proof.red_to_green),
        "trend": asdict(proof.bands.trend()),
        "best_single_factor": {"name": best.name, "auc": best.auc.value} if best else None,
        "learned": _learned(proof),
        "ceiling": _rival(proof, "ceiling"),
        "tenure": _rival(proof, "tenure"),
        "factors": [{"name": each.name, **_against(each)} for each in proof.rivals if each.kind == "factor"],
        "parts": [asdict(part) for part in proof.parts],
        "by_revenue": _by_revenue(proof.by_revenue),
        "horizons": [asdict(each) for each in proof.horizons],
        "lead": [asdict(each) for each in proof.lead],
        "first_red": asdict(proof.first_red),
        "alarms": [_alarm(alarm) for alarm in alarms if alarm.fired],
        "alarms_checked": [asdict(alarm) for alarm in alarms],
    }


def _asked(proof: Proof) -> dict[str, object]:
    replay, rows = proof.replay, proof.rows
    cross = replay.question.cross_section
    return {
        "label": replay.label,
        "horizon_days": None if cross else replay.horizon_days,
        "cross_section": cross,
        "from": from_day(proof.as_of[0]),
        "to": from_day(proof.as_of[1]),
        "split": None if replay.split is None else from_day(replay.split),
        "reference_rebuilt": replay.rebuilt,
        "definitions_version": replay.definitions.version,
        "rows": len(rows),
        "rows_without_score": proof.all_rows - len(rows),
        "accounts": rows.accounts,
        "churned": rows.churned,
        "base_rate": rows.base_rate,
        "received_assumed": proof.assumed,
    }


def _measures(proof: Proof) -> dict[str, object]:
    return {
        "auc": asdict(proof.auc),
        "auc_exposed": proof.exposed.auc.value if proof.exposed else None,
        "average_precision": proof.average_precision.value,
        **{f"lift_{percent}": interval.value for percent, interval in proof.lift.items()},
        **{f"capture_{percent}": interval.value for percent, interval in proof.capture.items()},
    }


def _forecast(forecast: Forecast | None) -> dict[str, object]:
    return {
        "brier": forecast and forecast.brier.value,
        "brier_skill": forecast and forecast.skill.value,
        "calibration_slope": forecast and forecast.slope.value,
        "calibration_intercept": forecast and forecast.intercept.value,
        "calibration_error": forecast and forecast.error,
        "calibration_error_floor": forecast and forecast.floor,
        "reliability": [asdict(each) for each in forecast.bins] if forecast else [],
    }


def _learned(proof: Proof) -> dict[str, object] | None:
    found, forecast = _rival(proof, "learned"), proof.learned_forecast
    if found is None or forecast is None:
        return found
    return {**found, "brier": forecast.brier.value, "calibration_slope": forecast.slope.value}


def _intervals(proof: Proof) -> dict[str, dict[str, float]]:
    known: dict[str, Interval] = {
        "average_precision": proof.average_precision,
        **{f"lift_{percent}": interval for percent, interval in proof.lift.items()},
        **{f"capture_{percent}": interval for percent, interval in proof.capture.items()},
    }
    if proof.exposed:
        known["auc_exposed"] = proof.exposed.auc
    if proof.forecast:
        known["brier"], known["brier_skill"] = proof.forecast.brier, proof.forecast.skill
        known["calibration_slope"], known["calibration_intercept"] = proof.forecast.slope, proof.forecast.intercept
    return {name: asdict(interval) for name, interval in known.items()}


def _band(churn: BandChurn) -> dict[str, object]:
    return {
        "band": churn.band,
        "rows": churn.rows,
        "churned": churn.churned,
        "accounts": churn.accounts,
        "churned_accounts": churn.churned_accounts,
        "rate": churn.rate.value,
        "low": churn.rate.low,
        "high": churn.rate.high,
    }


def _by_revenue(found: ByRevenue | None) -> dict[str, object] | None:
    """Shares of what was paid a month at the as-of dates."""
    if found is None:
        return None
    told = asdict(found)
    lifts = {f"lift_{percent}": lift for percent, lift in told.pop("lift").items()}
    return {**told, **lifts}


def _rival(proof: Proof, kind: Kind) -> dict[str, object] | None:
    found = next((rival for rival in proof.rivals if rival.kind == kind), None)
    return _against(found) if found else None


def _against(rival: Rival) -> dict[str, object]:
    return {"auc": rival.auc.value, "low": rival.auc.low, "high": rival.auc.high, "gain": asdict(rival.gain)}


def _alarm(alarm: Alarm) -> dict[str, str]:
    return {"code": alarm.code, "sentence": alarm.sentence, "what_to_do": alarm.what_to_do}
