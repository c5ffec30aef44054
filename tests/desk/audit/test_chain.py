"""Nobody changes the past unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.audit.actions import write
from sabai.desk.audit.models import Entry
from sabai.desk.audit.queries import broken_at, chain
from sabai.desk.people.models import Membership, Workspace
from tests.desk.bare import program

LENGTH = 9


@pytest.fixture
def trail(aiko: Membership) -> Workspace:
    for number in range(LENGTH):
        write(aiko.workspace, aiko.user, "change", "task", number, {"title": "ก"}, {"title": f"ข {number}"})
    return aiko.workspace


def test_untouched_it_is_whole(trail: Workspace) -> None:
    found = chain(trail)
    assert (found.entries, found.broken_at) == (LENGTH, None)
    assert found.seal == Entry.of(trail).get(number=LENGTH).sealed


@pytest.mark.parametrize(
    "touched",
    [
        {"who": "Ben"}, {"verb": "create"}, {"kind": "note"}, {"thing": "x"}, {"before": None},
        {"after": {"title": "ข 5"}}, {"at": "2020-01-01T00:00:00Z"}, {"sealed": "0" * 64}, {"number": 77},
    ],
)  # fmt: skip
def test_a_changed_entry_is_found(trail: Workspace, touched: dict[str, object]) -> None:
    Entry.of(trail).filter(number=5).update(**touched)
    assert broken_at(trail) == 5


def test_a_removed_entry_is_found(trail: Workspace) -> None:
    Entry.of(trail).filter(number=5).delete()
    assert broken_at(trail) == 5


def test_an_entry_slipped_in_is_found(trail: Workspace, aiko: Membership) -> None:
    for number in range(LENGTH, 4, -1):
        Entry.of(trail).filter(number=number).update(number=number + 1)
    before = Entry.of(trail).get(number=4)
    forged = Entry(workspace=trail, number=5, verb="change", kind="task", thing="x", who="Aiko")
    forged.sealed = forged.seal(before.sealed)
    forged.save()
    assert broken_at(trail) == 6, "the forged one fits the one before, and the next does not fit the forged"


def test_a_first_entry_removed_is_found(trail: Workspace) -> None:
    Entry.of(trail).filter(number=1).delete()
    assert broken_at(trail) == 1


def test_resealing_one_breaks_the_next(trail: Workspace) -> None:
    entry = Entry.of(trail).get(number=5)
    entry.after = {"title": "never"}
    entry.sealed = entry.seal(Entry.of(trail).get(number=4).sealed)
    entry.save()
    assert broken_at(trail) == 6


def test_each_workspace_has_its_own(trail: Workspace, chloe: Membership) -> None:
    assert write(chloe.workspace, chloe.user, "create", "task", 1).number == 1
    Entry.of(chloe.workspace).update(who="Aiko")
    assert (broken_at(trail), broken_at(chloe.workspace)) == (None, 1)


@given(
    who=st.text(max_size=20), thing=st.text(max_size=20),
    told=st.dictionaries(st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(max_size=9)),
)  # fmt: skip
def test_what_is_told_cannot_be_told_otherwise_with_the_same_seal(
    who: str, thing: str, told: dict[str, object]
) -> None:
    """Words do not run into each other: ("ab", "c") is not ("a", "bc")."""
    one = Entry(number=1, who=who, thing=thing, verb="change", kind="task", after=told)
    other = Entry(number=1, at=one.at, who=who + "x", thing=thing, verb="change", kind="task", after=told)
    moved = Entry(number=1, at=one.at, who="", thing=who + thing, verb="change", kind="task", after=told)
    assert one.seal("") != other.seal("")
    assert not who or one.seal("") != moved.seal("")


def test_outside_of_a_transaction_nothing_is_written(aiko: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as outside:
        outside.setattr(transaction.get_connection(), "in_atomic_block", False)
        with pytest.raises(transaction.TransactionManagementError):
            write(aiko.workspace, aiko.user, "change", "task", 1)


TOGETHER = """
from concurrent.futures import ThreadPoolExecutor
import django
django.setup()
from django.db import connection, transaction
from sabai.desk.audit.actions import write
from sabai.desk.audit.queries import chain
from sabai.desk.people.models import Workspace
workspace = Workspace.objects.create(slug="lanna", name="Lanna")

def writes(writer):
    for number in range(10):
        with transaction.atomic():
            write(workspace, None, "change", "task", f"{writer} {number}")
    connection.close()

with ThreadPoolExecutor(8) as writers:
    list(writers.map(writes, range(8)))
found = chain(workspace)
print(found.entries, found.broken_at)
"""


def test_many_writers_at_once_keep_it_whole(bare_desk: Path) -> None:
    """On a database of its own in a file, because one in memory is not shared by threads."""
    assert program(bare_desk, "-c", TOGETHER).split() == ["80", "None"]


def test_reading_a_long_trail_takes_two_questions(
    trail: Workspace, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        chain(trail)
