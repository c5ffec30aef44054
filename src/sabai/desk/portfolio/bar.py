"""The bar of bands above a list, whose pieces lead to the lists of their bands."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

WIDTH = 1000.0


def banded(parts: Iterable[tuple[str, int, str]], rtl: bool) -> Markup:
    """A bar cut in proportion: [(band, customers, address)]. The words beside it say and lead to the same.

    >>> "<rect" in banded([("healthy", 3, "?band=healthy"), ("unknown", 1, "?band=unknown")], rtl=False)
    True
    """
    shown = [part for part in parts if part[1]]
    whole = sum(accounts for _, accounts, _ in shown)
    pieces, at = Markup(), 0.0
    for band, accounts, address in shown:
        width = WIDTH * accounts / whole
        x = WIDTH - at - width if rtl else at
        pieces += Markup(
            '<a href="{}" tabindex="-1"><rect class="fill {}" x="{:.1f}" width="{:.1f}" height="100"/></a>'
        ).format(address, band, x, width)
        at += width
    frame = 'viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true"'
    return Markup(f'<svg class="chart shares" {frame}>{pieces}</svg>')
