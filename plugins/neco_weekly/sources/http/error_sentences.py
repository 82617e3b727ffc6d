"""What went wrong with a request, in one sentence: errors of sockets, TLS, HTTP and requests as a FetchError."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from requests import RequestException
from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError

from ...model.errors import FailureCode, FetchError
from ...model.text import one_line, shortened
from .connection import TooMuchError
from .response import Response
from .web_address import WebAddress


class ConnectionFailedError(FetchError):
    """The connection failed or broke, which is worth another attempt. `part` is what came and can be used, if any."""

    def __init__(self, address: WebAddress, reason: BaseException, *, part: Response | None = None) -> None:
        told = shortened(one_line(str(reason)), 200)
        super().__init__(f"{address.url}: the connection failed: {told}", code=FailureCode.CONNECTION)
        self.part = part


@contextmanager
def explained(address: WebAddress, timeout: float) -> Iterator[None]:
    """Raise what fails in the context as a FetchError of one sentence, about a request that had `timeout` seconds."""
    try:
        yield
    except (OSError, HTTPException, HTTPError, RequestException, TooMuchError) as error:
        raise _as_fetch_error(address, timeout, tuple(_told_by(error))) from error


def _as_fetch_error(address: WebAddress, timeout: float, errors: tuple[BaseException, ...]) -> FetchError:
    for error in errors:
        if isinstance(error, ssl.SSLCertVerificationError):
            message = f"{address.url}: the certificate cannot be trusted: {error.verify_message}"
            return FetchError(message, code=FailureCode.CERTIFICATE)
        if isinstance(error, TimeoutError | ReadTimeoutError):
            return FetchError(f"{address.url} took longer than {timeout:g} s", code=FailureCode.TIMEOUT)
        if isinstance(error, TooMuchError):
            return FetchError(f"{address.url} sends far more than an answer needs", code=FailureCode.TOO_LONG)
        if isinstance(error, DecodeError):
            message = f"{address.url}: the answer is not compressed the way it says"
            return FetchError(message, code=FailureCode.COMPRESSION)
    return ConnectionFailedError(address, errors[-1])


def _told_by(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that it was made of, outermost first.

    Each layer takes the error of the layer below as its last argument. Not by `__context__`: behind the innermost one
    stands there whatever a caller was handling when it asked.
    """
    inner: object = error
    while isinstance(inner, BaseException):
        yield inner
        inner = inner.args[-1] if inner.args else None
