"""Homeport in the hub of The Littlest JupyterHub: its settings, accounts and groups."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from tljh import user as accounts
from tljh.configurer import load_config
from tljh.normalize import generate_system_username
from traitlets import TraitError, Unicode

from ._exceptions import HomeportError
from .client import BridgeClient
from .configuration import Homeport
from .setup import setup_homeport
from .spawner import HomeportSpawner

if TYPE_CHECKING:
    from pathlib import Path


class Told(Homeport):
    """The settings of ``services.homeport``, to try a value on."""

    image = Unicode()


TRAITS = {
    "bridge_url": "Homeport",
    "bridge_patience": "Homeport",
    "token_file": "Homeport",
    "image": "HomeportSpawner",
}


class TljhSpawner(HomeportSpawner):
    """Makes accounts and groups as TLJH's own spawner does, which it takes the place of."""

    async def start(self) -> str:
        """See to the account first: the bridge finds it, and the plan has its groups."""
        name = generate_system_username(f"jupyter-{self.user.name}")
        accounts.ensure_user(name)  # calls tljh_new_user_create, once
        accounts.ensure_user_group(name, "jupyterhub-users")
        if self.user.admin:
            accounts.ensure_user_group(name, "jupyterhub-admins")
        else:
            accounts.remove_user_group(name, "jupyterhub-admins")
        for group, members in self._configured_groups().items():
            if self.user.name in members:
                accounts.ensure_user_group(name, group)
        return await super().start()

    def _configured_groups(self) -> dict[str, list[str]]:
        """Return ``users.extra_user_groups``, which TLJH gives to its own spawner only."""
        groups: dict[str, list[str]] = self.config.UserCreatingSpawner.get("user_groups") or {}
        return groups


def configure(c: Any, token_file: Path) -> None:
    """Set up the hub from ``tljh-config set services.homeport.…``.

    Raises nothing: TLJH would restart its hub every few seconds without end. What is wrong or
    missing is said in the hub's log, and starts are refused until it is right.
    """
    try:
        _configure(c, token_file)
    except Exception as error:  # whatever it is, a hub without Homeport is better than none
        _say(f"{type(error).__name__}: {error}")


def _configure(c: Any, token_file: Path) -> None:
    c.Homeport.setdefault("token_file", str(token_file))
    for name, value in _told().items():
        problem = _problem(name, value)
        if problem:
            _say(problem)
        else:
            c[TRAITS[name]][name] = value
    if getattr(c.JupyterHub.get("spawner_class"), "__name__", "") == "UserCreatingSpawner":
        c.JupyterHub.spawner_class = TljhSpawner
    setup_homeport(c)


def _told() -> dict[str, Any]:
    services = (load_config() or {}).get("services") or {}
    told = services.get("homeport") if isinstance(services, dict) else None
    if told is None or isinstance(told, dict):
        return told or {}
    _say(f"services.homeport is {told!r:.100}: set its parts, such as services.homeport.image.")
    return {}


def _problem(name: str, value: Any) -> str:
    """Say what is wrong with a setting, "" when it is right."""
    if name not in TRAITS:
        known = ", ".join(sorted(TRAITS))
        return f"services.homeport.{name} is not a setting: use one of {known}."
    try:
        Told(**{name: value})
        if name == "bridge_url":
            BridgeClient(value, "")
    except (TraitError, HomeportError) as error:
        return f"services.homeport.{name} is left out: {error}"
    return ""


def _say(line: str) -> None:
    sys.stderr.write(f"Homeport: {line}\n")
