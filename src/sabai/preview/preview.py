"""A change of definitions, looked at before it is published."""

from __future__ import annotations

from dataclasses import dataclass

from sabai.errors import Issue, UsageError
from sabai.preview.beside import Beside, beside
from sabai.preview.migration import Migration, migration
from sabai.preview.movers import Mover, movers
from sabai.preview.pairs import paired, same_question
from sabai.proof.replay import Replay

DRAWS = 1000
MOST_MOVERS = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """`migration` and `movers` speak of the last date of both, `proof` of the rows that neither learned from.

    `only_before` and `only_after`: accounts that are customers on that date under one of the definitions only. Signals
    and tasks that the change would start join here.
    """

    migration: Migration
    movers: tuple[Mover, ...]
    only_before: int
    only_after: int
    proof: Beside


def preview(before: Replay, after: Replay, draws: int = DRAWS, seed: int = 7, most: int = MOST_MOVERS) -> Preview:
    """What goes from `before` to `after`, two replays of the same exports with one question; see `pairs.lands_alike`
    for where facts of the second come from.

    Scores and bands are those of the replays, whose reference ends before the split, as a proof needs it. Raises
    UsageError PRV-001 where no customer stands in both, and PRV-002 where the question is not the same: let the second
    be asked with label and split of the first.
    """
    if not same_question(before, after):
        raise UsageError(_other_question(before, after))
    pair = paired(before.past, after.past)
    if not len(pair):
        raise UsageError(_nothing_in_common())
    last = pair.only(pair.before.as_of == pair.before.as_of.max())
    day = int(last.before.as_of[0])
    return Preview(
        migration=migration(last),
        movers=movers(last, before.definitions.health, after.definitions.health, most),
        only_before=int((before.past.as_of == day).sum()) - len(last),
        only_after=int((after.past.as_of == day).sum()) - len(last),
        proof=beside(paired(before.test, after.test), after.label, after.horizon_days, draws, seed),
    )


def _other_question(before: Replay, after: Replay) -> Issue:
    asked = " against ".join(
        f"{each.label} within {each.horizon_days} days from {each.split}" for each in (before, after)
    )
    return Issue(
        "PRV-002",
        f"The two replays do not foretell the same: {asked}.",
        "",
        "Rows that one was held out from may be those that the other one learned from.",
        "State label, horizon and split for both.",
    )


def _nothing_in_common() -> Issue:
    return Issue(
        "PRV-001",
        "No customer stands at any date under both definitions.",
        "",
        "A preview compares the same customers at the same dates.",
        "Let both read the same exports, and look at how they name accounts and who counts as a customer.",
    )
