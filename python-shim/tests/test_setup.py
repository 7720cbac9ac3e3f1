"""One call configures a hub, and undoes nothing that is configured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jupyterhub
import pytest
from traitlets.config import Config

from fake_bridge import TOKEN
from jupyterhub_homeport import homeport_hook, setup_homeport
from jupyterhub_homeport.setup import ACCESS, ADMIN_ROLE, ADMIN_SCOPE, setup_roles

if TYPE_CHECKING:
    from pathlib import Path

    from fake_bridge import FakeBridge


def config_for(bridge: FakeBridge) -> Any:
    config = Config()
    config.Homeport.bridge_url = bridge.url
    config.Homeport.token = TOKEN
    return config


def roles(config: Any) -> dict[str, list[str]]:
    names = [role["name"] for role in config.JupyterHub.load_roles]
    assert len(names) == len(set(names))
    return {role["name"]: role["scopes"] for role in config.JupyterHub.load_roles}


def test_what_is_configured_stays_and_nobody_is_asked(bridge: FakeBridge) -> None:
    config = config_for(bridge)
    config.JupyterHub.hub_ip = "10.0.0.1"
    setup_homeport(config, bridge_url="http://127.0.0.1:1", bridge_patience=3)
    assert config.JupyterHub.hub_ip == "10.0.0.1"
    assert config.JupyterHub.spawner_class == "homeport"
    assert config.Homeport.bridge_url == bridge.url
    assert config.Homeport.bridge_patience == 3
    assert bridge.asked == []


@pytest.mark.parametrize("spawner", ["homeport", "dockerspawner.DockerSpawner"])
def test_servers_outlive_a_restart_of_the_hub(bridge: FakeBridge, spawner: str) -> None:
    config = config_for(bridge)
    config.JupyterHub.spawner_class = spawner
    setup_homeport(config)
    assert config.JupyterHub.cleanup_servers is False


def test_a_hub_that_is_told_to_end_its_servers_does_so_with_a_warning(
    bridge: FakeBridge, caplog: pytest.LogCaptureFixture
) -> None:
    config = config_for(bridge)
    config.JupyterHub.cleanup_servers = True
    setup_homeport(config)
    assert config.JupyterHub.cleanup_servers is True
    assert "each restart of the hub ends every server" in caplog.text


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("JupyterHub", "hub_connect_ip", "127.0.0.1"),
        ("JupyterHub", "hub_connect_url", "http://localhost:8081"),
        ("Spawner", "hub_connect_url", "http://127.0.0.1:8081"),
    ],
)
def test_an_address_that_leads_nowhere_from_a_container_is_named_at_once(
    bridge: FakeBridge, caplog: pytest.LogCaptureFixture, section: str, name: str, value: str
) -> None:
    config = config_for(bridge)
    config[section][name] = value
    setup_homeport(config)
    assert f"no server reaches the hub at c.{section}.{name} = '{value}'" in caplog.text


@pytest.mark.parametrize("address", ["127.0.0.1", "172.20.0.1", ""])
def test_where_the_hub_listens_needs_no_warning(
    bridge: FakeBridge, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    config = config_for(bridge)
    config.JupyterHub.hub_ip = address
    setup_homeport(config)
    assert caplog.text == ""


def test_another_spawner_keeps_its_place_and_gets_the_hook(bridge: FakeBridge) -> None:
    config = config_for(bridge)
    config.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
    setup_homeport(config)
    assert config.JupyterHub.spawner_class == "dockerspawner.DockerSpawner"
    assert config.Spawner.pre_spawn_hook is homeport_hook
    assert "hub_ip" not in config.JupyterHub


async def test_a_hook_that_is_there_runs_first(bridge: FakeBridge) -> None:
    ran: list[Any] = []
    config = config_for(bridge)
    config.JupyterHub.spawner_class = "dockerspawner.DockerSpawner"
    config.Spawner.pre_spawn_hook = ran.append
    setup_homeport(config)
    hook = config.Spawner.pre_spawn_hook
    setup_homeport(config)
    assert config.Spawner.pre_spawn_hook is hook
    with pytest.raises(AttributeError, match="NoneType"):
        await hook(None)  # ours, which wants a spawner
    assert ran == [None]


def test_roles_join_those_of_the_same_name() -> None:
    config = Config()
    config.JupyterHub.load_roles = [
        {"name": "user", "scopes": ["self", "shares!user"]},
        {"name": ADMIN_ROLE, "groups": ["staff"], "scopes": [ADMIN_SCOPE]},
    ]
    config.JupyterHub.services = [{"name": "homeport", "url": "http://127.0.0.1:9"}]
    config.JupyterHub.custom_scopes = {ADMIN_SCOPE: {"description": "mine"}}
    for _ in range(2):
        setup_roles(config)
    assert roles(config) == {"user": ["self", "shares!user", ACCESS], ADMIN_ROLE: [ADMIN_SCOPE]}
    assert config.JupyterHub.load_roles[1]["groups"] == ["staff"]
    assert config.JupyterHub.services == [{"name": "homeport", "url": "http://127.0.0.1:9"}]
    assert config.JupyterHub.custom_scopes == {ADMIN_SCOPE: {"description": "mine"}}


def test_what_was_appended_before_is_kept() -> None:
    config = Config()
    config.JupyterHub.load_roles.append({"name": "user", "users": ["ada"]})
    config.JupyterHub.services.extend([{"name": "culler"}])
    setup_roles(config)
    assert roles(config)["user"] == ["self", ACCESS]
    assert [service["name"] for service in config.JupyterHub.services] == ["culler", "homeport"]


def test_the_hub_signs_people_in_to_the_pages() -> None:
    config = Config()
    config.Authenticator.admin_users = {"chief"}
    for _ in range(2):
        setup_homeport(config, token=TOKEN)
    (service,) = config.JupyterHub.services
    if jupyterhub.version_info >= (6,):
        assert service.pop("timeout") == 2
    assert service == {
        "name": "homeport",
        "url": "http://127.0.0.1:8787",
        "api_token": TOKEN,
        "oauth_no_confirm": True,
        "oauth_client_allowed_scopes": [ADMIN_SCOPE],
    }
    (admins,) = (r for r in config.JupyterHub.load_roles if r["name"] == ADMIN_ROLE)
    assert admins["users"] == ["chief"]


@pytest.mark.parametrize("bridge_url", ["unix:///run/homeport/bridge.sock", "http://10.0.0.2:8787"])
def test_pages_are_shown_of_a_bridge_on_loopback_only(bridge_url: str) -> None:
    config = Config()
    setup_homeport(config, token=TOKEN, bridge_url=bridge_url)
    assert config.JupyterHub.services == [{"name": "homeport"}]


@pytest.mark.parametrize("token", [b"", b"short", b"\xff\xfe a file of another kind"])
def test_a_token_that_is_none_leaves_the_pages_out_and_stops_no_hub(
    tmp_path: Path, token: bytes
) -> None:
    (file := tmp_path / "token").write_bytes(token)
    config = Config()
    setup_homeport(config, token_file=str(file))
    assert config.JupyterHub.services == [{"name": "homeport"}]


@pytest.mark.parametrize("url", ["http://[::1", "http://127.0.0.1:bridge", "nowhere"])
def test_an_address_that_is_none_stops_no_hub(url: str) -> None:
    config = Config()
    config.JupyterHub.hub_connect_url = url
    setup_homeport(config, token=TOKEN, bridge_url=url)
    assert config.JupyterHub.services == [{"name": "homeport"}]


def test_a_service_that_the_hub_starts_keeps_the_token_that_the_hub_makes() -> None:
    config = Config()
    config.JupyterHub.services = [{"name": "homeport", "command": ["homeport", "serve"]}]
    setup_homeport(config, token=TOKEN)
    assert "api_token" not in config.JupyterHub.services[0]


def test_users_may_see_the_service_without_losing_what_they_may() -> None:
    config = Config()
    setup_roles(config)
    if jupyterhub.version_info < (6,):
        assert roles(config)["user"] == ["self", ACCESS]
    else:
        assert "user" not in roles(config)
        assert config.JupyterHub.extra_user_scopes == {ACCESS}
