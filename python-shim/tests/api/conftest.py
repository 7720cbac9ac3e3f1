"""A bridge for each file of tests here, with two users at home."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from stage import Bridge, stage_folder, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USERS = ["ada", "bob"]
IMAGE = "homeport-test/tiny:1"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with stage_folder() as made:
        yield made


@pytest.fixture(scope="module")
def bridge(folder: Path) -> Iterator[Bridge]:
    (folder / "homes").mkdir()
    with Bridge(
        folder / "bridge",
        f"homeport-test-{secrets.token_hex(3)}",
        environments={"images": ["homeport-test/*", "localhost:9/*/*"], "pull": "never"},
        accounts={"source": "virtual", "homes": str(folder / "homes")},
        backup={"remote": f"folder:{folder}/saved", "after-stop": False},
    ) as running:
        yield running


@pytest.fixture(scope="module")
def backups(bridge: Bridge) -> list[int]:
    """The number of a backup of each user."""
    return [back_up(bridge, user) for user in USERS]


def back_up(bridge: Bridge, user: str) -> int:
    """Makes the user's home and saves it."""
    request = {"user": user, "image": IMAGE}
    bridge.api("POST", "plans", json=request).raise_for_status()
    run = bridge.api("POST", f"users/{user}/backups").raise_for_status().json()
    path = f"users/{user}/backups/{run['number']}"
    wait_until(lambda: bridge.api("GET", path).json()["status"] == "done", f"{user} is saved")
    number: int = run["number"]
    return number
