"""Whether a fault means that nothing can be stored at the moment: a full disk, a database that is locked or gone."""

from __future__ import annotations

from collections.abc import Iterator
from errno import EDQUOT, EIO, ENOSPC, EROFS

from django.db import InterfaceError, OperationalError

OF_THE_DISK = (ENOSPC, EDQUOT, EROFS, EIO)


def cannot_store(fault: BaseException | None) -> bool:
    """
    >>> cannot_store(OperationalError("database or disk is full")), cannot_store(OSError(ENOSPC, "no space"))
    (True, True)
    >>> cannot_store(FileNotFoundError(2, "no such file")), cannot_store(None)
    (False, False)
    """
    return any(
        isinstance(each, OperationalError | InterfaceError) or (isinstance(each, OSError) and each.errno in OF_THE_DISK)
        for each in _causes(fault)
    )


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__
