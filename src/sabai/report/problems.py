"""What was wrong with the data: the sum law of every table, and what was set aside with examples."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sabai.facts.landed import Facts

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Example:
    file: str
    row: int | None
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows of one table that were set aside for one reason."""

    table: str
    code: str
    rows: int
    hint: str
    examples: tuple[Example, ...]


def problems(facts: Facts) -> list[Problem]:
    """Every reason for which rows were set aside, the commonest first; [] where nothing was."""
    first = pl.col("file", "row", "field", "value").head(EXAMPLES)
    found = (
        facts.aside()
        .group_by("table", "code", maintain_order=True)
        .agg(pl.len().alias("rows"), pl.col("hint").drop_nulls().first(), first)
        .sort(["rows", "table", "code"], descending=[True, False, False])
    )
    return [_problem(row) for row in found.collect().to_dicts()]


def _problem(row: dict[str, list[object]]) -> Problem:
    return Problem(
        table=_text(row["table"]),
        code=_text(row["code"]),
        rows=int(str(row["rows"])),
        hint=_text(row["hint"]),
        examples=tuple(
            _example(*each) for each in zip(row["file"], row["row"], row["field"], row["value"], strict=True)
        ),
    )


def _example(file: object, row: object, field: object, value: object) -> Example:
    return Example(_text(file), None if row is None else int(str(row)), _text(field), _text(value))


def _text(value: object, longest: int = 80) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"
