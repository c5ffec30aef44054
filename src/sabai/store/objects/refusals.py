"""What an object store refuses, in our own words: each of them, and the network before it, says it in its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sabai.errors import Issue, SabaiError, UsageError

_KNOWN: tuple[tuple[str, str, str], ...] = (
    (
        r"NoSuchBucket|ContainerNotFound|bucket does not exist",
        "there is no such bucket",
        "Make the bucket first, or mend its name.",
    ),
    (
        r"Missing ?AccessKeyId|Account must be specified|MissingAccount|token request|169\.254\.169\.254"
        r"|credential|metadata\.google",
        "nobody said who asks",
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for gs:// GOOGLE_APPLICATION_CREDENTIALS, for az:// "
        "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY.",
    ),
    (
        r"PermissionDenied|PermissionError|Unauthenticated|InvalidAccessKeyId|SignatureDoesNotMatch|AccessDenied"
        r"|ExpiredToken|AuthenticationFailed|40[13] |Unauthorized|Forbidden",
        "you may not read or write there",
        "Look at the keys and at what they allow: reading, writing, listing and deleting under this address.",
    ),
    (
        r"PermanentRedirect|AuthorizationHeaderMalformed|wrong region|30[127] ",
        "the bucket lies in another region",
        "Set AWS_REGION to the region of the bucket.",
    ),
    (
        r"builder error|scheme is not allowed",
        "its endpoint is not encrypted",
        "Write https:// in AWS_ENDPOINT_URL; on a network of your own set AWS_ALLOW_HTTP=true.",
    ),
    (
        r"NotImplemented|not supported|501 ",
        "it cannot do what Sabai needs: to write an object only if nobody else has",
        "Choose an object store with conditional writes.",
    ),
    (
        r"error sending request|dns error|connect|timed out|timeout|50[0234] |429 |SlowDown",
        "it does not answer",
        "Look at the network and at AWS_ENDPOINT_URL, and run the same command again.",
    ),
)
_NAMES = re.compile(r"https?://(?!169\.254|metadata\.)\S+|(?<=location )\S+")
"""Somebody's bucket may be called `timeout-403`."""
_OTHERWISE = "Look at the address, the keys and the network, and run the same command again."


@contextmanager
def answering(address: str, name: str = "") -> Iterator[None]:
    """What the object store refuses inside the block becomes a SabaiError about the address (STO-006).

    What is not there is a FileNotFoundError with its `name`: only who asks knows what that means.
    """
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError as error:
        if _is_about(_KNOWN[0][0], error):
            raise SabaiError(refused(address, error)) from error
        raise FileNotFoundError(name) from error
    except (BaseError, PermissionError) as error:
        raise SabaiError(refused(address, error)) from error


def refused(address: str, error: BaseException) -> Issue:
    """
    >>> print(refused("s3://bucket/store", OSError("... 404: <Code>NoSuchBucket</Code>")))
    STO-006  s3://bucket/store cannot be reached: there is no such bucket.
             s3://bucket/store
             The store there is as it was before, or as the command left it: whole in both cases.
             Make the bucket first, or mend its name.
    """
    known = next(((what, hint) for sign, what, hint in _KNOWN if _is_about(sign, error)), None)
    what, hint = known or (str(error).partition("\n")[0], _OTHERWISE)
    return Issue(
        "STO-006",
        f"{address} cannot be reached: {what}.",
        address,
        "The store there is as it was before, or as the command left it: whole in both cases.",
        hint,
    )


def _is_about(sign: str, error: BaseException) -> bool:
    return re.search(sign, f"{type(error).__name__} {_NAMES.sub('', str(error))}") is not None


def not_installed(address: str) -> UsageError:
    return UsageError(
        Issue(
            "STO-007",
            "Object stores need a package that is not installed: obstore.",
            address,
            "It speaks with them; a store on a disk needs none.",
            'pip install "sabai[object-store]"',
        )
    )


def neither(variable: str, told: str) -> UsageError:
    return UsageError(
        Issue(
            "STO-013",
            f'{variable} is "{told}", which is neither true nor false.',
            variable,
            "Whether what is sent may be read on the way is not guessed.",
            f"{variable}=true, or leave it out.",
        )
    )


def newer(address: str, number: int, known: int) -> SabaiError:
    return SabaiError(
        Issue(
            "STO-008",
            f"The object store is laid out in format {number}, and this Sabai knows formats up to {known}.",
            address,
            "A newer Sabai wrote it; an older one could misread it.",
            "Install the newer Sabai.",
        )
    )


def damaged(address: str, name: str, what: str) -> SabaiError:
    return SabaiError(
        Issue(
            "STO-009",
            f"{name} in the object store cannot be used: {what}.",
            f"{address}/{name}",
            "Without it the store is not whole, and nothing is guessed.",
            "Bring it back from a copy, or land all exports into a new address.",
        )
    )


def too_many(address: str, times: int) -> SabaiError:
    return SabaiError(
        Issue(
            "STO-010",
            f"Others changed the store in the meantime, {times} times in a row.",
            address,
            "Of those who change it at once one comes first; nothing of this command is in the store.",
            "Run the same command again, or let one machine land after the other.",
        )
    )


def something_else(address: str, name: str) -> SabaiError:
    return SabaiError(
        Issue(
            "STO-011",
            f"Something else lies there: {name}.",
            address,
            "A store tidies up where it lies, and must be alone there.",
            f"Name a folder of its own: {address}/store",
        )
    )


def unconditional(address: str) -> SabaiError:
    return SabaiError(
        Issue(
            "STO-012",
            "This object store does not heed conditions: it writes where it was told not to.",
            address,
            "Of two who land at once, one would undo what the other brought.",
            "Choose an object store with conditional writes (If-Match, If-None-Match).",
        )
    )
