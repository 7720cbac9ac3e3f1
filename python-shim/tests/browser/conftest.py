"""A browser in front of a real hub, whose users have virtual accounts."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from selenium import webdriver

from stage import Bridge, Hub

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGS = [
    "--headless=new",
    "--no-sandbox",  # it runs as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--window-size=1280,900",
]


@pytest.fixture
def homes() -> Iterator[Path]:
    """A folder that users may walk through: pytest's own are for root alone."""
    with TemporaryDirectory(prefix="homeport-homes-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def hub(tmp_path: Path, homes: Path) -> Iterator[Hub]:
    """A hub with both test images on offer."""
    accounts = {"source": "virtual", "homes": str(homes)}
    environments = {"images": ["homeport-test/*"], "pull": "never"}
    with Bridge(
        tmp_path / "bridge", "homeport-browser", accounts=accounts, environments=environments
    ) as bridge:
        traits = {
            "JupyterHub.spawner_class": "homeport",
            "HomeportSpawner.bridge_url": bridge.url,
            "HomeportSpawner.token": bridge.token,
            "Spawner.default_url": "/lab",
        }
        with Hub(tmp_path / "hub", bridge.gateway, traits) as hub:
            yield hub


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    """Chromium with its own driver, both from the system: nothing is downloaded."""
    options = webdriver.ChromeOptions()
    for flag in [*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"]:
        options.add_argument(flag)
    driver = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
    yield driver
    driver.quit()
