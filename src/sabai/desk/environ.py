"""The settings of the desk: environment variables, each named, explained and read strictly, here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sabai.errors import Issue, UsageError, did_you_mean


class Wrong(ValueError):
    """What a value should have been."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable; `default` is written as a person would write it, "" where it is left out."""

    name: str
    default: str
    means: str
    read: Callable[[str], object]
    secret: bool = False  # its value is never shown


def text(value: str) -> str:
    return value


def folder(value: str) -> Path:
    """
    >>> folder("/var/lib/sabai")
    PosixPath('/var/lib/sabai')
    """
    return Path(value).expanduser().absolute()


def number(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise Wrong("a whole number from 1 on")
    return int(value)


def yes(value: str) -> bool:
    """
    >>> yes("yes"), yes("no")
    (True, False)
    """
    if value not in ("yes", "no"):
        raise Wrong("yes or no")
    return value == "yes"


def address(value: str) -> str:
    """
    >>> address("https://desk.example.com/")
    'https://desk.example.com'
    """
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise Wrong("an address such as https://desk.example.com, without a path")
    return value.rstrip("/")


def listening(value: str) -> tuple[str, int]:
    """
    >>> listening("127.0.0.1:8321")
    ('127.0.0.1', 8321)
    """
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise Wrong("an address and a port such as 127.0.0.1:8321")
    return host, int(port)


def database(value: str) -> str:
    if value and not value.startswith(("postgresql://", "postgres://", "sqlite:///")):
        raise Wrong("postgresql://user:password@host/name, or sqlite:////folder/file")
    return value


def model(value: str) -> str:
    """
    >>> model("https://models.example.com/v1/"), model("")
    ('https://models.example.com/v1', '')
    """
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.username):
        raise Wrong("an address such as https://models.example.com/v1, or nothing")
    return value.rstrip("/")


def mail_server(value: str) -> str:
    if value and not value.startswith(("smtp://", "smtps://")):
        raise Wrong("smtp://user:password@host:587, or smtps:// for TLS from the start")
    return value


def mailbox(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("imap", "imaps") or not (parts.hostname and parts.username and parts.password)):
        raise Wrong("imaps://user:password@host/INBOX, or imap:// for TLS once it is connected")
    return value


def mail_address(value: str) -> str:
    """
    >>> mail_address("returned@example.com")
    'returned@example.com'
    """
    name, at, host = value.partition("@")
    if value and (not (name and at and host) or set(value) & set(" <>,;")):
        raise Wrong("an address such as returned@example.com")
    return value


VARIABLES = (
    Variable("SABAI_DATA", "sabai-data", "Folder of all that the desk keeps: database, stores, uploads.", folder),
    Variable(
        "DATABASE_URL", "", "PostgreSQL, once one machine is too small; empty: SQLite in SABAI_DATA.", database, True
    ),
    Variable("SABAI_URL", "http://127.0.0.1:8321", "The address at which people open the desk.", address),
    Variable("SABAI_LISTEN", "127.0.0.1:8321", "The address and port at which the server listens.", listening),
    Variable("SABAI_WORKERS", "1", "Web workers; more than one wants PostgreSQL.", number),
    Variable("SABAI_JOBS", "yes", "Whether `sabai desk` runs jobs too; no: `sabai desk --jobs-only` does.", yes),
    Variable("SABAI_SECRET", "", "Signs sign-ins and links; empty: drawn once and kept in SABAI_DATA.", text, True),
    Variable("SABAI_MAIL", "", "The mail server; empty: mails are written to SABAI_DATA/mail.", mail_server, True),
    Variable("SABAI_MAIL_FROM", "sabai@localhost", "The sender of mails.", text),
    Variable("SABAI_BOUNCE_ADDRESS", "", "Where mails of surveys come back to; empty: SABAI_MAIL_FROM.", mail_address),
    Variable("SABAI_BOUNCE_IMAP", "", "The mailbox of that address; empty: it is not read.", mailbox, True),
    Variable("SABAI_OIDC_URL", "", "Issuer of the company's own sign-in (OpenID Connect); empty: none.", text),
    Variable("SABAI_OIDC_ID", "", "The id that the issuer gave.", text),
    Variable("SABAI_OIDC_SECRET", "", "The secret that the issuer gave.", text, True),
    Variable(
        "SABAI_MODEL_URL", "", "A language model that understands OpenAI's way of asking; empty: none is asked.", model
    ),
    Variable("SABAI_MODEL_NAME", "", "What the model is called there.", text),
    Variable("SABAI_MODEL_KEY", "", "The key that lets us in there, where it wants one.", text, True),
    Variable("SABAI_INTAKE_RATE", "5000", "Messages or rows a second that one source may send to one worker.", number),
    Variable("SABAI_KEEP_AUDIT_DAYS", "3650", "So long the audit trail is kept.", number),
    Variable("SABAI_KEEP_INTAKE_DAYS", "30", "So long batches are kept after they landed.", number),
)
ELSEWHERE = ("SABAI_STORE", "SABAI_CACHE", "SABAI_DEBUG")  # read by the command line


@dataclass(frozen=True, slots=True)
class Settings:
    """Every variable, read: `settings["SABAI_LISTEN"]`."""

    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def data(self) -> Path:
        return Path(self.values["SABAI_DATA"])

    @property
    def secure(self) -> bool:
        """Whether people reach the desk through TLS."""
        return str(self.values["SABAI_URL"]).startswith("https:")


def read(environment: Mapping[str, str]) -> Settings:
    """All settings; UsageError with an issue for each that is wrong, or is not ours."""
    values: dict[str, object] = {}
    issues = list(_unknown(environment))
    for variable in VARIABLES:
        try:
            values[variable.name] = variable.read(environment.get(variable.name) or variable.default)
        except Wrong as wrong:
            issues.append(_wrong(variable, environment[variable.name], str(wrong)))
    if issues:
        raise UsageError(*issues)
    return Settings(values)


def _unknown(environment: Mapping[str, str]) -> Iterator[Issue]:
    known = [variable.name for variable in VARIABLES]
    for name in sorted(environment):
        if name.startswith("SABAI_") and name not in known and name not in ELSEWHERE:
            yield Issue(
                "DSK-001", f"There is no setting {name}.", "the environment", "It would be ignored.",
                did_you_mean(name, known),
            )  # fmt: skip


def _wrong(variable: Variable, value: str, wanted: str) -> Issue:
    what = f"{variable.name} cannot be read." if variable.secret else f'{variable.name} is "{value}".'
    return Issue("DSK-002", what, "the environment", variable.means, f"Write {wanted}.")
