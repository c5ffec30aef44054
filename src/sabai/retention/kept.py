"""Customer retention of a company: every period, every group, everybody who left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sabai.dates import from_day, to_day
from sabai.definitions.model import Benchmark, Definitions
from sabai.facts.landed import Facts
from sabai.retention.churned import HOW, Churned, churned
from sabai.retention.customers import Flags, Retention, Turnover, lost_days, pooled, retention, turnover
from sabai.retention.groups import Groups, grouped
from sabai.retention.last_seen import last_seen
from sabai.retention.periods import Periods
from sabai.retention.span import Known, Span, known
from sabai.retention.stays import Stays, newest_accounts, stays


@dataclass(frozen=True, slots=True)
class Group:
    """One group: `lately` as in `Kept`, `each` all periods added up (so that its `churn` is the mean loss of a period,
    of so many customer-periods)."""

    name: str
    lately: Retention
    each: Retention


@dataclass(frozen=True, slots=True)
class Kept:
    """`each` has one entry for each of `periods`; `lately` counts from the first to the last day of `year`, the last
    twelve months or what was asked for.

    `how`: of HOW, how many of the lost of each period; those of whom no churn fact tells are not said.
    """

    periods: Periods
    year: Periods
    each: tuple[Retention, ...]
    lately: Retention
    how: tuple[Mapping[str, int], ...]
    groups: tuple[Group, ...]
    by: str | None
    churned: tuple[Churned, ...]
    benchmarks: tuple[Benchmark, ...]
    notices: tuple[str, ...]

    @property
    def all_periods(self) -> Retention:
        """Every period added up: its `churn` is the mean loss of a period."""
        return pooled(self.each)


def kept(facts: Facts, definitions: Definitions, span: Span, snapshots: Path | None = None) -> Kept:
    """`snapshots` tell what the score last said of those who left, where there are any.

    Raises UsageError RET-001 or RET-002, FactsError where there is nothing dated.
    """
    asked = known(span, facts, definitions)
    bounds = asked.periods
    who = stays(facts, definitions, asked.until)
    moves = turnover(who, bounds)
    gone = churned(facts, who, names_of(facts), int(bounds.bounds[0]), int(bounds.bounds[-1]))
    if snapshots:
        seen = last_seen(snapshots, definitions, {each.account_id: each.spoke_on for each in gone})
        gone = tuple(replace(each, last_seen=seen.get(each.account_id)) for each in gone)
    return Kept(
        bounds,
        asked.lately,
        retention(moves),
        retention(turnover(who, asked.lately))[0],
        tuple(_how(gone, who, bounds, moves.lost)),
        tuple(_by_group(facts, who, asked, span.by)) if span.by else (),
        span.by,
        gone,
        definitions.money.benchmarks,
        tuple(_notices(who, asked, gone)),
    )


def names_of(facts: Facts) -> dict[str, str]:
    """What each account is called today, by its id."""
    rows = newest_accounts(facts)
    if "name" not in rows.columns:
        return {}
    return {account: name for account, name in rows.select("account_id", "name").iter_rows() if name}


def _how(gone: tuple[Churned, ...], who: Stays, bounds: Periods, lost: Flags) -> Iterator[dict[str, int]]:
    """Of those who were lost alone: whoever came and left again within a period was not there at its start."""
    days = lost_days(who, bounds, lost)
    row = {account: place for place, account in enumerate(who.accounts)}
    left = [(row[each.account_id], to_day(each.left_on), each.how) for each in gone]
    for place in range(len(bounds)):
        here = [how for account, day, how in left if days[account, place] == day]
        yield {how: here.count(how) for how in HOW}


def _by_group(facts: Facts, who: Stays, asked: Known, by: str) -> Iterator[Group]:
    """A customer belongs to the group in which it began the period; one that came, where it stands at its end."""
    groups = grouped(facts, who, by, asked.periods.bounds)
    lately = grouped(facts, who, by, asked.lately.bounds)
    moves, whole = turnover(who, asked.periods), turnover(who, asked.lately)
    for place, name in enumerate(groups.names):
        each = pooled(retention(_of_group(moves, groups, place)))
        known = lately.names.index(name) if name in lately.names else -1
        if each.start or each.arrived or each.end:
            yield Group(name, retention(_of_group(whole, lately, known))[0], each)


def _of_group(moves: Turnover, groups: Groups, place: int) -> Turnover:
    member = groups.members(place)
    began, came = moves.start & member[:, :-1], ~moves.start & member[:, 1:]
    end = moves.end & (began | came)
    return Turnover(began, end, moves.new & came, moves.came_back & came, moves.arrived & came)


def _notices(who: Stays, asked: Known, gone: tuple[Churned, ...]) -> Iterator[str]:
    first, last = int(asked.periods.bounds[0]), int(asked.periods.bounds[-1])
    if len(who.end) and not (who.end < last).any():
        yield (
            "Nobody is known to have left: either nobody did, or neither churn facts nor ends of contracts tell of it."
        )
    silent = sum(each.how == "not said" for each in gone)
    if silent:
        yield f"Left without a churn fact that says how: {silent:,} of {len(gone):,}. They count as lost all the same."
    earlier = int((who.start < first).sum())
    if earlier and not (who.end < first).any():
        yield (
            f"Customers who came before {from_day(first)}: {earlier:,}. Nobody is known who left before; the export "
            "may hold only those who were still there."
        )
    if asked.notice:
        yield asked.notice
