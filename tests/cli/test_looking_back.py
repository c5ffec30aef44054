"""`prove`, `calibrate` and `preview` as a person calls them, in a shop whose customers leave when they stop coming."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow.dataset as ds
import pytest
from deltalake import DeltaTable
from sklearn.metrics import roc_auc_score

from tests.cli.conftest import Say

FIRST, WEEKS, ACCOUNTS = date(2023, 1, 2), 78, 90
DEFINITIONS = """sabai: 1
workspace: { name: Corner shop }
sources:
  crm: { files: accounts.csv, table: accounts, columns: { account_id: id, started_on: since, segment: plan } }
  app: { files: app.csv, table: events, columns: { event_id: id, account_id: account, name: name, occurred_at: at } }
  left: { files: churn.csv, table: churn, columns: { account_id: account, notice_at: notice, effective_at: gone } }
metrics:
  logins: { count: events, where: { name: login }, window: 28d }
  orders: { count: events, where: { name: order }, window: 28d }
health:
  reference: { from: 2023-02-06, to: 2023-05-29 }
  dimensions:
    usage:
      logins: { weight: 30, better: higher }      # what keeps them
      orders: { weight: 70, better: higher }      # a coin
  bands: { cut: quartiles, hold: { points: 2, days: 14 } }
churn: { from: churn }
"""


def _shop() -> dict[str, str]:
    """Everybody logs in at a pace of their own until they lose interest; then they give notice some weeks later."""
    rng = np.random.default_rng(3)
    events, churn = ["id,account,name,at"], ["account,notice,gone"]
    for account in range(ACCOUNTS):
        pace, interest, notice = rng.integers(3, 9), 1.0, None
        for week in range(WEEKS):
            day = FIRST + timedelta(weeks=week)
            if interest == 1.0 and rng.random() < 0.02:
                interest, notice = 0.2, week + int(rng.integers(3, 12))
            if notice is not None and week >= notice:
                churn.append(f"a{account},{day},{day + timedelta(days=30)}")
                break
            for name, mean in (("login", pace * interest), ("order", 3.0)):
                events += [
                    f"{name}{account}-{week}-{each},a{account},{name},{day}" for each in range(rng.poisson(mean))
                ]
    accounts = [
        f"a{account},{FIRST - timedelta(days=400)},{'big' if account % 2 else 'small'}" for account in range(ACCOUNTS)
    ]
    return {
        "sabai.yaml": DEFINITIONS,
        "accounts.csv": "\n".join(["id,since,plan", *accounts]) + "\n",
        "app.csv": "\n".join(events) + "\n",
        "churn.csv": "\n".join(churn) + "\n",
    }


FILES = _shop()


class TestProve:
    def test_it_says_every_measure_and_anybody_can_redo_it(self, say: Say) -> None:
        words = ("--every", "week", "--horizon", "60d", "--draws", "100")
        said = say("prove", "--json", *words)
        assert said.code == 0, said.err
        told = said.json
        assert told["verdict"] == "foretells"
        assert told["sentence"].startswith(f"On {told['rows']:,} account-weeks from ")
        assert (told["label"], told["horizon_days"]) == ("notice", 60)
        assert sum(band["rows"] for band in told["bands"]) == told["rows"]
        assert sum(band["churned"] for band in told["bands"]) == round(told["base_rate"] * told["rows"])
        assert told["auc"]["low"] < told["auc"]["value"] < told["auc"]["high"]
        assert told["best_single_factor"]["name"] == "logins"
        assert told["learned"]["gain"]["value"] > 0  # more weight on what keeps them
        assert {
            "auc_exposed",
            "average_precision",
            "lift_10",
            "brier",
            "calibration_slope",
            "accounts",
            "churned",
        } <= told.keys()
        assert len(told["alarms_checked"]) == 10
        assert [alarm["code"] for alarm in told["alarms"]] == []

        self.anybody_can_redo_it(told)
        assert say("prove", "--json", *words).json == told  # and a second run says the same
        assert pl.read_delta("sabai-out/proof/past").height == pl.read_delta("sabai-out/proof/past").unique().height

    def anybody_can_redo_it(self, told: dict[str, Any]) -> None:
        """From the table of the past, which every tool reads."""
        past = pl.read_delta("sabai-out/proof/past").filter(pl.col("side") == "later", pl.col("score").is_not_null())
        assert len(past) == told["rows"]
        redone = roc_auc_score(past["leaves_60d_notice"], -past["score"])
        assert redone == pytest.approx(told["auc"]["value"], abs=1e-12)
        other = roc_auc_score(past["leaves_30d_notice"], -past["score"])
        assert other != pytest.approx(told["auc"]["value"], abs=1e-6)  # the twin: another label, another number
        table = DeltaTable("sabai-out/proof/past").to_pyarrow_dataset()
        assert table.count_rows(filter=ds.field("side") == "later") == told["rows"] + told["rows_without_score"]

    def test_a_person_reads_it(self, say: Say) -> None:
        said = say("prove", "--draws", "100")
        assert said.code == 0
        for part in (
            "AUC",
            "95% interval",
            "unhealthy",
            "learned weights",
            "best factor: logins",
            "leak alarms checked",
        ):
            assert part in said.out
        assert "nan" not in said.out


def _only(text: str, keep: int) -> str:
    return "\n".join(text.splitlines()[:keep]) + "\n"


EVERYBODY = "account,notice,gone\n" + "".join(f"a{n},2024-03-0{1 + n % 9},2024-03-20\n" for n in range(ACCOUNTS))
CONSTANT = "curve: { 0: 50, 1: 50 } }"
SILENT = DEFINITIONS.replace("name: login", "name: x").replace(
    "count: events, where: { name: order }", "mean: events.value"
)
STRANGE = "id,account,name,at\n1,a1,other,2023-01-03\n2,a2,other,2024-06-03\n"
BAD: dict[str, tuple[dict[str, str], tuple[str, ...], int, str]] = {
    "nobody left": ({"churn.csv": _only(FILES["churn.csv"], 1)}, (), 0, "Too few churned accounts (0) to say."),
    "one account": ({"accounts.csv": _only(FILES["accounts.csv"], 2)}, (), 0, "Too few churned accounts"),
    "no dates": ({"churn.csv": "account,notice,gone\na1,,\na2,,\n"}, (), 0, "Too few churned accounts (0) to say."),
    "left before": ({"churn.csv": "account,notice,gone\na1,2001-01-01,2001-02-01\n"}, (), 0, "Too few"),
    "everybody left": ({"churn.csv": EVERYBODY}, ("--as-of", "2024-02-20"), 0, "Everybody left (90 accounts)"),
    "too long": ({}, ("--horizon", "1000d"), 1, "PRF-002"),
    "nothing after the split": ({}, ("--split", "2024-06-20"), 1, "PRF-002"),
    "nobody yet": ({}, ("--cross-section", "--as-of", "2001-01-01"), 1, "PRF-004"),
    "nothing known": ({"app.csv": STRANGE, "sabai.yaml": SILENT}, (), 1, "PRF-003"),
    "constant": ({"sabai.yaml": DEFINITIONS.replace("better: higher }", CONSTANT)}, (), 0, "Too few churned"),
}


@pytest.mark.parametrize("case", BAD)
def test_where_little_can_be_said_that_is_said(case: str, say: Say) -> None:
    files, words, code, sentence = BAD[case]
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
    said = say("prove", "--draws", "100", "--horizon", "60d", *words)
    assert said.code == code, said.err
    assert sentence in said.out + said.err
    assert "Traceback" not in said.err
    assert "nan" not in said.out


class TestCalibrate:
    def test_it_shows_a_difference_and_changes_nothing(self, say: Say) -> None:
        said = say("calibrate", "--every", "week", "--horizon", "60d", "--draws", "200")
        assert said.code == 0, said.err
        assert "-      logins: { weight: 30, better: higher }" in said.out
        assert Path("sabai.yaml").read_text(encoding="utf-8") == DEFINITIONS
        assert not list(Path().glob("*learned*"))

    def test_weights_go_where_the_truth_is(self, say: Say) -> None:
        told = say("calibrate", "--json", "--every", "week", "--horizon", "60d", "--draws", "200").json
        weights = {each["factor"]: each for each in told["weights"]}
        assert weights["logins"]["learned"] > 80
        assert weights["logins"]["proven"]
        assert not weights["orders"]["proven"]
        assert sum(each["learned"] for each in told["weights"]) == 100
        assert told["verdict"] in {"adopt", "promising", "keep yours"}
        assert {action["name"] for action in told["actions"]} == {"logins", "orders"}

    def test_what_is_kept_is_a_new_file_that_checks(self, say: Say) -> None:
        assert say("calibrate", "--draws", "100", "--write", "next.yaml").code == 0
        assert say("check", "next.yaml").code == 0
        assert "# what keeps them" in Path("next.yaml").read_text(encoding="utf-8")
        again = say("calibrate", "--draws", "100", "--write", "next.yaml")
        assert (again.code, "CLI-014" in again.err) == (2, True)

    def test_with_too_few_it_says_so(self, say: Say) -> None:
        Path("churn.csv").write_text(_only(FILES["churn.csv"], 3), encoding="utf-8")
        said = say("calibrate", "--draws", "100")
        assert (said.code, "PRF-024" in said.err) == (1, True)


class TestPreview:
    def test_the_same_definitions_move_nobody(self, say: Say) -> None:
        Path("same.yaml").write_text(DEFINITIONS, encoding="utf-8")
        told = say("preview", "same.yaml", "--json").json
        assert (told["moved"], told["movers"]) == (0, [])
        assert told["proof"]["gain"]["value"] == 0

    def test_other_weights_move_some_and_say_why(self, say: Say) -> None:
        Path("next.yaml").write_text(
            DEFINITIONS.replace("weight: 30", "weight: 95").replace("weight: 70", "weight: 5"), encoding="utf-8"
        )
        said = say("preview", "next.yaml", "--every", "week", "--horizon", "60d")
        assert said.code == 0, said.err
        assert "The change foretells better who leaves" in said.out
        told = say("preview", "next.yaml", "--json", "--every", "week", "--horizon", "60d").json
        assert sum(flow["accounts"] for flow in told["flows"]) == told["accounts"]
        for mover in told["movers"]:
            assert sum(part["points"] for part in mover["parts"]) == pytest.approx(mover["points"], abs=1e-9)
