"""Nothing of one machine stands in the project: no package index, no path of somebody's disk."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import ROOT, project_files

# Put together from pieces, so that this file does not hold what it looks for.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb" + "ian.org", "yarn" + "pkg.com"]
OPTIONS = ["index" + "-url", "find" + "-links", "trusted" + "-host"]
DISKS = ["work", "root", "home", "tmp", "opt", "Users"]
ADDRESS = re.compile(
    "|".join([*map(re.escape, HOSTS), "file" + "://", rf"(?<![\w.}}~*-])/(?:{'|'.join(DISKS)})/(?=[\w.])"])
)
OPTION = re.compile("|".join(rf"^\s*--(?:extra-)?{option}\b" for option in OPTIONS), re.MULTILINE)


def addresses(text: str) -> list[str]:
    return [found.group(0) for pattern in (ADDRESS, OPTION) for found in pattern.finditer(text)]


def test_no_file_names_a_machine() -> None:
    found = {}
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a data file
        found[path.relative_to(ROOT).as_posix()] = addresses(text)
    assert len(found) > 20
    assert not {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize(
    "bad",
    [
        "see https://" + HOSTS[0] + "/simple",
        "--extra-" + OPTIONS[0] + " https://example.com",
        'open("' + "/ho" + 'me/somebody/sabai.yaml")',
        "file:" + "//x",
    ],
)
def test_an_address_is_seen(bad: str) -> None:
    assert addresses(bad)


@pytest.mark.parametrize(
    "good", ["docs/work/a.md", "src/sabai/home/page.py", "../tmp/x", "https://www.apache.org/licenses/"]
)
def test_what_is_no_address_is_left_alone(good: str) -> None:
    assert addresses(good) == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-spark.lock"])
def test_every_locked_package_has_hashes_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if re.match(r"[a-z0-9._-]+==[\w.+!-]+ \\$", line)]
    rest = [
        line for line in lines if line and line not in packages and not line.strip().startswith(("--hash=sha256:", "#"))
    ]
    assert len(packages) > 20
    assert rest == []
