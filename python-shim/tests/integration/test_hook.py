"""Real DockerSpawner and SystemUserSpawner, in homes that a real bridge prepares."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

import pytest

from integration.person import TINY
from stage import Bridge, Hub, docker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "homeport-test-tiny-1"


class HookHub(Hub):
    """A hub with a spawner of its own; ``prefix`` begins the names of its containers."""

    def __init__(self, folder: Path, bridge: Bridge, spawner: str, prefix: str) -> None:
        self.prefix = prefix
        work = "/home/jovyan/work"
        traits = {
            "JupyterHub.spawner_class": f"dockerspawner.{spawner}",
            "JupyterHub.hub_ip": bridge.gateway,
            "Homeport.bridge_patience": 0,
            "DockerSpawner.image": TINY,
            "DockerSpawner.allowed_images": {"tiny": TINY, "other": "evil/miner:latest"},
            "DockerSpawner.pull_policy": "never",
            "DockerSpawner.prefix": prefix,
            "DockerSpawner.network_name": bridge.name,
            "DockerSpawner.use_internal_ip": True,
            "DockerSpawner.remove": True,
            # As in many a tutorial, which knows nothing of homes.
            "DockerSpawner.notebook_dir": work,
            "DockerSpawner.volumes": {
                f"{prefix}-{{username}}": work,
                str(folder): {"bind": "/srv/theirs", "mode": "ro"},
            },
            "DockerSpawner.environment": {"COLOUR": "blue"},
            # A server that is process 1 ignores what asks it to end.
            "DockerSpawner.extra_host_config": {"init": True},
        }
        super().__init__(folder, bridge.hub_lines(), traits)

    def container(self) -> Any:
        """Return the only container."""
        (only,) = docker("ps", "--all", "--quiet", "--filter", f"name=^{self.prefix}").split()
        return json.loads(docker("inspect", only))[0]

    def run(self, command: str) -> str:
        return docker("exec", self.container()["Id"], "sh", "-c", command)


@pytest.fixture(scope="module", params=["DockerSpawner", "SystemUserSpawner"])
def hook_hub(request: pytest.FixtureRequest, folder: Path, bridge: Bridge) -> Iterator[HookHub]:
    name = f"{bridge.name}-{request.param.lower()}"
    with HookHub(folder / name, bridge, request.param, name) as running:
        yield running


@pytest.fixture
def user(hook_hub: HookHub) -> Iterator[str]:
    name = f"user-{secrets.token_hex(3)}"
    hook_hub.api("POST", f"users/{name}").raise_for_status()
    yield name
    hook_hub.stop_server(name)
    hook_hub.api("DELETE", f"users/{name}").raise_for_status()
    docker("volume", "rm", "--force", f"{hook_hub.prefix}-{name}")


def mounts(container: Any) -> list[tuple[str, str, bool]]:
    return sorted((m["Destination"], m["Source"], m["RW"]) for m in container["Mounts"])


def test_the_server_runs_in_the_users_home(
    hook_hub: HookHub, user: str, homes: Path, data: Path
) -> None:
    hook_hub.start_server(user)
    home = homes / user
    owner = home.stat()
    seen = hook_hub.run(
        "id -u; id -g; pwd; echo $HOME $COLOUR $JUPYTERHUB_ROOT_DIR; head -n 1 README.md"
    )
    assert seen.splitlines() == [
        str(owner.st_uid),
        str(owner.st_gid),
        f"{home}/{FOLDER}",
        f"{home} blue {home}",
        "# Welcome",
    ]
    hook_hub.run("echo mine > ~/mine.txt; cat /srv/data/measured.csv; test -d /srv/theirs")
    assert (home / "mine.txt").stat().st_uid == owner.st_uid
    written = hook_hub.run("touch /srv/data/mine 2>&1 || true")
    assert "Read-only file system" in written
    assert not (data / "mine").exists()
    assert hook_hub.container()["HostConfig"]["CapDrop"] == ["ALL"]
    assert hook_hub.request("GET", f"/user/{user}/api").is_success


def test_a_second_start_has_the_same_mounts_and_files(
    hook_hub: HookHub, user: str, homes: Path
) -> None:
    hook_hub.start_server(user)
    first = mounts(hook_hub.container())
    hook_hub.run("echo changed > README.md; rm check.sh")
    hook_hub.stop_server(user)
    hook_hub.start_server(user)
    assert mounts(hook_hub.container()) == first
    theirs = ["/home/jovyan/work", "/srv/theirs"]
    assert [mount[0] for mount in first] == sorted([str(homes / user), "/srv/data", *theirs])
    assert hook_hub.run("cat README.md; ls check.sh 2>/dev/null || true") == "changed"


def test_a_start_that_failed_leaves_no_mount_behind(
    hook_hub: HookHub, user: str, bridge: Bridge
) -> None:
    bridge.service.kill()
    refused = hook_hub.api("POST", f"users/{user}/server")
    assert refused.status_code == 503
    assert "does not answer" in refused.json()["message"]
    bridge.start()
    hook_hub.start_server(user)
    assert len(mounts(hook_hub.container())) == 4


def test_an_image_that_the_bridge_does_not_allow_is_refused(hook_hub: HookHub, user: str) -> None:
    refused = hook_hub.api("POST", f"users/{user}/server", json={"image": "other"})
    assert refused.status_code == 403
    assert "evil/miner:latest" in refused.json()["message"]
