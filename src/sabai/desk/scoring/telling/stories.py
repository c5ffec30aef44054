"""The story of each account: its addition, what moved it, and everything around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan

import numpy as np

from sabai.desk.scoring.story import Goal, Line, Missing, Person, Story
from sabai.desk.scoring.telling.cut import cut
from sabai.desk.scoring.telling.days import MONTH, QUARTER, WEEK, Spoken
from sabai.desk.scoring.telling.fresh import fresh
from sabai.desk.scoring.telling.happenings import Happenings, Names, event_names, happenings
from sabai.desk.scoring.telling.known import Known, Row, by_account
from sabai.desk.scoring.telling.money import Owing, Paying, owing, paying
from sabai.desk.scoring.telling.moves import fell_by, move
from sabai.desk.scoring.telling.people import people
from sabai.health.explain import Explanation, explain
from sabai.health.scores import Scores
from sabai.metrics.grid import Floats
from sabai.report.additions import steps
from sabai.request import Run

Trend = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One account: its story, and what only its row says."""

    story: Story
    why: Explanation
    paying: Paying
    owing: Owing
    fell_by: str


@dataclass(frozen=True, slots=True)
class Around:
    """What facts say of every account beside its score."""

    fresh: Mapping[str, Mapping[str, int]]
    people: Mapping[str, tuple[Person, ...]]
    paying: Mapping[str, Paying]
    owing: Mapping[str, Owing]
    goals: Mapping[str, tuple[Goal, ...]]
    happenings: Happenings
    names: Names

    @classmethod
    def of(cls, run: Run, known: Known) -> Around:
        return cls(
            fresh(known, run.definitions), people(known), paying(known), owing(known), _goals(known),
            happenings(known), event_names(known),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Courses:
    """Of each account in the order of the run: its scores at `days`, and points by factor at the last Mondays."""

    days: tuple[int, ...]
    scores: Sequence[Trend]
    points: Mapping[str, Sequence[Trend]]

    @classmethod
    def of(cls, scores: Scores, days: Spoken) -> Courses:
        trend, points = days.trend(scores.grid.as_of), days.points(scores.grid.as_of)
        return cls(
            tuple(scores.grid.as_of[trend].tolist()),
            _courses(scores.score[:, trend]),
            {name: _courses(of[:, points].round(1)) for name, of in scores.points.items()},
        )


def _courses(values: Floats) -> Sequence[Trend]:
    told = values.astype(object)
    told[np.isnan(values)] = None
    return told.tolist()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Teller:
    """Tells one account after the other of one run."""

    run: Run
    days: Spoken
    around: Around

    def told(self, row: int) -> Told:
        """`row` is that of the account in the run's scores."""
        account, as_of, around = self.run.scores.grid.accounts[row], self.days.as_of, self.around
        why = explain(self._few, self.run.definitions, account, as_of)
        pays, owes = around.paying.get(account, Paying()), around.owing.get(account, Owing())
        story = Story(
            as_of=as_of,
            days=self._courses.days,
            scores=self._courses.scores[row],
            cut=tuple(None if isnan(edge) else edge for edge in why.cut),  # type: ignore[arg-type]
            why=why.why,
            raw_band=why.raw_band,
            hold_points=why.hold_points,
            hold_days=why.hold_days,
            lines=tuple(self._lines(row, why)),
            missing=tuple(
                Missing(line.factor, line.dimension, line.weight) for line in why.lines if line.points is None
            ),
            week=move(self._few, self.run.definitions, account, as_of - WEEK, as_of, self.run.overrides),
            quarter=move(self._few, self.run.definitions, account, as_of - QUARTER, as_of, self.run.overrides),
            people=around.people.get(account, ()),
            contracts=pays.contracts,
            owed=owes.invoices,
            goals=around.goals.get(account, ()),
            happenings=around.happenings.get(account, ()),
            events=around.names.get(account, ()),
            stages=tuple(stage.name for stage in self.run.definitions.stages),
        )
        month = move(self._few, self.run.definitions, account, as_of - MONTH, as_of)
        return Told(story, why, pays, owes, fell_by(month))

    @cached_property
    def _few(self) -> Scores:
        """The scores at the as-of day and at those that it is compared with."""
        as_of = self.run.scores.grid.as_of
        return cut(self.run.scores, np.flatnonzero(np.isin(as_of, [*self.days.before, self.days.as_of])))

    @cached_property
    def _courses(self) -> Courses:
        return Courses.of(self.run.scores, self.days)

    def _lines(self, row: int, why: Explanation) -> Iterator[Line]:
        points, fresh_on = self._courses.points, self.around.fresh
        for step in steps(why, self.run.definitions):
            is_factor = step.kind == "factor"
            yield Line(
                step.kind, step.name, step.contribution, step.start, step.dimension, step.value, step.unit, step.points,
                step.weight,
                trend=points[step.name][row] if is_factor else (),
                fresh_on=fresh_on[step.name].get(why.account_id) if is_factor else None,
            )  # fmt: skip


def _goals(known: Known) -> Mapping[str, tuple[Goal, ...]]:
    """What was agreed before the as-of day, the newest first; that it was met is known once it was."""
    rows = known.rows("goals", "account_id", "kind", "text", "agreed_day", "due_day", "met_day")
    agreed = rows.filter(rows["agreed_day"].fill_null(-1) < known.as_of).sort(
        "agreed_day", "text", descending=[True, False]
    )
    return {account: tuple(_goal(row, known.as_of) for row in each) for account, each in by_account(agreed).items()}


def _goal(row: Row, as_of: int) -> Goal:
    met = row["met_day"]
    known_met = met if met is not None and met < as_of else None
    return Goal(str(row["kind"] or ""), str(row["text"] or ""), row["agreed_day"], row["due_day"], known_met)
