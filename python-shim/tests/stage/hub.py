"""A JupyterHub with its proxy, its database in a folder."""

from __future__ import annotations

import json
import os
import secrets
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from stage.bridge import ROOT
from stage.patience import SECONDS
from stage.service import TLS, Service, free_port, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from typing_extensions import Self

PROXY = ROOT / "build/node/node_modules/.bin"


class Hub:
    """Runs in ``folder``; anyone signs in with ``password``.

    ``lines`` end its configuration: those of the guides, which ``Bridge.hub_lines`` has. ``traits``
    are what a site may choose besides, such as ``{"Spawner.mem_limit": "1G"}``. People reach it at
    ``port``, or at any free one.
    """

    def __init__(
        self, folder: Path, lines: str, traits: dict[str, Any] | None = None, port: int = 0
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.url = f"http://127.0.0.1:{port or free_port()}"
        self.password = secrets.token_urlsafe(9)
        self.token = secrets.token_hex(16)
        config = folder / "jupyterhub_config.py"
        config.touch(mode=0o600)
        config.write_text(
            "".join(
                f"c.{trait} = {value!r}\n"
                for trait, value in {**self.own_traits(folder), **(traits or {})}.items()
            )
            + lines
        )
        command = [sys.executable, "-m", "jupyterhub", "--config", str(config)]
        path = f"{PROXY}{os.pathsep}{os.environ['PATH']}"
        self.service = Service(command, folder / "hub.log", {"PATH": path})

    def own_traits(self, folder: Path) -> dict[str, Any]:
        """Where it is and who may enter: nothing of what a server is or how it lives."""
        return {
            "JupyterHub.bind_url": self.url,
            "JupyterHub.hub_port": free_port(),
            "ConfigurableHTTPProxy.api_url": f"http://127.0.0.1:{free_port()}",
            "ConfigurableHTTPProxy.pid_file": str(folder / "proxy.pid"),
            "JupyterHub.db_url": f"sqlite:///{folder / 'hub.sqlite'}",
            "JupyterHub.cookie_secret_file": str(folder / "cookie_secret"),
            "JupyterHub.authenticator_class": "dummy",
            "DummyAuthenticator.password": self.password,
            "Authenticator.allow_all": True,
            "JupyterHub.allow_named_servers": True,
            # A request for a server answers when it is ready or has failed, and not before.
            "JupyterHub.tornado_settings": {"slow_spawn_timeout": SECONDS},
            "JupyterHub.services": [{"name": "stage", "api_token": self.token}],
            "JupyterHub.load_roles": [{"name": "admin", "services": ["stage"]}],
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        self.service.start(self._answers)

    def stop(self) -> None:
        """Ends the hub and its proxy; servers stay."""
        self.service.stop()

    def api(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request as administrator, such as ``api("POST", "users/ada")``."""
        return self.request(method, f"/hub/api/{path}", **options)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request as administrator to any path, a user's server included."""
        headers = {"Authorization": f"token {self.token}"}
        return httpx.request(
            method,
            self.url + path,
            **{"headers": headers, "timeout": SECONDS, "verify": TLS, **options},
        )

    def start_server(self, user: str, server: str = "", **options: Any) -> None:
        """Asks for a user's server, and returns when it is ready."""
        self.api("POST", f"users/{quote(user, safe='')}")
        self.api("POST", self._server_path(user, server), json=options).raise_for_status()

    def progress(self, user: str, server: str = "") -> Iterator[dict[str, Any]]:
        """The events of a start under way, as the spawn page gets them."""
        url = f"{self.url}/hub/api/{self._server_path(user, server)}/progress"
        headers = {"Authorization": f"token {self.token}"}
        with httpx.stream("GET", url, headers=headers, timeout=SECONDS) as response:
            response.raise_for_status()
            for line in response.iter_lines():
                if line.startswith("data:"):
                    yield json.loads(line.removeprefix("data:"))

    def stop_server(self, user: str, server: str = "") -> None:
        """Stops a user's server and returns when the hub says that it is gone."""
        self.api("DELETE", self._server_path(user, server)).raise_for_status()
        wait_until(lambda: not self.server_exists(user, server), f"{user}'s server has stopped")

    def finds_running(self, user: str) -> bool:
        """Whether the hub, which polls before it says so, takes the server for running."""
        answer = self.api("POST", self._server_path(user, ""))
        return answer.status_code == 400 and "already running" in answer.json()["message"]

    def server_exists(self, user: str, server: str = "") -> bool:
        shown = self.api("GET", f"users/{quote(user, safe='')}").json()
        servers: dict[str, Any] = shown.get("servers", {})
        return server in servers and not servers[server].get("stopped", False)

    @staticmethod
    def _server_path(user: str, server: str) -> str:
        path = f"users/{quote(user, safe='')}/server"
        return f"{path}s/{quote(server, safe='')}" if server else path

    def _answers(self) -> bool:
        try:
            return self.api("GET", "").is_success
        except httpx.TransportError:
            return False
