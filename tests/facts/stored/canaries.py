"""A company whose every table names somebody who will be erased, and a search of every byte for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq

ACCOUNT, CONTACT, ADDRESS, TOOL = "CANARYACME", "canary-u77", "Anna.Canary@example.com", "canary-tool-9"
WORDS = "I am Ms Canarybird; call me"

DEFINITIONS = """\
sabai: 1
workspace: { name: Test, time_zone: UTC, currency: EUR }
sources:
  accounts:
    files: accounts.csv
    table: accounts
    columns: { account_id: id, name: name, started_on: since, parent_id: parent }
  contacts:
    files: contacts.csv
    table: contacts
    columns: { contact_id: id, account_id: account, name: name, email: mail }
  who:
    files: who.csv
    table: identities
    columns: { source_name: tool, source_id: there, account_id: account, contact_id: contact }
  owners: { files: owners.csv, table: owners, columns: { account_id: account, user: user } }
  goals: { files: goals.csv, table: goals, columns: { goal_id: id, account_id: account, text: text, agreed_on: day } }
  app:
    files: usage.csv
    table: events
    columns: { event_id: id, account_id: account, contact_id: who, name: what, occurred_at: at, properties.mail: mail }
  tool:
    files: tool.csv
    table: events
    columns: { event_id: id, account_id: { from: there, through: tool }, name: what, occurred_at: at }
  desk:
    files: tickets.csv
    table: tickets
    columns:
      ticket_id: id
      account_id: account
      contact_id: who
      opened_at: at
      resolved_at: done
      text: text
      updated_at: changed
    history: every
  survey:
    files: answers.csv
    table: responses
    columns:
      response_id: id
      account_id: account
      contact_id: who
      kind: { value: nps }
      asked_at: at
      answered_at: at
      score: score
      comment: comment
  calls:
    files: calls.csv
    table: touchpoints
    columns: { touchpoint_id: id, account_id: account, contact_id: who, user: user, occurred_at: at, note: note }
  bills:
    files: bills.csv
    table: invoices
    columns: { invoice_id: id, account_id: account, issued_on: at, due_on: due, amount_minor: amount }
  paid:
    files: paid.csv
    table: payments
    columns: { payment_id: id, invoice_id: bill, occurred_at: at, amount_minor: amount, currency: { value: EUR } }
  praise:
    files: praise.csv
    table: advocacy
    columns:
      advocacy_id: id
      account_id: account
      contact_id: who
      kind: kind
      referred_account_id: other
      occurred_at: at
metrics:
  logins: { count: events, window: 28d }
  people: { distinct: contact, of: events, window: 28d }
  open_tickets: { held: tickets.open }
  happy: { mean: responses.score, window: 90d }
  owed: { held: dues.unpaid }
health:
  bands: { cut: { healthy: 70, at_risk: 40 } }
  dimensions:
    usage:
      logins: { weight: 30, curve: { 0: 0, 20: 100 } }
      people: { weight: 30, curve: { 0: 0, 4: 100 } }
    support:
      open_tickets: { weight: 20, curve: { 0: 100, 5: 0 } }
    sentiment:
      happy: { weight: 20, curve: { 0: 0, 10: 100 } }
"""


def exports(folder: Path) -> Path:
    """Two customers, and the canaries in every table, in rows that land, that wait and that are rejected."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in (_people() | _used() | _said() | _money()).items():
        (folder / name).write_text("\n".join([*lines, ""]))
    return folder


def _people() -> dict[str, list[str]]:
    return {
        "accounts.csv": [
            "id,name,since,parent",
            f"{ACCOUNT},Canary Acme,2024-01-01,",
            f"B,Bee,2024-01-01,{ACCOUNT}",
            f"CANARYBAD,{ACCOUNT},not a day,",
        ],
        "contacts.csv": [
            "id,account,name,mail",
            f"{CONTACT},B,Anna Canarybird,{ADDRESS}",
            "u2,B,Ben,ben@example.com",
            f"canary-of-acme,{ACCOUNT},Carl Canaryman,carl@canaryacme.example",
        ],
        "who.csv": [
            "tool,there,account,contact",
            f"tool,canary-tool-acme,{ACCOUNT},",
            f"tool,{TOOL},B,{CONTACT}",
            "tool,t2,B,u2",
            f"domain,canaryacme.example,{ACCOUNT},",
        ],
        "owners.csv": ["account,user", f"{ACCOUNT},sue", "B,tom"],
        "goals.csv": ["id,account,text,day", f"g1,{ACCOUNT},Save Canary money,2025-01-01", "g2,B,Grow,2025-01-01"],
    }


