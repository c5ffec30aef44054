"""Text that a spreadsheet would run as a formula, made harmless: an apostrophe before it, as a person would type."""

from __future__ import annotations

import polars as pl

# What Unicode folds to = + - @ counts as well, and so does any of them after white space or unseen characters, and at
# the start of a later line of the same cell, because some spreadsheets split quoted cells there.
_RUNS = r"(^|[\r\n])([[\s\p{Cf}]&&[^\r\n]]*[=+\-@＝﹦⁼₌＋﹢⁺₊﬩－﹣＠﹫])"
_NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)*([eE][+-]?[0-9]+)?$"


def safe_text(text: pl.Expr) -> pl.Expr:
    """The texts, harmless in Excel, LibreOffice and Google Sheets; plain numbers such as -12.50 stay as they are.

    >>> texts = pl.DataFrame({"t": ["Baan Coffee", "=1+1", " ＝1+1", "-12.50", "a\\n@b"]})
    >>> texts.select(safe_text(pl.col("t")))["t"].to_list()
    ['Baan Coffee', "'=1+1", "' ＝1+1", '-12.50', "a\\n'@b"]
    """
    guarded = text.str.replace_all(_RUNS, "${1}'${2}").str.replace_all(r"^([\t\r])", "'${1}")
    return pl.when(text.str.contains(_NUMBER)).then(text).otherwise(guarded)
