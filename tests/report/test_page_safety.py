"""Names and comments come from strangers: on the page they are text and nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from markupsafe import escape

from sabai.report.page import write_page
from tests.report.made import NASTY, made
from tests.report.test_page import Tree


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("nasty")
    return write_page(made(folder, nasty=True), folder / "report.html").read_text(encoding="utf-8")


def test_no_script_but_our_own(html: str) -> None:
    assert html.count("<script") == html.count("</script") == 1
    assert not re.search(r"<svg[^>]*onload", html)


def test_no_attribute_that_runs(html: str) -> None:
    assert not {name for name in Tree(html).attributes if name.startswith("on")}


@pytest.mark.parametrize("text", NASTY)
def test_the_text_is_there_as_text(html: str, text: str) -> None:
    assert f"<bdi>{escape(text)}</bdi>" in html


def test_the_policy_lets_only_our_script_run(html: str) -> None:
    found = re.search(r"<script>(.*?)</script>", html, re.DOTALL)
    assert found
    digest = b64encode(sha256(found[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in html


def test_a_page_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    monkeypatch.setattr("sabai.report.page.render", lambda *_: "\udcff")
    with pytest.raises(UnicodeEncodeError):
        write_page(made(tmp_path, accounts=6, weeks=6, facts=False), path)
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    assert path.read_text() == "old"
