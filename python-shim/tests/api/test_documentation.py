"""Every curl in the reference of the REST API is tried, and every route has one."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

from api.conftest import IMAGE
from stage import ROOT, SECONDS, docker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from stage import Bridge

PAGE = (ROOT / "docs/reference/rest-api.md").read_text()
ITS_IMAGE = "plasmabio/template-python:12345"
ITS_ADDRESS = "http://127.0.0.1:8787"
# In a registry that is not there, since the page also fetches it.
OURS = "localhost:9/homeport-test/documented:1"
# Without Google: the tests of Drive have a pretended one.
NEEDS_GOOGLE = "/drive"

# The same as in the page, and in addition says what became of each request.
PREPARE = r"""
set -eu
BRIDGE={url}/api/v1
curl() {{ command curl -w '%{{stderr}}%{{method}} %{{url}} %{{http_code}}\n' "$@"; }}
api() {{ curl -sS -H "Authorization: Bearer $(cat {token})" \
  -H 'Content-Type: application/json' "$@"; }}
"""


@pytest.fixture(scope="module")
def image() -> Iterator[str]:
    """Another name of the image, since the page removes it."""
    docker("tag", IMAGE, OURS)
    yield OURS
    if docker("images", "--quiet", OURS):
        docker("rmi", OURS)


@pytest.fixture(scope="module")
def tried(
    bridge: Bridge, image: str, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[str, str, int]]:
    """Method, path and status of each request in the page, from the first to the last."""
    folder = tmp_path_factory.mktemp("page")
    (shared := folder / "prepare.sh").write_text(
        PREPARE.format(url=bridge.url, token=bridge.token_file)
    )
    return [
        request
        for command in commands()
        for request in run(shared, fitted(command, bridge, image), folder)
    ]


def commands() -> list[str]:
    """The page's requests; some go over several lines."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    parts = [part for block in blocks for part in re.split(r"^(?=\S)", block, flags=re.MULTILINE)]
    return [part for part in parts if part.startswith(("api ", "curl "))]


def fitted(command: str, bridge: Bridge, image: str) -> str:
    """The command for this bridge, with what is there in the place of the page's examples."""

    def newest(match: re.Match[str]) -> str:
        runs = bridge.api("GET", f"users/ada/{match[1]}").json()["items"]
        return f"{match[1]}/{runs[0]['number']}"

    command = command.replace(ITS_IMAGE, image).replace(ITS_ADDRESS, bridge.url)
    command = re.sub(r"(backups|restores|verifications)/\d+", newest, command)
    if '"run"' in command:
        run = bridge.api("GET", "users/ada/backups").json()["items"][0]["number"]
        command = re.sub(r'"run": \d+', f'"run": {run}', command)
    if "/tokens/" in command:
        made = bridge.api("POST", "tokens", json={"name": "x", "scope": "read"}).json()
        command = re.sub(r"/tokens/\w+", f"/tokens/{made['id']}", command)
    return command


def run(prepare: Path, command: str, folder: Path) -> list[tuple[str, str, int]]:
    done = subprocess.run(
        ["bash", "-c", f"source {prepare}; {command}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    requests = re.findall(r"^([A-Z]+) (\S+) (\d+)$", done.stderr, re.MULTILINE)
    assert requests, f"{command} makes no request: {done.stderr}"
    return [(method, urlsplit(url).path, int(status)) for method, url, status in requests]


def test_every_request_of_the_page_is_answered_as_it_says(
    tried: list[tuple[str, str, int]],
) -> None:
    declined = [
        request for request in tried if request[2] >= 300 and NEEDS_GOOGLE not in request[1]
    ]
    assert not declined


def test_every_route_has_a_request_in_the_page(
    tried: list[tuple[str, str, int]], bridge: Bridge
) -> None:
    paths = httpx.get(f"{bridge.url}/openapi.json").raise_for_status().json()["paths"]
    missing = [
        f"{method.upper()} {path}"
        for path, operations in paths.items()
        for method in operations.keys() & {"get", "post", "put", "patch", "delete"}
        if not any(
            method.upper() == asked and re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), where)
            for asked, where, _ in tried
        )
    ]
    assert not missing
