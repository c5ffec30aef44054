"""Definitions that cannot be meant, and dates that nothing is known of: a sentence with a line, or a stated unknown."""

from __future__ import annotations

import pytest

from tests.acceptance.conftest import Folder
from tests.acceptance.programs import few_of

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
LOGINS = "logins: { count: events, where: { name: login }, window: 28d }"

IMPOSSIBLE = [
    # what stands in the definitions, what is written instead, the line that is blamed
    (LOGINS, LOGINS.replace("28d", "0d"), 7),
    (LOGINS, LOGINS.replace("28d", "-7d"), 7),
    (LOGINS, "logins: { ratio: [logins, last_seen] }", 7),
    (LOGINS, "logins: { change: other }\n  other: { change: logins }", 7),
    ("weight: 60", "weight: -60", 13),
    ("weight: 60", "weight: .nan", 13),
    ("weight: 60", "weight: 1e999", 13),
    ("Asia/Bangkok", "Asia/Nowhere", 2),
    ("sabai: 1", "sabai: 1\nsabai: 1", 2),
    ("usage.csv, table: events", "usage.csv, separator: '', table: events", 5),
    ("usage.csv, table: events", "usage.csv, separator: '||', table: events", 5),
    ("usage.csv, table: events", "usage.csv, encoding: base64, table: events", 5),
    ("usage.csv, table: events", "../../etc/passwd, table: events", 5),
    ("{ healthy: 70, at_risk: 40 }", "{ healthy: 40, at_risk: 70 }", 10),
]


@pytest.mark.parametrize(("old", "new", "line"), IMPOSSIBLE)
def test_what_cannot_be_meant_is_told_by_its_line(folder: Folder, old: str, new: str, line: int) -> None:
    folder.mean((old, new))
    assert folder.say("score").code == 1
    said = folder.say("check", "--json")
    assert said.code == 1
    assert f"sabai.yaml:{line}" in [issue["where"] for issue in said.json["issues"]]
    assert all(all(issue.values()) for issue in said.json["issues"])


def test_weights_of_zero_are_told(folder: Folder) -> None:
    folder.mean(("weight: 60", "weight: 0"), ("weight: 40", "weight: 0"))
    said = folder.say("score", "--json")
    assert said.code == 1
    assert "weight" in said.json["issues"][0]["what"].lower()


NO_YAML = [LAUGHS, "sabai: " + "[" * 50_000, "\0", "sabai: 1\n\tx: y\n", "", "- 1\n", "%YAML 9\n---"]


@pytest.mark.parametrize("verb", ["check", "score"])
@pytest.mark.parametrize("text", NO_YAML, ids=range(len(NO_YAML)))
def test_what_is_no_yaml_or_explodes_is_refused_at_once(folder: Folder, verb: str, text: str) -> None:
    folder.file("sabai.yaml", text)
    said = folder.say(verb, "--json")
    assert said.code == 1
    assert said.json["issues"][0]["code"].startswith("DEF-")


@pytest.mark.parametrize("verb", ["check", "facts", "score", "report"])
def test_definitions_that_are_a_folder_or_missing(folder: Folder, verb: str) -> None:
    (folder.root / "sabai.yaml").unlink()
    assert folder.say(verb, "--json").code in (1, 2)
    assert "sabai init" in folder.say(verb).err
    (folder.root / "sabai.yaml").mkdir()
    said = folder.say(verb, "--json")
    assert said.code in (1, 2)
    assert "sabai.yaml" in said.out


def test_a_ratio_over_zero_is_a_stated_unknown(folder: Folder) -> None:
    folder.mean(
        ("  last_seen: { days", "  ended: { count: events, where: { name: ended }, window: 28d }\n"
                                "  share: { ratio: [logins, ended] }\n  last_seen: { days"),
        ("logins: { weight", "share: { weight"),
        ("health:\n", "health:\n  needs_coverage: 10%\n"),
    )  # fmt: skip
    assert folder.say("score", "--as-of", "2025-05-23").code == 0
    said = folder.say("explain", "C1", "--as-of", "2025-05-23")
    assert "share (weight 60) is unknown" in said.out
    assert "Coverage 40%" in said.out
    header, first, *_ = (line.split(",") for line in folder.read("scores.csv").splitlines())
    assert first[header.index("share.value")] == first[header.index("share.points")] == ""


@pytest.mark.parametrize("verb", ["score", "explain"])
def test_a_date_before_every_fact(folder: Folder, verb: str) -> None:
    said = folder.say(verb, *(["C1"] if verb == "explain" else []), "--as-of", "2001-01-01", "--json")
    assert said.code == 1
    assert "2025-04-14" in said.json["issues"][0]["what"]


def test_changes_from_a_date_before_every_fact(folder: Folder) -> None:
    said = folder.say("changes", "C1", "--from", "2001-01-01", "--to", "2025-05-05", "--json")
    assert said.code == 1
    assert "2025-04-14" in said.json["issues"][0]["what"]


@pytest.mark.parametrize("day", ["9999-12-31", "2199-12-31"])
def test_a_date_far_in_the_future_is_refused_before_it_fills_the_memory(folder: Folder, day: str) -> None:
    said = folder.say("score", "--as-of", day)
    assert said.code in (1, 2)
    assert day in said.err


@pytest.mark.parametrize("words", [
    ["--as-of", "yesterday"], ["--as-of", "2025-02-30"], ["--as-of", ""], ["--from", "2025-05-05"],
    ["--from", "2025-05-05", "--to", "2025-05-01"], ["--every", "hour"], ["--nonsense"], ["nowhere"],
    ["--out", "usage.csv"], ["--definitions", "nowhere.yaml"],
    ["--from", "0001-01-01", "--to", "9999-12-31", "--every", "day"],
])  # fmt: skip
def test_wrong_use_says_what_is_right(folder: Folder, words: list[str]) -> None:
    said = folder.say("score", *words, "--json")
    assert said.code in (1, 2)
    assert said.json["issues"]
    assert folder.say("score", *words).err


ODD_COLUMNS = [
    "{ from: at, format: '%Q' }", "{ from: at, format: '' }", "{ from: at, format: '%' }",
    "{ from: at, time_zone: UTC }", "{ from: at, days_from: nowhere }",
    "{ from: at, days_from: 2025-01-01 }",
    "{ from: [at, at] }", "{ from: at, null: [login] }", "{ value: soon }", "{ value: 2025-01-01 }",
    "{ from: at, decimal: ',' }", "{ from: at, scale: { a: b } }", "{ from: at, unit: major }",
    "{ from: at, thousands: '' }", "{ from: at, through: crm }", "{ from: at, inclusive: yes }",
    "{ from: at, offsets: { a: 2025-01-01 } }", "{ from: at, glue: '' }", "{ from: at, days_from: at }",
]  # fmt: skip


@pytest.mark.parametrize("column", few_of("value", "occurred_at", "received_at", "account_id", every=2))
def test_odd_columns_are_rejects_or_a_sentence(folder: Folder, column: str) -> None:
    mapped = {"occurred_at": "occurred_at: at", "account_id": "account_id: customer"}
    for odd in ODD_COLUMNS:
        old = mapped.get(column, "occurred_at: at")
        folder.mean((old, f"{column}: {odd}" if column in mapped else f"{old}, {column}: {odd}"))
        assert folder.say("facts", "--json").code in (0, 1)
