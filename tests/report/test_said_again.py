"""What rooms without languages wrote, on a page whose minus is a minus."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sabai.language.language import Language, speak
from sabai.report.said_again import said_again

MESSAGES = ("It lies within %(low)s to %(high)s.",)


def _printed(code: str) -> Language:
    found = speak(code)
    return replace(found, show=replace(found.show, minus="\N{MINUS SIGN}"))


@pytest.mark.parametrize("code", ["en", "ja"])
def test_numbers_below_zero_have_the_minus_of_the_page(code: str) -> None:
    said = said_again("It lies within -0.020 to +0.026.", MESSAGES, _printed(code))
    assert "\N{MINUS SIGN}0.020" in said
    assert "-0.020" not in said


@pytest.mark.parametrize("kept", ["A-1037", "INV-202605-00534", "2-5", "0.5-0.7", "sabai renewals --issue"])
def test_what_is_no_minus_stays(kept: str) -> None:
    assert kept in said_again(f"See {kept}.", (), _printed("en"))


def test_files_for_other_programs_keep_the_hyphen() -> None:
    assert said_again("It lies within -0.020 to +0.026.", MESSAGES, speak("en")) == "It lies within -0.020 to +0.026."
