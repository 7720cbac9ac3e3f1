"""The traits of KubeSpawner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .parts import is_free, lab, literally, together

if TYPE_CHECKING:
    from ..values import Plan
    from .parts import Expand, Traits


def kube(plan: Plan, configured: Traits, expand: Expand) -> Traits:
    """Mount each folder as a hostPath that has to exist: homes lie at one path on every node."""
    names = [f"homeport-{number}" for number in range(len(plan.mounts))]
    return {
        "volumes": [
            *_listed(configured["volumes"]),
            *(
                {
                    "name": name,
                    "hostPath": {"path": literally(mount.source), "type": "Directory"},
                }
                for name, mount in zip(names, plan.mounts)
            ),
        ],
        "volume_mounts": [
            *(
                mount
                for mount in _listed(configured["volume_mounts"])
                if is_free(expand(mount["mountPath"]), plan)
            ),
            *(
                {
                    "name": name,
                    "mountPath": literally(mount.target),
                    "readOnly": mount.read_only,
                }
                for name, mount in zip(names, plan.mounts)
            ),
        ],
        "uid": plan.uid,
        "gid": plan.gid,
        "supplemental_gids": together(configured["supplemental_gids"] or [], plan.gids),
        # Expanded when the spawner is made, and never again.
        "working_dir": plan.working_directory,
        "environment": {
            **configured["environment"],
            **{name: literally(value) for name, value in plan.environment.items()},
        },
        # It passes no arguments to the image's own command.
        **lab(plan, {**configured, "cmd": configured["cmd"] or [""]}, expand),
    }


def _listed(volumes: Any) -> list[Any]:
    """Read what may be a dict, too, which KubeSpawner sorts by its keys."""
    return [volumes[key] for key in sorted(volumes)] if isinstance(volumes, dict) else list(volumes)
