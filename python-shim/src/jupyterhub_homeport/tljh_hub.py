"""Homeport in the hub of The Littlest JupyterHub: its settings, accounts and groups."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from tljh import user as accounts
from tljh.configurer import load_config
from tljh.normalize import generate_system_username

from ._exceptions import HomeportError
from .setup import setup_homeport
from .spawner import HomeportSpawner

if TYPE_CHECKING:
    from pathlib import Path

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

    Raises nothing: TLJH would restart its hub every few seconds without end. What is missing is
    said in the hub's log, and starts are refused until it is there.
    """
    told = (load_config().get("services") or {}).get("homeport") or {}
    c.Homeport.setdefault("token_file", str(token_file))
    for name, value in told.items():
        if name in TRAITS:
            c[TRAITS[name]][name] = value
        else:
            known = ", ".join(sorted(TRAITS))
            _say(f"services.homeport.{name} is no setting: use one of {known}.")
    if getattr(c.JupyterHub.get("spawner_class"), "__name__", "") == "UserCreatingSpawner":
        c.JupyterHub.spawner_class = TljhSpawner
    try:
        setup_homeport(c, deadline=30.0 if token_file.exists() else 0.0)
    except HomeportError as error:
        _say(f"{error} Then restart the hub: systemctl restart jupyterhub")


def _say(line: str) -> None:
    sys.stderr.write(f"Homeport: {line}\n")
