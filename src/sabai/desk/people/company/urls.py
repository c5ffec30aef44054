"""The addresses of allauth's OpenID Connect, by which issuers know the desk, answered by ours."""

from __future__ import annotations

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from sabai.desk.people.company.answer import Answer


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the company's sign-in."""
    return _answered(OAuth2LoginView, request, provider_id)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from there."""
    return _answered(OAuth2CallbackView, request, provider_id)


def _answered(view: type[OAuth2View], request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(Answer(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer


urlpatterns = [
    path("oidc/<str:provider_id>/login/", login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", callback, name="openid_connect_callback"),
]
