"""One real bridge with pages and one real hub for all tests here."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from integration.visitor import visitor
from pages.registry import Registry
from pages.site import Site, running_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.visitor import Visitor


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
