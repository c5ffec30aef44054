"""The trail may forget what is old and whom it must, and is whole all the same; nobody else may take anything out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sabai.desk.audit.actions import write
from sabai.desk.audit.forgetting import blank, cut
from sabai.desk.audit.forgotten import forgotten
from sabai.desk.audit.models import Entry
from sabai.desk.audit.queries import broken_at, chain
from sabai.desk.people.models import Membership, Workspace

LENGTH = 9


@pytest.fixture
def trail(aiko: Membership) -> Workspace:
    for number in range(1, LENGTH + 1):
        write(aiko.workspace, aiko.user, "change", "note", number, {"text": "Anna Bird"}, {"text": f"no {number}"})
    return aiko.workspace


def aged(trail: Workspace, upto: int) -> None:
    """The first entries are a year old, and sealed so."""
    before = "0" * 64
    for entry in Entry.of(trail).order_by("number"):
        if entry.number <= upto:
            entry.at -= timedelta(days=365)
        entry.sealed = before = entry.seal(before)
        entry.save()


def without(told: object) -> object:
    if isinstance(told, dict):
        return {name: without(value) for name, value in told.items()}
    return told.replace("Anna Bird", "erased") if isinstance(told, str) else told


def test_old_entries_go_and_the_rest_is_whole(trail: Workspace) -> None:
    aged(trail, 4)
    seal = Entry.of(trail).get(number=4).sealed
    assert cut(trail, timezone.now() - timedelta(days=30)) == 4
    assert [entry.number for entry in Entry.of(trail).order_by("number")] == [5, 6, 7, 8, 9, 10]
    assert (forgotten(trail).number, forgotten(trail).seal) == (4, seal)
    assert (chain(trail).broken_at, chain(trail).entries) == (None, 6)


def test_all_of_it_may_be_old(trail: Workspace) -> None:
    aged(trail, LENGTH)
    assert cut(trail, timezone.now() - timedelta(days=30)) == LENGTH
    assert chain(trail).broken_at is None
    assert write(trail, None, "create", "task", 1).number == LENGTH + 2
    assert chain(trail).broken_at is None


def test_nothing_old_nothing_cut(trail: Workspace) -> None:
    assert cut(trail, timezone.now() - timedelta(days=30)) == 0
    assert Entry.of(trail).count() == LENGTH


def test_one_more_cut_off_unseen_is_found(trail: Workspace) -> None:
    aged(trail, 4)
    cut(trail, timezone.now() - timedelta(days=30))
    Entry.of(trail).filter(number=5).delete()
    assert broken_at(trail) == 5


def test_cut_twice_the_later_cut_counts(trail: Workspace) -> None:
    aged(trail, 3)
    cut(trail, timezone.now() - timedelta(days=30))
    aged_again = Entry.of(trail).filter(number__lte=5)
    assert aged_again.count() == 2
    cut(trail, Entry.of(trail).get(number=6).at)
    assert (forgotten(trail).number, broken_at(trail)) == (5, None)


def test_names_go_and_seals_stay(trail: Workspace) -> None:
    seals = list(Entry.of(trail).order_by("number").values_list("sealed", flat=True))
    assert blank(trail, without) == LENGTH
    assert "Bird" not in str(list(Entry.of(trail).values("thing", "before", "after")))
    assert broken_at(trail) is None
    assert list(Entry.of(trail).order_by("number").values_list("sealed", flat=True))[:LENGTH] == seals


@pytest.mark.parametrize(
    ("touched", "seen_at"), [({"before": {"text": "forged"}}, 5), ({"who": "Ben"}, 5), ({"sealed": "0" * 64}, 6)]
)
def test_a_blanked_entry_cannot_be_changed_unseen_either(
    trail: Workspace, touched: dict[str, object], seen_at: int
) -> None:
    blank(trail, without)
    Entry.of(trail).filter(number=5).update(**touched)
    assert broken_at(trail) == seen_at


def test_blanked_without_saying_so_is_found(trail: Workspace) -> None:
    Entry.of(trail).filter(number=5).update(before={"text": "erased"})
    assert broken_at(trail) == 5


def test_blanked_twice_it_is_whole(trail: Workspace) -> None:
    blank(trail, without)
    blank(trail, lambda told: without(told) if not isinstance(told, str) else told)
    changed = blank(trail, lambda told: {"text": "x"} if isinstance(told, dict) and "text" in told else told)
    assert (changed, broken_at(trail)) == (LENGTH, None)


class Whatever(TestCase):
    @given(st.lists(st.sampled_from(["write", "cut", "blank"]), max_size=12))
    def test_whatever_is_done_in_whatever_order_the_chain_is_whole(self, steps: list[str]) -> None:
        workspace, _ = Workspace.objects.get_or_create(slug="w", name="W")
        for number, step in enumerate(steps):
            if step == "write":
                write(workspace, None, "change", "note", number, {"text": "Anna Bird"})
            elif step == "cut":
                cut(workspace, timezone.now())
            else:
                blank(workspace, without)
            assert broken_at(workspace) is None
