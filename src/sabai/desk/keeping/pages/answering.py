"""Whether the desk is alive, whether it can work, and what it counts of itself."""

from __future__ import annotations

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, multiprocess

TEXT = "text/plain; charset=utf-8"


def healthy(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type=TEXT)


def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and is as this version wants it; else 503, and why."""
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Error:
        return HttpResponse("the database does not answer", content_type=TEXT, status=503)
    if missing:
        return HttpResponse(f"{missing} migrations to go", content_type=TEXT, status=503)
    return HttpResponse("ok", content_type=TEXT)


def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus on the same machine; whoever asks through a proxy finds nothing."""
    if request.META.get("REMOTE_ADDR") not in settings.INTERNAL_IPS or "HTTP_X_FORWARDED_FOR" in request.META:
        raise Http404
    registry = CollectorRegistry()
    if settings.METRICS_FOLDER:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
