"""Rules about conditions: what deductions, milestones and segments compare."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.definitions import words
from sabai.definitions.rules.health import health, sections
from sabai.definitions.rules.places import column_hint
from sabai.definitions.rules.rule import File, Found, Rule, rule
from sabai.definitions.vocabulary import column_type
from sabai.definitions.written import Entries, Items, Text, texts
from sabai.errors import did_you_mean


@rule("DEF-050", "A condition holds or not by exactly one comparison.")
def condition_of_unknown_metric(file: File) -> Iterator[Found]:
    for when in _conditions(file):
        if len(when.entries) != 1:
            yield Found(
                when, f"A condition has {len(when.entries)} comparisons.", 'Write one, such as { logins: "< 3" }.'
            )
        for key, _ in when:
            if key.text != "event" and key.text not in file.metrics:
                yield Found(key, f'"{key.text}" is not a metric.', did_you_mean(key.text, [*file.metrics, "event"]))


def _conditions(file: File) -> Iterator[Entries]:
    for _, deduction in sections(health(file).section("deductions")):
        yield deduction.section("when")
    for _, milestone in sections(health(file).section("young").section("milestones")):
        yield milestone


@rule("DEF-051", "Only a number can be compared with a number.")
def comparison_that_is_none(file: File) -> Iterator[Found]:
    for when in _conditions(file):
        for key, node in when:
            if key.text != "event" and isinstance(node, Text) and not _compares(node.text):
                yield Found(node, f'"{node.text}" is no comparison.', 'Write for instance ">= 3".')


def _compares(text: str) -> bool:
    try:
        words.condition("", text)
    except ValueError:
        return False
    return True


@rule("DEF-052", "A metric has its own window; only an event needs to be remembered for a while.")
def remembered_metric(file: File) -> Iterator[Found]:
    for key, node in sections(health(file).section("deductions")):
        if "for" in node and "event" not in node.section("when"):
            yield Found(
                node.get("for") or key,
                f'"{key.text}" says for how long, but its condition is not an event.',
                "Take `for` away, or write when: { event: <name> }.",
            )


@rule("DEF-055", "Accounts are compared with others in their segment.")
def unknown_segment_column(file: File) -> Iterator[Found]:
    segments = health(file).get("segments")
    for node in segments.items if isinstance(segments, Items) else ():
        if isinstance(node, Text) and column_type("accounts", node.text) is None:
            yield Found(node, f'"{node.text}" is not a column of accounts.', column_hint("accounts", node.text))


@rule("DEF-056", "A segment is a comparison of metrics.")
def segment_of_unknown_metric(file: File) -> Iterator[Found]:
    for _, rules in sections(health(file).section("segments")):
        for key, _ in rules:
            if key.text not in file.metrics:
                yield Found(key, f'"{key.text}" is not a metric.', did_you_mean(key.text, list(file.metrics)))


@rule("DEF-058", "A milestone that counts twice would be explained twice.")
def milestone_named_twice(file: File) -> Iterator[Found]:
    milestones = health(file).section("young").get("milestones")
    names = milestones.items if isinstance(milestones, Items) else ()
    said: set[str] = set()
    for name in names:
        if isinstance(name, Text) and name.text in said:
            yield Found(name, f'Milestone "{name.text}" stands twice.', "Take one away.")
        said.update(texts(name))


CONDITION_RULES: tuple[Rule, ...] = (
    condition_of_unknown_metric,
    comparison_that_is_none,
    remembered_metric,
    unknown_segment_column,
    segment_of_unknown_metric,
    milestone_named_twice,
)
