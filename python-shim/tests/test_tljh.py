"""The TLJH plugin, held against TLJH's hook specifications, which are in no registry.

What TLJH's own modules do is written down here as far as the plugin calls them; the real installer
is not part of this test.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
import types
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

import pluggy
import pytest
from traitlets.config import Config

from fake_bridge import TOKEN
from jupyterhub_homeport import service

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fake_bridge import FakeBridge

# tljh/hooks.py: each hook and its arguments.
SPECIFICATIONS: dict[str, list[str]] = {
    "tljh_extra_user_conda_packages": [],
    "tljh_extra_user_conda_channels": [],
    "tljh_extra_user_pip_packages": [],
    "tljh_extra_hub_pip_packages": [],
    "tljh_extra_apt_packages": [],
    "tljh_custom_jupyterhub_config": ["c"],
    "tljh_config_post_install": ["config"],
    "tljh_post_install": [],
    "tljh_new_user_create": ["username"],
}


class Tljh:
    """TLJH as the hub imports it: its configuration, and what it is asked to do to accounts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.config: dict[str, Any] = {}
        self.asked: list[tuple[str, ...]] = []
        package = self._module(monkeypatch, "tljh")
        package.user = self._module(
            monkeypatch,
            "tljh.user",
            **{
                name: self._remember(name)
                for name in ("ensure_user", "ensure_user_group", "remove_user_group")
            },
        )
        self._module(monkeypatch, "tljh.configurer", load_config=lambda: self.config)
        self._module(monkeypatch, "tljh.normalize", generate_system_username=lambda name: name)
        monkeypatch.delitem(sys.modules, "jupyterhub_homeport.tljh_hub", raising=False)
        monkeypatch.delattr("jupyterhub_homeport.tljh_hub", raising=False)

    def _remember(self, name: str) -> Callable[..., None]:
        return lambda *arguments: self.asked.append((name, *arguments))

    @staticmethod
    def _module(monkeypatch: pytest.MonkeyPatch, name: str, **content: Any) -> Any:
        module = types.ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
        return module


@pytest.fixture
def tljh(monkeypatch: pytest.MonkeyPatch) -> Tljh:
    return Tljh(monkeypatch)


@pytest.fixture
def plugin() -> Any:
    (entry,) = entry_points(group="tljh")
    return entry.load()


@pytest.fixture
def hooks(plugin: Any) -> Any:
    """Register the plugin as TLJH does; what TLJH does not specify is refused."""
    manager = pluggy.PluginManager("tljh")
    specifications = types.ModuleType("hooks")
    mark = pluggy.HookspecMarker("tljh")
    for name, arguments in SPECIFICATIONS.items():
        signature = f"def {name}({', '.join(arguments)}): ..."
        exec(signature, vars(specifications))  # noqa: S102
        mark(getattr(specifications, name))
    manager.add_hookspecs(specifications)
    manager.register(plugin)
    manager.check_pending()
    return manager.hook


def hub_config(bridge: FakeBridge) -> Any:
    config = Config()
    config.Homeport.bridge_url = bridge.url
    config.Homeport.token = TOKEN
    config.Homeport.bridge_patience = 0
    config.JupyterHub.spawner_class = type("UserCreatingSpawner", (), {})
    return config


def test_the_installer_gets_java_and_an_engine_only_where_there_is_none(
    hooks: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    which = shutil.which
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    assert hooks.tljh_extra_apt_packages() == [["openjdk-17-jre-headless", "docker.io"]]
    (tmp_path / "dockerd").touch(mode=0o755)
    monkeypatch.setattr("shutil.which", which)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hooks.tljh_extra_apt_packages() == [["openjdk-17-jre-headless"]]


def test_the_installer_imports_the_plugin_before_a_hub_is_there() -> None:
    script = (
        "import sys, jupyterhub_homeport.tljh_plugin\n"
        "print(*{'jupyterhub', 'tornado', 'httpx', 'tljh'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"


@pytest.mark.usefixtures("tljh")
def test_tljhs_spawner_is_replaced_and_its_roles_are_kept(hooks: Any, bridge: FakeBridge) -> None:
    config = hub_config(bridge)
    config.JupyterHub.load_roles = [{"name": "user", "scopes": ["self"]}]
    hooks.tljh_custom_jupyterhub_config(c=config)
    assert config.JupyterHub.spawner_class.__name__ == "TljhSpawner"
    assert [role["name"] for role in config.JupyterHub.load_roles].count("user") == 1


def test_tljh_config_sets_what_the_hub_needs(
    hooks: Any, tljh: Tljh, bridge: FakeBridge, capsys: pytest.CaptureFixture[str]
) -> None:
    tljh.config = {"services": {"homeport": {"image": "plasmabio/python:1", "imgae": "x"}}}
    config = hub_config(bridge)
    hooks.tljh_custom_jupyterhub_config(c=config)
    assert config.HomeportSpawner.image == "plasmabio/python:1"
    assert "services.homeport.imgae is not a setting" in capsys.readouterr().err


@pytest.mark.usefixtures("tljh")
async def test_the_hub_starts_before_the_bridge_is_installed(
    hooks: Any, bridge: FakeBridge
) -> None:
    await bridge.die()
    config = hub_config(bridge)
    hooks.tljh_custom_jupyterhub_config(c=config)
    assert config.JupyterHub.spawner_class.__name__ == "TljhSpawner"
    assert "hub_ip" not in config.JupyterHub


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bridge_patience", "soon"),
        ("bridge_patience", -1),
        ("bridge_patience", [1]),
        ("bridge_url", "127.0.0.1:8787"),
        ("bridge_url", 8787),
        ("bridge_url", "http://[::1"),
        ("bridge_url", "http://127.0.0.1:bridge"),
        ("token_file", {"a": 1}),
        ("image", 5),
        ("image", ["a"]),
    ],
)
def test_a_value_that_is_wrong_is_named_and_stops_nothing(
    hooks: Any,
    tljh: Tljh,
    bridge: FakeBridge,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: Any,
) -> None:
    tljh.config = {"services": {"homeport": {name: value}}}
    config = hub_config(bridge)
    hooks.tljh_custom_jupyterhub_config(c=config)
    assert f"services.homeport.{name} is left out" in capsys.readouterr().err
    assert config.JupyterHub.spawner_class.__name__ == "TljhSpawner"
    assert config.Homeport.bridge_url == bridge.url
    assert "image" not in config.HomeportSpawner


