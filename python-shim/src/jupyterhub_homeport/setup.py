"""``setup_homeport``: a hub's whole configuration for Homeport in one call."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import jupyterhub
from jupyterhub.utils import maybe_future
from traitlets.config.loader import LazyConfigValue

from ._exceptions import BridgeUnavailable, HomeportError
from .configuration import Homeport
from .hook import homeport_hook
from .spawner import HomeportSpawner

if TYPE_CHECKING:
    from .values import Status

SERVICE = "homeport"
ACCESS = f"access:services!service={SERVICE}"
ADMIN_SCOPE = "custom:homeport:admin"
ADMIN_ROLE = "homeport-admin"
OURS = {"homeport", "jupyterhub_homeport.spawner.HomeportSpawner"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# Any of these says where servers find the hub.
HUB_ADDRESSES = ("hub_ip", "hub_bind_url", "hub_connect_url", "hub_connect_ip")


def setup_homeport(c: Any, *, deadline: float = 30.0, **homeport: Any) -> None:
    """Make a hub use Homeport; what the configuration says already stays as it is.

    Call it at the end of ``jupyterhub_config.py``. ``homeport`` are traits of ``c.Homeport``, such
    as ``bridge_url`` and ``token_file``. A hub with a spawner of its own keeps that and gets
    ``homeport_hook``. Otherwise the hub listens at the address that its servers reach, which the
    bridge is asked for: raises ``BridgeUnavailable`` when it does not say within ``deadline``
    seconds. May be called twice.
    """
    for name, value in homeport.items():
        c.Homeport.setdefault(name, value)
    setup_roles(c)
    _setup_pages(c)
    if _is_ours(c.JupyterHub.setdefault("spawner_class", "homeport")):
        _setup_address(c, deadline)
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
    url = urlsplit(homeport.bridge_url)
    service = _named(c.JupyterHub.services, SERVICE)
    if url.scheme != "http" or url.hostname not in LOOPBACK:
        return
    if "command" not in service:
        try:
            service.setdefault("api_token", homeport._token())
        except HomeportError:
            return
    service.setdefault("url", homeport.bridge_url)
    service.setdefault("oauth_no_confirm", True)
    service.setdefault("oauth_client_allowed_scopes", [ADMIN_SCOPE])


def _is_ours(spawner_class: Any) -> bool:
    if isinstance(spawner_class, type):
        return issubclass(spawner_class, HomeportSpawner)
    return spawner_class in OURS


def _setup_address(c: Any, deadline: float) -> None:
    if any(name in c.JupyterHub for name in HUB_ADDRESSES):
        return
    gateway = _status(Homeport(config=c), deadline).gateway
    if not gateway:
        raise BridgeUnavailable(
            "no-network",
            "Homeport's bridge has no Docker network yet, so nobody knows the hub's address on it.",
            "Start Docker (`homeport doctor` says what is wrong), then start the hub again.",
        )
    c.JupyterHub.hub_ip = gateway


def _status(homeport: Homeport, deadline: float) -> Status:
    """Ask in a thread of its own: the hub reads its configuration inside its event loop."""
    bridge = homeport._bridge(patience=deadline)
    with ThreadPoolExecutor(1) as pool:
        try:
            return pool.submit(asyncio.run, bridge.status(deadline=deadline)).result()
        except BridgeUnavailable as error:
            raise BridgeUnavailable(
                error.code,
                f"{error.message} The hub does not know where its servers could reach it.",
                "Start the bridge before the hub, or set c.JupyterHub.hub_ip to the gateway of"
                " Homeport's Docker network.",
            ) from error


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
