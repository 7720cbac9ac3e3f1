"""One real bridge with pages and one real hub for all tests here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from integration.visitor import visitor
from pages.registry import Registry
from pages.site import Site, running_site
from stage import stage_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from integration.visitor import Visitor


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    with stage_folder() as made:
        yield made


@pytest.fixture(scope="session")
def registry() -> Iterator[Registry]:
    with Registry() as running:
        yield running


@pytest.fixture(scope="session")
def site(folder: Path, registry: Registry) -> Iterator[Site]:
    images = ["homeport-test/*", f"{registry.host}/*"]
    with running_site(
        folder,
        environments={"images": images, "pull": "never"},
        backup={"remote": f"folder:{folder}/saved", "nightly": "02:00-03:00"},
    ) as running:
        yield running


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Visitor]:
    with visitor(tmp_path / "profile") as someone:
        yield someone
