"""One action creates every task, once for each key, in any order and however many ask at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count
from threading import Barrier

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.desk.audit.models import Entry
from sabai.desk.audit.queries import broken_at
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.create import create
from sabai.desk.tasks.actions.mention import SHOWN, excerpt, named
from sabai.desk.tasks.models import Mention, Task
from tests.tries import tries

NUMBERS = count()


def test_the_same_key_is_the_same_task(aiko: Membership, ben: Membership, customer: Callable[..., Account]) -> None:
    told = {"key": "response:r-81", "origin": "response", "account": customer(), "by": aiko.user}
    task, new = create(aiko.workspace, title="Ask why", assigned=ben.user, due_on=date(2026, 7, 1), **told)  # type: ignore[arg-type]
    again, second = create(aiko.workspace, title="Something else", **told)  # type: ignore[arg-type]
    assert (new, second, again.pk, again.title, again.assigned) == (True, False, task.pk, "Ask why", ben.user)
    entry = Entry.of(aiko.workspace).get()
    assert (entry.verb, entry.kind, entry.thing, (entry.after or {})["assigned"]) == (
        "create",
        "task",
        str(task.pk),
        "Ben",
    )


def test_a_key_is_of_one_workspace(aiko: Membership, chloe: Membership) -> None:
    for member in (aiko, chloe):
        assert create(member.workspace, title="Call", key="one", origin="person")[1]


def test_nothing_of_another_workspace_gets_in(
    aiko: Membership, chloe: Membership, customer: Callable[..., Account]
) -> None:
    with pytest.raises(ValueError, match="one workspace"):
        create(chloe.workspace, title="Call", key="k", origin="person", account=customer())
    with pytest.raises(ValueError, match="no origin"):
        create(aiko.workspace, title="Call", key="k", origin="nowhere")
    assert create(aiko.workspace, title="Call", key="k", origin="person", assigned=chloe.user)[0].assigned is None


def test_whoever_is_named_is_told_once(aiko: Membership, ben: Membership, chloe: Membership) -> None:
    detail = "As @ben said, @Ben knows; @aiko wrote this, and @chloé is elsewhere"
    task, _ = create(aiko.workspace, title="Ask @ben", key="k", origin="person", detail=detail, by=aiko.user)
    mention = Mention.of(aiko.workspace).get()
    assert (mention.user, mention.by, mention.task, mention.seen_at) == (ben.user, aiko.user, task, None)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("mail b@ben.example", []),
        ("(@ben)", ["ben"]),
        ("@benny", []),
        ("@ann-marie", ["ann-marie"]),
        ("@ann, @ann-marie", ["ann", "ann-marie"]),
        ("ถาม @สม", ["สม"]),
        ("ถาม @สมิง", []),
        ("@.*", []),
    ],
)
def test_names_are_whole_words_behind_an_at(text: str, known: list[str]) -> None:
    assert named(text, ["ann", "ann-marie", "ben", "สม"]) == known


def test_an_excerpt_has_the_name_in_it() -> None:
    text = excerpt("word " * 500 + "@ben look" + " word" * 500, "ben")
    assert "@ben look" in text
    assert len(text) <= SHOWN


calls = st.lists(
    st.builds(
        lambda number, title, due: {"key": f"k{number}", "title": f"{title} {number}", "due_on": due},
        st.integers(0, 4),
        st.just("Call"),
        st.just(date(2026, 7, 1)),
    ),
    min_size=1,
    max_size=8,
).flatmap(lambda made: st.tuples(st.just(made), st.permutations(made)))


@given(orders=calls)
@tries(5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_gives_the_same_tasks(orders: tuple[Sequence[dict], Sequence[dict]]) -> None:  # type: ignore[type-arg]
    first, second = (_created(order) for order in orders)
    assert first == second
    assert len(first) == len({call["key"] for call in orders[0]})


def _created(order: Sequence[dict]) -> set[tuple]:  # type: ignore[type-arg]
    """What stands after these calls in a workspace of their own."""
    workspace = Workspace.objects.create(slug=f"w{next(NUMBERS)}", name="W")
    for call in order:
        create(workspace, origin="response", **call)
    assert broken_at(workspace) is None
    assert Entry.of(workspace).count() == Task.of(workspace).count()
    return set(Task.of(workspace).values_list("key", "title", "due_on", "origin"))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_create_one_task(workspace: Workspace) -> None:
    start = Barrier(6)

    def ask(number: int) -> bool:
        start.wait()
        try:
            return create(workspace, title=f"Call {number}", key="one", origin="signal")[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        new = list(pool.map(ask, range(6)))
    assert sum(new) == Task.of(workspace).count() == Entry.of(workspace).count() == 1


def test_a_task_and_its_entry_come_or_go_together(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("sabai.desk.tasks.actions.create.write", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        create(workspace, title="Call", key="one", origin="person")
    assert not Task.of(workspace).exists()
