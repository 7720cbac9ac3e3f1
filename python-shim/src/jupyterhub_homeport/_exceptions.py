"""What can go wrong, by what the caller does about it.

* ``HomeportError``

  * ``BridgeUnavailable``: nobody can answer now; the same request may work later.
  * ``RequestRefused``: the answer is no; the request has to change.

    * ``ServerUnknown``: the bridge has no such server.

  * ``StartFailed``: the server was not brought up; what was half made is gone again.

Each says what, which and what to do: ``message`` and ``remedy`` are sentences for people, ``code``
is stable and for programs, ``reference`` (may be empty) finds the matching lines in the bridge's
log.
"""

from __future__ import annotations


class HomeportError(Exception):
    """The root of the tree: everything that this package raises on purpose."""

    def __init__(self, code: str, message: str, remedy: str = "", reference: str = "") -> None:
        """Keep the four parts; ``str()`` of the error joins them for a log."""
        super().__init__(code, message, remedy, reference)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.reference = reference

    def __str__(self) -> str:
        """Message, remedy and reference in one line."""
        reference = f"(reference {self.reference})" if self.reference else ""
        return " ".join(part for part in (self.message, self.remedy, reference) if part)


class BridgeUnavailable(HomeportError):
    """The bridge, or the engine behind it, does not answer: ask again later."""


class RequestRefused(HomeportError):
    """The request is not one that the bridge carries out: change it."""

    def __init__(
        self,
        code: str,
        message: str,
        remedy: str = "",
        reference: str = "",
        *,
        status: int = 400,
    ) -> None:
        """Add the HTTP status that says whose turn it is (400 to 499)."""
        super().__init__(code, message, remedy, reference)
        self.status = status


class ServerUnknown(RequestRefused):
    """The bridge has no such server."""


class StartFailed(HomeportError):
    """The start was tried and given up."""
