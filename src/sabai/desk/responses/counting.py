"""Which answers are among the numbers."""

from __future__ import annotations

from sabai.desk.responses.models import Response


def counts(response: Response) -> bool:
    """What a machine may have answered, or somebody else, and what came late, do only where the team accepted it.

    A second answer of the same person never counts beside the first: once accepted, it has taken its place there.
    """
    doubtful = bool(response.suspicion) or response.state == "late"
    own_voice = response.beside_id is None or response.suspicion == "forwarded"
    return bool(response.given) and own_voice and (response.accepted_at is not None or not doubtful)
