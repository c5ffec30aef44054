"""Every rule: a file that breaks it gives exactly its code and line, and the good file it was made from gives none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sabai.definitions.rules import RULES
from tests.definitions.good import GOOD, changed, issues

SHAPES = {"DEF-006", "DEF-010", "DEF-011", "DEF-012", "DEF-013"}

BROKEN = [
    # code, what stands in the good file, what is written instead (its first line is the one that is blamed)
    ("DEF-006", "weight: 15,", "weight: 15, weight: 15,"),
    ("DEF-010", "currency: THB\n", "curency: THB\n"),
    ("DEF-010", "    lag: 1h", "    leg: 1h"),
    ("DEF-010", "  needs_coverage: 50%", "  needs_cover: 50%"),
    ("DEF-010", "window: 180d", "widnow: 180d"),
    ("DEF-010", "    support:", "    suport:"),
    ("DEF-010", "seats: { held: subscriptions.seats }", "seats: { held: subscriptions.seats, stale_after: 3d }"),
    ("DEF-011", "window: 28d", "window: 28 dogs"),
    ("DEF-011", "window: 28d", "window: [28d]"),
    ("DEF-011", "    lag: 1h", "    lag: soon"),
    ("DEF-011", "    lag: 1h", "    encoding: thaiascii"),
    ("DEF-011", "    lag: 1h", "    encoding: base64"),
    ("DEF-011", "    lag: 1h", "    separator: ''"),
    ("DEF-011", "    lag: 1h", "    separator: '||'"),
    ("DEF-011", "weight: 10, curve", "weight: heavy, curve"),
    ("DEF-011", "better: lower", "better: downwards"),
    ("DEF-011", "to: 2025-06-30", "to: 2025-06-31"),
    ("DEF-011", "churn: { from: subscriptions, grace: 30d }", "churn: subscriptions"),
    ("DEF-011", "  trend: ", "  tr.end: "),
    ("DEF-011", "until: 60d", "until: 1000000y"),
    ("DEF-011", "points: 15", "points: 1e999"),
    ("DEF-012", "{ distinct: contact, of: events, window: 4w }", "{ distinct: contact, window: 4w }"),
    ("DEF-012", "points: 15, for", "for"),
    ("DEF-013", "{ open: tickets,", "{ open: tickets, count: tickets,"),
    ("DEF-013", "{ open: tickets,", "{ opened: tickets,"),
    ("DEF-014", "[people, seats]", "[people, seat]"),
    ("DEF-014", "{ change: logins }", "{ change: login, over: 9d }"),
    ("DEF-015", "sabai: 1", "sabai: 2"),
    ("DEF-016", "Asia/Bangkok", "Asia/Bankok"),
    ("DEF-016", "    lag: 1h", "    time_zone: Mars/Olympus"),
    ("DEF-017", "currency: THB\n", "currency: THX\n"),
    ("DEF-017", "{ value: THB }", "{ value: Baht }"),
    ("DEF-018", "[th, en, ja, ar]", "[th, en, ja, xx]"),
    ("DEF-019", '">= 4"', '">= four"'),
    ("DEF-019", '">= 4"', "good"),
    ("DEF-019", "answered_at: known", "answered_at: 2025-01-01"),
    ("DEF-020", "{ open: tickets,", "{ open: ticket,"),
    ("DEF-020", "of: events", "of: event"),
    ("DEF-020", "held: subscriptions.seats", "held: identities"),
    ("DEF-021", "subscriptions.seats }", "subscriptions.seat }"),
    ("DEF-021", "invoices.days_late", "invoices.late_days"),
    ("DEF-022", "held: subscriptions.seats", "held: pulses.rating"),
    ("DEF-022", "last: responses.score", "last: responses"),
    ("DEF-022", "{ open: tickets, where: { severity: [urgent, high] } }", "{ open: payments }"),
    ("DEF-023", "severity: [urgent", "severty: [urgent"),
    ("DEF-023", "{ name: login }", "{ plan: gold }"),
    ("DEF-024", "{ count: events, where: { name: login }, window: 28d }", "{ per_seat: change_of_logins }"),
    ("DEF-025", "window: 28d", "window: 0d"),
    ("DEF-025", "window: 28d", "window: -7d"),
    ("DEF-025", "over: 90d", "over: 0d"),
    ("DEF-025", "until: 60d", "until: -1w"),
    ("DEF-025", "for: 30d", "for: 0d"),
    ("DEF-026", "[people, seats]", "[people]"),
    ("DEF-026", "[people, seats]", "[people, seats, logins]"),
    ("DEF-027", "{ change: seats, over: 90d }", "{ change: seats }"),
    ("DEF-027", "{ slope: people, over: 6 }", "{ slope: seats, over: 6 }"),
    ("DEF-028", "of: events", "of: payments"),
    ("DEF-029", "over: 6", "over: 1"),
    ("DEF-029", "over: 6", "over: 1000000"),
    ("DEF-030", "      logins: {", "      login: {"),
    ("DEF-031", "      urgent: { weight: 10, better: lower }", "      logins: { weight: 10, better: lower }"),
    ("DEF-032", "weight: 15", "weight: -15"),
    ("DEF-035", "{ 0%: 0, 50%: 60, 90%: 100 }", "{ 0%: 0, 90%: 100, 50%: 60 }"),
    ("DEF-035", "{ 0%: 0, 50%: 60, 90%: 100 }", "{ 50%: 60 }"),
    ("DEF-035", "{ 0%: 0, 50%: 60, 90%: 100 }", "{ 0%: 0, 50%: 60, 90%: 101 }"),
    ("DEF-035", "{ 0%: 0, 50%: 60, 90%: 100 }", "{ 0%: 0, 50%: 60, 0.5: 100 }"),
    ("DEF-036", "15, better: higher", '15, better: higher, curve: { 0: 0, 1: 100 }'),
    ("DEF-036", "15, better: higher", "15"),
    ("DEF-038", "{ from: 2025-01-01, to: 2025-06-30 }", "{ from: 2025-06-30, to: 2025-01-01 }"),
    ("DEF-039", "quartiles", "{ healthy: 40, at_risk: 70 }"),
    ("DEF-039", "quartiles", "{ healthy: 70, at_risk: 70 }"),
    ("DEF-040", "    table: events", "    table: event"),
    ("DEF-040", "    table: invoices", "    table: dues"),
    ("DEF-042", "      account_id: org", "      account: org"),
    ("DEF-042", "      currency: {", "      properties.x: {"),
    ("DEF-043", "{ value: THB }", "{ value: THB, from: Currency }"),
    ("DEF-043", "{ value: THB }", "{ format: x }"),
    ("DEF-043", "{ value: THB }", "{ value: THB, row_number: yes }"),
    ("DEF-043", "{ value: THB }", "{ row_number: no }"),
    ("DEF-060", '{ from: Date, format: "%d/%m/%Y" }', "{ row_number: yes }"),
    ("DEF-045", "usage/*.parquet", "/etc/passwd"),
    ("DEF-045", "usage/*.parquet", "usage/../../*.csv"),
    ("DEF-049", "name: action\n", "name: { from: action, days_from: 2025-01-01 }\n"),
    ("DEF-046", "  trend: ", "  floor: "),
    ("DEF-046", "  trend: ", "  event: "),
    ("DEF-048", "{ share: tickets, where: { topic: bug }, window: 180d }", "{ share: tickets, window: 180d }"),
    ("DEF-050", '{ when: { people: "< 1" }', '{ when: { peopel: "< 1" }'),
    ("DEF-050", '{ when: { people: "< 1" }', '{ when: { people: "< 1", logins: "< 1" }'),
    ("DEF-050", '{ people: ">= 3" }', '{ peopel: ">= 3" }'),
    ("DEF-051", '"< 1"', "few"),
    ("DEF-052", 'points: 5 }', "points: 5, for: 3d }"),
    ("DEF-053", "points: 15", "points: -15"),
    ("DEF-053", "deduction_cap: 30", "deduction_cap: 130"),
    ("DEF-054", "50%\n", "500%\n"),
    ("DEF-055", "[segment, properties.plan]", "[segment, plan]"),
    ("DEF-056", "segments: [segment, properties.plan]", 'segments: { big: { seat: ">= 9" }, others: {} }'),
    ("DEF-057", "    nobody:", "    logins:"),
    ("DEF-059", "margin: 75%", "margin: 175%"),
    ("DEF-059", "{ value: 2%", "{ value: 200%"),
    ("DEF-062", "{ en: Grinder,", "{ xx: Grinder,"),
    ("DEF-062", "en: [burr,", "english: [burr,"),
    ("DEF-063", "competitor: drop", "competitors: drop"),
    ("DEF-063", "billing: { replaces", "bill: { replaces"),
    ("DEF-064", "billing: { replaces: yes, words: { en: bill } }", "kiosk: { words: { en: -bill } }"),
    ("DEF-064", "replaces: yes, words: { en: bill }", "replaces: yes"),
    ("DEF-065", "grind~]", "g~]"),
    ("DEF-065", "-fast food]", '"-~"]'),
    ("DEF-066", "speed: { words", "other: { words"),
    ("DEF-067", "  people: People at work", "  peopel: People at work"),
    ("DEF-068", "{ th: การเข้าใช้งาน, ja", "{ th: การเข้าใช้งาน, jp"),
    ("DEF-069", "  people: People at work", '  people: " "'),
    ("DEF-010", "billing: { replaces", "billing: { replace"),
    ("DEF-011", "competitor: drop", "competitor: gone"),
    ("DEF-058", "{ first_login: { event: login }, three_people: { people: \">= 3\" } }", "[login, report, login]"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "right", "wrong"), BROKEN, ids=[f"{row[0]} {row[2].strip()[:30]}" for row in BROKEN])
def test_exactly_this_rule_on_exactly_this_line(code: str, right: str, wrong: str, tmp_path: Path) -> None:
    line = GOOD[: GOOD.index(right)].count("\n") + 1
    (issue,) = issues(tmp_path, changed((right, wrong)))
    assert (issue.code, issue.where) == (code, f"sabai.yaml:{line}")
    assert all((issue.what, issue.why, issue.hint))


def test_the_second_of_two_metrics_with_one_name_is_blamed(tmp_path: Path) -> None:
    (issue,) = issues(tmp_path, changed(("  seats: { held", "  logins: { count: events }\n  seats: { held")))
    assert (issue.code, issue.where) == ("DEF-006", "sabai.yaml:30")
    assert "line 27" in issue.what


def test_a_section_without_its_key_is_blamed_where_it_begins(tmp_path: Path) -> None:
    (issue,) = issues(tmp_path, changed(("  name: Baan Coffee Cloud\n", "")))
    assert (issue.code, issue.where) == ("DEF-012", "sabai.yaml:3")


def test_no_factor_with_a_weight(tmp_path: Path) -> None:
    text = re.sub("weight: [0-9]+", "weight: 0", GOOD)
    assert [(issue.code, issue.where) for issue in issues(tmp_path, text)] == [("DEF-032", "sabai.yaml:45")]


def test_percentiles_need_a_reference_and_the_hint_shows_the_line(tmp_path: Path) -> None:
    (issue,) = issues(tmp_path, changed(("  reference: { from: 2025-01-01, to: 2025-06-30 }\n", "")))
    assert (issue.code, issue.where) == ("DEF-037", "sabai.yaml:45")
    assert "reference: { from: 2025-01-01, to: 2025-06-30 }" in issue.hint


def test_quartiles_need_a_reference_too(tmp_path: Path) -> None:
    curved = [("  reference: { from: 2025-01-01, to: 2025-06-30 }\n", ""),
              ("better: higher", "curve: { 0: 0, 9: 100 }"), ("better: lower", "curve: { 0: 100, 9: 0 }")]  # fmt: skip
    (issue,) = issues(tmp_path, changed(*curved))
    assert (issue.code, issue.where) == ("DEF-037", "sabai.yaml:53")
    assert issues(tmp_path, changed(*curved, ("quartiles", "{ healthy: 70, at_risk: 40 }"))) == []


def test_required_columns_of_a_source(tmp_path: Path) -> None:
    (issue,) = issues(tmp_path, changed(("      name: action\n", "")))
    assert (issue.code, issue.where) == ("DEF-041", "sabai.yaml:8")
    assert "name: <its column in your files>" in issue.hint


def test_a_source_without_files(tmp_path: Path) -> None:
    assert [issue.code for issue in issues(tmp_path, changed(("[2024.csv, 2025.csv]", "[]")))] == ["DEF-044"]


def test_a_window_since_a_stage_needs_stages(tmp_path: Path) -> None:
    without = changed(("stages:\n  onboarding: start\n  adoption: { event: report }\n", ""))
    assert [(issue.code, issue.where) for issue in issues(tmp_path, without)] == [("DEF-047", "sabai.yaml:39")]


def test_a_cycle_is_named(tmp_path: Path) -> None:
    (issue,) = issues(tmp_path, changed(("{ ratio: [people, seats] }", "{ per_seat: { change: trend, over: 9d } }"),
                                        ("{ slope: people, over: 6 }", "{ slope: seat_use, every: 9d }")))  # fmt: skip
    assert issue.code == "DEF-024"
    assert set(issue.what.rstrip(".").split(": ")[1].split(" → ")) == {"seat_use", "trend"}


def test_metrics_on_metrics_on_metrics(tmp_path: Path) -> None:
    def tower(height: int) -> str:
        floors = "".join(f"  m{n}: {{ per_seat: m{n - 1} }}\n" for n in range(1, height))
        return changed(("  seats: {", f"  m0: {{ count: events }}\n{floors}  seats: {{"))

    assert issues(tmp_path, tower(20)) == []
    assert {issue.code for issue in issues(tmp_path, tower(200))} == {"DEF-033"}


def test_changes_of_changes_that_spell_out_to_too_much(tmp_path: Path) -> None:
    def slopes(count: int) -> str:
        written = "".join(f"  m{n}: {{ slope: m{n - 1}, over: 104, every: {n * 101}d }}\n" for n in range(1, count))
        return changed(("  seats: {", f"  m0: {{ count: events }}\n{written}  seats: {{"))

    assert issues(tmp_path, slopes(2)) == []
    assert [issue.code for issue in issues(tmp_path, slopes(5))] == ["DEF-034"]


def test_all_issues_come_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    wrong = [("Asia/Bangkok", "Asia/Bankok"), ("[people, seats]", "[people, seat]"), ("better: lower", "better: x")]
    text = changed(*wrong)
    assert [issue.code for issue in issues(tmp_path, text)] == ["DEF-016", "DEF-014", "DEF-011"]


def test_a_near_word_is_suggested(tmp_path: Path) -> None:
    (issue,) = issues(tmp_path, changed(("[people, seats]", "[people, seat]")))
    assert issue.hint == 'Did you mean "seats"?'
    (issue,) = issues(tmp_path, changed(("{ name: login }", "{ plan: gold }")))
    assert "properties.plan" in issue.hint


def test_every_rule_is_tested_above() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    codes = {rule.code for rule in RULES} | SHAPES
    assert {code for code in codes if f'"{code}"' not in source} == set()
    assert len({rule.code for rule in RULES}) == len(RULES)
