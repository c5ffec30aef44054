"""What verbs that write a page have in common: the reader's language, and what is said last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., object])

LANGUAGES = ("en", "th", "ar", "ja")


def language_option(function: Function) -> Function:
    """`--lang`, as `lang`."""
    return click.option(
        "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The reader's language."
    )(function)


def noted(notices: Iterable[str]) -> Iterator[str]:
    """Notices, with a space before them where there are any.

    >>> list(noted(["Nobody left."])), list(noted([]))
    (['', 'Note: Nobody left.'], [])
    """
    said = [f"Note: {notice}" for notice in notices]
    yield from ("", *said) if said else ()


def with_files(lines: Iterable[str], page: Path, tables: Iterable[str]) -> str:
    """What a person reads, and then where the page lies with its workbook, if it has one, its pictures and tables.

    >>> print(with_files(["All stay."], Path("out/stay/stay.html"), ["periods"]))
    All stay.
    <BLANKLINE>
    Written to out/stay: stay.html, pictures, periods.csv.
    """
    pages = [each.name for each in (page, page.with_suffix(".xlsx")) if each == page or each.exists()]
    names = ", ".join((*pages, "pictures", *(f"{name}.csv" for name in tables)))
    return "\n".join((*lines, "", f"Written to {page.parent}: {names}."))
