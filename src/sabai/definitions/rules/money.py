"""Rules about what revenue is worth."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.definitions import words
from sabai.definitions.rules.rule import File, Found, Rule, rule
from sabai.definitions.written import Entries, Text


@rule("DEF-059", "Margin, discount and shares kept lie between nothing and all of it.")
def share_of_money_outside(file: File) -> Iterator[Found]:
    money = file.root.section("money")
    shares = [money.get("margin"), money.get("discount")]
    for name, benchmark in money.section("benchmarks"):
        if isinstance(benchmark, Entries) and name.text in ("churn", "retention", "gross_retention"):
            shares.append(benchmark.get("value"))
    for share in shares:
        if isinstance(share, Text) and not 0 <= words.number(share.text) <= 1:
            yield Found(share, f"{share.text} is not a share.", "Write a share from 0% to 100%, such as 75%.")


MONEY_RULES: tuple[Rule, ...] = (share_of_money_outside,)
