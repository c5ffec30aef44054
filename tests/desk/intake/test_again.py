"""What came before is known again: in whichever process, before and after it is settled, and after a restart."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from hashlib import blake2b
from itertools import count

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.desk.intake.actions import again
from sabai.desk.intake.actions import settle as settling
from sabai.desk.intake.actions.receive import Brought, receive, unpacked
from sabai.desk.intake.actions.settle import settle, unsee
from sabai.desk.intake.checking import Item
from sabai.desk.intake.models import Batch, LatelySeen, Seen, Source
from tests.desk.intake.conftest import Send, seen, track
from tests.tries import tries

IDS, BODIES = st.integers(0, 12), st.integers(0, 1)
REQUEST = st.lists(st.tuples(IDS, BODIES), min_size=1, max_size=6)
STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.one_of(REQUEST, st.sampled_from(["settle", "half", "restart"]))), max_size=14
)
Workers = list[dict[object, again.Lately]]


@pytest.fixture
def fresh(source: Source) -> Callable[[], Source]:
    """The source, to which nothing ever came."""

    def cleared() -> Source:
        Batch.everywhere.all().delete()
        LatelySeen.objects.all().delete()
        Seen.objects.all().delete()
        return source

    return cleared


@tries(20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_law_the_same_is_taken_as_by_a_dictionary(
    steps: list[tuple[int, list[tuple[int, int]] | str]], fresh: Callable[[], Source]
) -> None:
    source, workers, taken = fresh(), list[dict[object, again.Lately]]([{}, {}]), dict[int, int]()
    for worker, step in steps:
        if isinstance(step, str):
            _between(step, source, workers, worker)
            continue
        first = dict(reversed(step))  # of each id of this request
        new = len(first.keys() - taken.keys())
        aside = sum(first[number] != body for number, body in step)
        aside += sum(taken.setdefault(number, body) != body for number, body in first.items())
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(again, "_remembered", workers[worker])
            assert _brought(source, step) == (new, aside)
    kept = [tuple(map(int, raw.decode().strip('"').split("-"))) for raw in _kept()]
    assert sorted(kept) == sorted(taken.items())
    assert seen() == len(taken)


def _between(step: str, source: Source, workers: Workers, worker: int) -> None:
    """Somebody settles, dies while settling, or begins anew."""
    if step == "settle":
        settle(source)
    elif step == "half":
        values = settling._sorted(list(settling._waiting(source)))
        settling._put(values[: len(values) // 2])
    else:
        workers[worker] = {}


def _brought(source: Source, step: list[tuple[int, int]]) -> tuple[int, int]:
    items = [Item(n, f"m-{number}", f'"{number}-{body}"'.encode()) for n, (number, body) in enumerate(step)]
    brought = Brought(source, timezone.now(), items)
    return receive(brought), len(brought.bad)


def _kept() -> list[bytes]:
    return [bytes(raw) for batch in Batch.everywhere.all() for raw in unpacked(bytes(batch.blob)).items]


def test_what_is_settled_between_the_question_and_the_lock_is_still_known(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that has read nothing of it, and asked `Seen` before it was there."""
    asked, times = again.settled, count()

    def late(source: Source, digests: Collection[bytes]) -> again.Settled:
        before = asked(source, digests)
        if next(times):
            return before
        monkeypatch.setattr(again, "_remembered", {})
        assert _brought(source, [(1, 0)]) == (1, 0)
        settle(source)
        monkeypatch.setattr(again, "_remembered", {})
        return before

    monkeypatch.setattr(again, "settled", late)
    assert _brought(source, [(1, 0), (2, 0)]) == (1, 0)
    assert seen() == 2


def test_what_was_rolled_back_is_not_remembered(source: Source) -> None:
    with transaction.atomic():
        _brought(source, [(1, 0)])
        transaction.set_rollback(True)
    assert _brought(source, [(1, 0)]) == (1, 0)


def test_a_conflict_with_what_is_settled_shows_both(send: Send, source: Source) -> None:
    send("track", track(1))
    settle(source)
    assert send("track", track(1, event="something else")).status_code == 409


@pytest.mark.parametrize("first", [True, False])
def test_what_is_to_be_forgotten_may_come_again(source: Source, first: bool) -> None:
    _brought(source, [(1, 0), (2, 0)])
    if first:
        settle(source)
    unsee(source, [blake2b(b"\0m-1", digest_size=16).digest()])
    assert _brought(source, [(1, 1), (2, 0)]) == (1, 0)
    assert seen() == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_take_each_message_once(source: Source) -> None:
    """Threads with connections of their own, the one remembering nothing of the other, and somebody who settles."""
    new, broken = list[int](), list[Exception]()

    def work(start: int) -> None:
        try:
            for number in range(start, start + 30):
                new.append(_brought(source, [(each, 0) for each in range(number, number + 4)])[0])
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    def settles() -> None:
        try:
            for _ in range(15):
                settle(source)
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(start,)) for start in (0, 0, 10)]
    threads.append(threading.Thread(target=settles))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken
    assert sum(new) == 43 == seen() == len(_kept())
