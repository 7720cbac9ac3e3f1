"""The ways to get a user's server that the benchmarks compare."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from stage import Bridge, Hub, docker, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PATIENCE = 120


class Contender(Protocol):
    """One way to get a user's server."""

    def start(self, user: str) -> None:
        """Returns when the server of the user is ready."""

    def stop(self, user: str) -> None:
        """Returns when it is gone."""


@dataclass
class ByHub:
    """What a user does: asks the hub, and waits until it says that the server is ready."""

    hub: Hub

    def start(self, user: str) -> None:
        response = self.hub.api("POST", f"users/{user}/server", timeout=PATIENCE)
        if response.status_code != httpx.codes.CREATED:
            msg = f"The server of {user} did not start: {response.status_code} {response.text}"
            raise RuntimeError(msg)

    def stop(self, user: str) -> None:
        self.hub.stop_server(user)


@dataclass
class ByEngine:
    """The floor: create and start by the Engine's API, ready when the port answers."""

    like: Mapping[str, Any]
    network: str
    engine: httpx.Client = field(
        default_factory=lambda: httpx.Client(
            transport=httpx.HTTPTransport(uds="/var/run/docker.sock"),
            base_url="http://docker",
            timeout=PATIENCE,
        )
    )

    def start(self, user: str) -> None:
        name = self._name(user)
        body = {**self.like, "HostConfig": {"NetworkMode": self.network}}
        self._ask("POST", f"/containers/create?name={name}", json=body)
        self._ask("POST", f"/containers/{name}/start")
        settings = self._ask("GET", f"/containers/{name}/json").json()["NetworkSettings"]
        address = settings["Networks"][self.network]["IPAddress"]
        prefix = dict(line.split("=", 1) for line in self.like["Env"])["JUPYTERHUB_SERVICE_PREFIX"]
        url = f"http://{address}:8888{prefix}api"
        wait_until(lambda: _answers(url), f"{url} answers", pause=0.01)

    def stop(self, user: str) -> None:
        self._ask("DELETE", f"/containers/{self._name(user)}?force=true")

    def _name(self, user: str) -> str:
        return f"{self.network}-floor-{user}"

    def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.engine.request(method, path, **options).raise_for_status()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code < httpx.codes.INTERNAL_SERVER_ERROR
    except httpx.TransportError:
        return False


@contextmanager
def on_stage(folder: Path, image: str, user: str) -> Iterator[dict[str, Contender]]:
    """All contenders on one Docker network, each with a hub of its own, and each warm."""
    with ExitStack() as stack:
        bridge = stack.enter_context(Bridge(folder / "bridge", "homeport-bench"))

        def hub(spawner: str, traits: dict[str, Any]) -> ByHub:
            name = spawner.rpartition(".")[2]
            own = {
                "JupyterHub.spawner_class": spawner,
                # A request for a server then answers when it is ready, however long that takes.
                "JupyterHub.tornado_settings": {"slow_spawn_timeout": PATIENCE},
                "Spawner.start_timeout": PATIENCE,
                **{f"{name}.{trait}": value for trait, value in traits.items()},
            }
            return ByHub(stack.enter_context(Hub(folder / name, bridge.gateway, own)))

        homeport = hub(
            "jupyterhub_homeport.spawner.HomeportSpawner",
            {
                "bridge_url": bridge.url,
                "token": bridge.token,
                "image": image,
            },
        )
        theirs = {
            name: hub(
                f"dockerspawner.{name}",
                {
                    "image": image,
                    "network_name": bridge.name,
                    "remove": True,
                    "prefix": f"{bridge.name}-{name.lower()}",
                },
            )
            for name in ("DockerSpawner", "SystemUserSpawner")
        }
        by_hub = {"HomeportSpawner": homeport, **theirs}
        for contender in by_hub.values():
            contender.hub.api("POST", f"users/{user}").raise_for_status()
            contender.start(user)
        like = _like_that_of(theirs["DockerSpawner"], user)
        for contender in by_hub.values():
            contender.stop(user)
        yield {"Engine API": ByEngine(like, bridge.name), **by_hub}


def _like_that_of(spawner: ByHub, user: str) -> dict[str, Any]:
    """The running container's image, command and environment, with a token that lasts."""
    state = spawner.hub.api("GET", f"users/{user}?include_stopped_servers=1").json()["servers"][""][
        "state"
    ]
    config = json.loads(docker("inspect", state["object_id"]))[0]["Config"]
    token = spawner.hub.api("POST", f"users/{user}/tokens").json()["token"]
    env = [*config["Env"], f"JUPYTERHUB_API_TOKEN={token}", f"JPY_API_TOKEN={token}"]
    return {"Image": config["Image"], "Cmd": config["Cmd"], "Env": env}
