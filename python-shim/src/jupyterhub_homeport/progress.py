"""What happened during a start, for as many spawn pages as look at it."""

from __future__ import annotations

import asyncio
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from .values import Event


class Progress:
    """The events of one start; each reader gets all of them from the first, then waits for more."""

    def __init__(self) -> None:
        """Start empty and open."""
        self._events: list[Event] = []
        self._closed = False
        self._changed: list[asyncio.Future[None]] = []

    def add(self, event: Event) -> None:
        """Show one more event to every reader."""
        self._events.append(event)
        self._wake()

    def close(self) -> None:
        """Send the readers home: nothing more will come."""
        self._closed = True
        self._wake()

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Yield every event until the start has ended."""
        read = 0
        while True:
            while read < len(self._events):
                yield self._events[read]
                read += 1
            if self._closed:
                return
            waiter = asyncio.get_running_loop().create_future()
            self._changed.append(waiter)
            await waiter

    def _wake(self) -> None:
        waiters, self._changed = self._changed, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)


def shown(event: Event) -> dict[str, Any]:
    """Write an event as the spawn page reads it: plain text, and HTML with all of it escaped."""
    html = escape(event.message)
    shown: dict[str, Any] = {
        "message": event.message,
        "html_message": f"<strong>{html}</strong>" if event.type == "warning" else html,
    }
    if event.percent is not None:
        shown["progress"] = event.percent
    return shown
