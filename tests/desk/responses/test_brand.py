"""A company's colour stays readable, whatever it is."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.responses.brand import SHAPE, TEXT, contrast, dark, light, sheet
from sabai.desk.surveys.models import Survey

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLOURS)
def test_every_colour_can_be_read(colour: str) -> None:
    for theme in (light(colour), dark(colour)):
        assert contrast(theme.accent, theme.card) >= TEXT
        assert contrast(theme.accent, theme.ground) >= TEXT
        assert contrast(theme.on, theme.accent) >= TEXT
        assert contrast(theme.ink, theme.soft) >= TEXT
        assert contrast(theme.accent, theme.card) >= SHAPE


def test_readable_colour_stays_as_it_is() -> None:
    assert light("#0f6b5c").accent == "#0f6b5c"
    assert light("#ffee00").accent != "#ffee00"


def test_sheet_is_served_for_ever() -> None:
    served = Client().get("/brand/ffee00.css")
    assert served.content.decode() == sheet("#ffee00")
    assert served.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in served.headers["Cache-Control"]


@pytest.mark.parametrize("wrong", ["fff", "ffee0g", "ffee00ff", "expression(1)", "}body{"])
def test_only_colours_are_served(wrong: str) -> None:
    assert Client().get(f"/brand/{wrong}.css").status_code == 404


def test_only_pictures_are_logos(survey: Survey) -> None:
    assert Client().get(f"/s/{survey.key}/logo/").status_code == 404
    survey.logo.save("a.png", ContentFile(b"\x89PNG"))
    served = Client().get(f"/s/{survey.key}/logo/")
    assert served.headers["Content-Type"] == "image/png"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    survey.logo.save("a.html", ContentFile(b"<script>"))
    assert Client().get(f"/s/{survey.key}/logo/").status_code == 404
