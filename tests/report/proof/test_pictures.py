"""Pictures show what the proof found and nothing else, in every language, to those who see and to those who do not."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from sabai.intervals import Interval
from sabai.language.catalogues import LANGUAGES
from sabai.language.language import speak
from sabai.preview.migration import Flow, Migration
from sabai.report.picture import Picture
from sabai.report.proof.flow import migration
from sabai.report.proof.pictures import DRAWN, pictures
from sabai.report.proof.told import ProofTold, Written
from sabai.report.sheet import WIDTH
from tests.proof.twins import MUST_FAIL
from tests.report.proof.made import HOSTILE, made_cross_section, made_told
from tests.spoken import SPOKEN

FLOWS = Migration(
    20_000,
    (Flow("healthy", "healthy", 60, 6_000_00.0), Flow("healthy", "unhealthy", 15, 1_500_00.0),
     Flow("unhealthy", "at_risk", 25, None), Flow("at_risk", "at_risk", 0, None)),
)  # fmt: skip


def drawn(told: ProofTold, code: str) -> dict[str, Picture]:
    found = pictures(told, speak(code))
    streams = migration(FLOWS, "USD", speak(code))
    return {**found, "migration": streams} if streams else found


def texts(picture: Picture) -> list[str]:
    """What is written in it, as a reader gets it."""
    tree = ElementTree.fromstring(f"<g>{picture.shapes}</g>")
    return [each.text or "" for each in tree.iter("text")]


def spots(picture: Picture, of: str = "circle", at: str = "cx") -> list[float]:
    return [float(each.get(at) or "nan") for each in ElementTree.fromstring(f"<g>{picture.shapes}</g>").iter(of)]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("told", [made_told, lambda: made_told(left=False), made_cross_section], ids=range(3))
def test_each_is_whole_xml_and_says_itself(told: object, code: str) -> None:
    for picture in drawn(told(), code).values():
        for text in (picture.inline, picture.alone(speak(code))):
            tree = ElementTree.fromstring(text)
            ids = {each.get("id"): each.text for each in tree.iter() if each.get("id")}
            assert ids[tree.get("aria-labelledby")]
            assert ids[tree.get("aria-describedby")]
            assert not re.search(r"\b(nan|none|inf|null|undefined)\b", text.lower().replace("fill: none", ""))
        assert picture.caption.count(".") <= 1


def test_all_are_drawn_where_there_is_something_to_draw() -> None:
    assert set(pictures(made_told(), speak("en"))) == set(DRAWN)


def test_none_is_drawn_of_nothing() -> None:
    assert set(pictures(made_told(left=False), speak("en"))) == {"churn-by-band", "stability"}
    assert not {"lead-time", "stability", "weights"} & set(pictures(made_cross_section(), speak("en")))
    assert migration(Migration(20_000, ()), "USD", speak("en")) is None


def with_other_bands(told: ProofTold) -> ProofTold:
    """As a proof of other numbers would be."""
    bands = told.proof.bands
    wrong = tuple(replace(each, rate=Interval(0.987, 0.981, 0.992)) for each in bands.churn)
    return replace(told, proof=replace(told.proof, bands=replace(bands, churn=wrong)))


def bar_widths(picture: Picture) -> list[float]:
    tree = ElementTree.fromstring(f"<g>{picture.shapes}</g>")
    return [float(each.get("width") or 0) for each in tree.iter("rect") if "fill" in (each.get("class") or "")
            and each.get("height") == "16"]  # fmt: skip


@pytest.mark.parametrize("proved", [made_told, pytest.param(lambda: with_other_bands(made_told()), marks=MUST_FAIL)])
def test_bands_are_as_long_and_as_written_as_the_proof_says(proved: object) -> None:
    picture = drawn(made_told(), "en")["churn-by-band"]
    churn = [each for each in proved().proof.bands.churn if each.rows]
    assert {Written(speak("en")).share(each.rate) for each in churn} <= set(texts(picture))
    longest = max(bar_widths(picture))
    assert [width / longest for width in bar_widths(picture)] == pytest.approx(
        [each.rate.value / max(other.rate.value for other in churn) for each in churn], abs=0.01
    )


def test_the_rest_is_written_as_the_proof_says() -> None:
    told, found, written = made_told(), drawn(made_told(), "en"), Written(speak("en"))
    assert {written.auc(each.auc) for each in told.rivals} <= set(texts(found["rivals"]))
    assert all(
        any(written.share(each) in text for text in texts(found["capture"])) for each in told.proof.capture.values()
    )
    assert told.calibration
    shares = told.calibration.learned.shares.values()
    assert all(any(written.share(each) in text for text in texts(found["weights"])) for each in shares)
    assert all(written.auc(each.auc) in found["lead-time"].about for each in told.proof.lead if each.churned)
    assert told.proof.forecast
    assert all(written.share(each.rate) in found["reliability"].about for each in told.proof.forecast.bins)


def test_a_weight_that_is_not_proven_is_hollow_and_said_to_be() -> None:
    told = made_told()
    assert told.calibration
    weights, unproven = drawn(told, "en")["weights"], told.calibration.learned.not_proven
    assert 0 < len(unproven) < 3
    assert weights.shapes.count('class="hollow"') == weights.about.count("(not proven)") == len(unproven)


@pytest.mark.parametrize("name", ["lead-time", "capture", "reliability", "rivals", "weights"])
def test_reading_from_the_right_mirrors(name: str) -> None:
    onward, back = (spots(drawn(made_told(), code)[name]) for code in ("en", "ar"))
    assert onward
    assert [WIDTH - x for x in onward] == pytest.approx(back, abs=0.11)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_word_is_left_in_english(code: str) -> None:
    for picture in drawn(made_told(), code).values():
        said = " ".join((picture.title, picture.caption, picture.about, *texts(picture))).replace(
            "gradient boosting", ""
        )
        assert not re.search(r"[a-z]{3,}", re.sub("\u2068[^\u2069]*\u2069", "", said)), said


@pytest.mark.parametrize("code", LANGUAGES)
def test_everything_lies_on_the_sheet(code: str) -> None:
    for picture in drawn(made_told(), code).values():
        assert all(-5 <= x <= WIDTH + 5 for x in spots(picture))
        assert all(0 <= y <= picture.height for y in spots(picture, "text", "y"))


@pytest.mark.parametrize("code", SPOKEN)
def test_a_hostile_name_is_text_and_turns_nothing_around(code: str) -> None:
    found = drawn(made_told(), code)
    for name in ("weights", "rivals"):
        [label] = [text for text in texts(found[name]) if "onload" in text]
        assert label.count("\u2068") == label.count("\u2069") == 1
        assert "\u202e" not in found[name].inline + found[name].alone(speak(code))
        assert "<b" not in found[name].shapes
    assert "\u202e" in HOSTILE  # the twin: it was there


def test_bands_differ_by_shape_and_word_too() -> None:
    picture = drawn(made_told(), "en")["churn-by-band"]
    marks = re.findall(r'<(circle|path|rect) class="fill (\w+)"(?![^>]*height="16")', picture.shapes)
    assert marks == [("circle", "healthy"), ("path", "at_risk"), ("rect", "unhealthy")]
    assert {"healthy (green)", "at risk (yellow)", "unhealthy (red)"} <= set(texts(picture))


def test_columns_behind_the_dots_hold_all_rows() -> None:
    picture, forecast = drawn(made_told(), "en")["reliability"], made_told().proof.forecast
    tree = ElementTree.fromstring(f"<g>{picture.shapes}</g>")
    highs = [float(each.get("height") or 0) for each in tree.iter("rect")]
    assert forecast
    rows = [each.rows for each in forecast.bins]
    assert len(highs) < len(rows)  # some stand so close that they share a column
    assert sum(highs) / max(highs) * _most(picture) == pytest.approx(sum(rows), rel=0.02)


def _most(picture: Picture) -> int:
    """Rows of the highest column, by the groups that stand in it."""
    forecast = made_told().proof.forecast
    assert forecast
    top = max(float(said.rstrip("%")) for said in texts(picture) if said.endswith("%")) / 100
    places = [int(each.forecast / top * 20) for each in forecast.bins]
    return max(sum(each.rows for each, at in zip(forecast.bins, places, strict=True) if at == here) for here in places)


def test_streams_are_as_thick_as_they_have_customers() -> None:
    picture = migration(FLOWS, "USD", speak("en"))
    assert picture
    ends = re.findall(r'class="fill flow (\w+)" d="M\S+ (\S+)C\S+ \S+ \S+ (\S+) \S+ (\S+)V(\S+)C', picture.shapes)
    thick = [float(last) - float(first) for _, _, _, first, last in ends]
    assert [band for band, *_ in ends] == ["healthy", "healthy", "unhealthy"]
    assert thick == pytest.approx([220 * count / 100 for count in (60, 15, 25)], abs=0.2)
    assert "From healthy to unhealthy: 15 customers, $1,500.00 a month." in picture.about
    assert "25 customers, unknown a month" in picture.about
