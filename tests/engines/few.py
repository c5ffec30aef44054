"""Four customers and what a few tables say of them."""

from __future__ import annotations

from tests.facts.stored.bench import meaning, source_of

TABLES = ("accounts", "events", "tickets")
DEFINITIONS = meaning(*map(source_of, TABLES))
ACCOUNTS = ("ant", "bee", "cat", "dog")
ROWS = {
    "accounts": [{"account_id": each, "name": each, "started_on": "2023-12-01"} for each in ACCOUNTS],
    "events": [
        {"event_id": f"{each}{number}", "account_id": each, "name": "login", "value": "1",
         "occurred_at": f"2024-01-{1 + number:02}"}
        for each in ACCOUNTS[:3] for number in range(20)
    ],
    "tickets": [{"ticket_id": "1", "account_id": "dog", "opened_at": "2024-01-05"}],
}  # fmt: skip
