"""Every example lands where its data is present, and independent SQL agrees on what became of each row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from sabai.dates import as_of_dates, monday_on_or_before, to_day
from sabai.definitions.reader import read_definitions
from sabai.engines.local import measure
from sabai.facts.land import land
from sabai.facts.landed import Facts
from sabai.health.reference import take_reference
from sabai.health.score import score_grid

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
SETS = sorted(path.parent.name for path in (ROOT / "examples").glob("*/sabai.yaml"))

Landed = Callable[[str], Facts]
Fates = dict[str, int]


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Landed:
    """Lands an example once, however many tests ask for it."""
    done: dict[str, Facts] = {}

    def once(name: str) -> Facts:
        if not (DATA / name).is_dir():
            pytest.skip(f"the data set {name} is not on this machine")
        if name not in done:
            definitions = read_definitions(ROOT / "examples" / name / "sabai.yaml")
            done[name] = land(definitions, DATA / name, tmp_path_factory.mktemp(name))
        return done[name]

    return once


AS_OF = {
    "cdnow": date(1997, 10, 6),
    "ceu_saas_activity": date(2021, 9, 6),
    "fightchurn_crm6": date(2024, 1, 1),
    "fightchurn_socialnet7": date(2020, 6, 1),
    "ibm_telco_churn": date(2020, 1, 27),
    "ibm_telco_churn_11_1_3": date(2020, 1, 27),
    "nps_retail_bank": date(2022, 1, 3),
    "oulad_2013": date(2014, 2, 3),
    "ravenstack": date(2024, 12, 2),
    "support_tickets_kaggle": date(2023, 6, 5),
    "uci_online_retail": date(2011, 12, 5),
}
"""A date at which each set has much to say; later than its reference."""


def fates(facts: Facts, table: str) -> Fates:
    """What became of the rows, zeros left out."""
    tally = next(tally for tally in facts.tallies if tally.table == table)
    names = ("rows_in", "facts", "versions", "duplicates", "conflicts", "waiting", "rejects")
    return {name: getattr(tally, name) for name in names if getattr(tally, name)}


def by_sql(query: str) -> Fates:
    """One row of named counts, zeros left out; {data} is the folder of all sets."""
    cursor = duckdb.connect().execute(query.format(data=DATA))
    names = [column[0] for column in cursor.description]
    return {name: int(value) for name, value in zip(names, cursor.fetchone(), strict=True) if value}


RAW = "read_csv('{data}/%s', all_varchar = true)"
_CDNOW = RAW % "cdnow/CDNOW_sample.csv"
_KAGGLE = RAW % "support_tickets_kaggle/customer_support_tickets.csv.gz"
_REGISTRATIONS = RAW % "oulad_2013/studentRegistration.csv.gz"
_RAVEN_USAGE = RAW % "ravenstack/ravenstack_feature_usage.csv"
_RAVEN_TICKETS = RAW % "ravenstack/ravenstack_support_tickets.csv"
_TELCO = RAW % "ibm_telco_churn/WA_Fn-UseC_-Telco-Customer-Churn.csv"
_TELCO_11 = RAW % "ibm_telco_churn_11_1_3/Telco_customer_churn_status.csv"
_UCI = """(
    select Invoice i, StockCode s, Quantity q, InvoiceDate::timestamp t, Price p, "Customer ID" c, Country k
    from '{data}/uci_online_retail/online_retail_II_2009_2010.parquet'
    union all
    select InvoiceNo, StockCode, Quantity, InvoiceDate::timestamp, UnitPrice, CustomerID, Country
    from '{data}/uci_online_retail/online_retail_2010_2011.parquet')"""


def _all_facts(source: str) -> str:
    return f"select count(*) rows_in, count(*) facts from {source}"


SQL = {
    ("cdnow", "accounts"): f"""
        select count(*) rows_in, count(distinct sample_id) facts, count(*) - count(distinct sample_id) duplicates
        from {_CDNOW}""",
    ("cdnow", "payments"): _all_facts(_CDNOW),
    ("ceu_saas_activity", "accounts"): _all_facts(RAW % "ceu_saas_activity/registrations.csv"),
    ("ceu_saas_activity", "events"): _all_facts(RAW % "ceu_saas_activity/activity.csv"),
    ("oulad_2013", "accounts"): f"""
        select count(*) rows_in, count(distinct (code_module, code_presentation, id_student)) facts
        from {_REGISTRATIONS}""",
    ("oulad_2013", "subscriptions"): f"""
        select count(*) rows_in, count(date_registration) facts, count(*) - count(date_registration) rejects
        from {_REGISTRATIONS}""",
    ("oulad_2013", "churn"): f"""
        select count(date_unregistration) rows_in, count(date_unregistration) facts from {_REGISTRATIONS}""",
    ("oulad_2013", "events"): f"""
        select count(*) rows_in, count(distinct (s.id_assessment, s.id_student)) facts
        from '{{data}}/oulad_2013/studentAssessment.parquet' s
        join {RAW % "oulad_2013/assessments.csv.gz"} a on a.id_assessment = s.id_assessment::varchar
        join {_REGISTRATIONS} r on r.id_student = s.id_student::varchar
            and r.code_module = a.code_module and r.code_presentation = a.code_presentation""",
    ("ravenstack", "accounts"): _all_facts(RAW % "ravenstack/ravenstack_accounts.csv"),
    ("ravenstack", "subscriptions"): _all_facts(RAW % "ravenstack/ravenstack_subscriptions.csv"),
    ("ravenstack", "events"): f"""
        select count(*) rows_in, count(distinct usage_id) facts,
            count(distinct (usage_id, subscription_id, usage_date, feature_name, usage_count, usage_duration_secs,
                            error_count, is_beta_feature)) - count(distinct usage_id) conflicts
        from {_RAVEN_USAGE}""",
    ("ravenstack", "tickets"): f"""
        with t as (select submitted_at::timestamp + to_minutes(first_response_time_minutes::int)
                          > strptime(closed_at, '%Y-%m-%d %H:%M') as impossible from {_RAVEN_TICKETS})
        select count(*) rows_in, count_if(not impossible) facts, count_if(impossible) rejects from t""",
    ("ravenstack", "churn"): f"""
        select count(*) rows_in, count(distinct (account_id, churn_date)) facts,
            count(*) - count(distinct (account_id, churn_date)) conflicts
        from {RAW % "ravenstack/ravenstack_churn_events.csv"}""",
    ("fightchurn_crm6", "accounts"): _all_facts(RAW % "fightchurn_crm6/account.csv"),
    ("fightchurn_crm6", "subscriptions"): f"""
        select count(*) rows_in, count(distinct (account_id, product, start_date)) facts
        from {RAW % "fightchurn_crm6/subscription.csv"}""",
    ("fightchurn_crm6", "events"): """
        select count(*) rows_in, count(distinct (account_id, day, event_type)) facts
        from '{data}/fightchurn_crm6/events_daily.parquet'""",
    ("fightchurn_socialnet7", "accounts"): _all_facts(RAW % "fightchurn_socialnet7/account.csv"),
    ("fightchurn_socialnet7", "subscriptions"): f"""
        select count(*) rows_in, count(distinct (account_id, start_date)) facts
        from {RAW % "fightchurn_socialnet7/subscription.csv"}""",
    ("fightchurn_socialnet7", "events"): """
        select count(*) rows_in, count(distinct (account_id, event_time, event_type)) facts,
            count(*) - count(distinct (account_id, event_time, event_type)) duplicates
        from '{data}/fightchurn_socialnet7/events.parquet'""",
    ("uci_online_retail", "accounts"): f"""
        select count(*) rows_in, count(distinct c) facts, count(distinct (c, k)) - count(distinct c) versions,
            count(*) - count(distinct (c, k)) duplicates
        from {_UCI} where c is not null""",
    ("uci_online_retail", "events"): f"""
        select count(*) rows_in, count(distinct (i, s, q, t, p, c)) filter (c is not null) facts,
            count(c) - count(distinct (i, s, q, t, p, c)) filter (c is not null) duplicates,
            count(*) - count(c) waiting
        from {_UCI}""",
    ("nps_retail_bank", "accounts"): _all_facts(RAW % "nps_retail_bank/NPStimeseries.csv"),
    ("nps_retail_bank", "responses"): _all_facts(RAW % "nps_retail_bank/NPStimeseries.csv"),
    ("ibm_telco_churn", "accounts"): _all_facts(_TELCO),
    ("ibm_telco_churn", "events"): f"select 2 * count(*) rows_in, 2 * count(*) facts from {_TELCO}",
    ("ibm_telco_churn", "churn"): _all_facts(f"{_TELCO} where Churn = 'Yes'"),
    ("ibm_telco_churn_11_1_3", "accounts"): _all_facts(_TELCO_11),
    ("ibm_telco_churn_11_1_3", "events"): f"select 3 * count(*) rows_in, 3 * count(*) facts from {_TELCO_11}",
    ("ibm_telco_churn_11_1_3", "churn"): _all_facts(f"""{_TELCO_11} where "Churn Value" = '1'"""),
    ("support_tickets_kaggle", "tickets"): f"""
        with t as (select coalesce("Time to Resolution"::timestamp < "First Response Time"::timestamp, false)
                          as impossible from {_KAGGLE})
        select count(*) rows_in, count_if(not impossible) facts, count_if(impossible) rejects from t""",
}


LARGE = ("uci_online_retail", "ceu_saas_activity", "fightchurn_crm6", "fightchurn_socialnet7")
"""The first one is a workbook of half a million rows; the others are as the small ones, and more of it."""


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.long) if name in LARGE else name for name in SETS],
)
def name(request: pytest.FixtureRequest) -> str:
    """Each example in turn: all its tests run before the next, so that it is landed once."""
    return str(request.param)


def test_what_became_of_each_row_is_what_sql_says(landed: Landed, name: str) -> None:
    facts = landed(name)
    seen = {tally.table: fates(facts, tally.table) for tally in facts.tallies if tally.rows_in}
    assert seen == {table: by_sql(query) for (each, table), query in SQL.items() if each == name}
    assert all(tally.holds for tally in facts.tallies)


def test_nearly_all_customers_have_a_score_that_adds_up(landed: Landed, name: str) -> None:
    facts, definitions = landed(name), read_definitions(ROOT / "examples" / name / "sabai.yaml")
    span = definitions.health.reference or (AS_OF[name], AS_OF[name])
    weeks = {to_day(when) for when in as_of_dates(monday_on_or_before(span[0]), span[1], "week")}
    grid = measure(facts, definitions, sorted(weeks | {to_day(AS_OF[name])}))
    reference = take_reference(grid, definitions.health)
    scores = score_grid(grid, definitions.health, reference, None)
    parts = [*scores.contributions.values(), *scores.deductions.values(), scores.floor]
    known = ~np.isnan(scores.score)
    assert np.nansum(parts, axis=0)[known] == pytest.approx(scores.score[known], abs=1e-9)
    alive = grid.alive[:, -1]
    assert alive.sum() > 100
    assert known[alive, -1].mean() > 0.9


def test_the_numbers_that_the_sources_state(landed: Landed) -> None:
    assert fates(landed("support_tickets_kaggle"), "tickets")["rejects"] == 1365
    assert fates(landed("ravenstack"), "events")["conflicts"] == 21
    assert fates(landed("oulad_2013"), "events")["facts"] == 82_842


def test_orders_that_say_the_same_are_orders_nevertheless(landed: Landed, tmp_path: Path) -> None:
    assert fates(landed("cdnow"), "payments") == {"rows_in": 6919, "facts": 6919}
    written = (ROOT / "examples" / "cdnow" / "sabai.yaml").read_text(encoding="utf-8")
    said = written.replace("{ row_number: yes }", "{ from: [sample_id, date, quantity, amount] }")
    (tmp_path / "sabai.yaml").write_text(said, encoding="utf-8")
    facts = land(read_definitions(tmp_path / "sabai.yaml"), DATA / "cdnow", tmp_path / "facts")
    assert fates(facts, "payments")["duplicates"] == 21  # the twin


def _nps(facts: Facts, promoter_from: int) -> float:
    score = facts.scan("responses").collect()["score"]
    return 100 * float((score >= promoter_from).sum() - (score <= 6).sum()) / len(score)


def test_nps_of_the_bank_is_exactly_11_80(landed: Landed) -> None:
    assert _nps(landed("nps_retail_bank"), promoter_from=9) == pytest.approx(11.80, abs=1e-9)


def test_nps_would_be_wrong_if_passives_promoted(landed: Landed) -> None:
    assert _nps(landed("nps_retail_bank"), promoter_from=7) != pytest.approx(11.80, abs=1)


def test_answers_of_the_bank_are_all_of_2021(landed: Landed) -> None:
    years = landed("nps_retail_bank").scan("responses").collect()["answered_at"].dt.year()
    assert set(years) == {2021}


def test_blank_charges_are_unknown_and_not_zero(landed: Landed) -> None:
    charged = landed("ibm_telco_churn").scan("events").collect().filter(name="charged so far")["value"]
    assert charged.null_count() == 11
    assert charged.min() > 0


def test_a_course_day_counts_from_the_start_of_its_own_run(landed: Landed) -> None:
    """Student 11391 registered 159 days before October 2013 and handed in the first work on day 18."""
    facts = landed("oulad_2013")
    account = facts.scan("accounts").collect().filter(account_id="AAA-2013J-11391")
    days = facts.scan("events").collect().filter(account_id="AAA-2013J-11391")["occurred_day"]
    assert account["started_on"].to_list() == [date(2013, 4, 25)]
    assert days.min() == to_day(date(2013, 10, 19))


@pytest.mark.parametrize(
    ("example", "line", "table", "fate"),
    [
        ("support_tickets_kaggle", "      first_response_at: First Response Time\n", "tickets", "rejects"),
        pytest.param("ravenstack", "      event_id: usage_id\n", "events", "conflicts", marks=pytest.mark.long),
        pytest.param(
            "oulad_2013", "    where: { date_unregistration: known }\n", "churn", "rows_in", marks=pytest.mark.long
        ),
    ],
)
def test_without_the_line_that_matters_the_counts_do_not_come_out(
    tmp_path: Path, example: str, line: str, table: str, fate: str
) -> None:
    """The twin of the counts above."""
    if not (DATA / example).is_dir():
        pytest.skip(f"the data set {example} is not on this machine")
    written = (ROOT / "examples" / example / "sabai.yaml").read_text(encoding="utf-8")
    assert line in written
    (tmp_path / "sabai.yaml").write_text(written.replace(line, ""), encoding="utf-8")
    facts = land(read_definitions(tmp_path / "sabai.yaml"), DATA / example, tmp_path / "facts")
    assert fates(facts, table).get(fate, 0) != by_sql(SQL[example, table])[fate]
