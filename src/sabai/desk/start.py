"""Starting the desk: set up what is missing, ask it one real page, then serve it with its jobs until told to stop."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import socket
import threading
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from sabai.desk.environ import Settings, read
from sabai.errors import Issue, SabaiError
from sabai.progress import Progress, quiet
from sabai.store.refused import in_our_words
from sabai.store.turns import in_turn

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

STARTS_AGAIN_SECONDS = 3.0
FIRST_PAGE = "/sign/login/"


def set_up(progress: Progress = quiet) -> Settings:
    """Database, cache table and static files as this version wants them; SabaiError where the desk cannot answer."""
    settings = read(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabai.desk.conf")
    import django
    from django.core.management import call_command

    django.setup()
    steps: tuple[tuple[str, dict[str, bool]], ...] = (
        ("migrate", {"interactive": False}),
        ("createcachetable", {}),
        ("collectstatic", {"interactive": False}),
        ("check", {"deploy": settings.secure}),
    )
    with in_turn(settings.data, lambda: None):  # web and jobs may be started at once
        for done, (name, options) in enumerate(steps):
            progress("setting up the desk", done, len(steps) + 1)
            call_command(name, verbosity=0, stdout=StringIO(), **options)
    _asks_itself()
    progress("setting up the desk", len(steps) + 1, len(steps) + 1)
    return settings


def place_is_free(settings: Settings) -> None:
    """SabaiError where something else listens at the desk's address: two servers there would answer by turns."""
    host, port = settings["SABAI_LISTEN"]
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((host, port))
        except OSError as error:
            raise SabaiError(_taken(host, port, error)) from error


def serve(settings: Settings, minutes: int | None = None) -> None:
    """Answers until told to stop, or for so many minutes; jobs run in a process of their own, beside."""
    from granian.constants import Interfaces
    from granian.server import Server

    multiprocessing.set_start_method("spawn", force=True)  # workers begin clean, without what set-up has imported
    host, port = settings["SABAI_LISTEN"]
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(prefix="sabai-metrics-")  # where the processes of this run count
    server = Server(
        "sabai.desk.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings["SABAI_WORKERS"],
        blocking_threads=4,
        respawn_failed_workers=True,
        log_enabled=False,
    )
    jobs = Jobs() if settings["SABAI_JOBS"] else None
    if jobs:
        server.on_startup(jobs.start)
        server.on_shutdown(jobs.stop)
    if minutes:
        alarm = threading.Timer(minutes * 60, os.kill, (os.getpid(), signal.SIGTERM))
        alarm.daemon = True
        alarm.start()
    server.serve()


def run_jobs(parent: int = 0) -> None:
    """Works off jobs until told to stop, or until the process `parent` is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabai.desk.conf")
    import django

    from sabai.desk.keeping.logs import configure

    configure()
    django.setup()
    from huey.contrib.djhuey import HUEY

    from sabai.desk.conf import DESK_APPS

    for app in DESK_APPS:
        if find_spec(f"sabai.desk.{app}.jobs"):
            import_module(f"sabai.desk.{app}.jobs")
    if parent:
        threading.Thread(target=_ends_with, args=(parent,), daemon=True).start()
    HUEY.create_consumer(workers=2, worker_type="thread", max_delay=0.5).run()


class Jobs:
    """The process of the jobs; when it dies it is started again."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.process: SpawnProcess | None = None

    def start(self) -> None:
        threading.Thread(target=self._keep, daemon=True).start()

    def stop(self) -> None:
        self.stopping.set()
        if self.process:
            self.process.terminate()
            self.process.join(20)

    def _keep(self) -> None:
        while not self.stopping.is_set():
            self.process = multiprocessing.get_context("spawn").Process(target=run_jobs, args=(os.getpid(),))
            self.process.start()
            self.process.join()
            self.stopping.wait(STARTS_AGAIN_SECONDS)


def _ends_with(parent: int) -> None:
    while os.getppid() == parent:
        threading.Event().wait(2)
    os._exit(0)


def _taken(host: str, port: int, error: OSError) -> Issue:
    why = "something else does" if error.errno == errno.EADDRINUSE else in_our_words(error)
    return Issue(
        "DSK-013",
        f"The desk cannot listen at {host}:{port}: {why}.",
        "SABAI_LISTEN",
        "Nobody could open it.",
        "End what is there, or say another address with SABAI_LISTEN and SABAI_URL.",
    )


def _asks_itself() -> None:
    """One real page through all of the desk: set-up can pass while every page is an error."""
    from django.conf import settings
    from django.test import Client

    answer = Client(raise_request_exception=False).get(FIRST_PAGE, headers={"host": settings.HOST})
    if answer.status_code != 200 or b'class="desk' not in answer.content:
        raise SabaiError(
            Issue(
                "DSK-010",
                f"The desk was set up, but does not answer: {FIRST_PAGE} gave {answer.status_code}.",
                str(settings.DATA),
                "Nobody could sign in.",
                "Look at the log; `sabai desk --set-up` tries again.",
            )
        )
