"""Which spawner is spoken to in which way."""

from __future__ import annotations

import pwd
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

from . import render
from ._exceptions import HomeportError
from .render.parts import LAB

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from .render.parts import Expand, Traits
    from .values import Plan


class Mechanism(NamedTuple):
    """How to read a spawner and how to write to it."""

    reads: tuple[str, ...]
    render: Callable[[Plan, Traits, Expand], Traits]
    image: Callable[[Any], Awaitable[str]]
    expander: Callable[[Any], Expand]


def of(spawner: Any) -> Mechanism:
    """Return the way of the spawner's nearest class that has one."""
    for kind in type(spawner).__mro__:
        mechanism = _MECHANISMS.get(f"{kind.__module__}.{kind.__name__}")
        if mechanism:
            return mechanism
    known = ", ".join(name.rsplit(".", 1)[1] for name in _MECHANISMS)
    raise HomeportError(
        "unknown-spawner",
        f"homeport_hook cannot prepare servers for {type(spawner).__name__}.",
        f"Use one of {known}, or set c.JupyterHub.spawner_class = 'homeport' and no hook.",
    )


async def _docker_image(spawner: Any) -> str:
    """Return what DockerSpawner is about to start: it reads the choice later, in ``start``."""
    options = spawner.user_options
    choice = options.get("image") if isinstance(options, dict) else None
    return str(await spawner.check_allowed(choice) if choice else spawner.image)


async def _system_user_image(spawner: Any) -> str:
    """Say that an account which only the bridge knows has no uid yet.

    Otherwise SystemUserSpawner looks for it in passwd whenever the hub asks for its state.
    """
    try:
        pwd.getpwnam(spawner.user.name)
    except KeyError:
        spawner.user_id = spawner.group_id = -1
    return await _docker_image(spawner)


async def _kube_image(spawner: Any) -> str:
    """Apply the chosen profile now: in ``start`` it would set its volumes over the plan's."""
    await type(spawner).load_user_options(spawner)
    spawner.load_user_options = _nothing_more_to_load
    return str(spawner.image)


async def _nothing_more_to_load() -> None:
    pass


def _docker_expander(spawner: Any) -> Expand:
    return lambda template: str(spawner.format_volume_name(template, spawner))


def _kube_expander(spawner: Any) -> Expand:
    return lambda template: str(spawner._expand_user_properties(template))


_DOCKER = (
    "volumes",
    "read_only_volumes",
    "mounts",
    "environment",
    "extra_create_kwargs",
    "extra_host_config",
    *LAB,
)
_HOMES = ("host_homedir_format_string", "image_homedir_format_string")
_KUBE = (
    "volumes",
    "volume_mounts",
    "uid",
    "gid",
    "supplemental_gids",
    "working_dir",
    "environment",
    *LAB,
)

# By name, because a site has only the packages of its own spawner.
_MECHANISMS = {
    "dockerspawner.dockerspawner.DockerSpawner": Mechanism(
        _DOCKER, render.docker, _docker_image, _docker_expander
    ),
    "dockerspawner.systemuserspawner.SystemUserSpawner": Mechanism(
        (*_DOCKER, *_HOMES), render.system_user, _system_user_image, _docker_expander
    ),
    "dockerspawner.swarmspawner.SwarmSpawner": Mechanism(
        ("mounts", "environment", "extra_container_spec", *LAB),
        render.swarm,
        _docker_image,
        _docker_expander,
    ),
    "kubespawner.spawner.KubeSpawner": Mechanism(_KUBE, render.kube, _kube_image, _kube_expander),
}
