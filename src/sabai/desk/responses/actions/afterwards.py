"""What follows once an answer is safely kept: it is read, whoever is owed a reply gets one, and it becomes a fact."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from sabai.desk.responses.models import Response


def afterwards(response: Response) -> None:
    """Whatever breaks here is logged, and the answer stands."""
    if not response.counted:
        return
    for follow in (_read, _close_loop, _land):
        transaction.on_commit(_later(follow, response), robust=True)


def _later(follow: Callable[[Response], None], response: Response) -> Callable[[], None]:
    """A function of its own: Django logs what broke by its name, which a partial has not."""

    def followed() -> None:
        follow(response)

    return followed


def _read(response: Response) -> None:
    from sabai.desk.themes.jobs import read_response

    read_response(response.pk)


def _close_loop(response: Response) -> None:
    from sabai.desk.replies.actions.close_loop import close_loop

    close_loop(response)


def _land(response: Response) -> None:
    from sabai.desk.scoring.jobs import land_incoming

    if response.account_id:
        land_incoming(response.workspace_id)
