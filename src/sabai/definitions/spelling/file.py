"""The whole file, section by section."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sabai.definitions import words
from sabai.definitions.forms import in_order
from sabai.definitions.model import Benchmark, Churn, Definitions, Money, OwnTheme, Source, Stage, Workspace
from sabai.definitions.spelling.health import spell_health
from sabai.definitions.spelling.metrics import Metrics
from sabai.definitions.spelling.sources import spell_source
from sabai.definitions.version import version_of
from sabai.definitions.written import Entries, Text, Written, texts


def spell_out(root: Entries, path: Path) -> Definitions:
    """What the file means. Raises TooManyMetrics if its short forms stand for more metrics than anybody can mean."""
    metrics = Metrics()
    for key, node in in_order(root):
        metrics.spell(key.text, node)
    definitions = Definitions(
        path=str(path),
        version="",
        workspace=_workspace(root.section("workspace")),
        sources=_sources(root.section("sources")),
        health=spell_health(root.section("health"), metrics),
        metrics=metrics.metrics,
        stages=_stages(root.section("stages")),
        churn=_churn(root.section("churn")),
        money=_money(root.section("money")),
        themes=tuple(_theme(key.text, node) for key, node in root.section("themes")),
        labels={key.text: _label(node) for key, node in root.section("labels")},
    )
    return replace(definitions, version=version_of(definitions))


def _workspace(node: Entries) -> Workspace:
    usual = Workspace("")
    return Workspace(
        name=node.text("name"),
        time_zone=node.text("time_zone", usual.time_zone),
        currency=node.text("currency", usual.currency),
        languages=texts(node.get("languages")) or usual.languages,
    )


def _sources(node: Entries) -> dict[str, Source]:
    return {key.text: spell_source(key, value) for key, value in node if isinstance(value, Entries)}


def _stages(node: Entries) -> tuple[Stage, ...]:
    return tuple(Stage(key.text, value.text("event") if isinstance(value, Entries) else None) for key, value in node)


def _churn(node: Entries) -> Churn:
    usual = Churn()
    return Churn(
        source="subscriptions" if node.text("from") == "subscriptions" else "churn",
        grace_days=words.days(node.text("grace")) if "grace" in node else usual.grace_days,
    )


def _money(node: Entries) -> Money:
    usual = Money()
    return Money(
        margin=words.number(node.text("margin")) if "margin" in node else usual.margin,
        discount_a_year=words.number(node.text("discount")) if "discount" in node else usual.discount_a_year,
        exchange="dated" if node.text("exchange") == "dated" else usual.exchange,
        benchmarks=tuple(
            Benchmark(key.text, words.number(value.text("value")), value.text("source"))
            for key, value in node.section("benchmarks")
            if isinstance(value, Entries)
        ),
    )


def _theme(name: str, node: Written) -> OwnTheme:
    if not isinstance(node, Entries):
        return OwnTheme(name, dropped=True)
    return OwnTheme(
        name,
        name={key.text: node.section("name").text(key.text) for key, _ in node.section("name")},
        words={key.text: texts(said) for key, said in node.section("words")},
        sentences=texts(node.get("sentences")),
        replaces="replaces" in node and words.flag(node.text("replaces")),
    )


def _label(node: Written) -> dict[str, str]:
    if isinstance(node, Entries):
        return {language.text: said.text for language, said in node if isinstance(said, Text)}
    return {"": node.text} if isinstance(node, Text) else {}
