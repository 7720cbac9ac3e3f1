"""Courses with a hub, a bridge and an engine of their own, any of which may fail."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from stage import Bridge, Engine, Hub, stage_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

TINY = "homeport-test/tiny:1"


@dataclass
class Course:
    """One hub, one bridge and one engine, and what their logs and containers tell."""

    engine: Engine
    bridge: Bridge
    hub: Hub
    homes: Path

    def all(self, act: Callable[[str], Any], users: Iterable[str]) -> list[Any]:
        """What the act returns for each user; they act side by side."""
        with ThreadPoolExecutor(16) as pool:
            return list(pool.map(act, users))

    def start(self, users: Iterable[str]) -> None:
        """Have the hub start those who do not run."""
        self.all(self.hub.start_server, [u for u in users if self.hub_has_none(u)])

    def containers(self) -> dict[str, str]:
        """Name → id, state and when it was started, of every container there is."""
        ids = self.engine.docker("ps", "--all", "--quiet").split()
        shown = "{{.Name}} {{.Id}} {{.State.Status}} {{.State.StartedAt}}"
        lines = self.engine.docker("inspect", "--format", shown, *ids) if ids else ""
        return dict(line.split(" ", 1) for line in lines.splitlines())

    def ask_bridge_for(self, user: str, **request: Any) -> None:
        """Ask for a server without a hub."""
        prefix = f"/user/{user}/"
        body = {
            "user": user,
            "serverName": "",
            "image": TINY,
            "environment": {"JUPYTERHUB_SERVICE_PREFIX": prefix},
            "port": 8888,
            "answersAt": f"{prefix}api",
            **request,
        }
        self.bridge.api("POST", "servers", json=body).raise_for_status()

    def server(self, user: str) -> Any:
        """The user's server as the bridge sees it."""
        answer = self.bridge.api("GET", "servers", params={"user": user})
        (server,) = answer.raise_for_status().json()["items"]
        return server

    def runs(self, user: str) -> bool:
        return bool(self.server(user)["state"] == "running")

    def hub_has_none(self, user: str) -> bool:
        return not self.hub.server_exists(user)

    def die(self) -> None:
        """Ends all three at once, as a crash would; containers are left to themselves."""
        for part in (self.hub.service, self.bridge.service, self.engine):
            part.kill()


@contextmanager
def a_course(*, live_restore: bool) -> Iterator[Course]:
    with stage_folder() as folder:
        homes = folder / "homes"
        homes.mkdir()
        with (
            Engine(folder / "engine", live_restore=live_restore) as engine,
            Bridge(
                folder / "bridge",
                f"homeport-test-{secrets.token_hex(3)}",
                engine=engine,
                accounts={"source": "virtual", "homes": str(homes)},
            ) as bridge,
        ):
            engine.borrow(TINY)
            traits = {"HomeportSpawner.image": TINY}
            with Hub(folder / "hub", bridge.hub_lines(), traits) as hub:
                try:
                    yield Course(engine, bridge, hub, homes)
                finally:
                    for service in (hub.service, bridge.service, engine.service):
                        print(f"{service.log}:\n{service.log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def course() -> Iterator[Course]:
    """One whose containers outlive their engine."""
    with a_course(live_restore=True) as made:
        yield made


@pytest.fixture(scope="module")
def frail_course() -> Iterator[Course]:
    """One whose containers end with their engine."""
    with a_course(live_restore=False) as made:
        yield made
