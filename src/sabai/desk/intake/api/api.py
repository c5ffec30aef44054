"""The API as a whole: its addresses, its description, and how it says that something went wrong."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

import sabai
from sabai.desk.asking.api import suppressions
from sabai.desk.intake import refusals
from sabai.desk.intake.api import accounts, described, facts, segment, tasks
from sabai.desk.intake.api.said import answer
from sabai.desk.intake.refusals import Refusal
from sabai.desk.responses.api import answers


class Described(NinjaAPI):
    """Ninja's, with what is read without it among the components."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for kind, parts in described.COMPONENTS.items():
            schema["components"].setdefault(kind, {}).update(parts)
        return schema


api = Described(
    title="Sabai",
    version=sabai.__version__,
    description="How a company's own systems send facts, and read what became of them.",
    openapi_url="/api/openapi.json",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/v1", segment.router)
api.add_router("/v1", facts.router)
api.add_router("/v1", answers.router)
api.add_router("/v1", suppressions.router)
api.add_router("/api", accounts.router)
api.add_router("/api", tasks.router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, why: Refusal) -> HttpResponse:
    response = answer(why.told(), why.status)
    if why.wait:
        response.headers["Retry-After"] = str(why.wait)
    if why.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="sabai"' if why.issue.code == "DSK-301" else "Bearer"
    return response


@api.exception_handler(DatabaseError)
@api.exception_handler(OSError)
def down(request: HttpRequest, error: Exception) -> HttpResponse:
    """A full disk, a locked database: nothing was taken, so nothing is said to be."""
    return refused(request, refusals.not_now())


@api.exception_handler(AuthenticationError)
def stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refused(request, refusals.no_token())


@api.exception_handler(ValidationError)
def misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    why = refusals.misshapen(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}")
    return refused(request, Refusal(why.issue, 422))


@api.exception_handler(HttpError)
def misheard(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is not JSON at all."""
    return refused(request, refusals.unreadable(str(error)))
