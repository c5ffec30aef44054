"""What cannot be taken, said so that whoever sent it can mend it."""

from __future__ import annotations

from typing import Any

from sabai.errors import Issue


class Refusal(Exception):
    """One thing that is not taken; `status` is that of the answer where the whole request is meant."""

    def __init__(self, issue: Issue, status: int = 400, wait: int = 0) -> None:
        super().__init__(issue.what)
        self.issue, self.status, self.wait = issue, status, wait

    def told(self) -> dict[str, Any]:
        """As the answer says it."""
        issue = self.issue
        return {"code": issue.code, "what": issue.what, "why": issue.why, "hint": issue.hint}

    def told_of(self, index: int) -> dict[str, Any]:
        """As the answer says it of one item among others."""
        return {"index": index, "code": self.issue.code, "what": self.issue.what, "hint": self.issue.hint}


def unknown_key() -> Refusal:
    return Refusal(
        Issue(
            "DSK-301", "The write key is missing, unknown or revoked.", why="Nothing of the request was taken.",
            hint="Send the key as the user name of basic authentication, with an empty password.",
        ),
        401,
    )  # fmt: skip


def too_large(what: str, most: str) -> Refusal:
    issue = Issue("DSK-302", f"{what} is larger than {most}.", why="It was not taken.", hint="Send less at a time.")
    return Refusal(issue, 413)


def unreadable(why: str) -> Refusal:
    return Refusal(
        Issue("DSK-303", f"This is not JSON that we can read: {why}.", why="Nothing of it was taken.",
              hint="Numbers are finite, text is UTF-8, and gzip needs Content-Encoding: gzip.")
    )  # fmt: skip


def too_deep(depth: int) -> Refusal:
    return Refusal(Issue("DSK-304", f"Objects and arrays lie more than {depth} deep.", hint="Send flatter properties."))


def misshapen(why: str) -> Refusal:
    return Refusal(Issue("DSK-305", f"A field has another shape than it should: {why}.", hint="See /api/openapi.json."))


def with_nul() -> Refusal:
    return Refusal(Issue("DSK-306", "A text holds the character NUL.", hint="Leave \\u0000 out; databases refuse it."))


def of_no_kind(kind: str, known: str) -> Refusal:
    return Refusal(Issue("DSK-307", f'"{kind[:40]}" is no type of message.', hint=f"Known here: {known}."))


def lacking(field: str) -> Refusal:
    return Refusal(Issue("DSK-308", f"It has no {field}.", hint=f"Send {field} as text that is not empty."))


def of_the_future(when: str) -> Refusal:
    return Refusal(
        Issue("DSK-309", f"Its time, {when}, is more than a day ahead, or before 1970.",
              hint="Send the time at which it happened, and sentAt by the same clock.")
    )  # fmt: skip


def quarantined(message_id: str) -> Refusal:
    return Refusal(
        Issue("DSK-310", f'Another message came with the id "{message_id[:80]}" before.',
              why="Both are kept on the page Data of the desk, and the first one counts.",
              hint="Give every message an id of its own; the same id is for sending the same again."),
        409,
    )  # fmt: skip


def too_many(most: int) -> Refusal:
    issue = Issue("DSK-311", f"There are more than {most} items.", why="None was taken.", hint="Send several requests.")
    return Refusal(issue, 413)


def too_fast(wait: int) -> Refusal:
    issue = Issue("DSK-312", "More came than this source may send in a second.", why="Nothing was taken.",
                  hint=f"Send it again in {wait} s, or let whoever runs the desk raise SABAI_INTAKE_RATE.")  # fmt: skip
    return Refusal(issue, 429, wait)


def not_now() -> Refusal:
    issue = Issue("DSK-313", "Nothing can be stored at the moment.", why="Nothing of the request was taken.",
                  hint="Send the same again later; what is taken twice counts once.")  # fmt: skip
    return Refusal(issue, 503, 5)


def no_table(name: str, hint: str) -> Refusal:
    return Refusal(Issue("DSK-314", f'There is no table "{name[:60]}" to send rows of.', hint=hint), 404)


def no_column(name: str, hint: str) -> Refusal:
    return Refusal(Issue("DSK-315", f'The table has no column "{name[:60]}".', hint=hint))


def of_another_type(column: str, wanted: str) -> Refusal:
    return Refusal(Issue("DSK-316", f'The value of "{column}" cannot be read.', hint=f"Send {wanted}."))


def another_answer() -> Refusal:
    return Refusal(
        Issue("DSK-317", "This Idempotency-Key came before, with another request.", why="Nothing was done.",
              hint="Draw a new key for each request, and keep it for repeating the same."),
        422,
    )  # fmt: skip


def no_token() -> Refusal:
    return Refusal(
        Issue("DSK-318", "The token is missing, unknown, expired, or may not do this.", why="Nothing was shown.",
              hint="Send Authorization: Bearer and a token with the scope that this address names."),
        401,
    )  # fmt: skip


def not_here(what: str) -> Refusal:
    return Refusal(Issue("DSK-319", f"There is no such {what}.", hint="Ask for the list first."), 404)
