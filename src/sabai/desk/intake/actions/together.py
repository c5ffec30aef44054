"""One commit for several requests of this process: whoever leads writes for all who wait.

SQLite has one writer, who waits for the disk at each commit; PostgreSQL gathers commits by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event, Lock
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connection, transaction

from sabai.desk.intake.actions.turn import turn

T = TypeVar("T")


class Waiting(Generic[T]):
    """What a request has to write and what became of that; `called` when it is done, or when it is to lead."""

    def __init__(self, write: Callable[[], T]) -> None:
        self.write = write
        self.called = Event()
        self.written: list[T] = []
        self.fault: BaseException | None = None

    def outcome(self) -> T:
        if self.fault:
            raise self.fault
        return self.written[0]


class Line(Generic[T]):
    """Where requests wait for their commit. `undone` is called after something that was written was rolled back."""

    def __init__(self, undone: Callable[[], None]) -> None:
        self.undone = undone
        self._lock = Lock()
        self._waiting: list[Waiting[T]] = []
        self._led = False

    def commit(self, write: Callable[[], T]) -> T:
        """What `write` returns, once it is on the disk; it is called again where that of a neighbour failed."""
        if connection.in_atomic_block or not settings.ON_SQLITE:
            with transaction.atomic():
                return write()
        mine = Waiting(write)
        with self._lock:
            self._waiting.append(mine)
            follows, self._led = self._led, True
        if follows:
            mine.called.wait()
        if not (mine.written or mine.fault):
            self._lead()
        return mine.outcome()

    def _lead(self) -> None:
        """Writes for all who came until it was its turn, lets them go, and calls who leads next."""
        group: list[Waiting[T]] = []
        try:
            with turn():
                group = self._taken()
                self._write(group)
        except BaseException as fault:
            group = group or self._taken()
            for each in group:
                each.fault = fault
        for each in group:
            each.called.set()
        with self._lock:
            self._led = bool(self._waiting)
            for each in self._waiting[:1]:
                each.called.set()

    def _taken(self) -> list[Waiting[T]]:
        with self._lock:
            group, self._waiting = self._waiting, []
        return group

    def _write(self, group: Sequence[Waiting[T]]) -> None:
        """In one transaction; where that fails each in its own, so that whoever failed spares their neighbours."""
        try:
            with transaction.atomic():
                written = [each.write() for each in group]
        except Exception as fault:
            self.undone()
            if len(group) == 1:
                group[0].fault = fault
            else:
                for each in group:
                    self._write([each])
        else:
            for each, one in zip(group, written, strict=True):
                each.written.append(one)
