"""The codes of facts: what a row was set aside for and what to do about it, in the words that reach a person."""

from __future__ import annotations

from types import MappingProxyType

FATES = MappingProxyType(
    {"FCT-120": "conflict", "FCT-130": "waiting", "FCT-131": "waiting", "FCT-132": "waiting", "FCT-133": "waiting"}
)
"""What becomes of a row with this code; every other code is a reject."""

ERASED = "FCT-134"
"""A row that names somebody who was erased breaks no contract, and is left out."""

HINTS = MappingProxyType(
    {
        "FCT-101": "This column must not be empty.",
        "FCT-102": "The value cannot be read as the type of this column; say its format, or list it under nulls.",
        "FCT-103": "The end lies before the start.",
        "FCT-104": "The answer came before the question.",
        "FCT-105": "The ticket was resolved before it was opened.",
        "FCT-106": "The first response came before the ticket was opened.",
        "FCT-107": "The ticket was resolved before its first response.",
        "FCT-108": "The score lies outside the scale of its question.",
        "FCT-109": "Not an ISO 4217 currency.",
        "FCT-110": "No exchange rate on or before this day; add it to the rates table.",
        "FCT-111": "It happened after it was received.",
        "FCT-112": "The number is not finite or larger than 1e12.",
        "FCT-113": "The text contains a NUL character.",
        "FCT-114": "The date lies outside the years 1900 to 2199.",
        "FCT-115": "Write the interval as day, week, month, quarter, year or one_time.",
        "FCT-116": "Day and month cannot be told apart; say the format of this column.",
        "FCT-117": "Clocks begin on this day, and tools write it for no date at all; then list it under nulls.",
        "FCT-118": "Not on the stated scale; add the word to it.",
        "FCT-120": "Another row with the same key says something else; the one received first was kept.",
        "FCT-130": "No identity is known for this id yet; it is tried again at every landing.",
        "FCT-131": "More than one account goes by this id on this day.",
        "FCT-132": "No such account yet; it is tried again at every landing.",
        "FCT-133": "Nothing says which account this belongs to.",
        "FCT-134": "Who is named here was erased from this store; rows that name them are left out.",
        "FCT-140": "The row has more or fewer fields than the header.",
        "FCT-141": "The line is not a JSON object, or is nested too deeply.",
    }
)


def fate(code: str) -> str:
    """
    >>> fate("FCT-132"), fate("FCT-101")
    ('waiting', 'reject')
    """
    return FATES.get(code, "reject")
