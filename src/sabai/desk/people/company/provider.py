"""What the desk asks the company's sign-in for."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse
from requests import RequestException

from sabai.desk.people.company.answer import Answer, nonce_of


class Company(OpenIDConnectProvider):  # type: ignore[misc]
    """allauth's, with PKCE and a nonce in every request, and a page of ours where nobody answers."""

    oauth2_adapter_class = Answer
    pkce_enabled_default = True

    def wk_server_url(self, url: str) -> str:
        return str(super().wk_server_url(url.rstrip("/")))

    def get_pkce_params(self) -> dict[str, str]:
        params: dict[str, str] = super().get_pkce_params()
        return params | {"nonce": nonce_of(params["code_verifier"])}

    def redirect(self, request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().redirect(request, *given, **named)
        except (OAuth2Error, RequestException) as error:
            answer = render_authentication_error(request, self, exception=error)
        return answer
