"""Pictures as files: whole documents that need nothing else, light or dark."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from sabai.errors import UsageError
from sabai.language.language import speak
from sabai.report.proof.files import write_pictures
from sabai.report.proof.pictures import DRAWN
from tests.report.proof.made import made_told
from tests.spoken import SPOKEN

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("code", SPOKEN)
def test_each_is_a_document_of_its_own(tmp_path: Path, code: str) -> None:
    paths = write_pictures(made_told(), tmp_path / "pictures", code)
    assert [path.name for path in paths] == [f"{name}.svg" for name in DRAWN]
    for path in paths:
        text = path.read_text(encoding="utf-8")
        tree = ElementTree.fromstring(text)
        assert tree.tag == f"{SVG}svg"
        assert (tree.get("lang"), tree.get("direction")) == (code, speak(code).direction)
        style = tree.find(f"{SVG}style")
        assert style is not None
        assert "prefers-color-scheme: dark" in (style.text or "")
        assert "var(" not in text
        assert not any(word in text for word in ("<script", "href", "url(", "@import"))
        written = [each.text for each in tree.iter(f"{SVG}text")]
        assert written[0] == tree.findtext(f"{SVG}title")


def test_every_class_has_a_colour(tmp_path: Path) -> None:
    for path in write_pictures(made_told(), tmp_path):
        tree = ElementTree.parse(path).getroot()
        style = tree.findtext(f"{SVG}style") or ""
        used = {each.get("class") for each in tree.iter() if each.get("class")} - {"picture", None}
        assert {name for name in used if f".picture .{'.'.join(str(name).split())}" not in style} <= {
            f"fill flow {band}" for band in ("healthy", "at_risk", "unhealthy", "unknown")
        }


def test_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no translation"):
        write_pictures(made_told(), tmp_path, "xx")
