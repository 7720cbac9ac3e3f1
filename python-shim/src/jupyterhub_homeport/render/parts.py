"""What the mechanisms share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..values import Plan

Traits = dict[str, Any]
Expand = Callable[[str], str]


def literally(text: str) -> str:
    """Write text for a trait that the spawner takes for a template."""
    return text.replace("{", "{{").replace("}", "}}")


def is_free(target: str, plan: Plan) -> bool:
    """Whether the plan mounts nothing at this very place."""
    return target.rstrip("/") not in {mount.target for mount in plan.mounts}


def together(theirs: Iterable[Any], ours: Iterable[Any]) -> list[Any]:
    """Join two lists; what is in both is there once."""
    return list(dict.fromkeys([*theirs, *ours]))
