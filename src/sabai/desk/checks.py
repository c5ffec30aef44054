"""Django's system checks for what only an operator can set right. `sabai desk` runs them before it opens its door."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from sabai.desk.environ import Settings


def is_loopback(host: str) -> bool:
    """
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("desk.example.com")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@register(Tags.security)
def address_is_safe(**_: Any) -> Iterable[CheckMessage]:
    """Passwords and sessions must not travel in the clear."""
    sabai: Settings = settings.SABAI
    if not sabai.secure and not is_loopback(urlsplit(sabai["SABAI_URL"]).hostname or ""):
        yield Error(
            f"People would sign in at {sabai['SABAI_URL']} without TLS.",
            hint="Put a proxy with TLS before the desk, and write https:// in SABAI_URL.",
            id="desk.E001",
        )


@register(Tags.compatibility)
def one_writer_on_sqlite(**_: Any) -> Iterable[CheckMessage]:
    if settings.ON_SQLITE and settings.SABAI["SABAI_WORKERS"] > 1:
        yield Error(
            f"SQLite serves one web worker; SABAI_WORKERS is {settings.SABAI['SABAI_WORKERS']}.",
            hint="Leave SABAI_WORKERS at 1, or name a PostgreSQL database in DATABASE_URL.",
            id="desk.E002",
        )


@register(Tags.database)
def cache_has_its_table(databases: Sequence[str] | None = None, **_: Any) -> Iterable[CheckMessage]:
    """Without it wrong passwords are not counted."""
    cache = settings.CACHES["default"]
    if "default" not in (databases or ()) or not cache["BACKEND"].endswith("DatabaseCache"):
        return
    tables = connections["default"].introspection.table_names()
    if "people_user" in tables and cache["LOCATION"] not in tables:  # before the first migration there is nothing
        yield Error(
            f"The table {cache['LOCATION']} is missing: wrong passwords could not be counted.",
            hint="Run `sabai desk`, which sets up what is missing, or Django's createcachetable.",
            id="desk.E003",
        )


@register(Tags.files)
def data_folder_takes_files(**_: Any) -> Iterable[CheckMessage]:
    data = settings.SABAI.data
    if not os.access(data, os.W_OK | os.X_OK):
        yield Error(
            f"The desk may not write into {data}.",
            hint=f"Give the folder to the user that runs the desk: chown -R sabai {data}.",
            id="desk.E004",
        )


@register(Tags.security)
def company_sign_in_is_whole(**_: Any) -> Iterable[CheckMessage]:
    sabai: Settings = settings.SABAI
    parts = [name for name in ("SABAI_OIDC_URL", "SABAI_OIDC_ID", "SABAI_OIDC_SECRET") if not sabai[name]]
    if 0 < len(parts) < 3:
        yield Error(
            f"The company's own sign-in lacks {' and '.join(parts)}.",
            hint="Set all three of SABAI_OIDC_URL, SABAI_OIDC_ID and SABAI_OIDC_SECRET, or none.",
            id="desk.E005",
        )


@register(Tags.compatibility)
def mails_leave(**_: Any) -> Iterable[CheckMessage]:
    sabai: Settings = settings.SABAI
    if not sabai["SABAI_MAIL"] and not is_loopback(urlsplit(sabai["SABAI_URL"]).hostname or ""):
        yield Warning(
            f"Mails are written to {sabai.data / 'mail'} and reach nobody.",
            hint="Name a mail server in SABAI_MAIL.",
            id="desk.W001",
        )
