"""A real hub whose sign-in brings a grant for Google Drive, and a real bridge that uses it."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from integration.person import TINY
from stage import Bridge, Drive, Hub, docker, wait_until
from stage.drive import SCOPE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EMAIL = "ada@campus.example"

# As oauthenticator's GoogleOAuthenticator: what Google's token end point answers, in auth_state.
SIGN_IN = """
import json, pathlib
from jupyterhub.auth import Authenticator

class PretendedGoogle(Authenticator):
    async def authenticate(self, handler, data):
        answer = json.loads(pathlib.Path(%r, data["username"]).read_text())
        return {"name": data["username"], "auth_state": {
            "access_token": answer["access_token"], "refresh_token": answer.get("refresh_token"),
            "id_token": None, "scope": answer["scope"].split(" "), "token_response": answer,
            "google_user": {"email": %r, "google_groups": []},
        }}

c.JupyterHub.authenticator_class = PretendedGoogle
"""


@pytest.fixture(scope="module")
def drive(folder: Path) -> Iterator[Drive]:
    with Drive(folder / "drive", EMAIL) as running:
        yield running


@pytest.fixture(scope="module")
def drive_bridge(folder: Path, drive: Drive) -> Iterator[Bridge]:
    homes = folder / "drive-homes"
    homes.mkdir()
    with Bridge(
        folder / "drive-bridge",
        f"homeport-test-{secrets.token_hex(3)}",
        accounts={"source": "virtual", "homes": str(homes)},
        backup=drive.settings,
    ) as running:
        yield running


class SignInHub(Hub):
    """A hub with a spawner of the two ways, whose users sign in with what Google answers."""

    def __init__(self, folder: Path, bridge: Bridge, spawner: str) -> None:
        self.folder = folder
        address = {"JupyterHub.hub_ip": bridge.gateway} if "." in spawner else {}
        traits = {
            **address,
            "JupyterHub.spawner_class": spawner,
            "Authenticator.enable_auth_state": True,
            "CryptKeeper.keys": [secrets.token_hex(32)],
            "Homeport.drive_from_sign_in": True,
            "HomeportSpawner.image": TINY,
            "DockerSpawner.image": TINY,
            "DockerSpawner.pull_policy": "never",
            "DockerSpawner.prefix": bridge.name,
            "DockerSpawner.network_name": bridge.name,
            "DockerSpawner.use_internal_ip": True,
            "DockerSpawner.remove": True,
            "DockerSpawner.extra_host_config": {"init": True},
        }
        super().__init__(folder, SIGN_IN % (str(folder), EMAIL) + bridge.hub_lines(), traits)

    def sign_in(self, answer: dict[str, Any]) -> str:
        """Sign a new user in; return their name."""
        user = f"user-{secrets.token_hex(3)}"
        (self.folder / user).write_text(json.dumps(answer))
        with httpx.Client(base_url=self.url) as browser:
            browser.get("/hub/login")
            form = {"username": user, "password": "any", "_xsrf": browser.cookies["_xsrf"]}
            assert browser.post("/hub/login", data=form).is_redirect
        return user


@pytest.fixture(scope="module", params=["homeport", "dockerspawner.DockerSpawner"])
def sign_in_hub(
    request: pytest.FixtureRequest, folder: Path, drive_bridge: Bridge
) -> Iterator[SignInHub]:
    made = folder / f"sign-in-{request.param}"
    with SignInHub(made, drive_bridge, request.param) as running:
        yield running


def test_who_signs_in_with_google_is_connected_without_a_second_consent(
    drive: Drive, drive_bridge: Bridge, sign_in_hub: SignInHub
) -> None:
    grant = drive.sign_in(EMAIL, f"openid {SCOPE}")
    user = sign_in_hub.sign_in(grant)
    sign_in_hub.start_server(user)
    connection = f"users/{user}/drive"
    wait_until(lambda: drive_bridge.api("GET", connection).is_success, "Drive is connected")
    assert drive_bridge.api("GET", connection).json()["email"] == EMAIL
    container = docker("ps", "--quiet", "--filter", f"network={drive_bridge.name}")
    logs = (sign_in_hub.service.log, drive_bridge.service.log)
    seen = docker("inspect", container) + "".join(log.read_text() for log in logs)
    assert user in seen
    assert grant["refresh_token"] not in seen
    sign_in_hub.stop_server(user)


@pytest.mark.parametrize(
    ("lacking", "remedy"), [("scope", "drive.file"), ("refresh_token", "offline")]
)
def test_a_sign_in_without_a_grant_starts_a_server_all_the_same(
    drive: Drive,
    drive_bridge: Bridge,
    sign_in_hub: SignInHub,
    lacking: str,
    remedy: str,
) -> None:
    answer = drive.sign_in(EMAIL, "openid" if lacking == "scope" else f"openid {SCOPE}")
    if lacking == "refresh_token":
        del answer["refresh_token"]
    user = sign_in_hub.sign_in(answer)
    sign_in_hub.start_server(user)
    said = f"The sign-in of {user} does not connect"

    def told() -> str:
        lines = sign_in_hub.service.log.read_text().splitlines()
        return "".join(line for line in lines if said in line)

    wait_until(lambda: remedy in told(), "the log says what to do")
    assert drive_bridge.api("GET", f"users/{user}/drive").status_code == 404
    sign_in_hub.stop_server(user)