def _used() -> dict[str, list[str]]:
    days = [f"2025-05-{day:02}" for day in range(1, 29)]
    return {
        "usage.csv": [
            "id,account,who,what,at,mail",
            *(
                f"e{n},{'B' if n % 3 else ACCOUNT},{CONTACT if n % 2 else 'u2'},login,{day},"
                f"{ADDRESS.upper() if n % 2 else ''}"
                for n, day in enumerate(days)
            ),
            f"w1,C-unknown,{CONTACT},login,{days[3]},",
            f"r1,B,{CONTACT},login,nonsense {ADDRESS},",
        ],
        "tool.csv": [
            "id,there,what,at",
            *(f"x{n},canary-tool-acme,click,{day}" for n, day in enumerate(days[::5])),
            *(f"y{n},t2,click,{day}" for n, day in enumerate(days[::4])),
        ],
    }


def _said() -> dict[str, list[str]]:
    return {
        "tickets.csv": [
            "id,account,who,at,done,text,changed",
            f"t1,B,{CONTACT},2025-05-01,,{WORDS},2025-05-01",
            f"t1,B,{CONTACT},2025-05-01,2025-05-09,{WORDS},2025-05-09",
            f"t2,{ACCOUNT},,2025-05-01,,canary trouble,2025-05-01",
            f"t3,B,u2,2025-05-04,,ask {ADDRESS} please,2025-05-04",
            f"t4,{ACCOUNT},,2025-05-01,,canary moves,2025-05-01",
            "t4,B,,2025-05-01,,moved,2025-05-12",
        ],
        "answers.csv": [
            "id,account,who,at,score,comment",
            f"a1,B,{CONTACT},2025-05-05,3,{WORDS}",
            "a2,B,u2,2025-05-06,9,fine",
            f"a3,{ACCOUNT},,2025-05-06,1,canary words",
            f"a4,B,{CONTACT},2025-05-05,99,{WORDS}",
        ],
        "calls.csv": [
            "id,account,who,user,at,note",
            f"c1,B,{CONTACT},tom,2025-05-05,{WORDS}",
            f"c2,{ACCOUNT},,sue,2025-05-06,canary call",
            f"c1,B,{CONTACT},tom,2025-05-06,another {WORDS}",
        ],
    }


def _money() -> dict[str, list[str]]:
    return {
        "bills.csv": [
            "id,account,at,due,amount",
            f"canary-bill,{ACCOUNT},2025-04-01,2025-05-01,100",
            "b2,B,2025-04-01,2025-05-01,70",
        ],
        "paid.csv": ["id,bill,at,amount", "p1,canary-bill,2025-05-03,100", "p2,b2,2025-05-03,30"],
        "praise.csv": [
            "id,account,who,kind,other,at",
            f"k1,B,{CONTACT},referral,{ACCOUNT},2025-05-05",
            f"k2,{ACCOUNT},,review,,2025-05-05",
        ],
    }


def words_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file as they lie there, and every cell and statistic of a Parquet file."""
    yield path.read_bytes()
    if path.suffix == ".parquet":
        file = pq.ParquetFile(path)
        yield repr(file.read().to_pylist()).encode()
        yield repr([file.metadata.row_group(n).to_dict() for n in range(file.metadata.num_row_groups)]).encode()


def found(folders: Iterable[Path], canaries: Iterable[str]) -> set[tuple[str, str]]:
    """(file, canary) of every canary that some byte says, whatever its capital letters."""
    return {
        (str(path), canary)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
        for told in words_of(path)
        for said in [told.lower() + b"\n" + str(path).lower().encode()]
        for canary in canaries
        if canary.lower().encode() in said
    }


CASES = {
    "account": (
        ["--account", ACCOUNT],
        [
            ACCOUNT,
            "canary-tool-acme",
            "canaryacme.example",
            "carl",
            "canary words",
            "canary-bill",
            "canary call",
            "canary trouble",
            "Canary Acme",
            "canary moves",
            "Canary money",
        ],
    ),
    "contact": (["--contact", CONTACT], [CONTACT, ADDRESS, TOOL, "Canarybird"]),
    "email": (["--email", ADDRESS.lower()], [CONTACT, ADDRESS, TOOL, "Canarybird"]),
}
