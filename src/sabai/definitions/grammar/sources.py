"""How a source is written: files, the fact table they fill, and what foreign columns are called."""

from __future__ import annotations

from sabai.definitions.grammar.kinds import (
    DATE,
    DURATION,
    ENCODING,
    FLAG,
    NAME,
    SEPARATOR,
    TEXT,
    Again,
    Either,
    Key,
    Keys,
    Many,
    Named,
    Word,
    choice,
)
from sabai.definitions.vocabulary import MAPPED

COLUMN = Keys(
    "how a column is made",
    (
        Key("from", Many("foreign columns", TEXT), "The foreign column, or several that are glued together."),
        Key("value", TEXT, "The same value for every row, instead of `from`."),
        Key(
            "row_number",
            FLAG,
            "The file's name and the number of the row in it, instead of `from`: a key where rows have no id.",
            "no",
        ),
        Key("glue", TEXT, "What stands between columns that are glued.", "-"),
        Key("format", TEXT, "How dates and times are written, as for strptime: %d/%m/%Y.", "ISO 8601"),
        Key("decimal", choice(".", ","), "The decimal sign.", "."),
        Key("thousands", TEXT, "The sign between thousands.", "none"),
        Key(
            "unit",
            choice("minor", "major", "seconds", "minutes", "hours", "days"),
            "Of money: minor (satang, cents) or major. Of durations: seconds to days.",
        ),
        Key("null", Many("texts", TEXT), "What else means unknown in this column."),
        Key("through", TEXT, "The tool whose own ids these are; `identities` resolves them."),
        Key("days_from", TEXT, "The column is a number of days from this date, or from the date in this column."),
        Key("offsets", Named("dates by value", DATE, TEXT), "The date to count from, by the value of `days_from`."),
        Key("scale", Named("values by word", TEXT, TEXT), "Words and what they are worth: { good: 1, bad: 0 }."),
        Key("inclusive", FLAG, "The end date still belongs to the time.", "no"),
        Key("time_zone", TEXT, "Of times that carry none.", "the source's"),
    ),
)

JOIN = Keys(
    "a join",
    (
        Key("file", TEXT, "The file in which columns are looked up.", required=True),
        Key("on", Many("columns", TEXT), "The columns that both files have.", required=True),
    ),
)

SOURCE = Keys(
    "a source",
    (
        Key("files", Many("file names", TEXT), "Names or patterns in the data folder: usage/*.parquet.", required=True),
        Key(
            "table",
            Word("a fact table", schema={"enum": list(MAPPED)}),
            "The fact table that they fill.",
            required=True,
        ),
        Key(
            "columns",
            Named(
                "columns of the fact table",
                Either("a foreign column, or how it is made", (Word("a foreign column"), COLUMN)),
                Word("a column"),
            ),
            "Our columns, and what they are called in the files.",
            required=True,
        ),
        Key("join", Many("joins", JOIN), "Other files in which columns are looked up, as in a spreadsheet."),
        Key("where", Again("where"), "Only rows whose foreign columns have these values."),
        Key("lag", DURATION, "For old data: how long after the fact we would have known.", "0"),
        Key("since", DATE, "From when the source is complete.", "its first fact"),
        Key(
            "history",
            choice("last", "every"),
            "Several rows of one thing: the last counts, or each is a version.",
            "last",
        ),
        Key("separator", SEPARATOR, "Between the columns of a text file.", "found out"),
        Key("encoding", ENCODING, "Of a text file.", "utf-8"),
        Key("sheet", TEXT, "The sheet of a workbook.", "the first"),
        Key("null", Many("texts", TEXT), "What means unknown.", "empty, NA, N/A, NULL, null, None"),
        Key("time_zone", TEXT, "Of times that carry none.", "the workspace's"),
    ),
)

SOURCES = Named("sources", SOURCE, NAME)
