"""Who reads: a token with the scope that the address needs."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from sabai.desk.people.models import Token, Workspace
from sabai.desk.people.tokens import find


class Bearer(HttpBearer):
    """`auth=Bearer("scores")`; the view finds the token as `request.auth`."""

    openapi_description = "A token of a workspace, made on the desk."

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        return find(token, self.scope)


def workspace_of(request: HttpRequest) -> Workspace:
    """The workspace of the token: nothing else can be reached with it."""
    return token_of(request).workspace


def token_of(request: HttpRequest) -> Token:
    return cast(Token, vars(request)["auth"])