@pytest.mark.parametrize(
    "told",
    [None, {}, {"services": None}, {"services": []}, {"services": {"homeport": "on"}}],
)
def test_settings_of_any_shape_stop_nothing(
    hooks: Any, tljh: Tljh, bridge: FakeBridge, told: Any
) -> None:
    tljh.config = told
    config = hub_config(bridge)
    hooks.tljh_custom_jupyterhub_config(c=config)
    assert config.JupyterHub.spawner_class.__name__ == "TljhSpawner"


@pytest.mark.usefixtures("tljh")
def test_a_hub_that_cannot_be_set_up_starts_all_the_same(
    hooks: Any, bridge: FakeBridge, capsys: pytest.CaptureFixture[str]
) -> None:
    config = hub_config(bridge)
    config.JupyterHub.services = "none of the kind"
    hooks.tljh_custom_jupyterhub_config(c=config)
    assert "Homeport: " in capsys.readouterr().err


class Commands:
    """What the plugin runs on the host, and how often the bridge is not there yet."""

    def __init__(self, away: int) -> None:
        self.away = away
        self.run: list[list[str]] = []

    def __call__(self, command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.run.append(command)
        done = 0
        if "token" in command:
            self.away -= 1
            done = int(self.away >= 0)
        return subprocess.CompletedProcess(command, done, f"{TOKEN}\n", "It does not answer.")


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, plugin: Any) -> Path:
    """Everything that the plugin writes on a host, in a folder."""
    monkeypatch.setattr(plugin, "HUB_TOKEN", tmp_path / "hub.token")
    monkeypatch.setattr(service, "CONFIG", tmp_path / "homeport.yaml")
    monkeypatch.setattr(service, "COMMAND", tmp_path / "homeport")
    monkeypatch.setattr(service, "UNITS", tmp_path)
    monkeypatch.setattr("time.sleep", lambda _: None)
    return tmp_path


def test_the_installer_waits_for_a_bridge_that_is_late(
    hooks: Any, host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subprocess.run", commands := Commands(away=90))
    hooks.tljh_post_install()
    assert (host / "hub.token").read_text() == f"{TOKEN}\n"
    assert (host / "hub.token").stat().st_mode & 0o777 == 0o600
    assert commands.run[-1] == ["systemctl", "try-restart", "jupyterhub.service"]


@pytest.mark.usefixtures("tljh")
def test_what_the_installer_could_not_do_the_next_start_of_the_hub_does(
    hooks: Any,
    host: Path,
    plugin: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    bridge: FakeBridge,
) -> None:
    monkeypatch.setattr(plugin, "ANSWERS_WITHIN", 0.0)
    monkeypatch.setattr("subprocess.run", Commands(away=1))
    hooks.tljh_post_install()
    assert not (host / "hub.token").exists()
    assert "restart the hub, which then gets one" in caplog.text
    hooks.tljh_custom_jupyterhub_config(c=hub_config(bridge))
    assert (host / "hub.token").read_text() == f"{TOKEN}\n"


@pytest.mark.usefixtures("tljh")
def test_a_token_that_cannot_be_written_stops_no_hub(
    hooks: Any,
    host: Path,
    plugin: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    bridge: FakeBridge,
) -> None:
    monkeypatch.setattr(plugin, "HUB_TOKEN", host / "nowhere" / "hub.token")
    monkeypatch.setattr("subprocess.run", Commands(away=0))
    (host / service.NAME).touch()
    hooks.tljh_custom_jupyterhub_config(c=(config := hub_config(bridge)))
    assert config.JupyterHub.spawner_class.__name__ == "TljhSpawner"
    assert "cannot be kept" in caplog.text


def test_a_removal_leaves_no_command_behind(host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", Commands(away=0))
    service.install()
    (host / "homeport").symlink_to(host / "gone")
    service.remove()
    assert not (host / "homeport").is_symlink()
    assert not service.is_installed()


@pytest.mark.parametrize("admin", [False, True])
async def test_a_start_sees_to_account_and_groups_as_tljh_does(
    tljh: Tljh, new_spawner: Callable[..., Any], bridge: FakeBridge, *, admin: bool
) -> None:
    kind = importlib.import_module("jupyterhub_homeport.tljh_hub").TljhSpawner
    spawner = new_spawner(spawner_class=kind)
    spawner.config.UserCreatingSpawner.user_groups = {"course": ["ada"], "other": ["bob"]}
    spawner.user.admin = admin
    await spawner.start()
    assert tljh.asked == [
        ("ensure_user", "jupyter-ada"),
        ("ensure_user_group", "jupyter-ada", "jupyterhub-users"),
        (
            "ensure_user_group" if admin else "remove_user_group",
            "jupyter-ada",
            "jupyterhub-admins",
        ),
        ("ensure_user_group", "jupyter-ada", "course"),
    ]
    assert [post["user"] for post in bridge.posts] == ["ada"]
