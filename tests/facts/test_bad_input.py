"""What cannot be read is an error in four parts, never a traceback and never a guess."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable

import polars as pl
import pytest
import xlsxwriter

from sabai.definitions.model import Join
from sabai.errors import FactsError, Issue
from sabai.facts.readers import jsonl, plain, xlsx
from tests.facts.conftest import Bench, aside, of, rows, same, source, tally

NAMES = ("event_id", "account_id", "name", "occurred_at")
HEADER = ",".join(NAMES) + "\n"
ROW = "1,a,login,2024-01-02\n"


def refused(bench: Bench, name: str, content: bytes | str | None = None, **more: object) -> Issue:
    if content is not None:
        bench.file(name, content)
    with pytest.raises(FactsError) as told:
        bench.land(source("events", name, same(*NAMES), **more))
    issue = told.value.issues[0]
    assert all([issue.code, issue.what, issue.where, issue.why, issue.hint])
    assert not bench.folder.exists()
    return issue


def landed(bench: Bench, name: str, content: bytes | str, **more: object) -> int:
    bench.file(name, content)
    return tally(bench.land(source("events", name, same(*NAMES), **more)), "events").facts


def test_a_folder_without_any_known_file(bench: Bench) -> None:
    bench.file("other.csv", HEADER)
    issue = refused(bench, "events.csv")
    assert issue.code == "FCT-001"
    assert "events.csv" in issue.what
    assert "other.csv" in issue.why
    assert landed(bench, "events.csv", HEADER + ROW) == 1


def test_a_folder_that_is_not_there(bench: Bench) -> None:
    bench.data.rmdir()
    assert refused(bench, "events.csv").code == "FCT-001"


def test_a_folder_instead_of_a_file(bench: Bench) -> None:
    (bench.data / "events.csv").mkdir()
    assert refused(bench, "events.csv").code == "FCT-010"


@pytest.mark.parametrize("content", ["", "\n", "\ufeff"])
def test_an_empty_file(bench: Bench, content: str) -> None:
    assert refused(bench, "events.csv", content).code == "FCT-004"
    assert landed(bench, "events.csv", HEADER) == 0


def test_a_missing_column(bench: Bench) -> None:
    issue = refused(bench, "events.csv", HEADER.replace("name", "nmae") + ROW)
    assert issue.code == "FCT-003"
    assert issue.hint == 'Did you mean "nmae"?'


def test_a_cut_parquet_file(bench: Bench) -> None:
    path = bench.data / "events.parquet"
    pl.DataFrame({name: ["2024-01-01"] for name in NAMES}).write_parquet(path)
    assert landed(bench, "events.parquet", whole := path.read_bytes()) == 1
    bench.folder.rename(bench.folder.with_name("before"))
    assert refused(bench, "events.parquet", whole[: len(whole) // 2]).code == "FCT-005"


def test_a_cut_gzip_file(bench: Bench) -> None:
    whole = gzip.compress((HEADER + ROW * 5000).encode())
    assert refused(bench, "events.csv.gz", whole[:-20]).code == "FCT-005"
    assert landed(bench, "events.csv.gz", whole) == 1


def test_a_quote_that_never_closes_in_the_middle(bench: Bench) -> None:
    assert refused(bench, "events.csv", HEADER + '1,a,"login,2024-01-02\n' + ROW * 3).code == "FCT-005"


@pytest.mark.parametrize("end", ['2,"a,login', "2,a", "2,a,b,2024-01-01,x", '2,"a"b,login,2024-01-01'])
def test_only_the_last_row_is_lost_when_only_it_is_broken(bench: Bench, end: str) -> None:
    bench.file("events.csv", HEADER + ROW + end)
    facts = bench.land(source("events", "events.csv", same(*NAMES)))
    assert aside(facts) == [("events", 2, "", "FCT-140")]
    assert tally(facts, "events").facts == 1


def test_rows_with_too_many_or_too_few_fields_are_set_aside_alone(bench: Bench) -> None:
    bench.file("events.csv", HEADER + '1,a,x\n2,b,y,2024-01-02\n\n3,c,z,2024-01-02,more\n4,d,"q""q, ",2024-01-02\n')
    facts = bench.land(source("events", "events.csv", same(*NAMES)))
    assert [row[1] for row in aside(facts)] == [1, 3]
    assert rows(facts, "events", "account_id", "name") == [("b", "y"), ("d", 'q"q,')]


@pytest.mark.parametrize(
    ("name", "encoding"), [("café", "cp1252"), ("テスト", "shift_jis"), ("ทดสอบ", "tis-620"), ("x", "utf-16")]
)
def test_encodings(bench: Bench, name: str, encoding: str) -> None:
    content = (HEADER + f"1,a,{name},2024-01-02\n").encode(encoding)
    issue = refused(bench, "events.csv", content)
    assert issue.code == "FCT-006"
    assert "byte" in issue.what
    assert "encoding: " in issue.hint
    bench.file("events.csv", content)
    facts = bench.land(source("events", "events.csv", same(*NAMES), encoding=encoding))
    assert rows(facts, "events", "name") == [(name,)]


def test_the_byte_order_mark_is_no_part_of_the_header(bench: Bench) -> None:
    assert landed(bench, "events.csv", "\ufeff" + HEADER + ROW) == 1


def test_a_line_without_end(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert landed(bench, "events.csv", long := HEADER + ROW.replace("login", "x" * 3000)) == 1
    bench.folder.rename(bench.folder.with_name("before"))
    monkeypatch.setattr(plain, "MAX_LINE", 2000)
    monkeypatch.setattr(plain, "CHUNK", 1000)
    assert refused(bench, "events.csv", long + " ").code == "FCT-007"


def test_a_gzip_bomb(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MAX_UNPACKED", 10_000)
    assert refused(bench, "events.csv.gz", gzip.compress((HEADER + ROW * 100_000).encode())).code == "FCT-009"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found_out(bench: Bench, separator: str) -> None:
    assert landed(bench, "events.csv", (HEADER + ROW).replace(",", separator)) == 1


def test_any_separator_can_be_named(bench: Bench) -> None:
    assert landed(bench, "events.csv", (HEADER + ROW).replace(",", "~"), separator="~") == 1


def test_json_lines_with_nested_objects(bench: Bench) -> None:
    bench.file(
        "e.jsonl",
        '{"id": 1, "who": {"org": "a"}, "what": "x", "at": "2024-01-02", "p": {"plan": "pro"}, '
        '"v": 1.50}\n'
        '{"id": 2, "who": {"org": "a"}, "what": "x", "at": "2024-01-02"}\n[1]\n{"id": 3\n',
    )
    facts = bench.land(
        source(
            "events",
            "e.jsonl",
            {
                "event_id": of("id"),
                "account_id": of("who.org"),
                "name": of("what"),
                "occurred_at": of("at"),
                "properties.plan": of("p.plan"),
                "value": of("v"),
            },
        )
    )
    assert rows(facts, "events", "key", "properties.plan", "value") == [("1", "pro", 1.5), ("2", None, None)]
    assert aside(facts) == [("events", 3, "", "FCT-141"), ("events", 4, "", "FCT-141")]


@pytest.mark.parametrize(
    "bomb", ["[" * 100_000, '{"a":' * 50 + "1" + "}" * 50, '{"a":"' + "x" * jsonl.MAX_CHARACTERS + '"}']
)
def test_a_bomb_of_nested_json_is_one_reject(bench: Bench, bomb: str) -> None:
    sound = '{"event_id": 1, "account_id": "a", "name": "x", "occurred_at": "2024-01-02"}\n'
    bench.file("e.jsonl", sound + bomb + "\n")
    facts = bench.land(source("events", "e.jsonl", same(*NAMES)))
    assert aside(facts) == [("events", 2, "", "FCT-141")]
    assert tally(facts, "events").facts == 1


def test_a_json_array_is_not_json_lines(bench: Bench) -> None:
    assert refused(bench, "e.jsonl", '[{"event_id": 1}]\n').code == "FCT-016"
    assert refused(bench, "e.jsonl", '{"event_id": 1}\n').code == "FCT-003"


def workbook(bench: Bench, name: str = "events.xlsx") -> None:
    with xlsxwriter.Workbook(bench.data / name) as book:
        sheet = book.add_worksheet("Data")
        for row, cells in enumerate([NAMES, (1, "a", "login", "2024-01-02"), (), (2, "b", "login", "2024-01-03")]):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)


def test_a_workbook(bench: Bench) -> None:
    workbook(bench)
    assert rows(bench.land(source("events", "events.xlsx", same(*NAMES))), "events", "key") == [("1",), ("2",)]
    with pytest.raises(FactsError, match="FCT-003"):
        bench.land(source("events", "events.xlsx", same(*NAMES), sheet="Date"))


def test_a_workbook_that_is_a_bomb_or_broken(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook(bench)
    monkeypatch.setattr(xlsx, "MAX_UNPACKED", 1000)
    assert refused(bench, "events.xlsx").code == "FCT-009"
    assert refused(bench, "events.xlsx", b"PK\x03\x04 not a workbook").code == "FCT-005"
    with zipfile.ZipFile(bench.data / "events.xlsx", "w") as empty:
        empty.writestr("a", "b")
    assert refused(bench, "events.xlsx").code == "FCT-005"


def test_a_kind_of_file_that_nobody_reads(bench: Bench) -> None:
    assert refused(bench, "events.docx", b"x").code == "FCT-016"


def test_a_join_needs_unique_rows(bench: Bench) -> None:
    bench.file("plans.csv", "plan,name\np,login\n")
    joined = source("events", "e.csv", same(*NAMES), joins=(Join("plans.csv", ("plan",)),))
    bench.file("e.csv", "event_id,account_id,plan,occurred_at\n1,a,p,2024-01-02\n2,a,q,2024-01-02\n")
    facts = bench.land(joined)
    assert rows(facts, "events", "name") == [("login",)]
    assert aside(facts) == [("events", 2, "name", "FCT-101")]
    bench.file("plans.csv", "plan,name\np,login\np,logout\n")
    with pytest.raises(FactsError, match="FCT-012"):
        bench.land(joined)
    (bench.data / "plans.csv").unlink()
    with pytest.raises(FactsError, match="FCT-002"):
        bench.land(joined)


@pytest.fixture(autouse=True)
def nothing_left_behind(bench: Bench) -> Callable[[], None]:
    yield lambda: None
    assert not [path.name for path in bench.folder.parent.iterdir() if path.name.startswith(".")]
