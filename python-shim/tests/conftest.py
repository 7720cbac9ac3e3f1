"""What the tests share: a bridge to talk to, and a hub's user to start servers for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from jupyterhub import orm
from jupyterhub.objects import Hub, Server
from jupyterhub.user import User
from jupyterhub.utils import url_escape_path, url_path_join
from traitlets.config import Config

from fake_bridge import TOKEN, FakeBridge
from jupyterhub_homeport.client import BridgeClient
from jupyterhub_homeport.spawner import HomeportSpawner
from stage.patience import SECONDS, TEST_SECONDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from jupyterhub.spawner import Spawner

WITH_A_REAL_HUB = {"integration", "outages", "pages"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres", action="store_true", help="the real bridge keeps its state in PostgreSQL"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(TEST_SECONDS))
        if item.path.parent.name in WITH_A_REAL_HUB:
            item.add_marker(pytest.mark.integration)


@pytest_asyncio.fixture(params=["tcp", "unix"])
async def bridge(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[FakeBridge]:
    fake = FakeBridge(tmp_path / "bridge.sock" if request.param == "unix" else None)
    fake.listen()
    yield fake
    await fake.die()


@pytest.fixture
def client(bridge: FakeBridge) -> BridgeClient:
    return BridgeClient(bridge.url, TOKEN, patience=SECONDS)


@pytest.fixture
def db() -> Iterator[Any]:
    session = orm.new_session_factory("sqlite:///:memory:")()
    yield session
    session.get_bind().dispose()
    session.close()


@pytest.fixture
def new_spawner(bridge: FakeBridge, db: Any) -> Callable[..., Any]:
    """Make spawners as the hub makes them, with its own User and database objects."""

    def make(
        user: str = "ada",
        name: str = "",
        *,
        groups: tuple[str, ...] = (),
        spawner_class: type[Spawner] = HomeportSpawner,
        hook: dict[str, Any] | None = None,
        **traits: Any,
    ) -> Any:
        config = Config()
        config.Homeport.bridge_url = bridge.url
        config.Homeport.token = TOKEN
        config.Homeport.bridge_patience = SECONDS
        config.HomeportHook.update(hook or {})
        kind = spawner_class.__name__
        config[kind].image = "plasmabio/template-python:12345"
        config[kind].update(traits)
        orm_user = orm.User.find(db, user) or orm.User(name=user)
        orm_user.groups = [orm.Group(name=group) for group in groups]
        db.add(orm_user)
        orm_spawner = orm.Spawner(name=name, user=orm_user)
        db.add(orm_spawner)
        db.commit()
        hub = Hub(ip="172.20.0.1", port=8081, base_url="/hub/")
        settings = {
            "spawner_class": spawner_class,
            "config": config,
            "hub": hub,
            "base_url": "/",
            "domain": "",
        }
        hub_user = User(orm_user, settings, db=db)
        spawner = hub_user.spawners[name]
        base_url = url_path_join(hub_user.base_url, url_escape_path(name), "/")
        orm_server = orm.Server(base_url=base_url)
        db.add(orm_server)
        db.commit()
        spawner.server = Server(orm_server=orm_server)
        return spawner

    return make
