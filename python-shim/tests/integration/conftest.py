"""One real bridge and one real hub for all tests here, on a Docker network of their own."""

from __future__ import annotations

import secrets
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from integration.person import NOTEBOOK, TINY, Person
from stage import Bridge, Hub, Postgres, docker, stage_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session", autouse=True)
def images() -> None:
    for image in (TINY, NOTEBOOK):
        try:
            docker("image", "inspect", image)
        except subprocess.CalledProcessError as error:
            pytest.fail(f"{error.stderr.strip()}: run script/images, as root, with Docker running.")


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    with stage_folder() as made:
        yield made


@pytest.fixture(scope="session")
def homes(folder: Path) -> Path:
    made = folder / "homes"
    made.mkdir()
    return made


@pytest.fixture(scope="session")
def data(folder: Path) -> Path:
    """A data source that anyone could write to, were it not read-only in the servers."""
    source = folder / "data"
    source.mkdir()
    source.chmod(0o777)
    (source / "measured.csv").write_text("1,2\n")
    return source


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, folder: Path) -> Iterator[dict[str, Any]]:
    """Where the bridge keeps its state: a file of its own, or PostgreSQL when asked for."""
    if not request.config.getoption("--postgres"):
        yield {}
        return
    with Postgres(folder / "postgres") as postgres:
        yield {"database": postgres.url}


@pytest.fixture(scope="session")
def bridge(folder: Path, homes: Path, data: Path, database: dict[str, Any]) -> Iterator[Bridge]:
    with Bridge(
        folder / "bridge",
        f"homeport-test-{secrets.token_hex(3)}",
        accounts={"source": "virtual", "homes": str(homes)},
        data=[{"source": str(data), "target": "/srv/data"}],
        **database,
    ) as running:
        yield running


@pytest.fixture(scope="session")
def hub(folder: Path, bridge: Bridge) -> Iterator[Hub]:
    traits = {
        "HomeportSpawner.image": TINY,
        "Spawner.mem_limit": "512M",
        "Spawner.cpu_limit": 1,
        "Spawner.environment": {"COLOUR": "blue"},
    }
    with Hub(folder / "hub", bridge.hub_lines(), traits) as running:
        yield running


@pytest.fixture
def new_person(hub: Hub, bridge: Bridge) -> Iterator[Any]:
    people: list[Person] = []

    def make(name: str = "") -> Person:
        people.append(Person(name or f"user-{secrets.token_hex(3)}", hub, bridge))
        return people[-1]

    yield make
    for person in people:
        person.leave()


@pytest.fixture
def person(new_person: Any) -> Person:
    made: Person = new_person()
    return made


@pytest.fixture(autouse=True)
def logs(hub: Hub, bridge: Bridge) -> Iterator[None]:
    """Show, beside a failed test, what hub and bridge logged since the one before it."""
    yield
    for service in (hub.service, bridge.service):
        said = service.log.read_text(errors="replace")
        print(f"{service.log.name}:\n{said[_read.get(service.log, 0) :]}")
        _read[service.log] = len(said)


_read: dict[Path, int] = {}
