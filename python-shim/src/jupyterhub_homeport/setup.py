"""``setup_homeport``: a hub's whole configuration for Homeport in one call."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import jupyterhub
from jupyterhub.utils import maybe_future
from traitlets.config.loader import LazyConfigValue
from traitlets.log import get_logger

from ._exceptions import HomeportError
from .client import address
from .configuration import Homeport
from .doorway import only_this_machine_reaches
from .hook import homeport_hook
from .spawner import HomeportSpawner

SERVICE = "homeport"
ACCESS = f"access:services!service={SERVICE}"
ADMIN_SCOPE = "custom:homeport:admin"
ADMIN_ROLE = "homeport-admin"
OURS = {"homeport", "jupyterhub_homeport.spawner.HomeportSpawner"}
SERVICE_SECONDS = 2
# The hub does not start with a token that is shorter.
SHORTEST_TOKEN = 8
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def setup_homeport(c: Any, **homeport: Any) -> None:
    """Make a hub use Homeport; what the configuration says already stays as it is.

    Call it at the end of ``jupyterhub_config.py``. ``homeport`` are traits of ``c.Homeport``, such
    as ``bridge_url`` and ``token_file``. A hub with a spawner of its own keeps that and gets
    ``homeport_hook``. Asks the bridge nothing: hub and bridge may start in any order. May be called
    twice.
    """
    for name, value in homeport.items():
        c.Homeport.setdefault(name, value)
    setup_roles(c)
    _setup_pages(c)
    _keep_servers(c)
    if _is_ours(c.JupyterHub.setdefault("spawner_class", "homeport")):
        _look_at_address(c)
    else:
        _setup_hook(c)


def setup_roles(c: Any) -> None:
    """Define the service, the scope of its administrators, and who may see its pages.

    JupyterHub refuses to start on a role that is there twice, so ours join those of that name.
    """
    hub = c.JupyterHub
    hub.custom_scopes = {
        ADMIN_SCOPE: {"description": "Manage Homeport: servers, environments and homes."},
        **_value(hub, "custom_scopes", {}),
    }
    services = _value(hub, "services", [])
    _named(services, SERVICE)
    hub.services = services

    roles = _value(hub, "load_roles", [])
    admins = _named(roles, ADMIN_ROLE)
    _add_scopes(admins, [ADMIN_SCOPE])
    if hub_admins := _value(c.Authenticator, "admin_users", set()):
        admins["users"] = sorted({*admins.get("users", []), *hub_admins})
    has_user_role = any(role.get("name") == "user" for role in roles)
    if has_user_role or jupyterhub.version_info < (6,):
        _add_scopes(_named(roles, "user"), [ACCESS], default=["self"])
    else:
        hub.extra_user_scopes = {*_value(hub, "extra_user_scopes", set()), ACCESS}
    hub.load_roles = roles


def _setup_pages(c: Any) -> None:
    """Let the hub show the bridge's pages, and sign people in to them.

    Hub and bridge share the hub's token for it. A bridge on a Unix socket, which the hub's proxy
    does not reach, has no pages; nor has one whose token is not there yet.
    """
    homeport = Homeport(config=c)
    service = _named(c.JupyterHub.services, SERVICE)
    try:
        url = address(homeport.bridge_url)
        token = "" if "command" in service else homeport._token()
    except HomeportError:
        return
    if url.scheme != "http" or url.hostname not in LOOPBACK:
        return
    if "command" not in service:
        if len(token) < SHORTEST_TOKEN:
            return
        service.setdefault("api_token", token)
    service.setdefault("url", homeport.bridge_url)
    if jupyterhub.version_info >= (6,):
        # The hub opens to nobody while it waits for a service; the pages come when the bridge does.
        service.setdefault("timeout", SERVICE_SECONDS)
    service.setdefault("oauth_no_confirm", True)
    service.setdefault("oauth_client_allowed_scopes", [ADMIN_SCOPE])


def _is_ours(spawner_class: Any) -> bool:
    if isinstance(spawner_class, type):
        return issubclass(spawner_class, HomeportSpawner)
    return spawner_class in OURS


def _keep_servers(c: Any) -> None:
    """Let servers outlive the hub, which ends them by default when it restarts."""
    if c.JupyterHub.setdefault("cleanup_servers", False):
        get_logger().warning(
            "Homeport: c.JupyterHub.cleanup_servers is True, so each restart of the hub ends every"
            " server. Remove that line, or set it to False."
        )


def _look_at_address(c: Any) -> None:
    """Say it now when servers are told to look for the hub in their own container."""
    for section, name in (
        ("JupyterHub", "hub_connect_ip"),
        ("JupyterHub", "hub_connect_url"),
        ("Spawner", "hub_connect_url"),
    ):
        value = c[section].get(name)
        host = value if name.endswith("_ip") else _host(value or "")
        if value and only_this_machine_reaches(host or ""):
            get_logger().warning(
                "Homeport: no server reaches the hub at c.%s.%s = %r from its container. Remove"
                " that line: Homeport then finds the address itself.",
                section,
                name,
                value,
            )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _setup_hook(c: Any) -> None:
    theirs = c.Spawner.get("pre_spawn_hook")
    if getattr(theirs, "runs_homeport", False) or theirs is homeport_hook:
        return

    async def both(spawner: Any) -> None:
        await maybe_future(theirs(spawner))
        await homeport_hook(spawner)

    both.runs_homeport = True  # type: ignore[attr-defined]
    c.Spawner.pre_spawn_hook = both if callable(theirs) else homeport_hook


def _value(section: Any, name: str, empty: Any) -> Any:
    """Return a copy of what is configured; it may be changes to a default that is empty."""
    value = section.get(name, empty)
    if isinstance(value, LazyConfigValue):
        return value.get_value(empty)
    return type(empty)(value)


def _named(entries: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return the entry of this name, as one that is ours to change; added when it is missing."""
    for place, entry in enumerate(entries):
        if entry.get("name") == name:
            entries[place] = dict(entry)
            return entries[place]
    entries.append({"name": name})
    return entries[-1]


def _add_scopes(role: dict[str, Any], scopes: list[str], default: list[str] | None = None) -> None:
    there = role.get("scopes", default or [])
    role["scopes"] = list(dict.fromkeys([*there, *scopes]))
