"""Customers that a change of definitions would move from band to band, as streams between two columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sabai.health.scores import BANDS
from sabai.language.language import Language
from sabai.preview.migration import Flow, Migration
from sabai.report.picture import Picture
from sabai.report.sheet import WIDTH, Anchor, Sheet, short
from sabai.report.words import BAND_WORDS

_TOP, _TALL, _GAP = 30.0, 220.0, 30.0
_LEFT, _RIGHT, _THICK = 112.0, WIDTH - 112.0, 10.0


def migration(found: Migration, currency: str, language: Language) -> Picture | None:
    """None where nobody stands in both definitions."""
    flows = [each for each in found.flows if each.accounts]
    if not flows:
        return None
    _, sheet = language.gettext, Sheet(language.rtl)
    columns = _Column(_sums(flows, "before"), found.accounts), _Column(_sums(flows, "after"), found.accounts)
    return Picture(
        "migration",
        _("Customers moving between bands"),
        _(
            "Each stream is customers: where they stand with your definitions as they are, and where the change would "
            "put them."
        ),
        " ".join(_said(each, currency, language) for each in flows),
        _TOP + _TALL + _GAP * (max(len(each.sums) for each in columns) - 1) + 14,
        sheet.text(0, 16, _("as it is"), "muted")
        + sheet.text(WIDTH, 16, _("with the change"), "muted", "end")
        + "".join(_streams(flows, *columns, sheet))
        + "".join(_posts(columns[0], sheet, before=True, language=language))
        + "".join(_posts(columns[1], sheet, before=False, language=language)),
    )


def _sums(flows: list[Flow], side: str) -> dict[str, int]:
    """band -> accounts, in the order of bands, those that stand empty left out."""
    sums = {band: sum(each.accounts for each in flows if getattr(each, side) == band) for band in BANDS}
    return {band: accounts for band, accounts in sums.items() if accounts}


class _Column:
    """Bands below each other, as high as they have customers; streams leave and reach them from the top down."""

    def __init__(self, sums: Mapping[str, int], accounts: int) -> None:
        self.sums, self._tall = sums, _TALL / accounts
        self.tops: dict[str, float] = {}
        y = _TOP
        for band, count in sums.items():
            self.tops[band] = y
            y += self.high(count) + _GAP
        self._next = dict(self.tops)

    def high(self, accounts: int) -> float:
        return self._tall * accounts

    def taken(self, band: str, accounts: int) -> tuple[float, float]:
        """From where to where the next stream stands at this band."""
        top = self._next[band]
        self._next[band] = top + self.high(accounts)
        return top, self._next[band]


def _streams(flows: list[Flow], before: _Column, after: _Column, sheet: Sheet) -> Iterator[str]:
    for flow in flows:
        here, there = before.taken(flow.before, flow.accounts), after.taken(flow.after, flow.accounts)
        yield _stream(flow.before, here, there, sheet)


def _stream(band: str, here: tuple[float, float], there: tuple[float, float], sheet: Sheet) -> str:
    start, middle, end = (sheet.x(x) for x in (_LEFT + _THICK, WIDTH / 2, _RIGHT - _THICK))
    onward = f"M{start} {short(here[0])}C{middle} {short(here[0])} {middle} {short(there[0])} {end} {short(there[0])}"
    back = f"V{short(there[1])}C{middle} {short(there[1])} {middle} {short(here[1])} {start} {short(here[1])}Z"
    return f'<path class="fill flow {band}" d="{onward}{back}"/>'


def _posts(column: _Column, sheet: Sheet, *, before: bool, language: Language) -> Iterator[str]:
    for band, accounts in column.sums.items():
        top, high = column.tops[band], column.high(accounts)
        middle = top + high / 2
        yield sheet.bar(_LEFT if before else _RIGHT - _THICK, top, _THICK, max(high, 1), f"fill {band}")
        yield sheet.mark(band, _LEFT - 14 if before else _RIGHT + 14, middle)
        at = _LEFT - 26 if before else _RIGHT + 26
        anchor: Anchor = "end" if before else "start"
        yield sheet.text(at, middle - 1, language.gettext(BAND_WORDS[band]), "name", anchor)
        yield sheet.text(at, middle + 14, language.show.fixed(accounts), "small", anchor)


def _said(flow: Flow, currency: str, language: Language) -> str:
    before, after = (language.gettext(BAND_WORDS[band]) for band in (flow.before, flow.after))
    show, revenue = language.show, flow.revenue_minor
    return language.gettext(
        "From %(before)s to %(after)s: %(accounts)s customers, %(money)s a month.",
        before=before, after=after, accounts=show.fixed(flow.accounts), money=show.money(revenue, currency),
    )  # fmt: skip
