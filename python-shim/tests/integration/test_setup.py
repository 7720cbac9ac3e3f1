"""A real hub that has nothing but ``setup_homeport``, and one that defines the same roles."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from integration.person import TINY, Person
from stage import Bridge, Hub

if TYPE_CHECKING:
    from pathlib import Path

THEIRS = """
c.JupyterHub.load_roles.extend([
    {"name": "user", "scopes": ["self", "read:users:name!user"]},
    {"name": "homeport-admin", "users": ["staff"], "scopes": ["read:hub"]},
])
c.JupyterHub.custom_scopes = {"custom:theirs:x": {"description": "theirs"}}
"""


@pytest.mark.parametrize("theirs", ["", THEIRS])
def test_the_hub_starts_and_its_servers_reach_it(folder: Path, bridge: Bridge, theirs: str) -> None:
    name = f"setup-{secrets.token_hex(3)}"
    traits = {"HomeportSpawner.image": TINY}
    with Hub(folder / name, theirs + bridge.hub_lines(), traits) as hub:
        person = Person(f"user-{name}", hub, bridge)
        person.start()
        told = dict(line.split("=", 1) for line in person.container()["Config"]["Env"])
        assert told["JUPYTERHUB_API_URL"].startswith(f"http://{bridge.gateway}:")
        assert "homeport" in hub.api("GET", "services").json()
        person.leave()
