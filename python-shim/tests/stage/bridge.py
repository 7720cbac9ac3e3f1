"""A bridge with its own Docker network, folder and database."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from stage.patience import SECONDS
from stage.service import TLS, Service, free_port

if TYPE_CHECKING:
    from types import TracebackType

    from stage.engine import Engine

ROOT = Path(__file__).resolve().parents[3]
LAUNCHER = ROOT / "bridge/src/main/launcher/homeport"


def docker(*arguments: str) -> str:
    """What the docker command prints."""
    return subprocess.run(
        ["docker", *arguments],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


class Bridge:
    """Runs in ``folder``; its network and containers are called ``name``.

    It uses the machine's engine unless it is given another one. ``settings`` are the sections of
    homeport.yaml that differ from the stage's own.
    """

    def __init__(
        self, folder: Path, name: str, *, engine: Engine | None = None, **settings: Any
    ) -> None:
        self.name = name
        self.docker = engine.docker if engine else docker
        self.state = folder / "state"
        self.url = f"http://127.0.0.1:{free_port()}"
        self.config = folder / "homeport.yaml"
        folder.mkdir(parents=True, exist_ok=True)
        # JSON is YAML.
        self.config.write_text(
            json.dumps(
                {
                    "listen": self.url.removeprefix("http://"),
                    "state": str(self.state),
                    "environments": {"images": ["homeport-test/*"], "pull": "never"},
                    **settings,
                    "docker": {
                        "network": name,
                        **({"host": engine.host} if engine else {}),
                        **settings.get("docker", {}),
                    },
                },
                indent=2,
            )
        )
        command = ["sh", str(LAUNCHER), "serve", "--config", str(self.config)]
        cache = {"HOMEPORT_CACHE": str(ROOT / "build/cache")}
        self.service = Service(command, folder / "bridge.log", cache)

    def __enter__(self) -> Bridge:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def token_file(self) -> Path:
        """Holds the token of the local administrator."""
        return self.state / "admin.token"

    @property
    def token(self) -> str:
        return self.token_file.read_text().strip()

    @property
    def gateway(self) -> str:
        """The address at which containers of this bridge reach the host."""
        gateway: str = self.api("GET", "status").json()["network"]["gateway"]
        return gateway

    @property
    def hub_token_file(self) -> Path:
        """Holds the token of the hub, once ``hub_lines`` has made it."""
        return self.config.with_name("hub.token")

    def hub_lines(self) -> str:
        """The lines by which a hub uses this bridge, as the guides have them."""
        if not self.hub_token_file.exists():
            made = self.api("POST", "tokens", json={"name": "hub", "scope": "hub"})
            self.hub_token_file.touch(mode=0o600)
            self.hub_token_file.write_text(made.raise_for_status().json()["token"])
        return (
            "from jupyterhub_homeport import setup_homeport\n"
            f"setup_homeport(c, token_file={str(self.hub_token_file)!r}, bridge_url={self.url!r})\n"
        )

    def api(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request as administrator, such as ``api("GET", "servers")``."""
        return httpx.request(
            method,
            f"{self.url}/api/v1/{path}",
            headers={"Authorization": f"Bearer {self.token}"},
            **{"timeout": SECONDS, "verify": TLS, **options},
        )

    def start(self) -> None:
        self.service.start(self._answers)

    def close(self) -> None:
        """Stops it and removes its network with all containers on it."""
        self.service.stop()
        on_it = f"network={self.name}"
        if containers := self.docker("ps", "--all", "--quiet", "--filter", on_it).split():
            self.docker("rm", "--force", *containers)
        if self.docker("network", "ls", "--quiet", "--filter", f"name=^{self.name}$"):
            # An engine that was killed may know ends of containers that are gone.
            network = json.loads(self.docker("network", "inspect", self.name))[0]
            for end in network["Containers"].values():
                self.docker("network", "disconnect", "--force", self.name, end["Name"])
            self.docker("network", "rm", self.name)

    def _answers(self) -> bool:
        try:
            # It also answers while the engine is away, and says so.
            return self.api("GET", "status").status_code in {200, 503}
        except (httpx.TransportError, FileNotFoundError):
            return False
