"""What an operator set wrong is said before the door opens, with what to do."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import connection

from sabai.desk.environ import read

SAFE = {"SABAI_URL": "https://desk.example.com", "SABAI_MAIL": "smtps://mail.example.com"}


def _found(settings: object, tmp_path: Path, **environment: str) -> set[str]:
    settings.SABAI = read({"SABAI_DATA": str(tmp_path), **environment})  # type: ignore[attr-defined]
    return {each.id for each in run_checks(databases=["default"]) if str(each.id).startswith("desk.")}


def test_a_good_desk_has_none(settings: object, tmp_path: Path) -> None:
    assert _found(settings, tmp_path) == set()
    assert _found(settings, tmp_path, **SAFE) == set()


@pytest.mark.parametrize("url", ["http://desk.example.com", "http://192.168.1.7:8321", "http://localhost.example.com"])
def test_passwords_do_not_travel_in_the_clear(settings: object, tmp_path: Path, url: str) -> None:
    assert "desk.E001" in _found(settings, tmp_path, SABAI_URL=url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "https://a.example"])
def test_loopback_and_tls_are_safe(settings: object, tmp_path: Path, url: str) -> None:
    assert "desk.E001" not in _found(settings, tmp_path, SABAI_URL=url)


def test_sqlite_has_one_writer(settings: object, tmp_path: Path) -> None:
    assert "desk.E002" in _found(settings, tmp_path, SABAI_WORKERS="2")
    settings.ON_SQLITE = False  # type: ignore[attr-defined]
    assert "desk.E002" not in _found(settings, tmp_path, SABAI_WORKERS="2")


def test_wrong_passwords_must_be_counted(settings: object, tmp_path: Path) -> None:
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "desk_cache"}}  # type: ignore[attr-defined]
    assert "desk.E003" in _found(settings, tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE desk_cache (cache_key text)")
    assert "desk.E003" not in _found(settings, tmp_path)


def test_the_folder_takes_files(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write everywhere, so the mode is asked here as the system would ask it of anybody else."""
    monkeypatch.setattr("sabai.desk.checks.os.access", lambda path, _: bool(os.stat(path).st_mode & stat.S_IWUSR))
    tmp_path.chmod(0o500)
    assert "desk.E004" in _found(settings, tmp_path)
    tmp_path.chmod(0o700)
    assert "desk.E004" not in _found(settings, tmp_path)


def test_half_a_company_sign_in_is_none(settings: object, tmp_path: Path) -> None:
    assert "desk.E005" in _found(settings, tmp_path, SABAI_OIDC_URL="https://issuer.example.com")
    whole = {f"SABAI_OIDC_{name}": "https://issuer.example.com" for name in ("URL", "ID", "SECRET")}
    assert "desk.E005" not in _found(settings, tmp_path, **whole)


def test_mails_that_reach_nobody_are_warned_of(settings: object, tmp_path: Path) -> None:
    assert "desk.W001" in _found(settings, tmp_path, SABAI_URL="https://desk.example.com")


def test_each_says_what_to_do(settings: object, tmp_path: Path) -> None:
    settings.SABAI = read({"SABAI_DATA": str(tmp_path), "SABAI_URL": "http://a.example", "SABAI_WORKERS": "2"})  # type: ignore[attr-defined]
    ours = [each for each in run_checks() if str(each.id).startswith("desk.")]
    assert len(ours) == 3
    assert all(each.hint for each in ours)
