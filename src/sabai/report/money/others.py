"""What others have, beside one's own figure."""

from __future__ import annotations

from sabai.language.language import Language
from sabai.report.sheet import apart
from sabai.retention.benchmarks import comparable
from sabai.retention.earned import Earned
from sabai.retention.kept import Kept


def others_have(which: str, found: Kept | Earned, language: Language) -> str:
    """The benchmark of that name and who says so; "" where there is none to compare with."""
    for benchmark in comparable(found):
        if benchmark.name == which:
            value = language.show.percent(benchmark.value, 1)
            return language.gettext("others: %(value)s (%(source)s)", value=value, source=apart(benchmark.source, 200))
    return ""
