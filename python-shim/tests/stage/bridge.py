"""A bridge with its own Docker network, folder and database."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from stage.service import Service, free_port

if TYPE_CHECKING:
    from types import TracebackType

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

    ``settings`` are the sections of homeport.yaml that differ from the stage's own.
    """

    def __init__(self, folder: Path, name: str, **settings: Any) -> None:
        self.name = name
        self.state = folder / "state"
        self.url = f"http://127.0.0.1:{free_port()}"
        config = folder / "homeport.yaml"
        folder.mkdir(parents=True, exist_ok=True)
        # JSON is YAML.
        config.write_text(
            json.dumps(
                {
                    "listen": self.url.removeprefix("http://"),
                    "state": str(self.state),
                    "environments": {"images": ["homeport-test/*"], "pull": "never"},
                    **settings,
                    "docker": {"network": name, **settings.get("docker", {})},
                },
                indent=2,
            )
        )
        command = ["sh", str(LAUNCHER), "serve", "--config", str(config)]
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

    def api(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request as administrator, such as ``api("GET", "servers")``."""
        return httpx.request(
            method,
            f"{self.url}/api/v1/{path}",
            headers={"Authorization": f"Bearer {self.token}"},
            **options,
        )

    def start(self) -> None:
        self.service.start(self._answers)

    def close(self) -> None:
        """Stops it and removes its network with all containers on it."""
        self.service.stop()
        on_it = f"network={self.name}"
        if containers := docker("ps", "--all", "--quiet", "--filter", on_it).split():
            docker("rm", "--force", *containers)
        if docker("network", "ls", "--quiet", "--filter", f"name=^{self.name}$"):
            docker("network", "rm", self.name)

    def _answers(self) -> bool:
        try:
            return self.api("GET", "status").is_success
        except (httpx.TransportError, FileNotFoundError):
            return False
