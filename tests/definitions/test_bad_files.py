"""Files that are no definitions at all: a clear error with a line, never a traceback."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.definitions.lines import DEEPEST, MOST_BYTES
from sabai.definitions.reader import check_definitions, read_definitions
from sabai.definitions.words import NAME
from sabai.errors import DefinitionsError
from tests.definitions.good import GOOD, issues, read
from tests.tries import tries

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
CHAIN = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{x: *a{n - 1}}}\n" for n in range(1, 500))

UNREADABLE = [
    ("DEF-004", 3, "sabai: 1\nworkspace: { name: x\n"),
    ("DEF-004", 2, "sabai: 1\n\tworkspace: {}\n"),
    ("DEF-004", 2, "sabai: 1\nworkspace: *nobody\n"),
    ("DEF-004", 1, "sabai: &self [*self]\n"),
    ("DEF-004", 2, "sabai: 1\nworkspace: !!python/object:os.system x\n"),
    ("DEF-004", 3, "sabai: 1\n...\n---\nsabai: 1\n"),
    ("DEF-004", 1, "? [a, b]\n: 1\n"),
    ("DEF-005", 1, "sabai: " + "[" * 100_000),
    ("DEF-005", 1, "sabai: " + "{a: " * 1000),
    ("DEF-005", 5, LAUGHS),
    ("DEF-005", DEEPEST, CHAIN),
    ("DEF-007", 1, ""),
    ("DEF-007", 1, "# nothing yet\n"),
    ("DEF-007", 1, "- sabai\n"),
    ("DEF-007", 1, "just words"),
]


@pytest.mark.parametrize(("code", "line", "text"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read(code: str, line: int, text: str, tmp_path: Path) -> None:
    started = time.process_time()
    (issue,) = issues(tmp_path, text)
    assert (issue.code, issue.where) == (code, f"sabai.yaml:{line}")
    assert all((issue.what, issue.why, issue.hint))
    assert time.process_time() - started < 5


def test_a_bracket_that_is_never_closed_is_named_by_the_line_on_which_it_opens(tmp_path: Path) -> None:
    (issue,) = issues(tmp_path, "sabai: 1\nworkspace: { name: x\n\n\nhealth: {}\n")
    assert "begun on line 2" in issue.what


def test_anchors_that_do_not_explode_are_welcome(tmp_path: Path) -> None:
    text = GOOD.replace("window: 28d", "window: &month 28d").replace("window: 4w", "window: *month")
    assert read(tmp_path, text).version == read(tmp_path).version


def test_a_missing_file(tmp_path: Path) -> None:
    definitions, (issue,) = check_definitions(tmp_path / "sabai.yaml")
    assert definitions is None
    assert issue.code == "DEF-001"
    assert "sabai init" in issue.hint


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    assert check_definitions(tmp_path)[1][0].code == "DEF-001"


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "sabai.yaml"
    path.write_bytes("sabai: 1\nworkspace: { name: ร้านกาแฟ }\n".encode("cp874"))
    (issue,) = check_definitions(path)[1]
    assert (issue.code, issue.where) == ("DEF-002", "sabai.yaml:2")


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "sabai.yaml"
    path.write_text(GOOD, encoding="utf-8-sig", newline="\r\n")
    assert read_definitions(path).version == read(tmp_path).version


def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    path = tmp_path / "sabai.yaml"
    path.write_bytes(b"x" * (MOST_BYTES + 1))
    assert check_definitions(path)[1][0].code == "DEF-003"


def test_many_unknown_names_are_told_in_a_moment(tmp_path: Path) -> None:
    metrics = "".join(f"  m{n}: {{ ratio: [a{n}, b{n}] }}\n" for n in range(500))
    started = time.process_time()
    assert len(issues(tmp_path, GOOD.replace("metrics:\n", f"metrics:\n{metrics}"))) == 50
    assert time.process_time() - started < 10


WORDS = st.sampled_from(
    "sabai workspace sources metrics health count events ratio change slope share where window dimensions usage "
    "weight better curve deductions when event bands cut hold young milestones stages churn from segments reference "
    "logins people 28d 0 -1 50% .5 1 >= [ ] { } : , - ? & * ! | > ' \" # % @ ` \n \t 1e9 yes null ~ << *a &a".split(" ")
)
GARBAGE = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
QUICK = tries(15, suppress_health_check=[HealthCheck.function_scoped_fixture])


def reads_or_says_why(folder: Path, text: str) -> None:
    path = folder / "sabai.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(DefinitionsError):
        read_definitions(path)


@QUICK
@given(GARBAGE)
def test_garbage_is_refused_politely(tmp_path: Path, text: str) -> None:
    reads_or_says_why(tmp_path, text)


@QUICK
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.one_of(st.text(max_size=10), WORDS))
def test_a_good_file_with_a_hole_in_it(tmp_path: Path, at: int, length: int, instead: str) -> None:
    reads_or_says_why(tmp_path, GOOD[:at] + instead + GOOD[at + length :])


@QUICK
@given(st.sampled_from(["workspace", "sources", "metrics", "health", "stages", "churn"]), VALUES)
def test_a_good_file_with_a_section_of_another_shape(tmp_path: Path, section: str, value: object) -> None:
    import json

    lines = GOOD.splitlines(keepends=True)
    begin = next(index for index, line in enumerate(lines) if line.startswith(f"{section}:"))
    end = next((index for index in range(begin + 1, len(lines)) if not lines[index].startswith(" ")), len(lines))
    odd = f"{section}: {json.dumps(value)}\n"
    reads_or_says_why(tmp_path, "".join([*lines[:begin], odd, *lines[end:]]))


@QUICK
@given(st.from_regex(NAME, fullmatch=True))
def test_whatever_may_be_a_name_can_be_one(tmp_path: Path, name: str) -> None:
    import json

    if name in ("floor", "event") or not name.isprintable():
        return
    metrics = read(tmp_path, GOOD.replace("  trend:", f"  {json.dumps(name, ensure_ascii=False)}:")).metrics
    assert name in metrics
