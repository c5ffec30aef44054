"""What a survey has brought so far: one number with its interval, how they spread, and by language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isnan

from sabai.desk.responses.mood import mood
from sabai.desk.responses.queries import left_out, replied, scores, sent, versions_of
from sabai.desk.surveys.form import SCALES, Kind
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.queries import form_of
from sabai.feedback.numbers.votes import LEAST, Votes
from sabai.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class Found:
    """Of one group. `main` is an NPS or a share of the two best answers, None where too few answered."""

    n: int
    main: Interval | None
    mean: float | None
    spread: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """`kind` is that of the first question now; answers to another one are not put together with it (`others`)."""

    kind: Kind
    whole: Found
    by_language: tuple[tuple[str, Found], ...]
    sent: int
    rate: Interval | None
    late: int
    doubted: int
    clicks: int
    others: int


def results(survey: Survey) -> Results | None:
    """None before it was ever published. Five queries, whatever their number."""
    versions = versions_of(survey)
    if not versions:
        return None
    kind = form_of(versions[0]).first.kind
    same = {version.pk for version in versions if form_of(version).first.kind == kind}
    every, lost, asked = scores(survey), left_out(survey), sent(survey)
    rows = [(language, score, n) for version, language, score, n in every if version in same and score is not None]
    return Results(
        kind,
        _found(kind, ((score, n) for _, score, n in rows)),
        tuple(_by_language(kind, rows)),
        asked,
        wilson(min(replied(survey), asked), asked) if asked else None,
        late=sum(n for (state, _), n in lost.items() if state == "late"),
        doubted=sum(n for (_, why), n in lost.items() if why in ("forwarded", "again")),
        clicks=sum(n for (_, why), n in lost.items() if why == "machine"),
        others=sum(n for version, _, _, n in every if version not in same),
    )


def _by_language(kind: Kind, rows: list[tuple[str, int, int]]) -> Iterator[tuple[str, Found]]:
    for code in sorted({language for language, _, _ in rows}):
        yield code, _found(kind, ((score, n) for language, score, n in rows if language == code))


def _found(kind: Kind, rows: Iterable[tuple[int, int]]) -> Found:
    spread: Counter[int] = Counter()
    for score, n in rows:
        spread[score] += n
    n = spread.total()
    low, high = SCALES[kind]
    mean = sum(score * count for score, count in spread.items()) / n if n >= LEAST else None
    return Found(n, _main(kind, spread, n), mean, tuple((score, spread[score]) for score in range(low, high + 1)))


def _main(kind: Kind, spread: Counter[int], n: int) -> Interval | None:
    """Fewer than ten answers say nothing of all others."""
    if n < LEAST:
        return None
    groups = Counter({"happy": 0, "neutral": 0, "unhappy": 0})
    for score, count in spread.items():
        groups[mood(kind, score)] += count
    if kind == "nps":
        found = Votes(groups["happy"], groups["neutral"], groups["unhappy"]).nps
    else:
        best = sum(count for score, count in spread.items() if score >= SCALES[kind][1] - 1)
        share = wilson(best, n)
        found = Interval(100 * share.value, 100 * share.low, 100 * share.high)
    return None if isnan(found.value) else found
