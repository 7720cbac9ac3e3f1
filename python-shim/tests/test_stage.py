"""The hubs of the tests are those of the guides: settings of their own would hide faults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stage import ROOT, Bridge, Hub

if TYPE_CHECKING:
    from pathlib import Path

# Where a hub is and who may enter it, which no guide can know, and how patient its API is.
OWN = {
    "Authenticator.allow_all",
    "ConfigurableHTTPProxy.api_url",
    "ConfigurableHTTPProxy.pid_file",
    "DummyAuthenticator.password",
    "JupyterHub.allow_named_servers",
    "JupyterHub.authenticator_class",
    "JupyterHub.bind_url",
    "JupyterHub.cookie_secret_file",
    "JupyterHub.db_url",
    "JupyterHub.hub_port",
    "JupyterHub.load_roles",
    "JupyterHub.services",
    "JupyterHub.tornado_settings",
}


def lines_of(guide: str) -> set[str]:
    """The Python of a guide, with its values left out."""
    page = (ROOT / "docs/how-to" / guide).read_text()
    blocks = re.findall(r"^ *```python\n(.*?)^ *```", page, re.MULTILINE | re.DOTALL)
    return {valueless(line) for block in blocks for line in block.splitlines() if line.strip()}


def valueless(line: str) -> str:
    return re.sub(r"""=\s*(?:"[^"]*"|'[^']*')""", "=…", line.strip())


def test_a_hub_of_the_tests_sets_where_it_is_and_nothing_of_its_servers(tmp_path: Path) -> None:
    assert set(Hub(tmp_path, "").own_traits(tmp_path)) == OWN


def test_a_hub_of_the_tests_uses_the_bridge_by_the_lines_of_the_guides(tmp_path: Path) -> None:
    bridge = Bridge(tmp_path, "homeport-test")
    bridge.hub_token_file.write_text("a token")
    imported, call = bridge.hub_lines().splitlines()
    # The port is the stage's own.
    call = call.replace(f", bridge_url={bridge.url!r}", "")
    for guide in ("install.md", "keep-your-spawner.md"):
        assert {imported, valueless(call)} <= lines_of(guide)
