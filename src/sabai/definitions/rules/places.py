"""Rules about the words of fact tables: tables, measures and columns that metrics name."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.definitions.forms import Form, forms
from sabai.definitions.model import Scalar
from sabai.definitions.rules.rule import File, Found, Rule, rule
from sabai.definitions.spelling.wheres import value
from sabai.definitions.vocabulary import MEASURED, Place, closing_word, column_type, columns, measures, place
from sabai.definitions.written import Entries, Text, Written, one_or_many, texts
from sabai.errors import did_you_mean
from sabai.facts.catalogue import TABLES, Type

_LOST = "The metric would have nothing to measure."


def _named_place(form: Form) -> tuple[Text, Place] | None:
    """Where a metric names a fact table, and what it names."""
    node = form.node.get("of") if form.how == "distinct" else form.argument
    if form.derived or not isinstance(node, Text):
        return None
    return node, Place(node.text, "open") if form.how == "open" else place(node.text)


def _places(file: File) -> Iterator[tuple[Form, Text, Place]]:
    for form in forms(file.root):
        if named := _named_place(form):
            yield form, *named


def _known_places(file: File) -> Iterator[tuple[Form, Text, Place]]:
    return (each for each in _places(file) if each[2].table in TABLES)


@rule("DEF-020", _LOST)
def unknown_table(file: File) -> Iterator[Found]:
    for _, node, at in _places(file):
        if at.table not in TABLES or not TABLES[at.table].measures:
            yield Found(
                node, f'"{at.table}" is not a fact table that can be measured.', did_you_mean(at.table, list(MEASURED))
            )


@rule("DEF-021", _LOST)
def unknown_measure(file: File) -> Iterator[Found]:
    for form, node, at in _known_places(file):
        if at.found is None and TABLES[at.table].measures and form.how != "open":
            yield Found(node, f'"{node.text}" is not a measure.', did_you_mean(node.text, measures(at.table)))


@rule("DEF-022", _LOST)
def measure_that_does_not_fit(file: File) -> Iterator[Found]:
    for form, node, at in _known_places(file):
        if not _fits(form.how, at):
            others = _fitting(form.how, at.table)
            hint = f"It is possible for: {', '.join(others)}." if others else "Count rows of it instead."
            yield Found(node, f'"{form.how}" is not possible for "{node.text}".', hint)


def _fits(how: str, at: Place) -> bool:
    measure = at.found
    if measure is None:
        return how != "open" or not TABLES[at.table].measures
    if how in ("sum", "min", "max", "mean", "last"):
        return measure.value is not None
    return measure.end is not None if how in ("held", "open") else True


def _fitting(how: str, table: str) -> list[str]:
    tables = MEASURED if how == "open" else (table,)
    every = [name for each in tables for name in ([each] if how == "open" else measures(each))]
    places = {name: Place(name, "open") if how == "open" else place(name) for name in every}
    return [name for name, at in places.items() if at.found is not None and _fits(how, at)]


@rule("DEF-023", "A filter on a column that is not there would keep nothing, or everything.")
def unknown_column(file: File) -> Iterator[Found]:
    for form, _, at in _known_places(file):
        for key, _ in _filters(form):
            if not _is_column(at.table, key.text):
                yield Found(key, f'"{key.text}" is not a column of {at.table}.', column_hint(at.table, key.text))


def _filters(form: Form) -> Iterator[tuple[Text, Written]]:
    yield from form.node.section("where")
    yield from form.node.section("among")


def _is_column(table: str, column: str) -> bool:
    return column_type(table, column) is not None or column == closing_word(table)


def column_hint(table: str, column: str) -> str:
    """The nearest column, and how to name a property."""
    hint = did_you_mean(column, list(columns(table)))
    if "properties" not in TABLES[table].columns:
        return hint
    return f"{hint} A property of your own is written properties.{column.removeprefix('properties.')}."


@rule("DEF-019", "A filter that cannot hold would keep nothing.")
def value_of_another_type(file: File) -> Iterator[Found]:
    for form, _, at in _known_places(file):
        for key, node in _filters(form):
            kind = "flag" if key.text == closing_word(at.table) else column_type(at.table, key.text)
            if kind is not None:
                yield from _misfits(key, node, kind)


def _misfits(key: Text, node: Written, kind: Type) -> Iterator[Found]:
    for item in _values(node):
        if not _can_hold(item.text, kind, alone=item is node):
            yield Found(
                item, f'"{item.text}" does not fit the column "{key.text}", which is of type {kind}.', _FITTING[kind]
            )


def _values(node: Written) -> Iterator[Text]:
    for item in one_or_many(node):
        if isinstance(item, Text):
            yield item
        elif isinstance(item, Entries):
            yield from (each for each in one_or_many(item.get("not")) if isinstance(each, Text))


_FITTING: dict[Type, str] = {
    "text": 'Write a text, or compare with a number: ">= 3".',
    "number": 'Write a number, or compare with one: ">= 3".',
    "integer": 'Write a number, or compare with one: ">= 3".',
    "money": 'Write a number of minor units, or compare with one: ">= 10000".',
    "flag": "Write yes or no.",
    "date": "Write known or unknown; how long ago is said by the window.",
    "instant": "Write known or unknown; how long ago is said by the window.",
}


def _can_hold(text: str, kind: Type, alone: bool) -> bool:
    if alone and text in ("known", "unknown"):
        return True
    if kind in ("date", "instant"):
        return False
    if alone and text[:1] in ("<", ">"):
        return kind != "flag" and _readable(text.lstrip("<>").removeprefix("=").strip(), "number") is not None
    return _readable(text, kind) is not None


def _readable(text: str, kind: Type) -> Scalar | None:
    try:
        return value(text, kind)
    except ValueError:
        return None


@rule("DEF-028", "Nothing in this fact table could be told apart by it.")
def distinct_without_column(file: File) -> Iterator[Found]:
    for form, node, at in _known_places(file):
        column = "contact_id" if "contact" in texts(form.argument) else "name"
        if form.how == "distinct" and column not in TABLES[at.table].columns:
            yield Found(node, f'{at.table} has no column "{column}".', "Use a table that has one, such as events.")


PLACE_RULES: tuple[Rule, ...] = (
    unknown_table,
    unknown_measure,
    measure_that_does_not_fit,
    unknown_column,
    value_of_another_type,
    distinct_without_column,
)
