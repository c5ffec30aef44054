"""What was set aside is shown as it stood in the file: in its own zone, format and unit."""

from __future__ import annotations

import csv
import io

import pytest

from tests.acceptance.conftest import Folder

TICKETS = """\
  desk:
    files: tickets.*
    table: tickets
    columns:
      ticket_id: No.
      account_id: who
      opened_at: { from: opened, format: "%d/%m/%Y %H:%M" }
      resolved_at: { from: closed, format: "%d/%m/%Y %H:%M" }
  bills:
    files: bills.csv
    table: invoices
    columns:
      invoice_id: No.
      account_id: who
      issued_on: day
      due_on: due
      amount_minor: { from: amount, unit: major, decimal: "," }
metrics:
"""


@pytest.fixture
def set_aside(folder: Folder) -> dict[tuple[str, str], str]:
    """(code, row) -> the value that rejects.csv shows"""
    folder.mean(("metrics:\n", TICKETS))
    folder.file("tickets.csv", "No.,who,opened,closed\n1,C1,13/05/2025 09:30,12/05/2025 10:00\n2,C1,yesterday,\n")
    folder.file(
        "tickets.jsonl", '{"No.": 3, "who": "C1", "opened": "14/05/2025 09:30", "closed": "01/05/2025 00:00"}\n'
    )
    folder.file("bills.csv", 'No.,who,day,due,amount\nB1,C1,2025-05-01,2025-05-31,"1234567890123,50"\n')
    assert folder.say("score", "--as-of", "2025-05-19").code == 0
    rows = csv.DictReader(io.StringIO(folder.read("rejects.csv")))
    return {(row["code"], row["file"]): row["value"] for row in rows}


def test_cells_are_shown_as_they_stood(set_aside: dict[tuple[str, str], str]) -> None:
    assert set_aside == {
        ("FCT-105", "tickets.csv"): "12/05/2025 10:00",
        ("FCT-105", "tickets.jsonl"): "01/05/2025 00:00",
        ("FCT-102", "tickets.csv"): "yesterday",
        ("FCT-112", "bills.csv"): "1234567890123,50",
    }
