"""The ways to get a user's server that the benchmarks compare."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from stage import Bridge, Hub, docker, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
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
    # One for all: making a client costs the processor that is measured.
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(
            timeout=PATIENCE, limits=httpx.Limits(max_connections=None)
        )
    )

    def welcome(self, users: Sequence[str]) -> None:
        """Makes the hub know these users."""
        self.hub.api("POST", "users", json={"usernames": users}).raise_for_status()

    def start(self, user: str) -> None:
        response = self.http.post(
            f"{self.hub.url}/hub/api/users/{user}/server",
            headers={"Authorization": f"token {self.hub.token}"},
        )
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

    def create_and_start(self, user: str) -> None:
        name = self._name(user)
        self._ask("POST", f"/containers/create?name={name}", json=self.like)
        self._ask("POST", f"/containers/{name}/start")

    def start(self, user: str) -> None:
        self.create_and_start(user)
        name = self._name(user)
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


@dataclass
class ByBridge:
    """What a spawner does: asks the bridge, and follows what it tells."""

    bridge: Bridge
    image: str
    command: Sequence[str] = ()

    def __post_init__(self) -> None:
        self._http = httpx.Client(
            base_url=f"{self.bridge.url}/api/v1/",
            headers={"Authorization": f"Bearer {self.bridge.token}"},
            timeout=PATIENCE,
            limits=httpx.Limits(max_connections=None),
        )

    def start(self, user: str, until: str = '"type":"ready"') -> None:
        """Returns at the event that contains ``until``."""
        prefix = f"/user/{user}/"
        body = {
            "user": user,
            "serverName": "",
            "image": self.image,
            "command": self.command,
            "environment": {"JUPYTERHUB_SERVICE_PREFIX": prefix},
            "port": 8888,
            "answersAt": f"{prefix}api",
        }
        self._http.post("servers", json=body).raise_for_status()
        with self._http.stream("GET", f"servers/{user}/events") as events:
            for line in events.iter_lines():
                if until in line:
                    return
        msg = f"The server of {user} did not start: see {self.bridge.service.log}."
        raise RuntimeError(msg)

    def stop(self, user: str) -> None:
        self._http.delete(f"servers/{user}").raise_for_status()


@contextmanager
def a_bridge(folder: Path) -> Iterator[Bridge]:
    """One that makes the accounts of its users itself, with their homes in the folder."""
    homes = folder / "homes"
    homes.mkdir()
    accounts = {"source": "virtual", "homes": str(homes)}
    with Bridge(folder / "bridge", "homeport-bench", accounts=accounts) as bridge:
        yield bridge


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code < httpx.codes.INTERNAL_SERVER_ERROR
    except httpx.TransportError:
        return False


@contextmanager
def on_stage(
    folder: Path, image: str, user: str, spawners: Sequence[str], bridge: Bridge
) -> Iterator[tuple[ByEngine, dict[str, ByHub]]]:
    """The Engine API, HomeportSpawner and these ``spawners`` of dockerspawner, warm.

    All share the bridge's Docker network; each spawner has a hub of its own.
    """
    with ExitStack() as stack:

        def hub(spawner: str, traits: dict[str, Any], lines: str = "") -> ByHub:
            name = spawner.rpartition(".")[2]
            own = {
                "JupyterHub.spawner_class": spawner,
                **({} if lines else {"JupyterHub.hub_ip": bridge.gateway}),
                "Spawner.start_timeout": PATIENCE,
                **{f"{name}.{trait}": value for trait, value in traits.items()},
            }
            return ByHub(stack.enter_context(Hub(folder / name, lines, own)))

        homeport = hub(
            "jupyterhub_homeport.spawner.HomeportSpawner",
            {"image": image},
            bridge.hub_lines(),
        )
        theirs = {
            name: hub(
                f"dockerspawner.{name}",
                {
                    "image": image,
                    "network_name": bridge.name,
                    "remove": True,
                    # As Homeport does: a busybox that is process 1 would take 10 s to stop.
                    "extra_host_config": {"init": True},
                    "prefix": f"{bridge.name}-{name.lower()}",
                },
            )
            for name in spawners
        }
        by_hub = {"HomeportSpawner": homeport, **theirs}
        for contender in by_hub.values():
            contender.welcome([user])
            contender.start(user)
        like = _like_that_of(theirs["DockerSpawner"], user, bridge.name)
        for contender in by_hub.values():
            contender.stop(user)
        yield ByEngine(like, bridge.name), by_hub


def _like_that_of(spawner: ByHub, user: str, network: str) -> dict[str, Any]:
    """The running container's image, command, environment and network, with a token that lasts."""
    state = spawner.hub.api("GET", f"users/{user}?include_stopped_servers=1").json()["servers"][""][
        "state"
    ]
    config = json.loads(docker("inspect", state["object_id"]))[0]["Config"]
    token = spawner.hub.api("POST", f"users/{user}/tokens").json()["token"]
    env = [*config["Env"], f"JUPYTERHUB_API_TOKEN={token}", f"JPY_API_TOKEN={token}"]
    return {
        "Image": config["Image"],
        "Cmd": config["Cmd"],
        "Env": env,
        "HostConfig": {"NetworkMode": network},
    }
