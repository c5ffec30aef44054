"""Rules about metrics and how they need each other."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.definitions import words
from sabai.definitions.forms import cycle, form_of, forms, in_order, named, needs
from sabai.definitions.rules.rule import File, Found, Rule, rule
from sabai.definitions.spelling.metrics import DEFAULT_SLOPE
from sabai.definitions.vocabulary import place
from sabai.definitions.written import Entries, Items, Text, Written
from sabai.errors import did_you_mean

LONGEST_SLOPE = 104
DEEPEST = 20
RESERVED = {
    "event": "in a condition it names an event",
    "floor": "in an explanation it says what was cut off at 0 or 100",
}


@rule("DEF-014", "Without it the metric stays unknown for everybody.")
def unknown_metric(file: File) -> Iterator[Found]:
    for key, node in named(file.root):
        for need in needs(key.text, node):
            if need.text not in file.metrics:
                yield Found(
                    need,
                    f'Metric "{key.text}" speaks of "{need.text}", which is not a metric.',
                    did_you_mean(need.text, list(file.metrics)),
                )


@rule("DEF-024", "Each of them would wait for the other for ever.")
def cycle_of_metrics(file: File) -> Iterator[Found]:
    circle = cycle(file.root)
    if circle:
        lines = {key.text: key for key, _ in named(file.root)}
        first = min((lines[name] for name in circle), key=lambda key: key.line)
        yield Found(
            first,
            f"Metrics need each other in a circle: {' → '.join(circle)}.",
            "Let one of them measure a fact table.",
        )


@rule("DEF-033", "Nobody could follow such a number back to its facts.")
def metrics_too_deep(file: File) -> Iterator[Found]:
    depth: dict[str, int] = {}
    for key, node in _without_cycle(file.root):
        depth[key.text] = 1 + max((depth.get(need.text, 0) for need in needs(key.text, node)), default=0)
        if depth[key.text] == DEEPEST + 1:
            yield Found(
                key,
                f'"{key.text}" stands on more than {DEEPEST} metrics, one on the other.',
                "Let it measure a fact table.",
            )


def _without_cycle(root: Entries) -> list[tuple[Text, Entries]]:
    return [] if cycle(root) else in_order(root)


@rule("DEF-025", "A window of no days holds nothing, so the metric would say nothing.")
def window_of_no_days(file: File) -> Iterator[Found]:
    for node in _lengths(file.root):
        days = words.window(node.text) if isinstance(node, Text) else None
        if node is not None and days is not None and days <= 0:
            yield Found(node, f"{days} days are no length of time.", "Write a length above zero, such as 28d.")


def _lengths(root: Entries) -> Iterator[Written | None]:
    for form in forms(root):
        yield from (form.node.get(name) for name in ("window", "stale_after", "every"))
        yield form.node.get("over") if form.how == "change" else None
    health = root.section("health")
    yield health.section("young").get("until")
    yield from (value.get("for") for _, value in health.section("deductions") if isinstance(value, Entries))


@rule("DEF-026", "A ratio is one metric divided by another.")
def ratio_of_two(file: File) -> Iterator[Found]:
    for form in forms(file.root):
        if form.how == "ratio" and isinstance(form.argument, Items) and len(form.argument.items) != 2:
            yield Found(
                form.argument,
                f'"{form.name}" divides {len(form.argument.items)} metrics.',
                "Name two: [the upper one, the lower one].",
            )


@rule("DEF-027", "Nobody would know how far back to look.")
def change_without_window(file: File) -> Iterator[Found]:
    windowed: dict[str, bool] = {}
    for key, node in _without_cycle(file.written):
        windowed[key.text] = _looks_back(node, windowed)
    for form in forms(file.root):
        beside = {"change": "over", "slope": "every"}.get(form.how)
        if beside and beside not in form.node and not _looks_back(form.node, windowed):
            yield Found(
                form.node,
                f'"{form.name}" compares with before, but what it compares has no window.',
                f"Write {beside}: 90d beside it.",
            )


def _looks_back(node: Written, windowed: dict[str, bool]) -> bool:
    """Whether a metric has a window, its own or that of a metric it speaks of; what is not known here is not blamed."""
    if isinstance(node, Text):
        return windowed.get(node.text, True)
    form = form_of("", node)
    if form is None:
        return True
    if form.derived:
        return any(_looks_back(part, windowed) for part in form.parts)
    window = form.node.get("stale_after") or form.node.get("window")
    return window is not None and not (isinstance(window, Text) and window.text in ("lifetime", "stage"))


@rule("DEF-029", "A straight line needs two windows, and nobody remembers more than two years of weeks.")
def slope_over_windows(file: File) -> Iterator[Found]:
    for form in forms(file.root):
        over = form.node.get("over")
        if form.how == "slope" and isinstance(over, Text) and not 2 <= words.whole(over.text) <= LONGEST_SLOPE:
            yield Found(
                over,
                f"A slope over {over.text} windows is not possible.",
                f"Write a number from 2 to {LONGEST_SLOPE}; {DEFAULT_SLOPE} if nothing is written.",
            )


@rule("DEF-048", "Everything would be counted, and the share be one for everybody.")
def share_of_everything(file: File) -> Iterator[Found]:
    for form in forms(file.root):
        at = place(form.argument.text) if form.how == "share" and isinstance(form.argument, Text) else None
        if at is not None and not at.where and not form.node.section("where").entries:
            yield Found(
                form.node,
                f'"{form.name}" does not say which rows make the share.',
                "Write where: { <column>: <value> } beside it.",
            )


@rule("DEF-047", "Without stages no stage ever begins, and the metric stays unknown for everybody.")
def window_of_no_stage(file: File) -> Iterator[Found]:
    for form in forms(file.root):
        window = form.node.get("window")
        if isinstance(window, Text) and window.text == "stage" and "stages" not in file.written:
            yield Found(
                window,
                f'"{form.name}" looks back to where the stage began, but there are no stages.',
                "Write stages: { onboarding: start, adoption: { event: <name> } }",
            )


@rule("DEF-046", "The word has a meaning of its own.")
def reserved_name(file: File) -> Iterator[Found]:
    for name, meaning in RESERVED.items():
        if name in file.metrics:
            yield Found(file.metrics[name], f'A metric cannot be called "{name}": {meaning}.', "Give it another name.")


METRIC_RULES: tuple[Rule, ...] = (
    unknown_metric,
    cycle_of_metrics,
    metrics_too_deep,
    window_of_no_days,
    ratio_of_two,
    change_without_window,
    slope_over_windows,
    share_of_everything,
    window_of_no_stage,
    reserved_name,
)
