"""Rules about sources: the table they fill and the columns they map."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.definitions import words
from sabai.definitions.rules.rule import File, Found, Rule, rule
from sabai.definitions.vocabulary import MAPPED
from sabai.definitions.written import Entries, Text, Written, texts
from sabai.errors import did_you_mean
from sabai.facts.catalogue import TABLES, FactTable

_KEY = "Write row_number for the id of the table, such as payment_id or event_id."
_ANY_TABLE = ("received_at", "source")
"""Columns that every table has; files that carry parts of one tool's facts name the same `source`."""


def _sources(file: File) -> Iterator[tuple[Text, Entries, FactTable | None]]:
    for key, node in file.root.section("sources"):
        if isinstance(node, Entries):
            yield key, node, TABLES[node.text("table")] if node.text("table") in MAPPED else None


def _columns(file: File) -> Iterator[tuple[Text, Written, FactTable]]:
    for _, source, table in _sources(file):
        if table is not None:
            yield from ((key, node, table) for key, node in source.section("columns"))


@rule("DEF-040", "Rows need a fact table to become facts.")
def source_of_unknown_table(file: File) -> Iterator[Found]:
    for key, node, table in _sources(file):
        if table is None:
            name = node.text("table")
            hint = "Map invoices and payments; dues are made of them." if name == "dues" else did_you_mean(name, MAPPED)
            yield Found(node.get("table") or key, f'"{name}" is not a fact table that a source can fill.', hint)


@rule("DEF-041", "Without it no row of the source can become a fact.")
def required_column_not_mapped(file: File) -> Iterator[Found]:
    for key, node, table in _sources(file):
        for column in table.required if table is not None else ():
            if column not in node.section("columns"):
                yield Found(
                    key,
                    f'Source "{key.text}" does not say where {node.text("table")}.{column} comes from.',
                    f"Write under columns: {column}: <its column in your files>",
                )


@rule("DEF-042", "Nobody reads a column that the fact table does not have.")
def column_of_no_table(file: File) -> Iterator[Found]:
    for key, _, table in _columns(file):
        if not _takes(table, key.text):
            yield Found(key, f'"{key.text}" is not a column of {table.name}.', _hint(table, key.text))


def _takes(table: FactTable, column: str) -> bool:
    if column.startswith("properties.") and len(column) > len("properties."):
        return "properties" in table.columns
    return column in table.columns or column in _ANY_TABLE


def _hint(table: FactTable, column: str) -> str:
    hint = did_you_mean(column, [*table.columns, *_ANY_TABLE])
    if "properties" not in table.columns:
        return hint
    return f"{hint} To keep it as a property, write properties.{column.removeprefix('properties.')}."


@rule("DEF-043", "A column comes from the files, or is the same for every row, or numbers the rows.")
def made_in_one_way(file: File) -> Iterator[Found]:
    for key, node, _ in _columns(file):
        ways = _ways(node) if isinstance(node, Entries) else ["from"]
        if len(ways) != 1:
            said = " and ".join(ways) if ways else "neither from nor value nor row_number: yes"
            yield Found(node, f'"{key.text}" has {said}.', "Write one of the three.")


def _ways(node: Entries) -> list[str]:
    return [*(way for way in ("from", "value") if way in node), *(["row_number"] if _numbers(node) else [])]


def _numbers(node: Entries) -> bool:
    return words.flag(node.text("row_number", "no"))


@rule("DEF-060", "The number of a row is a name of it, and nothing that can be reckoned with.")
def row_number_for_no_text(file: File) -> Iterator[Found]:
    for key, node, table in _columns(file):
        kind = table.columns.get(key.text, "text")
        if isinstance(node, Entries) and _numbers(node) and kind != "text":
            yield Found(node, f'"{key.text}" is a column of kind {kind}, and row_number makes a text.', _KEY)


@rule("DEF-049", "Only a date or a time can be counted from another one.")
def days_from_for_no_date(file: File) -> Iterator[Found]:
    for key, node, table in _columns(file):
        counted = isinstance(node, Entries) and "days_from" in node
        if counted and key.text in table.columns and table.columns[key.text] not in ("date", "instant"):
            yield Found(node, f'"{key.text}" is no date, and days_from makes one.', "Take days_from away.")


@rule("DEF-044", "Without a file there is nothing to read.")
def source_without_files(file: File) -> Iterator[Found]:
    for key, node, _ in _sources(file):
        if not any(texts(node.get("files"))):
            yield Found(key, f'Source "{key.text}" names no files.', "Write files: usage/*.csv")


@rule("DEF-045", "Definitions speak only of the folder of data they are given.")
def files_outside_of_the_folder(file: File) -> Iterator[Found]:
    for key, node, _ in _sources(file):
        for name in texts(node.get("files")):
            if name.startswith(("/", "\\", "~")) or ".." in name.replace("\\", "/").split("/"):
                yield Found(
                    node.get("files") or key,
                    f'"{name}" lies outside of the data folder.',
                    "Write a name inside it, such as usage/*.csv",
                )


SOURCE_RULES: tuple[Rule, ...] = (
    source_of_unknown_table,
    required_column_not_mapped,
    column_of_no_table,
    made_in_one_way,
    row_number_for_no_text,
    days_from_for_no_date,
    source_without_files,
    files_outside_of_the_folder,
)
