"""Where servers reach a hub that listens on loopback: at their network's gateway, too.

The bridge knows the gateway, and it may answer long after the hub has started. So the hub starts
without it, and listens there as soon as it is known.
"""

from __future__ import annotations

import asyncio
import ipaddress
from typing import TYPE_CHECKING, Any, Callable

from jupyterhub.app import JupyterHub
from tornado.netutil import bind_sockets

from ._exceptions import BridgeUnavailable, HomeportError

if TYPE_CHECKING:
    from .client import BridgeClient

SOON, LATER = 1.0, 30.0
EVERYWHERE = {"", "*", "0.0.0.0", "::"}  # noqa: S104 - an administrator's choice, not ours


def is_needed_by(hub: Any) -> bool:
    """Whether the configuration says nowhere at which address servers reach the hub."""
    if hub.connect_url or hub.connect_ip:
        return False
    return hub.ip in EVERYWHERE or only_this_machine_reaches(hub.ip)


def only_this_machine_reaches(host: str) -> bool:
    """Whether an address leads nowhere from inside a container."""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return host in {"", "localhost"}
    return ip.is_loopback or ip.is_unspecified


class Doorway:
    """The second address of the hub that runs in this process."""

    def __init__(self) -> None:
        """Know of no address yet."""
        self._url = ""
        self._open: set[tuple[str, int]] = set()
        self._watch: asyncio.Task[None] | None = None

    async def url(self, ask: Callable[[], BridgeClient]) -> str:
        """Return the address for servers, at which the hub listens.

        Raises ``BridgeUnavailable`` when the bridge does not say, ``HomeportError`` when the hub
        cannot listen there.
        """
        if not self._url:
            await self._look(ask())
        return self._url

    def watch(self, ask: Callable[[], BridgeClient], say: Callable[[str], None]) -> None:
        """Open it as soon as hub and bridge are there, and again when the gateway has changed.

        May be called often. ``say`` is told what is in the way, once.
        """
        if self._watch is None or self._watch.done():
            self._watch = asyncio.ensure_future(self._keep_open(ask, say))

    async def _keep_open(self, ask: Callable[[], BridgeClient], say: Callable[[str], None]) -> None:
        said = ""
        while True:
            try:
                await self._look(ask())
                said = ""
            except HomeportError as error:
                if str(error) != said:
                    said = str(error)
                    say(f"Servers do not reach the hub yet: {said}")
            await asyncio.sleep(SOON if said else LATER)

    async def _look(self, bridge: BridgeClient) -> None:
        gateway = (await bridge.status(deadline=max(bridge.patience, LATER))).gateway
        if not gateway:
            raise BridgeUnavailable(
                "no-network",
                "Homeport's bridge has no Docker network yet, so nobody knows the hub's address"
                " on it.",
                "Start Docker; `homeport doctor` says what is wrong.",
            )
        hub = _running_hub()
        port = int(hub.hub.port)
        if hub.hub.ip not in EVERYWHERE and (gateway, port) not in self._open:
            self._listen(hub, gateway, port)
        host = f"[{gateway}]" if ":" in gateway else gateway
        self._url = f"http://{host}:{port}"

    def _listen(self, hub: Any, gateway: str, port: int) -> None:
        try:
            hub.http_server.add_sockets(bind_sockets(port, gateway))
        except OSError as error:
            raise HomeportError(
                "hub-cannot-listen",
                f"The hub cannot listen on {gateway}:{port}, where its servers would reach it:"
                f" {error.strerror}.",
                "Set c.JupyterHub.hub_ip, or c.Spawner.hub_connect_url, to an address that"
                " containers reach.",
            ) from error
        self._open.add((gateway, port))


def _running_hub() -> Any:
    hub = JupyterHub.instance() if JupyterHub.initialized() else None
    if hub is None or hub.http_server is None:
        raise BridgeUnavailable("hub-starts", "The hub is still starting.", "Try again.")
    return hub


DOORWAY = Doorway()
