"""The steps down from a figure of revenue: the customers behind a period, and the rows behind a customer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sabai.cli.answer import Answer
from sabai.cli.columns import columns

if TYPE_CHECKING:
    import polars as pl

    from sabai.facts.landed import Facts
    from sabai.retention.earned import Earned


def behind(found: Earned, facts: Facts, period: str | None, account: str | None, told: dict[str, object]) -> Answer:
    """The customers behind a period, or the rows behind a customer."""
    from sabai.retention.earned import rows_behind

    places = _places(found, period)
    moved = found.movements(places)
    if account is None:
        return Answer({**told, "movements": moved.to_dicts()}, "\n".join(_moved(found, moved)))
    _refuse_unknown(account, found.subscriptions.accounts)
    moved = moved.filter(moved["account_id"] == account)
    first, last = int(found.periods.starts[places[0]]), int(found.periods.ends[places[-1]])
    rows = rows_behind(facts, account, first, last)
    text = [*_moved(found, moved), "", *_rows(rows)]
    return Answer({**told, "movements": moved.to_dicts(), "rows": rows.to_dicts()}, "\n".join(text))


def _refuse_unknown(account: str, known: Sequence[str]) -> None:
    from sabai.errors import Issue, UsageError, did_you_mean

    if account not in known:
        hint = did_you_mean(account, known[:10_000]) or "The ids stand in movements.csv."
        raise UsageError(Issue("RET-005", f'There is no account "{account}".', "--account", hint=hint))


def _places(found: Earned, period: str | None) -> list[int]:
    from sabai.errors import Issue, UsageError
    from sabai.retention.periods import label_of

    labels = [label_of(found.periods, place) for place in range(len(found.periods))]
    if period is None:
        return list(range(len(labels)))
    if period not in labels:
        raise UsageError(
            Issue(
                "RET-003",
                f'There is no {found.periods.every} "{period}".',
                "--why",
                "Only whole periods that have settled can be broken down.",
                f"Write one from {labels[0]} to {labels[-1]}, for instance {labels[-1]}.",
            )
        )
    return [labels.index(period)]


def _moved(found: Earned, moved: pl.DataFrame) -> Iterator[str]:
    from sabai.language.language import speak

    show = speak("en").show
    rows = [
        (row["period"], row["kind"], row["account_id"], row["name"],
         *(show.money(row[amount], found.currency) for amount in ("start_minor", "end_minor", "moved_minor")))
        for row in moved.iter_rows(named=True)
    ]  # fmt: skip
    yield from columns(("period", "kind", "account", "name", "start", "end", "moved"), rows, words=4)
    sums: dict[str, int] = {}
    for kind, amount in moved.select("kind", "moved_minor").iter_rows():
        sums[kind] = sums.get(kind, 0) + amount
    yield ", ".join(f"{kind} {show.money(amount, found.currency)}" for kind, amount in sums.items()) or "Nothing moved."


def _rows(rows: pl.DataFrame) -> Sequence[str]:
    texts = [tuple("" if cell is None else str(cell) for cell in row) for row in rows.iter_rows()]
    return list(columns(rows.columns, texts, words=len(rows.columns)))
