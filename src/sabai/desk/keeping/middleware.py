"""How long each page took, counted and said; a fault becomes an answer in words."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

from sabai.desk.keeping.full import cannot_store
from sabai.desk.keeping.measures import REQUESTS, TOOK
from sabai.desk.keeping.pages.refused import said

logger = logging.getLogger("sabai.desk")


class Measured:
    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.answer(request)
        seconds = perf_counter() - began
        match = request.resolver_match
        page = match.view_name if match else "none"
        REQUESTS.labels(page, request.method or "", response.status_code).inc()
        TOOK.labels(page).observe(seconds)
        told = {"page": page, "method": request.method, "status": response.status_code, "ms": round(seconds * 1000, 1)}
        logger.info("answered", extra=told)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What is no fault of ours has a page of its own before Django sees it: 404 and 403 keep theirs."""
        if isinstance(exception, Http404 | PermissionDenied | SuspiciousOperation):
            return None
        if cannot_store(exception):
            logger.error("nothing can be stored", exc_info=exception)
            return said(request, 503)
        logger.error("a fault of ours", exc_info=exception)
        return None
