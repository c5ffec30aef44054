"""Rules about health: factors, curves, the reference, bands, deductions, segments."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sabai.definitions import words
from sabai.definitions.rules.rule import File, Found, Rule, rule
from sabai.definitions.spelling.health import curve
from sabai.definitions.written import Entries, Text
from sabai.errors import did_you_mean

REFERENCE = "Write under health: reference: { from: 2025-01-01, to: 2025-06-30 }"


def sections(node: Entries) -> Iterator[tuple[Text, Entries]]:
    return ((key, value) for key, value in node if isinstance(value, Entries))


def health(file: File) -> Entries:
    return file.root.section("health")


def _factors(root: Entries) -> Iterator[tuple[Text, Entries]]:
    for _, factors in sections(root.section("health").section("dimensions")):
        yield from sections(factors)


@rule("DEF-030", "Without the metric the factor has no points, and its weight stays unknown.")
def factor_of_unknown_metric(file: File) -> Iterator[Found]:
    for key, _ in _factors(file.root):
        if key.text not in file.metrics:
            yield Found(key, f'Factor "{key.text}" is not a metric.', did_you_mean(key.text, list(file.metrics)))


@rule("DEF-031", "A metric that counts twice would be explained twice.")
def factor_named_twice(file: File) -> Iterator[Found]:
    first: dict[str, int] = {}
    for key, _ in _factors(file.root):
        if first.setdefault(key.text, key.line) != key.line:
            what = f'Factor "{key.text}" stands in two dimensions, first on line {first[key.text]}.'
            yield Found(key, what, "Leave it in one of them.")


@rule("DEF-032", "A score is a weighted mean, so its weights must add up to more than nothing.")
def weights_below_zero(file: File) -> Iterator[Found]:
    weights = [(key, words.number(node.text("weight"))) for key, node in _factors(file.root)]
    for key, weight in weights:
        if weight < 0:
            yield Found(
                key,
                f'The weight of "{key.text}" is negative.',
                "What speaks against an account has better: lower, or a curve that falls.",
            )
    everything_fits = len(weights) == len(list(_factors(file.written)))
    if everything_fits and "dimensions" in health(file) and not any(weight for _, weight in weights):
        at = health(file).section("dimensions")
        yield Found(at, "No factor has a weight.", "Give at least one factor a weight above 0.")


@rule("DEF-035", "Points can be read off a curve only if it says one number for every value.")
def crooked_curve(file: File) -> Iterator[Found]:
    for key, node in _factors(file.root):
        line = node.section("curve")
        points = curve(line)
        if "curve" in node and (problem := _problem(points)):
            yield Found(line, f'The curve of "{key.text}" {problem}.', "Write for instance { 0: 0, 5: 60, 10: 100 }.")


def _problem(points: tuple[tuple[float, float], ...]) -> str:
    if len(points) < 2:
        return "needs two points at least"
    if any(after <= before for (before, _), (after, _) in pairwise(points)):
        return "must name its values in rising order"
    if any(not 0 <= height <= 100 for _, height in points):
        return "leaves the points from 0 to 100"
    return ""


@rule("DEF-036", "A metric becomes points either by its percentile or by a curve.")
def better_or_curve(file: File) -> Iterator[Found]:
    for key, node in _factors(file.written):
        if ("better" in node) == ("curve" in node):
            said = "both better and curve" if "better" in node else "neither better nor curve"
            yield Found(
                key,
                f'Factor "{key.text}" has {said}.',
                "Write better: higher, better: lower, or a curve such as { 0: 0, 10: 100 }.",
            )


@rule("DEF-037", "A percentile compares with what is usual, and the reference says when that was.")
def percentile_without_reference(file: File) -> Iterator[Found]:
    if "reference" in file.written.section("health"):
        return
    for key, node in _factors(file.root):
        if "better" in node:
            yield Found(key, f'Factor "{key.text}" is a percentile, but there is no reference.', REFERENCE)
            return
    section = health(file)
    cut = section.section("bands").get("cut")
    if not isinstance(cut, Entries) and "dimensions" in section:
        yield Found(
            cut or section,
            "Bands are cut at quartiles, but there is no reference.",
            f"{REFERENCE}, or bands: {{ cut: {{ healthy: 70, at_risk: 40 }} }}",
        )


@rule("DEF-038", "A span that ends before it begins holds no dates.")
def reference_backwards(file: File) -> Iterator[Found]:
    reference = health(file).section("reference")
    if "from" in reference and "to" in reference and not reference.text("from") < reference.text("to"):
        yield Found(
            reference,
            f"The reference goes from {reference.text('from')} to {reference.text('to')}.",
            "Write the earlier date first, some months before the later one.",
        )


@rule("DEF-039", "An account cannot be healthy below where it is at risk.")
def bands_upside_down(file: File) -> Iterator[Found]:
    cut = health(file).section("bands").section("cut")
    if "healthy" in cut and "at_risk" in cut:
        healthy, at_risk = words.number(cut.text("healthy")), words.number(cut.text("at_risk"))
        if not 0 <= at_risk < healthy <= 100:
            yield Found(
                cut,
                f"Healthy begins at {healthy:g} and at risk at {at_risk:g}.",
                "Write for instance { healthy: 70, at_risk: 40 }.",
            )


@rule("DEF-053", "Points outside of 0 to 100 would be cut away.")
def points_outside(file: File) -> Iterator[Found]:
    section = health(file)
    amounts = [node.get("points") for _, node in sections(section.section("deductions"))]
    amounts += [section.get("deduction_cap"), section.section("bands").section("hold").get("points")]
    for amount in amounts:
        if isinstance(amount, Text) and not 0 <= words.number(amount.text) <= 100:
            yield Found(amount, f"{amount.text} is not a number of points.", "Write a number from 0 to 100.")


@rule("DEF-054", "A share of weight lies between nothing and all of it.")
def coverage_outside(file: File) -> Iterator[Found]:
    share = health(file).get("needs_coverage")
    if isinstance(share, Text) and not 0 <= words.number(share.text) <= 1:
        yield Found(share, f"{share.text} is not a share.", "Write a share from 0% to 100%, such as 50%.")


@rule("DEF-057", "Both would stand under one name in explanations and in files.")
def name_of_two_things(file: File) -> Iterator[Found]:
    factors = {key.text for key, _ in _factors(file.root)} | {"floor"}
    for key, _ in health(file).section("deductions"):
        if key.text in factors:
            yield Found(key, f'"{key.text}" names a deduction and something else.', "Give the deduction another name.")


HEALTH_RULES: tuple[Rule, ...] = (
    factor_of_unknown_metric,
    factor_named_twice,
    weights_below_zero,
    crooked_curve,
    better_or_curve,
    percentile_without_reference,
    reference_backwards,
    bands_upside_down,
    points_outside,
    coverage_outside,
    name_of_two_things,
)
