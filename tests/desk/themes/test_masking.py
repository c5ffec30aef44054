"""Nothing that tells who somebody is leaves this computer, in whichever language it stands."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.themes.masking import Mask, masked

PLANTED = {
    "en": (
        "Anna Bird of Canary Works said: call me on +44 20 7946 0958 or anna.bird@canary.example, or see "
        "https://canary.example/anna",
        ("Anna", "Bird", "Canary", "7946", "anna", "https"),
    ),
    "th": (
        "คุณสมชายจากร้านดอยคอฟฟี่บอกว่าช้า โทร ๐๘๑-๒๓๔-๕๖๗๘ หรือ somchai@doi.example ไลน์ @somchai99",
        ("สมชาย", "ดอยคอฟฟี่", "๒๓๔", "somchai"),
    ),
    "ar": (
        "قالت ليلى الحربي من مقهى نخلة: اتصلوا بي ٠٥٠ ١٢٣ ٤٥٦٧ أو layla@nakhla.example، ولليلى رأي آخر",
        ("ليلى", "الحربي", "نخلة", "١٢٣", "layla"),
    ),
    "ja": (
        "田中太郎です。青空珈琲の田中様宛に０３-１２３４-５６７８か tanaka@aozora.example まで",
        ("田中", "青空珈琲", "1234", "１２３４", "tanaka"),
    ),
}
NAMES = (
    "Anna Bird",
    "Canary Works",
    "สมชาย ใจดี",
    "ดอยคอฟฟี่",
    "ليلى الحربي",
    "مقهى نخلة",
    "田中 太郎",
    "田中",
    "青空珈琲",
)


@pytest.mark.parametrize("language", PLANTED)
def test_what_is_planted_goes(language: str) -> None:
    text, planted = PLANTED[language]
    said = Mask(NAMES).masked(text)
    assert [each for each in planted if each.lower() in said.lower()] == []
    assert re.search(r"\[(?:name|mail|number)\]", said)


def test_what_is_said_of_the_product_stays() -> None:
    text = "The export takes 45 minutes since version 2.10, and the annual report is wrong"
    assert Mask(NAMES).masked(text) == text


def test_names_of_a_workspace_are_known(aiko: Membership, customer: Callable[..., Account]) -> None:
    account = customer("Doi Tea", owner_name="Pim")
    Contact.everywhere.create(workspace=aiko.workspace, account=account, contact_id="c-noi", person="x", name="Noi Rak")
    said = masked(aiko.workspace, ["Noi told Pim and Aiko at doi tea that A-1 is c-noi. Not Chloé."])
    assert said == ["[name] told [name] and [name] at [name] that [name] is [name]. Not Chloé."]


@given(st.text(max_size=60), st.text(max_size=60))
def test_an_address_never_stays(before: str, after: str) -> None:
    assert "noi@baan.example" not in Mask(()).masked(f"{before} noi@baan.example {after}")
