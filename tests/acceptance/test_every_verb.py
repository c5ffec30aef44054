"""What holds for every verb: JSON on success and failure, exit codes, and the path of a person's first ten minutes."""

from __future__ import annotations

import subprocess
from datetime import date, timedelta

import pytest

from tests.acceptance.conftest import Folder
from tests.acceptance.programs import SABAI

FINE = [
    ["init", "new"], ["check"], ["check", "--explain"], ["facts"], ["score", "--as-of", "2025-05-19"],
    ["explain", "C1"], ["changes", "C1"], ["changes", "--top", "2"], ["report"], ["report", "--lang", "ar"], ["schema"],
]  # fmt: skip
WRONG = [
    ["init"], ["init", "sabai.yaml"], ["check", "nowhere"], ["check", "a", "b"], ["facts", "nowhere"],
    ["score", "nowhere"], ["score", "--as-of", "soon"], ["explain"], ["explain", "nobody"],
    ["explain", "C1", "--data", "nowhere"], ["changes"],
    ["changes", "C1", "--top", "1"], ["changes", "--top", "0"], ["changes", "--top", "x"], ["report", "--lang", "xx"],
    ["schema", "x"], ["demo", "--seed", "x"], ["nonsense"], [],
]  # fmt: skip


@pytest.mark.parametrize("words", FINE, ids=" ".join)
def test_fine_is_0_and_json(folder: Folder, words: list[str]) -> None:
    said = folder.say(*words, "--json")
    assert (said.code, said.err) == (0, "")
    again = folder.say(*words) if words[0] != "init" else folder.say("init", "newer")
    assert again.code == 0
    assert again.out


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_use_is_told_as_json_and_as_text(folder: Folder, words: list[str]) -> None:
    said = folder.say(*words, "--json")
    assert said.code in (1, 2)
    assert said.err == ""
    (issue, *_) = said.json["issues"]
    assert issue["code"]
    assert issue["what"]
    as_text = folder.say(*words)
    assert as_text.code in (said.code, 0 if not words else said.code)
    assert as_text.err


@pytest.mark.parametrize("verb", ["facts", "score", "explain C1", "changes C1", "report"])
def test_problems_in_what_was_given_are_1(folder: Folder, verb: str) -> None:
    folder.file("usage.csv", b"customer,action,at\nC1,\xff\xfe\xfa,2025-05-01\n")
    said = folder.say(*verb.split(), "--json")
    assert (said.code, said.err) == (1, "")
    assert said.json["issues"][0]["code"] == "FCT-006"
    assert folder.say(*verb.split()).err.startswith("FCT-006")


def test_completion_of_a_shell(folder: Folder) -> None:
    line = {"_SABAI_COMPLETE": "bash_source", "PATH": "/usr/bin:/bin"}
    ended = subprocess.run([*SABAI], cwd=folder.root, env=line, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "_SABAI_COMPLETE=bash_complete" in ended.stdout


ACCOUNTS = (
    ("A1", "Baan Kafe", "small"),
    ("A2", "مقهى النيل", "small"),
    ("A3", "カフェ東京", "large"),
    ("A4", "Acme & Sons", "large"),
)
DONE = ("login", "login", "export", "report")


@pytest.fixture
def person(folder: Folder) -> Folder:
    """Who put three exports into a folder and has never heard of sabai.yaml."""
    for name in ("sabai.yaml", "customers.csv", "usage.csv"):
        (folder.root / name).unlink()
    days = [date(2024, 11, 1) + timedelta(days=n) for n in range(240)]
    used = [
        f"{account}-{day}-{n},{account},{account}-u{n},{DONE[(n + at) % 4]},{day}T09:00:00"
        for at, day in enumerate(days) for which, (account, *_) in enumerate(ACCOUNTS)
        for n in range(which + 1) if account != "A4" or at < 150
    ]  # fmt: skip
    seats = [f"S-{account},{account},2024-06-01,,1200.00,month,THB,5" for account, *_ in ACCOUNTS]
    known = [f"{account},{name},{segment},2024-06-01," for account, name, segment in ACCOUNTS]
    for file, header, rows in (
        ("accounts.csv", "account_id,name,segment,started_on,ended_on", known),
        ("usage/2025.csv", "event_id,account_id,user_id,event,occurred_at", used),
        ("subscriptions.csv", "subscription_id,account_id,starts_on,ends_on,amount,interval,currency,seats", seats),
    ):
        folder.file(file, "\n".join([header, *rows, ""]))
    folder.file("notes.txt", "call A2 on Monday")
    return folder


def test_three_exports_and_an_untouched_starter(person: Folder) -> None:
    begun = person.say("init", "--json").json
    assert list(begun["found"]) == ["accounts", "product", "subscriptions"]
    assert begun["unread"] == ["notes.txt"]
    assert begun["reference"] == ["2024-11-04", "2025-06-23"]
    assert person.say("check").out.startswith("sabai.yaml is fine: 3 sources")
    scored = person.say("score", "--json")
    assert (scored.code, scored.json["issues"]) == (0, [])
    assert scored.json["bands"]["unknown"] == 0
    why = person.say("explain", "A1", "--json").json["explanation"]
    assert why["coverage"] == 1.0
    assert "A4" in person.say("changes", "--top", "3", "--from", "2025-03-10", "--to", "2025-05-05").out
    assert person.say("report", "--lang", "ar").code == 0
    assert 'dir="rtl"' in person.read("report.ar.html")


def test_init_says_what_it_found_what_waits_and_what_comes_next(person: Folder) -> None:
    said = person.say("init").out.splitlines()
    assert said[1] == "Found:   accounts (accounts.csv), product (usage/2025.csv), subscriptions (subscriptions.csv)"
    assert said[2].startswith("Unread:  notes.txt; ")
    assert said[3].startswith("Waiting: web, invoices, payments, tickets, surveys, ")
    assert said[-1].endswith("sabai score .")


def test_exports_with_other_columns_are_told_at_once_and_the_starter_is_written(person: Folder) -> None:
    person.file("subscriptions.csv", "id,customer\nS1,A1\n")
    said = person.say("init")
    assert (said.code, "subscriptions.csv" in said.err) == (0, True)
    assert person.say("check").code == 0


def test_twin_a_starter_from_before_the_exports_has_everything_and_no_score(person: Folder) -> None:
    (person.root / "later").mkdir()
    assert "Waiting" not in person.say("init", "later").out
    person.file("sabai.yaml", (person.root / "later/sabai.yaml").read_bytes())
    landed = person.say("facts")
    assert landed.code == 0
    assert "tickets (tickets.csv)" in landed.err
    scored = person.say("score")
    assert scored.code == 0
    assert "4 of 4 have no score: less than 50% of the weight is known." in scored.out
    assert "nps (8)" in scored.out
    assert "too little is known" in person.say("explain", "A1").out
    assert "No account has a score" in person.say("changes", "--top", "3").out
