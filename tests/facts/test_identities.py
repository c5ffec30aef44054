from __future__ import annotations

import pytest

from tests.facts.conftest import Bench, aside, of, rows, same, source, tally

WHO = source(
    "identities", "ids.csv", same("source_name", "source_id", "account_id", "contact_id", "from_on", "until_on")
)
USAGE = source(
    "events",
    "events.csv",
    {"event_id": of("id"), "account_id": of("org", through="product"), "name": of("what"), "occurred_at": of("at")},
)
HEADER = "source_name,source_id,account_id,contact_id,from_on,until_on\n"


def events(*orgs: str, at: str = "2024-03-01") -> str:
    return "id,org,what,at\n" + "".join(f"{n},{org},login,{at}\n" for n, org in enumerate(orgs))


def test_ids_of_a_source_become_accounts_and_strangers_wait(bench: Bench) -> None:
    bench.file("events.csv", events("p1", "p2", "p1"))
    bench.file("ids.csv", HEADER + "product,p1,a,c1,,\ncrm,p2,b,,,\n")
    facts = bench.land(USAGE, WHO)
    assert rows(facts, "events", "account_id", "contact_id", "key") == [("a", "c1", "0"), ("a", "c1", "2")]
    assert aside(facts) == [("events", 2, "account_id", "FCT-130")]
    assert tally(facts, "events").waiting == 1


def test_what_waits_lands_once_its_identity_has_come(bench: Bench) -> None:
    bench.file("events.csv", events("p1"))
    bench.file("ids.csv", HEADER + "product,p0,a,,,\n")
    assert tally(bench.land(USAGE, WHO), "events").waiting == 1
    bench.file("ids.csv", HEADER + "product,p0,a,,,\nproduct,p1,b,,,\n")
    assert rows(bench.land(USAGE, WHO), "events", "account_id") == [("b",)]


@pytest.mark.parametrize(
    ("at", "account"), [("2023-12-31", "a"), ("2024-01-01", "b"), ("2024-06-30", "b"), ("2024-07-01", None)]
)
def test_identities_hold_from_and_until(bench: Bench, at: str, account: str | None) -> None:
    bench.file("events.csv", events("p1", at=at))
    bench.file("ids.csv", HEADER + "product,p1,a,,,2024-01-01\nproduct,p1,b,,2024-01-01,2024-07-01\n")
    every = source("identities", "ids.csv", {**WHO.columns, "source_id": of("source_id")}, history="every")
    facts = bench.land(USAGE, every)
    assert rows(facts, "events", "account_id") == ([(account,)] if account else [])


def test_an_id_of_two_accounts_on_one_day_waits(bench: Bench) -> None:
    bench.file("events.csv", events("p1"))
    bench.file("ids.csv", HEADER + "product,p1,a,,,\nproduct,p1,b,,,\n")
    assert aside(bench.land(USAGE, WHO)) == [("events", 1, "account_id", "FCT-131")]


def test_salesforce_ids_of_15_and_18_characters_are_one(bench: Bench) -> None:
    bench.file("events.csv", events("001A0000006Vm9uIAC", "001A0000006Vm9u", "001A0000006Vm9uXXX"))
    bench.file("ids.csv", HEADER + "product,001A0000006Vm9u,a,,,\n")
    assert tally(bench.land(USAGE, WHO), "events").facts == 2


def test_salesforce_ids_are_one_in_accounts_too(bench: Bench) -> None:
    bench.file("events.csv", events("001A0000006Vm9u", "001A0000007Vm9u"))
    bench.file("accounts.csv", "account_id\n001A0000006Vm9uIAC\n")
    plain = source("events", "events.csv", {**USAGE.columns, "account_id": of("org")})
    facts = bench.land(plain, source("accounts", "accounts.csv", same("account_id")))
    assert rows(facts, "events", "account_id") == [("001A0000006Vm9uIAC",)]


def test_an_address_belongs_to_the_account_of_its_domain(bench: Bench) -> None:
    bench.file("events.csv", events("ann@ACME.com", "bob@example.org"))
    bench.file("ids.csv", HEADER + "domain,acme.com,a,,,\n")
    mailed = source("events", "events.csv", {**USAGE.columns, "account_id": of("org", through="domain")})
    facts = bench.land(mailed, WHO)
    assert rows(facts, "events", "account_id") == [("a",)]
    assert tally(facts, "events").waiting == 1


def test_a_contact_leads_to_its_account(bench: Bench) -> None:
    bench.file("events.csv", events("u1", "u2"))
    bench.file("contacts.csv", "contact_id,account_id\nu1,a\n")
    by_contact = source(
        "events",
        "events.csv",
        {"event_id": of("id"), "contact_id": of("org"), "name": of("what"), "occurred_at": of("at")},
    )
    facts = bench.land(by_contact, source("contacts", "contacts.csv", same("contact_id", "account_id")))
    assert rows(facts, "events", "account_id", "contact_id") == [("a", "u1")]
    assert aside(facts) == [("events", 2, "account_id", "FCT-133")]


def test_a_contact_id_through_identities_brings_its_account(bench: Bench) -> None:
    bench.file("events.csv", events("u1", "u2"))
    bench.file("ids.csv", HEADER + "product,u1,a,c1,,\n")
    by_contact = source(
        "events",
        "events.csv",
        {"event_id": of("id"), "contact_id": of("org", through="product"), "name": of("what"), "occurred_at": of("at")},
    )
    facts = bench.land(by_contact, WHO)
    assert rows(facts, "events", "account_id", "contact_id") == [("a", "c1")]
    assert aside(facts) == [("events", 2, "account_id", "FCT-130")]
