"""The JSON Schema says what the grammar says, so an editor and `sabai check` agree."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sabai.definitions.handbook import reference_page
from sabai.definitions.lines import read_lines
from sabai.definitions.schema import json_schema
from sabai.definitions.starter import starter
from sabai.definitions.written import Entries, Items, Text, Written
from tests.definitions.good import GOOD, changed
from tests.definitions.test_rules import BROKEN

VALIDATOR = Draft202012Validator(json_schema())
ABOUT_SHAPE = [row for row in BROKEN if row[0] in ("DEF-010", "DEF-012", "DEF-013", "DEF-020", "DEF-021", "DEF-040")]


def as_json(node: Written) -> Any:
    """What an editor makes of the file: YAML's core schema."""
    match node:
        case Entries():
            return {key.text: as_json(value) for key, value in node}
        case Items():
            return [as_json(item) for item in node.items]
        case Text():
            return node.text if node.quoted else plain(node.text)


def plain(text: str) -> Any:
    try:
        return {"true": True, "false": False, "": None, "~": None, "null": None}.get(text) or json.loads(text)
    except ValueError:
        return text


def complaints(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(as_json(read_lines(text, "sabai.yaml")))]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_the_one_that_is_checked_in_is_the_one_that_is_made() -> None:
    checked_in = files("sabai.definitions").joinpath("sabai.schema.json").read_text(encoding="utf-8")
    assert json.loads(checked_in) == json_schema(), (
        "write it again: sabai schema > src/sabai/definitions/sabai.schema.json"
    )


@pytest.mark.parametrize("text", [GOOD, starter("My company")], ids=["good", "starter"])
def test_good_files_fit(text: str) -> None:
    assert complaints(text) == []


@pytest.mark.parametrize(("code", "right", "wrong"), ABOUT_SHAPE, ids=[row[2].strip()[:40] for row in ABOUT_SHAPE])
def test_bad_files_do_not(code: str, right: str, wrong: str) -> None:
    assert complaints(changed((right, wrong)))


@pytest.mark.parametrize(("right", "wrong"), [("window: 28d", "window: -7d"), ("window: 28d", "window: 28"),
                                              ("better: lower", "better: down"), ("weight: 15", "weight: heavy"),
                                              ("2025-01-01", "January"), ("  trend", "  tr.end"),
                                              ('"< 1"', "[]"), ("metrics:\n", "metrics: 3\nx:\n")])  # fmt: skip
def test_bad_values_do_not_either(right: str, wrong: str) -> None:
    assert complaints(changed((right, wrong)))


def test_every_key_has_a_description_for_the_editor() -> None:
    def described(schema: Any) -> bool:
        if isinstance(schema, list):
            return all(map(described, schema))
        if not isinstance(schema, dict):
            return True
        properties = schema.get("properties", {})
        return all(each.get("description") for each in properties.values()) and all(map(described, schema.values()))

    assert described(json_schema()["properties"])
    assert described(json_schema()["$defs"])


def test_the_reference_page_names_every_key() -> None:
    page = reference_page()
    for key in ("needs_coverage", "stale_after", "days_from", "at_risk", "per_seat", "milestones", "grace"):
        assert f"`{key}`" in page
