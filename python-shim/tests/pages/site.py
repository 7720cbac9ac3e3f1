"""A hub whose users see the bridge's pages."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from integration.person import TINY
from stage import Bridge, Hub, free_port, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from integration.visitor import Visitor

PAGES = "/services/homeport/"
CHIEF = "chief"


class Site:
    """A hub whose users see the bridge's pages."""

    def __init__(self, hub: Hub, bridge: Bridge, homes: Path) -> None:
        self.hub = hub
        self.bridge = bridge
        self.homes = homes

    def new_user(self, *files: str) -> str:
        """Make a user with a home, in which are these files."""
        name = f"user-{secrets.token_hex(3)}"
        prepared = self.bridge.api("POST", "plans", json={"user": name, "image": TINY})
        prepared.raise_for_status()
        for path in files:
            file = self.homes / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("first")

            for made in (file.parent, file):
                made.chmod(0o777)
        return name

    def start(self, name: str, image: str = TINY) -> None:
        """Start the user's server, and return when it runs."""
        request = {"user": name, "image": image}
        self.bridge.api("POST", "servers", json=request).raise_for_status()

        def state() -> Any:
            return self.bridge.api("GET", f"servers/{name}").json()["state"]

        wait_until(lambda: state() == "running", f"the server of {name} runs")

    def save(self, name: str) -> None:
        """Save a home, and return when it is saved."""
        self.bridge.api("POST", f"users/{name}/backups").raise_for_status()
        wait_until(lambda: self.last_save(name)["status"] == "done", f"{name} is saved")

    def last_save(self, name: str) -> dict[str, Any]:
        runs = self.bridge.api("GET", f"users/{name}/backups").json()["items"]
        return dict(runs[0]) if runs else {"status": "none"}

    def size(self, name: str) -> Any:
        """Return how big the home was when it was measured, if it was."""
        return self.bridge.api("GET", f"users/{name}").json()["size"]

    def sign_in(self, who: Visitor, name: str, page: str = "") -> None:
        """Ask for a page as somebody who is not signed in, and sign in on the way."""
        who.opens(self.hub.url + PAGES + page)
        who.types("#username_input", name)
        who.types("#password_input", self.hub.password)
        who.clicks("#login_submit")
        who.sees("#main")


@contextmanager
def running_site(folder: Path, port: int = 0, **settings: Any) -> Iterator[Site]:
    """Run a bridge with these settings, and a hub whose administrator is ``chief``."""
    api_port, homes = free_port(), folder / "homes"
    homes.mkdir(parents=True)
    token_file = folder / "bridge" / "hub.token"
    with Bridge(
        folder / "bridge",
        f"homeport-test-{secrets.token_hex(3)}",
        accounts={"source": "virtual", "homes": str(homes)},
        hub={"api": f"http://127.0.0.1:{api_port}/hub/api", "token-file": str(token_file)},
        **settings,
    ) as bridge:
        traits = {
            "JupyterHub.hub_port": api_port,
            "Authenticator.admin_users": {CHIEF},
            "HomeportSpawner.image": TINY,
        }
        with Hub(folder / "hub", bridge.hub_lines(), traits, port) as hub:
            yield Site(hub, bridge, homes)
