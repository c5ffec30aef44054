"""LEAK-10. With two ids a customer leaves under one and goes on under the other, or teaches and is judged at once."""

from __future__ import annotations

from sabai.proof.alarms.alarm import Alarm, Named, quiet, unchecked
from sabai.proof.replay import Replay

CODE = "LEAK-10"
EXAMPLES = 5


def under_two_ids(replay: Replay) -> Alarm:
    """Fires where accounts of one name share more than strangers do; a name alone is only mentioned."""
    found, ids = replay.two_ids, replay.facts.account_ids
    if not found.named:
        return unchecked(CODE, "Customers under two ids were not looked for: no account has a name.")
    if not len(found.pairs):
        if not found.namesakes:
            return quiet(CODE, "No two accounts have the same name.", 0.0)
        told = f"Pairs of accounts with the same name: {found.namesakes:,}. Nothing else says that any is one customer."
        return quiet(CODE, told, 0.0)
    pairs = zip(found.names, found.pairs.tolist(), strict=True)
    shown = Named(tuple(f"{name} ({ids[one]}, {ids[other]})" for name, (one, other) in pairs)[:EXAMPLES])
    return Alarm(
        CODE,
        f"Pairs of accounts that look like one customer under two ids: {len(found.pairs):,}, for instance {shown}.",
        "Map one id to the other with identities; where both are right, name their parent. Until then whoever goes on "
        "under another id counts as one who left.",
        float(len(found.pairs)),
        fired=True,
        names=shown,
    )
