"""How a page is laid out: two narrow cards side by side, and none beside a hole."""

from __future__ import annotations

import pytest

from sabai.report.money.page import Page, Section, Table


@pytest.mark.parametrize(
    ("asked", "laid"),
    [
        ("", ""),
        ("n", "W"),
        ("nn", "nn"),
        ("nnn", "nnW"),
        ("nwn", "WWW"),
        ("nnwnnn", "nnWnnW"),
        ("wnnnw", "WnnWW"),
        ("nennn", "WWnnW"),
    ],
)
def test_a_card_without_a_neighbour_takes_the_whole_width(asked: str, laid: str) -> None:
    full = Table(("head",), (("cell",),))
    sections = tuple(
        Section(str(place), "", table=None if width == "e" else full, wide=width == "w")
        for place, width in enumerate(asked)
    )
    found = list(Page("made", "", "", (), sections).laid())
    assert [section for section, _wide in found] == list(sections)
    assert "".join("W" if wide else "n" for _section, wide in found) == laid
