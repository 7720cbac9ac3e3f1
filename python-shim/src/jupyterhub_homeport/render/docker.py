"""The traits of dockerspawner's three spawners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .parts import is_free, lab, literally, together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..values import Mount, Plan
    from .parts import Expand, Traits


def docker(plan: Plan, configured: Traits, expand: Expand) -> Traits:
    """Bind the plan's mounts as ``mounts``: a missing source is refused, and a colon is no trouble.

    Capabilities are dropped and new privileges refused, unless the administrator sets either.
    """
    return {
        "volumes": _free_volumes(configured["volumes"], plan, expand),
        "read_only_volumes": _free_volumes(configured["read_only_volumes"], plan, expand),
        "mounts": [
            *(mount for mount in configured["mounts"] if is_free(expand(mount["target"]), plan)),
            *map(_bind, plan.mounts),
        ],
        "environment": {**configured["environment"], **plan.environment},
        "extra_create_kwargs": {
            **configured["extra_create_kwargs"],
            "user": f"{plan.uid}:{plan.gid}",
            "working_dir": literally(plan.working_directory),
        },
        "extra_host_config": {
            "cap_drop": ["ALL"],
            "security_opt": ["no-new-privileges"],
            **configured["extra_host_config"],
            "group_add": together(
                configured["extra_host_config"].get("group_add") or [], map(str, plan.gids)
            ),
        },
        **lab(plan, configured, expand),
    }


def system_user(plan: Plan, configured: Traits, expand: Expand) -> Traits:
    """Let SystemUserSpawner mount the home by itself, from where the plan says."""
    traits = docker(plan, configured, expand)
    home = literally(plan.home)
    given = configured["extra_create_kwargs"].get("environment") or {}
    return {
        **traits,
        "mounts": [mount for mount in traits["mounts"] if mount["target"] != home],
        "user_id": plan.uid,
        "group_id": plan.gid,
        "host_homedir_format_string": home,
        "image_homedir_format_string": home,
        # Its get_env() sets NB_USER to the hub's name of the user after it has read `environment`.
        "extra_create_kwargs": {
            **traits["extra_create_kwargs"],
            "environment": {
                **given,
                **{name: literally(value) for name, value in plan.environment.items()},
            },
        },
    }


def swarm(plan: Plan, configured: Traits, expand: Expand) -> Traits:
    """Put the mounts into ``extra_container_spec``, which SwarmSpawner applies last.

    It makes its own mounts from the volumes, so these are there too.
    """
    spec = configured["extra_container_spec"]
    theirs: Iterable[Any] = spec.get("mounts", configured["mounts"])
    return {
        "environment": {**configured["environment"], **plan.environment},
        "extra_container_spec": {
            "cap_drop": ["ALL"],
            # In the engine's own words, which docker-py passes on; older engines do not know them.
            "privileges": {"NoNewPrivileges": True},
            **spec,
            "user": f"{plan.uid}:{plan.gid}",
            "groups": together(spec.get("groups") or [], map(str, plan.gids)),
            "workdir": plan.working_directory,
            "mounts": [
                *(mount for mount in theirs if is_free(_swarm_target(mount), plan)),
                *map(_swarm_bind, plan.mounts),
            ],
        },
        **lab(plan, configured, expand),
    }


def _free_volumes(volumes: Traits, plan: Plan, expand: Expand) -> Traits:
    return {
        source: target
        for source, target in volumes.items()
        if is_free(expand(target["bind"] if isinstance(target, dict) else target), plan)
    }


def _bind(mount: Mount) -> dict[str, Any]:
    return {
        "type": "bind",
        "source": literally(mount.source),
        "target": literally(mount.target),
        "read_only": mount.read_only,
    }


def _swarm_bind(mount: Mount) -> dict[str, Any]:
    """Write what docker.types.Mount makes: the engine's own words."""
    return {
        "Type": "bind",
        "Source": mount.source,
        "Target": mount.target,
        "ReadOnly": mount.read_only,
    }


def _swarm_target(mount: Any) -> str:
    """Read the target of a mount in the engine's words, or in short: ``source:target:ro``."""
    return str(mount.split(":")[1] if isinstance(mount, str) else mount["Target"])
