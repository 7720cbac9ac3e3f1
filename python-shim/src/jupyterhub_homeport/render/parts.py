"""What the mechanisms share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..values import Plan

Traits = dict[str, Any]
Expand = Callable[[str], str]
# The traits by which every spawner tells JupyterLab what to show.
LAB = ("notebook_dir", "args", "cmd")
_JUPYTER = re.compile(r"(.*/)?(jupyter[^/\s]*|start-(notebook|singleuser)(\.(sh|py))?)")


def literally(text: str) -> str:
    """Write text for a trait that the spawner takes for a template."""
    return text.replace("{", "{{").replace("}", "}}")


def is_free(target: str, plan: Plan) -> bool:
    """Whether the plan mounts nothing at this very place."""
    return target.rstrip("/") not in {mount.target for mount in plan.mounts}


def together(theirs: Iterable[Any], ours: Iterable[Any]) -> list[Any]:
    """Join two lists; what is in both is there once."""
    return list(dict.fromkeys([*theirs, *ours]))


def lab(plan: Plan, configured: Traits, expand: Expand) -> Traits:
    """Let JupyterLab show the whole home, and open the plan's folder first.

    A ``notebook_dir`` of the administrator's stays if the plan mounts the place, as anywhere else
    the user could not write. An argument is added to a command of Jupyter's only; an image's own
    command is taken for one.
    """
    root, cmd = expand(configured["notebook_dir"]), configured["cmd"] or ["jupyter"]
    if root and _is_mounted(root, plan):
        return {}
    opens = f"--ServerApp.preferred_dir={plan.working_directory}"
    is_jupyter = any(_JUPYTER.fullmatch(word) for word in cmd)
    return {
        "notebook_dir": literally(plan.home),
        "args": [*configured["args"], *([opens] if is_jupyter else [])],
    }


def _is_mounted(root: str, plan: Plan) -> bool:
    places = [mount.target for mount in plan.mounts]
    return root.startswith("~") or any(f"{root}/".startswith(f"{place}/") for place in places)
