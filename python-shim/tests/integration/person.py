"""A user of a real hub, whose servers a real bridge starts."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from stage import Bridge, Hub, docker, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

TINY, NOTEBOOK = "homeport-test/tiny:1", "homeport-test/notebook:1"


class Person:
    """A user of the hub, and what there is of their servers on this machine."""

    def __init__(self, name: str, hub: Hub, bridge: Bridge) -> None:
        self.name = name
        self.hub = hub
        self.bridge = bridge
        hub.api("POST", self._path()).raise_for_status()

    def start(self, server: str = "", **options: Any) -> None:
        """Return when the server is ready, raise when it is not to be had."""
        self.hub.start_server(self.name, server, **options)

    @contextmanager
    def starting(self, server: str = "", **options: Any) -> Iterator[Iterator[dict[str, Any]]]:
        """Start a server; inside, read what its spawn page is told, up to the end."""
        with ThreadPoolExecutor(1) as pool:
            start = pool.submit(self.start, server, **options)
            wait_until(lambda: start.done() or self._is_spawning(server), "the start has begun")
            yield self.hub.progress(self.name, server)
            start.result()

    def servers(self) -> list[dict[str, Any]]:
        """Return what the bridge knows of this person's servers."""
        asked = self.bridge.api("GET", "servers", params={"user": self.name})
        items: list[dict[str, Any]] = asked.raise_for_status().json()["items"]
        return items

    def containers(self) -> dict[str, Any]:
        """Return this person's containers by server name as the engine has them, running or not."""
        by_network = f"label=org.homeport.network={self.bridge.name}"
        ids = docker("ps", "--all", "--quiet", "--filter", by_network).split()
        there = {c["Name"]: c for c in json.loads(docker("inspect", *ids))} if ids else {}
        names = {s["serverName"]: f"/{s['container']}" for s in self.servers()}
        return {server: there[name] for server, name in names.items() if name in there}

    def container(self, server: str = "") -> Any:
        """Return the container of one server."""
        return self.containers()[server]

    def leave(self) -> None:
        """Stop all servers and delete the user, as an administrator does."""
        for server in self._hubs_servers():
            self.hub.stop_server(self.name, server)
        self.hub.api("DELETE", self._path()).raise_for_status()

    def _is_spawning(self, server: str) -> bool:
        return bool(self._hubs_servers().get(server, {}).get("pending") == "spawn")

    def _hubs_servers(self) -> dict[str, Any]:
        servers: dict[str, Any] = self.hub.api("GET", self._path()).json()["servers"]
        return servers

    def _path(self) -> str:
        return f"users/{quote(self.name, safe='')}"
