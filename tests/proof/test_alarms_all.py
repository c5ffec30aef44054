"""All alarms on whole companies: the made one, out of a store, and IBM's telephone company where it is present."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabai.definitions.reader import read_definitions
from sabai.engines import local
from sabai.pipeline import Request
from sabai.proof.alarms.alarm import Alarm
from sabai.proof.alarms.all import alarms
from sabai.proof.replay import Question
from sabai.proving import look_back
from tests.engines.company import made

ROOT = Path(__file__).parents[2]
TELCO = "ibm_telco_churn_11_1_3"
DATA = ROOT.parent / "shared" / "data" / TELCO
EXAMPLE = ROOT / "examples" / TELCO / "sabai.yaml"


def checked(request: Request, question: Question) -> dict[str, Alarm]:
    return {alarm.code: alarm for alarm in alarms(look_back(request, question), local.each_run, seed=7)}


def fired(of: dict[str, Alarm]) -> list[str]:
    return [code for code, alarm in of.items() if alarm.fired]


def test_every_alarm_is_checked_on_a_made_company_in_a_store(tmp_path: Path) -> None:
    company = made(tmp_path, buckets=3, accounts=120, months=15)
    found = checked(Request(company.definitions, company.store, tmp_path / "out"), Question())
    assert list(found) == [f"LEAK-{number:02}" for number in range(1, 11)]
    assert fired(found) == ["LEAK-03"]  # severities, seats and segments, which no export dates
    assert found["LEAK-02"].measured == 0
    assert all(bool(alarm.what_to_do) == alarm.fired for alarm in found.values())


SATISFACTION = {
    "\nmetrics:\n": """
  satisfaction:
    files: Telco_customer_churn_status.csv
    table: events
    columns:
      event_id: { from: Status ID }
      account_id: Customer ID
      name: { value: rated }
      occurred_at: { value: 2020-01-01 }
      value: Satisfaction Score

metrics:
  satisfied:      { last: events.value, where: { name: rated } }
""",
    "    payment:\n": "    sentiment:\n      satisfied:      { weight: 10, curve: { 1: 0, 5: 100 } }\n    payment:\n",
}


@pytest.mark.parametrize(("with_it", "codes"), [(False, []), (True, ["LEAK-05"])])
def test_satisfaction_that_knew_the_end_is_found(tmp_path: Path, with_it: bool, codes: list[str]) -> None:
    if not DATA.is_dir():
        pytest.skip(f"the data set {TELCO} is not on this machine")
    written = EXAMPLE.read_text(encoding="utf-8")
    for before, after in SATISFACTION.items() if with_it else ():
        assert before in written
        written = written.replace(before, after)
    (tmp_path / "sabai.yaml").write_text(written, encoding="utf-8")
    request = Request(read_definitions(tmp_path / "sabai.yaml"), DATA, tmp_path / "out")
    found = checked(request, Question(cross_section=True))
    assert fired(found) == codes
    assert ("satisfied" in found["LEAK-05"].sentence) is with_it
