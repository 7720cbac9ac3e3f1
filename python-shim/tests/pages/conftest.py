"""One real bridge with pages and one real hub for all tests here."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from integration.person import TINY
from integration.visitor import visitor
from pages.registry import Registry
from pages.site import Site
from stage import Bridge, Hub, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.visitor import Visitor

SETUP = """
from jupyterhub_homeport import setup_homeport
setup_homeport(c, bridge_url=%r, token_file=%r)
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.integration)
            item.add_marker(pytest.mark.timeout(180))


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder that every account may pass through, as the users' homes lie in it."""
    made = Path(tempfile.mkdtemp(prefix="homeport-pages-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def registry() -> Iterator[Registry]:
    with Registry() as running:
        yield running


@pytest.fixture(scope="session")
def site(folder: Path, registry: Registry) -> Iterator[Site]:
    port, token_file, homes = free_port(), folder / "hub.token", folder / "homes"
    homes.mkdir()
    with Bridge(
        folder / "bridge",
        f"homeport-test-{secrets.token_hex(3)}",
        accounts={"source": "virtual", "homes": str(homes)},
        environments={"images": ["homeport-test/*", f"{registry.host}/*"], "pull": "never"},
        backup={"remote": f"folder:{folder}/saved", "nightly": "02:00-03:00"},
        hub={"api": f"http://{{gateway}}:{port}/hub/api", "token-file": str(token_file)},
    ) as bridge:
        token = bridge.api("POST", "tokens", json={"name": "hub", "scope": "hub"}).json()["token"]
        token_file.write_text(token)
        traits = {
            "JupyterHub.hub_bind_url": f"http://{bridge.gateway}:{port}",
            "Authenticator.admin_users": {"chief"},
            "HomeportSpawner.image": TINY,
        }
        lines = SETUP % (bridge.url, str(token_file))
        with Hub(folder / "hub", bridge.gateway, traits, lines) as hub:
            yield Site(hub, bridge, homes)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Visitor]:
    with visitor(tmp_path / "profile") as someone:
        yield someone
