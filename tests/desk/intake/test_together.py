"""Requests that wait for each other are written together, and one that fails spares the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection

from sabai.desk.intake.actions.together import Line
from sabai.desk.intake.actions.turn import turn
from sabai.desk.people.models import Workspace

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(line: Line[int], writes: list[Callable[[], int]]) -> list[int | BaseException]:
    """What becomes of each, where all of them come while somebody else writes."""
    told: dict[int, int | BaseException] = {}

    def ask(number: int) -> None:
        try:
            told[number] = line.commit(writes[number])
        except DatabaseError as fault:
            told[number] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(writes))]
    with turn():
        for thread in threads:
            thread.start()
        until = time.monotonic() + 20
        while len(line._waiting) < len(writes) and time.monotonic() < until:
            time.sleep(0.01)
    for thread in threads:
        thread.join(20)
    return [told[number] for number in range(len(writes))]


def making(number: int, wrote: list[int]) -> Callable[[], int]:
    def make() -> int:
        Workspace.objects.create(slug=f"made-{number}", name="Made")
        wrote.append(threading.get_ident())
        return number

    return make


def fail() -> int:
    raise DatabaseError("of my own")


def test_one_writes_for_all_who_wait() -> None:
    wrote, undone = list[int](), list[None]()
    assert at_once(Line(lambda: undone.append(None)), [making(n, wrote) for n in range(5)]) == [0, 1, 2, 3, 4]
    assert (len(wrote), len(set(wrote)), undone) == (5, 1, [])
    assert Workspace.objects.count() == 5


def test_who_fails_spares_their_neighbours() -> None:
    wrote, undone = list[int](), list[None]()
    line: Line[int] = Line(lambda: undone.append(None))
    first, broken, last = at_once(line, [making(0, wrote), fail, making(2, wrote)])
    assert (first, str(broken), last) == (0, "of my own", 2)
    assert undone
    assert sorted(Workspace.objects.values_list("slug", flat=True)) == ["made-0", "made-2"]
    assert line.commit(making(3, wrote)) == 3


def test_where_nobody_can_have_their_turn_all_are_told(settings: Any, tmp_path: Path) -> None:
    line: Line[int] = Line(list)
    there, settings.DATA = settings.DATA, tmp_path / "nowhere"
    with pytest.raises(OSError, match="nowhere"):
        line.commit(making(0, []))
    settings.DATA = there
    assert line.commit(making(1, [])) == 1
