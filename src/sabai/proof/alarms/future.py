"""LEAK-02. What is measured at a date must be the same, to the bit, where nothing after it was ever known."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from sabai.dates import from_day
from sabai.errors import UsageError
from sabai.metrics.grid import Floats, Grid, joined
from sabai.metrics.looks import EachRun, as_measured
from sabai.proof.alarms.alarm import Alarm, Named, quiet, unchecked
from sabai.proof.alarms.until import copied
from sabai.proof.replay import Replay

CODE = "LEAK-02"
ACCOUNTS = 300


def future_facts(replay: Replay, each_run: EachRun, seed: int) -> Alarm:
    """Measures some accounts at the split (or the middle date) twice: with all facts, and with those before it."""
    dates = np.unique(replay.past.as_of)
    if not dates.size:
        return unchecked(CODE, "Later facts were not looked for: nobody was a customer at any date.")
    day = int(replay.split if replay.split is not None else dates[len(dates) // 2])
    try:
        with TemporaryDirectory() as folder:
            every, until = (
                _measured(replay, each_run, day, seed, Path(folder) / name, before)
                for name, before in (("every", None), ("until", day))
            )
    except UsageError as error:  # an engine that reads nothing but a store
        return unchecked(CODE, f"Later facts were not looked for: {error.issues[0].what}")
    return _told(every, until, day)


def _measured(replay: Replay, each_run: EachRun, day: int, seed: int, folder: Path, before: int | None) -> Grid:
    facts = copied(replay.facts, _some(replay, day, seed), folder, replay.definitions.workspace.time_zone, before)
    return joined(list(each_run(facts, replay.definitions, [day], as_measured)))


def _some(replay: Replay, day: int, seed: int) -> list[str]:
    """Some accounts, first of all those that were customers on the day."""
    there = np.unique(replay.past.account[replay.past.as_of == day])
    rng = np.random.default_rng(seed)
    others = np.setdiff1d(np.arange(len(replay.facts.account_ids)), there)
    some = np.concatenate([rng.permutation(there), rng.permutation(others)])[:ACCOUNTS]
    return [replay.facts.account_ids[place] for place in some]


def _told(every: Grid, until: Grid, day: int) -> Alarm:
    numbers = int(every.alive.sum()) * len(every.values)
    moved = _moved(every, until)
    changed = sum(moved.values())
    when = f"on {from_day(day)}"
    if not changed:
        return quiet(CODE, f"Later facts change nothing: {numbers:,} numbers measured {when} are the same bits.", 0.0)
    guilty = Named.of([name for name, count in moved.items() if count])
    return Alarm(
        CODE,
        f"Later facts change what was measured {when}: {changed:,} of {numbers:,} numbers, in {guilty}.",
        "A filter may read a date or a mark that was filled in later: count from that date instead of filtering on it. "
        "Else it is a fault of the engine; please report it.",
        float(changed),
        fired=True,
        names=guilty,
    )


def _moved(every: Grid, until: Grid) -> dict[str, int]:
    """How many numbers differ, of each metric and of what is known of accounts; only customers are scored."""
    alive = every.alive & until.alive
    moved = {name: _differing(of[alive], until.values[name][alive]) for name, of in every.values.items()}
    moved["who is a customer"] = int((every.alive != until.alive).sum())
    moved["tenure"] = _differing(every.tenure_days[alive], until.tenure_days[alive])
    moved["segments"] = int((_segments(every)[alive] != _segments(until)[alive]).sum())
    return moved


def _differing(one: Floats, other: Floats) -> int:
    return int((~((one == other) | (np.isnan(one) & np.isnan(other)))).sum())


def _segments(grid: Grid) -> np.ndarray[tuple[int, int], np.dtype[np.str_]]:
    return np.asarray(np.array(grid.segments, dtype=np.str_)[grid.segment])
