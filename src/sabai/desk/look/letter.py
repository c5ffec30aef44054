"""A mail whose headers stand on the line of their names."""

from __future__ import annotations

import re
from email._policybase import Compat32
from email.header import Header
from typing import Any

from django.core.mail import EmailMultiAlternatives

EMPTY = re.compile(r"\A([^:\r\n]+:)[ \t]*\r?\n[ \t]+")


class Unbroken(Compat32):
    """Folds as mail always was, but never right behind the name: a long address or an encoded word would begin on the
    second line, and some servers take the first for a header that says nothing.

    >>> Unbroken().fold("List-Unsubscribe", "<https://desk.example/stop/" + 60 * "a" + "/>").startswith(
    ...     "List-Unsubscribe: <https://"
    ... )
    True
    """

    def fold(self, name: str, value: Any) -> str:
        return EMPTY.sub(r"\1 ", super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        folded = super().fold_binary(name, value).decode("ascii", "surrogateescape")
        return EMPTY.sub(r"\1 ", folded).encode("ascii", "surrogateescape")


class Letter(EmailMultiAlternatives):
    """What the desk sends to customers' people; Django refuses line breaks in its headers, as in every mail."""

    def message(self, **how: Any) -> Any:
        made = super().message(**how)
        made.policy = Unbroken()
        made.replace_header("Subject", Header(str(self.subject), header_name="Subject"))
        return made
