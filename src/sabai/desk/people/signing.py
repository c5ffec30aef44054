"""Addresses of signing in: allauth's, but for those that a desk by invitation has no use for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

CLOSED = ("email/", "confirm-email/", "confirm-email/<str:key>/", "login/code/confirm/", "3rdparty/signup/")
"""One's address changes by a new invitation; it was read by whoever came by the last one."""


def closed(request: HttpRequest, **_: str) -> HttpResponse:
    return redirect("home")


urlpatterns = [*(path(address, closed) for address in CLOSED), path("", include("allauth.urls"))]
