"""The story of one start: ask for it, follow it, and ask again when the bridge has lost it."""

from __future__ import annotations

import asyncio
import contextlib
import math
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, Callable

from ._exceptions import BridgeUnavailable, HomeportError, ServerUnknown, StartFailed
from .client import Pauses
from .values import Event, Server

if TYPE_CHECKING:
    from .client import BridgeClient

# How the bridge calls a start that its own restart cut off.
INTERRUPTED = "interrupted"
ABANDON_SECONDS = 10.0


class ServerStart:
    """Brings one server up, through broken connections and restarts of the bridge."""

    def __init__(
        self, bridge: BridgeClient, request: dict[str, Any], report: Callable[[Event], None]
    ) -> None:
        """Take the body of ``POST /servers``; ``report`` hears each event once."""
        self._bridge = bridge
        self._request = request
        self._report = report
        self._seen = ""

    async def run(self) -> Server:
        """Return the server at the moment it answers; cancelled, leave nothing half-made."""
        try:
            server = await self._ask()
            pauses = Pauses(math.inf)
            while server.state != "running":
                seen = self._seen
                server = await self._follow(server)
                if self._seen != seen:
                    pauses = Pauses(math.inf)
                elif server.state != "running":
                    await pauses.pause()
        except asyncio.CancelledError:
            await self._abandon()
            raise
        return server

    async def _ask(self) -> Server:
        self._seen = ""
        return await self._bridge.post_server(self._request)

    async def _follow(self, server: Server) -> Server:
        """Listen until the stream ends. The server itself then says where the start stands."""
        try:
            await self._bridge.follow(server.id, self._hear, after=self._seen)
        except BridgeUnavailable:
            self._report(Event("", "progress", "Waiting for Homeport to answer again.", None))
        except ServerUnknown:
            return await self._ask()
        try:
            server = await self._bridge.server(server.id)
        except ServerUnknown:
            return await self._ask()
        if server.is_up:
            return server
        if server.failure and server.failure.code == INTERRUPTED:
            return await self._ask()
        if server.failure:
            raise StartFailed(*astuple(server.failure))
        raise StartFailed(
            "stopped",
            f"The server of {server.user} was stopped while it was starting.",
            "Start it again.",
        )

    def _hear(self, event: Event) -> None:
        self._seen = event.id
        self._report(event)

    async def _abandon(self) -> None:
        """Undo what was asked for; the hub's own stop() comes again if the bridge is away."""
        with contextlib.suppress(HomeportError, asyncio.TimeoutError):
            await asyncio.wait_for(self._stop(), ABANDON_SECONDS)

    async def _stop(self) -> None:
        server = await self._bridge.find(self._request["user"], self._request["serverName"])
        if server is not None and server.is_up:
            await self._bridge.stop(server.id)
