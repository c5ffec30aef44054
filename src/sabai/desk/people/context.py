"""What pages of signing in may use besides."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from sabai.desk.people.browsers import browser
from sabai.language.catalogues import LANGUAGES

NAMES = {"en": "English", "th": "ไทย", "ar": "العربية", "ja": "日本語"}  # as their readers call them


def signing(request: HttpRequest) -> dict[str, object]:
    """Whether the company has a sign-in of its own, and in which languages one may go on."""
    company = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return {"company": bool(company), "tongues": {code: NAMES[code] for code in LANGUAGES}, "browser": browser}
